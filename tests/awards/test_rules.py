"""Every rule of the award stage finds its own examples and leaves its counter-examples alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.awards.discourse import read_frames
from pipeline.awards.markup import parse, rendered
from pipeline.awards.pack.cues import Cue
from pipeline.awards.pack.frame_rules import FrameRule, frame_rules
from pipeline.awards.pack.sentence_patterns import CircumstanceRule, HandoverRule
from pipeline.awards.render_article import render_sentences
from pipeline.awards.structures import Frame
from pipeline.document import Article, Mention, Segment, Sentence
from pipeline.lexicon.typed_rows import RuleRow, rows


def _cases(kind: type[RuleRow], key: str) -> list[tuple[str, str]]:
    return [(row.id, example) for row in rows(kind) for example in getattr(row, key)]


def _frames(rule: str, example: str) -> tuple[list[Frame], list[Mention]]:
    """Return the frames of a rule in an example, a line a sentence, and the winners that it has to find."""
    text, mentions, starred = parse(example)
    kind = next(r.frame for r in frame_rules() if r.id == rule)
    if kind == "part":  # the tagger's likelihood of a winner is what the rule reads
        mentions = [replace(m, parts=(("WINNER", 0.9),)) if m in starred else m for m in mentions]
    title = kind == "title"
    ends = [at for at, char in enumerate(text) if char == "\n"] + [len(text)]
    sentences = [Sentence(a, b) for a, b in zip([0, *(e + 1 for e in ends)], ends, strict=False)]
    article = Article("a", "a", text, (Segment(0, len(text), "title" if title else "body"),))
    found = read_frames(article, render_sentences(article, sentences, mentions))
    return [f for f in found if f.rule.id == rule], starred


@pytest.mark.parametrize(("rule", "example"), _cases(FrameRule, "examples"))
def test_frame_rule_finds_its_winner(rule: str, example: str) -> None:
    frames, starred = _frames(rule, example)
    assert frames, "the rule gives no frame"
    winners = {(m.start, m.end) for f in frames for m in f.recipients}
    assert winners >= {(m.start, m.end) for m in starred}


@pytest.mark.parametrize(("rule", "example"), _cases(FrameRule, "counter"))
def test_frame_rule_leaves_its_counter_example_alone(rule: str, example: str) -> None:
    frames, _ = _frames(rule, example)
    assert not [f for f in frames if any(not p.bare or p.event for p in f.prizes)]


@pytest.mark.parametrize("kind", [Cue, HandoverRule, CircumstanceRule], ids=lambda kind: kind.table)
def test_rule_matches_its_examples_only(kind: type[Cue | HandoverRule | CircumstanceRule]) -> None:
    for row in rows(kind):
        assert row.examples
        assert row.counter
        assert [e for e in row.examples if not row.pattern.search(rendered(e)[1].text)] == []
        assert [e for e in row.counter if row.pattern.search(rendered(e)[1].text)] == []


def test_rules_are_tried_by_their_priority() -> None:
    assert [r.priority for r in frame_rules()] == sorted(r.priority for r in rows(FrameRule))
