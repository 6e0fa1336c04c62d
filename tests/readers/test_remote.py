from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest

from pipeline.document import Page
from pipeline.errors import UsageError
from pipeline.readers import read_pages

fsspec = pytest.importorskip("fsspec")


@pytest.fixture(autouse=True)
def _files() -> Iterator[None]:
    files = fsspec.filesystem("memory")
    files.pipe("/arsip/a/satu.txt", b"Kota Batu")
    files.pipe("/arsip/dua.jsonl.gz", gzip.compress(b'{"id": "x", "text": "Kota Malang"}\n'))
    files.pipe("/arsip/foto.jpg", b"\xff\xd8")
    files.pipe("/arsip/.rahasia/tiga.txt", b"Kota Kediri")
    yield
    files.rm("/arsip", recursive=True)


def told(*inputs: str) -> list[tuple[str, str, str]]:
    return [(p.doc_id, p.source, p.content) for p in read_pages(inputs) if isinstance(p, Page)]


def test_folders_patterns_and_files_of_remote_file_systems() -> None:
    one = ("a/satu", "memory:///arsip/a/satu.txt", "Kota Batu")
    two = ("x", "memory:///arsip/dua.jsonl.gz", "Kota Malang")
    assert told("memory://arsip") == [one, two]
    assert told("memory://arsip/**/*.txt") == [one]
    assert told("memory://arsip/a/satu.txt") == [("satu", *one[1:])]


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(UsageError, match="does not exist or holds no file"):
        told("memory://tiada")
    with pytest.raises(UsageError, match="cannot read sesuatu://x"):
        told("sesuatu://x")
