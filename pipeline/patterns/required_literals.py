"""Words that a pattern cannot match without: what lets a text be passed over before any pattern is tried.

For every pattern a set of strings is computed such that each text that the pattern matches holds at least one
of them, letter case aside. It is read off the pattern's parse tree, as the prefilters of RE2 and of code
search engines are (Cox, "Regular Expression Matching with a Trigram Index", 2012): alternatives unite their
sets, of the parts of a sequence the most telling one counts, what may be absent counts for nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick

#: Strings that a part of a pattern is multiplied out to.
_MOST = 400
#: Characters of a class that are multiplied out.
_MOST_IN_CLASS = 4

#: Letters that ``re.IGNORECASE`` takes for these, where ``str.lower`` leaves them or makes them two.
_ODD = {0x130: "i", 0x131: "i", 0x17F: "s", 0x212A: "k"}
_ODD_LETTERS = re.compile(f"[{''.join(map(chr, _ODD))}]")

#: More characters than a match can have that is looked for around its words.
_UNBOUNDED = 100_000
_REPEATS = frozenset({op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT})

Node = tuple[Any, Any]
Strings = frozenset[str]
#: Folds a character; empty for one that a text may have in another shape.
Shown = Callable[[str], str]
NOTHING: Strings = frozenset({""})


def _letters(text: str) -> str:
    """Fold case; what is no plain letter or digit (a blank may be wrapped, a dash be any dash) is no word."""
    return text.lower() if text.isalnum() and text.isascii() else ""


def _exact(node: Node, shown: Shown, start: str) -> Strings | None:
    """Return all strings that a node can match, ``None`` if they are not known or too many."""
    kind, value = node
    if kind is op.LITERAL:
        letter = shown(chr(value))
        return frozenset({letter}) if letter else None
    if kind is op.IN:
        if len(value) > _MOST_IN_CLASS or any(k is not op.LITERAL for k, _ in value):
            return None
        letters = {shown(chr(v)) for _, v in value}
        return frozenset(letters) if "" not in letters else None
    if kind in {op.AT, op.ASSERT_NOT}:
        return frozenset({start}) if value is op.AT_BEGINNING else NOTHING
    if kind is op.SUBPATTERN:
        return exact(value[-1], shown, start)
    if kind is op.BRANCH:
        return _union(exact(branch, shown, start) for branch in value[1])
    if kind in _REPEATS and tuple(value[:2]) in {(0, 1), (1, 1)}:
        inner = exact(value[2], shown, start)
        return inner if inner is None or value[0] else inner | NOTHING
    return None


def _union(sets: Iterable[Strings | None]) -> Strings | None:
    found: set[str] = set()
    for one in sets:
        if one is None:
            return None
        found |= one
    return frozenset(found) if len(found) <= _MOST else None


def exact(nodes: Iterable[Node], shown: Shown = _letters, start: str = "") -> Strings | None:
    """Return all strings that a part of a pattern can match.

    Args:
        nodes: The nodes of its parse tree.
        shown: Folds a character as the text is folded that the strings are looked for in; empty for one that
            may stand there in another shape.
        start: What such a text has where it begins.

    Returns:
        The strings, ``None`` if they are not known or too many.
    """
    found: Strings | None = NOTHING
    for node in nodes:
        found = joined(found, _exact(node, shown, start)) if found is not None else None
    return found


def joined(first: Strings, second: Strings | None) -> Strings | None:
    """Return each of some strings with each of others behind, ``None`` if not known or too many."""
    if second is None or len(first) * len(second) > _MOST:
        return None
    return frozenset(a + b for a, b in product(first, second))


def _needed(node: Node) -> Strings:
    """Return strings of which a node needs one; the empty one if it needs none."""
    kind, value = node
    if kind in {op.SUBPATTERN, op.ATOMIC_GROUP}:
        return _needed_sequence(value[-1] if kind is op.SUBPATTERN else value)
    if kind is op.BRANCH:
        return frozenset().union(*(_needed_sequence(branch) for branch in value[1]))
    if kind in _REPEATS and value[0] > 0:
        return _needed_sequence(value[2])
    if kind is op.ASSERT and value[0] > 0:  # what is behind may lie outside the stretch that is searched
        return _needed_sequence(value[1])
    return NOTHING


def _worth(strings: Strings) -> tuple[int, int]:
    """Say how telling a set is: a long shortest string, then few of them."""
    return min(map(len, strings)), -len(strings)


def _needed_sequence(nodes: Sequence[Node]) -> Strings:
    return _best(nodes)[0]


def _best(nodes: Sequence[Node]) -> tuple[Strings, int]:
    """Return the most telling set of strings of which a sequence needs one, and how far in they start."""
    candidates: list[tuple[Strings, int]] = []
    run, begin, width = NOTHING, 0, 0
    for node in nodes:
        strings = exact([node])
        longer = joined(run, strings)
        if longer is not None:
            run = longer
            width += _width(node)
            continue
        inner = strings if strings is not None else _needed(node)
        candidates += [(run, begin), (inner, width + (0 if strings is not None else _width(node)))]
        width += _width(node)
        run, begin = NOTHING, width
    candidates.append((run, begin))
    return max(candidates, key=lambda found: _worth(found[0]))


def _width(node: Node) -> int:
    """Return the most characters that a node matches, with what it looks ahead to."""
    kind, value = node
    if kind is op.ASSERT:
        return sum(map(_width, value[1].data)) if value[0] > 0 else 0
    if kind is op.ASSERT_NOT or kind is op.AT:
        return 0
    if kind is op.SUBPATTERN:
        return sum(map(_width, value[-1].data))
    if kind is op.BRANCH:
        return max(sum(map(_width, branch.data)) for branch in value[1])
    if kind in _REPEATS:
        return min(int(value[1]) * sum(map(_width, value[2].data)), _UNBOUNDED)
    return 1


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
    return found if "" not in found else NOTHING


def _relax(nodes: Any) -> None:  # noqa: ANN401 (the parser's own type of a sequence)
    nodes.data = [(kind, value) for kind, value in nodes.data if kind not in {op.AT, op.ASSERT_NOT}]
    for kind, value in nodes.data:
        if kind is op.BRANCH:
            for branch in value[1]:
                _relax(branch)
        elif kind is op.SUBPATTERN or kind is op.ASSERT or kind in _REPEATS:
            _relax(value[-1])


@lru_cache(maxsize=8)
def folded(text: str, start: int, end: int) -> str:
    """Return a stretch of a text for the look-up of words: in lower case, of the same length."""
    part = text[start:end]
    if not part.isascii() and _ODD_LETTERS.search(part):
        part = part.translate(_ODD)
    return part.lower()


class Guarded:
    """A pattern that is only tried where one of the words stands that it needs; it finds the same.

    Args:
        pattern: The pattern.
        words: Words of which it needs one; by default they are found out.
        lead: Characters of a match before the word, at most.
        width: Characters of a match and of what it looks ahead to, at most.
    """

    def __init__(
        self, pattern: re.Pattern[str], words: Strings | None = None, lead: int = 0, width: int = _UNBOUNDED
    ) -> None:
        self._pattern, self.lead, self.width = pattern, lead, width
        self.words = tuple(sorted(needed(pattern) if words is None else words, key=len))
        self.pattern, self.flags, self.groups = pattern.pattern, pattern.flags, pattern.groups
        self.match, self.fullmatch, self.sub = pattern.match, pattern.fullmatch, pattern.sub

    def possible(self, text: str, start: int = 0, end: int = sys.maxsize) -> bool:
        """Whether the pattern may match in ``text[start:end]``."""
        low = folded(text, start, end)
        for word in self.words:  # noqa: SIM110 (twice as fast as any())
            if word in low:
                return True
        return False

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Find all matches, as ``re.Pattern.finditer`` does."""
        return self._pattern.finditer(text, start, end) if self.possible(text, start, end) else iter(())

    def around(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Find all matches in a stretch that is known to hold a word."""
        return self._pattern.finditer(text, start, end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Find the first match, as ``re.Pattern.search`` does."""
        return self._pattern.search(text, start, end) if self.possible(text, start, end) else None


def variant(
    pattern: re.Pattern[str] | Guarded, *, loose: bool = False, before: re.Pattern[str] | None = None
) -> Guarded:
    """Return a pattern that matches wherever another one does, and more.

    Args:
        pattern: The other pattern.
        loose: Drop conditions on borders and on what must not stand beside the match: the result matches in a
            whole text wherever the pattern matches in a stretch of it.
        before: Matches characters; drop all from the first part on that only matches such.
    """
    tree = parser.parse(pattern.pattern, pattern.flags)
    if before:
        for number, node in enumerate(tree.data):
            if _only(node, before):
                del tree.data[number:]
                break
    found, lead = _best(tree)
    width = sum(map(_width, tree.data))
    if loose:
        _relax(tree)
    words = found if "" not in found else NOTHING
    return Guarded(compiler.compile(tree, pattern.flags), words, lead, width)


def _only(node: Node, characters: re.Pattern[str]) -> bool:
    """Whether a node starts with one that matches certain characters only."""
    kind, value = node
    if kind is op.SUBPATTERN:
        return bool(value[-1].data) and _only(value[-1].data[0], characters)
    members = value if kind is op.IN else [node]
    return all(k is op.LITERAL and characters.match(chr(v)) is not None for k, v in members)


class Spotter:
    """Many patterns looked for in one text, each only around the words that it needs.

    Args:
        patterns: The patterns, with their ``lead`` and ``width``, see :func:`variant`.
    """

    def __init__(self, patterns: Iterable[Guarded]) -> None:
        given = [(word, pattern) for pattern in patterns for word in pattern.words]
        self._everywhere = [pattern for word, pattern in given if not word]
        self._by_word = [pattern for word, pattern in given if word]
        self._automaton = AhoCorasick([word for word, _ in given if word])

    def find(self, text: str) -> Iterator[tuple[Guarded, re.Match[str]]]:
        """Yield all places where a pattern matches; one may come twice, as may one inside another."""
        for pattern in self._everywhere:
            yield from ((pattern, match) for match in pattern.finditer(text))
        low = folded(text, 0, len(text))
        for number, start, _ in self._automaton.find_matches_as_indexes(low, overlapping=True):
            pattern = self._by_word[number]
            begin = max(0, start - pattern.lead)
            yield from ((pattern, m) for m in pattern.around(text, begin, start + pattern.width + 1))
