"""JSON and JSON lines: an object is a page."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from pipeline.errors import PageError
from pipeline.readers.options import ReadOptions
from pipeline.readers.reader import Outcome, Reader, Source, failure
from pipeline.readers.record_fields import field_columns, too_long
from pipeline.readers.record_streams import bounded_lines, record_limit, record_page, text_stream

# A .json file is read whole; beyond this one record a line is the right format.
_MAX_JSON_BYTES = 256 * 1024 * 1024
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
        return failure(source, error, fallback)
    return record_page(value, source, fallback, options)


def read_jsonl(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read one JSON object a line; records without an id get ``file#line``, counted from 1."""
    for number, line in bounded_lines(text_stream(stream), record_limit(options.max_chars)):
        fallback = f"{source.doc_id}#{number}"
        if line is None:
            yield failure(source, too_long(record_limit(options.max_chars), options.max_chars), fallback)
        elif line.strip():
            yield _json_page(line, source, fallback, options)


def read_json(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read a JSON file: one object, a list of objects, or an object that wraps such a list."""
    text = text_stream(stream).read(_MAX_JSON_BYTES + 1)
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
            yield record_page(value, source, source.doc_id, options)
            return
        value = wrapped[0]
    if not isinstance(value, list):
        raise PageError(
            "not_an_object", f"it holds a JSON {type(value).__name__}, not an object or a list of objects"
        )
    for number, record in enumerate(value, 1):
        fallback = f"{source.doc_id}#{number}"
        if isinstance(record, dict):
            yield record_page(record, source, fallback, options)
        else:
            kind = type(record).__name__
            yield failure(
                source, PageError("not_an_object", f"item {number} is a JSON {kind}, not an object"), fallback
            )


JSONL = Reader(
    format="jsonl",
    extensions=(".jsonl", ".ndjson"),
    read=read_jsonl,
    claims=re.compile(rb"\s*\{\s*[\"}]").match,
)
JSON = Reader(format="json", extensions=(".json",), read=read_json)
