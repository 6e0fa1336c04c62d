"""Limits of a term: marks, brackets and years at its ends."""

from __future__ import annotations

import pytest

from pipeline.terms.numerals import ROMAN, number_words, roman
from pipeline.terms.spans import closed, trimmed, without_year


def _part(text: str, span: tuple[int, int]) -> str:
    return text[slice(*span)]


@pytest.mark.parametrize(
    ("text", "left"),
    [(" “Adipura”, ", "Adipura"), ("- Lomba Desa:", "Lomba Desa"), ("Adipura", "Adipura"), (" ,", "")],
)
def test_marks_at_the_ends_are_left_out(text: str, left: str) -> None:
    assert _part(text, trimmed(text, 0, len(text))) == left


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("Lomba Arsip (LA) dibuka", "Lomba Arsip (LA", "Lomba Arsip (LA)"),
        ("Lomba Arsip (LA tahun", "Lomba Arsip (LA", "Lomba Arsip"),
        ("ikut Lomba Arsip (Rapi Award) di", "Rapi Award)", "Lomba Arsip (Rapi Award)"),
        ("ikut lomba rapi) Desa Award di", "rapi) Desa Award", "Desa Award"),
        ("Lomba Arsip (LA) dibuka", "Lomba Arsip (LA)", "Lomba Arsip (LA)"),
    ],
)
def test_a_name_has_both_its_brackets_or_none(text: str, name: str, left: str) -> None:
    start = text.index(name)
    assert _part(text, closed(text, start, start + len(name), 0, len(text))) == left


@pytest.mark.parametrize(
    "name",
    ["Lomba Arsip 2024", "Lomba Arsip tahun 2024", "Lomba Arsip ke-5 tahun 2024/2025", "Lomba Arsip edisi 3"],
)
def test_a_name_goes_without_its_year_and_edition(name: str) -> None:
    assert _part(name, without_year(name, 0, len(name))) == "Lomba Arsip"


def test_a_year_alone_stays() -> None:
    assert without_year("2024", 0, 4) == (0, 4)


def test_numbers_as_words_and_numerals() -> None:
    assert [roman(number) for number in (1, 4, 9, 12, 17, 39)] == ["I", "IV", "IX", "XII", "XVII", "XXXIX"]
    assert all(roman(number) == numeral for numeral, number in ROMAN.items())
    assert (number_words()["ketiga"], number_words()["sepuluh"]) == (3, 10)
