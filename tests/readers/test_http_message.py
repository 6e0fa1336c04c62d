from __future__ import annotations

import gzip
import zlib

import brotli
import pytest

from pipeline.errors import PageError
from pipeline.readers.http_message import media_type, parse_response

BODY = b"<p>Pemerintah Kota Batu meraih juara." * 20


def chunks(body: bytes, size: int = 100) -> bytes:
    cut = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in cut) + b"0\r\n\r\n"


def deflated(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def response(body: bytes, headers: str, end: str = "\r\n") -> bytes:
    head = end.join(["HTTP/1.1 200 OK", *headers.split("; "), "", ""])
    return head.encode() + body


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (BODY, "Server: x"),
        (chunks(BODY), "Transfer-Encoding: chunked"),
        (gzip.compress(BODY, mtime=0), "Content-Encoding: gzip"),
        (chunks(gzip.compress(BODY, mtime=0)), "transfer-encoding: Chunked; content-encoding: GZIP"),
        (chunks(brotli.compress(BODY), 7), "Transfer-Encoding: chunked; Content-Encoding: br"),
        (zlib.compress(BODY), "Content-Encoding: deflate"),
        (deflated(BODY), "Content-Encoding: deflate"),
        (gzip.compress(zlib.compress(BODY), mtime=0), "Content-Encoding: deflate, gzip"),
        # what the headers say was undone before, or never done
        (BODY, "Transfer-Encoding: chunked; Content-Encoding: gzip"),
        (BODY, "Content-Encoding: br"),
        (BODY, "Content-Encoding: deflate"),
        (gzip.compress(BODY, mtime=0), "Server: x"),
        (chunks(BODY).removesuffix(b"0\r\n\r\n"), "Transfer-Encoding: chunked"),
    ],
)
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_bodies_are_decoded_as_far_as_they_are_encoded(body: bytes, headers: str, end: str) -> None:
    assert parse_response(response(body, headers, end), 10_000).body == BODY


@pytest.mark.parametrize("data", [gzip.compress(BODY, mtime=0)[:-20], brotli.compress(BODY)[:-6]])
def test_a_compressed_body_that_is_cut_is_told(data: bytes) -> None:
    kind = "br" if data[:2] != b"\x1f\x8b" else "gzip"
    with pytest.raises(PageError, match="truncated"):
        parse_response(response(data, f"Content-Encoding: {kind}"), 10_000)


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, brotli.compress])
def test_no_more_is_unpacked_than_allowed(pack: object) -> None:
    kind = {gzip.compress: "gzip", zlib.compress: "deflate", brotli.compress: "br"}[pack]  # type: ignore[index]
    found = parse_response(response(pack(b" " * 5_000_000), f"Content-Encoding: {kind}"), 10_000)  # type: ignore[operator]
    assert 10_000 < len(found.body) < 200_000


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("text/html; charset=UTF-8", ("text/html", "UTF-8")),
        ("text/html charset=utf-8", ("text/html", "utf-8")),
        ("text/html, text/html; charset='windows-1252'", ("text/html", "windows-1252")),
        ("TEXT/HTML;charset = utf-8", ("text/html", "utf-8")),
        ("", ("", "")),
        ("html", ("", "")),
    ],
)
def test_sloppy_content_types(header: str, expected: tuple[str, str]) -> None:
    assert media_type(header) == expected


def test_a_block_without_a_status_line_is_a_body() -> None:
    assert parse_response(BODY, 10_000).body == BODY
    assert parse_response(b"HTTP/2 404 \r\n\r\n", 10).status == 404
    assert parse_response(b"HTTP/1.1 200 OK\r\nA: b", 10).body == b""
