"""Which line of a page is its headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.boilerplate.headline import particles
from pipeline.boilerplate.lines import Line

_WORD = re.compile(r"[^\W_]{3,}")
_MIN_WORDS, _MAX_WORDS = 3, 32
_NEEDED = 0.45
#: A later line must be so much better: headlines come before standfirsts, which repeat the opening even more
#: closely.
_MARGIN = 0.1
#: Whatever else speaks for a line, the opening must be about the same thing.
_LEAST = 0.2
#: Repeats of the headline with something after it stand in the page's first lines.
_HEAD_LINES = 40


def normal(text: str) -> str:
    """Return a text's letters and digits in lower case, for comparing headlines."""
    return " ".join(_WORD.findall(text.lower()))


def content_words(text: str) -> frozenset[str]:
    """Return the words of a text in lower case, without those of one or two letters."""
    return frozenset(_WORD.findall(text.lower()))


def likeness(line: Line, lead: frozenset[str]) -> float:
    """Return the share of a line's words that the article's opening repeats, lower where these are few."""
    words = content_words(line.bare) - particles()
    hits = len(words & lead)
    return hits / len(words) * (0.6 + 0.08 * min(hits, 5)) if words else 0.0


def title_score(
    line: Line, lead: frozenset[str], repeats: int, following: str | None, *, first: bool
) -> float:
    """Score how well a line serves as headline of an article.

    Args:
        line: The line.
        lead: Words of the article's first paragraphs.
        repeats: How often the same line occurs on the page.
        following: Kind of the next line, ``None`` if it is not known yet.
        first: Whether it is the page's first line; further down, "#" marks a topic and no heading.

    Returns:
        Its likeness to the opening, and more if it is written in title case, marked as a heading, repeated
        on the page
        (share widgets do that), or followed by the author or date; 0 if too short or too long for a headline.
    """
    if not _MIN_WORDS <= line.words <= _MAX_WORDS:
        return 0.0
    score = likeness(line, lead)
    heading = first and line.text.startswith("# ") and line.words >= 4
    if score < _LEAST and not heading:
        return 0.0
    score += 0.2 * (line.capitals >= 0.6) + 0.5 * heading + 0.35 * (repeats > 1)
    return score + 0.15 * (following == "byline")


def _prefixed(forms: Sequence[str], form: str) -> int:
    """Return how many of the page's first lines begin with a line and go on."""
    return sum(other.startswith(form) for other in forms[:_HEAD_LINES] if len(other) > len(form))


def pick_title(
    lines: Sequence[Line],
    kinds: Sequence[str | None],
    candidates: Sequence[int],
    lead: frozenset[str],
    hint: str | None,
) -> int | None:
    """Pick the headline among candidate lines.

    Args:
        lines: All lines of the page.
        kinds: Their kinds so far.
        candidates: Indices of lines before the article's first paragraph that no marker claims.
        lead: Words of the article's first paragraphs.
        hint: The headline that the record itself states, if any.

    Returns:
        Index of the headline's line, or ``None``.
    """
    forms = [normal(line.bare) if line.words <= 2 * _MAX_WORDS else "" for line in lines]
    wanted = normal(hint) if hint else ""
    if wanted and wanted in forms:
        return forms.index(wanted)
    counts = Counter(forms)
    best, best_score = None, _NEEDED
    for index in candidates:
        form = forms[index]
        repeats = counts[form] + _prefixed(forms, form) if form else 0
        following = kinds[index + 1] if index + 1 < len(lines) else None
        score = title_score(lines[index], lead, repeats, following, first=index == 0)
        if score > best_score + (0.0 if best is None else _MARGIN):
            best, best_score = index, score
    return best
