"""Publication dates as records state them, to ISO 8601 days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from pipeline.lexicon import cached, load_table

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_LOCAL = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})(?!\d)")
_MONTH_DAY = re.compile(r"(?<![A-Za-z])([A-Za-z]{3,9})\.? (\d{1,2}), (\d{4})(?!\d)")


@cached
def _months() -> Mapping[str, int]:
    return {row["form"]: row["value"] for row in load_table("page_date_words") if row["role"] == "month"}


def _iso(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def iso_date(value: object) -> str:
    """Return the ISO day that a value states, or an empty string.

    Args:
        value: A date or datetime, or text: ISO with or without a time, ``27/11/2021`` (day first),
            ``10 Oktober 2024``, ``10 Oct 2024``, ``October 10, 2024``. Numbers are not guessed at.
    """
    if isinstance(value, dt.date):  # pandas.Timestamp and datetime are dates as well
        # A missing timestamp (pandas' NaT) is a date without parts.
        return "" if value != value else _iso(value.year, value.month, value.day)  # noqa: PLR0124 (only NaT differs from itself)
    text = str(value)[:100] if isinstance(value, str) else ""
    if match := _ISO.search(text):
        return _iso(int(match[1]), int(match[2]), int(match[3]))
    if match := _LOCAL.search(text):
        return _iso(int(match[3]), int(match[2]), int(match[1]))
    if match := _DAY_MONTH.search(text):
        return _iso(int(match[3]), _months().get(match[2].lower(), 0), int(match[1]))
    if match := _MONTH_DAY.search(text):
        return _iso(int(match[3]), _months().get(match[1].lower(), 0), int(match[2]))
    return ""
