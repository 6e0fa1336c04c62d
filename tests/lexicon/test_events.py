"""The tables of award events, grade scales and contest categories."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from pipeline.lexicon.typed_rows import rows
from pipeline.terms.known import Category, Event, GradeScale


def owners() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows(Event):
        for surface in row.surfaces:
            found[surface.casefold()].add(row.id)
    return found


def by_name(name: str) -> Event:
    (row,) = (r for r in rows(Event) if r.name == name)
    return row


def test_enough_awards() -> None:
    assert sum(r.kind != "host" for r in rows(Event)) >= 100


def test_ids_are_alike() -> None:
    assert [row.id for row in rows(Event) if not re.fullmatch(r"EV\d{3,}", row.id)] == []


def test_organisers_are_clean() -> None:
    assert [row.id for row in rows(Event) if any(o.strip() != o or not o for o in row.organiser)] == []


def test_a_surface_names_one_event_or_is_marked_shared() -> None:
    shared = {s.casefold() for r in rows(Event) for s in r.shared_aliases}
    clashes = {s: ids for s, ids in owners().items() if len(ids) > 1 and s not in shared}
    assert not clashes


def test_nothing_is_marked_shared_that_is_not() -> None:
    found = owners()
    assert all(len(found[s.casefold()]) > 1 for r in rows(Event) for s in r.shared_aliases)


def test_surfaces_are_clean_and_listed_once_a_row() -> None:
    for row in rows(Event):
        names = row.surfaces
        assert all(n == " ".join(n.split()) and len(n) > 1 for n in names), row.id
        folded = [n.casefold() for n in names]
        assert len(folded) == len(set(folded)), row.id


def test_names_carry_no_year() -> None:
    for row in rows(Event):
        assert not any(word.isdigit() and len(word) == 4 for word in row.name.split()), row.id


def test_every_scale_is_used() -> None:
    assert {r.grades for r in rows(Event)} - {""} == {r.id for r in rows(GradeScale)}


def test_grade_rows_are_consistent() -> None:
    for row in rows(GradeScale):
        grades = row.grades
        assert grades, row.id
        assert len(grades) == len(set(grades)), row.id
        assert all(forms and forms[0] == grade for grade, forms in row.surfaces.items()), row.id


def test_grades_below_the_trophy_stand_at_the_end() -> None:
    for row in rows(GradeScale):
        tail = tuple(g for g in row.grades if g in {*row.below, *row.nominated})
        assert not tail or row.grades[-len(tail) :] == tail, row.id


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
    (row,) = (r for r in rows(GradeScale) if r.id == scale)
    assert row.grades.index(higher) < row.grades.index(lower)


def test_a_category_has_events_and_one_row() -> None:
    seen: dict[str, str] = {}
    for row in rows(Category):
        assert row.events, row.id
        for surface in {row.name.casefold(), *(v.casefold() for v in row.variants)}:
            assert surface not in seen, (surface, seen.get(surface), row.id)
            seen[surface] = row.id


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
    assert owners()[alias.casefold()] == {by_name(name).id}


def test_abbreviations_that_are_words_are_marked() -> None:
    assert all(
        by_name(n).abbr_ambiguous
        for n in ("PR INDONESIA Awards", "Anugerah Pesona Indonesia", "Anugerah Keterbukaan Informasi Publik")
    )
    assert not by_name("Anugerah Media Humas").abbr_ambiguous
