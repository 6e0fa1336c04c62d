"""The tables of a run, read again row by row, as the commands do that go on from them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from pipeline.errors import UsageError
from pipeline.tables.writers import neutralise

Row = Mapping[str, Any]

#: Characters; the csv module's own limit is too short for long pages.
LONGEST_CELL = 16_000_000


def plain_cell(cell: str) -> str:
    """Take back the apostrophe that keeps a spreadsheet from running the cell."""
    return cell[1:] if cell.startswith("'") and neutralise(cell[1:]) == cell else cell


def json_lines(path: Path) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a table in JSON lines, each behind the words for where it stands.

    Raises:
        UsageError: A line is no JSON object.
    """
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                where = f"{path}, line {number}"
                try:
                    row = json.loads(line)
                except ValueError as error:
                    raise UsageError(f"{where}: {error}; run again") from error
                if not isinstance(row, dict):
                    raise UsageError(f"{where} is no line of ours; run again")
                yield where, row


def entity_rows(folder: Path) -> Iterator[Row] | None:
    """Return page, limits and label of the entities in a run's folder, or ``None`` if it wrote none.

    Raises:
        UsageError: A line of JSON lines is no object.
    """
    if (path := folder / "entities.jsonl").is_file():
        return (row for _, row in json_lines(path))
    if (path := folder / "entities.parquet").is_file():
        import pyarrow.parquet as pq

        columns = ["doc_id", "start", "end", "label"]
        return (
            row for batch in pq.ParquetFile(path).iter_batches(columns=columns) for row in batch.to_pylist()
        )
    return _csv_rows(path) if (path := folder / "entities.csv").is_file() else None


def csv_reader(file: TextIO) -> csv.DictReader[str]:
    """Return a reader of a table that we wrote and a spreadsheet may have saved, with another separator.

    Args:
        file: The table, opened with ``newline=""``.
    """
    csv.field_size_limit(LONGEST_CELL)
    start = file.tell()
    line = file.readline()
    if line.lower().startswith("sep="):
        start = file.tell()
        line = file.readline()
    file.seek(start)
    return csv.DictReader(file, delimiter=max((",", ";", "\t"), key=line.count))


def _csv_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:  # spreadsheets save with a byte order mark
        for row in csv_reader(file):
            yield {**row, "doc_id": plain_cell(row["doc_id"])}
