"""Tables of the entity grammar: every row loads, nothing repeats, a name belongs to one row or is marked."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.document import ENTITY_LABELS
from pipeline.entities import gazetteer as gz
from pipeline.entities.heads import AgencyHead, FacilityHead, NameHead, OfficeTitle, OrganisationHead
from pipeline.errors import LexiconError
from pipeline.lexicon import load_table, use_packs
from pipeline.lexicon.typed_rows import rows


@pytest.fixture(autouse=True)
def _own_tables_only() -> Iterator[None]:
    yield
    use_packs([])


TABLES = (
    "agencies", "common_words", "date_words", "degrees", "function_words", "generic_names", "given_names",
    "grammar_words", "honorifics", "local_agencies", "organisations", "person_cues", "places",
)  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_every_row_loads_and_none_repeats(name: str) -> None:
    rows = load_table(name)
    assert rows
    assert len({repr(dict(r)) for r in rows}) == len(rows)


@pytest.mark.parametrize("kind", [AgencyHead, OrganisationHead, FacilityHead, OfficeTitle])
def test_a_head_belongs_to_one_row(kind: type[NameHead]) -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for row in rows(kind):
        for form in row.heads:
            # A word may open a name and close one ("Ballroom X", "X Ballroom").
            owners[f"{row.tail}:{form.lower()}" if kind is FacilityHead else form.lower()].append(row.id)
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("kind", "change", "told"),
    [
        (AgencyHead, {"tail": "task"}, "'tail': .*use one of 'function', 'region'"),
        (AgencyHead, {"kind": "office"}, "'kind': "),
        (OfficeTitle, {"tail": "none", "meaning": None}, "missing key 'meaning'"),
        (OfficeTitle, {"tail": "none", "titles": ["Ketua"]}, "unknown key 'titles'; known: .*heads"),
        (FacilityHead, {"heads": "Gedung"}, "'heads': Expected `array`"),
    ],
)
def test_a_wrong_head_ends_at_load(
    kind: type[NameHead], change: dict[str, object], told: str, tmp_path: Path
) -> None:
    row = {"id": "X-901", "meaning": "x", "heads": ["Xyz"], "tail": "name", "kind": "agency"} | change
    row = {key: value for key, value in row.items() if value is not None}
    (tmp_path / f"{kind.table}.jsonl").write_text(json.dumps(row), "utf-8")
    use_packs([tmp_path])
    with pytest.raises(LexiconError, match=rf"{kind.table}\.jsonl, line 1: .*{told}"):
        rows(kind)


def test_a_word_of_an_unknown_role_ends_at_load(tmp_path: Path) -> None:
    row = {"id": "NW901", "role": "end", "words": ["dan"]}
    (tmp_path / "name_words.jsonl").write_text(json.dumps(row), "utf-8")
    use_packs([tmp_path])
    with pytest.raises(LexiconError, match=r"line 1: 'role' is 'end'; use one of 'stop', 'inside'"):
        load_table("name_words")


@pytest.mark.parametrize("name", ["agencies", "local_agencies", "organisations"])
def test_an_alias_belongs_to_one_body(name: str) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in load_table(name):
        for form in (row["name"], *row["aliases"]):
            owners[form.lower()].add(row["name"])
    assert {form: names for form, names in owners.items() if len(names) > 1} == {}


def test_periods_are_months_in_order_and_successors_exist() -> None:
    names = {r["name"] for r in load_table("agencies")}
    for row in load_table("agencies"):
        for key in ("from", "until"):
            assert re.fullmatch(r"\d{4}(-\d\d)?", row.get(key, "2000")), row
        if "from" in row and "until" in row:
            assert row["from"] < row["until"], row
        if "successor" in row:
            assert "until" in row, row
            assert row["successor"] in names, row


def test_the_communications_ministry_changed_its_name() -> None:
    rows = {r["name"]: r for r in load_table("agencies")}
    old = rows["Kementerian Komunikasi dan Informatika"]
    assert (old["until"], old["successor"]) == ("2024-10", "Kementerian Komunikasi dan Digital")
    assert {"Kominfo", "Kemkominfo", "Kemenkominfo"} <= set(old["aliases"])


def test_person_words_do_not_contradict_each_other() -> None:
    given = gz.given_names()
    assert not given & gz.function_words()
    assert not given & gz.stop_words()
    assert not gz.cue_words("say") & given


def test_word_lists_are_in_lower_case() -> None:
    for name, key in (("common_words", "word"), ("function_words", "word"), ("given_names", "name")):
        for row in load_table(name):
            assert row[key] == row[key].lower(), row
    for row in (*load_table("grammar_words"), *load_table("person_cues")):
        assert [w for w in row["words"] if w != w.lower()] == []
        assert len(set(row["words"])) == len(row["words"]), row["role"]


def test_dates_know_all_months_and_weekdays() -> None:
    rows = load_table("date_words")
    assert {r["value"] for r in rows if r["role"] == "month"} == set(range(1, 13))
    assert {r["value"] for r in rows if r["role"] == "weekday"} == set(range(7))


def test_towns_have_codes_of_known_regions() -> None:
    codes = {r["code"] for r in load_table("regions")}
    for row in load_table("places"):
        assert ("code" in row) == (row["kind"] == "town"), row
        assert row.get("code", "35") in codes


def test_degrees_match_with_and_without_their_full_stops() -> None:
    pattern = gz.degree_pattern()
    for row in load_table("degrees"):
        written = row["degree"]
        bare = written.replace(".", "")
        assert pattern.fullmatch(written), written
        assert pattern.fullmatch(bare), bare


def test_the_gazetteer_finds_each_name_it_was_given() -> None:
    names = gz.gazetteer()
    for number, entries in enumerate(names.entries):
        for entry in entries:
            assert entry.label in ENTITY_LABELS
            hits = names.find(f"({entry.surface})")
            assert any(entry in found for a, b, found in hits if (a, b) == (1, 1 + len(entry.surface))), (
                number
            )


@pytest.mark.parametrize("text", ["Balita", "diy", "Diy", "ABPKX", "www.antara.id", "@antara"])
def test_the_gazetteer_respects_boundaries_and_case(text: str) -> None:
    assert gz.gazetteer().find(text) == []


def test_an_unknown_role_is_an_error_that_names_the_table() -> None:
    with pytest.raises(LexiconError, match="grammar_words"):
        gz.words("no such role")
