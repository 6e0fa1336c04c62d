"""Which pages cannot tell of an award, found out before they are read closely.

A record needs a sentence with one of the award stage's trigger words, or a line below the opener of a list, and
in it something that is won: what the term stage takes for an event, category or result, or a word that stands
for one. All of these are read off the lexicon and the code of those stages, never listed again here, and looked
for as widely as they can stand: without the other mentions that may narrow them.

``may_tell`` asks this of a whole text, ``sentences_may_tell`` of its sentences. What passes is processed in
full; so a page may pass for nothing, but no record is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from pipeline.awards.lists import OPENER_ENDS
from pipeline.awards.parts import LONGEST
from pipeline.awards.rules import frame_rules, grammar
from pipeline.document import Sentence
from pipeline.entities.phrases import read_name, read_quoted
from pipeline.entities.term_names import event_abbreviations, events_by_id
from pipeline.entities.term_rules import headed_grade, term_grammar, term_rules, unsure_grade
from pipeline.lexicon import load_table
from pipeline.literals import Guarded, Spotter, folded, variant

#: Patterns of ``term_grammar`` that find terms where no other term stands; how each is read, see below.
TERM_OPENERS = frozenset(
    {"award_list", "bare_ordinal", "category_cue", "event_cue", "honour_cue", "prize_cue"}
)
#: Those that say how far a term goes or what kind it is, or find a term beside another one.
TERM_PARTS = frozenset(
    {
        "after_result", "contest_cue", "contest_head", "event_opener", "field_cue", "grade_head", "group",
        "item_gap", "list_opener", "more_ranks", "no_category", "no_class", "own_head", "penghargaan", "sub",
        "subject_verb", "tail_head", "winners_listed",
    }
)  # fmt: skip
#: Kinds of frames of which the above is true; in those of ``pair_number`` a number is what is won.
FRAMES = frozenset(
    {
        "active", "crown", "follow", "give", "given", "listing", "pair", "pair_after", "pair_number", "passive",
        "received", "relative", "title",
    }
)  # fmt: skip
#: Patterns of ``award_grammar`` for words that stand for a prize without a name.
_PRIZE_WORDS = ("description", "unnamed")
_PRIZE = re.compile("penghargaan", re.IGNORECASE)
#: Abbreviations as the term stage reads them, and one that an event's name introduces.
_ABBREVIATION = re.compile(r"(?<![\w(])[A-Z][A-Z0-9]{2,7}(?!\w)")
_ALIAS = re.compile(r"\(([A-Z][A-Z0-9]{2,9})\)")
_SYMBOLS = re.compile("[\ue000-\ue0ff]")


@dataclass(frozen=True, slots=True)
class _Words:
    """Where things that are won may stand.

    Args:
        sure: Patterns that find one by themselves.
        spotter: The same at once, for long texts.
        event_cue: Words that a name of an event follows.
        heads: First words of such names.
        tails: Words at their end or inside.
        names: Names of known events, in lower case.
        ordinals: Ordinals that are ranks where winners are listed.
        numbers: Numbers that are ranks where two of them stand before winners.
    """

    sure: tuple[Guarded, ...]
    spotter: Spotter
    event_cue: Guarded
    heads: Guarded
    tails: Guarded
    names: AhoCorasick
    ordinals: Guarded
    numbers: tuple[Guarded, ...]


@cache
def _words(loose: bool) -> _Words:
    """Return the patterns, for whole texts (``loose``) or for sentences by their limits."""

    def ready(pattern: Guarded | re.Pattern[str]) -> Guarded:
        return variant(pattern, loose=loose)

    def words(position: str) -> Guarded:
        found = [w for row in load_table("event_heads") if row["position"] == position for w in row["words"]]
        forms = sorted({re.escape(form) for w in found for form in (w, w.upper())}, key=len, reverse=True)
        return ready(re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)"))

    sure = [rule.pattern for rule in term_rules() if rule.label == "RESULT"]
    sure += [headed_grade(), unsure_grade()]
    sure += [term_grammar(name) for name in ("award_list", "category_cue", "honour_cue", "prize_cue")]
    pairs = [rule.pattern for rule in frame_rules() if rule.frame == "pair_number"]
    surfaces = {s for row in events_by_id().values() for s in (row["name"], *row.get("aliases", []))}
    alone = tuple(map(ready, [*sure, *(grammar(name) for name in _PRIZE_WORDS), _PRIZE]))
    return _Words(
        alone,
        Spotter(alone),
        ready(term_grammar("event_cue")),
        words("first"),
        words("last"),
        AhoCorasick(sorted(s.lower() for s in surfaces if " " in s or len(s) > 6)),
        ready(term_grammar("bare_ordinal")),
        tuple(variant(pattern, loose=loose, before=_SYMBOLS) for pattern in pairs),
    )


def _cued(text: str, start: int, end: int, words: _Words) -> bool:
    """Whether the name of an event may follow one of its cues; one unknown word is none."""
    for cue in words.event_cue.finditer(text, start, end):
        own = cue.group()[0].isupper() and term_grammar("contest_cue").match(cue.group())
        first = cue.start() if own else cue.end()
        if " " in text[first : read_name(text, cue.end(), end)].strip() or read_quoted(text, cue.end(), end):
            return True
    return False


def _event(text: str, start: int, end: int, words: _Words) -> bool:
    """Whether an event may be named in ``text[start:end]``."""
    if _cued(text, start, end, words) or words.tails.search(text, start, end):
        return True
    for head in words.heads.finditer(text, start, end):
        # a name has more than its head word
        if read_name(text, head.start(), end) > head.end() + 2:
            return True
    low = folded(text, start, end)
    part = text[start:end]
    if low is None or len(low) != len(part):
        return True
    return any(part[a:b] != low[a:b] for _, a, b in words.names.find_matches_as_indexes(low))


def _counted(text: str, start: int, end: int, words: _Words) -> bool:
    """Whether ordinals or numbers may be ranks in ``text[start:end]``."""
    if term_grammar("winners_listed").search(text, start, end) and _twice(
        words.ordinals.finditer(text, start, end)
    ):
        return True
    even = " ".join(text[start:end].lower().split())
    return any(_twice(n.finditer(even)) for n in words.numbers) and bool(grammar("prize_noun").search(even))


def _twice(matches: Iterator[re.Match[str]]) -> bool:
    return next(matches, None) is not None and next(matches, None) is not None


def _winnable(text: str, start: int, end: int, words: _Words, aliases: frozenset[str]) -> bool:
    """Whether something that is won may be named in ``text[start:end]``."""
    return any(pattern.search(text, start, end) for pattern in words.sure) or _named(
        text, start, end, words, aliases
    )


def _named(text: str, start: int, end: int, words: _Words, aliases: frozenset[str]) -> bool:
    known = event_abbreviations()
    for abbreviation in _ABBREVIATION.finditer(text, start, end):
        if abbreviation.group() in known or abbreviation.group() in aliases:
            return True
    return _event(text, start, end, words) or _counted(text, start, end, words)


def _opens_list(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` may announce a list of winners in the lines below."""
    even = " ".join(text[start:end].lower().split())
    return bool(grammar("list_ahead").search(even)) or (
        even.endswith(OPENER_ENDS) and bool(grammar("winners_ahead").search(even))
    )


def may_tell(text: str) -> bool:
    """Whether a page with this text may have an award record.

    Args:
        text: The text as the stages read it (see :func:`pipeline.reading.read`).
    """
    words = _words(loose=True)
    if any(True for _ in words.spotter.find(text)) or _named(text, 0, len(text), words, frozenset()):
        return True
    # a list whose lines have nothing but numbers
    low = text.lower()
    return bool(grammar("ranked_lines").search(low)) and (
        "berikut" in low or bool(grammar("winners_ahead").search(low))
    )


def sentences_may_tell(text: str, sentences: Sequence[Sentence]) -> bool:
    """Whether a page with these sentences may have an award record.

    Args:
        text: The text that the sentences count in.
        sentences: Title and body sentences, in order.
    """
    words = _words(loose=False)
    aliases = _aliases(text, sentences, words)
    for s in sentences:
        if s.end - s.start > LONGEST:  # read in parts
            return True
        if grammar("trigger").search(text, s.start, s.end) and _winnable(
            text, s.start, s.end, words, aliases
        ):
            return True
        if _opens_list(text, s.start, s.end) and (
            grammar("ranked_lines").search(text[s.start : s.end].lower())
            or any(_winnable(text, o.start, o.end, words, aliases) for o in sentences)
        ):
            return True
    return False


def _aliases(text: str, sentences: Sequence[Sentence], words: _Words) -> frozenset[str]:
    """Return the abbreviations that names of events may have introduced."""
    found: set[str] = set()
    for s in sentences:
        aliases = [match.group(1) for match in _ALIAS.finditer(text, s.start, s.end)]
        if aliases and _winnable(text, s.start, s.end, words, frozenset()):
            found.update(aliases)
    return frozenset(found)
