"""Whole pages: each line of a page in ``pages`` is ``kind<TAB>text``; parts of a line are parted by "⟂"."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.boilerplate import to_article
from pipeline.document import SEGMENT_KINDS, Article, Page
from tests.timing import assert_growth

PAGES = sorted(Path(__file__).with_name("pages").glob("*.txt"))


def build(path: Path) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a page's text and its parts with their kinds."""
    text, parts = "", []
    for line in path.read_text("utf-8").splitlines():
        kinds, content = line.split("\t", 1)
        for kind, piece in zip(kinds.split("+"), content.split("⟂"), strict=True):
            parts.append((len(text), len(text) + len(piece), kind))
            text += piece
        text += "\n\n"
    return text, parts


def read(text: str, **metadata: str) -> Article:
    return to_article(Page("p", "p.txt", text, "text", metadata))


def kinds_within(article: Article, start: int, end: int) -> set[str]:
    return {
        s.kind for s in article.segments if article.text[max(s.start, start) : min(s.end, end)].strip(" –—-")
    }


@pytest.mark.parametrize("path", PAGES, ids=[p.stem for p in PAGES])
def test_what_is_kept_and_what_is_dropped(path: Path) -> None:
    text, parts = build(path)
    article = read(text)
    kept = {"title", "body"}
    for start, end, kind in parts:
        got = kinds_within(article, start, end)
        if kind in kept or kind in {"caption", "dateline"}:
            assert got == {kind}, (text[start:end], kind)
        else:
            assert not got & kept, (text[start:end], kind)


@pytest.mark.parametrize("path", PAGES, ids=[p.stem for p in PAGES])
def test_most_dropped_lines_get_the_right_kind(path: Path) -> None:
    text, parts = build(path)
    article = read(text)
    right = sum(kind in kinds_within(article, start, end) for start, end, kind in parts)
    assert right >= 0.9 * len(parts)


def test_title_date_and_author_are_found() -> None:
    article = read(build(Path(__file__).parent / "pages" / "portal.txt")[0])
    assert article.title == "Pemkot Sejuk Borong Tiga Piala Layanan Publik"
    assert article.published == "2020-09-03"
    assert article.byline is not None
    assert "Bagas Pratama" in article.byline


def test_a_page_without_headline_or_date_has_neither() -> None:
    article = read(build(Path(__file__).parent / "pages" / "plain.txt")[0])
    assert (article.title, article.published, article.byline) == (None, None, None)


def test_a_listing_has_no_article() -> None:
    assert read(build(Path(__file__).parent / "pages" / "listing.txt")[0]).kept() == ()


def test_what_the_record_states_wins() -> None:
    text, _ = build(Path(__file__).parent / "pages" / "portal.txt")
    article = read(text, title="Judul Lain", published="2020-09-04T00:00:00Z", byline="Sari")
    assert (article.title, article.published, article.byline) == ("Judul Lain", "2020-09-04", "Sari")
    assert not any(article.text[s.start : s.end] == "Judul Lain" for s in article.segments)


def test_the_interview_date_is_not_the_publication_date() -> None:
    text = "Kota Contoh meraih piala,” ujar wali kota, Kamis (13/11/2025).\nWarga senang akan hal itu."
    assert read(text).published is None


def test_the_headline_of_the_record_is_recognised_wherever_it_stands() -> None:
    text = "\n".join(
        (
            "Kota Contoh meraih piala lomba taman tingkat provinsi tahun ini.",
            "Warga senang sekali akan hal itu semua.",
            "Sebuah Kalimat Lain",
        )
    )
    article = read(text, title="Sebuah kalimat lain")
    assert all(article.text[s.start : s.end] != "Sebuah Kalimat Lain" for s in article.kept())


PIECES = st.lists(
    st.sampled_from(
        [
            "Baca juga: ",
            "Kota Contoh meraih piala lomba taman tingkat provinsi. ",
            "\n",
            "\n\n",
            "Foto: Ist",
            "(red)",
            "Tinggalkan Balasan",
            "JAKARTA, KABAR.com - ",
            "12 Mei 2022",
            "Related posts",
            "# ",
            "| a |",
            "<li>",
            "\u0000",
            "\ud800",
            "\u200b",
            "Tags:",
            "Penulis: ",
            "Juara 1: A",
            "…",
            "\r\n",
            "\u2028",
            " . ",
            "***",
            "Tentang A A adalah ",
        ]
    )
    | st.text(max_size=12),
    max_size=25,
)


@given(PIECES)
def test_segments_tile_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    article = read(text)
    assert article.text == text
    assert all(s.kind in SEGMENT_KINDS for s in article.segments)
    assert all(0 <= s.start < s.end <= len(text) for s in article.segments)
    assert all(a.end <= b.start for a, b in pairwise(article.segments))
    covered = {i for s in article.segments for i in range(s.start, s.end)}
    assert all(i in covered for i, c in enumerate(text) if c.isalnum())


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "Kata ",
        "(",
        "Baca juga: A b ",
        "Kata\n",
        "Komentar\n",
        ". Tentang Aa Aa ",
        "x. Tempo/Rina ",
        "<a ",
    ],
)
def test_time_grows_with_the_text_and_not_with_its_square(unit: str) -> None:
    first, short, long = (unit * (length // len(unit)) for length in (2_000, 7_500, 60_000))
    read(first)
    assert_growth(read, short, long, below=40, floor=0.01)


@pytest.mark.parametrize(
    "text",
    [
        # Front matter of a page saved as Markdown.
        "---\ntitle: Kota Contoh Raih Piala\ndate: 2024-10-11\n---\n\n# Kota Contoh Raih Piala\n\n{}",
        # The dateline of a press release.
        "Kota Contoh Raih Penghargaan\n\nJakarta, 11 Oktober 2024 – {}",
    ],
)
def test_the_day_of_a_press_release(text: str) -> None:
    body = "Pemerintah Kota Contoh menerima penghargaan dari kementerian karena layanannya yang cepat."
    article = to_article(Page("a", "a.md", text.format(body)))
    assert article.published == "2024-10-11"
    assert [article.text[s.start : s.end] for s in article.segments if s.kind == "body"] == [body]


def test_markdown_is_read_as_text() -> None:
    text = (
        "# Kota Contoh Raih Juara II Lomba Kampung Iklim 2024\n\n"
        "![Wali kota menerima piala](https://contoh.id/foto.jpg)\n\n"
        "*Oleh: Rina Wijaya*\n\n"
        "**CONTOH** – Pemerintah [Kota Contoh](https://contoh.id/k) meraih **Juara II** lomba itu.\n\n"
        "> “Ini kerja bersama,” ujar wali kota.\n\n"
        "- Juara I: Kota Dahlia\n- Juara II: Kota Contoh\n\n"
        "[Baca juga: Kota Dahlia Borong Lima Penghargaan](https://contoh.id/2)\n\n"
        "[Bagikan](https://contoh.id/x) | [Cetak](#)\n"
    )
    article = to_article(Page("a", "a.md", text))
    assert article.text == text
    assert [s.kind for s in article.segments if s.kind != "body"][:4] == [
        "title",
        "caption",
        "byline",
        "dateline",
    ]
    kept = "\n".join(text[s.start : s.end] for s in article.kept())
    assert "**Juara II** lomba itu." in kept
    assert "- Juara II: Kota Contoh" in kept
    assert "Borong" not in kept
    assert "Cetak" not in kept
