"""Look-up of many surfaces at once, letter case aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

_V = TypeVar("_V")


def lower(text: str) -> str:
    """Lower-case ``text`` without changing its length, so that offsets stay valid."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class SurfaceMatcher(Generic[_V]):
    """Whole-word, longest-first look-up of many surfaces at once (Aho-Corasick automaton)."""

    def __init__(self, surfaces: Mapping[str, _V]) -> None:
        self._keys = sorted(surfaces)
        self._values = surfaces
        self._automaton = AhoCorasick([k.lower() for k in self._keys], matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[tuple[int, int, _V]]:
        """Yield ``(start, end, value)`` of each whole-word hit in ``text``."""
        for number, start, end in self._automaton.find_matches_as_indexes(lower(text)):
            before, after = text[start - 1 : start], text[end : end + 1]
            if not before.isalnum() and not after.isalnum():
                yield start, end, self._values[self._keys[number]]
