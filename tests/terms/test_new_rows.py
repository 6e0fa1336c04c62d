"""Rows from outside: a new event, a new head noun, another finder's terms, and rows that are wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.awards.normal import ResultKind
from pipeline.document import Article, Award, Mention, Page, Segment, Sentence
from pipeline.errors import LexiconError
from pipeline.flow import process
from pipeline.lexicon import use_packs
from pipeline.lexicon.typed_rows import Row, rows
from pipeline.terms import find_terms
from pipeline.terms.known import Category, Event, GradeScale
from pipeline.terms.numerals import NumberWord
from pipeline.terms.term_macros import GradeWords
from pipeline.terms.term_patterns import TermPattern
from pipeline.terms.term_rules import EventHead, TermRule


@pytest.fixture(autouse=True)
def _own_tables_only() -> Iterator[None]:
    yield
    use_packs([])


def add(folder: Path, kind: type[Row], *given: Mapping[str, Any]) -> None:
    """Use rows of a table as a rule pack."""
    (folder / f"{kind.table}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in given), "utf-8")
    use_packs([folder])


def awards(text: str) -> Sequence[Award]:
    """Return the records of a text, which are the same where only they are asked for."""
    page = Page("page", "test", text)
    found = process(page).awards
    assert process(page, only_awards=True).awards == found
    return found


def test_an_event_is_one_row(tmp_path: Path) -> None:
    text = "Pemkot Batu meraih ACN 2024 dari Kementerian Dalam Negeri pada Senin (3/6/2024)."
    row = {"id": "EV901", "name": "Anugerah Contoh Nusantara", "abbr": "ACN", "kind": "award"}
    assert row["name"] not in {award.value("event") for award in awards(text)}
    add(tmp_path, Event, row)
    (award,) = awards(text)
    found = [award.value(column) for column in ("recipient", "event", "event_abbr")]
    assert found == ["Pemkot Batu", row["name"], row["abbr"]]
    assert row["id"] in award.rules


@pytest.mark.parametrize("number", ["001", "099", "901"])
def test_events_behave_alike_whatever_their_number(number: str, tmp_path: Path) -> None:
    add(tmp_path, Event, {"id": f"EV9{number}", "name": "Rajawalipratama", "kind": "award"})
    text = "Pemkot Batu menerima penghargaan Rajawalipratama pada Senin (3/6/2024)."
    assert [award.value("event") for award in awards(text)] == ["Rajawalipratama"]


def test_a_contest_heading_is_one_row(tmp_path: Path) -> None:
    name = "Cerdas Cermat Kriya Muda"
    text = "Warga Batu meramaikan acara itu pada Senin pagi.\n\nBerikut daftar pemenang:\n\n"
    text += f"{name}\nJuara 1: Rina Wulandari\nJuara 2: Budi Hartono\n\nAcara ditutup sore hari.\n"
    assert name not in {award.value("event") for award in awards(text)}
    add(tmp_path, EventHead, HEAD)
    found = [(award.value("event"), award.value("recipient")) for award in awards(text)]
    assert found == [(name, "Rina Wulandari"), (name, "Budi Hartono")]


LEARNED = {
    "id": "LRN01",
    "label": "EVENT",
    "meaning": "An event that a model finds.",
    "reader": "given",
    "examples": ["[Rajawali]"],
    "counter": ["elang"],
}


@pytest.mark.parametrize(
    ("priority", "found"),
    [
        (1, [("LRN01", "Rajawali Media"), ("LRN01", "Senja Kita")]),
        (999, [("EH04", "Rajawali Media Award"), ("LRN01", "Senja Kita")]),
    ],
)
def test_of_two_finders_the_row_says_who_wins(
    priority: int, found: list[tuple[str, str]], tmp_path: Path
) -> None:
    add(tmp_path, TermRule, {**LEARNED, "priority": priority})
    text = "menerima Rajawali Media Award untuk Senja Kita"
    article = Article("page", "test", text, (Segment(0, len(text), "body"),))
    given = [Mention(text.index(s), text.index(s) + len(s), "EVENT", "LRN01") for _, s in found[1:]]
    given.append(Mention(9, 23, "EVENT", "LRN01"))
    terms = find_terms(article, [Sentence(0, len(text))], (), given)
    assert [(m.rule, text[m.start : m.end]) for m in terms] == found


TERM = {"id": "RES901", "label": "RESULT", "kind": "rank", "meaning": "A rank.", "priority": 115}
TERM |= {"pattern": "pemuncak {num}", "examples": ["[pemuncak 1]"], "counter": ["puncak"]}
HEAD = {"id": "EH901", "meaning": "A contest.", "position": "first", "kind": "contest", "priority": 595}
HEAD |= {"words": ["Cerdas Cermat"], "examples": ["[Cerdas Cermat A]"], "counter": ["cerdas"]}
EVENT = {"id": "EV901", "name": "Anugerah Contoh", "kind": "award"}
CATEGORY = {"id": "CT901", "name": "Arsip Rapi", "events": ["EV001"]}
SCALE = {"id": "RAPI", "grades": ["Rapi"], "surfaces": {"Rapi": ["Rapi"]}, "below": [], "nominated": []}
SCALE |= {"heads": ["predikat"], "needs_head": ["Rapi"]}
KIND = {"id": "rapi", "meaning": "x", "priority": 5, "pattern": "rapi"}
KIND |= {"examples": ["rapi"], "counter": ["x"]}
PATTERN = {"id": "tidy", "meaning": "x", "pattern": "rapi", "examples": ["rapi"], "counter": ["x"]}


@pytest.mark.parametrize(
    ("kind", "row", "change", "told"),
    [
        (TermRule, TERM, {"label": "AWARD"}, "'label': .*use one of 'EVENT', 'CATEGORY', 'RESULT', 'WORK'"),
        (TermRule, TERM, {"kind": "place"}, "'kind': "),
        (
            TermRule,
            TERM,
            {"pattern": "pemuncak {number}"},
            r"unknown macro \{number\}; use one of card",
        ),
        (TermRule, TERM, {"pattern": "(pemuncak"}, "mend the regular expression"),
        (TermRule, TERM, {"pattern": None}, "needs a pattern or a reader"),
        (TermRule, TERM, {"reader": "given"}, "needs a pattern or a reader, and not both"),
        (TermRule, TERM, {"reader": "elsewhere", "pattern": None}, "'reader': .*use one of 'behind_results'"),
        (TermRule, TERM, {"priority": "high"}, "'priority': Expected `int`"),
        (TermRule, TERM, {"counter": []}, "at least one counter"),
        (TermRule, TERM, {"rivals": ["BODY"]}, "'rivals': "),
        (EventHead, HEAD, {"position": "middle"}, "'position': .*use one of 'first', 'last'"),
        (EventHead, HEAD, {"kind": "game"}, "'kind': .*'contest'"),
        (EventHead, HEAD, {"examples": []}, "needs examples"),
        (EventHead, HEAD, {"words": ["Gelar Cipta"]}, "no name starts with the stop word 'Gelar'"),
        (Event, EVENT, {"kind": "prize"}, "'kind': .*use one of 'award', 'contest', 'opinion', 'host'"),
        (Event, EVENT, {"grades": "SCALE"}, "no scale 'SCALE' in grades; use one of RANK"),
        (Event, EVENT, {"kind": "host", "grades": "RANK"}, "gives no grades"),
        (Event, EVENT, {"weak": ["Contoh"]}, "weak needs surfaces of the row"),
        (Event, EVENT, {"recipient": "city"}, "'recipient': .*use one of 'region', 'person', 'any'"),
        (Event, EVENT, {"alias": ["A"]}, "unknown key 'alias'; known: .*aliases"),
        (Event, EVENT, {"id": "EV001"}, "id 'EV001' repeats"),
        (Category, CATEGORY, {"events": ["EV999"]}, "no event 'EV999' in events"),
        (GradeScale, SCALE, {"grades": ["Rapi", "Baik"]}, "one key a grade"),
        (GradeScale, SCALE, {"below": ["Buruk"]}, "no grade of the scale is 'Buruk'"),
        (GradeScale, SCALE, {"needs_head": ["Tertib"]}, "no grade of the scale is 'Tertib'"),
        (ResultKind, KIND, {"pattern": "(rapi"}, "mend the regular expression"),
        (ResultKind, KIND, {"priority": None}, "missing key 'priority'"),
        (TermPattern, PATTERN, {"wraps": "yes"}, "'wraps': Expected `bool`"),
        (GradeWords, {"id": "GW901", "meaning": "x", "surfaces": ["Rapi"]}, {}, "missing key 'sure'"),
        (NumberWord, {"word": "sebelas", "value": "11"}, {}, "'value': Expected `int`"),
    ],
)
def test_a_wrong_row_ends_at_load(
    kind: type[Row], row: Mapping[str, Any], change: Mapping[str, Any], told: str, tmp_path: Path
) -> None:
    add(tmp_path, kind, {key: value for key, value in {**row, **change}.items() if value is not None})
    with pytest.raises(LexiconError, match=rf"{kind.table}\.jsonl, line 1: .*{told}"):
        rows(kind)


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (TermRule, TERM), (EventHead, HEAD), (Event, EVENT), (Category, CATEGORY), (GradeScale, SCALE),
        (ResultKind, KIND), (TermPattern, PATTERN),
    ],
)  # fmt: skip
def test_the_rows_that_they_change_are_right(kind: type[Row], row: Mapping[str, Any], tmp_path: Path) -> None:
    add(tmp_path, kind, row)
    assert rows(kind)[-1].id == row["id"]  # type: ignore[attr-defined]
