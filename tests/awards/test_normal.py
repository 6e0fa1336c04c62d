"""Ranks, result kinds, years and editions as written in many ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.awards.normal import normal, rank_of, result_kind, status_of
from pipeline.awards.years import edition_near, year_near
from pipeline.document import Mention
from tests.awards.story import parse


@pytest.mark.parametrize(
    ("surface", "rank"),
    [
        ("Juara 1", 1), ("Juara III", 3), ("juara kedua", 2), ("Terbaik II", 2), ("peringkat ke-13", 13),
        ("Juara Harapan 2", 2), ("1st Winner", 1), ("2nd Place", 2), ("Runner Up", 2), ("Runner Up II", 3),
        ("2nd Runner Up", 3), ("1st Runner-Up", 2),
        ("(3)", 3), ("ketiga", 3), ("ke-4", 4), ("Juara Umum", None), ("nominasi", None),
        ("medali emas", None),
        ("Top 45", None), ("3 besar", None), ("Juara 2023", None), ("juara", None), ("terbaik", None),
        ("²", None), ("", None),
    ],
)  # fmt: skip
def test_rank(surface: str, rank: int | None) -> None:
    assert rank_of(surface) == rank


@given(st.text(max_size=30))
def test_any_result_has_a_kind_and_a_rank_in_bounds(surface: str) -> None:
    assert bool(result_kind(surface)) == bool(surface)
    rank = rank_of(surface)
    assert rank is None or 0 <= rank < 200


@pytest.mark.parametrize(
    ("surface", "event", "status"),
    [
        ("Juara 1", "Lomba Arsip", "won"),
        ("finalis", "Lomba Arsip", "nominated"),
        ("6 besar", "Lomba Arsip", "nominated"),
        ("Top 45", "Kompetisi Inovasi", "won"),
        ("45 besar", "Top Inovasi", "won"),
    ],
)
def test_status(surface: str, event: str, status: str) -> None:
    assert status_of(Mention(0, 1, "RESULT"), surface, event) == status


def test_without_a_result_it_is_won() -> None:
    assert status_of(None, "", "") == "won"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("[EVENT Lomba Arsip] 2023", 2023),
        ("[EVENT Lomba Arsip] tahun 2021 lalu", 2021),
        ("[EVENT Lomba Arsip] (LA) tingkat provinsi tahun 2020", 2020),
        ("2019 [EVENT Lomba Arsip]", 2019),
        ("[EVENT Lomba Arsip 2018]", 2018),
        ("[EVENT Lomba Arsip] di Batu pada 2023", None),
        ("[EVENT Lomba Arsip] 2023/2024", None),
        ("[EVENT Lomba Arsip] 20235", None),
    ],
)
def test_year_beside_an_event(text: str, year: int | None) -> None:
    plain, mentions = parse(text)
    found = year_near(plain, mentions[0])
    assert (found and found[0]) == year
    assert found is None or plain[found[1] : found[2]] == str(year)


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("[EVENT Lomba Arsip] ke-16", 16),
        ("[EVENT Lomba Arsip] edisi XIV", 14),
        ("[EVENT Lomba Arsip] ke IX", 9),
        ("The 7th [EVENT Arsip Award]", 7),
        ("[EVENT 3rd Arsip Award]", 3),
        ("[EVENT Lomba Arsip] kemarin", None),
    ],
)
def test_edition_beside_an_event(text: str, edition: int | None) -> None:
    plain, mentions = parse(text)
    found = edition_near(plain, mentions[0])
    assert (found and found[0]) == edition


def test_folding_drops_brackets_case_and_marks() -> None:
    assert normal("Pemkot  BATU (Jawa Timur), ") == "pemkot batu"
