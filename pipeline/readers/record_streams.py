"""Files of records: lines of bounded length, and a record to its page or failure."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.document import Page
from pipeline.errors import PageError
from pipeline.readers.failures import PageFailure
from pipeline.readers.options import ReadOptions
from pipeline.readers.reader import Source, failure
from pipeline.readers.record_fields import field_columns, flat, page_from_record, record_id


def text_stream(stream: io.BufferedReader) -> io.TextIOWrapper:
    """Open a file of records as text; other bytes than UTF-8 stay as escapes, decoded record by record."""
    start = stream.peek(2)[:2]
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="")
    return io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")


def bounded_lines(
    text: io.TextIOWrapper, limit: int, ends: tuple[str, ...] = ("\n",)
) -> Iterator[tuple[int, str | None]]:
    """Yield line numbers and lines, ``None`` for a line above the limit."""
    pending: list[str] = []
    size, number, skipping = 0, 1, False
    while piece := text.readline(1 << 20):
        size += len(piece)
        if size > limit:
            skipping, pending = True, []
        elif not skipping:
            pending.append(piece)
        if piece.endswith(ends):
            yield number, None if skipping else "".join(pending)
            pending, size, skipping = [], 0, False
            number += 1
    if size:
        yield number, None if skipping else "".join(pending)


def record_limit(max_chars: int) -> int:
    """Return the most characters that a record of a page may have."""
    return 6 * max_chars + 1_000_000  # JSON may write a character as six; a record has other fields as well


def record_page(
    record: Mapping[str, Any], source: Source, fallback: str, options: ReadOptions
) -> Page | PageFailure:
    """Return the page that a record is, or why it is none.

    Args:
        record: Values by field name.
        source: Its file.
        fallback: Its id if it names none.
        options: How to read.
    """
    record = flat(record)
    columns = field_columns(record, options.fields)
    doc_id = record_id(record, columns, fallback)
    try:
        return page_from_record(record, columns, doc_id=doc_id, source=source.shown, options=options)
    except PageError as error:
        return failure(source, error, doc_id)
