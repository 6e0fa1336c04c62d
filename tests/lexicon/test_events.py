"""The tables of award events, grade scales and contest categories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pytest

from pipeline.lexicon import load_table

KINDS = {"award", "contest", "opinion", "host"}
RECIPIENTS = {"region", "person", "any"}


def surfaces(row: Mapping[str, object]) -> list[str]:
    aliases = row["aliases"]
    assert isinstance(aliases, list)
    return [str(row["name"]), *([str(row["abbr"])] if row["abbr"] else []), *aliases]


def owners(rows: Iterable[Mapping[str, object]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for surface in surfaces(row):
            found[surface.casefold()].add(str(row["id"]))
    return found


def by_name(name: str) -> Mapping[str, object]:
    (row,) = (r for r in load_table("events") if r["name"] == name)
    return row


def test_enough_awards() -> None:
    assert sum(r["kind"] != "host" for r in load_table("events")) >= 100


def test_ids_are_numbered_and_unique() -> None:
    ids = [r["id"] for r in load_table("events")]
    assert ids == [f"EV{i:03d}" for i in range(1, len(ids) + 1)]


def test_closed_values() -> None:
    for row in load_table("events"):
        assert row["kind"] in KINDS, row["id"]
        assert row["recipient"] in RECIPIENTS, row["id"]
        assert all(o.strip() == o and o for o in row["organiser"]), row["id"]


def test_a_surface_names_one_event_or_is_marked_shared() -> None:
    rows = load_table("events")
    shared = {s.casefold() for r in rows for s in r["shared_aliases"]}
    clashes = {s: ids for s, ids in owners(rows).items() if len(ids) > 1 and s not in shared}
    assert not clashes


def test_nothing_is_marked_shared_that_is_not() -> None:
    rows = load_table("events")
    found = owners(rows)
    assert all(len(found[s.casefold()]) > 1 for r in rows for s in r["shared_aliases"])


def test_surfaces_are_clean_and_listed_once_a_row() -> None:
    for row in load_table("events"):
        names = surfaces(row)
        assert all(n == " ".join(n.split()) and len(n) > 1 for n in names), row["id"]
        folded = [n.casefold() for n in names]
        assert len(folded) == len(set(folded)), row["id"]


def test_weak_surfaces_belong_to_their_row() -> None:
    for row in load_table("events"):
        assert set(row["weak"]) <= set(surfaces(row)), row["id"]


def test_names_carry_no_year() -> None:
    for row in load_table("events"):
        assert not any(word.isdigit() and len(word) == 4 for word in str(row["name"]).split()), row["id"]


def test_hosts_have_no_grades() -> None:
    assert not [r["id"] for r in load_table("events") if r["kind"] == "host" and r["grades"]]


def test_every_scale_exists_and_is_used() -> None:
    scales = {r["id"] for r in load_table("grades")}
    used = {r["grades"] for r in load_table("events")} - {""}
    assert used == scales


def test_grade_rows_are_consistent() -> None:
    for row in load_table("grades"):
        grades = row["grades"]
        assert grades, row["id"]
        assert len(grades) == len(set(grades)), row["id"]
        assert list(row["surfaces"]) == grades, row["id"]
        assert all(forms and forms[0] == grade for grade, forms in row["surfaces"].items()), row["id"]
        assert set(row["below"]) | set(row["nominated"]) <= set(grades), row["id"]
        known = {form for forms in row["surfaces"].values() for form in forms}
        assert set(row["needs_head"]) <= known, row["id"]


def test_grades_below_the_trophy_stand_at_the_end() -> None:
    for row in load_table("grades"):
        tail = [g for g in row["grades"] if g in {*row["below"], *row["nominated"]}]
        assert not tail or row["grades"][-len(tail) :] == tail, row["id"]


@pytest.mark.parametrize(
    ("scale", "higher", "lower"),
    [
        ("KIP", "Informatif", "Menuju Informatif"),
        ("KLA", "Utama", "Nindya"),
        ("KLA", "Nindya", "Madya"),
        ("SWASTISABA", "Wistara", "Padapa"),
        ("SAKIP", "BB", "B"),
        ("OPINI", "Wajar Tanpa Pengecualian", "Wajar Dengan Pengecualian"),
        ("IGA", "Terinovatif", "Sangat Inovatif"),
    ],
)
def test_order_of_grades(scale: str, higher: str, lower: str) -> None:
    (row,) = (r for r in load_table("grades") if r["id"] == scale)
    assert row["grades"].index(higher) < row["grades"].index(lower)


def test_categories_name_known_events_and_one_row_each() -> None:
    ids = {r["id"] for r in load_table("events")}
    seen: dict[str, str] = {}
    for row in load_table("categories"):
        assert row["events"], row["id"]
        assert set(row["events"]) <= ids, row["id"]
        for surface in {row["name"].casefold(), *(v.casefold() for v in row["variants"])}:
            assert surface not in seen, (surface, seen.get(surface), row["id"])
            seen[surface] = row["id"]


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("AHM", "Anugerah Media Humas"),
        ("Anugrah Media Humas", "Anugerah Media Humas"),
        ("Public Relations Indonesia Awards", "PR INDONESIA Awards"),
        ("Innovative Goverment Award", "Innovative Government Award"),
        ("Satya Lencana Karya Satya", "Satyalancana Karya Satya"),
    ],
)
def test_typos_and_alternatives_lead_to_the_canonical_row(alias: str, name: str) -> None:
    assert owners(load_table("events"))[alias.casefold()] == {by_name(name)["id"]}


def test_abbreviations_that_are_words_are_marked() -> None:
    assert all(
        by_name(n)["abbr_ambiguous"]
        for n in ("PR INDONESIA Awards", "Anugerah Pesona Indonesia", "Anugerah Keterbukaan Informasi Publik")
    )
    assert not by_name("Anugerah Media Humas")["abbr_ambiguous"]
