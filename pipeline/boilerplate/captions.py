"""Captions of pictures, told by a credit or by what a picture shows."""

from __future__ import annotations

import re

from pipeline.boilerplate.lines import Line
from pipeline.lexicon import cached, load_table

_MAX_WORDS = 70


@cached
def _cues(strength: str) -> re.Pattern[str]:
    rows = [row["pattern"] for row in load_table("caption_cues") if row["strength"] == strength]
    return re.compile("|".join(f"(?:{pattern})" for pattern in rows))


def is_caption(line: Line, *, above: bool, beside: bool) -> bool:
    """Whether a line is the caption of a picture.

    Args:
        line: A line without any other marker.
        above: Whether it stands above the paragraph that has the dateline, where pictures are.
        beside: Whether it stands right above that paragraph.
    """
    if line.words > _MAX_WORDS or line.words < 3:
        return False
    strengths = ("credit",) + ("scene",) * above + ("date",) * beside
    return any(_cues(strength).search(line.bare) for strength in strengths)
