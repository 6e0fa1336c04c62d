"""Every check: a page that breaks it, the place that is named, and pages that keep it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.check import check_records, checks
from tests.annotate.pages import GOLD_FILES, TEXT, Record, at, entity, gold, page, pages


def awards(**slots: Any) -> Callable[[Record], None]:
    """Return a change of the first award."""
    return lambda record: record["awards"][0].update(slots)


def entities(*more: Record) -> Callable[[Record], None]:
    return lambda record: record["entities"].extend(more)


def keys(**values: Any) -> Callable[[Record], None]:
    return lambda record: record.update(values)


# id of the check, change of the page, place that is named, words of the message
CASES: tuple[tuple[str, Callable[[Record], object], str, str], ...] = (
    ("page-id", keys(doc_id=" "), "doc_id", "no name"),
    ("page-key", lambda r: r.pop("awards"), "awards", "missing"),
    ("page-key", keys(text=""), "text", "no text"),
    ("page-key", keys(entities="all"), "entities", "should be a list"),
    ("page-key", keys(awards="none"), "awards", "no list"),
    ("page-key", keys(awards=["x"]), "awards[0]", "no object"),
    ("page-key", keys(boilerplate=[3]), "boilerplate[0]", "no object"),
    ("page-key", keys(title_span=[1]), "title_span", "no pair"),
    ("page-key", keys(sentences=[5]), "sentences[0]", "no pair"),
    ("page-label", keys(label="negative"), "label", "2 records"),
    ("page-label", keys(label="Positive"), "label", "did you mean positive?"),
    (
        "span-limits",
        entities({"label": "PLACE", "text": "x", "start": 9, "end": 999}),
        "entities[11]",
        "9 to 999",
    ),
    (
        "span-limits",
        entities({"label": "PLACE", "text": "x", "start": "9", "end": 12}),
        "entities[11]",
        "'9'",
    ),
    ("span-limits", keys(title_span=[5, 2]), "title_span", "5 to 2"),
    ("span-space", entities(entity("PLACE", " Situs ")), "entities[11]", "right limits: 112 to 117"),
    ("span-word", entities(entity("PLACE", "Gedung Serba")), "entities[11]", "[Gedung Serba]guna"),
    (
        "span-text",
        entities({"label": "PLACE", "text": "Kota Lain", **at("Situs")}),
        "entities[11].text",
        "“Situs”",
    ),
    (
        "span-text",
        entities({"label": "PLACE", "text": "", **at("Situs")}),
        "entities[11].text",
        "“Situs”",
    ),
    (
        "span-text",
        entities({"label": "PLACE", "text": "Bekasi", **at("Situs")}),
        "entities[11].text",
        "nowhere",
    ),
    (
        "entity-label",
        entities(entity("organisation", "Situs")),
        "entities[11].label",
        "did you mean ORGANISATION?",
    ),
    ("entity-label", entities(entity("XYZ", "Situs")), "entities[11].label", "known: PERSON"),
    ("entity-twice", entities(entity("PERSON", "Sari Contoh")), "entities[11]", "as entities[10]"),
    ("entity-crossing", entities(entity("PERSON", "Contoh Menang")), "entities[11]", "crosses entities[0]"),
    (
        "entity-boilerplate",
        entities(entity("ORGANISATION", "– Pemerintah Kota Contoh")),
        "entities[11]",
        "dateline",
    ),
    ("entity-year", entities(entity("EVENT", "Anugerah Uji 2025")), "entities[11]", "Uji 2025"),
    ("entity-year", entities(entity("DATE", "Senin")), "entities[11]", "Senin"),
    ("entity-year", entities(entity("DATE", "2025", 0)), "entities[11]", "2025"),
    (
        "boilerplate-kind",
        keys(boilerplate=[{**at("Baca juga"), "kind": "Nav"}]),
        "boilerplate[0].kind",
        "nav?",
    ),
    (
        "boilerplate-space",
        keys(boilerplate=[{**at("CONTOH – "), "kind": "nav"}]),
        "boilerplate[0]",
        "right limits",
    ),
    (
        "boilerplate-overlap",
        lambda r: r["boilerplate"].append({**at("Kota Lain"), "kind": "ad"}),
        "boilerplate[2]",
        "boilerplate[1] (related) ends",
    ),
    ("title-span", keys(title="Menang"), "title_span", "title is “Menang”"),
    ("sentence-overlap", keys(sentences=[[0, 18], [12, 18]]), "sentences[1]", "ends at 18"),
    ("sentence-boilerplate", keys(sentences=[[0, 26]]), "sentences[0]", "dateline at 20"),
    ("slot-text", awards(place="Aula"), "awards[0].place", "“Aula” is not in the text"),
    ("slot-text", awards(place="gedung  serbaguna"), "awards[0].place", "it has 'Gedung Serbaguna' at"),
    ("slot-text", awards(work=""), "awards[0].work", "null"),
    ("slot-text", awards(organiser=["Bupati", "KPU"]), "awards[0].organiser[1]", "“KPU”"),
    ("slot-space", awards(place="Gedung "), "awards[0].place", "'Gedung '"),
    ("slot-type", awards(place=["Gedung"]), "awards[0].place", "one value"),
    ("slot-type", awards(organiser="Bupati"), "awards[0].organiser", "no list"),
    ("slot-type", awards(place=3), "awards[0].place", "no text"),
    ("slot-type", awards(year="2025"), "awards[0].year", "no whole number"),
    ("slot-type", awards(soft="rank"), "awards[0].soft", "no list"),
    ("slot-type", awards(accept=["AU"]), "awards[0].accept", "no object"),
    ("award-recipient", awards(recipient=None), "awards[0].recipient", "not stated"),
    ("award-recipient", awards(recipient_type=None), "awards[0].recipient_type", "not stated"),
    ("award-value", awards(status="menang"), "awards[0].status", "known: won, nominated"),
    ("award-value", awards(scope="Primary"), "awards[0].scope", "did you mean primary?"),
    ("award-evidence", awards(evidence=[]), "awards[0].evidence", "empty"),
    (
        "award-evidence-boilerplate",
        awards(evidence=["Kota Lain Gelar Pasar"]),
        "awards[0].evidence[0]",
        "stands in related only",
    ),
    ("award-event-year", awards(event="Anugerah Uji 2025"), "awards[0].event", "2025"),
    ("award-twice", lambda r: r["awards"].append(r["awards"][1]), "awards[2]", "the same as awards[1]"),
    ("award-unrelated", awards(edition=3, event=None), "awards[0].edition", "event is not"),
    ("award-unrelated", awards(date=None), "awards[0].date_text", "date is not"),
    ("rank-alone", awards(result=None, soft=[]), "awards[0].rank", "rank 1"),
    ("rank-result", awards(rank=2, soft=[]), "awards[0].rank", "has the number 1"),
    ("rank-missing", awards(rank=None, soft=[]), "awards[0].rank", "has the number 1"),
    ("status-result", awards(result="nominasi"), "awards[0].status", "won: “nominasi”"),
    ("year-range", awards(year=20225), "awards[0].year", "20225"),
    ("year-range", awards(rank=0, soft=["rank"]), "awards[0].rank", "0"),
    ("date-form", awards(date="3 Maret 2025"), "awards[0].date", "3 Maret"),
    ("date-form", awards(date="2025-02-30"), "awards[0].date", "2025-02-30"),
    ("date-weekday", awards(date="2025-03-04"), "awards[0].date", "is a Selasa"),
    ("soft-name", awards(soft=["recipients"]), "awards[0].soft[0]", "did you mean recipient?"),
    ("accept-name", awards(accept={"events": ["AU"]}), "awards[0].accept", "did you mean event?"),
    ("accept-name", awards(accept={"event": "AU"}), "awards[0].accept.event", "no list"),
    ("region-code", awards(recipient_region_code="99.99"), "awards[0].recipient_region_code", "99.99"),
)


@pytest.mark.parametrize(
    ("check", "change", "place", "said"), CASES, ids=[f"{c[0]}-{c[2]}-{c[3]}" for c in CASES]
)
def test_a_broken_guideline_is_told_with_its_place(
    check: str, change: Callable[[Record], object], place: str, said: str
) -> None:
    record = page()
    change(record)
    found = {(problem.id, problem.place): problem for problem in check_records([record], [7])}
    assert (check, place) in found, sorted(found)
    problem = found[check, place]
    assert said in problem.found
    assert problem.line == 7
    assert problem.todo
    assert f"[{check}]" in str(problem)


def test_every_check_has_a_case() -> None:
    assert {row["id"] for row in checks()} == {case[0] for case in CASES}
    assert {row["level"] for row in checks()} == {"error", "warning"}


def test_a_page_that_keeps_the_guidelines_has_no_problem() -> None:
    assert [str(problem) for problem in check_records([page()])] == []


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.stem)
def test_the_gold_files_have_no_errors(path: Path) -> None:
    assert [str(problem) for problem in check_records(gold(path)) if problem.level == "error"] == []


@pytest.mark.parametrize(
    "change",
    [
        awards(result="medali perak", rank=None, soft=[]),
        awards(result="Juara I", rank=None, soft=["rank"]),
        awards(result="nominasi", status="nominated", rank=None, soft=[]),
        awards(event=None, soft=["event"]),
        awards(date="2025-03", date_text="Senin (3/3/2025)"),
        awards(date="2025-03-04", soft=["date"]),
        entities(entity("PLACE", "Kota Lain")),
        keys(entities=None, title=None, title_span=None),
        keys(sentences=[[0, 18]]),
    ],
)
def test_what_the_guidelines_allow_is_no_error(change: Callable[[Record], object]) -> None:
    record = page(text=TEXT + "medali perak nominasi")
    change(record)
    assert [str(problem) for problem in check_records([record])] == []


def test_pages_of_one_name_are_told() -> None:
    problems = list(check_records([page(), page()], [3, 8]))
    assert [(p.id, p.line) for p in problems] == [("page-id", 8)]
    assert "line 3" in problems[0].found


@given(pages())
def test_no_page_breaks_the_checks_themselves(record: Record) -> None:
    for problem in check_records([record]):
        assert problem.place
        assert problem.offset is None or 0 <= problem.offset <= len(record["text"])


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(page())), st.sampled_from(sorted(page()["awards"][0])), _JSON, _JSON)
def test_nor_does_a_value_of_any_kind(key: str, slot: str, value: object, slot_value: object) -> None:
    record = page()
    record["awards"][0][slot] = slot_value
    record["entities"][0]["start"] = value
    assert list(check_records([record])) is not None
    record[key] = value
    assert list(check_records([record])) is not None
