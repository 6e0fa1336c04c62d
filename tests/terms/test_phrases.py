"""Where a name ends: capitals, connectives, brackets, stop words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.terms.phrases import bracket_after, is_name_word, read_name, read_plain, read_quoted


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Media Sosial terbaik", "Media Sosial"),
        ("Keamanan dan Ketertiban itu", "Keamanan dan Ketertiban"),
        ("Keamanan dan lain", "Keamanan"),
        ("Humas & Media itu", "Humas & Media"),
        ("Desa (DS) itu", "Desa (DS)"),
        ("Desa (2023) itu", "Desa"),
        ("Desa (DS) dan Kota", "Desa (DS)"),
        ("Media\n   Sosial itu", "Media\n   Sosial"),
        ("Kabupaten-Kota itu", "Kabupaten-Kota"),
        ("iForte Summit itu", "iForte Summit"),
        ("Rajawali: Media", "Rajawali"),
        ("Rajawali, Media", "Rajawali"),
        ("media sosial", ""),
        ("", ""),
    ],
)
def test_read_name(text: str, name: str) -> None:
    assert text[: read_name(text, 0, len(text))] == name


def test_a_blocked_offset_and_the_limit_end_a_name() -> None:
    text = "Anugerah Desa Tono Aji"
    assert text[: read_name(text, 0, len(text), frozenset({14}))] == "Anugerah Desa"
    assert text[: read_name(text, 0, 13)] == "Anugerah Desa"


@pytest.mark.parametrize(
    ("text", "most", "phrase"),
    [
        ("pelayanan publik daerah", 2, "pelayanan publik"),
        ("pelayanan publik, daerah", 6, "pelayanan publik"),
        ("pelayanan dan publik", 2, "pelayanan"),
        ("pelayanan (a) itu", 1, "pelayanan (a)"),
    ],
)
def test_read_plain(text: str, most: int, phrase: str) -> None:
    assert text[: read_plain(text, 0, len(text), most)] == phrase


def test_read_quoted() -> None:
    assert read_quoted("“Senja di Batu” itu", 0, 19) == (1, 14)
    assert read_quoted("Senja", 0, 5) is None
    assert read_quoted("“Senja\ndi Batu”", 0, 15) is None


def test_bracket_after() -> None:
    assert bracket_after("Desa (DS) itu", 4, 13) == 9
    assert bracket_after("Desa itu (DS)", 4, 13) == 4


def test_name_words() -> None:
    assert [w for w in ("Media", "1", "iForte", "media", "esS") if is_name_word(w)] == [
        "Media",
        "1",
        "iForte",
    ]


@given(st.text(max_size=60), st.integers(0, 60))
def test_a_name_never_leaves_its_limits(text: str, start: int) -> None:
    start = min(start, len(text))
    for end in (read_name(text, start, len(text)), read_plain(text, start, len(text))):
        assert start <= end <= len(text)
        assert end == start or not text[end - 1].isspace()
