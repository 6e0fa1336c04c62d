"""CSV and TSV: a row is a page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from pipeline.errors import PageError
from pipeline.readers.csv_rows import CsvLines, escapes_by_backslash, fitted, read_rows
from pipeline.readers.failures import LeftOut
from pipeline.readers.options import ReadOptions
from pipeline.readers.reader import Outcome, Reader, Source, failure
from pipeline.readers.record_streams import bounded_lines, record_limit, record_page, text_stream
from pipeline.readers.table_rows import HEADER_ROWS, find_header, record_of, too_wide

#: What Excel writes before the header, and wants to read there.
_SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)
_SAMPLE_LINES = 200


def _bounded(lines: Iterable[tuple[int, str | None]], limit: int) -> Iterator[str]:
    for number, line in lines:
        if line is None:
            raise PageError(
                "too_long",
                f"line {number} is longer than {limit:,} characters; the rest of the file is not read",
            )
        yield line


def _delimiter(header: str) -> str:
    # Spreadsheets set to Indonesian write ";", since the comma is their decimal sign.
    return max((",", ";", "\t", "|"), key=header.count)


def _first_rows(lines: CsvLines, delimiter: str) -> list[list[str]]:
    """Return the first rows as they are told by their lines, and put these back."""
    seen = list(islice(lines, HEADER_ROWS))
    lines.put_back(seen)
    lines.taken.clear()
    return [next(csv.reader([line], delimiter=delimiter), []) for line in seen]


def read_csv(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read a CSV or TSV file; rows without an id get ``file#row``, counted from 1 after the header.

    Where no row names a column for the page's text, the columns are told by what the first row holds.
    """
    limit = record_limit(options.max_chars)
    # The csv module has one limit for all readers of the process: it is raised, never lowered.
    csv.field_size_limit(max(csv.field_size_limit(), limit))
    lines = CsvLines(_bounded(bounded_lines(text_stream(stream), limit, ("\n", "\r")), limit))
    start = next(lines, "")
    stated = _SEPARATOR_LINE.fullmatch(start)
    if stated:
        start = next(lines, "")
    while not start.strip() and (start := next(lines, "")):
        pass
    if not start:
        raise PageError("empty", "the file holds no header row; check the export, or delete the file")
    delimiter = stated[1] if stated else "\t" if source.format == "tsv" else _delimiter(start)
    lines.put_back([start])
    sample = list(islice(lines, _SAMPLE_LINES))
    lines.put_back(sample)
    lines.backslash = escapes_by_backslash("".join(sample))
    header = find_header(_first_rows(lines, delimiter), options)
    width = len(header.names)
    skipped = list(islice(lines, header.rows))
    for line in skipped[:-1]:
        if line.strip():
            yield LeftOut("before_header")
    lines.taken.clear()
    for number, row in enumerate(read_rows(lines, delimiter, width), 1):
        fallback = f"{source.doc_id}#{number}"
        if not row:
            continue
        if isinstance(row, PageError):
            yield failure(source, row, fallback)
            continue
        if any(len(cell) > limit for cell in row):  # the module's limit may be wider by now
            hint = f"row {number}: a cell of more than {limit:,} characters; check its quotation marks"
            raise PageError("unreadable", f"{hint}, the rest of the file is not read")
        cells = fitted(row, width, header.text_column, delimiter)
        if cells is None:
            yield failure(source, too_wide(len(row), width), fallback)
        elif not any(cell.strip() for cell in cells):
            yield LeftOut("blank_row")
        else:
            yield record_page(record_of(header, cells, options), source, fallback, options)


CSV = Reader(format="csv", extensions=(".csv",), read=read_csv)
TSV = Reader(format="tsv", extensions=(".tsv", ".tab"), read=read_csv)
