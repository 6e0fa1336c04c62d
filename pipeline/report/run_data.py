"""The tables of a run, read for the report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.consolidate.awards_table import read_awards
from pipeline.document import KEPT_KINDS
from pipeline.errors import UsageError
from pipeline.report.highlight import slots_of
from pipeline.run_report import read_report
from pipeline.tables.run_tables import Row, entity_rows, json_lines

#: Where an evaluation is looked for in the output folder.
EVALUATION_FILE = "evaluation.json"


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text, with what is drawn in it whichever award is looked at.

    Args:
        text: Text of the page.
        dropped: Boilerplate, as ``(start, end, kind)``.
    """

    text: str
    dropped: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RunData:
    """What the report is made from.

    Args:
        folder: Output folder of the run.
        report: Contents of ``run.json``.
        awards: Rows of the awards table, in its order.
        slots: By row number, the slots as ``(slot, start, end)``; empty where there is no ``awards.jsonl``.
        pages: Texts of the pages with awards, by ``doc_id``; empty where there is no ``articles.jsonl``.
        entities: Entities of these pages by ``doc_id``, as ``(start, end, label)``; ``None`` where the run
            wrote no entities.
        evaluation: Figures of ``evaluate --json``, or ``None``.
    """

    folder: Path
    report: Row
    awards: Sequence[Row]
    slots: Sequence[Sequence[tuple[str, int, int]]]
    pages: Mapping[str, PageText] = field(default_factory=dict)
    entities: Mapping[str, Sequence[tuple[int, int, str]]] | None = None
    evaluation: Row | None = None


def _slots(folder: Path, awards: Sequence[Row]) -> list[list[tuple[str, int, int]]]:
    path = folder / "awards.jsonl"
    if not path.is_file():
        return [[] for _ in awards]
    by_id = {(row["doc_id"], row.get("record_id")): slots_of(row) for _, row in json_lines(path)}
    return [by_id.get((row["doc_id"], row["record_id"]), []) for row in awards]


def _pages(folder: Path, wanted: frozenset[str]) -> dict[str, PageText]:
    path = folder / "articles.jsonl"
    if not path.is_file():
        return {}
    return {
        row["doc_id"]: PageText(
            row["text"],
            tuple((s["start"], s["end"], s["kind"]) for s in row["segments"] if s["kind"] not in KEPT_KINDS),
        )
        for _, row in json_lines(path)
        if row["doc_id"] in wanted
    }


def _entities(folder: Path, wanted: frozenset[str]) -> dict[str, list[tuple[int, int, str]]] | None:
    rows = entity_rows(folder)
    if rows is None:
        return None
    found: dict[str, list[tuple[int, int, str]]] = {}
    for row in rows:
        if row["doc_id"] in wanted:
            found.setdefault(row["doc_id"], []).append((int(row["start"]), int(row["end"]), row["label"]))
    return found


def read_evaluation(path: Path) -> Row:
    """Return the figures that ``evaluate --json`` printed into a file.

    Raises:
        UsageError: The file cannot be read, or is something else.
    """
    try:
        figures = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}; name a file with --evaluation") from error
    except ValueError as error:
        raise UsageError(f"{path} is not JSON ({error}); make it with: evaluate --json > FILE") from error
    if not isinstance(figures, dict) or not isinstance(figures.get("awards"), dict) or "gold" not in figures:
        raise UsageError(f"{path} is not an evaluation of ours; make it with: evaluate --json > FILE")
    return figures


def read_run(folder: Path, evaluation: Path | None = None) -> RunData:
    """Read what a run left in its output folder.

    Args:
        folder: Output folder.
        evaluation: File that ``evaluate --json`` was printed into; by default ``evaluation.json`` in the
            folder, if it is there.

    Raises:
        UsageError: The folder is not the output of a run, or a file in it is broken.
    """
    awards = list(read_awards(folder))  # says what is wrong with the folder
    wanted = frozenset(row["doc_id"] for row in awards)
    if evaluation is None and (folder / EVALUATION_FILE).is_file():
        evaluation = folder / EVALUATION_FILE
    try:
        return RunData(
            folder=folder,
            report=read_report(folder) or {},
            awards=awards,
            slots=_slots(folder, awards),
            pages=_pages(folder, wanted),
            entities=_entities(folder, wanted),
            evaluation=read_evaluation(evaluation) if evaluation else None,
        )
    except OSError as error:
        raise UsageError(f"cannot read {error.filename or folder}: {error.strerror}") from error
    except (LookupError, TypeError, ValueError) as error:
        raise UsageError(f"{folder} holds a table that is not ours ({error!r}); run again") from error
