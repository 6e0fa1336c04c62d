"""Rules of names that stand in the code alone: each makes what its examples mark, under its id."""

from __future__ import annotations

import pytest

from pipeline.entities import find_entities
from pipeline.lexicon.code_rules import CodeRule
from pipeline.lexicon.typed_rows import rows
from tests.entities import markup

OF_NAMES = [rule for rule in rows(CodeRule) if rule.module.startswith("pipeline.entities")]


@pytest.mark.parametrize(("rule", "example"), [(r, e) for r in OF_NAMES for e in r.examples], ids=str)
def test_rule_makes_what_its_example_marks(rule: CodeRule, example: str) -> None:
    text, marked = markup.read(example)
    article, sentences = markup.article(text)
    found = {
        (m.start, m.end, m.label) for m in find_entities(article, sentences, model=False) if m.rule == rule.id
    }
    assert found == marked
    assert rule.label in {"ANY", *(label for _, _, label in marked)}


def test_every_rule_has_an_example() -> None:
    assert [rule.id for rule in OF_NAMES if not rule.examples] == []
