"""Highlighted text: evidence, slots, entities and boilerplate as flat pieces, for report and notebooks.

The report's script cuts pieces in the browser by the same rules; a test holds the two together.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from pipeline.document import KEPT_KINDS, Article, Award, Mention
from pipeline.report.assets import hues

Kind = Literal["dropped", "evidence", "entity", "slot"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that is drawn in some way.

    Args:
        start: First character.
        end: One past the last character.
        kind: ``dropped`` (boilerplate), ``evidence``, ``entity`` or ``slot``.
        name: Segment kind, entity label or slot; empty for evidence.
    """

    start: int
    end: int
    kind: Kind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is drawn in one way.

    Args:
        start: First character.
        end: One past the last character.
        dropped: Segment kind, if it is boilerplate; else empty.
        evidence: Whether it is evidence.
        entity: Entity label, or empty.
        slot: Slot, or empty.
        tags: Slots and entities that end here, to be named after it, as ``(kind, name)``.
    """

    start: int
    end: int
    dropped: str = ""
    evidence: bool = False
    entity: str = ""
    slot: str = ""
    tags: tuple[tuple[Kind, str], ...] = ()


def dropped_marks(segments: Iterable[tuple[int, int, str]]) -> list[Mark]:
    """Return the marks of boilerplate among segments ``(start, end, kind)``."""
    return [Mark(start, end, "dropped", kind) for start, end, kind in segments if kind not in KEPT_KINDS]


def entity_marks(entities: Iterable[tuple[int, int, str]]) -> list[Mark]:
    """Return marks of the outermost entities among ``(start, end, label)``; those inside are not drawn."""
    marks: list[Mark] = []
    for start, end, label in sorted(entities, key=lambda e: (e[0], -e[1])):
        if label in hues("entity") and (not marks or start >= marks[-1].end):
            marks.append(Mark(start, end, "entity", label))
    return marks


def slot_marks(slots: Iterable[tuple[str, int, int]]) -> list[Mark]:
    """Return the marks of the slots that are drawn, among ``(slot, start, end)``, by position; each once."""
    drawn = hues("slot")
    order = {name: number for number, name in enumerate(drawn)}
    found = {(start, -end, order[name], name) for name, start, end in slots if name in drawn and start < end}
    return [Mark(start, -minus_end, "slot", name) for start, minus_end, _, name in sorted(found)]


def slots_of(award: Award | Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """Return the slots of an award, or of a line of ``awards.jsonl``, as ``(slot, start, end)``."""
    if isinstance(award, Award):
        return [(name, slot.start, slot.end) for name, slots in award.slots.items() for slot in slots]
    return [
        (name, slot["start"], slot["end"])
        for name, slots in (award.get("slots") or {}).items()
        for slot in slots
    ]


def award_marks(award: Award) -> list[Mark]:
    """Return the marks of an award: its evidence and its slots."""
    return [Mark(award.start, award.end, "evidence"), *slot_marks(slots_of(award))]


def article_marks(article: Article, mentions: Iterable[Mention]) -> list[Mark]:
    """Return the marks of a page: its boilerplate and its outermost entities."""
    return [
        *dropped_marks((s.start, s.end, s.kind) for s in article.segments),
        *entity_marks((m.start, m.end, m.label) for m in mentions),
    ]


def _innermost(marks: Sequence[Mark]) -> Mark | None:
    return min(marks, key=lambda m: m.end - m.start) if marks else None


def cut(marks: Iterable[Mark], start: int, end: int) -> list[Piece]:
    """Cut a stretch of text into pieces that are drawn in one way each.

    An entity that touches a slot is not drawn: the slot says more. Where marks of a kind overlap, the shorter
    one is drawn, else the one that starts first, else the first given; all are named where they end.

    Args:
        marks: Marks in any order; those outside the stretch are passed over.
        start: First character of the stretch.
        end: One past its last character.

    Example:
        >>> [(p.start, p.end, p.slot) for p in cut([Mark(2, 5, "slot", "year")], 0, 8)]
        [(0, 2, ''), (2, 5, 'year'), (5, 8, '')]
    """
    inside = [m for m in marks if m.start < end and m.end > start]
    slots = [m for m in inside if m.kind == "slot"]
    inside = [
        m for m in inside if m.kind != "entity" or not any(s.start < m.end and m.start < s.end for s in slots)
    ]
    borders = sorted({start, end, *(b for m in inside for b in (m.start, m.end) if start < b < end)})
    waiting = deque(sorted(inside, key=lambda m: m.start))
    pieces = []
    here: list[Mark] = []
    for left, right in pairwise(borders):
        here = [m for m in here if m.end > left]
        while waiting and waiting[0].start <= left:
            here.append(waiting.popleft())
        of = {
            kind: _innermost([m for m in here if m.kind == kind])
            for kind in ("dropped", "evidence", "entity", "slot")
        }
        tags = tuple((m.kind, m.name) for m in here if m.end == right and m.kind in ("entity", "slot"))
        pieces.append(
            Piece(
                left,
                right,
                dropped=of["dropped"].name if of["dropped"] else "",
                evidence=of["evidence"] is not None,
                entity=of["entity"].name if of["entity"] else "",
                slot=of["slot"].name if of["slot"] else "",
                tags=tags,
            )
        )
    return pieces
