"""Reads the awards table of an earlier run, row by row."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.readers.iso_dates import iso_date
from pipeline.run_report import RUN_FILE, read_report
from pipeline.tables.columns import TABLES
from pipeline.tables.run_tables import Row, csv_reader, json_lines, plain_cell

_WORD = re.compile(r"\w+")
#: In the order of preference: the table that was asked for before the evidence that is always written.
_NAMES = ("awards.csv", "awards.parquet", "awards.jsonl")
_COLUMNS = TABLES["awards"]
#: As a spreadsheet saves a date that it took for one.
_DATES = frozenset({"date", "published"})
_LOCAL_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_BATCH = 4_096  # rows of a Parquet file held at once


def awards_file(folder: Path) -> Path:
    """Return the awards table in the output folder of a run.

    Raises:
        UsageError: The folder is missing, was not written by ``run``, or holds no awards.
    """
    if not folder.exists():
        raise UsageError(f"{folder} does not exist; name the output folder of an earlier run")
    if not folder.is_dir():
        raise UsageError(f"{folder} is a file; name the folder that `run` wrote it to")
    if read_report(folder) is None:
        raise UsageError(
            f"{folder} is not the output folder of a run (no {RUN_FILE} of ours in it); "
            f"make one with: penghargaan run PAGES -o {folder}"
        )
    for name in _NAMES:
        if (folder / name).is_file():
            return folder / name
    raise UsageError(
        f"{folder} holds no awards table; run again with: penghargaan run PAGES -o {folder} --tables awards"
    )


def page_texts(folder: Path) -> dict[str, str]:
    """Return a digest of each page's body, by ``doc_id``, if the run wrote ``articles.jsonl``.

    The headline is left out, which outlets change on a story that they take over, and so are case,
    punctuation and spaces. A page without a body is nobody's copy.
    """
    path = folder / "articles.jsonl"
    if not path.is_file():
        return {}
    try:
        return dict(_bodies(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error


def _bodies(path: Path) -> Iterator[tuple[str, str]]:
    for where, row in json_lines(path):
        try:
            parts = [row["text"][s["start"] : s["end"]] for s in row["segments"] if s["kind"] == "body"]
            doc_id = row["doc_id"]
        except (LookupError, TypeError) as error:
            raise UsageError(f"{where} is not an article of ours ({error!r}); run again") from error
        words = _WORD.findall(" ".join(parts).casefold())
        if words:
            body = " ".join(words).encode("utf-8", "replace")
            yield doc_id, f"text {hashlib.blake2b(body, digest_size=8).hexdigest()}"


def _typed(row: Row, where: str) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    for column in _COLUMNS:
        value = row.get(column.name)
        if column.dtype == "text":
            text = "" if value is None else str(value)
            local = column.name in _DATES and _LOCAL_DATE.fullmatch(text)
            typed[column.name] = iso_date(text) if local else text
            continue
        try:
            if value is None or value == "":
                typed[column.name] = None
            elif column.dtype == "number":
                # a spreadsheet set to Indonesian writes a comma
                number = float(value.replace(",", ".") if isinstance(value, str) else value)
                if not 0 <= number <= 1:
                    raise ValueError
                typed[column.name] = number
            else:
                typed[column.name] = int(value)
        except (TypeError, ValueError):
            expected = "a whole number" if column.dtype == "integer" else "a number from 0 to 1"
            raise UsageError(
                f"{where}: {column.name} should be {expected}, it is {value!r}; correct it or run again"
            ) from None
    return typed


def _check_columns(present: Collection[str], path: Path) -> None:
    if missing := [column.name for column in _COLUMNS if column.name not in present]:
        raise UsageError(
            f"{path} has no column {missing[0]!r}: it is not the awards table of this version; run again"
        )


def _from_csv(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:  # spreadsheets save with a byte order mark
        reader = csv_reader(file)
        try:
            _check_columns(reader.fieldnames or (), path)
            for row in reader:
                if None in row or None in row.values():
                    raise UsageError(
                        f"{path}, line {reader.line_num}: cells do not fit the header; run again"
                    )
                yield _typed({k: plain_cell(v) for k, v in row.items()}, f"{path}, line {reader.line_num}")
        except csv.Error as error:
            raise UsageError(f"{path}, line {reader.line_num}: {error}; run again") from error


def _from_jsonl(path: Path) -> Iterator[Row]:
    for where, row in json_lines(path):
        _check_columns(row, path)
        yield _typed(row, where)


def _from_parquet(path: Path) -> Iterator[Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            _check_columns(file.schema_arrow.names, path)
            number = 0
            for batch in file.iter_batches(batch_size=_BATCH, columns=[column.name for column in _COLUMNS]):
                for row in batch.to_pylist():
                    number += 1
                    yield _typed(row, f"{path}, row {number}")
    except pa.ArrowException as error:
        raise UsageError(f"{path}: {error}; run again") from error


def read_awards(folder: Path) -> Iterator[Row]:
    """Return the rows of a run's awards table with the table's types, read one by one.

    Args:
        folder: Output folder of ``run``.

    Returns:
        Text cells as ``str`` (empty: not stated), integers as ``int`` or ``None``, confidence as ``float``.

    Raises:
        UsageError: The folder or the table is missing or not ours; while reading: the table is broken.
    """
    return _rows(awards_file(folder))


def _rows(path: Path) -> Iterator[Row]:
    readers = {".csv": _from_csv, ".jsonl": _from_jsonl, ".parquet": _from_parquet}
    try:
        yield from readers[path.suffix](path)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 ({error.reason}); save it as UTF-8 or run again") from error
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
