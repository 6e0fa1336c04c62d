from __future__ import annotations

import doctest

import pytest

from pipeline.evaluation import swap_surfaces
from pipeline.evaluation.swap_surfaces import Surface, long_and_short, own_words, surfaces
from pipeline.evaluation.swap_text import split_words
from tests.evaluation.swap_pages import page


def test_the_examples_are_true():
    assert doctest.testmod(swap_surfaces).failed == 0


@pytest.mark.parametrize(
    ("text", "label", "own"),
    [("Prof. Dr. Ir. Hj. Sari W. Wulandari, M.Si.", "PERSON", "Sari Wulandari"),
     ("H. Joko bin Santoso SH MM", "PERSON", "Joko Santoso"),
     ("dr. SARI WULANDARI", "PERSON", "SARI WULANDARI"),
     ("Kepala Kejaksaan Tinggi Jawa Timur Sari Wulandari", "PERSON", "Sari Wulandari"),
     ("Arif Zuhair (VIII Sains)", "PERSON", "Arif Zuhair"),
     ("SMK Muhammadiyah 2 Tunas Harapan", "ORGANISATION", "Tunas Harapan"),
     ("pondok melati", "ORGANISATION", "melati"), ("pengurus Pondok Melati", "ORGANISATION", "Melati"),
     ("RSUD Dr. Wirasaba", "AGENCY", "Wirasaba"), ("Dinas Sosial", "AGENCY", ""),
     ("Aula Kantor Bupati", "FACILITY", ""), ("Hari Kopi Nasional ke-3", "EVENT", "Kopi"),
     ("Penghargaan BPK Kencana", "EVENT", "Kencana"), ("lomba memasak", "EVENT", ""),
     ("Kejuaraan Karate Piala Kencana II", "EVENT", "Kencana"),
     ("Program Sapu Jagat", "WORK", "Sapu Jagat"), ("penanaman 100 pohon", "WORK", ""),
     ("Rabu (3/3/2026)", "DATE", ""), ("Juara I", "RESULT", "")],
)  # fmt: skip
def test_words_of_the_name_itself(text, label, own):
    words = split_words(text)
    assert " ".join(words[i].text for i in own_words(text, label, words)) == own


@pytest.mark.parametrize(
    ("surface", "expected"),
    [("PKSM (Pekan Karya Sastra Muda)", ("Pekan Karya Sastra Muda", "PKSM")),
     ("Universitas Wijaya (Unwi) Batu", ("Universitas Wijaya", "Unwi")),
     ("Hotel Melati (lantai dua)", ("", "")), ("Bank Sampah (Persero)", ("", "")), ("Pekan Karya", ("", ""))],
)  # fmt: skip
def test_long_and_short_forms(surface, expected):
    assert long_and_short(surface) == expected


def test_surfaces_of_records_have_the_label_of_their_slot():
    award = {
        "recipient": "SMPN 1 Melati", "recipient_type": "school",
        "organiser": ["Dinas Sosial", "Harian Kencana"], "place": "Hotel Melati, Prancis",
        "giver_position": "Menteri Sosial", "event": None, "work": "Sapu Jagat",
        "accept": {"recipient": ["Pemkab Melati"], "status": ["won"]}, "evidence": ["Anything."],
    }  # fmt: skip
    assert set(surfaces(page("x", awards=[award]))) == {
        Surface("SMPN 1 Melati", "ORGANISATION"), Surface("Pemkab Melati", "AGENCY"),
        Surface("Dinas Sosial", "AGENCY"), Surface("Harian Kencana", "ORGANISATION"),
        Surface("Hotel Melati", "FACILITY"), Surface("Prancis", "PLACE"),
        Surface("Menteri Sosial", "POSITION"), Surface("Sapu Jagat", "WORK"),
    }  # fmt: skip
    team = {"recipient": "Dua siswa SMPN 1 Melati", "recipient_type": "person"}
    assert surfaces(page("x", awards=[team])) == (Surface("Dua siswa SMPN 1 Melati", "ORGANISATION"),)


def test_entities_come_first_and_know_what_is_inside():
    award = {"recipient": "Bupati Sari Wulandari", "recipient_type": "person", "organiser": "Kencana Grup"}
    text = "Bupati Sari Wulandari dari Kencana Grup"
    names = ("Sari Wulandari", "PERSON"), ("Kencana Grup", "EVENT"), ("Grup", "PLACE")
    record = page(text, *names, awards=[award])
    assert surfaces(record) == (
        Surface("Sari Wulandari", "PERSON"), Surface("Kencana Grup", "EVENT", ((8, 12),)),
        Surface("Grup", "PLACE"),
    )  # fmt: skip
