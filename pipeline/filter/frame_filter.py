"""Whether a rule may find a win in a sentence, before the mentions of the sentence are known.

Read off the frame rules: the words that a rule needs one behind the other, what stands right behind a verb
that also means other things ("menjadi", "mendapat"), and whether it needs a result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import partial

from pipeline.awards.pack import FrameRule, expand, frame_rules, grammar
from pipeline.awards.render import SYMBOLS
from pipeline.filter.literal_sequences import (
    LiteralSequences,
    MentionSlot,
    Step,
    even,
    literals,
    needs,
    one_line,
    stands,
    steps,
)
from pipeline.filter.pattern_prefixes import opening
from pipeline.lexicon import cached
from pipeline.patterns.required_literals import Guarded, variant
from pipeline.terms.known import events_by_id
from pipeline.terms.phrases import english_links
from pipeline.terms.term_macros import grade_surfaces
from pipeline.terms.term_patterns import headed_grade, term_grammar, unsure_grade
from pipeline.terms.term_rules import term_rules

_RESULT = frozenset(SYMBOLS["RESULT"])
_TERMS = frozenset(SYMBOLS["RESULT"] + SYMBOLS["EVENT"] + SYMBOLS["CATEGORY"])
#: Kinds of frames whose verbs or openers also mean other things: what stands right behind them counts.
_OPENED = frozenset({"active", "listing"})
_LABELS = {SYMBOLS[label]: label for label in ("RESULT", "EVENT", "CATEGORY")}
#: Words right behind which a term may start with any letter: it is named as a category or grade.
_NAMED = ("kategori", "kategori lomba", "level")
#: Blanks and marks that are trimmed off a term.
_TRIMMED = 2
#: Characters behind a rank in which another one may share its noun.
_NEAR = 30


#: Says of ``line[start:end]`` whether a term may stand in it.
Terms = Callable[[str, int, int], bool]


def _anywhere(_line: str, _start: int, _end: int) -> bool:
    return True


class Prospect(Enum):
    """What a sentence may tell: nothing, a win, or only winners beside their numbers."""

    NOTHING = 0
    WIN = 1
    NUMBERS = 2


@cached
def results() -> tuple[Guarded, ...]:
    """Return the patterns that find a result, but for ordinals and what stands beside another result."""
    rules = tuple(r.pattern for r in term_rules() if r.label == "RESULT" and r.pattern is not None)
    return (*rules, headed_grade(), unsure_grade())


@cached
def loose_results() -> tuple[Guarded, ...]:
    """Return the patterns of :func:`results` for a stretch of text that goes on beyond a sentence."""
    return tuple(variant(pattern, loose=True) for pattern in results())


@cached
def term_start(labels: frozenset[str] = frozenset({"RESULT", "EVENT", "CATEGORY"})) -> str:
    """Return the source of a pattern of the places in a text where a term may start, runs of blanks made one.

    Most start with a capital, digit or mark. Those that do not are found by a pattern that matches there, are
    grades or opinions, or stand behind a word that names them.

    Args:
        labels: Of the terms: any of ``RESULT``, ``EVENT``, ``CATEGORY``.
    """
    awards = expand("{award}").removeprefix("(?:").removesuffix(")").split("|")
    patterns: list[Guarded] = []
    words: set[str] = set()
    if "RESULT" in labels:
        patterns += [*results(), term_grammar("bare_ordinal")]
        words.update(grade.lower() for sure in (True, False) for grade in grade_surfaces(sure=sure))
    if "EVENT" in labels:
        patterns.append(term_grammar("plain_contest"))
        words.update(_opinions(), english_links())
    if "CATEGORY" in labels:
        patterns.append(term_grammar("field_cue"))
        words.update(english_links())
        awards += _NAMED
    lower = [f"(?{'i' if p.flags & re.IGNORECASE else '-i'}:{_anonymous(p.pattern)})" for p in patterns]
    lower.append(rf"(?:{'|'.join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))})(?!\w)")
    behind = [f"(?<={word} )" for word in awards]
    return f"(?=(?-i:[^a-z]|[a-z][A-Z])|{'|'.join((*behind, *lower))})"


def _opinions() -> Iterator[str]:
    """Yield the first words of audit opinions, events that may start in lower case."""
    for row in events_by_id().values():
        if row.kind == "opinion":
            yield from (surface.lower().split()[0] for surface in row.names)


def _anonymous(source: str) -> str:
    """Return a pattern without the names of its groups, so that it may stand in another one twice."""
    return re.sub(r"\(\?P<\w+>", "(", source)


def _starts(mentions: frozenset[str]) -> str:
    return term_start(frozenset(_LABELS[m] for m in mentions)) if mentions <= _LABELS.keys() else ""


class _Frames:
    """What a sentence needs to tell of a win; rules go by numbers.

    Args:
        whole: Whether it is a whole sentence, and not a stretch of text that has one in it.
    """

    def __init__(self, whole: bool) -> None:
        rules = list(enumerate(rule for rule in frame_rules() if rule.frame not in {"line", "part"}))

        def of(*frames: str) -> frozenset[int]:
            return frozenset(n for n, rule in rules if rule.frame in frames)

        #: Patterns that find a result, by a number of their own among the steps.
        self.results = dict(enumerate(results() if whole else loose_results(), len(rules)))
        words = [[frozenset(p.words)] if all(p.words) else [] for p in self.results.values()]
        needed = {n: _steps(rule, whole=whole) for n, rule in rules}
        #: Words of each rule, one behind the other.
        self.steps = LiteralSequences([*map(literals, needed.values()), *words])
        #: What stands up to the first mention, for verbs that also mean other things.
        self.openings = {
            n: _opening(rule, whole=whole or "^" not in rule.pattern.pattern)
            for n, rule in rules
            if rule.frame in _OPENED
        }
        #: Words of the rules that need a term before or between them, and where it stands.
        self.slots = {n: s for n, s in needed.items() if any(isinstance(step, MentionSlot) for step in s)}
        #: Rules that need a result; that pair numbers, or results, with winners; for headlines.
        self.ranked = of("aligned") | {n for n, rule in rules if needs(rule.pattern, _RESULT)}
        self.numbered, self.titles = of("pair_number"), of("title")
        self.pairs = of("pair", "aligned")


@cached
def _frames(*, whole: bool) -> _Frames:
    return _Frames(whole)


@cached
def _opening(rule: FrameRule, *, whole: bool) -> re.Pattern[str]:
    """Return the opening of a rule, whose first word is a whole one."""
    return opening(rule.pattern, _starts, before="(?<!(?-i:[a-z]))", whole=whole)


def _steps(rule: FrameRule, *, whole: bool) -> tuple[Step, ...]:
    """Return the steps of a rule, with slots for terms; of pairs that tell nothing alone, two are needed."""
    found = steps(rule.pattern, _TERMS, whole=whole)
    last = literals(found)[-1:]
    glued = (grammar("pair_glue").search(s + word) for words in last for word in words for s in _LABELS)
    return found * 2 if rule.frame == "pair" and last and not any(glued) else found


def prospect(
    text: str, start: int, end: int, *, title: bool = True, terms: Terms = _anywhere, whole: bool = True
) -> Prospect:
    """Say what a sentence may tell, whatever its mentions are.

    Args:
        text: The text of the article.
        start: Where the sentence starts.
        end: Where it ends.
        title: Whether it may be the headline.
        terms: Says of a stretch of a line whether a term may stand in it.
        whole: Whether what starts and ends there is one sentence, or holds it somewhere.
    """
    frames = _frames(whole=whole)
    line = one_line(text[start:end])
    low = even(line)
    found = frames.steps.find(low)
    words = found - frames.ranked - frames.numbered - frames.results.keys()
    ranked = found & frames.ranked
    ranks = [
        match
        for number, pattern in frames.results.items()
        if number in found and (ranked or words)
        for match in pattern.finditer(text, start, end)
    ]
    if not whole and ranked and ranks:
        return Prospect.WIN
    # a result may end inside a word ("Silver WinnerAnugerah"), so that a verb may start there
    if not any(text[m.end() : m.end() + 1].isalpha() for m in ranks):
        closed = {n for n in words | ranked if n in frames.openings and not frames.openings[n].search(line)}
        words, ranked = words - closed, ranked - closed
    if any(
        number not in frames.slots or stands(low, frames.slots[number], partial(terms, line))
        for number in words
    ):
        return Prospect.WIN
    if ranked and (
        _ordinals(text, start, end) or (ranks and _by_rank(text, start, end, ranked, ranks, title))
    ):
        return Prospect.WIN
    return Prospect.NOTHING if found.isdisjoint(frames.numbered) else Prospect.NUMBERS


def _by_rank(
    text: str, start: int, end: int, rules: frozenset[int], ranks: Sequence[re.Match[str]], title: bool
) -> bool:
    """Whether one of some rules that need a result may find a frame, given matches that may be results."""
    frames = _frames(whole=True)
    return (
        not rules <= (frames.pairs if title else frames.pairs | frames.titles)
        or _several(text, ranks, end)
        or _alone(text, start, end, ranks)
    )


def _several(text: str, ranks: Sequence[re.Match[str]], end: int) -> bool:
    """Whether there may be two results or more, of matches that may each be one or hold one."""
    first = min(match.end() for match in ranks) - _TRIMMED
    return any(max(_begins(match)) >= first for match in ranks) or any(
        term_grammar("more_ranks").search(text, m.end(), min(end, m.end() + _NEAR)) for m in ranks
    )


def _begins(match: re.Match[str]) -> list[int]:
    """Return where a result may begin that a match finds: with one of its groups, if not with all of it."""
    return [match.start(group) for group in range(match.re.groups + 1) if match.start(group) >= 0]


def _alone(text: str, start: int, end: int, ranks: Sequence[re.Match[str]]) -> bool:
    """Whether a sentence with one result may be a pair that says all (see :mod:`pipeline.awards.pairs`)."""
    low = one_line(text[start:end]).lower()
    opened = grammar("before_pair").match(low)
    if " atas nama " in low or (opened is not None and opened.end() > 1):
        return True
    for begin in {at for match in ranks for at in _begins(match)}:
        before = one_line(text[start:begin]).lower().lstrip()
        # without the blank, and without a quotation mark that the rendering leaves out
        if any(grammar("before_pair").fullmatch(part) for part in (before, before[:-1], before[:-2])):
            return True
    return False


def _ordinals(text: str, start: int, end: int) -> bool:
    """Whether ordinals in ``text[start:end]`` may be ranks."""
    return bool(term_grammar("winners_listed").search(text, start, end)) and bool(
        term_grammar("bare_ordinal").search(text, start, end)
    )
