"""Scores of entity mentions, by matching strategy (SemEval-2013 task 9.1, with nested mentions).

=======  =====================================================================================
strict   same limits and same label
exact    same limits, whatever the label
partial  same limits count one, overlapping ones a half, whatever the label
type     same label and any overlap
=======  =====================================================================================

Mentions are paired one to one so that the credit is highest. nervaluate, the usual tool, pairs greedily in
the order of the lists and supports no overlapping mentions (its issues 40 and 84), so nested mentions (a
position that holds an agency that holds a place) would make its figures depend on that order; on flat
mentions the two agree, which a test checks.

Mentions inside gold boilerplate are left out. Spans that the gold lists as arguable count neither way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.document import ENTITY_LABELS
from pipeline.evaluation.assignment import assign
from pipeline.evaluation.gold import GoldPage, Span
from pipeline.evaluation.measures import Bootstrap, Counts, Figure, Score, figure, pooled, score


@dataclass(frozen=True, slots=True)
class Strategy:
    """How much a predicted mention is worth against a gold one.

    Args:
        name: As it is reported.
        credit: Of a predicted and a gold span: 1 for a match, 0.5 for half of one, 0 for none.
        loose_limits: Whether limits need not be the same: then a mention that overlaps an arguable span is
            neutral as well.
    """

    name: str
    credit: Callable[[Span, Span], float]
    loose_limits: bool = False


def _same_limits(predicted: Span, gold: Span) -> bool:
    return (predicted.start, predicted.end) == (gold.start, gold.end)


STRICT = Strategy("strict", lambda p, g: float(p == g))
EXACT = Strategy("exact", lambda p, g: float(_same_limits(p, g)))
PARTIAL = Strategy("partial", lambda p, g: 1.0 if _same_limits(p, g) else 0.5 * p.overlaps(g), True)
TYPE = Strategy("type", lambda p, g: float(p.label == g.label and p.overlaps(g)), True)
STRATEGIES = (STRICT, EXACT, PARTIAL, TYPE)


def pair(
    strategy: Strategy, predicted: Sequence[Span], gold: Sequence[Span]
) -> tuple[tuple[int, int, float], ...]:
    """Pair mentions one to one for the highest credit.

    Returns:
        Predicted index, gold index and credit, of the pairs with any.
    """
    worth = [[strategy.credit(p, g) for g in gold] for p in predicted]
    return tuple((i, j, worth[i][j]) for i, j in assign(worth) if worth[i][j])


def count(
    strategy: Strategy, predicted: Collection[Span], gold: Collection[Span], arguable: Collection[Span] = ()
) -> Counts:
    """Count one page under one strategy.

    Args:
        strategy: The matching strategy.
        predicted: Predicted mentions; repeated ones count once.
        gold: Gold mentions.
        arguable: Spans that count neither way.
    """
    mine, right = sorted(set(predicted) - set(arguable)), sorted(set(gold) - set(arguable))
    pairs = pair(strategy, mine, right)
    credit = sum(c for _, _, c in pairs)
    responses = len(mine)
    if strategy.loose_limits:
        left = set(range(len(mine))) - {i for i, _, _ in pairs}
        responses -= sum(any(strategy.credit(mine[i], span) for span in arguable) for i in left)
    return Counts(credit, responses - credit, len(right) - credit)


def count_overlaps(
    predicted: Collection[Span], gold: Collection[Span], arguable: Collection[Span] = ()
) -> Counts:
    """Count mentions that overlap one of the same label, without pairing.

    The acceptance measure calls this ``partial``.     Several predictions may answer one gold mention; an
    arguable span answers a prediction but is never missed.
    """

    def answered(span: Span, others: Collection[Span]) -> bool:
        return any(span.label == other.label and span.overlaps(other) for other in others)

    mine, right, loose = set(predicted), set(gold), set(arguable)
    hits = sum(answered(span, right | loose) for span in mine)
    missed = sum(not answered(span, mine) for span in right - loose)
    return Counts(hits, len(mine) - hits, missed)


@dataclass(frozen=True, slots=True)
class EntityScores:
    """Figures over the pages with gold entities, micro-averaged and per label, by name of the strategy.

    The name ``overlap`` holds :func:`count_overlaps`.
    """

    pages: int
    overall: Mapping[str, Figure]
    by_label: Mapping[str, Mapping[str, Score]]

    def as_dict(self) -> dict[str, Any]:
        """Return the scores as plain data."""
        plain = asdict(self)
        return {"pages": self.pages, **plain["overall"], "by_label": plain["by_label"]}


def scored(page: GoldPage, predicted: Collection[Span]) -> tuple[set[Span], set[Span]]:
    """Return the predicted and gold mentions that count: known labels, outside gold boilerplate."""
    mine = {s for s in predicted if s.label in ENTITY_LABELS and not page.in_boilerplate(s)}
    return mine, {s for s in page.entities or () if not page.in_boilerplate(s)}


def score_entities(pages: Sequence[GoldPage], predicted: Sequence[Collection[Span]]) -> EntityScores | None:
    """Score the mentions of several pages.

    Args:
        pages: Gold pages; those without gold entities are passed over.
        predicted: Mentions, one collection a page, in the same order.

    Returns:
        The figures, or ``None`` where no page has gold entities.
    """
    cases = [
        (*scored(page, mentions), page.arguable)
        for page, mentions in zip(pages, predicted, strict=True)
        if page.entities is not None
    ]
    if not cases:
        return None
    bootstrap = Bootstrap(len(cases))

    def only(spans: Collection[Span], label: str) -> list[Span]:
        return [s for s in spans if s.label == label]

    overall = {s.name: figure([count(s, *case) for case in cases], bootstrap) for s in STRATEGIES}
    overall["overlap"] = figure([count_overlaps(*case) for case in cases], bootstrap)
    by_label: dict[str, dict[str, Score]] = {}
    for label in ENTITY_LABELS:
        of_label = [tuple(only(spans, label) for spans in case) for case in cases]
        table = {s.name: [count(s, *case) for case in of_label] for s in STRATEGIES}
        table["overlap"] = [count_overlaps(*case) for case in of_label]
        if any(pooled(counts) for counts in table.values()):
            by_label[label] = {name: score(counts) for name, counts in table.items()}
    return EntityScores(len(cases), overall, by_label)
