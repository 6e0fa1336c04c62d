"""What a pattern over renderings says up to its first mention, as a pattern over text.

A rendering shows each mention as one private character. Before the mentions of a text are known, nothing can
be said of them, but what stands before the first one stands in the text as well: "menjadi [RESULT]" needs the
word, a blank, and a place where a result may start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from pipeline.patterns.required_literals import Node

#: Says, of the private characters that may come first, what of the text is there: source of a pattern.
Starts = Callable[[frozenset[str]], str]
_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
#: What a rendering shows in place of other characters.
_SHOWN = {"·": r"\.", "?": ".", ".": r"\."}


def _private(code: int) -> bool:
    return 0xE000 <= code <= 0xF8FF


def _character(code: int) -> str:
    return _SHOWN.get(chr(code), re.escape(chr(code)))


def _class(items: Iterable[Node]) -> tuple[str, frozenset[str]]:
    """Return what a class matches of a text, empty for nothing, and the mentions that it matches."""
    found, mentions = [], set()
    for kind, value in items:
        if kind is op.NEGATE:
            return ".", frozenset(map(chr, range(0xE000, 0xE100)))
        if kind is op.LITERAL and _private(value):
            mentions.add(chr(value))
        elif kind is op.LITERAL:
            found.append(_character(value))
        elif kind is op.RANGE:
            found.append(f"[{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}]")
        else:
            found.append(_CATEGORIES[value])
    return (f"(?:{'|'.join(found)})" if found else ""), frozenset(mentions)


class _Opening:
    """Takes a parsed pattern apart.

    ``plain`` returns the source of what a part matches without a mention, ``None`` if it needs one; ``first``
    those of all ways to come to its first mention.
    """

    def __init__(self, starts: Starts, begin: str) -> None:
        self._starts, self._begin = starts, begin

    def plain(self, nodes: Iterable[Node]) -> str | None:
        parts = [self._plain(kind, value) for kind, value in nodes]
        return None if None in parts else "".join(part for part in parts if part is not None)

    def _plain(self, kind: object, value: Any) -> str | None:  # noqa: ANN401 (the parser's)
        if kind is op.LITERAL:
            return None if _private(value) else _character(value)
        if kind in {op.NOT_LITERAL, op.ANY}:
            return "."
        if kind is op.IN:
            return _class(value)[0] or None
        if kind is op.SUBPATTERN:
            return self.plain(value[-1])
        if kind is op.BRANCH:
            ways = [way for branch in value[1] if (way := self.plain(branch)) is not None]
            return f"(?:{'|'.join(ways)})" if ways else None
        if kind is op.ASSERT and value[0] > 0:
            ahead = self.plain(value[1])
            return None if ahead is None else f"(?={ahead})"
        if kind is op.AT and value is op.AT_BEGINNING:
            return self._begin
        if kind in {op.AT, op.ASSERT, op.ASSERT_NOT}:
            return ""  # what stands beside it may be inside a mention
        if kind in {op.MAX_REPEAT, op.MIN_REPEAT}:
            least, most, inner = value
            way = self.plain(inner)
            if way is None:
                return None if least else ""
            return f"(?:{way}){{{least},{'' if most is op.MAXREPEAT else most}}}"
        raise NotImplementedError(f"{kind} in a pattern over renderings")

    def first(self, nodes: Sequence[Node]) -> list[str]:
        ways: list[str] = []
        before = ""
        for kind, value in nodes:
            ways += [before + way for way in self._first(kind, value)]
            plain = self._plain(kind, value)
            if plain is None:
                return ways
            before += plain
        return ways

    def _first(self, kind: object, value: Any) -> list[str]:  # noqa: ANN401 (the parser's)
        if kind is op.LITERAL:
            return [self._starts(frozenset({chr(value)}))] if _private(value) else []
        if kind in {op.NOT_LITERAL, op.ANY}:
            return [""]
        if kind is op.IN:
            mentions = _class(value)[1]
            return [self._starts(mentions)] if mentions else []
        if kind is op.SUBPATTERN:
            return self.first(value[-1])
        if kind is op.BRANCH:
            return [way for branch in value[1] for way in self.first(branch)]
        if kind is op.ASSERT and value[0] > 0:
            return self.first(value[1])
        if kind in {op.MAX_REPEAT, op.MIN_REPEAT}:
            _, most, inner = value
            more = self.plain(inner)
            lead = "" if more is None else f"(?:{more}){{0,{'' if most is op.MAXREPEAT else most - 1}}}"
            return [lead + way for way in self.first(inner)]
        return []


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
    nodes = parser.parse(pattern.pattern, pattern.flags)
    taken = _Opening(starts, "^" if whole else "")
    plain = taken.plain(nodes)
    ways = taken.first(nodes) + ([plain] if plain is not None else [])
    return re.compile(f"{before}(?:{'|'.join(ways)})", re.IGNORECASE | re.DOTALL)
