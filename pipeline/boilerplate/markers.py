"""Marker rules for whole lines, from the lexicon."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.boilerplate.lines import Line
from pipeline.lexicon import cached, load_table

_MAX_WORDS = 60
#: No marker line is longer; keeps matching cheap on pages without line breaks.
_MAX_CHARS = 4000
_FORMS = {"whole": r"(?:{})\s*$", "start": r"(?:{})", "end": r".*(?:{})\s*$", "inside": r".*?(?:{})"}


@dataclass(frozen=True, slots=True)
class Marker:
    """A rule that names a line's kind by a marker in it (table ``boilerplate_lines``)."""

    kind: str
    scope: str
    max_words: int
    where: str
    pattern: re.Pattern[str]


class MarkerSet:
    """Rules compiled into one pattern; the first rule that matches wins."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Compile the rows of table ``boilerplate_lines``."""
        patterns = [_FORMS[row["at"]].format(row["pattern"]) for row in rows]
        self._any = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
        self._markers = [
            Marker(row["kind"], row["scope"], row.get("max_words", _MAX_WORDS), row.get("where", ""), found)
            for row, found in zip(rows, (re.compile(p, re.IGNORECASE) for p in patterns), strict=True)
        ]

    def match(self, line: Line, places: frozenset[str]) -> Marker | None:
        """Return the first rule that fits the line.

        Args:
            line: The line.
            places: Which of ``head`` and ``tail`` of the page it belongs to.
        """
        if line.words > 120 and len(line.text) > _MAX_CHARS:
            return None
        for text in (line.text, line.bare) if line.bare != line.text else (line.text,):
            if not self._any.match(text):
                continue
            for marker in self._markers:
                if line.words > marker.max_words or (marker.where and marker.where not in places):
                    continue
                if marker.pattern.match(text):
                    return marker
        return None


@cached
def line_markers() -> MarkerSet:
    """Return the lexicon's line markers, compiled once."""
    return MarkerSet(load_table("boilerplate_lines"))


@cached
def _guards(heading: bool) -> re.Pattern[str]:
    rows = [row["pattern"] for row in load_table("boilerplate_guards") if row["heading"] == heading]
    return re.compile("|".join(f"(?:{pattern})" for pattern in rows), re.IGNORECASE)


def is_list_item(line: Line) -> bool:
    """Whether a line is an item of the article's own list, to be kept wherever it stands."""
    return bool(_guards(False).match(line.text[:200]))


def is_list_heading(line: Line) -> bool:
    """Whether a line opens a list of winners, whose items may be bare names."""
    return bool(_guards(True).match(line.bare[:200]))
