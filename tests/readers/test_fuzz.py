"""Whatever the bytes of a file, reading it ends, and in pages or failures."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document import Page
from pipeline.readers import PageFailure, ReadOptions
from pipeline.readers.failures import SourceReport
from pipeline.readers.files import read_source
from pipeline.readers.reader import Source
from tests.readers import formats

HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Kota Batu"
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.id/\r\nWARC-Date: 2025-01-01T00:00:00Z\r\n"
    b"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    % (len(HTTP), HTTP)
)
SEEDS: dict[str, bytes] = {
    "text": "Kota Batu “meraih” juara.\n".encode(),
    "html": b"<!doctype html><html><head><meta charset=utf-8><title>T</title></head><body><p>Kota Batu",
    "jsonl": b'{"id": 1, "text": "Kota Batu"}\n{"isi": "x", "tanggal": "2025-01-01"}\n',
    "json": b'{"data": [{"text": "Kota Batu"}, {"html": "<p>x"}]}',
    "csv": b'id;isi\n1;"Kota ""Batu"""\n2;x\n',
    "tsv": b"id\tisi\n1\tKota Batu\n",
    "warc": WARC * 2,
    "parquet": b"PAR1\x15\x04PAR1",
    "arc": b"filedesc://a 0 20240101 text/plain 0\n\nhttp://a.id/ 0 20240101 text/html 5\n<p>Ko\n",
    "message": formats.mhtml("<p>Kota Batu</p>"),
    "feed": formats.wxr(),
    "har": formats.har(),
    "zip": formats.xlsx(),
    "tar": formats.tarred({"a.txt": "Kota Batu", "b.jsonl": '{"text": "x"}'}),
    "spreadsheet": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
    "pdf": formats.pdf(),
}
OPTIONS = ReadOptions(max_chars=2_000)


@st.composite
def damaged(draw: st.DrawFn, seed: bytes) -> bytes:
    """Cut, repeat, overwrite and fill in."""
    data = seed
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        to = draw(st.integers(at, len(data)))
        filling = draw(
            st.one_of(st.binary(max_size=20), st.sampled_from([data[at:to] * 3, b"\xff\xfe", b"\x00"]))
        )
        data = data[:at] + filling + data[to:]
    return data


@pytest.mark.parametrize("kind", list(SEEDS))
@pytest.mark.parametrize("packed", [False, True])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_file_stops_the_reader(kind: str, packed: bool, data: st.DataObject, tmp_path: Path) -> None:
    content = data.draw(damaged(SEEDS[kind]))
    if packed and kind != "parquet":
        content = data.draw(damaged(gzip.compress(content, 1)))
    path = tmp_path / "berkas"
    path.write_bytes(content)
    source = Source("berkas", path, "berkas", kind, packed and kind != "parquet")
    for outcome in read_source(source, OPTIONS):
        assert isinstance(outcome, (Page, PageFailure, SourceReport))
        if isinstance(outcome, Page):
            assert 0 < len(outcome.content) <= OPTIONS.max_chars
            (outcome.content + outcome.doc_id + outcome.source).encode("utf-8")
        elif isinstance(outcome, PageFailure):
            assert outcome.reason
            assert outcome.message
