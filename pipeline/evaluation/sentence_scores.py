"""Scores of the sentence splitter: whole sentences, and the limits between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation.gold import GoldPage
from pipeline.evaluation.measures import Bootstrap, Counts, Figure, figure

Limits = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """Figures over the pages with gold sentences.

    Args:
        pages: Number of such pages.
        exact: Sentences with both limits right.
        boundary: Sentence ends.
    """

    pages: int
    exact: Figure
    boundary: Figure


def trim(text: str, start: int, end: int) -> Limits:
    """Return the limits without the white space at both ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _count_sets(mine: set[Any], right: set[Any]) -> Counts:
    return Counts(len(mine & right), len(mine - right), len(right - mine))


def count_exact(mine: Iterable[Limits], right: Iterable[Limits]) -> Counts:
    """Count sentences whose two limits are right."""
    return _count_sets(set(mine), set(right))


def count_boundaries(mine: Iterable[Limits], right: Iterable[Limits]) -> Counts:
    """Count sentence ends."""
    return _count_sets({end for _, end in mine}, {end for _, end in right})


def best_reading(
    page: GoldPage, predicted: Iterable[Limits], count: Callable[[Iterable[Limits], Iterable[Limits]], Counts]
) -> Counts:
    """Count one page against the accepted reading that it meets best.

    A quotation of several sentences may be split or stay whole; a page has to do one or the other throughout.
    """
    mine = {trim(page.text, start, end) for start, end in predicted}
    readings = [{trim(page.text, start, end) for start, end in reading} for reading in page.sentences]
    return max((count(mine, right) for right in readings), key=lambda c: round(c.f1, 4))


def score_sentences(
    pages: Sequence[GoldPage], predicted: Sequence[Iterable[Limits]]
) -> SentenceScores | None:
    """Score the sentences of several pages.

    Args:
        pages: Gold pages; those without gold sentences are passed over.
        predicted: Sentence limits, one sequence a page, in the same order.

    Returns:
        The figures, or ``None`` where no page has gold sentences.
    """
    cases = [(page, list(mine)) for page, mine in zip(pages, predicted, strict=True) if page.sentences]
    if not cases:
        return None
    bootstrap = Bootstrap(len(cases))
    return SentenceScores(
        len(cases),
        exact=figure([best_reading(page, mine, count_exact) for page, mine in cases], bootstrap),
        boundary=figure([best_reading(page, mine, count_boundaries) for page, mine in cases], bootstrap),
    )
