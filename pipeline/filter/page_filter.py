"""Which pages cannot tell of an award, found out before they are read closely.

A record needs a sentence with one of the award stage's trigger words, or a line below the opener of a list,
and in it something that is won: what the term stage takes for an event, category or result, or a word that
stands for one. All of these are read off the lexicon and the code of those stages, never listed again here,
and looked for as widely as they can stand: without the other mentions that may narrow them.

``may_tell`` asks this of a whole text, ``sentences_may_tell`` of its sentences, ``mentions_may_tell`` once
the mentions are known. What passes is processed in full; so a page may pass for nothing, but no record is
lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from ahocorasick_rs import AhoCorasick

from pipeline.awards.blocks.flat_tables import may_head_table
from pipeline.awards.blocks.list_lines import is_marked
from pipeline.awards.pack import frame_rules, grammar
from pipeline.boilerplate.lines import line_spans
from pipeline.document import Article, Mention, Sentence
from pipeline.filter.frame_filter import Prospect, loose_results, prospect, results
from pipeline.lexicon import cached, load_table
from pipeline.lexicon.typed_rows import rows
from pipeline.patterns.required_literals import Guarded, Spotter, folded, variant
from pipeline.sentences.overlong import LONGEST
from pipeline.terms.known import category_names, event_abbreviations, events_by_id
from pipeline.terms.phrases import english_links, read_name, read_quoted
from pipeline.terms.term_patterns import term_grammar
from pipeline.terms.term_rules import EventHead

#: Patterns of ``term_grammar`` behind which a term follows whatever else is said.
_OPENERS = ("award_list", "category_cue", "honour_cue", "plain_contest", "prize_cue", "title_cue", "won_cue")
#: Those that find one where another stands somewhere in the sentence.
_BESIDE = ("bare_ordinal", "field_cue", "next_best")
#: Patterns of ``award_grammar`` for words that stand for a prize without a name.
_PRIZE_WORDS = ("class_by_size", "description", "unnamed")
_PRIZE = re.compile("penghargaan", re.IGNORECASE)
#: Abbreviations as the term stage reads them, and one that an event's name introduces.
_ABBREVIATION = re.compile(r"(?<![\w(])[A-Z][A-Z0-9]{2,7}(?!\w)")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9]{2,}")
_ALIAS = re.compile(r"\(([A-Z][A-Z0-9]{2,9})\)")
_WON = frozenset({"EVENT", "CATEGORY", "RESULT"})
#: Characters before a year in which the word before it is looked for.
_LONGEST_WORD = 60
_SYMBOLS = re.compile("[\ue000-\ue0ff]")


class _Words:
    """Where things that are won may stand.

    Args:
        loose: Whether the patterns are for whole texts, and not for sentences by their limits.
    """

    def __init__(self, loose: bool) -> None:
        def ready(pattern: Guarded | re.Pattern[str]) -> Guarded:
            return variant(pattern, loose=loose)

        def head(position: str) -> Guarded:
            found = [w for head in rows(EventHead) if head.position == position for w in head.words]
            forms = sorted({re.escape(form) for w in found for form in (w, w.upper())}, key=len, reverse=True)
            return ready(re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)"))

        kinds = {
            surface.lower(): row.kind
            for row in events_by_id().values()
            for surface in row.names
            if " " in surface or len(surface) > 6
        }
        pairs = [rule.pattern for rule in frame_rules() if rule.frame == "pair_number"]
        #: Words for a prize, where no mention is one.
        self.prizes = tuple(ready(pattern) for pattern in (*map(grammar, _PRIZE_WORDS), _PRIZE))
        openers = [ready(term_grammar(name)) for name in _OPENERS]
        #: Patterns that find something won by themselves.
        self.sure = (*(loose_results() if loose else map(ready, results())), *openers, *self.prizes)
        #: Words that a name of an event follows, first words of such names, words at their end or inside.
        self.event_cue, self.heads, self.tails = ready(term_grammar("event_cue")), head("first"), head("last")
        #: All of these at once, for long texts.
        self.spotter = Spotter([*self.sure, self.event_cue, self.heads, self.tails])
        #: Names of known events, in lower case, and abbreviations of theirs, for whole texts.
        self.names = AhoCorasick(list(kinds))
        self.abbreviations = AhoCorasick(list(event_abbreviations())) if loose else None
        #: Numbers of those names that are audit opinions, which need no capital.
        self.opinions = frozenset(number for number, kind in enumerate(kinds.values()) if kind == "opinion")
        #: Ordinals that are ranks where winners are listed.
        self.ordinals = ready(term_grammar("bare_ordinal"))
        #: Words without which no rule finds a frame; for long texts, what each of them has in it.
        self.trigger = ready(grammar("trigger"))
        self.triggers = AhoCorasick(self.trigger.words)
        #: Numbers of those that need no other word beside them.
        self.single = frozenset(n for n, w in enumerate(self.trigger.words) if self.trigger.search(w))
        #: Words that announce a list.
        self.list_ahead = ready(grammar("list_ahead"))
        #: Words that a term follows where the sentence has another one.
        self.beside = tuple(ready(term_grammar(name)) for name in _BESIDE)
        #: Years that a name may stand before.
        self.years = ready(term_grammar("year_behind"))
        #: Numbers that are ranks where two of them stand before winners.
        self.numbers = Spotter(variant(pattern, loose=loose, before=_SYMBOLS) for pattern in pairs)


@cached
def _words(*, loose: bool) -> _Words:
    return _Words(loose)


def _tells(
    text: str,
    start: int,
    end: int,
    words: _Words,
    aliases: Callable[[], frozenset[str]],
    *,
    title: bool,
    whole: bool = True,
) -> bool:
    """Whether a win may be told in ``text[start:end]``, a sentence or what holds one."""

    def terms(line: str, a: int, b: int) -> bool:
        return _termed(line, a, b, words, aliases())

    found = prospect(text, start, end, title=title, terms=terms, whole=whole)
    return (
        (found is Prospect.WIN or (found is Prospect.NUMBERS and _counted(text, start, end, words)))
        and (not whole or words.trigger.search(text, start, end) is not None)
        and _winnable(text, start, end, words, aliases())
    )


def _names_event(cue: re.Match[str], text: str, end: int) -> bool:
    """Whether the name of an event may follow a cue; one unknown word is none."""
    own = cue.group()[0].isupper() and term_grammar("contest_cue").match(cue.group())
    first = cue.start() if own else cue.end()
    name = text[first : read_name(text, cue.end(), end)]
    return " " in name.strip() or read_quoted(text, cue.end(), end) is not None


def _heads_event(head: re.Match[str], text: str, end: int) -> bool:
    """Whether a name goes on behind its head word."""
    return read_name(text, head.start(), end) > head.end() + 2


@cached
def _months() -> frozenset[str]:
    return frozenset(str(r["form"]).lower() for r in load_table("date_words") if r["role"] == "month")


def _dated(text: str, start: int, end: int, words: _Words) -> bool:
    """Whether a name may stand right before a year where a win is told; a month there makes it a date."""
    if not term_grammar("winning").search(text, start, end):
        return False
    for year in words.years.finditer(text, start, end):
        before = text[max(start, year.start() - _LONGEST_WORD) : year.start()].split()[-1:]
        word = before[0] if before else ""
        link = not word[-1:].isalnum() or word in english_links()
        if (link or any(c.isupper() or c.isdigit() for c in word)) and word.lower() not in _months():
            return True
    return False


def _known(text: str, start: int, end: int, words: _Words) -> bool:
    """Whether a known event may be named in ``text[start:end]``: with a capital, but for audit opinions."""
    low = folded(text, start, end)
    part = text[start:end]
    return any(
        number in words.opinions or part[a:b] != low[a:b]
        for number, a, b in words.names.find_matches_as_indexes(low, overlapping=True)
    )


def _counted(text: str, start: int, end: int, words: _Words) -> bool:
    """Whether ordinals or numbers may be ranks in ``text[start:end]``."""
    if term_grammar("winners_listed").search(text, start, end) and _twice(
        words.ordinals.finditer(text, start, end)
    ):
        return True
    even = " ".join(text[start:end].lower().split())
    return _twice(words.numbers.find(even)) and bool(grammar("prize_noun").search(even))


def _twice(matches: Iterator[object]) -> bool:
    return next(matches, None) is not None and next(matches, None) is not None


def _winnable(text: str, start: int, end: int, words: _Words, aliases: frozenset[str]) -> bool:
    """Whether something that is won may be named in ``text[start:end]``."""
    if any(pattern.search(text, start, end) for pattern in (*words.sure, words.tails)):
        return True
    return (
        any(_names_event(cue, text, end) for cue in words.event_cue.finditer(text, start, end))
        or any(_heads_event(head, text, end) for head in words.heads.finditer(text, start, end))
        or _abbreviated(text, start, end, words, aliases)
        or _known(text, start, end, words)
        or _counted(text, start, end, words)
        or _dated(text, start, end, words)
    )


def _termed(line: str, start: int, end: int, words: _Words, aliases: frozenset[str]) -> bool:
    """Whether a term may stand in ``line[start:end]``, whatever is said before and behind that."""
    return (
        any(pattern.search(line, start, end) for pattern in (*words.beside, words.years))
        or next(iter(category_names().find(line[start:end])), None) is not None
        or _winnable(line, start, end, words, aliases)
    )


def _winnable_anywhere(text: str, words: _Words) -> bool:
    """Whether something that is won may be named in a long text."""
    for pattern, match in words.spotter.find(text):
        if pattern is words.event_cue:
            if _names_event(match, text, len(text)):
                return True
        elif pattern is not words.heads or _heads_event(match, text, len(text)):
            return True
    return (
        _abbreviated(text, 0, len(text), words, frozenset())
        or _known(text, 0, len(text), words)
        or _counted(text, 0, len(text), words)
        or _dated(text, 0, len(text), words)
    )


def _abbreviated(text: str, start: int, end: int, words: _Words, aliases: frozenset[str]) -> bool:
    """Whether an abbreviation of an event stands in ``text[start:end]``."""
    if words.abbreviations is not None:
        part = text[start:end]
        hits = words.abbreviations.find_matches_as_indexes(part, overlapping=True)
        if any(_stands_alone(part, a, b) for _, a, b in hits):
            return True
        # the capital of what is glued to an alias may count as its last letter
        found = {form for run in _CAPITALS.findall(part) for form in (run, run[:-1])}
        return not found.isdisjoint(aliases)
    found = {match.group() for match in _ABBREVIATION.finditer(text, start, end)}
    return not (found.isdisjoint(event_abbreviations()) and found.isdisjoint(aliases))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether an abbreviation is no part of another; a link that is cut out may be glued to it."""
    behind = text[end : end + 2]
    return not text[max(0, start - 1) : start].isalnum() and not (
        behind[:1].isdigit() or (behind[:1].isupper() and not behind[1:].islower())
    )


def _opens_list(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` may announce a list of winners in the lines below."""
    even = " ".join(text[start:end].lower().split())
    if grammar("list_ahead").search(even):
        return True
    ends = any(match.end() == len(even) for match in grammar("opener_end").finditer(even))
    return ends and (grammar("opener_end").fullmatch(even) is not None or _announced(even))


def _announced(even: str) -> bool:
    return any(grammar(name).search(even) for name in ("winners_ahead", "winners_of"))


def _may_open_list(text: str, start: int, end: int, words: _Words) -> bool:
    """Whether a sentence inside ``text[start:end]`` may announce a list of winners."""
    low = " ".join(text[start:end].lower().split())
    if words.list_ahead.search(low) is not None:
        return True
    # a sentence that is no more than "Di antaranya:" goes on with what the one before it says
    return grammar("opener_end").fullmatch(low) is not None or (
        grammar("opener_end").search(low) is not None and _announced(low)
    )


def _may_be_list(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether lines may be a list that no sentence opens: by ranks, marks, first words, a table's head."""
    ranks = (grammar("rank_told").search(text, start, end) for start, end in lines)
    if _twice(match for match in ranks if match) or may_head_table(text, lines):
        return True
    told = [text[start:end].lower() for start, end in lines]
    if not any(grammar("winners_heading").search(line) for line in told):
        return False
    headed = any(grammar("winners_line").match(line) for line in told)
    return headed or _twice(iter([span for span in lines if is_marked(text, *span)]))


def _triggers(text: str, words: _Words) -> Iterator[int]:
    """Yield where words stand without which no rule finds a frame."""
    trigger = words.trigger
    for number, start, _ in words.triggers.find_matches_as_indexes(folded(text, 0, len(text))):
        begin = max(0, start - trigger.lead)
        if number in words.single or any(trigger.around(text, begin, start + trigger.width + 1)):
            yield start


def may_tell(text: str) -> bool:
    """Whether a page with this text may have an award record.

    Args:
        text: The text as the stages read it (see :func:`pipeline.clean_text.read`).
    """
    words = _words(loose=True)
    if not _winnable_anywhere(text, words):
        # a list whose lines have nothing but numbers
        low = text.lower()
        if not grammar("ranked_lines").search(low) or not (
            "berikut" in low or grammar("winners_ahead").search(low)
        ):
            return False

    @cached
    def aliases() -> frozenset[str]:
        return frozenset(_ALIAS.findall(text))

    # no sentence goes on in the next line: lines that a page has wrapped are one
    lines = line_spans(text)
    starts = [start for start, _, _ in lines]
    triggered = {bisect_right(starts, place) - 1 for place in _triggers(text, words)}
    if _may_be_list(text, [(start, end) for start, end, _ in lines]):
        return True
    return any(
        end - start > LONGEST
        or _may_open_list(text, start, end, words)
        or (number in triggered and _tells(text, start, end, words, aliases, title=True, whole=False))
        for number, (start, end, _) in enumerate(lines)
    )


def sentences_may_tell(article: Article, sentences: Sequence[Sentence]) -> bool:
    """Whether an article with these sentences may have an award record.

    Args:
        article: The article.
        sentences: Its title and body sentences, in order.
    """
    text = article.text
    titles = [(s.start, s.end) for s in article.segments if s.kind == "title"]
    words = _words(loose=False)

    @cached
    def aliases() -> frozenset[str]:
        return _aliases(text, sentences, words)

    if _may_be_list(text, [(s.start, s.end) for s in sentences]):
        return True
    for s in sentences:
        if s.end - s.start > LONGEST:  # read in parts
            return True
        title = any(a <= s.start < b for a, b in titles)
        opens = _opens_list(text, s.start, s.end)
        if _tells(text, s.start, s.end, words, aliases, title=title):
            return True
        if opens and (
            grammar("ranked_lines").search(text[s.start : s.end].lower())
            or any(_winnable(text, o.start, o.end, words, aliases()) for o in sentences)
        ):
            return True
    return False


def mentions_may_tell(text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> bool:
    """Whether a page with these mentions may have an award record.

    Args:
        text: The text that they count in.
        sentences: Title and body sentences, in order.
        mentions: All mentions.
    """
    words = _words(loose=False)
    if any(m.likely("WINNER") for m in mentions):
        return True
    won = sorted(m.start for m in mentions if m.label in _WON)
    if _may_be_list(text, [(s.start, s.end) for s in sentences]):
        return True
    for s in sentences:
        if s.end - s.start > LONGEST or _opens_list(text, s.start, s.end):
            return True
        if grammar("trigger").search(text, s.start, s.end) and (
            bisect_left(won, s.start) < bisect_left(won, s.end)
            or any(pattern.search(text, s.start, s.end) for pattern in words.prizes)
            or _counted(text, s.start, s.end, words)
        ):
            return True
    return False


def _aliases(text: str, sentences: Sequence[Sentence], words: _Words) -> frozenset[str]:
    """Return the abbreviations that names of events may have introduced."""
    found: set[str] = set()
    for s in sentences:
        # an alias ends the name of an event: from the first one on that has room for a name before it
        matches = list(_ALIAS.finditer(text, s.start, s.end))
        if matches:
            named = partial(_names_before, text, s.start, words)
            found.update(match.group(1) for match in matches[bisect_left(matches, True, key=named) :])
    return frozenset(found)


def _names_before(text: str, start: int, words: _Words, alias: re.Match[str]) -> bool:
    """Whether something that is won may be named between a place and the end of an alias."""
    return _winnable(text, start, alias.end(), words, frozenset())
