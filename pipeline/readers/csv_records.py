"""CSV and TSV: a row is a page."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator

from pipeline.errors import PageError
from pipeline.readers.options import ReadOptions
from pipeline.readers.reader import Outcome, Reader, Source
from pipeline.readers.record_fields import field_columns, has_body, no_text_error
from pipeline.readers.record_streams import bounded_lines, record_limit, record_page, text_stream


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


def read_csv(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read a CSV or TSV file with a header; rows without an id get ``file#row``, counted from 1 after it."""
    limit = record_limit(options.max_chars)
    # The csv module has one limit for all readers of the process: it is raised, never lowered.
    csv.field_size_limit(max(csv.field_size_limit(), limit))
    lines = _bounded(bounded_lines(text_stream(stream), limit, ("\n", "\r")), limit)
    header = next(lines, "")
    if not header.strip():
        raise PageError("empty", "the file holds no header row; check the export, or delete the file")
    rows = csv.reader(
        itertools.chain([header], lines), delimiter="\t" if source.format == "tsv" else _delimiter(header)
    )
    names = [name.strip() for name in next(rows)]
    if not has_body(field_columns(names, options.fields)):
        raise no_text_error(names, options.fields)
    for number in itertools.count(1):
        fallback = f"{source.doc_id}#{number}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            hint = f"row {number}: {error}; check its quotation marks, the rest of the file is not read"
            raise PageError("unreadable", hint) from error
        if any(len(cell) > limit for cell in row):  # the module's limit may be wider by now
            hint = f"row {number}: a cell of more than {limit:,} characters; check its quotation marks"
            raise PageError("unreadable", f"{hint}, the rest of the file is not read")
        if row:
            yield record_page(dict(zip(names, row, strict=False)), source, fallback, options)


CSV = Reader(format="csv", extensions=(".csv",), read=read_csv)
TSV = Reader(format="tsv", extensions=(".tsv",), read=read_csv)
