"""Years and editions: what a page says beside an event's name, in a clause, or in a heading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.awards.coreference import Coreference
from pipeline.awards.pack import grammar
from pipeline.awards.structures import Candidate, Frame, NumberSpan, Prize
from pipeline.document import Mention, Sentence

#: Ids of what says which year it is, see ``code_rules``.
YEAR_TOLD, YEAR_OF_DAY, YEAR_OF_PAGE, ONLY_YEAR = "Y01", "Y02", "Y03", "Y04"
_ENGLISH_EDITION = re.compile(r"(?<!\w)(\d{1,3})(?:st|nd|rd|th)(?!\w)", re.IGNORECASE)
_EDITION_BEFORE = re.compile(r"(\d{1,3})(?:st|nd|rd|th) $", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"(?:(?:19|20)\d\d)(?= ?$)")
#: Years of awards inside their names; earlier ones are part of the name ("Sprint Rajawali 1942").
_YEAR = re.compile(r"(?:19[7-9]|20\d)\d")
_ANY_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?!\d|[.,]\d)")
#: Characters around a clause in which the fiscal year of an audit opinion may be told.
_NEAR = 200


def year_near(text: str, mention: Mention) -> NumberSpan | None:
    """Return the edition year right behind, before or inside an event's name."""
    after = grammar("year_after").match(text, mention.end, mention.end + 60)
    if after:
        return int(after.group(1)), after.start(1), after.end(1)
    before = _YEAR_BEFORE.search(text, max(0, mention.start - 6), mention.start)
    if before:
        return int(before.group()), before.start(), before.end()
    inside = _YEAR.search(text[mention.start : mention.end])
    if inside:
        return int(inside.group()), mention.start + inside.start(), mention.start + inside.end()
    return None


def edition_near(text: str, mention: Mention) -> NumberSpan | None:
    """Return the edition number told right behind ("ke-16"), before or inside ("The 7th") an event's name."""
    after = None
    if mention.end < len(text):
        after = grammar("edition").match(text, mention.end + 1, mention.end + 16)
    if after:
        raw = after.group(1)
        number = int(raw) if raw.isdigit() else _roman(raw)
        return (number, after.start(1), after.end(1)) if number else None
    before = _EDITION_BEFORE.search(text, max(0, mention.start - 8), mention.start)
    inside = before or _ENGLISH_EDITION.search(text, mention.start, mention.end)
    return (int(inside.group(1)), inside.start(1), inside.end(1)) if inside else None


def _roman(raw: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    total = 0
    for char, following in zip(raw, raw[1:] + " ", strict=True):
        value = values[char]
        total += -value if values.get(following, 0) > value else value
    return total


def clause_year(text: str, frame: Frame) -> NumberSpan | None:
    """Return the year that a clause sets for itself: the last "tahun 2023" of its sentence up to its end.

    "tahun ini" unsets it: what was told before is another year's. That of a report or an issue is its own.
    """
    found = None
    start, end = frame.rendered.sentence.start, frame.span[1]
    for match in grammar("year_clause").finditer(text, start, end):
        if grammar("before_work_year").search(text, start, match.start()):
            continue
        found = (int(match.group(1)), match.start(1), match.end(1)) if match.group(1) else None
    return found


def bare_year(names: Coreference, frame: Frame, prize: Prize, latest: int | None) -> NumberSpan | None:
    """Return the year that a clause gives behind a prize, or opens with ("Pada 2023, ..."); no later one.

    Args:
        names: Identities on the page.
        frame: The clause.
        prize: What it tells of.
        latest: Year of the page; later ones are plans.
    """
    start, end = max(prize.start, frame.span[0]), frame.span[1]
    days = [m for m in frame.rendered.mentions.values() if m.label == "DATE"]
    for match in grammar("bare_year").finditer(names.text, start, end):
        year = int(match.group(1))
        if grammar("before_work_year").search(names.text, start, match.start(1)):
            continue
        if (latest is None or year <= latest) and not any(m.start < match.end() <= m.end for m in days):
            return year, match.start(1), match.end(1)
    return None


def fiscal_year(text: str, candidate: Candidate) -> NumberSpan | None:
    """Return the fiscal year whose accounts an audit opinion is on, as told in or near its clauses."""
    for start, end in candidate.spans:
        match = grammar("fiscal_year").search(text, max(0, start - _NEAR), end + _NEAR)
        if match:
            return int(match.group(1)), match.start(1), match.end(1)
    return None


def heading_years(text: str, sentences: Sequence[Sentence]) -> dict[int, NumberSpan]:
    """Return the year of the heading ("Tahun 2017") above each sentence that stands under one."""
    years: dict[int, NumberSpan] = {}
    current: NumberSpan | None = None
    for number, sentence in enumerate(sentences):
        match = grammar("year_heading").fullmatch(text, sentence.start, sentence.end)
        if match:
            current = (int(match.group(1)), match.start(1), match.end(1))
        elif current:
            years[number] = current
    return years


def event_editions(names: Coreference) -> Mapping[str, NumberSpan]:
    """Return the edition number of each event, as first told beside a mention of it."""
    editions: dict[str, NumberSpan] = {}
    for m in names.mentions:
        if m.label == "EVENT" and names.event(m) not in editions:
            found = edition_near(names.text, m)
            if found:
                editions[names.event(m)] = found
    return editions


def last_year(text: str, frame: Frame, main_year: int | None) -> NumberSpan | None:
    """Return the year that a clause of history names as the one before ("pada tahun sebelumnya")."""
    if main_year is None or not frame.past:
        return None
    match = grammar("last_year").search(text, frame.rendered.sentence.start, frame.span[1])
    return (main_year - 1, match.start(), match.end()) if match else None


def assessed_year(text: str) -> NumberSpan | None:
    """Return the year that a page says was assessed ("tahun penilaian 2023")."""
    match = grammar("assessed_year").search(text)
    return (int(match.group(1)), match.start(1), match.end(1)) if match else None


def only_year(text: str) -> NumberSpan | None:
    """Return the year of a page that tells no other."""
    told = list(_ANY_YEAR.finditer(text))
    if not told or len({m.group() for m in told}) > 1:
        return None
    return int(told[0].group()), told[0].start(), told[0].end()


def event_years(
    names: Coreference, latest: int | None = None, history: Sequence[Sentence] = ()
) -> Mapping[str, NumberSpan]:
    """Return the edition year of each event: the one told most beside its mentions, as first written.

    Args:
        names: Identities on the page.
        latest: Year of publication; later ones are of editions to come.
        history: Sentences that tell of earlier editions, whose years are not asked.
    """
    told: dict[str, list[NumberSpan]] = {}
    starts = [s.start for s in history]
    for m in names.mentions:
        near = year_near(names.text, m) if m.label == "EVENT" else None
        at = bisect_right(starts, m.start) - 1
        if near and at >= 0 and m.start < history[at].end:
            continue
        if near and grammar("to_come").match(names.text, max(near[2], m.end)):
            continue
        if near and (latest is None or near[0] <= latest):
            told.setdefault(names.event(m), []).append(near)
    best: dict[str, NumberSpan] = {}
    for key, hits in told.items():
        totals = Counter(year for year, _start, _end in hits)
        # Counter keeps the order of first telling: of years told equally often the first one counts
        top = max(totals, key=lambda y: totals[y])
        best[key] = next(hit for hit in hits if hit[0] == top)
    return best
