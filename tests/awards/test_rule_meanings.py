"""Every id in the column ``rules`` has a row that says what it means."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline.awards.discourse import read_frames
from pipeline.awards.render_article import render_sentences
from pipeline.document import Page
from pipeline.entities import find_entities, link_entities
from pipeline.flow import STAGES, Analysis
from pipeline.lexicon.code_rules import CodeRule, rule_meaning
from pipeline.lexicon.typed_rows import rows

ROOT = Path(__file__).parents[2]
OF_AWARDS = [rule for rule in rows(CodeRule) if rule.module.startswith("pipeline.awards")]


def _texts() -> Iterator[str]:
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        yield path.read_text("utf-8")
    for line in (ROOT / "annotations/dev/pages.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)["text"]


def test_every_rule_of_a_record_says_what_it_means() -> None:
    found: set[str] = set()
    for text in _texts():
        result = pipeline.process(text)
        found |= {rule for award in result.awards for rule in award.rules}
    assert len(found) > 100
    assert sorted(rule for rule in found if not rule_meaning(rule)) == []


def test_ids_in_the_code_have_a_row() -> None:
    folder = Path(pipeline.__file__).parent / "awards"
    code = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    ids = set(re.findall(r'"([A-Z]{1,4}\d{2})"', code))
    assert {"NAM03", "Y01", "DES01"} <= ids
    assert ids == {rule.id for rule in OF_AWARDS}


def _made(text: str) -> Iterator[tuple[str, str]]:
    """Yield rule and words of all that the award stage makes of a page: slots, winners, names.

    The tagger does not read it: it knows names that the rules for unknown ones are for.
    """
    analysis = Analysis(Page("a", "a", text))
    for stage in STAGES:
        if stage.name == "entities":
            article, sentences = analysis.article, analysis.sentences
            analysis.mentions = link_entities(article, find_entities(article, sentences, model=False))
        else:
            stage.run(analysis)
    rendered = render_sentences(analysis.article, analysis.sentences, analysis.mentions)
    mentions = [m for part in rendered for m in part.mentions.values()]
    mentions += [m for frame in read_frames(analysis.article, rendered) for m in frame.recipients]
    yield from ((m.rule, analysis.article.text[m.start : m.end]) for m in mentions)
    for award in analysis.awards:
        yield from ((slot.rule, slot.text) for group in award.slots.values() for slot in group)


@pytest.mark.parametrize(("rule", "example"), [(r.id, e) for r in OF_AWARDS for e in r.examples])
def test_a_page_has_what_its_example_marks(rule: str, example: str) -> None:
    words = re.findall(r"\[[A-Z]+ ([^\]]*)\]", example)
    made = set(_made(re.sub(r"\[[A-Z]+ ([^\]]*)\]", r"\1", example)))
    assert words
    assert {(rule, word) for word in words} <= made


@pytest.mark.parametrize(("rule", "example"), [(r.id, e) for r in OF_AWARDS for e in r.counter])
def test_a_page_has_nothing_of_a_rule_that_is_not_meant(rule: str, example: str) -> None:
    assert rule not in {made for made, _ in _made(example)}
