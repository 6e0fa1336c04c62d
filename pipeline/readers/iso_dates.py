"""Publication dates as records state them, to ISO 8601 days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from pipeline.lexicon import cached, load_table

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?:(?:T?\d{6})|T\d{4})?(?:Z|[+-]\d{2}:?\d{2})?")
_LOCAL = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})(?!\d)")
_MONTH_DAY = re.compile(r"(?<![A-Za-z])([A-Za-z]{3,9})\.? (\d{1,2}), (\d{4})(?!\d)")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d{1,9})?|\d{12,13}")
#: No page of the web is older; what states so was never set (0000-00-00, 1970-01-01).
_FIRST_YEAR = 1991
_LAST_YEAR = 2100
_WIB = dt.timezone(dt.timedelta(hours=7))


@cached
def _months() -> Mapping[str, int]:
    return {row["form"]: row["value"] for row in load_table("page_date_words") if row["role"] == "month"}


def _iso(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat() if _FIRST_YEAR <= year <= _LAST_YEAR else ""
    except ValueError:
        return ""


def _of_epoch(number: float) -> str:
    """Return the day, in western Indonesia, of seconds or milliseconds since 1970."""
    seconds = number / 1000 if number > 1e11 else number
    if not 0 < seconds < 5e9:
        return ""
    day = dt.datetime.fromtimestamp(seconds, _WIB)
    return _iso(day.year, day.month, day.day)


def _of_text(text: str) -> str:
    if match := _ISO.search(text):
        return _iso(int(match[1]), int(match[2]), int(match[3]))
    if match := _LOCAL.search(text):
        return _iso(int(match[3]), int(match[2]), int(match[1]))
    if match := _DAY_MONTH.search(text):
        return _iso(int(match[3]), _months().get(match[2].lower(), 0), int(match[1]))
    if match := _MONTH_DAY.search(text):
        return _iso(int(match[3]), _months().get(match[1].lower(), 0), int(match[2]))
    if match := _COMPACT.fullmatch(text.strip()):
        return _iso(int(match[1]), int(match[2]), int(match[3]))
    if _EPOCH.fullmatch(text.strip()):
        return _of_epoch(float(text))
    return ""


def iso_date(value: object) -> str:
    """Return the ISO day that a value states, or an empty string.

    Args:
        value: A date or datetime, or text: ISO with or without a time, ``27/11/2021`` (day first),
            ``10 Oktober 2024``, ``10 Oct 2024``, ``October 10, 2024``, ``20241010``; seconds or milliseconds
            since 1970, as a number or text; the parts of a date in a list; or one of these inside an object,
            as in ``{"$date": ...}``. Years in which there was no web are not believed.
    """
    if isinstance(value, dt.date):  # pandas.Timestamp and datetime are dates as well
        # A missing timestamp (pandas' NaT) is a date without parts.
        return "" if value != value else _iso(value.year, value.month, value.day)  # noqa: PLR0124 (only NaT differs from itself)
    if isinstance(value, str):
        return _of_text(value[:100])
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _of_epoch(value) if value == value and value > 1e8 else ""  # noqa: PLR0124 (NaN)
    if isinstance(value, Mapping):
        return next(filter(None, (iso_date(inner) for inner in list(value.values())[:3])), "")
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        if len(value) >= 3 and all(type(part) is int for part in value[:3]):
            return _iso(*value[:3])
        return iso_date(value[0]) if value else ""
    return ""
