"""Columns with a closed list or a form hold nothing else, on all pages of our own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.award_schema import FIELDS, AwardField
from pipeline.lexicon import load_table
from pipeline.tables.rows import award_rows
from tests.awards.story import table, tell

ROOT = Path(__file__).parents[2]
CODES = {row["code"] for name in ("regions", "regions_district") for row in load_table(name)}


def _fits(field: AwardField, value: Any) -> bool:
    match field.type:
        case "choice":
            return value in field.values
        case "code":
            return value in CODES
        case "date":
            return re.fullmatch(r"\d{4}(?:-\d\d){0,2}", value) is not None
        case "integer":
            return isinstance(value, int)
        case _:
            return True


def test_closed_columns_stay_closed() -> None:
    lines = (ROOT / "annotations/dev/pages.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    texts += [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    rows = [row for text in texts for row in award_rows(pipeline.process(text))]
    assert len(rows) > 100
    filled = [(f, row[f.name]) for row in rows for f in FIELDS if row.get(f.name) not in (None, "")]
    assert [(f.name, value) for f, value in filled if not _fits(f, value)] == []


@pytest.mark.parametrize(
    ("winner", "kind"),
    [
        ("[PLACE Wanasari]", ""),
        ("[PLACE:town Wanasari]", ""),
        ("[ORGANISATION Rajawali Muda]", ""),
        ("[ORGANISATION:party Partai Senja]", "community"),
        ("[ORGANISATION:school SMA 1 Batu]", "school"),
        ("[PERSON Rina Sari]", "person"),
        ("[AGENCY Dinas Arsip]", "agency"),
    ],
)
def test_a_kind_that_is_not_known_is_left_out(winner: str, kind: str) -> None:
    (row,) = table(tell(f"{winner} meraih [RESULT Juara 1] [EVENT Anugerah Elang]."), "recipient_type")
    assert row == (kind,)
