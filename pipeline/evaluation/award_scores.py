"""Scores of award records: which are there, and which of their slots are right.

Records are aligned page by page by the assignment with the highest weighted agreement, whatever their order
(which decides only between equally good assignments). The figures are those of the acceptance measure:

=========  ===========================================================================================
slots      precision, recall and F1 over the slots of all records
primary    the same over records of the page's focal recipient (gold ``scope`` primary)
core       a record counts only when recipient, event, year, category, result and status are all right
found      a record counts when recipient and event are right (detection)
strict     slots, primary and core when slots marked soft count like the others
macro      mean over pages with records of the page's slot F1, so that a long list weighs as one page
negatives  records found on pages that have none
=========  ===========================================================================================

Slots that a gold record lists as ``soft`` are never counted as wrong. Gold records told as history
(``timeframe`` past) are optional: found ones count, missed ones do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.award_schema import FIELDS, field_names
from pipeline.evaluation.assignment import assign
from pipeline.evaluation.measures import Bootstrap, Counts, Figure, figure, pooled
from pipeline.evaluation.normalise import SLOTS, same, slot_value

Record = Mapping[str, Any]

#: Slots that make a record the right one.
CORE = field_names(lambda f: f.core)
#: What an agreeing slot adds to the alignment of two records.
WEIGHTS = {f.name: f.weight for f in FIELDS if f.weight}
OTHER_WEIGHT = 0.5
#: Two records without one of these in common are never aligned.
ANCHORS = frozenset(field_names(lambda f: f.anchor))
#: Micro-averaged families, in the order of the report.
FAMILIES = ("slots", "primary", "core", "found")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The slots of an aligned pair: right, wrongly filled, missed (a wrong value is both of the last two)."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageAwards:
    """The outcome of one page.

    Args:
        counts: Per family and, under ``slot:<name>``, per slot of aligned records.
        pairs: Predicted index, gold index, and their comparison.
        invented: Predicted records that no gold record answers to.
        missed: Gold records that were not found and are not optional.
        negative: Whether the page has no gold record.
        predicted: Number of predicted records.
    """

    counts: Mapping[str, Counts]
    pairs: tuple[tuple[int, int, Comparison], ...]
    invented: tuple[int, ...]
    missed: tuple[int, ...]
    negative: bool
    predicted: int


@dataclass(frozen=True, slots=True)
class MeanOfPages:
    """A mean of pages with its 95% interval."""

    f1: float
    ci95: tuple[float, float]


@dataclass(frozen=True, slots=True)
class AwardScores:
    """All figures over a set of pages, under the names of the acceptance measure.

    Args:
        pages: Number of pages.
        slots: Slots of all records; the next three are families of them (see the table above).
        primary: Slots of primary records.
        core: Records whose core slots are right.
        found: Records of the right recipient and event.
        macro: Mean F1 of the slots of pages with awards.
        strict: F1 with soft slots counted.
        negatives: Pages without awards, and ``false_records`` on them.
        per_slot_f1: F1 by slot, of aligned records.
    """

    pages: int
    slots: Figure
    primary: Figure
    core: Figure
    found: Figure
    macro: MeanOfPages
    strict: Mapping[str, float]
    negatives: Mapping[str, int]
    per_slot_f1: Mapping[str, float]


def _agrees(slot: str, predicted: Record, gold: Record) -> bool:
    value, right = slot_value(predicted, slot), slot_value(gold, slot)
    if slot == "recipient":
        # Either name will do: the canonical one, or the one the page uses.
        names = (slot_value(predicted, "recipient_name"), value)
        return right is not None and any(n is not None and same(slot, n, predicted, gold) for n in names)
    return value is not None and right is not None and same(slot, value, predicted, gold)


def _filled(slot: str, predicted: Record) -> bool:
    if slot == "recipient" and slot_value(predicted, "recipient_name") is not None:
        return True
    return slot_value(predicted, slot) is not None


def compare(predicted: Record, gold: Record) -> Comparison:
    """Compare a predicted with a gold record, slot by slot.

    Args:
        predicted: A row of the awards table.
        gold: A record of a gold page.
    """
    right, wrong, missed = [], [], []
    soft = frozenset(gold.get("soft") or ())
    for slot in SLOTS:
        if _agrees(slot, predicted, gold):
            right.append(slot)
        elif slot not in soft:
            if _filled(slot, predicted):
                wrong.append(slot)
            if slot_value(gold, slot) is not None:
                missed.append(slot)
    return Comparison(tuple(right), tuple(wrong), tuple(missed))


def similarity(comparison: Comparison) -> float:
    """Return the weight of an alignment of the two records that were compared."""
    if ANCHORS.isdisjoint(comparison.right):
        return 0.0
    return sum(WEIGHTS.get(slot, OTHER_WEIGHT) for slot in comparison.right)


def is_core(comparison: Comparison) -> bool:
    """Return whether no core slot of the pair is wrong or missed."""
    return set(CORE).isdisjoint((*comparison.wrong, *comparison.missed))


def _is_primary(gold: Record) -> bool:
    return bool(gold.get("scope", "primary") == "primary")


def score_page(gold: Sequence[Record], predicted: Sequence[Record]) -> PageAwards:
    """Align the records of one page and count.

    Args:
        gold: The page's gold records.
        predicted: The page's rows.
    """
    table = [[compare(p, g) for g in gold] for p in predicted]
    weights = [[similarity(c) for c in row] for row in table]
    pairs = tuple((i, j, table[i][j]) for i, j in assign(weights) if weights[i][j] > 0)
    counts: dict[str, Counts] = defaultdict(Counts)
    for _, j, c in pairs:
        record = gold[j]
        slots = Counts(len(c.right), len(c.wrong), len(c.missed))
        counts["slots"] += slots
        if _is_primary(record):
            counts["primary"] += slots
        event_free = not record.get("event") or "event" in (record.get("soft") or ())
        is_found = "recipient" in c.right and ("event" in c.right or event_free)
        # A pair that fails is a false record and a missed one at once.
        counts["core"] += Counts(1, 0, 0) if is_core(c) else Counts(0, 1, 1)
        counts["found"] += Counts(1, 0, 0) if is_found else Counts(0, 1, 1)
        for position, names in enumerate((c.right, c.wrong, c.missed)):
            for slot in names:
                counts[f"slot:{slot}"] += Counts(position == 0, position == 1, position == 2)
    aligned_rows, aligned_gold = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    invented = tuple(i for i in range(len(predicted)) if i not in aligned_rows)
    for i in invented:
        filled = sum(_filled(slot, predicted[i]) for slot in SLOTS)
        # Whether an invented record is about the focal recipient is unknown: it counts against both families.
        for family, n in (("slots", filled), ("primary", filled), ("core", 1), ("found", 1)):
            counts[family] += Counts(0, n, 0)
    missed = tuple(
        j for j, record in enumerate(gold) if j not in aligned_gold and record.get("timeframe") != "past"
    )
    for j in missed:
        soft = gold[j].get("soft") or ()
        filled = sum(slot_value(gold[j], slot) is not None and slot not in soft for slot in SLOTS)
        counts["slots"] += Counts(0, 0, filled)
        if _is_primary(gold[j]):
            counts["primary"] += Counts(0, 0, filled)
        counts["core"] += Counts(0, 0, 1)
        counts["found"] += Counts(0, 0, 1)
    return PageAwards(counts, pairs, invented, missed, not gold, len(predicted))


def _without_soft(records: Iterable[Record]) -> list[dict[str, Any]]:
    return [{key: value for key, value in record.items() if key != "soft"} for record in records]


def score_awards(
    gold: Sequence[Sequence[Record]],
    predicted: Sequence[Sequence[Record]],
    bootstrap: Bootstrap | None = None,
) -> tuple[AwardScores, tuple[PageAwards, ...]]:
    """Score the records of several pages.

    Args:
        gold: Gold records, one sequence a page.
        predicted: Rows, one sequence a page, pages in the same order.
        bootstrap: Resamples of as many pages; made where not given.

    Returns:
        The figures, and the outcome page by page.

    Raises:
        ValueError: There are no pages, or the two differ in length.
    """
    if not gold:
        raise ValueError("no pages to score")
    outcomes = tuple(score_page(g, p) for g, p in zip(gold, predicted, strict=True))
    hard = [score_page(_without_soft(g), p) for g, p in zip(gold, predicted, strict=True)]
    negatives = [outcome for outcome in outcomes if outcome.negative]
    bootstrap = bootstrap or Bootstrap(len(gold))
    nothing = Counts()

    def column(pages: Iterable[PageAwards], name: str) -> list[Counts]:
        return [page.counts.get(name, nothing) for page in pages]

    page_f1 = [None if o.negative else o.counts.get("slots", nothing).f1 for o in outcomes]

    def mean_f1(pages: Iterable[int]) -> float:
        scores = [f for f in (page_f1[i] for i in pages) if f is not None]
        return sum(scores) / len(scores) if scores else 0.0

    families = {name: figure(column(outcomes, name), bootstrap) for name in FAMILIES}
    per_slot = {slot: pooled(column(outcomes, f"slot:{slot}")) for slot in SLOTS}
    low, high = bootstrap.mean(mean_f1)
    scores = AwardScores(
        pages=len(gold),
        **families,
        macro=MeanOfPages(round(mean_f1(range(len(gold))), 4), (round(low, 4), round(high, 4))),
        strict={f"{f}_f1": round(pooled(column(hard, f)).f1, 4) for f in ("slots", "primary", "core")},
        negatives={"pages": len(negatives), "false_records": sum(o.predicted for o in negatives)},
        per_slot_f1={slot: round(c.f1, 3) for slot, c in per_slot.items() if c},
    )
    return scores, outcomes
