"""WARC and WET files, as crawlers write them: one page a response, resource or conversion record.

Read by FastWARC, record after record. A record that is damaged becomes a failure, and reading goes on at the
next one that can be found in the file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from pipeline.document import Page
from pipeline.errors import PageError
from pipeline.readers.crawled import crawled_page
from pipeline.readers.failures import LeftOut, PageFailure
from pipeline.readers.http_message import Response, media_type, parse_response
from pipeline.readers.options import ReadOptions
from pipeline.readers.page_content import most_bytes
from pipeline.readers.reader import Outcome, Reader, Source, failure
from pipeline.readers.record_fields import too_long

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

#: After so many damaged places the rest of the file is given up.
_MAX_DAMAGED = 100
_CHUNK = 1 << 20
#: Where a record may begin: in a plain file, and as a member of a gzip-compressed one.
_STARTS = {
    False: re.compile(rb"WARC/[01]\.\d+\r?\n(?=WARC-|Content-)", re.IGNORECASE),
    True: re.compile(rb"\x1f\x8b\x08[\x00\x04]"),
}
_LONGEST_START = 32
#: The next record inside this one, whose length was stated too great.
_SWALLOWED = re.compile(rb"(?:\r?\n){2}WARC/[01]\.\d+\r?\nWARC-|(?:\r?\n){2}WARC/[01]\.\d+\s*\Z")


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


def _block(record: WarcRecord, limit: int) -> bytes:
    """Read a record's block, at most one byte more than the limit."""
    parts: list[bytes] = []
    size = 0
    while size <= limit and (piece := record.reader.read(min(_CHUNK, limit + 1 - size))):
        parts.append(piece)
        size += len(piece)
    return b"".join(parts)


def _response(record: WarcRecord, block: bytes, limit: int) -> Response:
    """Return the response that a record holds, or is: resources and conversions have no status line."""
    kind, charset = media_type(record.headers.get("Content-Type") or "")
    if kind in {"application/http", "message/http"}:
        return parse_response(block, limit)
    return Response(200, kind, charset, block)


def _page(record: WarcRecord, uri: str, source: Source, max_chars: int) -> Page | LeftOut:
    limit = most_bytes(max_chars)
    block = _block(record, limit)
    if len(block) > limit:
        raise too_long(max_chars + 1, max_chars)
    if swallowed := b"\nWARC/" in block and _SWALLOWED.search(block):
        block = block[: swallowed.start()]
    elif len(block) < record.content_length:
        hint = f"it ends after {len(block):,} of {record.content_length:,} bytes; download the file again"
        raise PageError("truncated", hint)
    response = _response(record, block, limit)
    return crawled_page(response, uri, doc_id=source.doc_id, source=source.shown, max_chars=max_chars)


def _outcome(record: WarcRecord, source: Source, max_chars: int) -> Outcome:
    from fastwarc.warc import WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    if not record.record_type & wanted:
        return LeftOut(record.headers.get("WARC-Type") or "no_type")
    uri = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    try:
        return _page(record, uri, source, max_chars)
    except PageError as error:
        return failure(source, error, uri or None)
    except OSError as error:
        hint = f"{error}; the record is damaged, the others are read"
        return failure(source, PageError("unreadable", hint), uri or None)


def read_warc(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read the pages of a WARC or WET file, plain or as crawlers compress it; each has its URL as id.

    What is damaged is told, and reading goes on at the next place in the file where a record may begin, until
    there is none.
    """
    from fastwarc.warc import ArchiveIterator

    packed = stream.peek(2)[:2] == b"\x1f\x8b"
    offset: int | None = 0
    told = False
    for _ in range(_MAX_DAMAGED):
        last = base = offset or 0
        damage = ""
        try:
            for record in ArchiveIterator(stream, parse_http=False, auto_decode="none"):
                last = base + record.stream_pos
                if not record.headers.get("WARC-Type"):
                    damage = "it has no type"
                    break
                outcome = _outcome(record, source, options.max_chars)
                # Where a record cannot be read, the next one may not be found at once.
                told = isinstance(outcome, PageFailure) and outcome.reason == "unreadable"
                yield outcome
        except OSError as error:
            damage = str(error)
        if damage and not told:
            hint = f"a record after byte {last:,} is damaged ({damage})"
            yield failure(source, PageError("unreadable", hint))
            told = True
        # also where nothing seems wrong: a length that is too great hides the records after it
        offset = _next_start(stream, last + 1, packed)
        if offset is None:
            return
        stream.seek(offset)
    hint = f"more than {_MAX_DAMAGED} places are damaged, the file is not read from byte {offset:,} on"
    yield failure(source, PageError("unreadable", hint))


WARC = Reader(
    format="warc",
    extensions=(".warc.wet", ".warc", ".wet"),
    read=read_warc,
    unpacks=True,
    seeks=True,
    claims=re.compile(rb"WARC/[01]\.").match,
    certain=True,
)
