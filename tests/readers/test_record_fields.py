from __future__ import annotations

from collections.abc import Mapping

import pytest

from pipeline.document import Page
from pipeline.errors import PageError
from pipeline.readers.options import Field, ReadOptions
from pipeline.readers.record_fields import (
    field_columns,
    flat,
    has_html_tags,
    is_html_document,
    is_html_fragment,
    no_text_error,
    page_from_record,
    record_id,
)


def page(
    given: Mapping[str, object], max_chars: int = 1000, fields: Mapping[Field, str] | None = None
) -> Page:
    record = flat(given)
    return page_from_record(
        record,
        field_columns(record, fields),
        doc_id="d",
        source="file.jsonl",
        options=ReadOptions(max_chars=max_chars, fields=fields or {}),
    )


@pytest.mark.parametrize(
    "name", ["text", "Text", "isi", "KONTEN", "isi-berita", "isi berita", "content", "body", "articleText"]
)
def test_text_is_found_by_common_names(name: str) -> None:
    assert page({name: "Kota Contoh juara."}).content == "Kota Contoh juara."


def test_names_are_tried_in_order_and_empty_ones_passed_over() -> None:
    record = {
        "content": "panjang",
        "text": "  ",
        "judul": "",
        "headline": "Judul",
        "tanggal": "entah",
        "date": "2024-01-02",
    }
    found = page(record)
    assert found.content == "panjang"
    assert found.metadata == {"title": "Judul", "published": "2024-01-02"}


def test_gold_records_are_read_as_they_are() -> None:
    text = "Judul\r\n\n  Isi = teks.\n"
    record = {
        "doc_id": "x-1",
        "source": {"repo": "a/b"},
        "title": "Judul",
        "published": "2024-05-06",
        "text": text,
        "awards": [],
    }
    assert record_id(record, field_columns(record), "f#1") == "x-1"
    found = page(record)
    assert (found.content, found.kind, found.source) == (text, "text", "file.jsonl")
    assert found.metadata == {"title": "Judul", "published": "2024-05-06"}


def test_missing_metadata_is_left_out() -> None:
    assert page({"text": "isi", "title": None, "published": None}).metadata == {}


def test_url_becomes_the_source_and_the_id() -> None:
    record = {"url": "https://contoh.id/a", "html": "<p>isi</p>"}
    assert page(record).source == "https://contoh.id/a"
    assert page(record).kind == "html"
    assert record_id(record, field_columns(record), "f#1") == "https://contoh.id/a"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7, "7"),
        (12.0, "12"),
        (" a \n b ", "a b"),
        ("", "f#1"),
        (None, "f#1"),
        (float("nan"), "f#1"),
        (True, "f#1"),
        ([], "f#1"),
    ],
)
def test_ids(value: object, expected: str) -> None:
    assert record_id({"id": value}, field_columns(["id"]), "f#1") == expected


def test_content_with_tags_is_html_and_text_is_not() -> None:
    assert page({"content": "<p>satu</p><p>dua</p>"}).kind == "html"
    assert page({"content": "nilai < 5 dan > 3"}).kind == "text"
    assert page({"text": "<p>satu</p><p>dua</p>"}).kind == "text"
    assert page({"text": "<!doctype html><html></html>"}).kind == "html"


def test_html_detection_is_linear_on_hostile_text() -> None:
    for text in ("<p " * 400_000, "<!--" * 300_000, " " * 1_000_000, "<?xml" + ">" * 1_000_000):
        assert not is_html_document(text)
        assert not has_html_tags(text)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"penulis": "A"}, "no_text"),
        ({"text": " \n "}, "empty"),
        ({"text": None}, "empty"),
        ({"text": 5}, "empty"),
        ({"text": "a" * 1001}, "too_long"),
        ({"text": "a\x00b"}, "binary"),
    ],
)
def test_records_without_a_usable_text_are_refused(record: dict[str, object], reason: str) -> None:
    with pytest.raises(PageError) as caught:
        page(record)
    assert caught.value.reason == reason


def test_the_message_names_fields_found_and_wanted() -> None:
    with pytest.raises(PageError, match=r"found: penulis, kanal; none of them holds a text"):
        page({"penulis": "A", "kanal": "B"})
    with pytest.raises(PageError, match=r"longest text is in 'naskah'.*--text-field naskah$"):
        page({"penulis": "A", "naskah": "Kota Batu juara. " * 9})
    assert page({"naskah": "Kota Batu juara."}, fields={"content": "naskah"}).content == "Kota Batu juara."
    with pytest.raises(PageError, match=r"--text-field isi.paragraf$"):
        page({"isi": {"paragraf": ["Kota Batu juara. " * 9]}})
    with pytest.raises(PageError, match=r"--text-field 'isi lengkap sekali'$"):
        page({"isi lengkap sekali": "Kota Batu juara. " * 9})
    assert "text, teks" in no_text_error(["penulis"]).message


def test_lone_surrogates_are_replaced_in_place() -> None:
    found = page({"text": "a\ud800b", "title": "\udfff!"})
    assert found.content == "a\ufffdb"
    assert found.metadata["title"] == "\ufffd!"


NEWS_PLEASE = {
    "authors": ["Rina Wijaya", "Budi Santoso"],
    "date_download": "2025-02-01 10:00:00",
    "date_modify": None,
    "date_publish": "2024-10-11 08:30:00",
    "description": "Kota Contoh juara.",
    "filename": "berita.html.json",
    "language": "id",
    "maintext": "Kota Contoh juara.\nSelamat.",
    "source_domain": "contoh.id",
    "title": "Kota Contoh Juara",
    "title_page": "Kota Contoh Juara | Contoh",
    "url": "https://contoh.id/a",
}
TRAFILATURA = {
    "title": "Kota Contoh Juara",
    "author": "Rina Wijaya; Budi Santoso",
    "hostname": "contoh.id",
    "date": "2024-10-11",
    "id": None,
    "fingerprint": "0123abcd",
    "raw_text": "Kota Contoh juara. Selamat.",
    "text": "Kota Contoh juara.\nSelamat.",
    "source": "https://contoh.id/a",
    "source-hostname": "Contoh",
    "excerpt": "Kota Contoh juara.",
    "categories": "",
    "comments": "",
}
SCRAPY = {
    "url": "https://contoh.id/a",
    "title": ["Kota Contoh Juara"],
    "content": ["Kota Contoh juara.", "Selamat."],
    "author": [],
    "date": "11 Oktober 2024",
    "source": "Contoh",
}
FINEWEB = {
    "text": "Kota Contoh juara.\nSelamat.",
    "id": "<urn:uuid:0f>",
    "dump": "CC-MAIN-2025-05",
    "url": "https://contoh.id/a",
    "date": "2025-01-20T00:00:00Z",
    "file_path": "s3://x",
    "language": "ind",
    "language_score": 0.99,
}
DATATROVE = {
    "text": "Kota Contoh juara.\nSelamat.",
    "id": "<urn:uuid:0f>",
    "metadata": {"url": "https://contoh.id/a", "title": "Kota Contoh Juara", "text": "lain"},
}
HEADLINE = {"title": "Kota Contoh Juara", "published": "2024-10-11"}


@pytest.mark.parametrize(
    ("record", "doc_id", "metadata"),
    [
        (NEWS_PLEASE, "https://contoh.id/a", {**HEADLINE, "byline": "Rina Wijaya, Budi Santoso"}),
        (TRAFILATURA, "https://contoh.id/a", {**HEADLINE, "byline": "Rina Wijaya; Budi Santoso"}),
        (SCRAPY, "https://contoh.id/a", HEADLINE),
        (FINEWEB, "<urn:uuid:0f>", {}),  # its date is the crawl's
        (DATATROVE, "<urn:uuid:0f>", {"title": "Kota Contoh Juara"}),
    ],
)
def test_items_of_known_tools(record: dict[str, object], doc_id: str, metadata: dict[str, str]) -> None:
    found = page(record)
    assert found.content == "Kota Contoh juara.\nSelamat."
    assert found.metadata == {**metadata, "url": "https://contoh.id/a"}
    assert record_id(flat(record), field_columns(flat(record)), "f#1") == doc_id


@pytest.mark.parametrize(
    ("record", "content", "title"),
    [
        (
            {"title": {"rendered": "Batu &#8216;Juara&#8217;"}, "content": {"rendered": "<p>a</p><p>b</p>"}},
            "<p>a</p><p>b</p>",
            "Batu ‘Juara’",
        ),
        (
            {"title": "J &amp;amp; K", "content": [{"type": "html", "value": "<p>a</p>"}]},
            "<p>a</p>",
            "J & K",
        ),
        (
            {"data": {"attributes": {"judul": "J", "body": {"value": "x", "processed": "<p>j<p>b"}}}},
            "<p>j<p>b",
            "J",
        ),
        ({"attributes": {"judul": "<b>J</b>", "isi": "j, a"}}, "j, a", "J"),
        ({"title": ["J"], "body": [{"value": "j"}, {"value": "b"}]}, "j\nb", "J"),
        ({"title": "NULL", "text": "NaN", "content": "a"}, "a", None),
        ({"title": b"J", "html": "<p>“a”</p>".encode()}, "<p>“a”</p>", "J"),
        ({"title": "J", "html": "“a”".encode("windows-1252")}, "“a”", "J"),
    ],
)
def test_values_inside_values(record: dict[str, object], content: str, title: str | None) -> None:
    found = page(record)
    assert (found.content, found.metadata.get("title")) == (content, title)


def test_ids_and_dates_of_databases() -> None:
    record = {"_id": {"$oid": "65a0"}, "isi": "a", "tanggal": {"$date": "2024-10-11T01:00:00Z"}}
    assert record_id(flat(record), field_columns(flat(record)), "f#1") == "65a0"
    assert page(record).metadata == {"published": "2024-10-11"}
    assert record_id({"id": "NULL", "link": "NaN"}, field_columns(["id", "link"]), "f#1") == "f#1"


def test_pictures_do_not_count_as_length() -> None:
    picture = "<img src='data:image/png;base64," + "QUJD" * 500 + "'>"
    assert page({"html": f"<p>Kota Batu juara</p>{picture}"}).content.startswith("<p>Kota Batu")
    assert page({"html": f"<p>a</p>{picture}"}, max_chars=5000).content.count("QUJD") == 500


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\n\n\n",
        "<!-- dibuat oleh server -->\n",
        "<br />\n<b>Warning</b>: Undefined variable $tema in /var/www/a.php on line 3<br />\n",
        "Notice: Undefined index: id in /var/www/a.php on line 3\n",
        "<script>var a = 1;</script>\n",
        "<?xml version='1.0'?>\n",
    ],
)
def test_a_document_whatever_stands_before_it(before: str) -> None:
    assert is_html_document(f"{before}<!DOCTYPE html>\n<html><body><p>Isi</p>")
    assert is_html_document(f"{before}<html lang='id'><body><p>Isi</p>")


@pytest.mark.parametrize(
    "text", ["Kota Batu juara.", "a < b > c", "Berita <html> dalam kalimat.", "<3 untuk semua", "<p>"]
)
def test_what_is_no_document(text: str) -> None:
    assert not is_html_document(text)
    assert not is_html_fragment(text)


def test_fragments() -> None:
    assert is_html_fragment("\n<div class='isi'><p>Kota Batu</p></div>")
    assert not is_html_fragment("Kota <b>Batu</b> <i>juara</i>")


def test_a_source_that_is_no_url_is_no_id() -> None:
    record = {"text": "isi", "source": "Contoh"}
    assert record_id(record, field_columns(record), "f#1") == "f#1"
    assert page(record).source == "file.jsonl"


def test_named_fields_are_the_only_ones() -> None:
    record = {"text": "pendek", "judul": "lama", "naskah": "<p>Kota</p><p>juara", "data": {"kepala": "Judul"}}
    found = page(record, fields={"content": "naskah", "title": "data.kepala"})
    assert (found.content, found.kind) == ("<p>Kota</p><p>juara", "html")
    assert found.metadata["title"] == "Judul"


def test_a_named_field_that_is_not_there_is_told() -> None:
    with pytest.raises(PageError) as caught:
        page({"text": "isi"}, fields={"content": "naskah"})
    assert caught.value.reason == "no_text"
    assert "'naskah'" in str(caught.value)
    assert "text" in str(caught.value)
