"""Lines and blocks that sentences do not cross, and what is trimmed from a sentence's ends."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: White space and invisible characters around sentences.
TRIM = " \t\xa0\x00\u200b\u200c\u200d\u2060\ufeff\u3000\u202f\u00ad"

_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TAG_BREAK = re.compile(
    r"</?(?:p|li|ul|ol|div|td|th|tr|table|br|h[1-6]|dd|dt|dl|blockquote|section|article)\b[^<>]{0,400}>",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"^(?:#{1,6}\s+|<[^<>]{1,400}>\s*|\\(?=\"))+|(?:\s*<[^<>]{1,400}>|\\(?=\"$))+$")


def text_lines(text: str, *, headline: bool) -> list[tuple[int, int]]:
    """Return the stretches that sentences do not cross: lines, or blocks of pages saved with tags.

    Args:
        text: One or more paragraphs.
        headline: Whether it is a headline, which only tags divide.

    Returns:
        ``(start, end)`` of each, in order. A line that a lower-case line goes on after a wrap is one with it.
    """
    tagged = "<" in text and _TAG_BREAK.search(text) is not None
    pattern = _TAG_BREAK if tagged else _BREAK
    ragged = not tagged and _is_ragged(text)
    spans, begin = [], 0
    for match in pattern.finditer(text):
        before, after = (
            text[begin : match.start()].rstrip(TRIM),
            text[match.end() : match.end() + 40].lstrip(TRIM),
        )
        open_end = before[-1:] not in '.!?:;…"”'
        wrapped = not tagged and len(before) >= 50 and open_end and after[:1].islower()
        # on a wrapped page the next line may well start with a name
        wrapped = wrapped or (ragged and open_end and len(match.group()) == 1 and after[:1].isalnum())
        if wrapped or (headline and not tagged):
            continue
        spans.append((begin, match.start()))
        begin = match.end()
    spans.append((begin, len(text)))
    return spans


def _is_ragged(text: str) -> bool:
    """Whether a stretch was wrapped at words: a line that ends open goes on in lower case."""
    return any(
        len(m.group()) == 1
        and text[m.end() : m.end() + 1].islower()
        and text[m.start() - 1] not in '.!?:;…"”'
        for m in _BREAK.finditer(text)
        if m.start()
    )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return ``start`` and ``end`` without white space, heading marks and tags at either end."""
    piece = text[start:end]
    begin = start + len(piece) - len(piece.lstrip(TRIM))
    stop = end - (len(piece) - len(piece.rstrip(TRIM)))
    piece = text[begin:stop]
    if piece[:1] in "#<\\" or piece[-1:] in '>"':
        lead = _MARKUP.match(piece)
        if lead and lead.end():
            return trimmed(text, begin + lead.end(), stop)
    return begin, stop


def trimmed_spans(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans as :func:`trimmed` leaves them, without those that hold no letter or digit."""
    found = (trimmed(text, start, end) for start, end in spans)
    return [(a, b) for a, b in found if a < b and any(c.isalnum() for c in text[a:b])]
