"""Words that a pattern cannot match without: what lets a text be passed over before any pattern is tried.

For every pattern a set of strings is computed such that each text that the pattern matches holds at least one
of them, letter case aside. It is read off the pattern's parse tree, as the prefilters of RE2 and of code
search engines are (Cox, "Regular Expression Matching with a Trigram Index", 2012): alternatives unite their
sets, of the parts of a sequence the most telling one counts, what may be absent counts for nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

#: Strings that a part of a pattern is multiplied out to.
_MOST = 400
#: Characters of a class that are multiplied out.
_MOST_IN_CLASS = 4

#: Letters that ``re.IGNORECASE`` takes for others than ``str.lower`` does.
_ODD = re.compile("[\u0130\u0131\u017f\u212a\u1e9e\u00b5\u03bc\u0390\u03b0\u1fd3\u1fe3\ufb05\ufb06]")

Strings = frozenset[str]
_NOTHING: Strings = frozenset({""})


def _letters(text: str) -> str:
    """Fold case; what is no letter or digit (a blank may be wrapped, a dash be any dash) is no word."""
    return text.lower() if text.isalnum() else ""


def _exact(node: tuple[Any, Any]) -> Strings | None:
    """Return all strings that a node can match, ``None`` if they are not known or too many."""
    kind, value = node
    if kind is op.LITERAL:
        letter = _letters(chr(value))
        return frozenset({letter}) if letter else None
    if kind is op.IN:
        if len(value) > _MOST_IN_CLASS or any(k is not op.LITERAL for k, _ in value):
            return None
        letters = {_letters(chr(v)) for _, v in value}
        return frozenset(letters) if "" not in letters else None
    if kind in {op.AT, op.ASSERT_NOT}:
        return _NOTHING
    if kind is op.SUBPATTERN:
        return _exact_sequence(value[-1])
    if kind is op.BRANCH:
        return _union(_exact_sequence(branch) for branch in value[1])
    if kind in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT} and tuple(value[:2]) in {(0, 1), (1, 1)}:
        inner = _exact_sequence(value[2])
        return inner if inner is None or value[0] else inner | _NOTHING
    return None


def _union(sets: Iterable[Strings | None]) -> Strings | None:
    found: set[str] = set()
    for one in sets:
        if one is None:
            return None
        found |= one
    return frozenset(found) if len(found) <= _MOST else None


def _exact_sequence(nodes: Iterable[tuple[Any, Any]]) -> Strings | None:
    found = _NOTHING
    for node in nodes:
        more = _exact(node)
        if more is None or len(found) * len(more) > _MOST:
            return None
        found = frozenset(a + b for a, b in product(found, more))
    return found


def _needed(node: tuple[Any, Any]) -> Strings:
    """Return strings of which a node needs one; the empty one if it needs none."""
    kind, value = node
    if kind in {op.SUBPATTERN, op.ATOMIC_GROUP}:
        return _needed_sequence(value[-1] if kind is op.SUBPATTERN else value)
    if kind is op.BRANCH:
        return frozenset().union(*(_needed_sequence(branch) for branch in value[1]))
    if kind in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT} and value[0] > 0:
        return _needed_sequence(value[2])
    if kind is op.ASSERT and value[0] > 0:  # what is behind may lie outside the stretch that is searched
        return _needed_sequence(value[1])
    return _NOTHING


def _worth(strings: Strings) -> tuple[int, int]:
    """Say how telling a set is: a long shortest string, then few of them."""
    return min(map(len, strings)), -len(strings)


def _needed_sequence(nodes: Sequence[tuple[Any, Any]]) -> Strings:
    candidates: list[Strings] = []
    run = _NOTHING
    for node in nodes:
        exact = _exact(node)
        if exact is not None and len(run) * len(exact) <= _MOST:
            run = frozenset(a + b for a, b in product(run, exact))
            continue
        candidates += [run, exact if exact is not None else _needed(node)]
        run = _NOTHING
    return max((*candidates, run), key=_worth)


def needed(pattern: re.Pattern[str]) -> Strings:
    """Return strings of which every match holds one, in lower case.

    Args:
        pattern: A compiled pattern.

    Returns:
        The strings; the empty string alone if nothing is known.

    Example:
        >>> sorted(needed(re.compile("(?:juara|peringkat) [1-9]|runner[- ]?up")))
        ['juara', 'peringkat', 'runner']
    """
    found = _needed_sequence(parser.parse(pattern.pattern, pattern.flags))
    return found if "" not in found else _NOTHING


@lru_cache(maxsize=8)
def folded(text: str, start: int, end: int) -> str | None:
    """Return a stretch of a text for the look-up of words, ``None`` if its case cannot be folded simply."""
    part = text[start:end]
    return None if not part.isascii() and _ODD.search(part) else part.lower()


class Guarded:
    """A pattern that is only tried where one of the words stands that it needs; it finds the same.

    Args:
        pattern: The pattern.
    """

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self.words = tuple(sorted(needed(pattern), key=len))
        self.pattern, self.flags, self.groups = pattern.pattern, pattern.flags, pattern.groups
        self.match, self.fullmatch, self.sub = pattern.match, pattern.fullmatch, pattern.sub

    def possible(self, text: str, start: int = 0, end: int = sys.maxsize) -> bool:
        """Whether the pattern may match in ``text[start:end]``."""
        low = folded(text, start, end)
        if low is None:
            return True
        for word in self.words:  # noqa: SIM110 (twice as fast as any())
            if word in low:
                return True
        return False

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Find all matches, as ``re.Pattern.finditer`` does."""
        return self._pattern.finditer(text, start, end) if self.possible(text, start, end) else iter(())

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Find the first match, as ``re.Pattern.search`` does."""
        return self._pattern.search(text, start, end) if self.possible(text, start, end) else None
