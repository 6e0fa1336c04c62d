"""The evaluation of a gold file: each annotated stage, the records end to end, what each stage costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.evaluation.award_scores import FAMILIES, AwardScores, PageAwards, score_awards
from pipeline.evaluation.boilerplate_scores import BoilerplateScores, score_boilerplate
from pipeline.evaluation.calibration import Calibration, calibration, outcomes
from pipeline.evaluation.entity_scores import EntityScores, score_entities
from pipeline.evaluation.faults import Fault, count_faults, count_slots, page_faults
from pipeline.evaluation.gold import GoldPage, read_gold
from pipeline.evaluation.manifest import annotations_folder, verify_file
from pipeline.evaluation.predict import STAGES, Prediction, predict, predict_with_gold
from pipeline.evaluation.sentence_scores import SentenceScores, score_sentences


@dataclass(frozen=True, slots=True)
class Rung:
    """Scores of the records with the gold of some stages handed on.

    Args:
        given: Stages whose gold was used; none for end to end.
        scores: Scores over the pages of the ladder.
    """

    given: tuple[str, ...]
    scores: AwardScores


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one gold file.

    Args:
        gold: Name of the file.
        split: ``dev``, ``test``, or empty for a file outside the manifest.
        pages: Number of pages.
        awards: Records, end to end, on the page's text alone.
        boilerplate: ``None`` where the file annotates none; the same for the next two.
        sentences: Sentence splitting.
        entities: Entity mentions.
        confidence: How well the records' confidence is calibrated; ``None`` where there are no records.
        ladder: Records with the gold of no stage, of the first, of the first two, of all three, on the pages
            that annotate entities. The step from one rung to the next is what the stage costs.
        faults: Everything that went wrong, page by page.
        failures: Pages that the pipeline refused, with the reason.
    """

    gold: str
    split: str
    pages: int
    awards: AwardScores
    boilerplate: BoilerplateScores | None
    sentences: SentenceScores | None
    entities: EntityScores | None
    confidence: Calibration | None
    ladder: tuple[Rung, ...]
    faults: tuple[Fault, ...]
    failures: Mapping[str, str]

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain data, ready for JSON; faults as counts."""
        plain = asdict(replace(self, entities=None, ladder=(), faults=()))
        rungs = [(list(rung.given), asdict(rung.scores)) for rung in self.ladder]
        return {
            **plain,
            "split": self.split or None,
            "entities": self.entities.as_dict() if self.entities else None,
            "ladder": [
                {"gold_stages": given, **{name: scores[name] for name in ("pages", *FAMILIES, "macro")}}
                for given, scores in rungs
            ],
            "faults": {"by_stage": count_faults(self.faults), "by_slot": count_slots(self.faults)},
        }


def evaluate_predictions(
    pages: Sequence[GoldPage], predictions: Sequence[Prediction], *, gold: str = "", split: str = ""
) -> Evaluation:
    """Score predictions that are already there (no ladder).

    Args:
        pages: Gold pages.
        predictions: One a page, in the same order.
        gold: Name of the gold file.
        split: Its split.
    """
    scores, scored = score_awards([p.awards for p in pages], [p.rows for p in predictions])
    triples: list[tuple[GoldPage, Prediction, PageAwards]] = list(
        zip(pages, predictions, scored, strict=True)
    )
    return Evaluation(
        gold=gold,
        split=split,
        pages=len(pages),
        awards=scores,
        boilerplate=score_boilerplate(pages, [p.article for p in predictions]),
        sentences=score_sentences(pages, [p.limits for p in predictions]),
        entities=score_entities(pages, [p.spans for p in predictions]),
        confidence=calibration(outcomes(scored, [p.rows for p in predictions])),
        ladder=(),
        faults=tuple(fault for triple in triples for fault in page_faults(*triple)),
        failures={page.doc_id: p.failure for page, p in zip(pages, predictions, strict=True) if p.failure},
    )


def climb(
    pages: Sequence[GoldPage], predictions: Sequence[Prediction], engine: str = "spacy"
) -> tuple[Rung, ...]:
    """Score the records again and again, each time with the gold of one more stage.

    Args:
        pages: Gold pages. Those without gold entities are passed over, so that all rungs stand on the same
            pages.
        predictions: Their end-to-end predictions.
        engine: Name of the engine that splits sentences.

    Returns:
        One rung a set of stages; none where no page has gold entities.
    """
    cases = [(g, p) for g, p in zip(pages, predictions, strict=True) if g.entities is not None]
    if not cases:
        return ()
    records = [g.awards for g, _ in cases]
    rungs = [Rung((), score_awards(records, [p.rows for _, p in cases])[0])]
    for depth in range(1, len(STAGES) + 1):
        stages = STAGES[:depth]
        # A stage that no page annotates would repeat the rung before it.
        if stages[-1] == "sentences" and not any(g.sentences for g, _ in cases):
            continue
        rows = [predict_with_gold(g, p, stages, engine).rows for g, p in cases]
        rungs.append(Rung(stages, score_awards(records, rows)[0]))
    return tuple(rungs)


def evaluate(gold: str | Path | None = None, *, engine: str = "spacy", ladder: bool = True) -> Evaluation:
    """Run the pipeline on the pages of a gold file and score every stage that the file annotates.

    The pipeline sees the pages' text alone: neither the headline nor the date that the gold knows.

    Args:
        gold: Gold file; the held-out seeds by default. One of the project's own is checked against the
            manifest.
        engine: Name of the engine that splits sentences.
        ladder: Whether to score the records with gold stages as well (about three more runs of the later
            stages).

    Returns:
        The figures and everything that went wrong.

    Raises:
        UsageError: There is no such file, or it is no gold.
        ManifestError: The file differs from its checksum.
    """
    path = Path(gold) if gold else annotations_folder() / "seeds.jsonl"
    pages = read_gold(path)
    entry = verify_file(path)
    predictions = [predict(page, engine) for page in pages]
    result = evaluate_predictions(pages, predictions, gold=path.name, split=entry.split if entry else "")
    if not ladder:
        return result
    return replace(result, ladder=climb(pages, predictions, engine))
