from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.normalise import SLOTS, clean, parse_result, same, slot_value, values


def same_value(slot, value, right, **gold):
    return same(slot, value, {}, {slot: right, **gold})


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Pemkot Mekarsari", "pemerintah kota mekarsari"),
        ("Kab. Mekarsari", "kabupaten mekarsari"),
        ("“Pena” Emas (PE)", "pena emas"),
        ("Audio-Visual", "audiovisual"),
        ("Pj. Walikota", "penjabat wali kota"),
        ("Kemenkominfo RI", "kementerian komunikasi dan informatika republik indonesia"),
        ("naik 20%", "naik 20%"),
        ("Kabar Prima", "kabar prima"),
    ],
)
def test_spelling_is_folded(written, folded):
    assert clean(written) == folded


@pytest.mark.parametrize(
    ("slot", "value", "right"),
    [
        ("recipient", "Pemerintah Kota Mekarsari", "Kota Mekarsari"),
        ("recipient", "Pemprov Nusa Raya", "Provinsi Nusa Raya"),
        ("event", "Anugerah Pena Nusantara 2024", "Anugerah Pena Nusantara (APN)"),
        ("category", "kategori Siaran Pers", "Siaran Pers"),
        ("organiser", "Badan A; Kementerian Komunikasi dan Digital", ["Komdigi"]),
        ("place", "Hotel Melati", "Hotel Melati Indah, Kota Mekarsari"),
        ("received_by", "Sari Wulandari", "Dr. Sari Wulandari Putri, M.Si"),
        ("work", "Desa Pintar", "Desa Pintar Menuju Mandiri"),
        ("year", "2024", 2024),
        ("year", "2024.0", 2024),
        ("date", "2024-05-17", "2024-05-17"),
        ("date", "2024-05-17", "2024-05"),
        ("status", "won", "won"),
        ("result", "Juara 1", "juara pertama"),
        ("result", "Terbaik ke-2", "Terbaik II"),
        ("result", "nominasi", "finalis"),
        ("result", "medali emas", "Emas"),
        ("result", "predikat Nindya", "Nindya"),
    ],
)
def test_the_same_said_otherwise(slot, value, right):
    assert same_value(slot, value, right)


@pytest.mark.parametrize(
    ("slot", "value", "right"),
    [
        ("recipient", "Kabupaten Mekarsari", "Kota Melati"),
        ("event", "Anugerah Pena Nusantara", "Anugerah Kamera Nusantara Raya"),
        ("category", "Fotografi", "Siaran Pers"),
        ("place", "Balai Kota", "Hotel Melati"),
        ("year", "2023", 2024),
        ("date", "2024-05", "2024-05-17"),
        ("date", "2024-06-17", "2024-05"),
        ("date", "2024-05-17T09:00", "2024-05-17"),
        ("status", "nominated", "won"),
        ("result", "Juara 1", "Juara 2"),
        ("result", "Harapan 1", "Juara 1"),
        ("result", "Juara", "Juara 1"),
        ("result", "medali perak", "medali emas"),
    ],
)
def test_something_else(slot, value, right):
    assert not same_value(slot, value, right)


def test_threshold_of_text_slots_is_three_quarters():
    # Three of four and three tokens in common: F1 6/7; two of three: 2/3.
    assert same_value("category", "Inovasi Layanan Publik", "Inovasi Layanan Publik Digital")
    assert not same_value("category", "Inovasi Layanan Publik", "Inovasi Layanan Digital")


def test_a_part_is_enough_for_places_but_not_for_categories():
    assert same_value("place", "Gedung Sate", "Aula Barat Gedung Sate Bandung Jawa Barat")
    assert not same_value("category", "Video", "Video Pendek Layanan Masyarakat")


def test_a_single_word_of_a_longer_place_is_too_little():
    assert not same_value("place", "Bandung", "Aula Barat Gedung Sate Bandung Jawa Barat")


def test_accepted_variants_and_canonical_names_count():
    gold = {"accept": {"category": ["Rilis Media"]}, "category_name": "Press Release"}
    assert same_value("category", "Rilis Media", "Siaran Pers", **gold)
    assert same_value("category", "Press Release", "Siaran Pers", **gold)
    assert not same_value("category", "Fotografi", "Siaran Pers", **gold)
    assert same_value("work", "Pintu Desa", "PD", works=["Pintu Desa"])


def test_a_stated_rank_wins_over_the_words():
    assert parse_result("Juara", 3) == ("rank", 3, "juara")
    assert parse_result("Juara Harapan II", "") == ("harapan", 2, "juara harapan ii")
    assert parse_result("Peringkat 2024", None) == ("rank", None, "peringkat 2024")
    assert parse_result("(…)", 1) is None


def test_lists_and_joined_cells_have_several_values():
    assert values("A; B ;;") == values(["A", "B", " "]) == ["A", "B"]
    assert values("nan") == values(None) == values("") == []


def test_a_status_that_is_not_stated_means_won():
    assert slot_value({}, "status") == "won"
    assert slot_value({"year": ""}, "year") is None


@given(st.sampled_from(SLOTS), st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_compared_and_repeats(slot, value, right):
    first = same(slot, value, {"rank": value}, {slot: right})
    assert first is same(slot, value, {"rank": value}, {slot: right})


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_for_plain_words(text):
    plain = " ".join(word for word in clean(text).split() if word.isascii() and len(word) > 12)
    assert clean(plain) == plain
