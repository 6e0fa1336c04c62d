"""Every rule of the award stage finds its own examples and leaves its counter-examples alone."""

from __future__ import annotations

import pytest

from pipeline.awards.frames import find_frames
from pipeline.awards.markup import rendered
from pipeline.awards.rules import cues, frame_rules, handover_rules, scene_rules
from pipeline.lexicon import load_table

FRAMES = {row["id"]: row for row in load_table("award_rules")}


def _cases(table: str, key: str) -> list[tuple[str, str]]:
    return [(row["id"], example) for row in load_table(table) for example in row[key]]


@pytest.mark.parametrize(("rule", "example"), _cases("award_rules", "examples"))
def test_frame_rule_finds_its_winner(rule: str, example: str) -> None:
    text, sentence, starred = rendered(example)
    title = FRAMES[rule]["frame"] == "title"
    frames = [f for f in find_frames(text, sentence, title) if f.rule == rule]
    assert frames, "the rule gives no frame"
    winners = [m for f in frames for m in f.recipients]
    assert all(m in winners for m in starred)


@pytest.mark.parametrize(("rule", "example"), _cases("award_rules", "counter"))
def test_frame_rule_leaves_its_counter_example_alone(rule: str, example: str) -> None:
    text, sentence, _ = rendered(example)
    frames = [f for f in find_frames(text, sentence) if f.rule == rule]
    assert not [f for f in frames if any(not p.bare or p.event for p in f.prizes)]


@pytest.mark.parametrize(("cue", "example"), _cases("award_cues", "examples"))
def test_cue_is_found(cue: str, example: str) -> None:
    _, sentence, _ = rendered(example)
    by_id = {c.id: c for kind in {row["cue"] for row in load_table("award_cues")} for c in cues(kind)}
    assert by_id[cue].pattern.search(sentence.text)


@pytest.mark.parametrize(("cue", "example"), _cases("award_cues", "counter"))
def test_cue_is_not_found(cue: str, example: str) -> None:
    _, sentence, _ = rendered(example)
    by_id = {c.id: c for kind in {row["cue"] for row in load_table("award_cues")} for c in cues(kind)}
    assert not by_id[cue].pattern.search(sentence.text)


@pytest.mark.parametrize(("rule", "example"), _cases("handover_rules", "examples"))
def test_handover_rule_matches(rule: str, example: str) -> None:
    _, sentence, _ = rendered(example)
    pattern = next(r.pattern for r in handover_rules() if r.id == rule)
    assert pattern.search(sentence.text)


@pytest.mark.parametrize(("rule", "example"), _cases("handover_rules", "counter"))
def test_handover_rule_does_not_match(rule: str, example: str) -> None:
    _, sentence, _ = rendered(example)
    pattern = next(r.pattern for r in handover_rules() if r.id == rule)
    assert not pattern.search(sentence.text)


@pytest.mark.parametrize(("rule", "example"), _cases("scene_rules", "examples"))
def test_scene_rule_matches(rule: str, example: str) -> None:
    _, sentence, _ = rendered(example)
    slot = next(row["slot"] for row in load_table("scene_rules") if row["id"] == rule)
    assert any(r.id == rule and r.pattern.search(sentence.text) for r in scene_rules(slot))


@pytest.mark.parametrize(("rule", "example"), _cases("scene_rules", "counter"))
def test_scene_rule_does_not_match(rule: str, example: str) -> None:
    _, sentence, _ = rendered(example)
    slot = next(row["slot"] for row in load_table("scene_rules") if row["id"] == rule)
    assert not any(r.id == rule and r.pattern.search(sentence.text) for r in scene_rules(slot))


def test_every_rule_is_compiled_once() -> None:
    assert [r.id for r in frame_rules()] == [row["id"] for row in load_table("award_rules")]
