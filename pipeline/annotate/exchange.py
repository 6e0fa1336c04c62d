"""Annotations from wherever they are, to wherever they go: gold files, runs, and the tools' own formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pipeline.annotate import brat, docbin, label_studio
from pipeline.annotate.layers import Layers, Record, from_layers, to_layers
from pipeline.annotate.runs import is_run, read_run
from pipeline.arguments import writing
from pipeline.errors import UsageError
from pipeline.evaluation.gold import gold_lines

Format = Literal["label-studio", "brat", "docbin"]

#: What ``export`` writes.
FORMATS: tuple[Format, ...] = get_args(Format)
#: Where ``export`` writes it by default.
DEFAULT_TARGETS: dict[Format, str] = {
    "label-studio": "annotate.json",
    "brat": "annotate-brat",
    "docbin": "annotate.spacy",
}


@dataclass(frozen=True, slots=True)
class Annotations:
    """Annotated pages as they were read.

    Args:
        kind: ``gold``, ``run``, or the name of a tool's format.
        records: One gold record a page.
        lines: Number of the line, task or document that each came from.
        notes: What could not be taken over, each with its page, in words.
        left_out: Pages that nobody has annotated yet.
    """

    kind: str
    records: tuple[Record, ...]
    lines: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def reviewed(self) -> bool:
        """Whether people made the annotations."""
        return self.kind != "run"


def _gold_lines(path: Path) -> Iterator[tuple[int, Record]]:
    for number, line in gold_lines(path):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{path}, line {number} is no JSON: {error}; correct or remove it") from error
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise UsageError(
                f"{path}, line {number} is no page (an object with a text); see annotations/GUIDELINES.md"
            )
        yield number, record


def _from_tool(kind: str, pages: Iterable[Layers], left_out: Sequence[str] = ()) -> Annotations:
    records: list[Record] = []
    notes: list[str] = []
    for layers in pages:
        record, found = from_layers(layers)
        records.append(record)
        notes += [f"{record['doc_id']}: {note}" for note in found]
    return Annotations(kind, tuple(records), tuple(range(1, len(records) + 1)), tuple(notes), tuple(left_out))


def read_source(path: Path, *, predictions: bool = False) -> Annotations:
    """Read annotated pages of any kind; which one shows in the file itself.

    Args:
        path: Gold file (JSON lines), output folder of a run, Label Studio's JSON, folder of brat, or DocBin
            (``.spacy``).
        predictions: Take tasks of Label Studio that nobody annotated as they were predicted.

    Raises:
        UsageError: There is no such path, it is of no known kind, or it is broken.
    """
    if not path.exists():
        raise UsageError(f"{path} does not exist")
    if is_run(path):
        records = tuple(read_run(path))
        return Annotations("run", records, tuple(range(1, len(records) + 1)))
    if brat.is_folder(path):
        return _from_tool("brat", brat.read(path))
    if path.is_dir():
        raise UsageError(
            f"{path} is neither the output folder of a run (no run.json of ours) nor one of brat (no .ann)"
        )
    if path.suffix == ".spacy":
        return _from_tool("docbin", docbin.read(path))
    if label_studio.is_tasks(path):
        return _from_tool("label-studio", *label_studio.read(path, predictions=predictions))
    pages = list(_gold_lines(path))
    if not pages:
        raise UsageError(f"{path} holds no page")
    return Annotations("gold", tuple(record for _, record in pages), tuple(number for number, _ in pages))


def write_target(path: Path, kind: Format, records: Iterable[Record], *, reviewed: bool) -> list[Path]:
    """Write pages for a tool.

    Args:
        path: File, or for brat a folder.
        kind: Format.
        records: Gold records.
        reviewed: Whether people made them.

    Returns:
        The files written.

    Raises:
        UsageError: A page cannot be told in regions, or the target cannot be written.
    """
    pages = [to_layers(record) for record in records]
    names: dict[str, int] = {}
    for layers in pages:
        names[layers.doc_id] = names.get(layers.doc_id, 0) + 1
    if repeated := [name for name, count in names.items() if count > 1]:
        raise UsageError(
            f"page {repeated[0]!r} is there {names[repeated[0]]} times; every doc_id must be unique"
        )
    writers: dict[Format, Callable[[], list[Path]]] = {
        "label-studio": lambda: label_studio.write(path, pages, reviewed=reviewed),
        "brat": lambda: brat.write(path, pages),
        "docbin": lambda: docbin.write(path, pages),
    }
    try:
        with writing(path):
            return writers[kind]()
    except UnicodeEncodeError as error:
        raise UsageError(
            f"a page holds half a character ({error.reason}), which UTF-8 cannot; repair its text"
        ) from error


def write_gold(path: Path, records: Iterable[Record]) -> None:
    """Write a gold file.

    Args:
        path: File; replaced if it exists.
        records: Gold records.
    """
    from pipeline.tables.writers import write_jsonl

    with writing(path):
        write_jsonl(path, records)
