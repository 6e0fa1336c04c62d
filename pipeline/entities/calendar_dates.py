"""Calendar dates as news pages write them, and their resolution to ISO dates.

A DATE mention is a calendar date: day and month at least, or month and year. Bare years, months and weekdays
are none.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.lexicon import cached, load_table


@cached
def _words(role: str) -> dict[str, int]:
    return {str(r["form"]).lower(): int(r["value"]) for r in load_table("date_words") if r["role"] == role}


def _alternation(role: str) -> str:
    forms = sorted(
        (str(r["form"]) for r in load_table("date_words") if r["role"] == role), key=len, reverse=True
    )
    return "|".join(map(re.escape, forms))


class _Patterns:
    """Expressions of dates, made of the names of months, weekdays and times of the day."""

    def __init__(self) -> None:
        weekday = rf"(?:{_alternation('weekday')})"
        month = rf"(?:{_alternation('month')})(?:\.(?=\s?\d))?"
        daytime = rf"(?:{_alternation('daytime')})"
        day = r"(?:[0-3]?\d)"
        year = r"(?:(?:19|20)\d\d)"
        # 19-21 November, 13–15 Agustus 2019, 27 s.d. 29 Juli, 28 dan 29 Mei; also 30 Juni - 2 Juli 2024
        join = r"\s?(?:-|–|—|s\.?d\.?|s/d|sampai(?: dengan)?|hingga|dan)\s?"
        days = rf"{day}(?:\s{month})?(?:{join}{day})?"
        worded = rf"{days}[\s-]{month}(?:[,\s-]\s?{year})?"
        english = rf"{month}\s{day},\s{year}"
        # day first, the year with two or four digits, or none inside brackets or after a weekday
        slashed = rf"(?:{day}(?:-{day})?[/.-][01]?\d(?:[/.-]\d{{4}}|[/.-]\d{{2}})|{year}-[01]\d-[0-3]\d)"
        short = rf"{day}(?:-{day})?/[01]?\d(?:/\d{{2,4}})?"
        after_weekday = (
            rf"(?:\s{daytime})?,?\s?(?:\((?:{short}|{slashed}|{worded})\)|{worded}|{slashed}|{short}(?!\d))"
        )
        tail = r"(?![\w/])"
        mention = (
            rf"(?<![\w/])(?:"
            rf"{weekday}{after_weekday}"
            rf"|\({short}\)"
            rf"|{worded}|{english}"
            rf"|(?<![.,\d-]){slashed}"
            rf"|{month}\s(?:tahun\s)?{year}"
            rf"){tail}"
        )
        self.mention = re.compile(mention, re.IGNORECASE)
        self.numeric = re.compile(r"(?<!\d)(?:\d{1,2}-)?(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?(?!\d)")
        self.day_month = re.compile(
            rf"(?<!\d)({day})(?:{join}{day})?[\s-]({month})(?:[,\s-]\s?({year}))?(?!\w)", re.IGNORECASE
        )
        self.month_day = re.compile(rf"({month})\s({day}),\s({year})", re.IGNORECASE)
        self.month_year = re.compile(rf"(?<!\w)({month})\s(?:tahun\s)?({year})", re.IGNORECASE)
        self.iso = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
        self.weekday = re.compile(rf"(?<!\w)({_alternation('weekday')})(?!\w)", re.IGNORECASE)
        self.days = re.compile(rf"(?<![\d/]){day}(?:\s{month})?{join}{day}(?!\d)[\s/]", re.IGNORECASE)


@cached
def _patterns() -> _Patterns:
    return _Patterns()


def find_dates(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of calendar dates in ``text[start:end]``, brackets of a bare "(25/9)" left outside."""
    found = []
    for match in _patterns().mention.finditer(text, start, end):
        a, b = match.span()
        if text[a] == "(":
            a, b = a + 1, b - 1
        if resolve_date(text[a:b], None):
            found.append((a, b))
    return found


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the last match: the end of a range over two months carries the year."""
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _complete(month: int, day: int, weekday: int | None, anchor: str | None) -> str:
    """Fill the year of a year-less date: the latest one not long after the anchor, the weekday deciding."""
    parts = (anchor or "").split("-")
    if not parts[0].isdigit() or len(parts[0]) != 4:
        return ""
    year = int(parts[0])
    full = _valid(*map(int, parts[:3])) if len(parts) >= 3 and all(p.isdigit() for p in parts[:3]) else None
    options = [d for y in (year, year - 1, year + 1) if (d := _valid(y, month, day))]
    if full:
        # News tells of the days before: a date more than a fortnight ahead belongs to the year before.
        options.sort(key=lambda d: (d > full + timedelta(days=14), abs((full - d).days)))
    if weekday is not None:
        fitting = [d for d in options if d.weekday() == weekday]
        # A weekday that fits another year outweighs nearness only if that year is adjacent and not far ahead.
        near = [d for d in fitting if full is None or d <= full + timedelta(days=14)]
        if near and (full is None or abs((near[0] - full).days) < 200):
            return near[0].isoformat()
    return options[0].isoformat() if options else ""


def resolve_date(text: str, anchor: str | None) -> str:
    """Resolve a written date to ISO 8601, partial allowed.

    Args:
        text: The date as written ("Kamis (10/10/2024)", "17-19 November 2016", "Rabu (24/9)").
        anchor: ISO date (or year) that fills a missing year, as a rule the day of publication, or ``None``.

    Returns:
        "2024-10-10"; for a range of days its month ("2016-11"); for a month that ("2023-09"); for a date
        without a year and no anchor "--10-24" (month and day, ISO 8601's truncated form); empty if ``text``
        holds no date.
    """
    p = _patterns()
    named = p.weekday.search(text)
    weekday = _words("weekday")[named[1].lower()] if named else None
    if match := p.iso.search(text):
        made = _valid(int(match[1]), int(match[2]), int(match[3]))
        return made.isoformat() if made else ""
    year_text: str | None
    if match := p.month_day.search(text):
        month, day, year_text = _words("month")[match[1].lower().rstrip(".")], int(match[2]), match[3]
    elif match := _last(p.day_month, text):
        day, month, year_text = int(match[1]), _words("month")[match[2].lower().rstrip(".")], match[3]
    elif match := p.numeric.search(text):
        day, month, year_text = int(match[1]), int(match[2]), match[3]
    elif match := p.month_year.search(text):
        return f"{match[2]}-{_words('month')[match[1].lower().rstrip('.')]:02d}"
    else:
        return ""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    is_range = bool(p.days.search(text))
    if year_text:
        year = int(year_text) + (2000 if len(year_text) == 2 else 0)
        made = _valid(year, month, day)
        iso = made.isoformat() if made else ""
    else:
        iso = _complete(month, day, weekday, anchor) or f"--{month:02d}-{day:02d}"
    return iso[:7] if is_range and not iso.startswith("--") else iso
