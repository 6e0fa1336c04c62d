"""Limits of a term: marks around it, brackets and a year at its end."""

from __future__ import annotations

import re

_TRIM = " \xa0,;:.-–—“”\"'"
_YEAR_TAIL = re.compile(
    r"(?: tahun| th\.?)?(?: (?:ke|edisi)[- ]?(?:\d{1,3}|[IVXL]+))?[ ,]*"
    r"(?:(?:tahun )?(?:19|20)\d\d(?:/\d{4})?)?$",
    re.IGNORECASE,
)
#: A name and the bracket that opens behind it.
_BRACKET_HEAD = re.compile(r"(?<![\w-])[A-Z][\w-]*(?: [A-Z][\w-]*){0,5} \([^()]*$")
#: A name that is read backwards stands within so many characters before its last word.
BACKWARDS = 120


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the blanks and marks at its ends."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end


def closed(text: str, start: int, end: int, first: int, limit: int) -> tuple[int, int]:
    """Give a name both its brackets, or cut it at one that stands alone.

    Args:
        text: Article text.
        start: Start of the name.
        end: Its end.
        first: Where the sentence starts.
        limit: Where it ends.
    """
    opening = text.rfind("(", start, end)
    closing = text.find(")", start, end)
    if closing >= 0 and not start <= text.find("(", start, end) < closing:
        # the name was read backwards from inside a bracket: what stands before the bracket is its start
        head = _BRACKET_HEAD.search(text[max(first, start - BACKWARDS) : closing])
        if head is None:
            return trimmed(text, closing + 1, end)
        return max(first, start - BACKWARDS) + head.start(), end
    if opening < 0 or ")" in text[opening:end]:
        return start, end
    if end < limit and text[end] == ")":
        return start, end + 1
    return trimmed(text, start, opening) if opening > start else (start, end)


def without_year(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the edition and year at its end."""
    match = _YEAR_TAIL.search(text[start:end])
    if match and match.start() > 0 and match.group().strip():
        end = start + match.start()
    return trimmed(text, start, end)
