"""The project's own development pages: form, coverage of the pattern catalogue, consistency of the gold."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.lexicon import load_table

PATH = Path(__file__).parents[2] / "annotations" / "dev" / "pages.jsonl"
PAGES: list[dict[str, Any]] = [json.loads(line) for line in PATH.read_text("utf-8").splitlines()]
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
by_page = pytest.mark.parametrize("page", PAGES, ids=[p["doc_id"] for p in PAGES])


@by_page
def test_entities_quote_the_page_and_nest(page: Mapping[str, Any]) -> None:
    spans = []
    for entity in page["entities"] or ():
        assert page["text"][entity["start"] : entity["end"]] == entity["text"]
        spans.append((entity["start"], entity["end"]))
    for a, b in spans:
        assert not any(a < c < b < d for c, d in spans), (a, b)


@by_page
def test_sentences_lie_outside_the_boilerplate_and_cover_the_rest(page: Mapping[str, Any]) -> None:
    covered = [False] * len(page["text"])
    for start, end in page["sentences"]:
        assert page["text"][start:end] == page["text"][start:end].strip()
        for i in range(start, end):
            assert not covered[i]
            covered[i] = True
    for piece in page["boilerplate"]:
        assert not any(covered[piece["start"] : piece["end"]])
        covered[piece["start"] : piece["end"]] = [True] * (piece["end"] - piece["start"])
    assert not "".join(c for c, done in zip(page["text"], covered, strict=True) if not done).strip()


@by_page
def test_a_title_is_the_first_sentence(page: Mapping[str, Any]) -> None:
    if page["title_span"] is None:
        assert page["title"] is None
        return
    assert page["sentences"][0] == page["title_span"]
    start, end = page["title_span"]
    assert page["text"][start:end] == page["title"]


@by_page
def test_weekday_of_an_award_fits_its_date(page: Mapping[str, Any]) -> None:
    for award in page["awards"]:
        written = re.search("|".join(WEEKDAYS), (award["date_text"] or "").lower())
        if written and "date" not in award["soft"]:
            day = dt.date.fromisoformat(award["date"])
            assert WEEKDAYS[day.weekday()] == written.group()


def test_region_codes_exist() -> None:
    codes = {row["code"] for row in load_table("regions")}
    used = {a["recipient_region_code"] for p in PAGES for a in p["awards"]} - {None}
    assert used <= codes


def test_there_are_enough_pages_and_a_third_tells_of_no_award() -> None:
    without = sum(not p["awards"] for p in PAGES)
    assert len(PAGES) >= 40
    assert 0.3 <= without / len(PAGES) <= 0.4
    assert sum(p["entities"] is not None for p in PAGES) >= 15


def test_every_pattern_of_the_catalogue_has_a_page() -> None:
    found = {int(n) for p in PAGES for n in re.findall(r"\bA(\d{2,3})\b", p["notes"])}
    assert found == set(range(1, 109))


def test_records_of_a_page_differ() -> None:
    for page in PAGES:
        keys = [
            (a["recipient"], a["event"], a["year"], a["category"], a["result"], a["work"], a["status"])
            for a in page["awards"]
        ]
        assert len(keys) == len(set(keys)), page["doc_id"]
