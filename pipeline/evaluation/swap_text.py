"""Words, the lists of words that stay, and edits: what the exchange of names is made of."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple

#: Letters, with an apostrophe inside; figures only between capitals ("O2SN").
_WORD = re.compile(r"[A-Z]+\d+[A-Z]+(?![^\W_])|[^\W\d_]+(?:['’`‘][^\W\d_]+)*")
#: What may stand between two words of one name.
_GAP = re.compile(r"\s{1,3}|\s?[-–./&'’`‘\"“]{1,2}\s?")


#: Words of a name, folded.
Words = tuple[str, ...]


class NameWord(NamedTuple):
    """A word of a text; ``low`` is folded."""

    start: int
    end: int
    text: str
    low: str


def fold(word: str) -> str:
    """Return a word without case and apostrophes."""
    return re.sub(r"['’`‘]", "", word).casefold()


def split_words(text: str) -> tuple[NameWord, ...]:
    """Return the words of a text."""
    return tuple(NameWord(*m.span(), m[0], fold(m[0])) for m in _WORD.finditer(text))


@lru_cache(maxsize=50_000)
def keys(text: str) -> Words:
    """Return the words of a text, folded."""
    return tuple(w.low for w in split_words(text))


def adjacent(text: str, left: NameWord, right: NameWord) -> bool:
    """Return whether two words may belong to one name by what stands between them."""
    return bool(_GAP.fullmatch(text, left.end, right.start))


@cache
def swap_words(role: str) -> frozenset[str]:
    """Return the words and phrases of a role, folded (``swap_words.jsonl``)."""
    lines = files(__package__).joinpath("swap_words.jsonl").read_text("utf-8").splitlines()
    rows = {row["role"]: row["words"] for row in map(json.loads, lines)}
    return frozenset(" ".join(keys(words)) for words in rows[role])


def like(new: str, old: str) -> str:
    """Return ``new`` in upper or lower case where ``old`` is.

    Example:
        >>> like("Wirata", "MALANG"), like("Wirata", "Malang"), like("Wirata", "malang")
        ('WIRATA', 'Wirata', 'wirata')
    """
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new.lower() if old.islower() else new


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """New words for those from ``start`` to ``end``."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Rewriting:
    """A text with edits, and where its places went.

    Args:
        text: The old text.
        edits: In their order, without overlap.
    """

    text: str
    edits: tuple[Edit, ...]

    @cached_property
    def new(self) -> str:
        """The new text."""
        pieces, at = [], 0
        for edit in self.edits:
            pieces += [self.text[at : edit.start], edit.new]
            at = edit.end
        return "".join([*pieces, self.text[at:]])

    @cached_property
    def _starts(self) -> list[int]:
        return [edit.start for edit in self.edits]

    @cached_property
    def _grown(self) -> list[int]:
        return [0, *accumulate(len(e.new) - (e.end - e.start) for e in self.edits)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the new limits of a stretch; one that ends inside an edit gets all of the new words."""
        return self._place(start, last=False), self._place(end, last=True)

    def words(self, start: int, end: int) -> str:
        """Return the new words of a stretch."""
        return self.new[slice(*self.span(start, end))]

    def _place(self, offset: int, *, last: bool) -> int:
        k = bisect_right(self._starts, offset) - 1
        if k >= 0 and self.edits[k].start < offset < self.edits[k].end:
            edit = self.edits[k]
            return edit.start + self._grown[k] + (len(edit.new) if last else 0)
        done = k + 1 if k >= 0 and self.edits[k].end <= offset else max(k, 0)
        return offset + self._grown[done]


def apart(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return edits in their order, without those that overlap one before them."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return tuple(kept)
