"""What breaks the annotation guidelines: each problem with its id, the place, and what to do about it.

The checks and what to do are the lexicon table ``annotation_checks``.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.annotate.labels import CHOICES, KINDS, LIST_SLOTS, NUMBERS, SLOTS, SOFT_NAMES, TEXTS
from pipeline.annotate.layers import Record
from pipeline.award_schema import FIELD, field_names
from pipeline.document import ENTITY_LABELS
from pipeline.evaluation.gold import occurrences
from pipeline.evaluation.normalise import parse_result
from pipeline.lexicon import cached, load_table

#: Boilerplate that never carries a record; a caption of the page's own photo may.
NEVER_EVIDENCE = frozenset({"nav", "related", "ad", "share", "tags", "comments", "footer"})
#: Years in which an award can have been given.
YEARS = range(1900, 2101)
_YEAR_AT_END = re.compile(r"\b(?:19|20)\d\d\)?$")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_WORD_END = re.compile(r"[^\W\d_]{1,20}\Z")
_WORD_START = re.compile(r"[^\W\d_]{1,20}")
_SHOWN = 60
_ACCEPTED = frozenset({*SLOTS, *CHOICES, *NUMBERS, *TEXTS})
#: Two records that say the same in all of these are one.
_IDENTITY = (
    *("recipient", "edition", "timeframe"),
    *field_names(lambda f: f.identity and f.gold in {"quote", "value"}),
)

Found = tuple[
    str, str, int | None, str
]  # id of the check, place in the record, offset in the text, what is there


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that breaks the guidelines.

    Args:
        id: Of the check.
        level: ``error``, or ``warning`` for what may be right.
        doc_id: The page.
        line: Number of its line, task or document in the file.
        place: In the record: ``awards[0].rank``.
        offset: In the text, if it is there.
        found: What is there.
        what: The guideline.
        todo: What to do.
    """

    id: str
    level: str
    doc_id: str
    line: int
    place: str
    offset: int | None
    found: str
    what: str
    todo: str

    def __str__(self) -> str:
        at = f" at {self.offset}" if self.offset is not None else ""
        return (
            f"{self.level}: {self.doc_id or '(no doc_id)'} (line {self.line}), {self.place}{at}:"
            f" {self.found}\n"
            f"  [{self.id}] {self.what}\n"
            f"  -> {self.todo}"
        )


@cached
def _checks() -> Mapping[str, Mapping[str, Any]]:
    return {row["id"]: row for row in load_table("annotation_checks")}


def _quote(value: object) -> str:
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= _SHOWN else f'{text[: _SHOWN - 1]}…'}”"


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _like(value: object, known: Iterable[str]) -> str:
    """Return a hint at the value that was probably meant."""
    close = difflib.get_close_matches(str(value), list(known), n=1, cutoff=0.6)
    if not close:
        folded = {name.casefold(): name for name in known}
        close = [folded[str(value).casefold()]] if str(value).casefold() in folded else []
    return f"; did you mean {close[0]}?" if close else f"; known: {', '.join(known)}"


@dataclass(frozen=True, slots=True)
class _Span:
    place: str
    start: int
    end: int
    label: str
    words: str


def _span(
    text: str, place: str, limits: object, label: str, space: str = "span-space"
) -> tuple[_Span | None, list[Found]]:
    """Return the stretch with the limits, if it is one, and what is wrong with them."""
    if not isinstance(limits, list) or len(limits) != 2:
        return None, [("page-key", place, None, f"{_quote(limits)} is no pair of limits")]
    start, end = limits
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        found = f"limits {start!r} to {end!r}, the text has {len(text)} characters"
        return None, [("span-limits", place, None, found)]
    words = text[start:end]
    bare = words.strip()
    begin = start + len(words) - len(words.lstrip())
    right = f"{begin} to {begin + len(bare)}" if bare else "none: it is blank"
    found = f"{words[:_SHOWN]!r}; right limits: {right}"
    return _Span(place, start, end, label, words), [(space, place, start, found)] if words != bare else []


def _word_edges(text: str, span: _Span) -> Iterator[Found]:
    left = _WORD_END.search(text, max(span.start - 20, 0), span.start)
    right = _WORD_START.match(text, span.end)
    cut_left = left and text[span.start].isalpha()
    cut_right = right and text[span.end - 1].isalpha()
    if cut_left or cut_right:
        around = left.group() if left and cut_left else "", right.group() if right and cut_right else ""
        yield "span-word", span.place, span.start, f"{around[0]}[{span.words}]{around[1]}"


def _spans(
    text: str, items: object, key: str, kind: str, found: list[_Span], known: Sequence[str]
) -> Iterator[Found]:
    """Check limits and labels of a list of spans; collect those that are sound."""
    check = "entity-label" if key == "entities" else "boilerplate-kind"
    if items is None and key == "entities":
        return
    if not isinstance(items, list):
        yield "page-key", key, None, f"{key} is {_quote(items)}, it should be a list"
        return
    for index, item in enumerate(items):
        place = f"{key}[{index}]"
        if not isinstance(item, dict):
            yield "page-key", place, None, f"{_quote(item)} is no object"
            continue
        start, end, label = item.get("start"), item.get("end"), item.get(kind)
        if label not in known:
            at = start if type(start) is int else None
            yield check, f"{place}.{kind}", at, f"{kind} {label!r}{_like(label, known)}"
        space = "span-space" if key == "entities" else "boilerplate-space"
        span, problems = _span(text, place, [start, end], str(label), space)
        yield from problems
        found += [span] if span else []


def _crossings(spans: Sequence[_Span]) -> Iterator[tuple[_Span, _Span]]:
    """Yield pairs that overlap without one holding the other."""
    ordered = sorted(spans, key=lambda s: (s.start, -s.end))
    for index, outer in enumerate(ordered):
        for inner in ordered[index + 1 :]:
            if inner.start >= outer.end:
                break
            if outer.start < inner.start and outer.end < inner.end:
                yield outer, inner


def _entity_text(text: str, stated: object, span: _Span) -> Iterator[Found]:
    if stated == span.words:
        return
    if not isinstance(stated, str) or stated not in text:
        found = f"{_quote(stated)} is nowhere in the text; there is {_quote(span.words)}"
    else:
        start, end = min(occurrences(text, stated), key=lambda limits: abs(limits[0] - span.start))
        found = f"there is {_quote(span.words)}; the nearest {_quote(stated)} stands at {start} to {end}"
    yield "span-text", f"{span.place}.text", span.start, found


@cached
def _month_names() -> frozenset[str]:
    return frozenset(
        row["form"].casefold() for row in load_table("date_words") if row["role"] in {"month", "weekday"}
    )


def _entity_year(span: _Span) -> Iterator[Found]:
    bare = span.words.strip(" ()").casefold()
    year_alone = re.fullmatch(r"(?:19|20)\d\d", bare)
    if (span.label == "EVENT" and _YEAR_AT_END.search(span.words)) or (
        span.label == "DATE" and (bare in _month_names() or year_alone)
    ):
        yield "entity-year", span.place, span.start, f"{span.label} {_quote(span.words)}"


def _entities(text: str, record: Record, boilerplate: Sequence[_Span]) -> Iterator[Found]:
    spans: list[_Span] = []
    items = record.get("entities")
    yield from _spans(text, items, "entities", "label", spans, ENTITY_LABELS)
    seen: dict[tuple[int, int, str], str] = {}
    for span in spans:
        index = int(span.place[len("entities[") : -1])
        yield from _entity_text(text, (items or [])[index].get("text"), span)
        yield from _word_edges(text, span)
        yield from _entity_year(span)
        key = (span.start, span.end, span.label)
        if key in seen:
            yield "entity-twice", span.place, span.start, f"{span.label} {_quote(span.words)}, as {seen[key]}"
        seen.setdefault(key, span.place)
    for outer, inner in _crossings(spans):
        found = f"{_quote(inner.words)} crosses {outer.place}, {outer.label} {_quote(outer.words)}"
        yield "entity-crossing", inner.place, inner.start, f"{inner.label} {found}"
    for span in spans:
        for piece in boilerplate:
            inside = piece.start <= span.start and span.end <= piece.end
            if span.start < piece.end and piece.start < span.end and not inside:
                found = f"{_quote(span.words)} and {piece.label} at {piece.start} to {piece.end}"
                yield "entity-boilerplate", span.place, span.start, found


def _overlaps(spans: Sequence[_Span]) -> Iterator[Found]:
    ordered = sorted(spans, key=lambda s: (s.start, s.end))
    for before, after in pairwise(ordered):
        if after.start < before.end:
            found = f"{after.label} starts here, {before.place} ({before.label}) ends at {before.end}"
            yield "boilerplate-overlap", after.place, after.start, found


def _title(text: str, record: Record) -> Iterator[Found]:
    if not record.get("title_span"):
        return
    span, problems = _span(text, "title_span", record["title_span"], "title")
    yield from problems
    if span and record.get("title") not in (None, span.words):
        found = f"the text has {_quote(span.words)}, title is {_quote(record['title'])}"
        yield "title-span", "title_span", span.start, found


def _sentences(text: str, record: Record, boilerplate: Sequence[_Span]) -> Iterator[Found]:
    for key in ("sentences", "sentences_merged_quotes"):
        last = 0
        items = record.get(key) or ()
        if not isinstance(items, (list, tuple)):
            yield "page-key", key, None, f"{_quote(items)} is no list"
            continue
        for index, limits in enumerate(items):
            span, problems = _span(text, f"{key}[{index}]", limits, "sentence")
            yield from problems
            if span is None:
                continue
            if span.start < last:
                found = f"starts at {span.start}, the one before ends at {last}"
                yield "sentence-overlap", span.place, span.start, found
            last = max(last, span.end)
            for piece in boilerplate:
                if span.start < piece.end and piece.start < span.end:
                    found = f"{piece.label} at {piece.start} to {piece.end}"
                    yield "sentence-boilerplate", span.place, span.start, found


class _AwardCheck:
    """Checks one record."""

    def __init__(self, text: str, award: Mapping[str, Any], index: int, boilerplate: Sequence[_Span]) -> None:
        self.text = text
        self.award = award
        self.place = f"awards[{index}]"
        self.boilerplate = boilerplate
        self.soft = frozenset(s for s in _list(award.get("soft")) if isinstance(s, str))

    def problems(self) -> Iterator[Found]:
        """Yield what is wrong."""
        for slot in SLOTS:
            yield from self._surface(slot)
        yield from self._required()
        yield from self._choices()
        yield from self._numbers()
        yield from self._rank()
        yield from self._date()
        yield from self._event()
        yield from self._evidence()
        yield from self._soft_and_accept()
        code = self.award.get("recipient_region_code")
        if code is not None and (not isinstance(code, str) or code not in _region_codes()):
            yield "region-code", f"{self.place}.recipient_region_code", None, f"{code!r} is no region's"

    def _stated(self, name: str) -> bool:
        return self.award.get(name) not in (None, "", [])

    def _surface(self, slot: str) -> Iterator[Found]:
        value = self.award.get(slot)
        if slot in LIST_SLOTS and value is not None and not isinstance(value, list):
            yield "slot-type", f"{self.place}.{slot}", None, f"{_quote(value)} is no list"
        if slot not in LIST_SLOTS and isinstance(value, list):
            yield "slot-type", f"{self.place}.{slot}", None, "is a list, one value is expected"
        items = value if isinstance(value, list) else [] if value is None else [value]
        for index, words in enumerate(items):
            place = f"{self.place}.{slot}" + (f"[{index}]" if isinstance(value, list) else "")
            if not isinstance(words, str):
                yield "slot-type", place, None, f"{words!r} is no text"
            elif words != words.strip():
                yield "slot-space", place, None, repr(words[:_SHOWN])
            elif not words:
                yield "slot-text", place, None, "is empty; null stands for not stated"
            elif words not in self.text:
                yield "slot-text", place, None, f"{_quote(words)} is not in the text{self._near(words)}"

    def _near(self, words: str) -> str:
        """Return a hint at words of the page that differ in case or white space alone."""
        parts = [re.escape(part) for part in words.split()]
        match = re.search(r"\s+".join(parts), self.text, re.IGNORECASE) if parts else None
        return f"; it has {match.group()[:_SHOWN]!r} at {match.start()}" if match else ""

    def _required(self) -> Iterator[Found]:
        for name in ("recipient", "recipient_type"):
            if not self._stated(name) and name not in self.soft:
                yield "award-recipient", f"{self.place}.{name}", None, "is not stated"
        if not self._stated("evidence"):
            yield "award-evidence", f"{self.place}.evidence", None, "is empty"

    def _choices(self) -> Iterator[Found]:
        for name, values in CHOICES.items():
            value = self.award.get(name)
            needless = value is None and not FIELD[name].required
            if value not in values and not needless:
                yield "award-value", f"{self.place}.{name}", None, f"{value!r}{_like(value, values)}"

    def _numbers(self) -> Iterator[Found]:
        for name in NUMBERS:
            value = self.award.get(name)
            place = f"{self.place}.{name}"
            if value is None:
                continue
            if type(value) is not int:
                yield "slot-type", place, None, f"{value!r} is no whole number"
            elif value < 1 or (name == "year" and value not in YEARS):
                yield "year-range", place, None, str(value)

    def _rank(self) -> Iterator[Found]:
        rank, result = self.award.get("rank"), self.award.get("result")
        place = f"{self.place}.rank"
        if rank is not None and not self._stated("result"):
            if not self.soft & {"rank", "result"}:
                yield "rank-alone", place, None, f"rank {rank}"
            return
        if not isinstance(result, str):
            return
        parsed = parse_result(result, None)
        if parsed is None:
            return
        family, number, _ = parsed
        status = self.award.get("status")
        if family == "nominated" and status != "nominated" and "status" not in self.soft:
            yield "status-result", f"{self.place}.status", None, f"{status}: {_quote(result)}"
        if self.soft & {"rank", "result"} or status == "nominated":
            return
        if number is not None and rank is None:
            yield "rank-missing", place, None, f"{_quote(result)} has the number {number}"
        elif rank is not None and number is not None and number != rank:
            yield "rank-result", place, None, f"rank {rank}, {_quote(result)} has the number {number}"
        elif rank is not None and family in {"medal", "overall"} and not re.search(r"\d", result):
            yield "rank-result", place, None, f"rank {rank}, {_quote(result)} is a {family}"

    def _date(self) -> Iterator[Found]:
        value, written = self.award.get("date"), self.award.get("date_text")
        place = f"{self.place}.date"
        if value is None:
            return
        try:
            if not isinstance(value, str) or not _DATE.fullmatch(value):
                raise ValueError
            day = dt.date.fromisoformat(value) if len(value) == len("2025-01-01") else None
            if day is None:
                dt.date.fromisoformat(f"{value}-01-01"[: len("2025-01-01")])
        except ValueError:
            yield "date-form", place, None, repr(value)
            return
        if day is None or not isinstance(written, str) or "date" in self.soft:
            return
        names = _weekdays()
        told = [names[word] for word in re.findall(r"\w+", written.casefold()) if word in names]
        if told and day.weekday() not in told:
            weekday = next(name for name, number in names.items() if number == day.weekday())
            found = f"{value} is a {weekday.capitalize()}, date_text is {_quote(written)}"
            yield "date-weekday", place, None, found

    def _event(self) -> Iterator[Found]:
        event = self.award.get("event")
        if isinstance(event, str) and _YEAR_AT_END.search(event) and "event" not in self.soft:
            yield "award-event-year", f"{self.place}.event", None, _quote(event)
        for name, needs in (("edition", "event"), ("date_text", "date")):
            if self._stated(name) and not self._stated(needs) and not self.soft & {name, needs}:
                yield "award-unrelated", f"{self.place}.{name}", None, f"{name} is stated, {needs} is not"

    def _evidence(self) -> Iterator[Found]:
        for index, words in enumerate(_list(self.award.get("evidence"))):
            places = list(occurrences(self.text, words)) if isinstance(words, str) and words.strip() else []
            for start, end in places[:1]:
                kinds = [self._kind(*limits) for limits in places]
                if all(kinds):
                    found = f"{_quote(self.text[start:end])} stands in {kinds[0]} only"
                    yield "award-evidence-boilerplate", f"{self.place}.evidence[{index}]", start, found

    def _kind(self, start: int, end: int) -> str:
        inside = (p.label for p in self.boilerplate if p.start <= start and end <= p.end)
        return next((kind for kind in inside if kind in NEVER_EVIDENCE), "")

    def _soft_and_accept(self) -> Iterator[Found]:
        soft = self.award.get("soft")
        if soft is not None and not isinstance(soft, list):
            yield "slot-type", f"{self.place}.soft", None, f"{_quote(soft)} is no list"
        for index, name in enumerate(_list(soft)):
            if name not in SOFT_NAMES:
                yield "soft-name", f"{self.place}.soft[{index}]", None, f"{name!r}{_like(name, SOFT_NAMES)}"
        accept = self.award.get("accept")
        if accept is not None and not isinstance(accept, dict):
            yield "slot-type", f"{self.place}.accept", None, f"{_quote(accept)} is no object"
            return
        for name, values in (accept or {}).items():
            if name not in _ACCEPTED:
                yield "accept-name", f"{self.place}.accept", None, f"{name!r}{_like(name, sorted(_ACCEPTED))}"
            elif not isinstance(values, list):
                yield "accept-name", f"{self.place}.accept.{name}", None, f"{_quote(values)} is no list"


@cached
def _weekdays() -> Mapping[str, int]:
    """Return the numbers of weekdays by name, Monday 0."""
    return {
        row["form"].casefold(): row["value"]
        for row in load_table("date_words")
        if row["role"] == "weekday" and "value" in row
    }


@cached
def _region_codes() -> frozenset[str]:
    tables = ("regions", "regions_district")
    return frozenset(row["code"] for table in tables for row in load_table(table))


def _awards(text: str, awards: Sequence[object], boilerplate: Sequence[_Span]) -> Iterator[Found]:
    seen: dict[tuple[str, ...], int] = {}
    for index, award in enumerate(awards):
        if not isinstance(award, dict):
            yield "page-key", f"awards[{index}]", None, f"{_quote(award)} is no object"
            continue
        yield from _AwardCheck(text, award, index, boilerplate).problems()
        key = tuple(str(award.get(name)) for name in _IDENTITY)
        if key in seen:
            found = f"the same as awards[{seen[key]}]: {_quote(award.get('recipient'))}"
            yield "award-twice", f"awards[{index}]", None, found
        seen.setdefault(key, index)


def _page(record: Record) -> Iterator[Found]:
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        yield "page-key", "text", None, "the page has no text"
        return
    for key in ("doc_id", "awards", "boilerplate", "entities"):
        if key not in record:
            yield "page-key", key, None, f"the key {key} is missing"
    label, awards = record.get("label"), record.get("awards")
    if label not in ("positive", "negative"):
        yield "page-label", "label", None, f"{label!r}{_like(label, ('positive', 'negative'))}"
    elif (label == "positive") != bool(awards):
        yield "page-label", "label", None, f"{label}, and {len(_list(awards))} records"
    boilerplate: list[_Span] = []
    if "boilerplate" in record and record["boilerplate"] is not None:
        yield from _spans(text, record["boilerplate"], "boilerplate", "kind", boilerplate, KINDS)
    yield from _overlaps(boilerplate)
    yield from _title(text, record)
    yield from _sentences(text, record, boilerplate)
    if "entities" in record:
        yield from _entities(text, record, boilerplate)
    if isinstance(awards, list):
        yield from _awards(text, awards, boilerplate)
    elif "awards" in record:
        yield "page-key", "awards", None, f"{_quote(awards)} is no list"


def check_records(records: Sequence[Record], lines: Sequence[int] = ()) -> Iterator[Problem]:
    """Check gold pages against the guidelines.

    Args:
        records: Gold records.
        lines: Number of the line that each came from.

    Yields:
        The problems, page by page.
    """
    seen: dict[str, int] = {}
    for index, record in enumerate(records):
        line = lines[index] if index < len(lines) else index + 1
        doc_id = record.get("doc_id")
        found: list[Found] = []
        if not isinstance(doc_id, str) or not doc_id.strip():
            found.append(("page-id", "doc_id", None, f"{doc_id!r} is no name"))
        elif doc_id in seen:
            found.append(("page-id", "doc_id", None, f"{doc_id!r} is the name of line {seen[doc_id]}, too"))
        else:
            seen[doc_id] = line
        for check, place, offset, what in (*found, *_page(record)):
            row = _checks()[check]
            name = doc_id if isinstance(doc_id, str) else ""
            yield Problem(check, row["level"], name, line, place, offset, what, row["what"], row["todo"])


def checks() -> Collection[Mapping[str, Any]]:
    """Return all checks as data."""
    return tuple(_checks().values())
