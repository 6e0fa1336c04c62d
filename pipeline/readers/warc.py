"""WARC and WET files, as crawlers write them: one page a response, resource or conversion record.

Read by FastWARC, record after record. A record that is damaged becomes a failure, and reading goes on at the
next one that can be found in the file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, TYPE_CHECKING

from pipeline.document import Page
from pipeline.errors import PageError
from pipeline.readers.decoding import decode_page
from pipeline.readers.options import ReadOptions
from pipeline.readers.reader import Outcome, Reader, Source, failure
from pipeline.readers.record_fields import is_html_document, too_long

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_HTML = ("text/html", "application/xhtml+xml")
_TEXT = ("text/plain",)
#: After so many damaged places the rest of the file is given up.
_MAX_DAMAGED = 100
_CHUNK = 1 << 20
#: Where a record may begin: in a plain file, and as a member of a gzip-compressed one.
_STARTS = {False: re.compile(rb"WARC/[01]\.\d+\r?\n"), True: re.compile(rb"\x1f\x8b\x08[\x00\x04]")}
_LONGEST_START = 16


class BadRecordError(PageError):
    """A record that cannot be read.

    Args:
        doc_id: Its URL, or an empty string where it is not known.
        reason: As in :class:`PageError`.
        message: As in :class:`PageError`.
    """

    def __init__(self, doc_id: str, reason: str, message: str) -> None:
        super().__init__(reason, message)
        self.doc_id = doc_id


def _next_start(stream: IO[bytes], offset: int, packed: bool) -> int | None:
    """Return where the next record may begin, from an offset on."""
    stream.seek(offset)
    tail = b""
    while chunk := stream.read(_CHUNK):
        window = tail + chunk
        if match := _STARTS[packed].search(window):
            return offset - len(tail) + match.start()
        tail = window[-_LONGEST_START:]
        offset += len(chunk)
    return None


def _body(record: WarcRecord, limit: int) -> bytes:
    """Read a record's payload, at most one byte more than the limit."""
    parts: list[bytes] = []
    size = 0
    while size <= limit and (piece := record.reader.read(min(_CHUNK, limit + 1 - size))):
        parts.append(piece)
        size += len(piece)
    return b"".join(parts)


def _content_type(record: WarcRecord) -> str:
    stated = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    return (stated or "").partition(";")[0].strip().lower()


def _page(record: WarcRecord, uri: str, source: str, max_chars: int) -> Page | None:
    """Make a page of a record, ``None`` if it holds none (a picture, a redirect, a request)."""
    kind = _content_type(record)
    headers = record.http_headers
    if kind not in _HTML + _TEXT or (record.is_http and headers.status_code not in {200, 203, None}):
        return None
    data = _body(record, 4 * max_chars + 4)
    if len(data) > 4 * max_chars + 4:
        raise too_long(max_chars + 1, max_chars)
    # What the server compressed or cut into chunks has another length than stated.
    encoded = record.is_http and (headers.get("Content-Encoding") or headers.get("Transfer-Encoding"))
    if len(data) < record.content_length and not encoded:
        hint = f"it ends after {len(data):,} of {record.content_length:,} bytes; download the file again"
        raise PageError("truncated", hint)
    text, metadata = decode_page(data, html=kind in _HTML, declared=record.http_charset or "")
    if len(text) > max_chars:
        raise too_long(len(text), max_chars)
    if not text.strip():
        raise PageError("empty", "the record holds no text")
    html = kind in _HTML or is_html_document(text)
    return Page(uri, uri or source, text, "html" if html else "text", {**metadata, "url": uri})


def _outcome(record: WarcRecord, source: str, max_chars: int) -> Page | BadRecordError | None:
    uri = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    try:
        return _page(record, uri, source, max_chars)
    except PageError as error:
        return BadRecordError(uri, error.reason, error.message)
    except OSError as error:
        return BadRecordError(uri, "unreadable", f"{error}; the record is damaged, the others are read")


def read_records(
    stream: IO[bytes], *, packed: bool, source: str, max_chars: int
) -> Iterator[Page | BadRecordError]:
    """Read the pages of a WARC or WET file.

    Args:
        stream: The file as it is on disk; FastWARC unpacks it.
        packed: Whether it is gzip-compressed.
        source: What to give as the source of records without a URL.
        max_chars: Longest page to accept, in characters.

    Returns:
        Pages whose ``doc_id`` is their URL, and what cannot be read. Pictures, redirects and requests are
        left out.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    offset: int | None = 0
    told = seen = False
    for _ in range(_MAX_DAMAGED):
        last = base = offset or 0
        try:
            for record in ArchiveIterator(stream, record_types=wanted, auto_decode="all"):
                last = base + record.stream_pos
                outcome = _outcome(record, source, max_chars)
                seen = True
                # Where a record cannot be read, the next one may not be found at once.
                told = isinstance(outcome, BadRecordError) and outcome.reason == "unreadable"
                if outcome is not None:
                    yield outcome
        except OSError as error:
            if not told:
                yield BadRecordError("", "unreadable", f"a record after byte {last:,} is damaged ({error})")
                told = True
        else:
            if not seen and not told:
                yield BadRecordError(
                    "", "empty", "the file holds no page; check the crawler, or delete the file"
                )
            return
        if not stream.seekable():
            return
        offset = _next_start(stream, last + 1, packed)
        if offset is None:
            return
        stream.seek(offset)


def read_warc(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read the pages of a WARC or WET file; each has its URL as id."""
    for outcome in read_records(stream, packed=source.gzip, source=source.shown, max_chars=options.max_chars):
        if isinstance(outcome, Page):
            yield outcome if outcome.doc_id else replace(outcome, doc_id=source.doc_id)
        else:
            yield failure(source, outcome, outcome.doc_id or None)


WARC = Reader(
    format="warc", extensions=(".warc.wet", ".warc", ".wet"), read=read_warc, unpacks=True, start=b"WARC/"
)
