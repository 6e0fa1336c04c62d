"""Rules of terms: each finds what its examples mark, and nothing in its counter-examples."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args

import pytest
from _pytest.mark import ParameterSet

import pipeline.terms
from pipeline.document import Article, Segment
from pipeline.entities import find_entities
from pipeline.lexicon.typed_rows import RuleRow, rows
from pipeline.sentences import split_sentences
from pipeline.terms.known import events_by_id
from pipeline.terms.term_finder import READERS
from pipeline.terms.term_macros import spaced
from pipeline.terms.term_patterns import TermPattern
from pipeline.terms.term_rules import EventHead, MentionRule, Reader, TermRule, term_rule

_BRACKETS = re.compile(r"\[([^\]]+)\]")
RULES: list[MentionRule] = [*rows(TermRule), *rows(EventHead)]
PATTERN_RULES = [rule for rule in rows(TermRule) if rule.pattern is not None]
#: Rules that are tried on whole sentences.
READ_RULES = [rule for rule in RULES if rule not in PATTERN_RULES]


def _cases(of: Iterable[RuleRow], key: Literal["examples", "counter"]) -> list[ParameterSet]:
    """Return each example of some rules with its rule."""
    return [pytest.param(rule, text, id=f"{rule.id}-{text}") for rule in of for text in getattr(rule, key)]


def _found(rule: MentionRule, text: str) -> list[str]:
    """Return what the finder finds in a text by a rule."""
    article = Article("page", "test", text, (Segment(0, len(text), "body"),))
    mentions = find_entities(article, split_sentences(article), model=False)
    return [text[m.start : m.end] for m in mentions if _made_by(rule, m.rule)]


def _made_by(rule: MentionRule, name: str) -> bool:
    return name == rule.id or (name in events_by_id() and rule == term_rule(name))


@pytest.mark.parametrize(("rule", "example"), _cases(PATTERN_RULES, "examples"))
def test_pattern_rule_finds_the_bracketed_spans(rule: TermRule, example: str) -> None:
    assert rule.pattern is not None
    found = [
        m.group(min(rule.pattern.groups, 1)) for m in rule.pattern.finditer(_BRACKETS.sub(r"\1", example))
    ]
    assert found == _BRACKETS.findall(example)


@pytest.mark.parametrize(("rule", "example"), _cases(PATTERN_RULES, "counter"))
def test_pattern_rule_leaves_its_counter_example_alone(rule: TermRule, example: str) -> None:
    assert rule.pattern is not None
    assert not rule.pattern.search(example)


@pytest.mark.parametrize(("rule", "example"), _cases(READ_RULES, "examples"))
def test_rule_finds_the_bracketed_spans(rule: MentionRule, example: str) -> None:
    assert _found(rule, _BRACKETS.sub(r"\1", example)) == _BRACKETS.findall(example) != []


@pytest.mark.parametrize(("rule", "example"), _cases(READ_RULES, "counter"))
def test_rule_leaves_its_counter_example_alone(rule: MentionRule, example: str) -> None:
    assert _found(rule, example) == []


@pytest.mark.parametrize(("row", "example"), _cases(rows(TermPattern), "examples"))
def test_pattern_finds_its_example(row: TermPattern, example: str) -> None:
    assert row.pattern.search(example)


@pytest.mark.parametrize(("row", "example"), _cases(rows(TermPattern), "counter"))
def test_pattern_leaves_its_counter_example_alone(row: TermPattern, example: str) -> None:
    assert not row.pattern.search(example)


def _code() -> str:
    return "".join(path.read_text("utf-8") for path in Path(pipeline.terms.__file__).parent.glob("*.py"))


def test_code_and_table_name_the_same_patterns() -> None:
    asked = set(re.findall(r'(?:term_grammar|matches)\(\s*"(\w+)"\s*\)', _code()))
    assert asked == {row.id for row in rows(TermPattern)}


def test_code_and_table_name_the_same_rules() -> None:
    ids = {rule.id for rule in RULES}
    made = set(re.findall(r'"([A-Z]{2,3}\d{1,3})"', _code()))
    assert made <= ids
    read = {rule.id for rule in rows(TermRule) if rule.reader not in {None, "known_events"}}
    assert read <= made | {rule.without_event for rule in RULES}


def test_every_reader_is_there_and_has_a_rule() -> None:
    assert {*READERS, "page", "given"} == set(get_args(Reader))
    assert {rule.reader for rule in rows(TermRule)} == {*READERS, "page", None}


def test_rules_that_others_name_exist() -> None:
    assert {rule.without_event for rule in RULES} - {""} <= {rule.id for rule in RULES}


def test_a_space_of_a_pattern_may_be_a_line_break() -> None:
    assert re.fullmatch(spaced("juara umum[ a]"), "juara\n   umum ")
    assert not re.fullmatch(spaced("juara umum[ a]"), "juara umum\n")
