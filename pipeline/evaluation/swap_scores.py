"""What a score drops by when the names of the pages are exchanged: how far reading hangs on known names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluation.award_scores import FAMILIES
from pipeline.evaluation.entity_scores import EntityScores
from pipeline.evaluation.evaluator import Evaluation, evaluate, evaluate_predictions
from pipeline.evaluation.gold import parse_page, read_records
from pipeline.evaluation.made_up_names import MadeUpNames, NameDrawing
from pipeline.evaluation.manifest import annotations_folder
from pipeline.evaluation.name_swap import swap_records
from pipeline.evaluation.predict import predict

#: Name of a figure, its value as the pages are, its value with exchanged names.
Row = tuple[str, float, float]


def _strict(scores: EntityScores, name: str) -> float:
    """Return strict F1 over all labels (``strict``) or of one; 0 where nobody found or marked any."""
    figures = scores.overall if name == "strict" else scores.by_label.get(name, {})
    return figures["strict"].f1 if figures else 0.0


@dataclass(frozen=True, slots=True)
class SwapScores:
    """Two evaluations of the same pages.

    Args:
        as_it_is: Of the pages as they are.
        swapped: Of the pages with their names exchanged.
    """

    as_it_is: Evaluation
    swapped: Evaluation

    def table(self) -> dict[str, list[Row]]:
        """Return F1 of ``entities`` (strict, all and by label), ``awards`` and ``slots``; no empty part."""
        before, after = self.as_it_is, self.swapped
        parts: dict[str, list[Row]] = {}
        if before.entities and after.entities:
            labels = dict.fromkeys((*before.entities.by_label, *after.entities.by_label))
            parts["entities"] = [
                (name, _strict(before.entities, name), _strict(after.entities, name))
                for name in ("strict", *labels)
            ]
        parts["awards"] = [
            (name, getattr(before.awards, name).f1, getattr(after.awards, name).f1) for name in FAMILIES
        ]
        b, a = before.awards.per_slot_f1, after.awards.per_slot_f1
        parts["slots"] = [(slot, b.get(slot, 0.0), a.get(slot, 0.0)) for slot in dict.fromkeys((*b, *a))]
        return {part: rows for part, rows in parts.items() if rows}

    def as_dict(self) -> dict[str, Any]:
        """Return F1 by part and name, ready for JSON: ``as_it_is``, ``swapped``, and ``drop``."""
        table = self.table()
        return {
            "gold": self.as_it_is.gold,
            "pages": self.as_it_is.pages,
            "as_it_is": {part: {name: before for name, before, _ in rows} for part, rows in table.items()},
            "swapped": {part: {name: after for name, _, after in rows} for part, rows in table.items()},
            "drop": {
                part: {name: round(before - after, 4) for name, before, after in rows}
                for part, rows in table.items()
            },
        }


def evaluate_swapped(
    gold: str | Path | None = None,
    as_it_is: Evaluation | None = None,
    *,
    engine: str = "spacy",
    drawing: Callable[[str], NameDrawing] = MadeUpNames,
) -> SwapScores:
    """Score a gold file as it is and with the names of its pages exchanged.

    Args:
        gold: Gold file; the held-out seeds by default.
        as_it_is: Its evaluation, where it is there already.
        engine: Name of the engine that splits sentences.
        drawing: Makes the drawing of a page from its name.

    Raises:
        UsageError: There is no such file, or it is no gold.
        ManifestError: The file differs from its checksum.
    """
    path = Path(gold) if gold else annotations_folder() / "seeds.jsonl"
    before = as_it_is or evaluate(path, engine=engine, ladder=False)
    pages = [parse_page(record) for record in swap_records(read_records(path), drawing)]
    after = evaluate_predictions(
        pages, [predict(page, engine) for page in pages], gold=before.gold, split=before.split
    )
    return SwapScores(before, after)
