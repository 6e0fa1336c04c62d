from __future__ import annotations

from typing import Any

from pipeline.report.overview import (
    Bar,
    by_confidence,
    by_event_and_year,
    by_province,
    by_year,
    recipient_of,
    top,
    totals,
)


def row(**values: Any) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(
        (
            "doc_id",
            "recipient",
            "recipient_name",
            "recipient_code",
            "event",
            "category",
            "status",
            "timeframe",
        ),
        "",
    )
    return empty | {"year": None, "confidence": None, "status": "won"} | values


def test_years_have_no_gaps_and_end_with_the_latest() -> None:
    rows = [row(year=2020), row(year=2023, status="nominated"), row(year=2023), row(), row(year=1999)]
    bars = by_year(rows, most=4)
    assert bars.bars == (Bar("2020", 1, 0), Bar("2021", 0, 0), Bar("2022", 0, 0), Bar("2023", 1, 1))
    assert (bars.unknown, bars.rest) == (1, 1)
    assert by_year([row()]).bars == ()


def test_the_most_frequent_come_first_and_names_break_ties() -> None:
    rows = [row(category=c) for c in ("b", "a", "c", "c", "")]
    bars = top(rows, lambda r: r["category"], 2)
    assert [(b.name, b.total) for b in bars.bars] == [("c", 2), ("a", 1)]
    assert (bars.unknown, bars.rest) == (1, 1)


def test_events_by_year() -> None:
    rows = [row(event="A", year=2024)] * 3 + [
        row(event="B", year=2023),
        row(event="C", year=2020),
        row(event="A"),
        row(year=1),
    ]
    grid = by_event_and_year(rows, events=2, years=2)
    assert (grid.rows, grid.columns) == (("A", "B"), ("2023", "2024"))
    assert grid.counts == {("A", "2024"): 3, ("B", "2023"): 1}
    assert (grid.unknown, grid.rest) == (2, 1)


def test_provinces_by_the_recipients_region() -> None:
    bars = by_province(
        [row(recipient_code="35.73"), row(recipient_code="35"), row(), row(recipient_code="77.01")]
    )
    assert [(b.name, b.total) for b in bars.bars if b.total] == [("35", 2)]
    assert len(bars.bars) == 38
    assert bars.unknown == 2


def test_confidence_in_tenths_with_the_limits_where_they_belong() -> None:
    bars = by_confidence([row(confidence=c) for c in (0.0, 0.3, 0.6, 0.599, 0.7, 1.0, None)])
    assert {b.name: b.total for b in bars.bars if b.total} == {
        "0": 1,
        "30": 1,
        "50": 1,
        "60": 1,
        "70": 1,
        "90": 1,
    }
    assert bars.unknown == 1


def test_totals() -> None:
    rows = [
        row(doc_id="a", recipient="X", event="E"),
        row(doc_id="a", recipient="x", recipient_name="X", status="nominated", timeframe="past"),
        row(doc_id="b"),
    ]
    assert recipient_of(rows[1]) == "X"
    found = totals(rows)
    assert (found.records, found.won, found.nominated, found.past) == (3, 2, 1, 1)
    assert (found.recipients, found.events, found.pages) == (1, 1, 2)
