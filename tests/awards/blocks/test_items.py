"""Lines of lists: who won what, whatever the order in which a line says it."""

from __future__ import annotations

import pytest

from tests.awards.story import table, tell

LIST = "Berikut daftar pemenang [EVENT Lomba Arsip] tahun 2023:"
ONE = ("recipient", "category", "result")


@pytest.mark.parametrize(
    ("line", "record"),
    [
        ("[RESULT Juara 1]: Zorvan Melkira", ("Zorvan Melkira", "", "Juara 1")),
        ("[RESULT Juara 1] : Zorvan Melkira (SMA Tirkan)", ("Zorvan Melkira", "", "Juara 1")),
        ("Zorvan Melkira - [RESULT Juara 1]", ("Zorvan Melkira", "", "Juara 1")),
        (
            "Zorvan Melkira (kelas 5) – [RESULT Juara 1] [CATEGORY Pidato]",
            ("Zorvan Melkira", "Pidato", "Juara 1"),
        ),
        ("[PERSON Rina Sari], [ORGANISATION SMA 1 Batu], [RESULT Juara 2]", ("Rina Sari", "", "Juara 2")),
        ("[RESULT Juara 3] Puisi [PERSON Rina Sari]", ("Rina Sari", "Puisi", "Juara 3")),
        ("Mewarnai: [PERSON Rina Sari] ([RESULT Juara 1])", ("Rina Sari", "Mewarnai", "Juara 1")),
        ("[PERSON Rina Sari] (Mewarnai) [RESULT Juara 1]", ("Rina Sari", "Mewarnai", "Juara 1")),
        ("2. [PLACE Kota Batu] – 375 poin", ("Kota Batu", "", "2")),
        ("3. [RESULT Terbaik I] [PERSON Rina Sari] & [PERSON Joko Tri]", ("Rina Sari", "", "Terbaik I")),
    ],
)
def test_fields_in_any_order(line: str, record: tuple[str, str, str]) -> None:
    assert table(tell(LIST, line), *ONE) == [record]


def test_regions_that_share_a_line_both_win() -> None:
    awards = tell(LIST, "1. [PLACE Agam]/[PLACE Solok]")
    assert table(awards, "recipient", "result") == [("Agam", "1"), ("Solok", "1")]


@pytest.mark.parametrize(
    "line",
    [
        "[RESULT Juara 1]: Rp 5 juta",
        "[RESULT Juara 1]: uang pembinaan dan piala",
        "Penjurian: 3 Mei",
        "dan seterusnya",
    ],
)
def test_lines_that_name_no_winner(line: str) -> None:
    assert tell(LIST, line) == ()


def test_a_line_takes_its_rank_from_its_number_only_where_lines_are_ranked() -> None:
    assert table(tell(LIST, "2. [PLACE Kota Batu]"), "result") == [("2",)]
    prizes = tell("Penghargaan yang diterima di [EVENT Lomba Arsip] antara lain:", "2. [PLACE Kota Batu]")
    assert table(prizes, "result") == [("",)]


def test_names_alone_win_what_opener_and_headings_say() -> None:
    awards = tell(
        "Berikut peraih nilai tertinggi [EVENT Lomba Arsip]:",
        "Provinsi Besar (lebih dari 5 juta):",
        "- [PLACE Riau]",
        "Provinsi Kecil:",
        "- [PLACE Bali]",
        "- Zorvan",
    )
    assert table(awards, "recipient", "group") == [
        ("Bali", "Provinsi Kecil"),
        ("Riau", "Provinsi Besar (lebih dari 5 juta)"),
        ("Zorvan", "Provinsi Kecil"),
    ]


def test_a_heading_may_name_the_winner_of_the_prizes_below_it() -> None:
    awards = tell(
        LIST,
        "[ORGANISATION SMA Rajawali]:",
        "- [RESULT Juara 1] [CATEGORY Pidato]",
        "- [RESULT Juara 3] [CATEGORY Puisi]",
        "[ORGANISATION SMA Cempaka]:",
        "- [RESULT Juara 2] [CATEGORY Pidato]",
    )
    assert table(awards, *ONE) == [
        ("SMA Cempaka", "Pidato", "Juara 2"),
        ("SMA Rajawali", "Pidato", "Juara 1"),
        ("SMA Rajawali", "Puisi", "Juara 3"),
    ]


def test_a_verb_on_a_line_takes_what_it_leaves_out_from_the_heading() -> None:
    awards = tell(LIST, "Kategori [CATEGORY Pidato]:", "- [PERSON Rina Sari] meraih [RESULT Juara 1]")
    assert table(awards, *ONE) == [("Rina Sari", "Pidato", "Juara 1")]


def test_places_behind_the_third_win_nothing_in_a_contest_by_points() -> None:
    lines = [f"{n}. [PLACE Kota {n}] – {400 - n} poin" for n in range(1, 6)]
    awards = tell("Berikut peringkat lengkap [EVENT Lomba Arsip] tahun 2023:", *lines)
    assert table(awards, "rank") == [("1",), ("2",), ("3",)]


def test_contests_of_the_event_that_the_opener_names_are_categories() -> None:
    awards = tell(
        "Siswa meraih sejumlah juara pada [EVENT Festival Seni] 2022, yakni:",
        "a. [RESULT Juara I] [EVENT Lomba Menyanyi] atas nama [PERSON Rina Sari]",
        "b. [RESULT Juara II] [EVENT Lomba Menari] atas nama [PERSON Joko Tri]",
    )
    assert table(awards, "recipient", "event", "category") == [
        ("Joko Tri", "Festival Seni", "Menari"),
        ("Rina Sari", "Festival Seni", "Menyanyi"),
    ]
