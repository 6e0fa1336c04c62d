"""Typed tables: a wrong row ends when it is loaded, with its place and what to write instead."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.awards.pack.cues import Cue
from pipeline.awards.pack.frame_rules import FrameRule
from pipeline.awards.pack.macros import Macro
from pipeline.awards.pack.sentence_patterns import CircumstanceRule, GrammarPattern, HandoverRule
from pipeline.errors import LexiconError, UsageError
from pipeline.lexicon import lines, packs, table_names, use_packs
from pipeline.lexicon.typed_rows import Row, keys, rows, table_type

FRAME: Mapping[str, Any] = {
    "id": "W901",
    "meaning": "A verb of booking makes its subject the winner.",
    "frame": "active",
    "priority": 15,
    "verbs": ["membukukan"],
    "verb_class": "win",
    "pattern": "(?P<verb>{verbs})(?= )",
    "strength": "alone",
    "examples": ["[*AGENCY Pemkot Batu] membukukan [RESULT Juara 1]"],
    "counter": ["[AGENCY Pemkot Batu] akan membukukan [RESULT Juara 1]"],
}
CUE: Mapping[str, Any] = {
    "id": "Q901",
    "meaning": "A dream.",
    "cue": "future",
    "effect": "unreal",
    "scopes": [{"span": "before"}],
    "pattern": "bermimpi $",
    "examples": ["bermimpi "],
    "counter": ["berhasil "],
}
HANDOVER: Mapping[str, Any] = {
    "id": "H901",
    "meaning": "Who lends.",
    "role": "giver",
    "priority": 999,
    "pattern": "dipinjamkan {official}",
    "examples": ["dipinjamkan [PERSON Rina]"],
    "counter": ["dipinjamkan warga"],
}
CIRCUMSTANCE: Mapping[str, Any] = {
    "id": "O901",
    "meaning": "Who thought of it.",
    "slot": "organiser",
    "weight": 0.2,
    "pattern": "buatan (?P<org>[{agency}])",
    "examples": ["buatan [AGENCY Komdigi]"],
    "counter": ["buatan warga"],
}


@pytest.fixture(autouse=True)
def _own_tables_only() -> Iterator[None]:
    yield
    use_packs([])


def pack(folder: Path, kind: type[Row], *given: Mapping[str, Any]) -> Path:
    """Write rows of a table as a rule pack."""
    text = "".join(json.dumps(row) + "\n" for row in given)
    (folder / f"{kind.table}.jsonl").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("kind", "row", "change", "told"),
    [
        (FrameRule, FRAME, {"frame": "passiv"}, ["'frame'", "'passive'", "where winner and prize stand"]),
        (FrameRule, FRAME, {"pattern": "(?P<verb>{wins})(?= )"}, ["unknown macro {wins}", "win"]),
        (FrameRule, FRAME, {"pattern": "{verbs}(?= )"}, ["active needs the group (?P<verb>...)"]),
        (FrameRule, FRAME, {"pattern": "(?P<verb>{verbs}(?= )"}, ["unterminated subpattern", "mend"]),
        (FrameRule, FRAME, {"priority": "first"}, ["'priority'", "Expected `int`"]),
        (FrameRule, FRAME, {"strenght": "alone"}, ["unknown key 'strenght'", "strength"]),
        (FrameRule, FRAME, {"meaning": None}, ["missing key 'meaning'", "in a sentence"]),
        (FrameRule, FRAME, {"counter": []}, ["at least one counter"]),
        (FrameRule, FRAME, {"id": "W01"}, ["'W01' repeats", "choose one that is free"]),
        (FrameRule, FRAME, {"verb_class": "wins"}, ["'verb_class'", "'win'"]),
        (FrameRule, FRAME, {"verbs": []}, ["verbs need a verb_class"]),
        (FrameRule, FRAME, {"frame": "pair"}, ["pair needs the group (?P<re"]),
        (FrameRule, FRAME, {"reader": "list_line"}, ["a pattern and no reader"]),
        (Cue, CUE, {"cue": "hope"}, ["'cue'", "'negated'"]),
        (Cue, CUE, {"scopes": [{"span": "everywhere"}]}, ["'scopes'", "everywhere"]),
        (Cue, CUE, {"effect": "maybe"}, ["'effect'", "'unreal', 'past'"]),
        (HandoverRule, HANDOVER, {"role": "lender"}, ["'role'", "'giver', 'receiver', 'proxy'"]),
        (HandoverRule, HANDOVER, {"pattern": "dipinjamkan"}, ["giver needs {official}"]),
        (CircumstanceRule, CIRCUMSTANCE, {"weight": "much"}, ["'weight'", "Expected `float`"]),
        (CircumstanceRule, CIRCUMSTANCE, {"slot": "venue"}, ["'slot'", "'organiser', 'place'"]),
        (CircumstanceRule, CIRCUMSTANCE, {"slot": "place"}, ["place needs the group (?P<place>...)"]),
    ],
)
def test_a_wrong_row_ends_at_load(
    kind: type[Row], row: Mapping[str, Any], change: Mapping[str, Any], told: list[str], tmp_path: Path
) -> None:
    wrong = {key: value for key, value in {**row, **change}.items() if value is not None}
    use_packs([pack(tmp_path, kind, wrong)])
    with pytest.raises(LexiconError) as raised:
        rows(kind)
    message = str(raised.value)
    assert message.startswith(f"{tmp_path / kind.table}.jsonl, line 1: ")
    assert [words for words in told if words not in message] == []


def test_the_rows_that_the_cases_change_are_right(tmp_path: Path) -> None:
    given = ((FrameRule, FRAME), (Cue, CUE), (HandoverRule, HANDOVER), (CircumstanceRule, CIRCUMSTANCE))
    for kind, row in given:
        pack(tmp_path, kind, row)
    use_packs([tmp_path])
    for kind, row in given:
        assert rows(kind)[-1].id == row["id"]  # type: ignore[attr-defined]


def test_rows_of_a_pack_stand_behind_the_own_and_go_again(tmp_path: Path) -> None:
    before = rows(FrameRule)
    use_packs([pack(tmp_path, FrameRule, FRAME)])
    assert packs() == (tmp_path,)
    assert [row.id for row in rows(FrameRule)] == [*(row.id for row in before), "W901"]
    use_packs([])
    assert rows(FrameRule) == before


@pytest.mark.parametrize("text", ["{", "[1]", '"x"'])
def test_a_line_that_is_no_object_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "award_words.jsonl").write_text("\n" + text, "utf-8")
    use_packs([tmp_path])
    with pytest.raises(LexiconError, match=r"award_words\.jsonl, line 2: "):
        rows(Macro)


def test_a_pack_is_a_folder_of_known_tables(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no folder"):
        use_packs([tmp_path / "none"])
    with pytest.raises(UsageError, match="holds no table"):
        use_packs([tmp_path])
    (tmp_path / "award_rule.jsonl").write_text("", "utf-8")
    with pytest.raises(LexiconError, match=r"award_rule\.jsonl: no table has this name; .*award_rules"):
        use_packs([tmp_path])


@pytest.mark.parametrize("kind", [FrameRule, Cue, GrammarPattern, HandoverRule, CircumstanceRule, Macro])
def test_every_key_says_what_it_means(kind: type[Row]) -> None:
    assert table_type(kind.table) is kind
    assert [key for key, meaning in keys(kind).items() if not meaning] == []


def test_every_table_is_read() -> None:
    for name in table_names():
        assert next(lines(name), None) is not None
