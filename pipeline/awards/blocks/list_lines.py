"""Lines that may stand in a list: how each is marked, and where what it says begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from pipeline.awards.pack import grammar
from pipeline.awards.render import Rendered

#: How a line is marked: by a number, a letter, a bullet, the rank that it opens with, or not at all.
Marker = Literal["number", "letter", "bullet", "rank", "bare"]

_MARK = re.compile(
    r"\s*(?:(?P<bullet>[-–—•*·▪●■◦►✓✔➢])|\(?(?P<number>\d{1,2})[.)]|(?P<letter>[a-z])[.)])\s*(?=\S)"
)
#: A sentence of so many words with a full stop behind it is no line of a list.
_STORY = 9
#: A line of a list is no longer than this.
_LONGEST_ITEM = 180


@dataclass(frozen=True, slots=True)
class ListLine:
    """A sentence seen as a line.

    Args:
        part: The sentence.
        marker: How it is marked.
        number: Offsets of the number it is marked with.
        start: Position in the rendering where its words begin, behind the mark.
        alone: Whether nothing else stands on the line.
    """

    part: Rendered
    marker: Marker
    number: tuple[int, int] | None
    start: int
    alone: bool

    @property
    def text(self) -> str:
        """Rendering of its words."""
        return self.part.text[self.start :]

    @property
    def offset(self) -> int:
        """Offset of its words in the article."""
        return self.part.positions[self.start]


def is_marked(text: str, start: int, end: int) -> bool:
    """Return whether a line opens with a bullet, a number or a letter, before any sentence is known.

    Args:
        text: Article text.
        start: Where the line starts.
        end: Where it ends.
    """
    return _MARK.match(text, start, end) is not None


def read_line(text: str, part: Rendered) -> ListLine:
    """Return a sentence as a line.

    Args:
        text: Article text.
        part: Rendered sentence.
    """
    begin, end = part.sentence.start, part.sentence.end
    alone = text[:begin].rstrip(" \t\xa0")[-1:] in {"", "\n", "\r"} and text[end:].lstrip(" \t\xa0.;,")[
        :1
    ] in {"", "\n", "\r"}
    mark = _MARK.match(text, begin, end)
    start = bisect_left(part.positions, mark.end()) if mark else 0
    if mark is not None and mark.lastgroup is not None:
        number = mark.span("number") if mark["number"] else None
        marker: Marker = "number" if number else "letter" if mark["letter"] else "bullet"
        return ListLine(part, marker, number, start, alone)
    first = part.mentions.get(0)
    return ListLine(part, "rank" if first and first.label == "RESULT" else "bare", None, start, alone)


def may_be_listed(line: ListLine) -> bool:
    """Whether a sentence has the form of a line of a list: marked, or short and alone, and no story."""
    if line.marker in {"number", "letter", "bullet"}:
        return True
    length = line.part.sentence.end - line.part.sentence.start
    if not (line.alone or line.marker == "rank") or length > _LONGEST_ITEM:
        return False
    words = line.text.rstrip()
    story = words.endswith(".") and len(words.split()) >= _STORY
    return not story and words[-1:] not in {"!", "?"} and not grammar("narrated").search(line.part.text)


def names_rank(text: str, line: ListLine) -> bool:
    """Whether a line is a rank and nothing else, so that who has it stands below."""
    start, end = line.offset, line.part.sentence.end
    ranked = grammar("rank_told").match(text, start, end)
    return ranked is not None and not any(c.isalnum() for c in text[ranked.end() : end])


def heads_winners(line: ListLine) -> bool:
    """Whether a line says by its first word that winners stand below it ("Peraih Anugerah Kencana")."""
    return (
        line.alone
        and line.marker == "bare"
        and may_be_listed(line)
        and not line.text.rstrip().endswith(".")
        and grammar("winners_line").match(line.text) is not None
        and not grammar("own_verb").search(line.text)
    )


def tells_rank(text: str, line: ListLine) -> bool:
    """Whether a line tells a rank, and more, without a verb."""
    ranked = grammar("rank_told").search(text, line.offset, line.part.sentence.end)
    if ranked is None or grammar("own_verb").search(line.text):
        return False
    rest = text[line.offset : ranked.start()] + text[ranked.end() : line.part.sentence.end]
    return any(c.isalpha() for c in rest)
