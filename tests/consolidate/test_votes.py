"""What a row says where pages differ, and how sure it is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.consolidate import consolidate
from pipeline.consolidate.consolidator import combined_confidence
from tests.consolidate.conftest import record


def one(*rows: dict[str, Any], **options: Any) -> dict[str, Any]:
    (row,) = consolidate(rows, **options)
    return row


class TestConflicts:
    def test_the_heavier_value_wins_and_the_others_are_listed(self) -> None:
        row = one(
            record(1, date="2024-10-10", confidence=0.4),
            record(2, date="2024-10-10", confidence=0.5),
            record(3, date="2024-10-11", confidence=0.8),
        )
        assert row["date"] == "2024-10-10"
        assert json.loads(row["conflicts"]) == {"date": {"2024-10-10": 2, "2024-10-11": 1}}
        assert json.loads(row["agreement"])["date"] == "2/3"

    def test_one_sure_page_outweighs_two_doubtful_ones(self) -> None:
        row = one(
            record(1, giver="Budi Santoso", confidence=0.3),
            record(2, giver="Budi Santoso", confidence=0.3),
            record(3, giver="Ani Lestari", confidence=0.9),
        )
        assert row["giver"] == "Ani Lestari"
        assert json.loads(row["conflicts"])["giver"] == {"Ani Lestari": 1, "Budi Santoso": 2}

    def test_no_conflict_no_cell(self) -> None:
        row = one(record(1, giver="Budi Santoso"), record(2))
        assert (row["giver"], row["agreement"], row["conflicts"]) == ("Budi Santoso", "", "")

    @pytest.mark.parametrize(
        ("slot", "a", "b"),
        [
            ("date", "2024-10", "2024-10-10"),
            ("giver", "Budi Santoso", "Dr. Budi Santoso, M.Si."),
            ("giver", "Budi", "Budi Santoso"),
            ("place", "Hotel Merdeka", "Hotel Merdeka, Bandung"),
            ("place_code", "32", "32.73"),
            ("received_by_position", "Kepala Diskominfo", "Kepala Dinas Komunikasi dan Informatika Salatiga"),
            ("work", "“Suara Warga”", "Suara Warga"),
        ],
    )
    def test_a_part_of_the_fuller_value_agrees_with_it(self, slot: str, a: str, b: str) -> None:
        row = one(record(1, **{slot: a}), record(2, **{slot: b}))
        assert row["conflicts"] == ""
        assert json.loads(row["agreement"]) == {slot: "2/2"}

    def test_the_day_is_told_even_if_most_tell_the_month(self) -> None:
        rows = [record(n, date="2024-10") for n in range(5)]
        assert one(*rows, record(9, date="2024-10-10"))["date"] == "2024-10-10"

    def test_a_part_of_two_values_speaks_for_neither(self) -> None:
        row = one(record(1, giver="Budi Santoso"), record(2, giver="Budi Raharjo"), record(3, giver="Budi"))
        assert json.loads(row["conflicts"])["giver"] == {"Budi Raharjo": 1, "Budi Santoso": 1, "Budi": 1}

    def test_the_position_is_that_of_the_person(self) -> None:
        row = one(
            record(1, giver="Budi Santoso", confidence=0.9),
            record(2, giver="Budi Santoso", giver_position="Sekretaris", confidence=0.5),
            record(3, giver="Ani Lestari", giver_position="Menteri", confidence=0.8),
        )
        assert (row["giver"], row["giver_position"]) == ("Budi Santoso", "Sekretaris")

    def test_several_organisers(self) -> None:
        both = "Bakohumas; Komdigi"
        row = one(*(record(n, organiser=both) for n in range(3)), record(7, organiser="Radio Pesisir"))
        assert row["organiser"] == both
        assert json.loads(row["conflicts"])["organiser"] == {both: 3, "Radio Pesisir": 1}

    def test_values_that_start_a_formula_are_told_as_they_are(self) -> None:
        assert one(record(1, work="=1+1"))["work"] == "=1+1"  # the writer's business


class TestCopies:
    TEXT = "Pemerintah Kota Salatiga meraih Terbaik II di Bandung, Kamis malam"

    def test_the_same_evidence_counts_once(self) -> None:
        copies = [record(n, evidence=self.TEXT) for n in range(5)]
        row = one(*copies)
        assert (row["pages"], row["tellings"]) == (5, 1)
        assert row["confidence"] == row["confidence_max"] == row["confidence_mean"] == 0.8

    def test_case_spaces_and_punctuation_do_not_make_it_another(self) -> None:
        row = one(record(1, evidence=self.TEXT), record(2, evidence=f"“{self.TEXT.upper()}.”\n"))
        assert row["tellings"] == 1

    def test_copies_do_not_outvote_others(self) -> None:
        copies = [record(n, evidence=self.TEXT, date="2024-10-11") for n in range(5)]
        row = one(*copies, record(8, date="2024-10-10"), record(9, date="2024-10-10"))
        assert row["date"] == "2024-10-10"
        assert json.loads(row["conflicts"])["date"] == {"2024-10-10": 2, "2024-10-11": 1}

    def test_a_copy_with_another_headline_is_found_by_its_text(self) -> None:
        rows = [record(1), record(2), record(3)]
        assert one(*rows)["tellings"] == 3
        texts = {"page-01": "text a", "page-02": "text a", "page-03": "text b"}
        assert one(*rows, texts=texts)["tellings"] == 2

    def test_a_long_evidence_of_one_award_shows_copies_for_all(self) -> None:
        long = "Selain itu Pemerintah Kota Salatiga juga meraih Terbaik I untuk kategori Website"
        website = {"category": "Website", "rank": 1, "evidence": long}
        rows = [record(1), record(2), record(1, record_id="e" * 12, **website)]
        assert max(row["tellings"] for row in consolidate(rows)) == 2
        rows.append(record(2, record_id="f" * 12, **website))
        assert [row["tellings"] for row in consolidate(rows)] == [1, 1]

    def test_a_short_one_does_not(self) -> None:
        website = {"category": "Website", "rank": 1, "evidence": "Terbaik I kategori Website"}
        rows = [
            record(n, record_id=f"{n}{c}", **cells)
            for n in (1, 2)
            for c, cells in (("a", {}), ("b", website))
        ]
        assert sorted(row["tellings"] for row in consolidate(rows)) == [1, 2]

    def test_a_page_that_tells_it_twice_is_one_page(self) -> None:
        row = one(
            record(1), record(1, record_id="f" * 12, category="", evidence="Salatiga borong piala humas")
        )
        assert (row["pages"], row["tellings"]) == (1, 1)
        assert row["confidence"] == 0.8

    def test_copies_through_a_third_page(self) -> None:
        other = "Salatiga pulang dengan piala kehumasan dari Bandung"
        row = one(
            record(1, evidence=self.TEXT),
            record(2, evidence=self.TEXT),
            record(2, record_id="f" * 12, evidence=other),
            record(3, evidence=other),
        )
        assert (row["pages"], row["tellings"]) == (3, 1)


class TestConfidence:
    def test_of_one_page_is_its_own(self) -> None:
        row = one(record(1, confidence=0.73))
        assert row["confidence"] == row["confidence_mean"] == row["confidence_max"] == 0.73

    def test_each_independent_page_makes_it_surer(self) -> None:
        found = [
            one(*(record(n, confidence=0.6) for n in range(count)))["confidence"] for count in (1, 2, 3, 4)
        ]
        assert found == sorted(set(found))

    def test_an_open_record_makes_it_a_little_surer(self) -> None:
        full, open_ = one(record(1), record(2)), one(record(1), record(2, category=""))
        assert 0.8 < open_["confidence"] < full["confidence"]

    def test_not_stated_is_even_odds(self) -> None:
        assert one(record(1, confidence=None))["confidence"] == 0.5

    @given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.lists(st.floats(0, 1), max_size=5))
    def test_bounds(self, full: list[float], open_: list[float]) -> None:
        combined = combined_confidence(full, open_)
        assert max(full) <= combined <= max(0.99, *full)


def test_best_evidence_is_that_of_the_surest_record() -> None:
    row = one(
        record(1), record(2, confidence=0.95, evidence="Salatiga juara dua", start=7, end=25), record(3)
    )
    assert (row["evidence_doc_id"], row["evidence"]) == ("page-02", "Salatiga juara dua")
    assert (row["start"], row["end"]) == (7, 25)


def test_ids_are_stable_and_rows_sorted() -> None:
    rows = [
        record(1),
        record(2, year=2023),
        record(3, recipient_name="Pemerintah Kota Ambon", recipient_code="81.71"),
    ]
    first = consolidate(rows)
    assert [(r["recipient_name"], r["year"]) for r in first] == [
        ("Pemerintah Kota Ambon", 2024),
        ("Pemerintah Kota Salatiga", 2023),
        ("Pemerintah Kota Salatiga", 2024),
    ]
    again = consolidate([record(7, category="Medsos"), *rows])
    assert [r["award_id"] for r in again] == [r["award_id"] for r in first]


def test_semicolons_in_ids_and_sources_do_not_split_them() -> None:
    row = one(record(1, doc_id="a; b", source="https://x.example/?a;b"), record(2, doc_id="c"))
    assert row["doc_ids"].split("; ") == ["a%3B b", "c"]
    assert row["sources"].split("; ")[0] == "https://x.example/?a;b"


def test_nothing_gives_nothing() -> None:
    assert consolidate([]) == []
