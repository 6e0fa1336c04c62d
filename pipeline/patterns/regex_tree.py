"""The parse tree of a regular expression, and the expression of a tree.

Python parses expressions in modules that it does not document; nothing but this module knows them. What it
relies on is tried on every expression of the package in ``tests/patterns/test_regex_tree.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

#: What a class of characters lists: a character, a class of its own (``\\d``), first and last of a range.
Item: TypeAlias = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Characters:
    """One character: one of some, or any but them; any but a line break if none is excluded.

    Args:
        items: What is listed.
        negated: Whether it is any other.
        listed: The characters, ``None`` if they are not listed one by one.
    """

    items: tuple[Item, ...]
    negated: bool = False
    listed: tuple[str, ...] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        single = tuple(item for item in self.items if isinstance(item, str) and len(item) == 1)
        whole = len(single) == len(self.items) and not self.negated
        object.__setattr__(self, "listed", single if whole else None)


@dataclass(frozen=True, slots=True)
class Group:
    """A group that captures, is atomic, or changes flags: ``on`` and ``off`` are their letters."""

    nodes: Nodes
    captures: bool = False
    name: str = ""
    atomic: bool = False
    on: str = ""
    off: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways."""

    ways: tuple[Nodes, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repeated part: ``most`` is ``None`` for any number, ``mode`` ``?`` if lazy, ``+`` if possessive."""

    nodes: Nodes
    least: int
    most: int | None
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What stands ahead or behind, or does not."""

    nodes: Nodes
    ahead: bool
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Border:
    """A place between characters, as it is written: ``^``, ``$`` ..."""

    source: str


Node: TypeAlias = Characters | Group | Choice | Repeat | Look | Border
Nodes: TypeAlias = tuple[Node, ...]

_CLASSES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
_BORDERS = {
    op.AT_BEGINNING: "^", op.AT_BEGINNING_STRING: r"\A", op.AT_BOUNDARY: r"\b",
    op.AT_NON_BOUNDARY: r"\B", op.AT_END: "$", op.AT_END_STRING: r"\Z",
}  # fmt: skip
_MODES = {op.MAX_REPEAT: "", op.MIN_REPEAT: "?", op.POSSESSIVE_REPEAT: "+"}
_FLAGS = {"a": re.ASCII, "i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "u": re.UNICODE}
#: Any text, which stands for what a group matched before.
_ANYTHING = Repeat((Characters((r"\s", r"\S")),), 0, None)


@lru_cache(maxsize=1024)
def parse(pattern: re.Pattern[str]) -> Nodes:
    """Return the parse tree of a compiled pattern.

    Args:
        pattern: The pattern.

    Returns:
        Its parts in order. The tree matches what the pattern matches; where that depends on what a group
        matched before, it matches more.

    Example:
        >>> parse(re.compile("ab?"))
        (Characters(items=('a',), negated=False), Repeat(nodes=(Characters(items=('b',), negated=False),), least=0, most=1, mode=''))
    """  # noqa: E501 (the output of an example is one line)
    names = {number: name for name, number in pattern.groupindex.items()}
    return _nodes(parser.parse(pattern.pattern, pattern.flags), names)


def _nodes(parsed: parser.SubPattern, names: Mapping[int, str]) -> Nodes:
    return tuple(
        _character(value) if kind is op.LITERAL else _node(kind, value, names) for kind, value in parsed.data
    )


@cache
def _character(code: int) -> Characters:
    return Characters((chr(code),))


def _node(kind: Any, value: Any, names: Mapping[int, str]) -> Node:  # noqa: ANN401 (the parser's)
    if kind in {op.NOT_LITERAL, op.ANY}:
        return Characters((chr(value),) if kind is op.NOT_LITERAL else (), negated=True)
    if kind is op.IN:
        negated = value[0][0] is op.NEGATE
        return Characters(tuple(_item(*item) for item in value[negated:]), negated)
    if kind is op.BRANCH:
        return Choice(tuple(_nodes(way, names) for way in value[1]))
    if kind in _MODES:
        least, most, inner = value
        return Repeat(_nodes(inner, names), least, None if most is op.MAXREPEAT else most, _MODES[kind])
    if kind is op.SUBPATTERN:
        number, on, off, inner = value
        flags = ("".join(letter for letter, flag in _FLAGS.items() if flag & of) for of in (on, off))
        return Group(_nodes(inner, names), number is not None, names.get(number, ""), False, *flags)
    if kind is op.ATOMIC_GROUP:
        return Group(_nodes(value, names), atomic=True)
    if kind in {op.ASSERT, op.ASSERT_NOT}:
        return Look(_nodes(value[1], names), value[0] > 0, kind is op.ASSERT_NOT)
    if kind is op.FAILURE:  # how Python 3.13 and later read (?!)
        return Look((), ahead=True, negated=True)
    if kind is op.AT:
        return Border(_BORDERS[value])
    if kind is op.GROUPREF_EXISTS:
        return Choice((_nodes(value[1], names), _nodes(value[2], names) if value[2] else ()))
    if kind is op.GROUPREF:
        return _ANYTHING
    raise NotImplementedError(f"{kind} in a regular expression")


def _item(kind: Any, value: Any) -> Item:  # noqa: ANN401 (the parser's)
    if kind is op.RANGE:
        return chr(value[0]), chr(value[1])
    return _CLASSES[value] if kind is op.CATEGORY else chr(value)


def without(nodes: Nodes, drop: Callable[[Node], bool]) -> Nodes:
    """Return a tree without certain nodes, at any depth."""
    return tuple(_without(node, drop) for node in nodes if not drop(node))


def _without(node: Node, drop: Callable[[Node], bool]) -> Node:
    if isinstance(node, Choice):
        return Choice(tuple(without(way, drop) for way in node.ways))
    return node if isinstance(node, Characters | Border) else replace(node, nodes=without(node.nodes, drop))


def source(nodes: Nodes) -> str:
    r"""Return the expression of a tree.

    Example:
        >>> source(parse(re.compile(r"(?P<rank>[1-3]|I{1,3})(?!\w)")))
        '(?P<rank>(?:[1-3]|I{1,3}))(?!\\w)'
    """
    return "".join(map(_source, nodes))


def _source(node: Node) -> str:
    match node:
        case Characters((), True):
            return "."
        case Characters((str(),) as items, False):
            return _written(*items)
        case Characters(items, negated):
            return f"[{'^' * negated}{''.join(map(_written, items))}]"
        case Group(nodes, captures=True, name=name):
            return f"({name and f'?P<{name}>'}{source(nodes)})"
        case Group(nodes, atomic=atomic, on=on, off=off):
            return f"(?{'>' if atomic else f'{on}{off and chr(45)}{off}:'}{source(nodes)})"
        case Choice(ways):
            return f"(?:{'|'.join(map(source, ways))})"
        case Repeat(nodes, least, most, mode):
            single = len(nodes) == 1 and isinstance(nodes[0], Characters | Choice | Group)
            part = source(nodes) if single else f"(?:{source(nodes)})"
            return f"{part}{{{least},{'' if most is None else most}}}{mode}"
        case Look(nodes, ahead, negated):
            return f"(?{'' if ahead else '<'}{'!' if negated else '='}{source(nodes)})"
        case Border(written):
            return written


def _written(item: Item) -> str:
    if isinstance(item, tuple):
        return "-".join(map(re.escape, item))
    return re.escape(item) if len(item) == 1 else item
