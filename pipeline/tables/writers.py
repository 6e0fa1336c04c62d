"""Rows to files: the same rows give the same bytes, and a reader never sees a file half written."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
def replacing(path: Path) -> Iterator[IO[str]]:
    """Open a file under a temporary name and give it its own when it is complete."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as file:
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


def write_csv(path: Path, rows: Iterable[Mapping[str, Any]], columns: Sequence[Column]) -> None:
    r"""Write a CSV file: UTF-8, comma, header, quoting by RFC 4180, lines ended by ``\n``.

    Text that a spreadsheet would run as a formula gets a leading apostrophe; the JSON lines and Parquet
    files hold it as it is.

    Args:
        path: File to write; replaced as a whole if it exists.
        rows: Values by column name; ``None`` and missing ones are empty cells.
        columns: Columns in order.
    """
    with replacing(path) as file:
        file.write(",".join(column.name for column in columns) + "\n")
        for row in rows:
            file.write(",".join(_cell(row.get(column.name), column) for column in columns) + "\n")


def write_jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line, UTF-8, keys in the rows' order."""
    with replacing(path) as file:
        for row in rows:
            file.write(well_formed(json.dumps(row, ensure_ascii=False)) + "\n")


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write one indented JSON object."""
    with replacing(path) as file:
        file.write(well_formed(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")


def write_parquet(path: Path, rows: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> None:
    """Write a Parquet file with :func:`to_frame`'s types, which pandas reads back."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    temporary = path.with_name(f".{path.name}.part")
    try:
        pq.write_table(pa.Table.from_pandas(to_frame(rows, columns), preserve_index=False), temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


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
