"""Precision, recall, F1, and their bootstrap intervals over pages."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

#: Resamples of the pages, and the seed they are drawn with: fixed, so that figures repeat.
ROUNDS = 1000
SEED = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives and false negatives (halves occur where partial credit is given)."""

    tp: float = 0
    fp: float = 0
    fn: float = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 0 where nothing is there."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def __bool__(self) -> bool:
        return bool(self.tp or self.fp or self.fn)


def pooled(counts: Iterable[Counts]) -> Counts:
    """Return the sum (micro-average) of the pages' counts."""
    tp = fp = fn = 0.0
    for c in counts:
        tp, fp, fn = tp + c.tp, fp + c.fp, fn + c.fn
    return Counts(tp, fp, fn)


def percentile_interval(values: Iterable[float]) -> tuple[float, float]:
    """Return the limits that hold the middle 95% of ``values`` (at least one)."""
    ranked = sorted(values)
    low, high = int(0.025 * len(ranked)), int(0.975 * len(ranked)) - 1
    return ranked[low], ranked[max(high, low)]


@dataclass(frozen=True)
class Bootstrap:
    """Resamples of ``pages`` pages, drawn with replacement.

    Args:
        pages: Number of pages.
        rounds: Number of resamples.
        seed: Seed of the draw.
    """

    pages: int
    rounds: int = ROUNDS
    seed: int = SEED

    @cached_property
    def _draws(self) -> tuple[list[list[int]], list[list[int]]]:
        # Two sets from one stream, micro-averages first and page means second: the order in which the
        # acceptance measure draws them, so that its intervals and ours are the same numbers.
        rng = random.Random(self.seed)  # noqa: S311 (statistics, not secrets)
        both = [[rng.choices(range(self.pages), k=self.pages) for _ in range(self.rounds)] for _ in range(2)]
        return both[0], both[1]

    def micro(self, counts: Sequence[Counts]) -> tuple[float, float]:
        """Return the 95% interval of the pooled F1 of one :class:`Counts` a page."""
        table = np.array([(c.tp, c.fp, c.fn) for c in counts], dtype=float)
        sums = table[np.array(self._draws[0])].sum(axis=1)
        return percentile_interval(Counts(*map(float, row)).f1 for row in sums)

    def mean(self, statistic: Callable[[Sequence[int]], float]) -> tuple[float, float]:
        """Return the 95% interval of a statistic of page numbers (for averages over pages)."""
        return percentile_interval(statistic(draw) for draw in self._draws[1])


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of pooled counts, rounded to four places."""

    p: float
    r: float
    f1: float


@dataclass(frozen=True, slots=True)
class Figure(Score):
    """A score with the 95% interval of its F1."""

    ci95: tuple[float, float]


def score(counts: Iterable[Counts]) -> Score:
    """Pool the pages' counts, one a page."""
    total = pooled(counts)
    return Score(round(total.precision, 4), round(total.recall, 4), round(total.f1, 4))


def figure(counts: Sequence[Counts], bootstrap: Bootstrap | None = None) -> Figure:
    """Pool the pages' counts.

    Args:
        counts: One a page.
        bootstrap: Resamples of as many pages; made where not given.

    Returns:
        Precision, recall and F1 with the 95% interval of F1.
    """
    low, high = (bootstrap or Bootstrap(len(counts))).micro(counts)
    total = score(counts)
    return Figure(total.p, total.r, total.f1, (round(low, 4), round(high, 4)))
