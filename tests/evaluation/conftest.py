"""Small gold pages and records, made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.evaluation.gold import GoldPage, parse_page


@pytest.fixture
def make_award():
    """A gold record with six filled slots: recipient, event, year, category, result, status."""

    def make(**slots: Any) -> dict[str, Any]:
        record = {
            "recipient": "Kabupaten Mekarsari",
            "recipient_type": "regency",
            "event": "Anugerah Pena Nusantara",
            "edition": None,
            "year": 2024,
            "category": "Siaran Pers",
            "group": None,
            "result": "Juara I",
            "rank": 1,
            "status": "won",
            "timeframe": "current",
            "work": None,
            "organiser": [],
            "giver": None,
            "giver_position": None,
            "received_by": None,
            "received_by_position": None,
            "date": None,
            "date_text": None,
            "place": None,
            "scope": "primary",
            "soft": [],
            "evidence": [],
        }
        return record | slots

    return make


@pytest.fixture
def as_row():
    """The row of awards.csv that states just what a gold record says."""

    def convert(award: dict[str, Any], **changes: Any) -> dict[str, str]:
        row = {
            key: "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
            for key, value in award.items()
            if key not in {"soft", "evidence", "scope", "accept"}
        }
        return {**row, "recipient_name": "", **changes}

    return convert


@pytest.fixture
def make_page():
    """A gold page from its text, with spans given as (surface, label) and found in the text."""

    def make(
        text: str,
        *,
        doc_id: str = "own-1",
        awards: tuple[dict[str, Any], ...] = (),
        boilerplate: tuple[tuple[str, str], ...] | None = (),
        entities: tuple[tuple[str, str], ...] | None = None,
        title: str | None = None,
        **keys: Any,
    ) -> GoldPage:
        def spans(items: tuple[tuple[str, str], ...], key: str) -> list[dict[str, Any]]:
            found = []
            for surface, label in items:
                start = text.index(surface)
                found.append({"start": start, "end": start + len(surface), key: label, "text": surface})
            return found

        record = {
            "doc_id": doc_id,
            "text": text,
            "label": "positive" if awards else "negative",
            "awards": list(awards),
            "boilerplate": None if boilerplate is None else spans(boilerplate, "kind"),
            "entities": None if entities is None else spans(entities, "label"),
            **keys,
        }
        if title is not None:
            record["title_span"] = [text.index(title), text.index(title) + len(title)]
        return parse_page(record)

    return make
