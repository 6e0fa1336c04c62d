"""Merging: an award told several times on a page becomes one record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from rapidfuzz import fuzz

from pipeline.awards.candidates import status
from pipeline.awards.coreference import Coreference
from pipeline.awards.normal import normal, place_of, rank_of, result_kind
from pipeline.awards.pack import grammar
from pipeline.awards.structures import DESCRIPTION, Candidate, Prize
from pipeline.document import Mention
from pipeline.terms.known import events_by_id
from pipeline.trace import note

#: Tellings of one award whose places are kept; a page that repeats itself more often says nothing new.
MOST_TELLINGS = 20
#: Coreference that share so many of their words are one name.
_SHARED_WORDS = 0.75
#: Per cent of equal characters from which two words are one, misspelt.
_SAME_SPELLING = 90


def _same_words(first: frozenset[str], second: frozenset[str]) -> bool:
    if first.isdisjoint(second):
        return False
    shared = len(first & second)
    smaller, all_words = min(len(first), len(second)), len(first) + len(second) - shared
    return shared == smaller or shared >= _SHARED_WORDS * all_words


def _folded(m: Mention, text: str) -> str:
    return normal(text[m.start : m.end])


def _words(m: Mention, text: str) -> frozenset[str]:
    return frozenset(_folded(m, text).split())


def same_slot(a: Mention | None, b: Mention | None, text: str) -> bool:
    """Whether two mentions may name one category or group: their words are the same, or one is missing."""
    return a is None or b is None or _same_words(_words(a, text), _words(b, text))


def same_result(a: Mention | None, b: Mention | None, text: str) -> bool:
    """Whether two mentions may tell one result: the same rank or kind of prize, or one is missing."""
    if a is None or b is None:
        return True
    first, second = text[a.start : a.end], text[b.start : b.end]
    kinds = result_kind(first), result_kind(second)
    if "medal" in kinds and kinds[0] != kinds[1] and "harapan" not in kinds:
        # "juara ketiga" got the bronze medal
        return place_of(first) == place_of(second) is not None
    if rank_of(first) is not None or rank_of(second) is not None:
        return rank_of(first) == rank_of(second) and kinds[0] == kinds[1]
    if "nominee" in kinds or "top" in kinds:
        return set(kinds) <= {"nominee", "top"}
    told, other = _without_filler(normal(first)), _without_filler(normal(second))
    same = _same_words(frozenset(told.split()), frozenset(other.split()))
    same = same or fuzz.ratio(told, other) >= _SAME_SPELLING
    return same or _initials(told) == other or _initials(other) == told


def _initials(words: str) -> str:
    return "".join(word[0] for word in words.split()) if " " in words else ""


def _without_filler(result: str) -> str:
    return grammar("result_filler").sub(" ", result).strip() or result


def names_differ(a: Mention | None, b: Mention | None, text: str) -> bool:
    """Whether two mentions are different strings: in one sentence they name different things."""
    return a is not None and b is not None and _folded(a, text) != _folded(b, text)


def mergeable(a: Candidate, b: Candidate, text: str) -> bool:
    """Whether two candidates tell the same award.

    Args:
        a: One candidate.
        b: The other.
        text: Article text.
    """
    if a.key != b.key or a.past != b.past:
        return False
    if _Event.of(a, text).differs(_Event.of(b, text)):
        return False
    if a.year and b.year and a.year[0] != b.year[0] and not (_vague(a) or _vague(b)):
        return False
    together = set(a.sentences) & set(b.sentences)
    if together and (
        names_differ(a.prize.category, b.prize.category, text)
        or names_differ(a.prize.work, b.prize.work, text)
    ):
        return False
    if _overall_and_category(a, b, text):
        return False
    if (a.also or b.also or _both_lines(a, b)) and _two_results(a, b, text):
        return False
    return (
        (same_slot(a.prize.category, b.prize.category, text) or _headline_of(a, b, text))
        and (same_result(a.prize.result, b.prize.result, text) or _score_of(a, b, text))
        and same_slot(a.prize.group, b.prize.group, text)
    )


def _overall_and_category(a: Candidate, b: Candidate, text: str) -> bool:
    """Whether one tells the win over all and the other a category without a result: two prizes."""
    return any(
        one.prize.result is not None
        and one.prize.category is None
        and result_kind(text[one.prize.result.start : one.prize.result.end]) == "overall"
        and other.prize.category is not None
        and other.prize.result is None
        for one, other in ((a, b), (b, a))
    )


def _both_lines(a: Candidate, b: Candidate) -> bool:
    """Whether both are lines of a list, each of which tells a prize of its own."""
    return not set(a.sentences) & set(b.sentences) and a.rule.frame == b.rule.frame == "line"


def _two_results(a: Candidate, b: Candidate, text: str) -> bool:
    """Whether two candidates tell results in different words ("50 besar", "juga finalis")."""
    results = a.prize.result, b.prize.result
    return (
        names_differ(*results, text) and len({result_kind(text[m.start : m.end]) for m in results if m}) > 1
    )


def _score_of(a: Candidate, b: Candidate, text: str) -> bool:
    """Whether one tells only the score behind the other's rank ("indeks 4,41 dengan predikat Memuaskan")."""
    ranked, graded = (a, b) if rank(a, text) else (b, a)
    grade = graded.prize.result
    return (
        rank(ranked, text) is not None
        and grade is not None
        and grade.kind == "grade"
        and graded.prize.category is None
        and bool(grammar("score").search(text, *graded.spans[0]))
    )


def rank(candidate: Candidate, text: str) -> int | None:
    """Return the rank that a candidate tells, if it tells one."""
    m = candidate.prize.result
    return rank_of(text[m.start : m.end]) if m is not None else None


def _vague(candidate: Candidate) -> bool:
    """Whether a candidate tells no more of its award than a description or the meeting it was given at.

    Or that it is the one told before.
    """
    event = candidate.event
    if not candidate.prize.bare:
        return False
    return candidate.recalls or (event is not None and (event.kind == "host" or event.rule == DESCRIPTION))


class _Event(NamedTuple):
    """What tells the events of two candidates apart, made once for each, as they are compared in pairs.

    Args:
        key: Identity of the event.
        key_words: Its words.
        words: Folded words of the mention.
        vague: Whether the candidate tells no more than a description or the meeting.
    """

    key: str
    key_words: frozenset[str]
    words: frozenset[str]
    vague: bool

    @classmethod
    def of(cls, candidate: Candidate, text: str) -> _Event:
        """Return the event of a candidate."""
        words = _words(candidate.event, text) if candidate.event is not None else frozenset()
        return cls(candidate.event_key, frozenset(candidate.event_key.split()), words, _vague(candidate))

    def differs(self, other: _Event) -> bool:
        """Whether both are known and are no two names of one event."""
        return (
            self.key != other.key
            and bool(self.key and other.key)
            and not (self.vague or other.vague)
            and not _same_words(self.key_words, other.key_words)
            and not self._within(other)
        )

    def _within(self, other: _Event) -> bool:
        """Whether one name holds all words of the other ("Anugerah KPID", "Anugerah Siaran KPID")."""
        first, second = self.words, other.words
        return (first <= second or second <= first) and min(len(first), len(second)) > 1


def same_event(a: Candidate, b: Candidate, text: str) -> bool:
    """Whether the events of two candidates may be one: their names are two names of it, or one is unknown."""
    return not _Event.of(a, text).differs(_Event.of(b, text))


def _headline_of(a: Candidate, b: Candidate, text: str) -> bool:
    """Whether one is the headline's telling of the other: headlines shorten a category, the rank stays."""
    if a.title == b.title or a.prize.result is None or b.prize.result is None:
        return False
    ranks = {rank(a, text), rank(b, text)}
    return len(ranks) == 1 and None not in ranks


def _fuller(a: Mention | None, b: Mention | None) -> Mention | None:
    if a is None or b is None:
        return a or b
    kept, other = (b, a) if b.end - b.start > a.end - a.start else (a, b)
    if kept != other:
        note("fuller_form", (other.start, other.end), other.rule, (kept.start, kept.end))
    return kept


def _both_grades(a: Mention | None, b: Mention | None) -> bool:
    """Whether both results are grades, of which the spelled-out form tells more than the abbreviation."""
    return a is not None and b is not None and a.kind == b.kind == "grade"


def merge(a: Candidate, b: Candidate) -> Candidate:
    """Return ``a`` with what ``b`` knows more; the fuller mention of each slot stays, the body's result."""
    body_first = a if not a.title or b.title else b
    result = body_first.prize.result or a.prize.result or b.prize.result
    if _both_grades(a.prize.result, b.prize.result):
        result = _fuller(a.prize.result, b.prize.result)
    prize = Prize(
        result,
        _fuller(a.prize.category, b.prize.category),
        _fuller(a.prize.group, b.prize.group),
        a.prize.work or b.prize.work,
    )
    known = a.event_key in events_by_id() or b.event_key not in events_by_id()
    event, key = _fuller(a.event, b.event), a.event_key if known else b.event_key
    year = a.year or b.year
    if _vague(a) != _vague(b):
        sure, other = (b, a) if _vague(a) else (a, b)
        event, key, year = sure.event, sure.event_key, sure.year or other.year
    return replace(
        a,
        recipient=_fuller(a.recipient, b.recipient),
        prize=prize,
        event=event,
        event_key=key,
        sentence=min(a.sentence, b.sentence),
        spans=(a.spans + b.spans)[:MOST_TELLINGS],
        rules=(*a.rules, *(r for r in b.rules if r not in a.rules)),
        title=a.title and b.title,
        year=year,
        organisers=a.organisers or b.organisers,
        tellings=a.tellings + 1,
        also=a.also and b.also,
        recalls=a.recalls and b.recalls,
        sentences=(a.sentences + b.sentences)[:MOST_TELLINGS],
    )


def _fullness(d: Candidate) -> int:
    return sum(x is not None for x in (d.prize.result, d.prize.category, d.event))


def merge_all(candidates: Sequence[Candidate], names: Coreference) -> list[Candidate]:
    """Merge the candidates of a page that tell the same award.

    Full ones (rank and category) first, so that a bare telling ("Pemkot X raih penghargaan AMH 2023") finds
    the record it belongs to instead of becoming one.
    """
    kept: list[Candidate] = []
    events: list[_Event] = []
    by_key: dict[str, list[int]] = {}
    for candidate in sorted(candidates, key=lambda d: (-_fullness(d), d.sentence)):
        event = _Event.of(candidate, names.text)
        same = by_key.setdefault(candidate.key, [])
        alike = [n for n in same if not events[n].differs(event)]
        matches = [n for n in alike if _tells_again(kept[n], candidate, names)]
        if matches:
            best = min(matches, key=lambda n: _distance(kept[n], candidate, names))
            note("same_award", candidate.spans[0], candidate.rules[0], kept[best].spans[0])
            kept[best] = merge(kept[best], candidate)
            events[best] = _Event.of(kept[best], names.text)
        else:
            same.append(len(kept))
            kept.append(candidate)
            events.append(event)
    return sorted(kept, key=lambda d: (d.spans[0][0], d.prize.start))


def _tells_again(known: Candidate, candidate: Candidate, names: Coreference) -> bool:
    if not mergeable(known, candidate, names.text):
        return False
    unsure = candidate.prize.result is None or known.prize.result is None
    return unsure or status(known, names) == status(candidate, names)


def _distance(known: Candidate, candidate: Candidate, names: Coreference) -> tuple[bool, int]:
    """Awards won before nominations, near ones before far ones."""
    return status(known, names) == "nominated", abs(known.sentence - candidate.sentence)


def same_category(candidate: Candidate, category: Mention, text: str) -> bool:
    """Whether a candidate's category is the one that a mention names."""
    own = candidate.prize.category
    return own is not None and same_slot(own, category, text)
