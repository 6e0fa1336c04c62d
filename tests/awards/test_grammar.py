"""Every pattern of the grammar tables finds its own examples and leaves its counter-examples alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pipeline.awards
from pipeline.awards.markup import rendered
from pipeline.awards.normal import ResultKind, result_kind
from pipeline.awards.pack import expand, grammar
from pipeline.awards.pack.sentence_patterns import GrammarPattern
from pipeline.lexicon.typed_rows import rows

ROWS = {row.id: row for row in rows(GrammarPattern)}


def _kinds(key: str) -> list[tuple[str, str]]:
    return [(row.id, example) for row in rows(ResultKind) for example in getattr(row, key)]


def _found(name: str, example: str) -> bool:
    row = ROWS[name]
    text = example if row.on == "article" else rendered(example)[1].text
    pattern = grammar(name)
    return bool(pattern.fullmatch(text) if row.whole else pattern.search(text))


def _phrases(key: str) -> list[tuple[str, str]]:
    return [(row.id, example) for row in ROWS.values() for example in getattr(row, key)]


@pytest.mark.parametrize(("name", "example"), _phrases("examples"))
def test_pattern_finds_its_example(name: str, example: str) -> None:
    assert _found(name, example)


@pytest.mark.parametrize(("name", "example"), _phrases("counter"))
def test_pattern_leaves_its_counter_example_alone(name: str, example: str) -> None:
    assert not _found(name, example)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_pattern_has_examples_for_and_against(name: str) -> None:
    assert ROWS[name].examples
    assert ROWS[name].counter


def test_code_and_table_name_the_same_patterns() -> None:
    code = "".join(p.read_text("utf-8") for p in Path(pipeline.awards.__file__).parent.rglob("*.py"))
    asked = set(re.findall(r'grammar\(\s*"(\w+)"\s*\)', code))
    listed = set(re.findall(r'"(\w+)"', " ".join(re.findall(r"grammar\(name\)[^\n]*in \(([^)]*)\)", code))))
    assert asked | listed == set(ROWS)


@pytest.mark.parametrize(("kind", "example"), _kinds("examples"))
def test_result_kind_of_an_example(kind: str, example: str) -> None:
    assert result_kind(example) == kind


@pytest.mark.parametrize(("kind", "example"), _kinds("counter"))
def test_result_kind_of_a_counter_example(kind: str, example: str) -> None:
    assert result_kind(example) != kind


def test_macros_expand_in_macros() -> None:
    assert "{" not in expand("{official}{rec}{mention}")
    with pytest.raises(ValueError, match="unknown macro"):
        expand("{unknown}")


@pytest.mark.parametrize("macro", ["weak", "won", "given", "give", "crown", "award"])
def test_every_verb_of_the_rules_is_a_trigger(macro: str) -> None:
    # "menerima" has no "terima" in it: a verb that the trigger lacks loses every sentence built on it
    plain = re.sub(
        r"\|\w+\(\?=.*$", "", expand("{" + macro + "}")
    )  # the last one counts with a category only
    for verb in plain.strip("(?:)").split("|"):
        if verb.isalpha():
            assert grammar("trigger").search(verb), verb
