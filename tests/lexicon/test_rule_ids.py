"""Ids of rules: each that stands on a mention or in the column of rules has a row that says what it means."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pipeline
from pipeline.document import Page
from pipeline.entities.gazetteer import region_types
from pipeline.flow import process
from pipeline.lexicon.code_rules import CodeRule, rule_meaning
from pipeline.lexicon.typed_rows import rows

ROOT = Path(__file__).parents[2]
PACKAGE = Path(pipeline.__file__).parent
#: What an id of a rule looks like that stands in the code.
_ID = re.compile(r"[A-Z]{1,3}\d{2}")


def _pages() -> Iterator[str]:
    for folder in ("seeds", "tests/fixtures"):
        for path in sorted((ROOT / folder).rglob("*.txt")):
            yield path.read_text("utf-8", errors="replace")
    for line in (ROOT / "annotations/dev/pages.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)["text"]


def test_every_id_on_a_page_has_a_meaning() -> None:
    found: set[str] = set()
    for text in _pages():
        result = process(Page("page", "test", text))
        found.update(mention.rule for mention in result.mentions)
        found.update(rule for award in result.awards for rule in award.rules)
    assert len(found) > 100
    assert [rule for rule in sorted(found) if not rule_meaning(rule)] == []


def _strings(path: Path) -> set[str]:
    return {
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_id_in_the_code_has_a_meaning() -> None:
    found = {text for path in PACKAGE.rglob("*.py") for text in _strings(path) if _ID.fullmatch(text)}
    assert len(found) > 30
    assert [rule for rule in sorted(found) if not rule_meaning(rule)] == []


def test_a_rule_of_the_code_stands_in_it() -> None:
    found = {text for path in PACKAGE.rglob("*.py") for text in _strings(path)}
    found |= {f"region-{kind}" for kind in set(region_types().values())}
    assert [rule.id for rule in rows(CodeRule) if rule.id not in found] == []
    modules = {rule.module for rule in rows(CodeRule)}
    assert [name for name in sorted(modules) if not (ROOT / f"{name.replace('.', '/')}.py").is_file()] == []


def test_an_id_that_is_none_has_no_meaning() -> None:
    assert rule_meaning("XYZ99") == ""
    assert rule_meaning("EV001") == "It is Anugerah Media Humas, known from events."
