from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipeline.document import Page
from pipeline.readers import read_pages

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Kota Batu juara %d"
FILE = b"filedesc://a.arc 127.0.0.1 20140216050221 text/plain 9\n1 0 Rayap\n"


def record(number: int, address: str = "http://contoh.id/{}", length: bytes = b"") -> bytes:
    block = PAGE % number
    head = f"{address.format(number)} 10.0.0.1 20140216050221 text/html ".encode()
    return head + (length or b"%d" % len(block)) + b"\n" + block + b"\n"


def told(path: Path, data: bytes) -> list[tuple[str, str]]:
    path.write_bytes(data)
    return [(o.doc_id, o.content if isinstance(o, Page) else f"!{o.reason}") for o in read_pages([path])]


def expected(*numbers: int) -> list[tuple[str, str]]:
    return [(f"http://contoh.id/{n}", f"<p>Kota Batu juara {n}") for n in numbers]


@pytest.mark.parametrize("name", ["a.arc", "a.arc.gz", "a.dat"])
def test_pages_of_an_old_crawl(tmp_path: Path, name: str) -> None:
    pack = gzip.compress if name.endswith(".gz") else bytes
    assert told(tmp_path / name, b"".join(pack(r) for r in (FILE, record(1), record(2)))) == expected(1, 2)


def test_addresses_with_spaces_and_version_2(tmp_path: Path) -> None:
    block = PAGE % 2
    second = b"http://contoh.id/2 10.0.0.1 20140216050221 text/html 200 sum - 0 a.arc %d\n" % len(block)
    found = told(
        tmp_path / "a.arc", FILE + record(1, "http://contoh.id/dua kata/{}") + second + block + b"\n"
    )
    assert [doc_id for doc_id, _ in found] == ["http://contoh.id/dua kata/1", "http://contoh.id/2"]


@pytest.mark.parametrize("length", [b"-1", b"abc"])
def test_a_damaged_length_is_told_and_the_next_record_read(tmp_path: Path, length: bytes) -> None:
    found = told(tmp_path / "a.arc", FILE + record(1, length=length) + record(2))
    assert found == [("a", "!unreadable"), *expected(2)]


def test_a_file_cut_off_is_told(tmp_path: Path) -> None:
    found = told(tmp_path / "a.arc", FILE + record(1) + record(2)[:-9])
    assert found == [*expected(1), ("http://contoh.id/2", "!truncated")]
