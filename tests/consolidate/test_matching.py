"""Which records are the same award."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.consolidate import COLUMNS, consolidate, matching
from tests.consolidate.conftest import body, person, record


def pages(rows: list[dict[str, Any]]) -> list[str]:
    """The pages of each award."""
    return sorted(row["doc_ids"] for row in consolidate(rows))


def same(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return len(consolidate([a, b])) == 1


def test_ten_outlets_are_one_row_with_ten_sources() -> None:
    rows = [
        record(1),
        record(2, result="Juara 2", result_kind="juara"),
        record(3, result="peringkat kedua", result_kind="peringkat"),
        record(4, event="Anugrah Media Humas"),
        record(5, event="AMH", event_abbr=""),
        record(6, category="Medsos"),
        record(7, category="Kategori Pengelolaan Media Sosial"),
        record(8, category="", result="", result_kind="", rank=None),
        record(9, year=None, date="2024-10-10"),
        record(10, recipient_name="Kota Salatiga", recipient_type="", recipient_code=""),
    ]
    (row,) = consolidate(rows)
    assert row["pages"] == row["tellings"] == 10
    assert row["sources"].split("; ") == [f"https://berita-{n}.example/amh" for n in range(1, 11)]
    assert row["doc_ids"].split("; ") == [f"page-{n:02}" for n in range(1, 11)]
    assert row["recipient_name"] == "Pemerintah Kota Salatiga"
    assert (row["event"], row["year"], row["category"], row["rank"]) == (
        "Anugerah Media Humas",
        2024,
        "Media Sosial",
        2,
    )
    assert row["first_published"] == "2024-10-11"
    assert row["last_published"] == "2024-10-20"
    assert row["confidence"] == pytest.approx(0.99)
    assert list(row) == [column.name for column in COLUMNS]


@pytest.mark.parametrize(
    "cells",
    [
        {"year": 2023},
        {"rank": 3, "result": "Terbaik III"},
        {"result": "Harapan 2", "result_kind": "harapan"},
        {"status": "nominated", "result": "nominasi", "result_kind": "nominee", "rank": None},
        {"category": "Website"},
        {"event": "Anugerah Humas Indonesia", "event_abbr": "AHI"},
        {
            "recipient_name": "Pemerintah Kabupaten Semarang",
            "recipient_code": "33.22",
            "recipient_type": "regency",
        },
        {"recipient_name": "Dinas Kesehatan Kota Salatiga", "recipient_type": "agency"},
    ],
    ids=["year", "rank", "harapan", "nominated", "category", "event", "region", "agency of the region"],
)
def test_different_awards_stay_apart(cells: dict[str, Any]) -> None:
    assert not same(record(1), record(2, **cells))


def test_kota_and_kabupaten_of_one_name_stay_apart() -> None:
    kota = record(1, recipient_name="Pemerintah Kota Malang", recipient_code="35.73")
    kabupaten = record(
        2, recipient_name="Pemerintah Kabupaten Malang", recipient_code="35.07", recipient_type="regency"
    )
    assert not same(kota, kabupaten)


class TestEditions:
    def test_past_and_current_are_one_if_the_year_is_the_same(self) -> None:
        assert same(record(1, timeframe="past"), record(2))
        (row,) = consolidate([record(1, timeframe="past"), record(2)])
        assert row["timeframe"] == "current"

    def test_a_past_win_without_a_year_joins_nothing(self) -> None:
        past = {"timeframe": "past", "year": None, "date": "2024-10-10"}
        assert not same(record(1, **past), record(2))
        assert not same(record(1, **past), record(2, **past))

    @pytest.mark.parametrize("cells", [{"date": "2024-10-10"}, {"date": "2024"}, {"date": ""}])
    def test_the_date_of_award_or_page_tells_the_year(self, cells: dict[str, Any]) -> None:
        assert same(record(1, year=None, **cells), record(2))

    def test_a_date_of_another_year_tells_another_edition(self) -> None:
        assert not same(record(1, year=None, published="2023-10-31"), record(2))
        assert not same(record(1, year=None, date="2023-10-31"), record(2))

    def test_no_date_and_no_year_is_no_edition(self) -> None:
        assert not same(record(1, year=None, published=""), record(2))

    def test_the_edition_number_tells_the_year_if_another_page_gives_both(self) -> None:
        numbered = record(1, year=None, edition=8, published="")
        assert same(numbered, record(2, edition=8))
        assert not same(numbered, record(2, edition=9))
        assert len(consolidate([numbered, record(2, edition=8), record(3, edition=8, year=2023)])) == 3


class TestOpenRecords:
    def test_without_result(self) -> None:
        assert same(record(1), record(2, result="", result_kind="", rank=None))

    def test_without_category(self) -> None:
        assert same(record(1), record(2, category=""))

    def test_without_rank(self) -> None:
        assert same(record(1), record(2, result="Terbaik", rank=None))

    def test_two_halves_meet_in_the_fuller_one(self) -> None:
        halves = [record(1, category=""), record(2, result="", result_kind="", rank=None)]
        assert len(consolidate(halves)) == 2
        assert len(consolidate([*halves, record(3)])) == 1

    def test_two_fuller_ones_leave_it_open(self) -> None:
        website = record(2, category="Website")
        nothing = record(3, category="", result="", result_kind="", rank=None)
        assert pages([record(1), website, nothing]) == ["page-01", "page-02", "page-03"]
        assert pages([record(1), website, record(3, category="")]) == ["page-01", "page-02", "page-03"]

    def test_the_rank_decides_between_two(self) -> None:
        website = record(2, category="Website", rank=1, result="Terbaik I")
        assert pages([record(1), website, record(3, category="")]) == ["page-01; page-03", "page-02"]

    def test_only_in_the_same_edition_and_status(self) -> None:
        nothing = {"category": "", "result": "", "result_kind": "", "rank": None}
        assert not same(record(1), record(2, **nothing, year=2023))
        assert not same(record(1), record(2, **nothing, event="Anugerah Humas Indonesia", event_abbr="AHI"))
        nominated = record(1, status="nominated", result="nominasi", result_kind="nominee", rank=None)
        assert not same(nominated, record(2, **nothing))

    def test_a_bare_nomination_joins_the_only_one(self) -> None:
        named = record(1, status="nominated", result="6 besar", result_kind="top", rank=None)
        bare = record(2, status="nominated", result="nominasi", result_kind="nominee", rank=None)
        assert same(named, bare)
        assert same(bare, {**bare, "category": "", "doc_id": "page-03"})

    def test_another_kind_of_result_is_not_open(self) -> None:
        assert not same(record(1), record(2, result="Juara Harapan", result_kind="harapan", rank=None))

    def test_the_value_of_the_fuller_one_is_shown(self) -> None:
        loud = record(2, result="Terbaik", rank=None, confidence=1.0)
        (row,) = consolidate([record(1, confidence=0.5), loud])
        assert (row["result"], row["rank"]) == ("Terbaik II", 2)
        assert row["evidence_doc_id"] == "page-01"
        assert row["confidence"] < 0.7  # the open one says little about the rank


class TestRecipients:
    def test_a_missing_code_is_completed_by_the_only_one(self) -> None:
        assert same(body(1, recipient_code="33.73"), body(2))

    def test_two_codes_leave_it_open(self) -> None:
        rows = [body(1, recipient_code="33.73"), body(2, recipient_code="35.73"), body(3)]
        assert pages(rows) == ["page-01", "page-02", "page-03"]

    def test_dinas_kesehatan_may_be_any(self) -> None:
        any_ = {"recipient_type": "agency", "result": "Bintang 5", "result_kind": "star", "rank": None}
        assert not same(body(1, "Dinas Kesehatan", **any_), body(2, "Dinas Kesehatan", **any_))

    def test_but_the_first_rank_has_one_winner(self) -> None:
        assert same(
            body(1, "SD Negeri 1", recipient_type="school", rank=1),
            body(2, "SDN 1", recipient_type="school", rank=1),
        )

    def test_abbreviations_of_agencies(self) -> None:
        code = {"recipient_type": "agency", "recipient_code": "33.73"}
        assert same(
            body(1, "Diskominfo Kota Salatiga", **code),
            body(2, "Dinas Komunikasi dan Informatika Kota Salatiga", **code),
        )
        assert same(
            body(1, "Kemendagri", recipient_type="ministry"),
            body(2, "Kementerian Dalam Negeri RI", recipient_type="ministry"),
        )

    def test_an_abbreviation_is_written_out_by_another_page(self) -> None:
        full = body(1, "Politeknik Nusapenida", recipient="Politeknik Nusapenida (Polinusa)")
        assert same(full, body(2, "Polinusa"))
        assert not same(full, body(2, "Polinusa", event="Lomba Lain"))
        other = body(3, "Politeknik Nusantara", recipient="Politeknik Nusantara (Polinusa)")
        assert len(consolidate([full, body(2, "Polinusa"), other])) == 3

    def test_a_village_is_its_government(self) -> None:
        village = {"recipient_type": "village", "recipient_code": "33.73.01"}
        assert same(body(1, "Pemerintah Desa Kalimas", **village), body(2, "Desa Kalimas", **village))
        assert not same(body(1, "Desa Kalimas", **village), body(2, "Kecamatan Kalimas", **village))

    def test_legal_forms_and_brackets(self) -> None:
        company = {"recipient_type": "company"}
        assert same(
            body(1, "PT Sinar Laut Timur Tbk", **company), body(2, "Sinar Laut Timur (SLT)", **company)
        )

    def test_titles_of_persons(self) -> None:
        assert same(person(1, "Dr. H. Rahmat Hidayatullah, M.Si."), person(2))


class TestTypos:
    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ("Universitas Bhakti Pesisir", "Universitas Bhakti Pesisr"),
            ("Universitas Bhakti Pesisir", "Univesritas Bhakti Pesisir"),
            ("Politeknik Kelautan Nusapenida", "Politeknik Kelautan Nusapenidda"),
            ("Yayasan Wirabhumiputra Jaya", "Yayasan Wirabumiputera Jaya"),
        ],
    )
    def test_one_slip(self, a: str, b: str) -> None:
        assert same(body(1, a), body(2, b))

    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ("SMK Bhakti 1", "SMK Bhakti 2"),
            ("Tim Garuda II", "Tim Garuda III"),
            ("Sanggar Putra Rimba", "Sanggar Putri Rimba"),
            ("Universitas Bhakti Pesisir", "Universitas Bakti Pesisr"),
            ("Universitas Negeri Timur", "Universitas Negeri Tumur Jaya"),
            ("Kelompok Melati Putih", "Kelompok Delati Putih"),
        ],
        ids=["digits", "roman", "gender", "two words", "length", "first letter"],
    )
    def test_no_slip(self, a: str, b: str) -> None:
        assert not same(body(1, a), body(2, b))

    def test_persons_only_where_one_alone_can_win(self) -> None:
        other = "Rahmad Hidayatullah"
        assert same(person(1), person(2, other))
        many = {"result": "Medali Perak", "result_kind": "medal", "rank": None}
        assert not same(person(1, **many), person(2, other, **many))

    def test_a_person_on_one_page_is_a_person(self) -> None:
        medal = {"result": "Medali Perak", "result_kind": "medal", "rank": None}
        coded = {**medal, "recipient_code": "33.73"}
        name, slip = "Rahmat Hidayatullah", "Rahmad Hidayatullah"
        assert same(body(1, name, **coded), body(2, slip, **coded))
        rows = [person(3, name, **medal), body(1, name, **coded), body(2, slip, **coded)]
        assert pages(rows) == pages(rows[::-1]) == ["page-01; page-03", "page-02"]

    def test_in_events_and_categories(self) -> None:
        assert same(record(1), record(2, event="Anugerah Media Humsa", event_abbr=""))
        assert same(body(1, category="Konservasi Mangrove"), body(2, category="Konservasi Mangrovee"))

    def test_not_with_another_rank_year_or_region(self) -> None:
        slip = "Universitas Bhakti Pesisr"
        assert not same(body(1), body(2, slip, rank=3))
        assert not same(body(1), body(2, slip, year=2023))
        assert not same(body(1, recipient_code="33.73"), body(2, slip, recipient_code="35.73"))

    def test_one_slip_does_not_lead_to_the_next(self) -> None:
        names = ["Yayasan Wirasakti", "Yayasan Wirasaktis", "Yayasan Wirasaktist"]
        rows = [body(n, name) for n, name in enumerate(names)]
        rows += [body(n + 10, names[0]) for n in range(3)]
        assert len(consolidate(rows)) == 2

    def test_between_two_it_joins_neither(self) -> None:
        rows = [body(n, "Yayasan Wirasakti") for n in (1, 2)] + [body(n, "Yayasan Wirosaksi") for n in (3, 4)]
        assert len(consolidate(rows)) == 2
        assert pages([*rows, body(5, "Yayasan Wirasaksi")])[-1] == "page-05"

    def test_two_known_events_are_never_a_slip_of_each_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rows = body(1, event="Lomba Kreativitas Pesisir"), body(2, event="Lomba Kreatvitas Pesisir")
        assert same(*rows)
        monkeypatch.setattr(matching, "is_known_event", lambda _: True)
        assert not same(*rows)


class TestNames:
    def test_an_abbreviation_is_written_out_by_another_page(self) -> None:
        name = "Lomba Cipta Gagasan Nusantara"
        assert same(body(1, event=name, event_abbr="LCGN"), body(2, event="LCGN"))
        other = body(3, event="Lomba Cipta Gending Nusantara", event_abbr="LCGN")
        assert len(consolidate([body(1, event_abbr="LCGN"), body(2, event="LCGN"), other])) == 3

    def test_year_and_edition_in_an_event_do_not_matter(self) -> None:
        assert same(body(1), body(2, event="Penghargaan Lomba Cipta Gagasan Nusantara ke-4 Tahun 2024"))

    def test_brackets_in_a_category(self) -> None:
        assert same(record(1, category="Siaran Pers (Media Online)"), record(2, category="Siaran Pers"))
        assert same(body(1, category="Rencana Kerja (RK)"), body(2, category="Rencana Kerja"))
        assert not same(body(1, category="Tunggal (Putra)"), body(2, category="Tunggal (Putri)"))

    def test_spaces_and_small_words(self) -> None:
        assert same(body(1, category="Karya Audio Visual"), body(2, category="Karya Audiovisual"))
        assert same(body(1, category="Seni dan Budaya"), body(2, category="Seni & Budaya"))

    def test_without_event_it_needs_category_and_result(self) -> None:
        assert same(body(1, event=""), body(2, event=""))
        assert not same(body(1, event="", category=""), body(2, event="", category=""))

    def test_a_stock_phrase_shows_no_copy(self) -> None:
        cells = {"event": "", "category": "", "evidence": "meraih Terbaik II"}
        assert not same(body(1, **cells), body(2, **cells))

    def test_a_record_that_says_too_little_is_itself_on_a_copy_only(self) -> None:
        copied = "Universitas Bhakti Pesisir pulang dengan piala besar"
        cells = {"event": "", "category": "", "evidence": copied}
        assert same(body(1, **cells), body(2, **cells))


class TestResults:
    @pytest.mark.parametrize(
        ("kind", "a", "b"),
        [
            ("medal", "Medali Emas", "Gold Medal"),
            ("medal", "perunggu", "Bronze Winner"),
            ("star", "Bintang Lima", "Bintang 5"),
            ("top", "Top 6", "enam besar"),
            ("grade", "WTP", "opini Wajar Tanpa Pengecualian"),
            ("overall", "Juara Umum", "Best of the Best"),
        ],
    )
    def test_the_same(self, kind: str, a: str, b: str) -> None:
        cells = {"result_kind": kind, "rank": None}
        assert same(record(1, result=a, **cells), record(2, result=b, **cells))

    @pytest.mark.parametrize(
        ("kind", "a", "b"),
        [
            ("medal", "Medali Emas", "Medali Perak"),
            ("star", "Bintang 4", "Bintang 5"),
            ("top", "Top 45", "Top 99"),
            ("grade", "Nindya", "Madya"),
            ("overall", "Juara Umum 1", "Juara Umum 2"),
            ("overall", "Juara Umum", "Platinum"),
        ],
    )
    def test_different(self, kind: str, a: str, b: str) -> None:
        cells = {"result_kind": kind, "rank": None}
        assert not same(record(1, result=a, **cells), record(2, result=b, **cells))

    def test_another_rank_in_the_category_is_a_rival(self) -> None:
        rows = consolidate(
            [record(1), record(2, rank=3, result="Terbaik III"), record(3, category="Website")]
        )
        by_page = {row["doc_ids"]: row for row in rows}
        assert by_page["page-01"]["rivals"] == by_page["page-02"]["award_id"]
        assert by_page["page-02"]["rivals"] == by_page["page-01"]["award_id"]
        assert by_page["page-03"]["rivals"] == ""


# Small alphabets, so that records often meet.
records = st.builds(
    lambda number, cells: record(number, **cells),
    st.integers(1, 9),
    st.fixed_dictionaries(
        {
            "recipient_name": st.sampled_from(
                ["Pemerintah Kota Salatiga", "Universitas Pesisir", "Universitas Pesisr"]
            ),
            "recipient_type": st.sampled_from(["city", "university", "person", "agency"]),
            "recipient_code": st.sampled_from(["", "33.73", "35.73"]),
            "event": st.sampled_from(["", "AMH", "Anugerah Media Humas", "Anugerah Media Humsa", "Lomba X"]),
            "event_abbr": st.sampled_from(["", "AMH"]),
            "edition": st.sampled_from([None, 8]),
            "year": st.sampled_from([None, 2023, 2024]),
            "category": st.sampled_from(["", "Media Sosial", "Medsos", "Kelautan Biru", "Kelauatan Biru"]),
            "rank": st.sampled_from([None, 1, 2]),
            "result": st.sampled_from(["", "Juara", "Terbaik"]),
            "status": st.sampled_from(["won", "nominated"]),
            "timeframe": st.sampled_from(["current", "past"]),
            "date": st.sampled_from(["", "2024-10", "2024-10-10", "2024-10-11"]),
            "published": st.sampled_from(["", "2024-01-01"]),
            "giver": st.sampled_from(["", "Budi", "Budi Santoso", "Budi Raharjo"]),
            "organiser": st.sampled_from(["", "Bakohumas", "Bakohumas; Kominfo"]),
            "evidence": st.sampled_from(["", "satu", "kalimat yang sama di dua halaman berbeda"]),
            "confidence": st.floats(0, 1),
        }
    ),
)


@given(st.data())
@settings(max_examples=60)
def test_the_order_of_the_rows_does_not_matter(data: st.DataObject) -> None:
    rows = data.draw(st.lists(records, max_size=14))
    assert consolidate(data.draw(st.permutations(rows))) == consolidate(rows)


tellings = st.builds(
    lambda number, cells: record(number, **cells),
    st.integers(1, 4),
    st.fixed_dictionaries(
        {
            "year": st.sampled_from([None, 2024]),
            "recipient_name": st.sampled_from(["Pemerintah Kota Salatiga", "Kota Salatiga"]),
            "result": st.sampled_from(["Juara 2", "Terbaik II"]),
            "date": st.sampled_from(["", "2024-10", "2024-10-10", "2024-10-11"]),
            "giver": st.sampled_from(["", "Budi", "Budi Santoso", "Budi Raharjo"]),
            "giver_position": st.sampled_from(["", "Menteri", "Bupati"]),
            "organiser": st.sampled_from(["", "Bakohumas", "Bakohumas; Kominfo", "Kominfo"]),
            "evidence": st.sampled_from(
                ["satu", "dua kata", "sembilan kata yang sama di dua halaman yang berbeda"]
            ),
            "confidence": st.sampled_from([0.1, 0.2, 0.3, 0.7]),
        }
    ),
)


@given(st.data())
@settings(max_examples=60)
def test_the_order_of_the_tellings_of_one_award_does_not_matter(data: st.DataObject) -> None:
    rows = [record(9), *data.draw(st.lists(tellings, min_size=1, max_size=10))]
    (row,) = consolidate(rows)
    assert consolidate(data.draw(st.permutations(rows))) == [row]


@given(st.lists(records, max_size=14))
def test_what_must_never_meet_never_does(rows: list[dict[str, Any]]) -> None:
    for number, row in enumerate(rows):
        row["record_id"] = f"{number:012x}"
    by_id = {row["record_id"]: row for row in rows}
    awards = consolidate(rows)
    assert sorted(i for award in awards for i in award["record_ids"].split()) == sorted(by_id)
    assert len({award["award_id"] for award in awards}) == len(awards)
    for award in awards:
        told = [by_id[i] for i in award["record_ids"].split()]
        assert len({row["status"] for row in told}) == 1
        for slot, column in (("year", "year"), ("rank", "rank"), ("recipient_code", "recipient_code")):
            stated = {row[slot] for row in told} - {None, ""}
            assert len(stated) <= 1
            assert stated <= {award[column]}
        assert 0 <= award["confidence"] <= 1
        assert award["tellings"] <= award["pages"] <= len(told)
