"""Every rule matches its own examples and none of its counter-examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from pipeline.boilerplate.lines import Line, split_lines
from pipeline.boilerplate.markers import MarkerSet, is_list_heading, is_list_item, line_markers
from pipeline.document import SEGMENT_KINDS
from pipeline.lexicon import load_table

BOTH = frozenset({"head", "tail"})


def rows(name: str) -> list[Any]:
    return [pytest.param(row, id=row["id"]) for row in load_table(name)]


def line(text: str) -> Line:
    (only,) = split_lines(text)
    return only


@pytest.mark.parametrize("row", rows("boilerplate_lines"))
def test_line_rule(row: Mapping[str, Any]) -> None:
    markers = MarkerSet([row])
    assert row["kind"] in SEGMENT_KINDS
    assert row["at"] in {"whole", "start", "end", "inside"}
    assert row["scope"] in {"line", "next", "list", "rest", "end"}
    assert row["examples"]
    assert row["counter"]
    for text in row["examples"]:
        assert markers.match(line(text), BOTH), text
    for text in row["counter"]:
        assert not markers.match(line(text), BOTH), text
    # Capturing groups would shift those of the joined pattern.
    assert re.compile(row["pattern"]).groups == 0


@pytest.mark.parametrize("row", rows("boilerplate_lines"))
def test_no_other_line_rule_takes_a_counter_example_for_running_text(row: Mapping[str, Any]) -> None:
    for text in row["counter"]:
        if text.endswith(".") and len(text.split()) >= 8:
            assert line_markers().match(line(text), frozenset()) is None, text


@pytest.mark.parametrize("row", rows("boilerplate_inline"))
def test_inline_rule(row: Mapping[str, Any]) -> None:
    pattern = re.compile(row["pattern"], 0 if row["case"] else re.IGNORECASE)
    assert row["kind"] in SEGMENT_KINDS
    assert row["reach"] in {"match", "headline", "line", "caption"}
    assert row["where"] in {"any", "tail"}
    for text in row["examples"]:
        assert pattern.search(text), text
        assert any(hint in text for hint in row["hints"]), text
    for text in row["counter"]:
        assert not pattern.search(text), text


@pytest.mark.parametrize("row", rows("caption_cues"))
def test_caption_cue(row: Mapping[str, Any]) -> None:
    assert row["strength"] in {"credit", "scene", "date"}
    assert all(re.search(row["pattern"], text) for text in row["examples"])
    assert not any(re.search(row["pattern"], text) for text in row["counter"])


@pytest.mark.parametrize("row", rows("boilerplate_guards"))
def test_guard(row: Mapping[str, Any]) -> None:
    guard = is_list_heading if row["heading"] else is_list_item
    assert all(guard(line(text)) for text in row["examples"])
    assert not any(re.match(row["pattern"], text, re.IGNORECASE) for text in row["counter"])


def test_every_month_has_its_number() -> None:
    months = [row for row in load_table("page_date_words") if row["role"] == "month"]
    assert {row["value"] for row in months} == set(range(1, 13))
    assert all("value" not in row for row in load_table("page_date_words") if row["role"] != "month")


def test_sentence_openers_are_capitalised_and_no_abbreviations() -> None:
    openers = {row["form"] for row in load_table("sentence_openers")}
    assert all(form[0].isupper() for form in openers)
    # "Hal" opens sentences, "hal." stands before a page number: the number tells them apart.
    forms = {row["form"] for row in load_table("abbreviations") if row["kind"] != "number"}
    assert not {form.lower() for form in openers} & forms


def test_abbreviation_kinds_are_known() -> None:
    kinds = {row["kind"] for row in load_table("abbreviations")}
    assert kinds == {"title", "place", "name", "number", "inner", "degree", "either", "acronym"}
