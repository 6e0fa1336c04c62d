"""JSON and JSON lines: an object is a page."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from pipeline.errors import PageError
from pipeline.readers.options import ReadOptions
from pipeline.readers.reader import Outcome, Reader, Source, failure
from pipeline.readers.record_fields import holds_body, too_long
from pipeline.readers.record_streams import bounded_lines, record_limit, record_page, text_stream

# A .json file is read whole; beyond this one record a line is the right format.
_MAX_JSON_BYTES = 256 * 1024 * 1024
# Lists of records are often wrapped in an object, and that in another one.
_WRAPPERS = (
    "data",
    "articles",
    "pages",
    "posts",
    "items",
    "results",
    "records",
    "rows",
    "documents",
    "docs",
    "artikel",
    "berita",
)
_DEEPEST_WRAPPER = 5
#: A line of a list may hold no more than its brackets.
_SCAFFOLD = 2
#: After so many damaged records the rest of a file is given up.
_MAX_DAMAGED = 100
#: What stands between the objects of lists that were cut, joined or written by hand.
_BETWEEN = re.compile(r"[\s,;\[\]\ufeff]+")
#: Where an object of a record may begin, after a damaged one.
_NEXT_OBJECT = re.compile(r"(?:\n|\}\s{0,100},)\s{0,100}(?=\{\s{0,100}\")")


def _not_json(error: Exception, hint: str) -> PageError:
    if isinstance(error, RecursionError):
        return PageError("not_json", "it is nested too deeply to be a record")
    return PageError("not_json", f"{error}; {hint}")


def _objects(text: str) -> Iterator[tuple[int, Any]]:
    """Yield the values that stand one behind the other in a text, whatever lies between them, and errors.

    Returns:
        Number of the line that each begins on, counted from 1, and the value, or the error in its place.
    """
    decoder = json.JSONDecoder()
    at, line, counted, damaged = 0, 1, 0, 0
    while True:
        if gap := _BETWEEN.match(text, at):
            at = gap.end()
        if at >= len(text):
            return
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, at = decoder.raw_decode(text, at)
            yield line, value
        except (ValueError, RecursionError) as error:
            following = _NEXT_OBJECT.search(text, at + 1)
            damaged += 1
            if following is None or damaged == _MAX_DAMAGED:
                cut = following is None and text[at] == "{" and not text.rstrip().endswith(("}", "]"))
                hint = "the file ends inside this record, those before it are read; let the scraper finish"
                yield line, PageError("truncated", hint) if cut else _not_json(error, "the rest is not read")
                return
            yield line, _not_json(error, "this record is passed over, the next ones are read")
            at = following.end()


def _outcome(value: Any, source: Source, fallback: str, options: ReadOptions) -> Outcome:  # noqa: ANN401 (any JSON)
    if isinstance(value, PageError):
        return failure(source, value, fallback)
    if isinstance(value, dict):
        return record_page(value, source, fallback, options)
    hint = f"it is a JSON {type(value).__name__}, not an object with a text field"
    return failure(source, PageError("not_an_object", hint), fallback)


def _line_values(line: str) -> Iterator[Any]:
    """Yield what a line of JSON lines holds: an object, also one of a list that has an object a line."""
    try:
        yield json.loads(line)
        return
    except (ValueError, RecursionError) as error:
        found = [value for _, value in _objects(line)]
        whole = [value for value in found if isinstance(value, dict)]
        if len(line.strip()) > _SCAFFOLD and len(whole) < max(len(found), 1):
            yield _not_json(error, "a line has to be one JSON object")
        else:
            yield from whole


def read_jsonl(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read one JSON object a line; records without an id get ``file#line``, counted from 1.

    A file that is one list or object over several lines is read as JSON.
    """
    text = text_stream(stream)
    limit = record_limit(options.max_chars)
    lines = bounded_lines(text, limit)
    for number, line in lines:
        fallback = f"{source.doc_id}#{number}"
        if line is None:
            yield failure(source, too_long(limit, options.max_chars), fallback)
        elif number == 1 and line.strip() in {"[", "{"}:
            rest = (other or "" for _, other in lines)
            yield from _read_text("".join(_bounded(chain([line], rest))), source, options)
        elif line.strip():
            for value in _line_values(line):
                yield _outcome(value, source, fallback, options)


def _bounded(pieces: Iterator[str]) -> Iterator[str]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > _MAX_JSON_BYTES:
            raise PageError("too_long", "a .json file is read whole; save one object a line as .jsonl")
        yield piece


def _wrapped(value: Mapping[str, Any], options: ReadOptions) -> list[Any] | None:
    """Return the list of records inside an object, by usual names first, else wherever the first one lies."""
    if (records := _records(value, options)) is not None:
        return records
    level: list[Mapping[str, Any]] = [value]
    for _ in range(_DEEPEST_WRAPPER):
        fields = [
            (_WRAPPERS.index(name) if name in _WRAPPERS else len(_WRAPPERS), rank, found)
            for rank, inner in enumerate(level)
            for name, found in inner.items()
        ]
        fields.sort(key=lambda field: field[:2])
        for _, _, found in fields:
            if (records := _records(found, options)) is not None:
                return records
        level = [found for _, _, found in fields if isinstance(found, Mapping)]
    return None


def _records(found: object, options: ReadOptions) -> list[Any] | None:
    """Return the records that a list holds, or an object by their ids; ``None`` if it is another one."""
    if isinstance(found, dict):
        if len(found) < 2 or not all(isinstance(item, dict) for item in found.values()):
            return None
        found = list(found.values())
    if not isinstance(found, list):
        return None
    records = [item for item in found[:20] if isinstance(item, dict)]
    return found if any(holds_body(record, options) for record in records) else None


def _read_text(text: str, source: Source, options: ReadOptions) -> Iterator[Outcome]:
    if not text.strip():
        raise PageError("empty", "the file holds no record; check the scraper, or delete the file")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield from _read_damaged(text, error, source, options)
        return
    if isinstance(value, dict):
        wrapped = None if holds_body(value, options) else _wrapped(value, options)
        if wrapped is None:
            yield record_page(value, source, source.doc_id, options)
            return
        value = wrapped
    if not isinstance(value, list):
        raise PageError(
            "not_an_object", f"it holds a JSON {type(value).__name__}, not an object or a list of objects"
        )
    for number, record in enumerate(value, 1):
        yield _outcome(record, source, f"{source.doc_id}#{number}", options)


def _read_damaged(text: str, error: Exception, source: Source, options: ReadOptions) -> Iterator[Outcome]:
    """Read the objects of a file that is no JSON as a whole: lines, lists that were joined or cut off."""
    found = list(_objects(text))
    if not any(isinstance(value, dict) for _, value in found):
        raise _not_json(error, "it has to hold one object, a list of objects, or an object a line")
    lines = [line for line, _ in found]
    by_line = len(set(lines)) == len(lines)  # as of JSON lines
    for number, (line, value) in enumerate(found, 1):
        yield _outcome(value, source, f"{source.doc_id}#{line if by_line else number}", options)


def read_json(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read a JSON file: one object, a list of objects, an object around such a list, or several of these.

    Of a file that was cut off, appended to or mistyped, the objects that are whole are read.
    """
    text = text_stream(stream).read(_MAX_JSON_BYTES + 1)
    if len(text) > _MAX_JSON_BYTES:
        raise PageError("too_long", "a .json file is read whole; save one object a line as .jsonl")
    yield from _read_text(text, source, options)


JSONL = Reader(
    format="jsonl",
    extensions=(".jsonl", ".ndjson", ".jl"),
    read=read_jsonl,
    claims=re.compile(rb"\s{0,100}\{\s{0,100}[\"}]").match,
)
JSON = Reader(
    format="json",
    extensions=(".json",),
    read=read_json,
    claims=re.compile(rb"\s{0,100}\[\s{0,100}\{\s{0,100}\"").match,
)
