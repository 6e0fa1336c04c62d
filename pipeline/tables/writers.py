"""Rows to files: the same rows give the same bytes, and a reader never sees a file half written."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pipeline.tables.columns import Column

if TYPE_CHECKING:
    import pandas as pd

#: A spreadsheet runs a cell that starts so, and pages are written by strangers.
FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NEEDS_QUOTES = re.compile('[",\r\n]|^ | $')
_SURROGATES = re.compile("[\ud800-\udfff]")


@contextmanager
def replacing(path: Path, *, binary: bool = False) -> Iterator[IO[Any]]:
    """Open a file under a temporary name and give it its own when it is complete."""
    temporary = path.with_name(f".{path.name}.part")
    how: dict[str, Any] = {"mode": "wb"} if binary else {"mode": "w", "encoding": "utf-8", "newline": ""}
    try:
        with temporary.open(**how) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def well_formed(text: str) -> str:
    """Replace lone surrogates, which UTF-8 cannot hold, with U+FFFD."""
    return _SURROGATES.sub("\ufffd", text)


def neutralise(text: str) -> str:
    """Return a cell that no spreadsheet runs as a formula.

    Example:
        >>> neutralise("=1+1")
        "'=1+1"
    """
    return f"'{text}" if text.startswith(FORMULA_START) else text


def _cell(value: object, column: Column) -> str:
    if value is None or value == "":
        return ""
    if column.dtype == "number":
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if column.dtype == "integer":
        return str(value)
    text = neutralise(well_formed(str(value)))
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def _value(value: object) -> object:
    if isinstance(value, str):
        return well_formed(value) or None
    return value


#: Takes the next rows of a table.
Write = Callable[[Sequence[Mapping[str, Any]]], None]

#: Rows and characters that a Parquet file holds together, and a run in memory; its bytes depend on them.
_GROUP_ROWS = 5_000
_GROUP_CHARS = 4_000_000


@contextmanager
def csv_writer(path: Path, columns: Sequence[Column]) -> Iterator[Write]:
    r"""Write a CSV file bit by bit: UTF-8, comma, header, quoting by RFC 4180, lines ended by ``\n``.

    Text that a spreadsheet would run as a formula gets a leading apostrophe; the JSON lines and Parquet
    files hold it as it is.

    Args:
        path: File to write; replaced as a whole, when all rows are there, if it exists.
        columns: Columns in order.

    Returns:
        A function that takes rows: values by column name; ``None`` and missing ones are empty cells.
    """
    with replacing(path) as file:
        file.write(",".join(column.name for column in columns) + "\n")

        def write(rows: Sequence[Mapping[str, Any]]) -> None:
            file.writelines(
                ",".join(_cell(row.get(column.name), column) for column in columns) + "\n" for row in rows
            )

        yield write


@contextmanager
def jsonl_writer(path: Path) -> Iterator[Write]:
    """Write a file of one JSON object a line bit by bit: UTF-8, keys in the rows' order."""
    with replacing(path) as file:

        def write(rows: Sequence[Mapping[str, Any]]) -> None:
            file.writelines(well_formed(json.dumps(row, ensure_ascii=False)) + "\n" for row in rows)

        yield write


@contextmanager
def parquet_writer(path: Path, columns: Sequence[Column]) -> Iterator[Write]:
    """Write a Parquet file bit by bit, with :func:`to_frame`'s types, which pandas reads back."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.Table.from_pandas(to_frame([], columns), preserve_index=False).schema
    waiting: list[Mapping[str, Any]] = []
    chars = 0
    with replacing(path, binary=True) as target, pq.ParquetWriter(target, schema) as file:

        def flush() -> None:
            frame = to_frame(waiting, columns)
            file.write_table(pa.Table.from_pandas(frame, schema=schema, preserve_index=False))
            waiting.clear()

        def write(rows: Sequence[Mapping[str, Any]]) -> None:
            nonlocal chars
            for row in rows:
                waiting.append(row)
                chars += sum(len(value) for value in row.values() if isinstance(value, str))
                if len(waiting) >= _GROUP_ROWS or chars >= _GROUP_CHARS:
                    flush()
                    chars = 0

        yield write
        if waiting:
            flush()


def write_csv(path: Path, rows: Iterable[Mapping[str, Any]], columns: Sequence[Column]) -> None:
    """Write a CSV file, see :func:`csv_writer`."""
    with csv_writer(path, columns) as write:
        for row in rows:
            write((row,))


def write_jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line, see :func:`jsonl_writer`."""
    with jsonl_writer(path) as write:
        for row in rows:
            write((row,))


def write_report(path: Path, report: Mapping[str, Any], long_lists: Mapping[str, Iterable[Any]]) -> None:
    """Write one indented JSON object, some lists of which may be longer than memory.

    Args:
        path: File to write.
        report: The object without these lists.
        long_lists: Their items by key; they stand at the end.
    """
    with replacing(path) as file:
        file.write(well_formed(json.dumps(report, ensure_ascii=False, indent=2).removesuffix("\n}")))
        for name, items in long_lists.items():
            file.write(f",\n  {json.dumps(name)}: [")
            comma = ""
            for item in items:
                file.write(f"{comma}\n    {well_formed(json.dumps(item, ensure_ascii=False))}")
                comma = ","
            file.write("\n  ]" if comma else "]")
        file.write("\n}\n")


def to_frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> pd.DataFrame:
    """Return the rows as a data frame.

    Returns:
        Columns of pandas' ``string``, ``Int64`` and ``float64`` types, in order; what is not stated is
        missing (``pd.NA``).
    """
    import pandas as pd

    types = {"text": "string", "integer": "Int64", "number": "float64"}
    data = {
        column.name: pd.Series([_value(row.get(column.name)) for row in rows], dtype=types[column.dtype])
        for column in columns
    }
    return pd.DataFrame(data)
