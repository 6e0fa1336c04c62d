from __future__ import annotations

import doctest
import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.check import check_records
from pipeline.evaluation.gold import SURFACE_FIELDS, read_records
from pipeline.evaluation.made_up_names import MadeUpNames, SameNames
from pipeline.evaluation.manifest import annotations_folder
from pipeline.evaluation.name_swap import swap_record, swap_records
from tests.evaluation.swap_pages import Telling, page, swapped

PERSON, AGENCY, PLACE, EVENT = "PERSON", "AGENCY", "PLACE", "EVENT"
ORGANISATION, FACILITY, POSITION, WORK, CATEGORY = "ORGANISATION", "FACILITY", "POSITION", "WORK", "CATEGORY"
OWN = read_records(annotations_folder() / "dev" / "pages.jsonl")

PERSONS = (
    ("Drs. H. Sari Wulandari, M.Si. berpidato. \"Kita,\" kata Sari. Wulandari lalu pamit.",
     "Drs. H. Sarix Wulandarix, M.Si. berpidato. \"Kita,\" kata Sarix. Wulandarix lalu pamit."),
    ("SARI WULANDARI MENANG. Sari Wulandari senang; trofi Sari-Joko, kata Wulandari-nya.",
     "SARIX WULANDARIX MENANG. Sarix Wulandarix senang; trofi Sarix-Joko, kata Wulandarix-nya."),
    ("Sari Wulandari dan S. Wulandari. #SariWulandari @sari.wulandari",
     "Sarix Wulandarix dan S. Wulandarix. #SarixWulandarix @sarix.wulandarix"),
    ("Yayasan Sari Wulandari berdiri. Sari Wulandari hadir.",
     "Yayasan Sarix Wulandarix berdiri. Sarix Wulandarix hadir."),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PERSONS)
def test_persons_with_titles_short_forms_capitals_and_hashtags(text, expected):
    surface = "Sari Wulandari, M.Si." if "M.Si" in text else "Sari Wulandari"
    assert swapped(text, (surface, PERSON)) == expected


def test_a_word_of_a_name_that_is_also_a_common_word_stays_alone():
    text = "Cahaya Mulia menang. Semoga cahaya ini abadi. Cahaya pagi di Cahaya Mulia Raya."
    assert swapped(text, ("Cahaya Mulia", PERSON)) == (
        "Cahayax Muliax menang. Semoga cahaya ini abadi. Cahaya pagi di Cahayax Muliax Raya."
    )


BODIES = (
    ("SMAN 2 Tunas Harapan menang. Siswa SMAN 2 Tunas Harapan senang.", "SMAN 2 Tunas Harapan", ORGANISATION,
     "SMAN 2 Tunasx Harapanx menang. Siswa SMAN 2 Tunasx Harapanx senang."),
    ("PT Melati Sakti (Persero) Tbk untung. Melati Sakti besar.", "PT Melati Sakti (Persero) Tbk",
     ORGANISATION, "PT Melatix Saktix (Persero) Tbk untung. Melatix Saktix besar."),
    ("Bank Wirabumi untung, kata Wirabumi.", "Bank Wirabumi", ORGANISATION,
     "Bank Wirabumix untung, kata Wirabumix."),
    ("WARTASARI.ID, portal Wartasari.id", "Wartasari.id", ORGANISATION,
     "WARTASARIX.ID, portal Wartasarix.id"),
    ("RSUD Kencana Wungu ramah.", "RSUD Kencana Wungu", AGENCY, "RSUD Kencanax Wungux ramah."),
    ("Hotel Grand Kenanga penuh.", "Hotel Grand Kenanga", FACILITY, "Hotel Grand Kenangax penuh."),
    ("Fakultas Teknik Universitas Wijayasari", "Fakultas Teknik Universitas Wijayasari", ORGANISATION,
     "Fakultas Teknik Universitas Wijayasari"),
    ("Kementerian Komunikasi dan Digital (Komdigi)", "Kementerian Komunikasi dan Digital (Komdigi)", AGENCY,
     "Kementerian Komunikasi dan Digital (Komdigi)"),
    ("Tim Penggerak PKK hadir.", "Tim Penggerak PKK", ORGANISATION, "Tim Penggerak PKK hadir."),
)  # fmt: skip


@pytest.mark.parametrize(("text", "surface", "label", "expected"), BODIES)
def test_bodies_keep_class_words_numbers_and_legal_forms(text, surface, label, expected):
    assert swapped(text, (surface, label)) == expected


EVENTS = (
    ("Anugerah Pena Kencana (APK) 2024. Trofi APK. ANUGERAH PENA KENCANA! #APK2024",
     "Anugerah Pena Kencana (APK)",
     "Anugerah Penax Kencanax (APX) 2024. Trofi APX. ANUGERAH PENAX KENCANAX! #APX2024"),
    ("Lomba Bina Warga Nasional: lomba bina warga nasional ramai.", "Lomba Bina Warga Nasional",
     "Lomba Binax Wargax Nasional: lomba binax wargax nasional ramai."),
    ("Kalpasari Award malam ini; sekolah Kalpasari Mandiri.", "Kalpasari Award",
     "Kalpasarix Award malam ini; sekolah Kalpasarix Mandiri."),
    ("mengikuti lomba memasak dan Kejuaraan Pencak Silat", "lomba memasak",
     "mengikuti lomba memasak dan Kejuaraan Pencak Silat"),
    ("meraih opini Wajar Tanpa Pengecualian (WTP), WTP ke-9", "opini Wajar Tanpa Pengecualian (WTP)",
     "meraih opini Wajar Tanpa Pengecualian (WTP), WTP ke-9"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "surface", "expected"), EVENTS)
def test_events_with_brackets_short_forms_and_descriptions(text, surface, expected):
    # Initials stay with these names, so that an abbreviation needs new letters.
    assert swapped(text, (surface, EVENT)) == expected


def test_an_abbreviation_is_made_of_the_new_words():
    record = page("Anugerah Pena Kencana (APK) 2024", ("Anugerah Pena Kencana (APK)", EVENT))
    new = swap_record(record, MadeUpNames("own"))["text"]
    name, _, letters = new.removesuffix(") 2024").partition(" (")
    assert letters == "".join(word[0] for word in name.split())
    assert letters != "APK"


def test_works_keep_small_words_and_length_and_categories_their_common_words():
    text = (
        "Film “Senja di Atas Dermaga” menang kategori Film Pendek. Kategori Pena Kencana Muda dibuka "
        "oleh Anugerah Pena Kencana."
    )
    entities = (("Senja di Atas Dermaga", WORK), ("Film Pendek", CATEGORY))
    assert swapped(text, *entities, ("Anugerah Pena Kencana", EVENT), ("Pena Kencana Muda", CATEGORY)) == (
        "Film “Senjax di Atas Dermagax” menang kategori Film Pendek. Kategori Penax Kencanax Muda dibuka "
        "oleh Anugerah Penax Kencanax."
    )


def test_regions_their_governments_and_offices_follow_and_ministries_stay():
    text = (
        "Pemkot Malang dan Dinas Kesehatan Kota Malang, Jatim, menang. MALANG bangga. Wali Kota Malang "
        "hadir. Kementerian Kesehatan; Rabu (3/3/2026). #MalangJuara @pemkotmalang https://www.malangkota.go.id"
    )
    entities = (
        ("Pemkot Malang", AGENCY), ("Dinas Kesehatan Kota Malang", AGENCY), ("Kota Malang", PLACE),
        ("Jatim", PLACE), ("Malang", PLACE), ("Wali Kota Malang", POSITION),
        ("Kementerian Kesehatan", AGENCY),
    )  # fmt: skip
    new = swapped(text, *entities, regions={"Jawa Timur": "Jawa Barat", "Malang": "Bogor"})
    assert new == text.replace("Malang", "Bogor").replace("MALANG", "BOGOR").replace(
        "malang", "bogor"
    ).replace("Jatim", "Jabar")


def test_records_are_rewritten_with_the_text_and_codes_follow():
    text = (
        "Kota Batu Menang\nPemerintah Kota Batu meraih Juara I Siaran Pers pada Anugerah Pena Kencana (APK) "
        "2024. Piala diterima Sari Wulandari."
    )
    award = {
        "recipient": "Pemerintah Kota Batu", "recipient_type": "city",
        "recipient_name": "Pemerintah Kota Batu",
        "recipient_region_code": "35.79", "event": "Anugerah Pena Kencana", "event_abbr": "APK",
        "category": "Siaran Pers", "result": "Juara I", "received_by": "Sari Wulandari", "organiser": [],
        "accept": {"recipient": ["Pemkot Batu"], "event": ["Anugerah Pena Kencana Tahun 2024"], "rank": [1]},
        "evidence": ["Piala diterima Sari Wulandari."],
        "spans": {"received_by": [[text.index("Sari"), len(text) - 1]], "organiser": [None]},
    }  # fmt: skip
    record = page(
        text, awards=[award], title="Kota Batu Menang", title_span=[0, 16],
        sentences=[[0, 16], [17, text.index("Piala") - 1]],
        notes="Kota Batu", arguable_entities=[{"label": "PLACE", "start": 5, "end": 9}],
    )  # fmt: skip
    new = swap_record(record, Telling({"Batu": "Metro"}))
    (made,) = new["awards"]
    assert new["text"].startswith("Kota Metro Menang\nPemerintah Kota Metro meraih")
    assert new["title"] == "Kota Metro Menang"
    assert (new["title_span"], new["sentences"][0]) == ([0, 17], [0, 17])
    assert new["text"][slice(*new["sentences"][1])].endswith("(APX) 2024.")
    assert new["arguable_entities"] == [{"label": "PLACE", "start": 5, "end": 10}]
    assert new["notes"] == "Kota Batu"
    assert (made["recipient"], made["recipient_name"]) == ("Pemerintah Kota Metro",) * 2
    assert made["recipient_region_code"] == "18.72"
    assert (made["event"], made["received_by"]) == ("Anugerah Penax Kencanax", "Sarix Wulandarix")
    assert made["accept"]["recipient"] == ["Pemkot Metro"]
    assert made["accept"]["event"] == ["Anugerah Penax Kencanax Tahun 2024"]
    assert made["accept"]["rank"] == [1]
    assert made["evidence"] == ["Piala diterima Sarix Wulandarix."]
    assert new["text"][slice(*made["spans"]["received_by"][0])] == "Sarix Wulandarix"
    assert (made["category"], made["result"]) == ("Siaran Pers", "Juara I")
    assert record["text"] == text, "the old page is not touched"


def test_a_page_without_entities_is_exchanged_by_its_records_alone():
    text = "Bupati Sari Wulandari membuka Festival Melati. Joko Santoso menang."
    award = {"recipient": "Joko Santoso", "recipient_type": "person"}
    assert swapped(text, awards=[award]) == text.replace("Joko Santoso", "Jokox Santosox")
    assert swapped(text) == text


def problems(record: dict[str, Any]) -> list[tuple[str, str]]:
    return [(problem.id, problem.place) for problem in check_records([record])]


@pytest.mark.parametrize("record", OWN, ids=lambda record: record["doc_id"])
def test_swapped_own_pages_pass_the_gold_checks(record):
    new = swap_record(record, MadeUpNames(record["doc_id"]))
    assert problems(new) == problems(record)
    for old, made in zip(record.get("entities") or (), new.get("entities") or (), strict=True):
        assert made["text"] == new["text"][made["start"] : made["end"]]
        assert (old["label"] in {"DATE", "RESULT"}) <= (old["text"] == made["text"])
    names = [e["text"] for e in record.get("entities") or () if e["label"] == "PERSON"]
    assert [name for name in names if name in new["text"]] == []


def test_the_same_names_give_the_page_back_and_two_runs_the_same():
    assert swap_records(OWN, lambda _page: SameNames()) == [dict(record) for record in OWN]
    assert json.dumps(swap_records(OWN)) == json.dumps(swap_records(OWN))
    assert swap_records(OWN[:1]) != swap_records(OWN[:1], lambda name: MadeUpNames(name, seed=15))


NAMES = (
    ("Sari Wulandari", PERSON), ("Joko", PERSON), ("Kota Malang", PLACE), ("Jawa Timur", PLACE),
    ("NTB", PLACE),
    ("Kabupaten Kulon Progo", PLACE), ("Kecamatan Lowokwaru", PLACE), ("Desa Sumberejo", PLACE),
    ("PT Melati Sakti Tbk", ORGANISATION), ("Universitas Wijayasari (Unwi)", ORGANISATION),
    ("Unwi", ORGANISATION),
    ("Pemkab Kulon Progo", AGENCY), ("Anugerah Pena Kencana (APK)", EVENT), ("APK", EVENT),
    ("Senja di Dermaga", WORK), ("Hotel Kenanga Malang", FACILITY), ("Rabu (3/3/2026)", "DATE"),
)  # fmt: skip
FILLERS = (" meraih ", ", ", ". ", " – ", "\n", " dan ", " (", ") ", " #", "-", "\u00a0", " di ")


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(FILLERS), st.booleans()), max_size=12))
def test_rewriting_keeps_all_offsets_and_surfaces_true(pieces):
    text, entities, limits = "", [], [0]
    for (surface, label), filler, shout in pieces:
        written = surface.upper() if shout else surface
        entities.append(
            {"label": label, "text": written, "start": len(text), "end": len(text) + len(written)}
        )
        text += written + filler
        limits.append(len(text))
    sentences = [[a, b] for a, b in pairwise(limits)]
    award = (
        {"recipient": entities[0]["text"], "recipient_type": "company", "evidence": [text]}
        if entities
        else {}
    )
    record = page(text, awards=[award] if entities else (), sentences=sentences) | {"entities": entities}
    new = swap_record(record, MadeUpNames("own"))
    assert [e["text"] for e in new["entities"]] == [
        new["text"][e["start"] : e["end"]] for e in new["entities"]
    ]
    assert [e["label"] for e in new["entities"]] == [e["label"] for e in entities]
    assert [new["text"][a:b] for a, b in new["sentences"]] == (
        [e["text"] + filler for e, (_, filler, _) in zip(new["entities"], pieces, strict=True)]
    ), "what stands between the names is as before"
    for made in new["awards"]:
        assert all(made[slot] in new["text"] for slot in SURFACE_FIELDS if isinstance(made.get(slot), str))
        assert made["evidence"] == [new["text"]]


def test_the_example_of_the_documentation_is_true(monkeypatch):
    monkeypatch.chdir(annotations_folder().parent)
    results = doctest.testfile(
        str(annotations_folder().parent / "docs" / "evaluation.md"), module_relative=False
    )
    assert (results.attempted, results.failed) == (7, 0)
