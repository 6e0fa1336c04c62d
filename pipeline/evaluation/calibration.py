"""Whether the records' confidence is calibrated: of those at 0.8, four in five should be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation.award_scores import PageAwards, is_core

#: Number of equally wide bins of the calibration error.
BINS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """Figures over all predicted records; one is right when it is aligned with all its core slots right.

    Args:
        records: Number of predicted records.
        mean_confidence: What they promise.
        right: Share that is right.
        brier: Mean squared distance of confidence and outcome; 0 is best.
        calibration_error: Distance of mean confidence and share of right records, averaged over bins by size.
    """

    records: int
    mean_confidence: float
    right: float
    brier: float
    calibration_error: float


def outcomes(
    pages: Sequence[PageAwards], rows: Sequence[Sequence[Mapping[str, Any]]]
) -> list[tuple[float, bool]]:
    """Return confidence and outcome of every predicted record.

    Args:
        pages: Scored pages.
        rows: Their rows of the awards table; a missing confidence means certainty.
    """
    found = []
    for page, of_page in zip(pages, rows, strict=True):
        right = {i for i, _, comparison in page.pairs if is_core(comparison)}
        for i, row in enumerate(of_page):
            stated = row.get("confidence")
            found.append((1.0 if stated in {None, ""} else float(stated or 0), i in right))
    return found


def calibration(cases: Sequence[tuple[float, bool]]) -> Calibration | None:
    """Return the figures, or ``None`` where nothing was predicted.

    Args:
        cases: Confidence (0 to 1) and outcome of each record.
    """
    if not cases:
        return None
    n = len(cases)
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in cases:
        bins.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    error = sum(abs(sum(c for c, _ in b) - sum(r for _, r in b)) for b in bins.values()) / n
    return Calibration(
        records=n,
        mean_confidence=round(sum(c for c, _ in cases) / n, 4),
        right=round(sum(r for _, r in cases) / n, 4),
        brier=round(sum((c - r) ** 2 for c, r in cases) / n, 4),
        calibration_error=round(error, 4),
    )
