"""Which line of a page is its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.boilerplate.lines import Line

_WORD = re.compile(r"[^\W_]{3,}")
_MIN_WORDS, _MAX_WORDS = 3, 32
_NEEDED = 0.45
#: A later line must be so much better: headlines come before standfirsts, which repeat the opening even more closely.
_MARGIN = 0.25
#: Words of the opening paragraphs say what a headline says.
_LEAD_CHARS = 3000


def normal(text: str) -> str:
    """Return a text's letters and digits in lower case, for comparing headlines."""
    return " ".join(_WORD.findall(text.lower()))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def title_score(line: Line, lead: str, repeats: int) -> float:
    """Score how well a line serves as headline of the article whose opening is ``lead``.

    Args:
        line: The line.
        lead: The article's first paragraphs.
        repeats: How often the same line occurs on the page.

    Returns:
        Share of the line's words that the opening repeats, a little more if the page repeats the line; 0 if the line
        is too short or too long for a headline.
    """
    if not _MIN_WORDS <= line.words <= _MAX_WORDS:
        return 0.0
    words = _words(line.bare)
    if not words:
        return 0.0
    share = len(words & _words(lead)) / len(words)
    return share + (0.2 if repeats > 1 else 0.0) + (0.3 if line.text.startswith("# ") else 0.0)


def pick_title(lines: Sequence[Line], candidates: Sequence[int], lead: str, hint: str | None) -> int | None:
    """Pick the headline among candidate lines.

    Args:
        lines: All lines of the page.
        candidates: Indices of lines before the article's first paragraph that no marker claims.
        lead: The article's first paragraphs.
        hint: The headline that the record itself states, if any.

    Returns:
        Index of the headline's line, or ``None``.
    """
    if hint:
        wanted = normal(hint)
        for index in range(len(lines)):
            if lines[index].words <= 2 * _MAX_WORDS and wanted and normal(lines[index].bare) == wanted:
                return index
    forms = [normal(line.bare) if line.words <= _MAX_WORDS else "" for line in lines]
    best, best_score = None, _NEEDED
    for index in candidates:
        score = title_score(lines[index], lead[:_LEAD_CHARS], forms.count(forms[index]))
        if score > best_score + (0.0 if best is None else _MARGIN):
            best, best_score = index, score
    return best
