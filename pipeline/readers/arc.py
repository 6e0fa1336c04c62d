"""ARC files, as the Internet Archive wrote them before WARC: one page a record."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from pipeline.errors import PageError
from pipeline.readers.crawled import crawled_page
from pipeline.readers.http_message import media_type, parse_response
from pipeline.readers.options import ReadOptions
from pipeline.readers.page_content import most_bytes
from pipeline.readers.reader import Outcome, Reader, Source, failure
from pipeline.readers.record_fields import too_long

#: Address, IP, time, type, (in version 2 other fields,) length; an address may hold spaces.
_HEAD = re.compile(
    rb"(?P<address>[a-z][a-z0-9+.-]{1,20}:.{0,8000}) (?P<ip>[0-9a-fA-F.:]{1,45}) \d{8,18} (?P<type>\S{1,200})"
    rb"(?: .{0,2000})? (?P<length>\S{1,20})\r?\n",
)
_LONGEST_HEAD = 16_384


def _skip(stream: io.BufferedReader, size: int) -> None:
    while size > 0 and (piece := stream.read(min(size, 1 << 20))):
        size -= len(piece)


def _page(source: Source, address: str, kind: str, block: bytes, limit: int, max_chars: int) -> Outcome:
    try:
        response = parse_response(block, limit)
        if not response.media_type and not block.startswith(b"HTTP/"):
            told, charset = media_type(kind)
            response = type(response)(response.status, told, charset, response.body)
        return crawled_page(response, address, doc_id=source.doc_id, source=source.shown, max_chars=max_chars)
    except PageError as error:
        return failure(source, error, address)


def read_arc(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read the pages of an ARC file; each has its URL as id.

    Where a record's length is damaged, reading goes on at the next line that begins one.
    """
    limit = most_bytes(options.max_chars)
    told = False
    while line := stream.readline(_LONGEST_HEAD):
        if not line.strip():
            continue
        head = _HEAD.fullmatch(line)
        length = int(head["length"]) if head and head["length"].isdigit() else -1
        if head is None or length < 0:
            if not told:
                hint = f"no sound record where one should begin: {line[:80]!r}; the next ones are read"
                yield failure(source, PageError("unreadable", hint))
            told = True
            continue
        told = False
        address = head["address"].decode("utf-8", "replace")
        block = stream.read(min(length, limit + 1))
        if len(block) > limit:
            _skip(stream, length - len(block))
            yield failure(source, too_long(options.max_chars + 1, options.max_chars), address)
        elif len(block) < length:
            hint = f"it ends after {len(block):,} of {length:,} bytes; download the file again"
            yield failure(source, PageError("truncated", hint), address)
        else:
            kind = head["type"].decode("latin-1")
            yield _page(source, address, kind, block, limit, options.max_chars)


ARC = Reader(
    format="arc",
    extensions=(".arc",),
    read=read_arc,
    claims=re.compile(rb"filedesc://").match,
    certain=True,
)
