from __future__ import annotations

import pytest

from pipeline.document import Page
from pipeline.errors import PageError
from pipeline.readers.records import (
    field_columns,
    has_html_tags,
    is_html_document,
    page_from_record,
    record_id,
)


def page(record: dict[str, object], max_chars: int = 1000) -> Page:
    return page_from_record(
        record, field_columns(record), doc_id="d", source="file.jsonl", max_chars=max_chars
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
    with pytest.raises(PageError, match=r"found: penulis, kanal.*text, teks"):
        page({"penulis": "A", "kanal": "B"})


def test_lone_surrogates_are_replaced_in_place() -> None:
    found = page({"text": "a\ud800b", "title": "\udfff!"})
    assert found.content == "a\ufffdb"
    assert found.metadata["title"] == "\ufffd!"
