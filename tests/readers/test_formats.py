"""Each format that people have gives the article that its plain text gives, under any name."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline import flow
from pipeline.document import Page
from pipeline.readers import PageFailure, ReadOptions, read_pages
from pipeline.readers.failures import SourceReport
from pipeline.readers.files import read_source
from pipeline.readers.sources import find_sources
from tests.readers import formats
from tests.readers.formats import HTML, PARAGRAPHS, TEXT, TITLE, URL, packed, tarred

FORMATS = {
    "berita.txt": TEXT.encode(),
    "berita.html": HTML.encode(),
    "berita.mhtml": formats.mhtml(),
    "berita.eml": formats.eml(),
    "berita.rss": formats.rss(),
    "berita.atom": formats.atom(),
    "berita.xml": formats.wxr(),
    "berita.har": formats.har(),
    "berita.docx": formats.docx(),
    "berita.odt": formats.odt(),
    "berita.xlsx": formats.xlsx(),
    "berita.ods": formats.ods(),
    "berita.pdf": formats.pdf(),
    "berita.zip": packed({"berita.txt": TEXT}),
    "berita.tar": tarred({"berita.txt": TEXT}),
    "berita.tgz": tarred({"berita.html": HTML}, "w:gz"),
    "berita.tar.xz": tarred({"berita.html": HTML}, "w:xz"),
}
SLOTS = ("recipient_name", "event", "year", "category", "result", "date", "place")


def outcomes(path: Path) -> list[Page | PageFailure | SourceReport]:
    options = ReadOptions(max_chars=10_000)
    return [o for source in find_sources([path]).sources for o in read_source(source, options)]


def pages(path: Path, data: bytes) -> list[Page]:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    found = outcomes(path)
    assert not [o for o in found if isinstance(o, PageFailure)], found
    return [o for o in found if isinstance(o, Page)]


def records(page: Page) -> list[tuple[str, ...]]:
    return [tuple(award.value(slot) for slot in SLOTS) for award in flow.process(page).awards]


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_same_article_gives_the_same_records(tmp_path: Path, name: str) -> None:
    [page] = pages(tmp_path / name, FORMATS[name])
    expected = records(Page("a", "a", TEXT))
    assert [row[0] for row in expected] == ["Pemerintah Kota Batu"]
    assert records(page) == expected
    result = flow.process(page)
    assert result.article.title == TITLE
    body = [result.article.text[s.start : s.end] for s in result.article.segments if s.kind == "body"]
    assert body[-1] == PARAGRAPHS[-1]


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_file_is_what_its_first_bytes_say(tmp_path: Path, name: str) -> None:
    [page] = pages(tmp_path / "a" / name, FORMATS[name])
    for other in ("unduhan", "unduhan.txt", "unduhan.html"):
        [same] = pages(tmp_path / other, FORMATS[name])
        assert same.content == page.content
        assert {**same.metadata} == {**page.metadata}


def test_what_the_formats_state(tmp_path: Path) -> None:
    stated = {"title": TITLE, "published": "2023-10-13", "byline": "Sari", "url": URL}
    for name in ("berita.rss", "berita.atom", "berita.xml"):
        [page] = pages(tmp_path / name, FORMATS[name])
        assert {k: str(v).capitalize() if k == "byline" else v for k, v in page.metadata.items()} == stated
        assert page.doc_id == page.source == URL
    for name in ("berita.xlsx", "berita.ods"):
        [page] = pages(tmp_path / name, FORMATS[name])
        assert page.metadata == {k: v for k, v in stated.items() if k != "byline"}
    [mail] = pages(tmp_path / "a.eml", FORMATS["berita.eml"])
    assert mail.metadata == {"title": TITLE, "published": "2023-10-13"}
    [saved] = pages(tmp_path / "a.mht", FORMATS["berita.mhtml"])
    assert (saved.doc_id, saved.source, saved.metadata) == ("a", URL, {"url": URL})


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("berita.mhtml", {"frame": 1}),
        ("berita.eml", {"attachment": 1}),
        ("berita.xml", {"no_article": 1, "unpublished": 1}),
        ("berita.har", {"no_content": 1, "other_type": 1}),
    ],
)
def test_what_is_no_page_is_told(tmp_path: Path, name: str, left_out: dict[str, int]) -> None:
    (tmp_path / name).write_bytes(FORMATS[name])
    [_, report] = outcomes(tmp_path / name)
    assert isinstance(report, SourceReport)
    assert report.left_out == left_out


@pytest.mark.parametrize("name", [n for n in FORMATS if n not in {"berita.tar.xz", "berita.tgz"}])
def test_formats_come_compressed_and_through_pipes(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    [page] = pages(tmp_path / name, FORMATS[name])
    [unpacked] = pages(tmp_path / f"{name}.gz", gzip.compress(FORMATS[name]))
    assert unpacked.content == page.content

    class Pipe(io.RawIOBase):
        data = io.BytesIO(FORMATS[name])

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            return self.data.readinto(buffer)

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Pipe())))
    [piped] = read_pages(["-"])
    assert isinstance(piped, Page)
    assert piped.content == page.content


def test_an_archive_is_read_as_a_folder(tmp_path: Path) -> None:
    files = {
        "a.txt": TEXT,
        "a.html": HTML,
        "b/c.jsonl": '{"id": "k", "text": "satu"}',
        "b/foto.jpg": b"\xff\xd8\xff",
        "__MACOSX/a.txt": "x",
        ".git/a.txt": "x",
        "d.html": HTML,
        "d_files/iklan.html": HTML,
        "e.zip": packed({"f.txt": "lima"}),
        "g.txt.gz": gzip.compress(b"enam"),
        "h.bin": bytes(range(256)),
    }
    (tmp_path / "x.zip").write_bytes(packed(files))
    found = {o.doc_id: o for o in outcomes(tmp_path / "x.zip")}
    told = {k: o.reason if isinstance(o, PageFailure) else "" for k, o in found.items() if "\0" not in k}
    assert told == {
        "x/a.txt": "",
        "x/a.html": "",
        "k": "",
        "x/d": "",
        "x/e/f": "",
        "x/g": "",
        "x/h.bin": "binary",
    }
    assert found["x/h.bin"].source == (tmp_path / "x.zip/h.bin").as_posix()
    [report] = [o for o in found.values() if isinstance(o, SourceReport)]
    assert report.left_out == {".jpg": 1, "hidden": 2, "parts of saved pages": 1}


def test_a_web_archive_is_read_by_its_crawl(tmp_path: Path) -> None:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + HTML.encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {URL}\r\nContent-Type: application/http\r\n"
    crawl = gzip.compress(f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n")
    files = {
        "archive/data.warc.gz": crawl,
        "pages/pages.jsonl": '{"url": "x", "text": "salinan"}',
        "datapackage.json": "{}",
    }
    assert [page.doc_id for page in pages(tmp_path / "a.wacz", packed(files))] == [URL]


def test_bombs_end_in_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.readers.packed_streams._MAX_UNPACKED", 10_000)
    nested = b"Kota Batu juara."
    for _ in range(6):
        nested = packed({"a.zip": nested})
    (tmp_path / "a.zip").write_bytes(nested)
    [failure] = outcomes(tmp_path / "a.zip")
    assert isinstance(failure, PageFailure)
    assert failure.reason == "zip_bomb"
    (tmp_path / "b.zip").write_bytes(packed({"a.txt": b" " * 30_000_000}))
    [failure] = outcomes(tmp_path / "b.zip")
    assert isinstance(failure, PageFailure)
    assert failure.reason == "zip_bomb"


def _locked() -> bytes:
    data = bytearray(packed({"a.txt": TEXT}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.zip", _locked(), "unsupported"),
        ("a.zip", packed({"a.txt": TEXT})[:-30], "unreadable"),
        ("a.tar", tarred({"a.txt": TEXT})[:700], "unreadable"),
        ("a.docx", packed({"word/document.xml": "<rusak"}), "unreadable"),
        ("a.docx", packed({"word/document.xml": "<a><body/></a>"}), "no_text"),
        ("a.docx", OLD_OFFICE, "unreadable"),
        ("a.xlsx", packed({"xl/workbook.xml": "<rusak"}), "unreadable"),
        ("a.xls", OLD_OFFICE, "unreadable"),
        ("a.pptx", packed({"ppt/presentation.xml": "<a/>"}), "unsupported"),
        ("a.epub", packed({"mimetype": "application/epub+zip"}), "unsupported"),
        ("a.pdf", b"%PDF-1.4\nrusak", "unreadable"),
        ("a.pdf", formats.pdf("").replace(b"() Tj", b"     "), "no_text"),
        ("a.doc", OLD_OFFICE, "binary"),
        ("a.rtf", b"{\\rtf1\\ansi Kota Batu juara.}", "binary"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c Kota Batu", "binary"),
        ("a.xml", b"<?xml version='1.0'?><data><a>Kota Batu juara</a></data>", "unsupported"),
        ("a.xml", b"Kota Batu juara", "unsupported"),
        ("a.har", b"{}", "not_an_object"),
        ("a.har", b"{rusak", "not_json"),
        ("a.mhtml", b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", "no_text"),
        ("a.mbox", b"From humas@contoh.id Fri Oct 13 08:00:00 2023\nFrom: a\n\nisi", "binary"),
        ("a.ics", b"BEGIN:VCALENDAR\nVERSION:2.0\n", "binary"),
        ("dump", b"-- MySQL dump 10.13\n", "binary"),
    ],
)
@pytest.mark.parametrize("in_folder", [False, True])
def test_what_is_not_read_is_told_and_never_taken_for_prose(
    tmp_path: Path, name: str, data: bytes, reason: str, in_folder: bool
) -> None:
    (tmp_path / name).write_bytes(data)
    found = [o for o in outcomes(tmp_path if in_folder else tmp_path / name) if isinstance(o, PageFailure)]
    assert {o.reason for o in found} == {reason}
    assert len(found[0].message) > 20


@pytest.mark.parametrize("root", ["urlset", "sitemapindex", "opml"])
def test_documents_of_sites_are_no_pages(tmp_path: Path, root: str) -> None:
    (tmp_path / "sitemap").write_text(f"<?xml version='1.0'?>\n<{root} xmlns='a'><url/></{root}>", "utf-8")
    [report] = outcomes(tmp_path / "sitemap")
    assert isinstance(report, SourceReport)
    assert (report.pages, report.left_out) == (0, {root: 1})


def test_feeds_that_are_no_sound_xml(tmp_path: Path) -> None:
    loose = formats.rss().replace(b"Cuplikan berita", b"Cuplikan&nbsp;berita \x01 R&D")
    [page] = pages(tmp_path / "a.rss", loose)
    assert page.metadata["title"] == TITLE
    path = tmp_path / "b.rss"
    path.write_bytes(formats.rss().replace(b"</channel>", b"<item><title>dua</judul></item></channel>"))
    first, failure = outcomes(path)
    assert isinstance(first, Page)
    assert isinstance(failure, PageFailure)
    assert failure.reason == "unreadable"


def test_xhtml_is_a_page_under_any_name(tmp_path: Path) -> None:
    page = f'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{PARAGRAPHS[0]}</p></body></html>'
    for name in ("a.xml", "a", "a.php?id=7"):
        assert [p.kind for p in pages(tmp_path / name, page.encode())] == ["html"]


def test_without_the_extra_the_message_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in (("pypdf", "berita.pdf"), ("python_calamine", "berita.xlsx")):
        monkeypatch.setitem(sys.modules, module, None)
        (tmp_path / name).write_bytes(FORMATS[name])
        [failure] = outcomes(tmp_path / name)
        assert isinstance(failure, PageFailure)
        assert failure.reason == "unsupported"
        assert "pip install 'penghargaan[documents]'" in failure.message


def test_members_with_damaged_contents_stop_no_other(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": TEXT * 9, "b.txt": "dua"}))
    data[60:70] = b"x" * 10
    (tmp_path / "x.zip").write_bytes(data)
    assert zipfile.is_zipfile(tmp_path / "x.zip")
    told = {o.doc_id: type(o) for o in outcomes(tmp_path / "x.zip")}
    assert told == {"x/a": PageFailure, "x/b": Page}
