"""What rules are worth: pages that get better and worse when one is switched off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.awards.pack import Cue
from pipeline.errors import LexiconError
from pipeline.evaluation import rule_support as module
from pipeline.evaluation.rule_support import format_support, rule_support
from pipeline.lexicon import lines, without_rows
from pipeline.lexicon.typed_rows import rows

WON = {"recipient": "Kota Batu", "event": "Anugerah Media Humas", "year": 2024, "status": "won"}
PAGES = (
    ("a", "Kota Batu gagal meraih Anugerah Media Humas 2024.", [], {"outlet": "elang.id"}),
    ("b", "Kota Batu belum pernah meraih Anugerah Media Humas 2024.", [], {"outlet": "?", "repo": "x/y"}),
    # the gold is wrong, so that the rule hurts
    ("c", "Kota Batu tidak meraih Anugerah Media Humas 2024.", [WON], {}),
    ("d", "Kota Batu meraih Anugerah Media Humas 2024.", [WON], {"outlet": "elang.id"}),
)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "pages.jsonl"
    records = [
        {"doc_id": name, "text": text, "awards": awards, "source": told} for name, text, awards, told in PAGES
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


@pytest.fixture
def few_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"Q01", "Q06", "W01"}

    def some(table: str) -> Iterator[tuple[str, dict[str, Any]]]:
        yield from ((where, row) for where, row in lines(table) if row["id"] in asked)

    monkeypatch.setattr(module, "lines", some)


@pytest.mark.usefixtures("few_rules")
def test_each_rule_with_the_pages_it_helps_and_hurts(gold: Path) -> None:
    found = {s.rule: s for s in rule_support([gold], ("award_cues", "award_rules"))}
    negation = found["Q01"]
    assert (dict(negation.helped), dict(negation.hurt)) == (
        {"a": "elang.id", "b": "x/y"},
        {"c": "pages.jsonl"},
    )
    assert (negation.changed, negation.sources) == (3, (2, 1))
    assert (found["Q06"].changed, found["Q06"].needed) == (0, False)
    assert found["W01"].needed, "other patterns name the verbs of W01"

    printed = format_support(tuple(found.values()))
    assert printed.startswith("2 rules switched off in turn\n  1 change nothing, 0 help on one page at most")
    assert "needed by others: W01" in printed
    assert [line.split()[:7] for line in printed.splitlines() if line.startswith("  Q01")] == [
        ["Q01", "award_cues", "3", "2", "2", "1", "1"]
    ]


def test_rows_come_back_whatever_happens() -> None:
    before = rows(Cue)

    def fail() -> None:
        with without_rows("award_cues", "Q01", "Q06"):
            assert {"Q01", "Q06"}.isdisjoint(cue.id for cue in rows(Cue))
            raise LexiconError("something else goes wrong")

    with pytest.raises(LexiconError):
        fail()
    assert [cue.id for cue in rows(Cue)] == [cue.id for cue in before]
