"""Which rank belongs to which category, class, work and event."""

from __future__ import annotations

import pytest

from pipeline.awards.prizes import find_groups, read_prizes
from pipeline.awards.structures import Prize
from tests.awards.story import sentence


def _read(marked: str) -> list[tuple[str, ...]]:
    text, rendered = sentence(marked)
    found = []
    for p in read_prizes(text, rendered, 0, len(rendered.text)):
        slots = (p.result, p.category, p.group, p.work, p.event)
        found.append(tuple(text[m.start : m.end] if m else "" for m in slots))
    return found


@pytest.mark.parametrize(
    ("marked", "prizes"),
    [
        ("[RESULT Juara 1] kategori [CATEGORY A1]", [("Juara 1", "A1")]),
        ("kategori [CATEGORY A1] [RESULT peringkat ke-3]", [("peringkat ke-3", "A1")]),
        ("[RESULT Juara 1] [CATEGORY A1] dan [RESULT Juara 2] [CATEGORY B1]",
         [("Juara 1", "A1"), ("Juara 2", "B1")]),
        ("[RESULT Juara 1] kategori [CATEGORY A1], [CATEGORY B1] dan [CATEGORY C1]",
         [("Juara 1", "A1"), ("Juara 1", "B1"), ("Juara 1", "C1")]),
        ("[RESULT Juara 1] [CATEGORY A1] lalu menang di [CATEGORY B1]", [("Juara 1", "A1"), ("", "B1")]),
        ("kategori [CATEGORY A1] dan kategori [CATEGORY B1]", [("", "A1"), ("", "B1")]),
        ("[RESULT nominasi] atau [RESULT 6 besar]", [("nominasi", "")]),
        ("[RESULT Juara 1] dan [RESULT Juara 2]", [("Juara 1", ""), ("Juara 2", "")]),
        ("tanpa apa-apa", [("", "")]),
    ],
)  # fmt: skip
def test_ranks_and_categories(marked: str, prizes: list[tuple[str, str]]) -> None:
    assert [p[:2] for p in _read(marked)] == prizes


def test_works_and_events_go_to_the_prize_they_stand_beside() -> None:
    first = "[RESULT Juara 1] untuk “[WORK Senja]” di [EVENT Lomba Foto]"
    marked = first + " dan [RESULT Juara 2] untuk “[WORK Fajar]”"
    assert _read(marked) == [
        ("Juara 1", "", "", "Senja", "Lomba Foto"),
        ("Juara 2", "", "", "Fajar", "Lomba Foto"),
    ]


def test_an_award_comes_before_the_conference_that_hosts_it() -> None:
    assert (
        _read("pada [EVENT:host Rapat Humas] [RESULT Juara 1] [EVENT Anugerah Humas]")[0][4]
        == "Anugerah Humas"
    )
    assert _read("pada [EVENT:host Rapat Humas] [RESULT Juara 1]")[0][4] == "Rapat Humas"


def test_a_class_of_participants_is_no_category() -> None:
    assert _read("[RESULT Juara 1] kategori [CATEGORY:group Kota Kecil]") == [
        ("Juara 1", "", "Kota Kecil", "", "")
    ]


def test_a_class_behind_its_cue_is_found_in_running_text() -> None:
    text = "Juara 1 untuk kelompok Kabupaten/Kota tahun ini"
    found = find_groups(text, 0, len(text))
    assert [text[g.start : g.end] for g in found] == ["Kabupaten/Kota"]


def test_an_empty_prize_is_bare() -> None:
    assert Prize().bare
    assert Prize().start == 0
