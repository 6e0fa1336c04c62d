from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.boilerplate import to_article
from pipeline.document import Article, Page
from pipeline.lexicon import load_table
from tests.timing import assert_growth

PARAGRAPHS = (
    "Kota Contoh meraih piala lomba taman tingkat provinsi yang digelar Selasa malam di gedung kesenian.",
    "Wali kota mengatakan, taman itu dirawat warga bersama dinas lingkungan hidup sejak lima tahun lalu.",
    "“Kami bersyukur,” ujarnya.",
)
OTHER = (
    "Kabupaten Merona memborong lima penghargaan lingkungan hidup dari kementerian pada malam anugerah itu."
)


def page(body: str, head: str = "") -> Article:
    return to_article(Page("h", "h.html", f"<html><head>{head}</head><body>{body}</body></html>", "html"))


def texts(article: Article, kind: str) -> list[str]:
    return [article.text[s.start : s.end] for s in article.segments if s.kind == kind]


def paragraphs(tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in PARAGRAPHS)


@pytest.mark.parametrize("row", [pytest.param(r, id=r["id"]) for r in load_table("html_containers")])
def test_container_rule(row: Mapping[str, Any]) -> None:
    assert all(re.search(row["pattern"], name) for name in row["examples"])
    assert not any(re.search(row["pattern"], name) for name in row["counter"])


def test_the_article_is_told_from_menus_and_other_stories() -> None:
    article = page(
        "<nav><a href='/'>Beranda</a></nav><div id='main'><h1>Kota Contoh Juara Lomba Taman</h1>"
        f"<div class='isi'>{paragraphs()}<div class='baca-juga'><p>{OTHER}</p></div></div></div>"
        f"<div class='sidebar'><p>{OTHER}</p><p>{OTHER}</p></div><footer>Hak cipta Kabarku</footer>",
        "<title>Kota Contoh Juara Lomba Taman - Kabarku</title>",
    )
    assert texts(article, "title") == ["Kota Contoh Juara Lomba Taman"]
    assert texts(article, "body") == list(PARAGRAPHS)
    assert article.title == "Kota Contoh Juara Lomba Taman"


def test_bare_text_before_the_first_paragraph_is_kept() -> None:
    article = page(f"<div class='isi'>{PARAGRAPHS[0]}<p>{PARAGRAPHS[1]}</p>{PARAGRAPHS[2]}</div>")
    assert texts(article, "body") == list(PARAGRAPHS)


def test_line_breaks_part_paragraphs() -> None:
    assert texts(page("<div>" + "<br><br>".join(PARAGRAPHS) + "</div>"), "body") == list(PARAGRAPHS)


def test_a_wrapper_with_a_misleading_name_is_no_sidebar() -> None:
    article = page(f"<div class='sidebar-right'><h1>Kota Contoh Juara Lomba Taman</h1>{paragraphs()}</div>")
    assert texts(article, "body") == list(PARAGRAPHS)


def test_hidden_text_and_scripts_are_left_out() -> None:
    article = page(
        f"<script>var a = '<p>{OTHER}</p>';</script><div>{paragraphs()}"
        f"<p style='display: none'>{OTHER}</p></div>"
    )
    assert texts(article, "body") == list(PARAGRAPHS)


def test_captions_are_kept_as_captions() -> None:
    caption = "Wali Kota Contoh menerima piala dari gubernur"
    article = page(f"<figure><img><figcaption>{caption}</figcaption></figure><div>{paragraphs()}</div>")
    assert texts(article, "caption") == [caption]


def test_entities_are_read_and_spaces_collapsed() -> None:
    article = page(
        "<div><p>Kota   Contoh &amp; Merona\n meraih piala lomba taman tingkat provinsi tahun ini.</p></div>"
    )
    assert texts(article, "body") == [
        "Kota Contoh & Merona meraih piala lomba taman tingkat provinsi tahun ini."
    ]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<meta property='article:published_time' content='2021-03-04T10:00:00+07:00'>", ""),
        ('<script type="application/ld+json">{"datePublished": "2021-03-04T10:00"}</script>', ""),
        ("", "<div class='tgl'>Kamis, 4 Maret 2021 | 10:00 WIB</div>"),
    ],
)
def test_the_date_is_found(head: str, body: str) -> None:
    assert page(f"<div>{body}{paragraphs()}</div>", head).published == "2021-03-04"


def test_the_record_wins() -> None:
    metadata = {"title": "Judul Catatan", "published": "2020-01-02"}
    article = to_article(Page("h", "h.html", f"<title>Judul Laman</title>{paragraphs()}", "html", metadata))
    assert (article.title, article.published) == ("Judul Catatan", "2020-01-02")


@pytest.mark.parametrize("source", ["", "<", "<html>", "<!-- x", "plain text", "<p>", "\x00", "\ud800<p>a"])
def test_odd_pages_give_an_article(source: str) -> None:
    article = to_article(Page("h", "h.html", source, "html"))
    assert all(0 <= s.start < s.end <= len(article.text) for s in article.segments)


@given(
    st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<p class='nav'>", "<li>", "<a>", "<", ">", '"', "kata ", "&amp;", "<br>"]
        )
    )
)
def test_no_page_fails(pieces: list[str]) -> None:
    article = to_article(Page("h", "h.html", "".join(pieces), "html"))
    covered = {i for s in article.segments for i in range(s.start, s.end)}
    assert all(i in covered for i, c in enumerate(article.text) if c.isalnum())


P = "Pemerintah Kota Contoh menerima penghargaan dari kementerian pada hari Kamis lalu. "


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        f"<div><p>{P}</p>",
        f"<blockquote>{P}",
        f"<ul><li>{P}",
        "<div><h1>Kota Contoh Menerima Penghargaan</h1>",
        "<table><tr><td>x",
        "<p><font><b>x",
        "<svg><style>",
        "<div class='sidebar'>x",
        "</div>",
        "<a href=x>x",
        "<div a='",
        "<!--",
        "<p>a ",
        "<",
        "&lt;",
        "<div class='nav'>kata</div>",
    ],
)
def test_deeply_nested_and_unclosed_elements_take_linear_time(unit: str) -> None:
    head = f"<title>Kota Contoh Menerima Penghargaan</title><body><p>{P}</p>"

    def strip(page: Page) -> None:
        assert all(s.start < s.end for s in to_article(page).segments)

    short, long = (Page("a", "a", head + unit * count, "html") for count in (600, 8 * 600))
    # Eight times as much takes 64 times as long if it is quadratic.
    assert_growth(strip, short, long, below=24, floor=0.02)
