"""Words that a pattern cannot match without: what lets a text be passed over before any pattern is tried.

For every pattern a set of strings is computed such that each text that the pattern matches holds at least one
of them, letter case aside. It is read off the pattern's parse tree, as the prefilters of RE2 and of code
search engines are (Cox, "Regular Expression Matching with a Trigram Index", 2012): alternatives unite their
sets, of the parts of a sequence the most telling one counts, what may be absent counts for nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import product, takewhile

from ahocorasick_rs import AhoCorasick

from pipeline.patterns.regex_tree import (
    Border,
    Characters,
    Choice,
    Group,
    Look,
    Node,
    Nodes,
    Repeat,
    parse,
    source,
    without,
)

#: Strings that a part of a pattern is multiplied out to.
_MOST = 400
#: Characters of a class that are multiplied out.
_MOST_IN_CLASS = 4

#: Letters that ``re.IGNORECASE`` takes for these, where ``str.lower`` leaves them or makes them two.
_ODD = {0x130: "i", 0x131: "i", 0x17F: "s", 0x212A: "k"}
_ODD_LETTERS = re.compile(f"[{''.join(map(chr, _ODD))}]")

#: More characters than a match can have that is looked for around its words.
_UNBOUNDED = 100_000

Strings = frozenset[str]
#: Folds a character; empty for one that a text may have in another shape.
Shown = Callable[[str], str]
NOTHING: Strings = frozenset({""})


def _letters(text: str) -> str:
    """Fold case; what is no plain letter or digit (a blank may be wrapped, a dash be any dash) is no word."""
    return text.lower() if text.isalnum() and text.isascii() else ""


def _exact(node: Node, shown: Shown, start: str) -> Strings | None:
    """Return all strings that a node can match, ``None`` if they are not known or too many."""
    match node:
        case Characters():
            if not node.listed or len(node.listed) > _MOST_IN_CLASS:
                return None
            letters = {shown(character) for character in node.listed}
            return frozenset(letters) if "" not in letters else None
        case Border("^"):
            return frozenset({start})
        case Border() | Look(negated=True):
            return NOTHING
        case Group(nodes, atomic=False):
            return exact(nodes, shown, start)
        case Choice(ways):
            return _union(exact(way, shown, start) for way in ways)
        case Repeat(nodes, 0 | 1 as least, 1):
            inside = exact(nodes, shown, start)
            return inside if inside is None or least else inside | NOTHING
    return None


def _union(sets: Iterable[Strings | None]) -> Strings | None:
    found: set[str] = set()
    for one in sets:
        if one is None:
            return None
        found |= one
    return frozenset(found) if len(found) <= _MOST else None


def exact(nodes: Nodes, shown: Shown = _letters, start: str = "") -> Strings | None:
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
    match node:
        case Choice(ways):
            return frozenset().union(*map(_needed_sequence, ways))
        # what is behind may lie outside the stretch that is searched
        case Repeat(least=0) | Look(ahead=False) | Look(negated=True):
            return NOTHING
        case Group(nodes) | Repeat(nodes) | Look(nodes):
            return _needed_sequence(nodes)
    return NOTHING


def _worth(strings: Strings) -> tuple[int, int]:
    """Say how telling a set is: a long shortest string, then few of them."""
    return min(map(len, strings)), -len(strings)


def _needed_sequence(nodes: Nodes) -> Strings:
    return _best(nodes)[0]


def _best(nodes: Nodes) -> tuple[Strings, int]:
    """Return the most telling set of strings of which a sequence needs one, and how far in they start."""
    candidates: list[tuple[Strings, int]] = []
    run, begin, width = NOTHING, 0, 0
    for node in nodes:
        strings = exact((node,))
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
    match node:
        case Border() | Look(ahead=False) | Look(negated=True):
            return 0
        case Choice(ways):
            return max(map(_widths, ways))
        case Repeat(nodes, most=most):
            return min((_UNBOUNDED if most is None else most) * _widths(nodes), _UNBOUNDED)
        case Group(nodes) | Look(nodes):
            return _widths(nodes)
    return 1


def _widths(nodes: Nodes) -> int:
    return sum(map(_width, nodes))


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
    found = _needed_sequence(parse(pattern))
    return found if "" not in found else NOTHING


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
        self.compiled, self.lead, self.width = pattern, lead, width
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
        return self.compiled.finditer(text, start, end) if self.possible(text, start, end) else iter(())

    def around(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Find all matches in a stretch that is known to hold a word."""
        return self.compiled.finditer(text, start, end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Find the first match, as ``re.Pattern.search`` does."""
        return self.compiled.search(text, start, end) if self.possible(text, start, end) else None


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
    given = pattern.compiled if isinstance(pattern, Guarded) else pattern
    whole = kept = parse(given)
    if before:
        kept = tuple(takewhile(lambda node: not _only(node, before), kept))
    (found, lead), width = _best(kept), _widths(kept)
    if loose:
        kept = without(kept, _conditions)
    if kept != whole:
        given = re.compile(source(kept), given.flags & ~re.VERBOSE)  # a tree has no comments
    return Guarded(given, found if "" not in found else NOTHING, lead, width)


def _conditions(node: Node) -> bool:
    return isinstance(node, Border) or (isinstance(node, Look) and node.negated)


def _only(node: Node, characters: re.Pattern[str]) -> bool:
    """Whether a node starts with one that matches certain characters only."""
    if isinstance(node, Group) and not node.atomic:
        return bool(node.nodes) and _only(node.nodes[0], characters)
    listed = node.listed if isinstance(node, Characters) else None
    return bool(listed) and all(map(characters.match, listed or ()))


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
