"""Rendering: a sentence as lower-case text in which each outermost mention is one private character.

The rules of the award stage are regular expressions over this rendering, so that "Pemkot Batu kembali meraih
Juara 1 kategori Website" and any other wording of the same shape look alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import ENTITY_LABELS, Mention, Sentence

#: One private-use character a label; NAME is an unlabelled run of capitalised words.
SYMBOLS = {label: chr(0xE000 + number) for number, label in enumerate((*ENTITY_LABELS, "NAME"))}
#: Labels that can win.
RECIPIENT_LABELS = ("AGENCY", "ORGANISATION", "PLACE", "PERSON", "POSITION", "NAME")

#: Which mention stays when two overlap: the longer one, then the earlier label here.
_OUTER_FIRST = (
    "WORK",
    "POSITION",
    "EVENT",
    "CATEGORY",
    "RESULT",
    "AGENCY",
    "ORGANISATION",
    "FACILITY",
    "PERSON",
    "DATE",
    "PLACE",
    "NAME",
)
_RANK = {label: number for number, label in enumerate(_OUTER_FIRST)}

#: Coreference that stand in quotation marks, which are no border of a clause then.
_TITLED = frozenset({"WORK", "EVENT", "CATEGORY", "RESULT"})
_QUOTES = frozenset("“”\"'‘’`")

_PRIVATE = re.compile("[\ue000-\ue0ff]")
_WHITE = re.compile(r"\s")
#: What is not shown character by character, or is in lower case by what stands beside it (the Greek sigma).
_UNEVEN = re.compile("[\ue000-\ue0ff\u200bΣ]|\\s\\s")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered sentence.

    Args:
        text: Rendering.
        index: Sentence index in the article.
        sentence: Its span.
        positions: Offset in the article of each character of ``text`` (the mention's start for a symbol), and
            one more for the end.
        mentions: Mention of each symbol by its position in ``text``.
    """

    text: str
    index: int
    sentence: Sentence
    positions: tuple[int, ...]
    mentions: dict[int, Mention]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the article span of ``text[start:end]``."""
        if start >= end:
            return self.positions[start], self.positions[start]
        last = self.mentions.get(end - 1)
        return self.positions[start], last.end if last else self.positions[end - 1] + 1

    def between(self, start: int, end: int, *labels: str) -> list[Mention]:
        """Return the mentions with one of ``labels`` whose symbol is in ``text[start:end]``."""
        return [
            m for at, m in self.mentions.items() if start <= at < end and (not labels or m.label in labels)
        ]


def outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions left when of overlapping ones only the longest stays, in text order."""
    chosen: list[Mention] = []
    for m in sorted(mentions, key=lambda m: (m.start - m.end, _RANK.get(m.label, 99), m.start)):
        if not any(m.start < c.end and c.start < m.end for c in chosen):
            chosen.append(m)
    return sorted(chosen, key=lambda m: m.start)


def render(text: str, index: int, sentence: Sentence, mentions: Sequence[Mention]) -> Rendered:
    """Render one sentence.

    Args:
        text: Article text.
        index: Index of the sentence.
        sentence: Its span.
        mentions: Mentions of the sentence; only the outermost are shown.
    """
    parts: list[str] = []
    positions: list[int] = []
    symbols: dict[int, Mention] = {}
    at = sentence.start
    for m in outermost(
        [m for m in mentions if m.label in SYMBOLS and sentence.start <= m.start and m.end <= sentence.end]
    ):
        marks = text[m.start - 1 : m.start], text[m.end : m.end + 1]
        quoted = m.label in _TITLED and _QUOTES.issuperset(marks)
        _append(text, at, m.start - quoted, sentence.end, parts, positions)
        symbols[len(positions)] = m
        parts.append(SYMBOLS[m.label])
        positions.append(m.start)
        at = m.end + quoted
    _append(text, at, sentence.end, sentence.end, parts, positions)
    positions.append(sentence.end)
    return Rendered("".join(parts), index, sentence, tuple(positions), symbols)


def _append(text: str, start: int, end: int, last: int, parts: list[str], positions: list[int]) -> None:
    piece = text[start:end]
    low = piece.lower()
    if len(low) == len(piece) and not _UNEVEN.search(piece):
        # as below, at once: most stretches have nothing odd in them
        closed = end == last and low.endswith(".")
        shown = (low[:-1] if closed else low).replace(".", "·") + ("." if closed else "")
        parts.append(_WHITE.sub(" ", shown))
        positions.extend(range(start, end))
        return
    space = False
    for offset in range(start, end):
        char = text[offset]
        if char.isspace() or char == "\u200b":
            if space:
                continue
            space, char = True, " "
        else:
            space = False
            # a full stop inside a sentence ends an abbreviation, not a clause
            char = "·" if char == "." and offset + 1 < last else char.lower()
            if len(char) != 1 or _PRIVATE.match(char):
                char = "?"
        parts.append(char)
        positions.append(offset)
