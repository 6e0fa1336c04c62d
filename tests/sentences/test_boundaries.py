from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Article, Segment
from pipeline.sentences import split_sentences, split_text
from tests.timing import assert_growth

CASES = [
    tuple(line.split("\t", 1))
    for line in Path(__file__).with_name("cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def split(text: str, **kwargs: bool) -> list[str]:
    return [text[a:b] for a, b in split_text(text, **kwargs)]


@pytest.mark.parametrize(("phenomenon", "marked"), CASES, ids=[f"{p}-{n}" for n, (p, _) in enumerate(CASES)])
def test_case(phenomenon: str, marked: str) -> None:
    text = marked.replace(" | ", " ").replace("‖", "")
    wanted = [piece.strip() for piece in marked.replace("‖", " | ").split(" | ")]
    assert split(text) == wanted, phenomenon


def test_a_headline_is_one_sentence_whatever_it_asks() -> None:
    text = "Hebat! Kota Merona Juara Lagi? Ini Kata Wali Kota"
    assert split(text, headline=True) == [text]
    assert len(split(text)) == 3


def test_lines_are_boundaries_even_without_a_full_stop() -> None:
    assert split("Daftar pemenang\nJuara 1: Kota Contoh\nJuara 2: Merona") == [
        "Daftar pemenang",
        "Juara 1: Kota Contoh",
        "Juara 2: Merona",
    ]


def test_a_wrapped_line_goes_on() -> None:
    first = "Bupati Merona menyerahkan piala bergilir kepada para juara lomba desa"
    assert split(f"{first}\nyang digelar kemarin. Acara meriah.") == [
        f"{first}\nyang digelar kemarin.",
        "Acara meriah.",
    ]


def test_markup_bounds_sentences_and_is_not_part_of_them() -> None:
    text = "<li>Juara I lomba desa\n   tingkat provinsi</li>\n<li>Juara II lomba kota</li>"
    assert split(text) == ["Juara I lomba desa\n   tingkat provinsi", "Juara II lomba kota"]
    assert split("## Hadiah besar") == ["Hadiah besar"]


def test_only_kept_segments_are_split_and_no_sentence_crosses_them() -> None:
    text = "Judul Berita\nKOTA - Acara dimulai Baca juga: Berita Lain lalu selesai. Foto: Ist"
    at = text.index
    article = Article(
        "x",
        "x",
        text,
        (
            Segment(0, 12, "title"),
            Segment(at("KOTA"), at("Acara"), "dateline"),
            Segment(at("Acara"), at("Baca"), "body"),
            Segment(at("Baca"), at("lalu"), "related"),
            Segment(at("lalu"), at("Foto"), "body"),
            Segment(at("Foto"), len(text), "caption"),
        ),
    )
    assert [text[s.start : s.end] for s in split_sentences(article)] == [
        "Judul Berita",
        "Acara dimulai",
        "lalu selesai.",
    ]


TEXTS = st.text(
    st.sampled_from(list("aAbB1 .!?…,:;\"'“”‘’()[]<>/#*-\n\t\xa0\u200b")) | st.characters(), max_size=120
)


@given(TEXTS)
def test_sentences_are_ordered_disjoint_and_lose_no_word(text: str) -> None:
    spans = split_text(text)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    kept = {i for a, b in spans for i in range(a, b)}
    if "<" not in text:
        assert all(i in kept for i, c in enumerate(text) if c.isalnum() and c.isascii())
    assert all(text[a:b] == text[a:b].strip(" \n\t\xa0") for a, b in spans)


UNITS = [
    "Kata lain. ",
    "a.B",
    "1. ",
    "(a. ",
    "((",
    "().",
    '."',
    "<li>",
    "Dr. ",
    "\n. ",
    "II. ",
    "kata. kata ",
    "Ph. D. ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_text_and_not_with_its_square(unit: str) -> None:
    first, short, long = (unit * (length // len(unit)) for length in (2_000, 10_000, 80_000))
    split_text(first)
    assert_growth(split_text, short, long, below=40, floor=0.005)
