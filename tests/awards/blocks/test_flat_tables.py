"""Tables in plain text: a cell a line, or a row a line."""

from __future__ import annotations

from tests.awards.story import table, tell

EVENT = "Santri itu mengikuti [EVENT Lomba Arsip] tahun 2023."
ONE = ("recipient", "category", "result")


def test_a_cell_a_line() -> None:
    awards = tell(
        EVENT,
        "Berikut nama siswa yang menang:",
        *("No", "Nama", "Kelas", "Perlombaan", "Keterangan"),
        *("1", "[PERSON Rina Sari]", "4C", "Pidato", "[RESULT Juara 1]"),
        *("2", "Zorvan M", "3 Int B", "Kaligrafi Dasar", "[RESULT Juara 3]"),
        "Pewarta: Joko",
    )
    assert table(awards, *ONE) == [
        ("Rina Sari", "Pidato", "Juara 1"),
        ("Zorvan M", "Kaligrafi Dasar", "Juara 3"),
    ]


def test_a_row_a_line() -> None:
    awards = tell(
        EVENT,
        "Peringkat\tNama\tAsal Sekolah",
        "[RESULT Juara 1]\tZorvan Melkira\tSMA Tirkan",
        "[RESULT Juara 2]\t[PERSON Rina Sari]\tSMA Batu",
    )
    assert table(awards, "recipient", "result") == [("Rina Sari", "Juara 2"), ("Zorvan Melkira", "Juara 1")]


def test_tables_of_other_things_tell_nothing() -> None:
    rows = ("1", "[PERSON Rina Sari]", "4C", "2", "[PERSON Joko Tri]", "4D")
    assert tell(EVENT, "No", "Nama", "Kelas", *rows) == ()
    assert tell(EVENT, "Nama", "Juara") == ()


def test_a_table_ends_where_its_rows_do() -> None:
    awards = tell(
        EVENT,
        *("No", "Nama", "Lomba", "Juara"),
        *("1", "[PERSON Rina Sari]", "Pidato", "[RESULT Juara 1]"),
        *("Demikian hasilnya", "[PERSON Joko Tri]", "Ketua", "Panitia"),
    )
    assert table(awards, "recipient") == [("Rina Sari",)]


def test_a_numbered_row_with_a_cell_too_few_is_left_out() -> None:
    awards = tell(
        EVENT,
        *("No", "Nama", "Lomba", "Juara"),
        *("1", "[PERSON Rina Sari]", "Pidato", "[RESULT Juara 1]"),
        *("2", "[PERSON Joko Tri]", "[RESULT Juara 2]"),
        *("3", "[PERSON Dewi Ayu]", "Puisi", "[RESULT Juara 1]"),
    )
    assert table(awards, *ONE) == [("Dewi Ayu", "Puisi", "Juara 1"), ("Rina Sari", "Pidato", "Juara 1")]


def test_schools_win_where_no_other_column_names_winners() -> None:
    awards = tell(EVENT, "Juara\tSekolah\tNilai", "[RESULT Juara 1]\t[ORGANISATION SMA 1 Batu]\t90")
    assert table(awards, "recipient", "result") == [("SMA 1 Batu", "Juara 1")]
