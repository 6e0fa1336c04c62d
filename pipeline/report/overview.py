"""Counts for the overview: plain figures from the rows of the awards table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.report.assets import province_of, provinces

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture.

    Args:
        name: What it stands for: a value of the table.
        won: Records that were won.
        nominated: Records that were nominations only.
    """

    name: str
    won: int
    nominated: int

    @property
    def total(self) -> int:
        """All records."""
        return self.won + self.nominated


@dataclass(frozen=True, slots=True)
class Bars:
    """Records counted by one column.

    Args:
        bars: The bars that are drawn, in order.
        unknown: Records that do not state the column.
        rest: Records of the bars that are not drawn.
    """

    bars: tuple[Bar, ...]
    unknown: int = 0
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Records counted by two columns.

    Args:
        rows: Names of the rows that are drawn, the most frequent first.
        columns: Names of the columns that are drawn, ascending.
        counts: Records by ``(row, column)``; those of zero are left out.
        unknown: Records that lack one of the two.
        rest: Records of the rows and columns that are not drawn.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]
    unknown: int = 0
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """Figures of the whole table."""

    records: int
    won: int
    nominated: int
    past: int
    recipients: int
    events: int
    pages: int


def recipient_of(row: Row) -> str:
    """Return the name by which a recipient is counted."""
    return str(row["recipient_name"] or row["recipient"])


def _collect(awards: Sequence[Row], value: Callable[[Row], object]) -> tuple[list[Bar], int]:
    won: Counter[str] = Counter()
    nominated: Counter[str] = Counter()
    unknown = 0
    for row in awards:
        if name := str(value(row) or ""):
            (nominated if row["status"] == "nominated" else won)[name] += 1
        else:
            unknown += 1
    return [Bar(name, won[name], nominated[name]) for name in {**won, **nominated}], unknown


def _named(bars: Iterable[Bar], names: Iterable[str]) -> tuple[Bar, ...]:
    """Return the bars of the names in their order, empty ones where nothing was counted."""
    found = {bar.name: bar for bar in bars}
    return tuple(found.get(name) or Bar(name, 0, 0) for name in names)


def top(awards: Sequence[Row], value: Callable[[Row], object], most: int) -> Bars:
    """Count the records by a value and keep the most frequent ones.

    Args:
        awards: Rows of the awards table.
        value: Value of a row; empty or ``None`` where it is not stated.
        most: Number of bars to keep.
    """
    bars, unknown = _collect(awards, value)
    bars.sort(key=lambda bar: (-bar.total, bar.name))
    return Bars(tuple(bars[:most]), unknown, sum(bar.total for bar in bars[most:]))


def by_year(awards: Sequence[Row], most: int = 15) -> Bars:
    """Count the records by edition year, the latest years, without gaps.

    Args:
        awards: Rows of the awards table.
        most: Number of years to keep, up to the latest.
    """
    bars, unknown = _collect(awards, lambda row: row["year"])
    if not bars:
        return Bars((), unknown)
    years = [int(bar.name) for bar in bars]
    first = max(min(years), max(years) - most + 1)
    kept = _named(bars, map(str, range(first, max(years) + 1)))
    return Bars(kept, unknown, sum(bar.total for bar in bars if int(bar.name) < first))


def by_event_and_year(awards: Sequence[Row], events: int = 12, years: int = 8) -> Grid:
    """Count the records by event and edition year: the most frequent events, the latest years with records.

    Args:
        awards: Rows of the awards table.
        events: Number of events to keep.
        years: Number of years to keep.
    """
    stated = [(str(row["event"]), str(row["year"])) for row in awards if row["event"] and row["year"]]
    columns = sorted({year for _, year in stated}, key=int)[-years:]
    counts = Counter(pair for pair in stated if pair[1] in set(columns))
    sums: Counter[str] = Counter()
    for (event, _), count in counts.items():
        sums[event] += count
    rows = sorted(sums, key=lambda event: (-sums[event], event))[:events]
    kept = {pair: count for pair, count in counts.items() if pair[0] in set(rows)}
    return Grid(
        tuple(rows), tuple(columns), kept, len(awards) - len(stated), len(stated) - sum(kept.values())
    )


def by_province(awards: Sequence[Row]) -> Bars:
    """Count the records by the province of the recipient; the bars' names are the codes of all provinces."""
    bars, unknown = _collect(awards, lambda row: province_of(row["recipient_code"]))
    return Bars(_named(bars, provinces()), unknown)


def by_confidence(awards: Sequence[Row]) -> Bars:
    """Count the records by confidence, in tenths; a bar's name is its lower limit in percent."""

    def tenth(row: Row) -> str | None:
        c = row["confidence"]
        return None if c is None else str(min(int(c * 10 + 1e-9), 9) * 10)

    bars, unknown = _collect(awards, tenth)
    return Bars(_named(bars, map(str, range(0, 100, 10))), unknown)


def totals(awards: Sequence[Row]) -> Totals:
    """Return the figures of the whole table."""
    nominated = sum(row["status"] == "nominated" for row in awards)
    return Totals(
        records=len(awards),
        won=len(awards) - nominated,
        nominated=nominated,
        past=sum(row["timeframe"] == "past" for row in awards),
        recipients=len({recipient_of(row) for row in awards} - {""}),
        events=len({row["event"] for row in awards} - {""}),
        pages=len({row["doc_id"] for row in awards}),
    )
