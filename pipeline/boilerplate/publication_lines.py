"""Publication lines: what they look like, and the date they state."""

from __future__ import annotations

import re
from datetime import date

from pipeline.lexicon import cached, load_table

_WORD = re.compile(r"[^\W\d_][^\W\d_’']*|\d+")
_NAMED = re.compile(r"(?<!\d)(\d{1,2})[\s\-./]{1,3}([^\W\d_]{3,10})\.?[\s\-.,/]{1,3}(\d{4})(?!\d)")
_NAMED_US = re.compile(r"(?<!\w)([^\W\d_]{3,10})\.?\s{1,2}(\d{1,2}),?\s{1,2}(\d{4})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s?[/\-.]\s?(\d{1,2})\s?[/\-.]\s?(\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/](\d{2})[-/](\d{2})(?!\d)")
_MAX_CHARS = 160
_MAX_OTHER_WORDS = 5
#: With more of them and a full stop, a line is a sentence that tells a date.
_MAX_SENTENCE_WORDS = 2


@cached
def _roles() -> dict[str, str]:
    return {row["form"]: row["role"] for row in load_table("page_date_words")}


@cached
def _months() -> dict[str, int]:
    return {row["form"]: row["value"] for row in load_table("page_date_words") if row["role"] == "month"}


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if 1995 <= year <= 2100 else None
    except ValueError:
        return None


def find_date(text: str) -> str | None:
    """Return the first full calendar date of a short text, in ISO form.

    Args:
        text: A line or a metadata value ("Kamis, 09 Sep 2021 16:51 WIB", "27/11/2021", "2021-11-27T20:23").

    Returns:
        ``YYYY-MM-DD`` with the day first in numeric dates, or ``None``.
    """
    text = text[:_MAX_CHARS]
    found: list[tuple[int, str]] = []
    for pattern, order in ((_ISO, "ymd"), (_NUMBERS, "dmy"), (_NAMED, "dmy"), (_NAMED_US, "mdy")):
        for match in pattern.finditer(text):
            parts = dict(zip(order, match.groups(), strict=True))
            month = parts["m"]
            number = int(month) if month.isdigit() else _months().get(month.lower(), 0)
            iso = _iso(int(parts["y"]), number, int(parts["d"]))
            if iso:
                found.append((match.start(), iso))
                break
    return min(found)[1] if found else None


def is_date_line(text: str, *, strict: bool = False) -> bool:
    """Whether a line states when (and perhaps by whom, in which section) the page was published.

    Args:
        text: The line.
        strict: Allow nothing beside the date.
    """
    if len(text) > _MAX_CHARS or not find_date(text):
        return False
    if text.rstrip().endswith((".", ":", "!", "?")) and strict:
        return False
    others = [w for w in _WORD.findall(text.lower()) if not w.isdigit() and w not in _roles()]
    if len(others) > _MAX_SENTENCE_WORDS and text.rstrip().endswith("."):
        return False
    return len(others) <= (0 if strict else _MAX_OTHER_WORDS)
