from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document import Page
from pipeline.readers import PageFailure, read_pages

HTML = "text/html; charset=utf-8"


def http(body: bytes, content_type: str = HTML, status: str = "200 OK", extra: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{extra}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def record(url: str, block: bytes, kind: str = "response", content_type: str = "application/http") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def html(number: int) -> bytes:
    return record(f"https://contoh.id/{number}", http(f"<p>Berita {number}".encode()))


def told(path: Path, data: bytes, max_chars: int = 10_000) -> list[tuple[str, str]]:
    path.write_bytes(data)
    return [
        (o.doc_id, o.content if isinstance(o, Page) else f"!{o.reason}")
        for o in read_pages([path], max_chars=max_chars)
    ]


THREE = [(f"https://contoh.id/{n}", f"<p>Berita {n}") for n in (1, 2, 3)]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_of_a_crawl(tmp_path: Path, name: str) -> None:
    pack = gzip.compress if name.endswith(".gz") else bytes
    others = [
        record("https://contoh.id/foto", http(b"\x89PNG", "image/png")),
        record("https://contoh.id/pindah", http(b"<p>pindah", status="301 Moved")),
        record("https://contoh.id/1", b"GET / HTTP/1.1\r\n\r\n", "request"),
        record("https://contoh.id/1", b"a: b", "metadata", "application/warc-fields"),
    ]
    data = b"".join(pack(r) for r in (html(1), *others, html(2), html(3)))
    assert told(tmp_path / name, data) == THREE


def test_what_a_page_of_a_crawl_states(tmp_path: Path) -> None:
    block = http("<p>ş “Juara”".encode("windows-1254"), "text/html; charset=windows-1254")
    (tmp_path / "a.warc").write_bytes(record("https://contoh.id/a", block))
    [page] = read_pages([tmp_path])
    assert isinstance(page, Page)
    assert (page.content, page.kind) == ("<p>ş “Juara”", "html")
    assert page.source == page.metadata["url"] == page.doc_id == "https://contoh.id/a"


def test_texts_of_a_wet_file(tmp_path: Path) -> None:
    first = record("https://contoh.id/a", "Kota Contoh juara é".encode(), "conversion", "text/plain")
    data = record("", b"software: x", "warcinfo", "application/warc-fields") + first + first
    expected = [(f"https://contoh.id/a{n}", "Kota Contoh juara é") for n in ("", "#2")]
    assert told(tmp_path / "CC-1.warc.wet.gz", gzip.compress(data)) == expected
    assert told(tmp_path / "b.wet", data) == expected


def test_encoded_bodies(tmp_path: Path) -> None:
    zipped = http(gzip.compress(b"<p>Berita 1"), extra="Content-Encoding: gzip\r\n")
    chunked = http(b"b\r\n<p>Berita 2\r\n0\r\n\r\n", extra="Transfer-Encoding: chunked\r\n")
    wrong = http(b"bukan gzip", extra="Content-Encoding: gzip\r\n")
    bomb = http(gzip.compress(b" " * 10_000_000), extra="Content-Encoding: gzip\r\n")
    data = b"".join(
        record(f"https://contoh.id/{name}", block)
        for name, block in (("1", zipped), ("2", chunked), ("x", wrong), ("y", bomb))
    )
    assert told(tmp_path / "a.warc", data + html(3)) == [
        *THREE[:2],
        ("https://contoh.id/x", "bukan gzip"),
        ("https://contoh.id/y", "!too_long"),
        THREE[2],
    ]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "bad",
    [
        html(2).replace(b"WARC/1.0", b"RUSAK/9"),
        html(2).replace(b"Content-Length: ", b"Content-Length: x", 1),
        b"\x00" * 500,
    ],
)
def test_reading_goes_on_after_a_bad_record(tmp_path: Path, bad: bytes, packed: bool) -> None:
    pack = gzip.compress if packed else bytes
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    outcomes = told(path, pack(html(1)) + pack(bad) + pack(html(3)))
    assert outcomes[0] == THREE[0]
    assert outcomes[-1] == THREE[2]
    assert "!unreadable" in [what for _, what in outcomes[1:-1]]


def test_a_damaged_gzip_member_is_passed_over(tmp_path: Path) -> None:
    members = [bytearray(gzip.compress(html(n))) for n in (1, 2, 3)]
    members[1][40:80] = b"x" * 40
    outcomes = told(tmp_path / "a.warc.gz", b"".join(members))
    assert outcomes == [THREE[0], ("a", "!unreadable"), THREE[2]]


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_cut_off_is_told(tmp_path: Path, packed: bool) -> None:
    pack = gzip.compress if packed else bytes
    data = (pack(html(1)) + pack(html(2)))[: -20 if packed else -10]
    assert told(tmp_path / ("a.warc.gz" if packed else "a.warc"), data) == [
        THREE[0],
        ("https://contoh.id/2", "!truncated"),
    ]


def test_what_is_no_crawl(tmp_path: Path) -> None:
    assert told(tmp_path / "a.warc", b"Kota Contoh juara.") == [("a", "!unreadable")]
    assert told(tmp_path / "a.warc", b"") == [("a", "!empty")]
    no_text = record("https://contoh.id/1", http(b" \n "))
    assert told(tmp_path / "a.warc", no_text) == [("https://contoh.id/1", "!empty")]


@pytest.mark.parametrize("packed", [False, True])
def test_chunked_and_compressed_pages_are_all_read(tmp_path: Path, packed: bool) -> None:
    pack = gzip.compress if packed else bytes
    body = gzip.compress(b"<p>Kota Batu juara.</p>" * 200)
    chunked = b"".join(
        b"%x\r\n%s\r\n" % (len(body[n : n + 50]), body[n : n + 50]) for n in range(0, len(body), 50)
    )
    extra = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"
    block = http(chunked + b"0\r\n\r\n", extra=extra)
    data = b"".join(pack(record(f"https://contoh.id/{n}", block)) for n in range(8))
    outcomes = told(tmp_path / ("a.warc.gz" if packed else "a.warc"), data)
    assert [doc_id for doc_id, _ in outcomes] == [f"https://contoh.id/{n}" for n in range(8)]
    assert {len(text) for _, text in outcomes} == {23 * 200}


@pytest.mark.parametrize("given", ["", "application/octet-stream", "text/html charset=utf-8", "text/xml"])
def test_a_page_is_known_by_its_body(tmp_path: Path, given: str) -> None:
    body = b"\n<!-- dibuat oleh server -->\n<!DOCTYPE html><html><body><p>Kota Batu juara"
    found = told(tmp_path / "a.warc", record("https://contoh.id/1", http(body, given)))
    assert found == [("https://contoh.id/1", body.decode())]


@pytest.mark.parametrize(
    ("address", "body", "given"),
    [
        ("https://contoh.id/foto", b"\x89PNG\r\n\x1a\n", "text/html"),
        ("https://contoh.id/gaya.css", b"p { color: red }", "text/css"),
        ("https://contoh.id/api", b'{"a": 1}', "application/json"),
        ("https://contoh.id/robots.txt", b"User-agent: *", "text/plain"),
        ("metadata://gnu.org/software/wget/warc/wget.log", b"Membuka berkas", "text/plain"),
        ("urn:text:https://contoh.id/1", b"Kota Batu juara", "text/plain"),
        ("urn:thumbnail:https://contoh.id/1", b"\xff\xd8\xff", "image/jpeg"),
        ("dns:contoh.id", b"contoh.id. 300 IN A 10.0.0.1", "text/dns"),
    ],
)
def test_what_crawlers_keep_beside_pages_is_left_out(
    tmp_path: Path, address: str, body: bytes, given: str
) -> None:
    assert told(tmp_path / "a.warc", record(address, http(body, given)) + html(1)) == THREE[:1]
    assert told(tmp_path / "b.warc", record(address, body, "resource", given) + html(1)) == THREE[:1]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("more", [-5, 3, 60, 300, 90_000])
def test_a_wrong_length_hides_no_record(tmp_path: Path, more: int, packed: bool) -> None:
    pack = gzip.compress if packed else bytes
    length = len(http(b"<p>Berita 2"))
    wrong = html(2).replace(b"%d\r\n\r\nHTTP" % length, b"%d\r\n\r\nHTTP" % (length + more))
    outcomes = told(
        tmp_path / ("a.warc.gz" if packed else "a.warc"), pack(html(1)) + pack(wrong) + pack(html(3))
    )
    assert outcomes[0] == THREE[0]
    assert outcomes[-1] == THREE[2]
    assert all("WARC" not in text for _, text in outcomes)
    assert "https://contoh.id/2" in [doc_id for doc_id, _ in outcomes]


def test_a_crawl_is_known_by_its_start(tmp_path: Path) -> None:
    assert told(tmp_path / "a.warc", gzip.compress(html(1))) == THREE[:1]
    assert told(tmp_path / "rayap", html(1)) == THREE[:1]
    assert told(tmp_path / "rayap.txt.gz", gzip.compress(html(1))) == THREE[:1]


def test_a_long_record_is_not_read_whole(tmp_path: Path) -> None:
    data = record("https://contoh.id/x", http(b"<p>" + b"a" * 5_000_000)) + html(3)
    assert told(tmp_path / "a.warc", data) == [("https://contoh.id/x", "!too_long"), THREE[2]]


def test_a_crawl_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BufferedReader(io.BytesIO(html(1) + html(2)))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    assert [o.doc_id for o in read_pages(["-"])] == [u for u, _ in THREE[:2]]


@given(st.integers(0, 900), st.binary(max_size=12), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_ends_in_pages_and_failures(
    tmp_path: Path, place: int, noise: bytes, packed: bool
) -> None:
    pack = gzip.compress if packed else bytes
    data = bytearray(b"".join(pack(html(n)) for n in (1, 2, 3)))
    data[place : place + len(noise)] = noise
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(data)
    outcomes = list(read_pages([path]))
    assert outcomes
    assert all(isinstance(o, Page | PageFailure) for o in outcomes)
    assert len({o.doc_id for o in outcomes}) == len(outcomes)
