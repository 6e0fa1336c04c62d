"""One function a file format: an open file in, pages and failures out, a page in memory at a time."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import itertools
import json
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import IO, Any, cast

from pipeline.document import Page
from pipeline.errors import PageError
from pipeline.readers.decoding import decode_page
from pipeline.readers.failures import PageFailure
from pipeline.readers.options import ReadOptions
from pipeline.readers.record_fields import (
    field_columns,
    flat,
    has_body,
    is_html_document,
    no_text_error,
    page_from_record,
    record_id,
    too_long,
)
from pipeline.readers.sources import Source
from pipeline.readers.warc import read_records

Outcome = Page | PageFailure

_HTML_START = re.compile(rb"\s{0,100}<(?:!doctype\s{1,5}html|html|\?xml)\b", re.IGNORECASE)

# A .json file is read whole; beyond this one record a line is the right format.
_MAX_JSON_BYTES = 256 * 1024 * 1024
# Text compresses to a tenth, repetitive JSON to a fiftieth; gzip's limit, zeros only, is a thousandth.
_MAX_RATIO = 200
_MAX_UNPACKED = 64 * 1024 * 1024
# Lists of records are often wrapped in an object.
_WRAPPERS = (
    "data",
    "articles",
    "pages",
    "items",
    "results",
    "records",
    "rows",
    "documents",
    "docs",
    "artikel",
    "berita",
)


def _failure(source: Source, error: PageError, doc_id: str | None = None) -> PageFailure:
    return PageFailure(
        doc_id or source.doc_id, source.shown, error.reason, str(error).removeprefix(f"{error.reason}: ")
    )


class _Unpacked(io.RawIOBase):
    """A gzip-compressed stream that refuses to unpack to absurd sizes."""

    def __init__(self, stream: gzip.GzipFile, packed_size: int) -> None:
        super().__init__()
        self._stream = stream
        self._left = _MAX_UNPACKED + _MAX_RATIO * packed_size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 (any writable buffer)
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise PageError(
                "zip_bomb", f"it unpacks to more than {_MAX_RATIO} times its size; it is not read any further"
            )
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def _binary(source: Source) -> Iterator[tuple[io.BufferedReader, int]]:
    """Open a file, local or remote, and tell its size."""
    if source.url:
        import fsspec

        with fsspec.open(source.url, "rb") as remote:
            size = remote.seek(0, io.SEEK_END)
            remote.seek(0)
            yield io.BufferedReader(remote, 1 << 16), size
    else:
        with source.path.open("rb") as local:
            yield local, os.fstat(local.fileno()).st_size


@contextmanager
def _open(source: Source, options: ReadOptions) -> Iterator[io.BufferedReader]:
    if source.format == "stdin":
        yield cast(io.BufferedReader, sys.stdin.buffer)
        return
    with _binary(source) as (stream, size):
        if options.meter:
            options.meter.opened(stream)
        try:
            if source.gzip and source.format != "warc":  # FastWARC unpacks these, record by record
                with gzip.GzipFile(fileobj=stream) as packed:
                    yield io.BufferedReader(_Unpacked(packed, size), 1 << 16)
            else:
                yield stream
        finally:
            if options.meter:
                options.meter.finished(size)


def read_page(source: Source, stream: IO[bytes], options: ReadOptions) -> Page:
    """Read a file that is one page of text or HTML.

    Raises:
        PageError: ``empty``, ``binary``, ``undecodable`` or ``too_long``.
    """
    max_chars = options.max_chars
    data = stream.read(
        4 * max_chars + 5
    )  # no encoding takes more than 4 bytes a character; a byte order mark, and one to spare
    if len(data) > 4 * max_chars + 4:
        raise too_long(max_chars + 1, max_chars)
    is_html = source.format == "html" or (source.format == "text" and _HTML_START.match(data) is not None)
    text, metadata = decode_page(data, html=is_html)
    if len(text) > max_chars:
        raise too_long(len(text), max_chars)
    if not text.strip():
        raise PageError("empty", "the file holds no text; check the scraper, or delete the file")
    kind = "html" if source.format == "html" or is_html_document(text) else "text"
    return Page(source.doc_id, source.shown, text, "html" if kind == "html" else "text", metadata)


def read_warc(source: Source, stream: IO[bytes], options: ReadOptions) -> Iterator[Outcome]:
    """Read the pages of a WARC or WET file; each has its URL as id."""
    for outcome in read_records(stream, packed=source.gzip, source=source.shown, max_chars=options.max_chars):
        if isinstance(outcome, Page):
            yield outcome if outcome.doc_id else replace(outcome, doc_id=source.doc_id)
        else:
            yield _failure(source, outcome, outcome.doc_id or None)


def _text_stream(stream: io.BufferedReader) -> io.TextIOWrapper:
    """Open a file of records as text; other bytes than UTF-8 stay as escapes, decoded record by record."""
    start = stream.peek(2)[:2]
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="")
    return io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _lines(
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


def _record_limit(max_chars: int) -> int:
    return 6 * max_chars + 1_000_000  # JSON may write a character as six; a record has other fields as well


def _record_page(record: Mapping[str, Any], source: Source, fallback: str, options: ReadOptions) -> Outcome:
    record = flat(record)
    columns = field_columns(record, options.fields)
    doc_id = record_id(record, columns, fallback)
    try:
        return page_from_record(record, columns, doc_id=doc_id, source=source.shown, options=options)
    except PageError as error:
        return _failure(source, error, doc_id)


def _json_value(text: str) -> Any:  # noqa: ANN401 (JSON is any of them)
    try:
        return json.loads(text)
    except RecursionError as error:
        raise PageError("not_json", "it is nested too deeply to be a record") from error
    except ValueError as error:
        hint = f"{error}; each line has to be one JSON object"
        raise PageError("not_json", hint) from error


def _json_page(line: str, source: Source, fallback: str, options: ReadOptions) -> Outcome:
    try:
        value = _json_value(line)
        if not isinstance(value, dict):
            raise PageError(
                "not_an_object", f"it is a JSON {type(value).__name__}, not an object with a text field"
            )
    except PageError as error:
        return _failure(source, error, fallback)
    return _record_page(value, source, fallback, options)


def read_jsonl(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read one JSON object a line; records without an id get ``file#line``, counted from 1."""
    for number, line in _lines(_text_stream(stream), _record_limit(options.max_chars)):
        fallback = f"{source.doc_id}#{number}"
        if line is None:
            yield _failure(source, too_long(_record_limit(options.max_chars), options.max_chars), fallback)
        elif line.strip():
            yield _json_page(line, source, fallback, options)


def read_json(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read a JSON file: one object, a list of objects, or an object that wraps such a list."""
    text = _text_stream(stream).read(_MAX_JSON_BYTES + 1)
    if len(text) > _MAX_JSON_BYTES:
        raise PageError("too_long", "a .json file is read whole; save one object a line as .jsonl")
    if not text.strip():
        raise PageError("empty", "the file holds no record; check the scraper, or delete the file")
    try:
        value = _json_value(text)
    except PageError:
        # Many tools call one object a line .json as well.
        lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith("{") for _, line in lines):
            raise
        for number, line in lines:
            yield _json_page(line, source, f"{source.doc_id}#{number}", options)
        return
    if isinstance(value, dict):
        wrapped = [
            value[k]
            for k in _WRAPPERS
            if isinstance(value.get(k), list) and value[k] and isinstance(value[k][0], dict)
        ]
        if not wrapped or any(f in field_columns(value, options.fields) for f in ("text", "html")):
            yield _record_page(value, source, source.doc_id, options)
            return
        value = wrapped[0]
    if not isinstance(value, list):
        raise PageError(
            "not_an_object", f"it holds a JSON {type(value).__name__}, not an object or a list of objects"
        )
    for number, record in enumerate(value, 1):
        fallback = f"{source.doc_id}#{number}"
        if isinstance(record, dict):
            yield _record_page(record, source, fallback, options)
        else:
            kind = type(record).__name__
            yield _failure(
                source, PageError("not_an_object", f"item {number} is a JSON {kind}, not an object"), fallback
            )


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
    limit = _record_limit(options.max_chars)
    # The csv module has one limit for all readers of the process: it is raised, never lowered.
    csv.field_size_limit(max(csv.field_size_limit(), limit))
    lines = _bounded(_lines(_text_stream(stream), limit, ("\n", "\r")), limit)
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
            yield _record_page(dict(zip(names, row, strict=False)), source, fallback, options)


def read_parquet(source: Source, stream: IO[bytes], options: ReadOptions) -> Iterator[Outcome]:
    """Read a Parquet file, a few rows at a time; rows without an id get ``file#row``, counted from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(stream) as file:
            names = list(file.schema_arrow.names)
            inner = [f.name for f in file.schema_arrow if pa.types.is_struct(f.type)]
            columns = field_columns(names, options.fields)
            if not has_body(columns) and not inner:
                raise no_text_error(names, options.fields)
            wanted = [name for found in columns.values() for name in found]
            number = 0
            for batch in file.iter_batches(batch_size=64, columns=list(dict.fromkeys(wanted + inner))):
                for record in batch.to_pylist():
                    number += 1
                    yield _record_page(record, source, f"{source.doc_id}#{number}", options)
    except pa.ArrowException as error:
        raise PageError("unreadable", f"no valid Parquet file ({error}); write it again") from error


def read_source(source: Source, options: ReadOptions) -> Iterator[Outcome]:
    """Read all pages of one file; what goes wrong comes back as a failure, never as an exception.

    A file without any page is a failure as well, so that each file is accounted for.
    """
    outcomes = _read_source(source, options)
    first = next(outcomes, None)
    if first is None:
        hint = "the file holds no record; check the scraper, or delete the file"
        yield _failure(source, PageError("empty", hint))
        return
    yield first
    yield from outcomes


def _read_source(source: Source, options: ReadOptions) -> Iterator[Outcome]:
    try:
        with _open(source, options) as stream:
            kind = source.format
            if kind == "stdin":
                start = stream.peek(5)[:5]
                kind = "jsonl" if start[:1] == b"{" else "warc" if start == b"WARC/" else "text"
            if kind == "parquet":
                yield from read_parquet(source, stream, options)
            elif kind == "jsonl":
                yield from read_jsonl(source, stream, options)
            elif kind == "json":
                yield from read_json(source, stream, options)
            elif kind == "warc":
                yield from read_warc(source, stream, options)
            elif kind in ("csv", "tsv"):
                yield from read_csv(source, stream, options)
            else:
                yield read_page(source, stream, options)
    except PageError as error:
        yield _failure(source, error)
    except EOFError:
        hint = "the compressed file ends too early, what was read before stays; download it again"
        yield _failure(source, PageError("truncated", hint))
    except (OSError, zlib.error) as error:
        hint = "unpack it by hand to see" if source.gzip else "check that it exists and may be read"
        yield _failure(source, PageError("unreadable", f"{error}; {hint}"))
