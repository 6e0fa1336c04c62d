"""Lists of winners inside a sentence: each with its own rank."""

from __future__ import annotations

import pytest

from tests.awards.story import table, tell

ONE = ("recipient", "category", "result")
EVENT = "Hasil [EVENT Lomba Arsip] tahun 2023 diumumkan."
A, B, C = "[AGENCY Desa Kedu]", "[AGENCY Desa Tembi]", "[AGENCY Desa Batur]"


def told(sentence: str) -> list[tuple[str, str]]:
    return [
        (who.removeprefix("Desa "), what) for who, what in table(tell(EVENT, sentence), "recipient", "result")
    ]


IN_ORDER = [("Batur", "juara 3"), ("Kedu", "juara 1"), ("Tembi", "juara 2")]


@pytest.mark.parametrize(
    "sentence",
    [
        f"[RESULT juara 1] {A}, [RESULT juara 2] {B}, dan [RESULT juara 3] {C}.",
        f"Untuk [RESULT juara 1] diraih {A}, [RESULT juara 2] {B} dan [RESULT juara 3] jatuh kepada {C}.",
        f"{A} meraih [RESULT juara 1], {B} [RESULT juara 2] dan {C} [RESULT juara 3].",
        f"{A} [RESULT juara 1], disusul {B} [RESULT juara 2], dan [RESULT juara 3] {C}.",
        f"{A} ([RESULT juara 1]), {B} ([RESULT juara 2]), serta {C} ([RESULT juara 3]).",
        f"[RESULT juara 1], [RESULT juara 2], dan [RESULT juara 3] masing-masing {A}, {B}, dan {C}.",
        f"{A}, {B}, dan {C} meraih [RESULT juara 1], [RESULT juara 2], dan [RESULT juara 3].",
        f"[RESULT juara 1], {A} (50 poin); [RESULT juara 2], {B} (40 poin); dan [RESULT juara 3], {C}.",
        f"{A} meraih [RESULT juara 1] mengalahkan {B} ([RESULT juara 2]) dan {C} ([RESULT juara 3]).",
        f"[RESULT juara 1] (nilai 70) atas nama {A}, [RESULT juara 2] atas nama {B}, [RESULT juara 3] {C}.",
    ],
)
def test_each_has_the_rank_told_with_it(sentence: str) -> None:
    assert told(sentence) == IN_ORDER


@pytest.mark.parametrize(
    "sentence",
    [
        f"{A} dan {B} meraih [RESULT juara 1] dan 3 [EVENT Lomba Arsip].",
        f"[RESULT Juara 1] dan 3 atas nama {A} dan {B}.",
        f"{A} serta {B} menjadi [RESULT terbaik pertama] dan ketiga.",
    ],
)
def test_as_many_names_as_ranks_have_them_in_turn(sentence: str) -> None:
    awards = tell(EVENT, sentence)
    assert table(awards, "recipient", "rank") == [("Desa Kedu", "1"), ("Desa Tembi", "3")]


def test_names_in_a_row_share_the_rank_beside_them() -> None:
    sentence = (
        f"{A} dan {B} dengan predikat [RESULT Informatif], {C} dengan predikat [RESULT Cukup Informatif]."
    )
    assert told(sentence) == [("Batur", "Cukup Informatif"), ("Kedu", "Informatif"), ("Tembi", "Informatif")]
    sentence = f"[RESULT medali emas] untuk {A} dan {B}, [RESULT medali perak] untuk {C}."
    assert told(sentence) == [("Batur", "medali perak"), ("Kedu", "medali emas"), ("Tembi", "medali emas")]


def test_who_only_comes_next_has_no_rank_written() -> None:
    assert told(f"[RESULT Terbaik pertama] diraih {A}, lalu {B} dan [RESULT ketiga] adalah {C}.") == [
        ("Batur", "ketiga"),
        ("Kedu", "Terbaik pertama"),
        ("Tembi", ""),
    ]


def test_words_that_nothing_knows_win_and_never_the_bracket_behind_them() -> None:
    awards = tell(
        EVENT,
        "[RESULT juara 1] Zorvan ([ORGANISATION TK Melati]), [RESULT juara 2] Ramlah ([PLACE Kota Batu]).",
    )
    assert table(awards, "recipient", "result") == [("Ramlah", "juara 2"), ("Zorvan", "juara 1")]


def test_each_has_the_category_told_with_it() -> None:
    awards = tell(
        EVENT,
        f"Kategori [CATEGORY Inovasi] [RESULT Terbaik Pertama] diraih {A}, "
        f"kategori [CATEGORY Digital] [RESULT Terbaik Pertama] diraih {B}.",
    )
    assert table(awards, *ONE) == [
        ("Desa Kedu", "Inovasi", "Terbaik Pertama"),
        ("Desa Tembi", "Digital", "Terbaik Pertama"),
    ]


def test_a_category_told_once_holds_for_the_lower_ranks() -> None:
    awards = tell(
        EVENT,
        f"Kategori [CATEGORY Website] [RESULT Juara 1] diraih {A}, [RESULT Juara 2] {B}.",
        f"[RESULT Juara 3] diraih {C}.",
    )
    assert [row[1] for row in table(awards, *ONE)] == ["Website"] * 3


def test_prizes_of_the_subject_are_no_winners() -> None:
    awards = tell(
        EVENT,
        "[ORGANISATION SMA 1 Batu] meraih beberapa gelar, antara lain [RESULT juara 1] Baris Putra, "
        "[RESULT juara 3] Baris Putri, dan [RESULT juara 2] Pidato Arab.",
    )
    assert table(awards, *ONE) == [
        ("SMA 1 Batu", "Baris Putra", "juara 1"),
        ("SMA 1 Batu", "Baris Putri", "juara 3"),
        ("SMA 1 Batu", "Pidato Arab", "juara 2"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "[RESULT Juara 1] mendapat uang pembinaan, [RESULT juara 2] mendapat piala.",
        "Panitia menyiapkan 3 [RESULT emas] dan 5 [RESULT perak] untuk [PLACE Agam].",
        "Bonus [RESULT emas] dan [RESULT perak] disiapkan, ujar [PERSON Rina Sari].",
    ],
)
def test_sentences_that_name_no_winner(sentence: str) -> None:
    assert tell(EVENT, sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "winners"),
    [
        ("Kategori [CATEGORY:group kota besar] diraih {A}, disusul {B} dan {C}.", 3),
        ("Kabupaten besar peringkat pertamanya diraih oleh {A}, diikuti oleh {B} dan {C}.", 3),
        ("Untuk kota kecil, juaranya adalah {A}, diikuti {B}.", 2),
        ("Kategori [CATEGORY:group kota] menempatkan {A} sebagai yang terdepan, kemudian {B}, dan {C}.", 3),
        ("Kategori [CATEGORY Website] dijuarai {A}, peringkat selanjutnya adalah {B} dan {C}.", 3),
    ],
)
def test_who_follows_is_of_the_same_class(sentence: str, winners: int) -> None:
    awards = tell(EVENT, sentence.format(A=A, B=B, C=C))
    classes = {row[1:] for row in table(awards, "recipient", "group", "category")}
    assert (len(awards), len(classes)) == (winners, 1)
