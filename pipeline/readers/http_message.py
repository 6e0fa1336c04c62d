"""HTTP responses as crawlers keep them: a header is believed only as far as the body bears it out."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from pipeline.errors import PageError

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"(?:HTTP/\d(?:\.\d)?|ICY) +(\d{3})\b[^\r\n]*\r?\n")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_CHARSET = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}")
_GZIP = b"\x1f\x8b\x08"
_ZSTD = b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True, slots=True)
class Response:
    """A response.

    Args:
        status: Its status; 200 where none is stated.
        media_type: What the header says that the body is, in lower case; empty if nothing.
        charset: What the header says that it is encoded in; empty if nothing.
        body: The body, neither in chunks nor compressed.
    """

    status: int
    media_type: str
    charset: str
    body: bytes


def media_type(content_type: str) -> tuple[str, str]:
    """Return type and charset of a Content-Type header, however sloppy it is.

    Example:
        >>> media_type("text/html, text/HTML charset=utf-8")
        ('text/html', 'utf-8')
    """
    kind = _TYPE.search(content_type.lower())
    charset = _CHARSET.search(content_type)
    return kind[0] if kind else "", charset[1] if charset else ""


def _headers(head: bytes) -> dict[str, str]:
    """Return the headers by name in lower case; of repeated ones all values, as one list."""
    found: dict[str, str] = {}
    for line in head.decode("latin-1").splitlines():
        name, colon, value = line.partition(":")
        if colon:
            name = name.strip().lower()
            found[name] = f"{found[name]}, {value.strip()}" if name in found else value.strip()
    return found


def _unchunked(body: bytes) -> bytes:
    """Put chunks together; a body in no chunks, as crawlers keep it that undo them, stays as it is."""
    parts: list[bytes] = []
    at = 0
    while size := _CHUNK_SIZE.match(body, at):
        length, start = int(size[1], 16), size.end()
        if length == 0 and parts:
            return b"".join(parts)
        at = start + length
        if length == 0 or (at > len(body) and not parts) or body[at : at + 1] not in b"\r\n":
            return b"".join(parts) + body[at - length - len(size[0]) :]
        parts.append(body[start:at])
        at += len(body[at : at + 2]) if body.startswith(b"\r\n", at) else len(body[at : at + 1])
    return b"".join(parts) + body[at:]


def _inflated(data: bytes, window: int, limit: int) -> bytes | None:
    """Decompress at most one byte more than the limit; ``None`` if it is not compressed so."""
    decoder = zlib.decompressobj(window)
    try:
        found = decoder.decompress(data, limit + 1)
    except zlib.error:
        return None
    if not decoder.eof and len(found) <= limit:
        raise PageError("truncated", "its compressed body ends too early; fetch it again")
    return found


def _unpacked(data: bytes, encoding: str, limit: int) -> bytes:
    """Undo one content encoding; what is not encoded so stays as it is."""
    if encoding in {"gzip", "x-gzip"} or data.startswith(_GZIP):
        found = _inflated(data, 16 + zlib.MAX_WBITS, limit) if data.startswith(_GZIP) else None
    elif encoding == "deflate":
        found = _inflated(data, zlib.MAX_WBITS, limit)
        found = _inflated(data, -zlib.MAX_WBITS, limit) if found is None else found
    elif encoding == "br":
        found = _brotli(data, limit)
    elif data.startswith(_ZSTD):
        raise PageError(
            "binary", "its body is zstd-compressed, which is not read; have the crawler decode it"
        )
    else:
        found = None
    return data if found is None else found


def _brotli(data: bytes, limit: int) -> bytes | None:
    import brotli

    decoder = brotli.Decompressor()
    try:
        found = bytes(decoder.process(data, output_buffer_limit=limit + 1))
    except brotli.error:
        return None
    if len(found) > limit:
        return found
    if not decoder.is_finished():
        raise PageError("truncated", "its compressed body ends too early; fetch it again")
    return found


def parse_response(block: bytes, limit: int) -> Response:
    """Read a response.

    Args:
        block: Status line, headers and body; a block without a status line is a body.
        limit: Longest body, in bytes; of a longer compressed one no more than a byte above it is made.

    Raises:
        PageError: ``truncated``, or ``binary`` for an encoding that is not read.
    """
    status = _STATUS.match(block)
    if status is None:
        return Response(200, "", "", block)
    end = _HEAD_END.search(block, status.end() - 2)
    head, body = (block[status.end() : end.start()], block[end.end() :]) if end else (block, b"")
    headers = _headers(head)
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    encodings = [e.strip().lower() for e in headers.get("content-encoding", "").split(",")]
    for encoding in reversed(encodings):
        body = _unpacked(body, encoding, limit)
    return Response(int(status[1]), *media_type(headers.get("content-type", "")), body)
