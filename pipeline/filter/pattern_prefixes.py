"""What a pattern over renderings says up to its first mention, as a pattern over text.

A rendering shows each mention as one private character. Before the mentions of a text are known, nothing can
be said of them, but what stands before the first one stands in the text as well: "menjadi [RESULT]" needs the
word, a blank, and a place where a result may start.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.patterns.regex_tree import Border, Characters, Choice, Item, Look, Node, Nodes, Repeat, parse

#: Says, of the private characters that may come first, what of the text is there: source of a pattern.
Starts = Callable[[frozenset[str]], str]
#: What a rendering shows in place of other characters.
_SHOWN = {"·": r"\.", "?": ".", ".": r"\."}


def _private(item: Item) -> bool:
    return isinstance(item, str) and "\ue000" <= item <= "\uf8ff"


def _character(item: Item) -> str:
    if isinstance(item, tuple):
        return f"[{'-'.join(map(re.escape, item))}]"
    return _SHOWN.get(item, re.escape(item) if len(item) == 1 else item)


def _times(way: str, least: int, most: int | None) -> str:
    return f"(?:{way}){{{least},{'' if most is None else most}}}"


class _Opening:
    """Takes a parsed pattern apart.

    ``plain`` returns the source of what a part matches without a mention, ``None`` if it needs one; ``first``
    those of all ways to come to its first mention.
    """

    def __init__(self, starts: Starts, begin: str) -> None:
        self._starts, self._begin = starts, begin

    def plain(self, nodes: Nodes) -> str | None:
        parts = [self._plain(node) for node in nodes]
        return None if None in parts else "".join(part for part in parts if part is not None)

    def _plain(self, node: Node) -> str | None:
        match node:
            case Characters(negated=True):
                return "."
            case Characters(items):
                shown = [_character(item) for item in items if not _private(item)]
                return f"(?:{'|'.join(shown)})" if len(shown) > 1 else "".join(shown) or None
            case Choice(ways):
                plain = [way for way in map(self.plain, ways) if way is not None]
                return f"(?:{'|'.join(plain)})" if plain else None
            case Repeat(nodes, least, most):
                way = self.plain(nodes)
                return _times(way, least, most) if way is not None else None if least else ""
            case Border("^"):
                return self._begin
            case Look(nodes, ahead=True, negated=False):
                ahead = self.plain(nodes)
                return None if ahead is None else f"(?={ahead})"
            case Border() | Look():
                return ""  # what stands beside it may be inside a mention
        return self.plain(node.nodes)

    def first(self, nodes: Nodes) -> list[str]:
        ways: list[str] = []
        before = ""
        for node in nodes:
            ways += [before + way for way in self._first(node)]
            plain = self._plain(node)
            if plain is None:
                return ways
            before += plain
        return ways

    def _first(self, node: Node) -> list[str]:
        match node:
            case Characters(negated=True):
                return [""]
            case Characters(items):
                mentions = frozenset(item for item in items if isinstance(item, str) and _private(item))
                return [self._starts(mentions)] if mentions else []
            case Choice(ways):
                return [first for way in ways for first in self.first(way)]
            case Repeat(nodes, _, most):
                more = self.plain(nodes)
                lead = "" if more is None else _times(more, 0, None if most is None else most - 1)
                return [lead + way for way in self.first(nodes)]
            case Border() | Look(ahead=False) | Look(negated=True):
                return []
        return self.first(node.nodes)


def opening(
    pattern: re.Pattern[str], starts: Starts, *, before: str = "", whole: bool = True
) -> re.Pattern[str]:
    r"""Return a pattern that matches in each text of one line in whose rendering another one matches.

    Args:
        pattern: A pattern over renderings (see :mod:`pipeline.awards.render`).
        starts: Returns, for the private characters that may come first, the source of a pattern of what
            stands at their place in a text.
        before: Source of a pattern of what has to stand before the opening.
        whole: Whether a text starts where its rendering does, or may start before.

    Example:
        >>> opening(re.compile("jadi (?:yang )?[\ue000\ue001]"), lambda mentions: "(?=[A-Z1-9])").pattern
        '(?:jadi\\ (?:yang\\ ){0,1}(?=[A-Z1-9]))'
    """
    nodes = parse(pattern)
    taken = _Opening(starts, "^" if whole else "")
    plain = taken.plain(nodes)
    ways = taken.first(nodes) + ([plain] if plain is not None else [])
    return re.compile(f"{before}(?:{'|'.join(ways)})", re.IGNORECASE | re.DOTALL)
