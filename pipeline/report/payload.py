"""The data that the report's page holds: compact JSON of the table and the texts, within a size.

Offsets into texts count UTF-16 units here, as the page's script does; everywhere else they count characters.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.award_schema import FIELD
from pipeline.report.assets import hues, province_of, region_of
from pipeline.report.highlight import Mark, dropped_marks, entity_marks, slot_marks
from pipeline.report.run_data import RunData
from pipeline.tables.columns import TABLES
from pipeline.tables.run_tables import Row
from pipeline.tables.writers import FORMULA_START, well_formed

#: Where whole texts do not fit: characters of text that may be kept around the evidence.
CONTEXTS = range(0, 2001, 50)

# What an HTML parser could take for the end of the element, and two line ends that old scripts stumble over.
_ESCAPES = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Payload:
    """The page's data.

    Args:
        json: JSON, safe inside a ``script`` element.
        context: Characters kept around each evidence; ``None`` if whole texts are there, ``-1`` if the run
            wrote no texts.
        size: Length of ``json`` in bytes of UTF-8.
    """

    json: str
    context: int | None
    size: int


def to_json(value: object) -> str:
    r"""Return compact JSON that is safe inside an HTML element.

    Example:
        >>> to_json({"a": "</script>"})
        '{"a":"\\u003c/script\\u003e"}'
    """
    text = well_formed(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text


def _column(values: Sequence[object]) -> dict[str, Any]:
    """Return a column as it is, or as different values and their indices, whichever is shorter."""
    different = list(dict.fromkeys(values))
    if len(different) > 0.6 * len(values):
        return {"v": list(values)}
    index = {value: number for number, value in enumerate(different)}
    return {"d": different, "i": [index[value] for value in values]}


def _utf16(text: str) -> list[int] | None:
    """Return the UTF-16 offset of every character, or ``None`` where it is the character's own number."""
    if text.isascii() or max(text) <= "\uffff":
        return None
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + (2 if character > "\uffff" else 1))
    return offsets


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a page's text.

    Args:
        start: Its first character.
        text: Its text.
        offsets: UTF-16 offset of every character in it, ``None`` where it is the character's own number.
        outer: Where it starts for the page's script.
    """

    start: int
    text: str
    offsets: list[int] | None
    outer: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def at(self, offset: int) -> int:
        inside = offset - self.start
        return self.outer + (self.offsets[inside] if self.offsets else inside)

    def holds(self, row: Row) -> bool:
        """Whether the row's evidence stands here, to the character."""
        if (
            row["start"] is None
            or row["end"] is None
            or not self.start <= row["start"] < row["end"] <= self.end
        ):
            return False
        return bool(self.text[row["start"] - self.start : row["end"] - self.start] == row["evidence"])


def _numbered(stretches: Iterable[tuple[int, str]]) -> list[_Part]:
    """Return stretches ``(start, text)``, which do not overlap, as parts that do not overlap in UTF-16."""
    parts: list[_Part] = []
    free = 0
    for start, text in stretches:
        offsets = _utf16(text)
        outer = max(start, free)
        parts.append(_Part(start, text, offsets, outer))
        free = outer + (offsets[-1] if offsets else len(text))
    return parts


def _windows(spans: Iterable[tuple[int, int]], context: int, text: str) -> list[tuple[int, int]]:
    """Return the stretches to keep: the spans with what surrounds them, from word to word, merged."""
    wide = sorted((max(start - context, 0), min(end + context, len(text))) for start, end in spans)
    merged: list[tuple[int, int]] = []
    for start, end in wide:
        if merged and start <= merged[-1][1] + 40:  # not worth a gap
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    snapped = []
    for start, end in merged:
        left = start if start == 0 or context == 0 else _space(text, start, 1)
        right = end if end == len(text) or context == 0 else _space(text, end, -1)
        snapped.append((left, right))
    return snapped


def _space(text: str, offset: int, step: int) -> int:
    """Return the nearest limit of a word inside the stretch, if one is near."""
    for distance in range(25):
        here = offset + step * distance
        if text[here - 1 : here].isspace() or text[here : here + 1].isspace():
            return here
    return offset


class _Texts:
    """The texts that the payload holds, each once."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        if text not in self._numbers:
            self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return self._numbers[text]


def _drawn(
    marks: Iterable[Mark], parts: Sequence[_Part], names: Sequence[str], *, clip: bool
) -> Iterator[int]:
    """Yield name, start and length of each mark that lies in one of the parts, one after the other."""
    starts = [part.start for part in parts]
    numbers = {name: number for number, name in enumerate(names)}
    for mark in marks:
        first = max(bisect_right(starts, mark.start) - 1, 0)
        for part in parts[first:]:
            if part.start >= mark.end:
                break
            left, right = max(mark.start, part.start), min(mark.end, part.end)
            if left < right and (clip or (left, right) == (mark.start, mark.end)):
                yield numbers[mark.name]
                yield part.at(left)
                yield part.at(right) - part.at(left)


def _parts(data: RunData, rows: Sequence[int], context: int | None) -> list[_Part]:
    """Return the stretches of a page's text that the payload holds."""
    awards = [data.awards[n] for n in rows]
    page = data.pages.get(awards[0]["doc_id"])
    if page is None:  # the evidence is all there is
        return _numbered(
            _joined({(row["start"], row["evidence"]) for row in awards if row["start"] is not None})
        )
    if context is None:
        return _numbered([(0, page.text)])
    spans = [
        (row["start"], row["end"]) for row in awards if row["start"] is not None and row["end"] is not None
    ]
    slots = [(m.start, m.end) for n in rows for m in slot_marks(data.slots[n])]
    # a slot's own words are enough to check it: the evidence keeps more around it
    windows = _windows([*spans, *_far(slots, spans, context)], context, page.text)
    return _numbered((start, page.text[start:end]) for start, end in windows)


def _joined(evidence: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Join evidence that overlaps; what contradicts the text before it is left out."""
    joined: list[tuple[int, str]] = []
    for start, text in sorted(evidence):
        if joined and start < joined[-1][0] + len(joined[-1][1]):
            first, before = joined[-1]
            common = before[start - first :]
            if not text.startswith(common) and not common.startswith(text):
                continue
            joined[-1] = (first, before + text[len(common) :])
        else:
            joined.append((start, text))
    return joined


def _far(
    slots: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]], context: int
) -> Iterator[tuple[int, int]]:
    """Yield slots outside the evidence's surroundings, drawn in so that they get a quarter of the context."""
    less = context - context // 4
    for start, end in slots:
        near = any(left - context <= start and end <= right + context for left, right in spans)
        if not near:
            yield min(start + less, end), max(end - less, start)


def _page(
    data: RunData, doc_id: str, parts: Sequence[_Part], texts: _Texts, *, whole: bool
) -> dict[str, Any]:
    page: dict[str, Any] = {"p": [item for part in parts for item in (part.outer, texts.number(part.text))]}
    text = data.pages.get(doc_id)
    if text is not None:
        dropped = dropped_marks(text.dropped)
        kinds = sorted({kind for _, _, kind in text.dropped})
        if flat := list(_drawn(dropped, parts, kinds, clip=True)):
            page["g"], page["k"] = flat, kinds
        if whole:
            page["w"] = 1
    if data.entities is not None:
        marks = entity_marks(data.entities.get(doc_id, ()))
        page["e"] = list(_drawn(marks, parts, list(hues("entity")), clip=False))
    return page


def _award_marks(data: RunData, number: int, parts: Sequence[_Part]) -> list[int]:
    """Return evidence start and length, then slot, start and length of each slot; nothing if it is lost."""
    row = data.awards[number]
    part = next((part for part in parts if part.holds(row)), None)
    if part is None:
        return []
    slots = slot_marks(data.slots[number])
    if (
        row["doc_id"] not in data.pages
    ):  # the page is unknown but for the evidence, and so is what stands beside it
        slots = [m for m in slots if row["start"] <= m.start and m.end <= row["end"]]
    start = part.at(row["start"])
    return [start, part.at(row["end"]) - start, *_drawn(slots, parts, list(hues("slot")), clip=False)]


def _told(data: RunData, context: int | None) -> int | None:
    return context if data.pages else -1


def _build(data: RunData, context: int | None, extra: Mapping[str, Any]) -> str:
    texts = _Texts()
    rows_of: dict[str, list[int]] = {}
    for number, row in enumerate(data.awards):
        rows_of.setdefault(row["doc_id"], []).append(number)
    marks: list[list[int]] = [[] for _ in data.awards]
    built = []
    for doc_id, rows in rows_of.items():
        parts = _parts(data, rows, context)
        built.append(_page(data, doc_id, parts, texts, whole=context is None and doc_id in data.pages))
        for number in rows:
            marks[number] = _award_marks(data, number, parts)
    columns = {column.name: _column([row[column.name] for row in data.awards]) for column in TABLES["awards"]}
    # where the text holds the evidence it is not said twice
    columns["evidence"] = _column(
        [None if marks[number] else row["evidence"] for number, row in enumerate(data.awards)]
    )
    numbers = {doc_id: number for number, doc_id in enumerate(rows_of)}
    return to_json(
        {
            **extra,
            "context": _told(data, context),
            "types": {column.name: FIELD[column.name].type for column in TABLES["awards"]},
            "searched": [column.name for column in TABLES["awards"] if FIELD[column.name].searched],
            "columns": columns,
            "page": [numbers[row["doc_id"]] for row in data.awards],
            "province": _column([province_of(row["recipient_code"]) for row in data.awards]),
            "region": _column([region_of(row["recipient_code"]) for row in data.awards]),
            "marks": marks,
            "pages": built,
            "texts": texts.texts,
            "slots": hues("slot"),
            "entities": hues("entity"),
            "formula": FORMULA_START,
        }
    )


def build_payload(data: RunData, budget: int, extra: Mapping[str, Any]) -> Payload:
    """Return the page's data, with as much of the texts as fits.

    Args:
        data: Tables of a run.
        budget: Bytes to stay within; where the table alone is larger, the evidence without its surroundings
            is kept.
        extra: What else the page's script needs.
    """

    def build(context: int | None) -> Payload:
        made = _build(data, context, extra)
        return Payload(made, _told(data, context), len(made.encode()))

    whole = build(None)
    if whole.size <= budget or not data.pages:
        return whole
    tried = {0: build(0)}  # kept whatever its size

    def size(context: int) -> int:
        tried[context] = build(context)
        return tried[context].size

    too_wide = bisect_right(CONTEXTS, budget, lo=1, key=size)
    return tried[CONTEXTS[too_wide - 1]]
