"""What is relied on of Python's parser, which promises nothing: run on each version that is supported."""

from __future__ import annotations

import doctest
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from pipeline.lexicon import table_names
from pipeline.lexicon.typed_rows import rows, table_type
from pipeline.patterns import regex_tree
from pipeline.patterns.regex_tree import (
    Border,
    Characters,
    Choice,
    Group,
    Look,
    Node,
    Repeat,
    parse,
    source,
    without,
)
from pipeline.patterns.required_literals import Guarded

A, B = Characters(("a",)), Characters(("b",))


@pytest.mark.parametrize(
    ("pattern", "tree"),
    [
        ("ab", (A, B)),
        ("(?:ab)", (A, B)),
        (".", (Characters((), negated=True),)),
        ("[^a]", (Characters(("a",), negated=True),)),
        ("[a-c\\d_]", (Characters((("a", "c"), "\\d", "_")),)),
        ("[^a\\s]", (Characters(("a", "\\s"), negated=True),)),
        ("\\W", (Characters(("\\W",)),)),
        ("[a]|b", (Characters(("a", "b")),)),
        ("ab|ba|", (Choice(((A, B), (B, A), ())),)),
        ("a*", (Repeat((A,), 0, None),)),
        ("a+?", (Repeat((A,), 1, None, "?"),)),
        ("(?:ab){2,3}+", (Repeat((A, B), 2, 3, "+"),)),
        ("(?P<n>a)(b)", (Group((A,), captures=True, name="n"), Group((B,), captures=True))),
        ("(?>a)", (Group((A,), atomic=True),)),
        ("(?i:a)(?s-i:b)", (Group((A,), on="i"), Group((B,), on="s", off="i"))),
        ("(?=a)(?!a)(?<=a)(?<!a)", (Look((A,), True), Look((A,), True, True), Look((A,), False),
                                    Look((A,), False, True))),
        ("^\\A\\b\\B$\\Z", tuple(map(Border, ("^", "\\A", "\\b", "\\B", "$", "\\Z")))),
        ("(?x) a # b", (A,)),
        ("(?!)", (Look((), True, True),)),
    ],
)  # fmt: skip
def test_trees(pattern: str, tree: tuple[Node, ...]) -> None:
    assert parse(re.compile(pattern)) == tree
    assert parse(re.compile(source(tree))) == tree


@pytest.mark.parametrize("pattern", ["(a)\\1", "(?P<n>a)(?P=n)", "(a)?(?(1)b|ab)", "(a)?(?(1)b)"])
def test_what_depends_on_an_earlier_match_matches_more(pattern: str) -> None:
    loose = re.compile(source(parse(re.compile(pattern))))
    for text in ("aa", "ab", "b", "aab"):
        if re.fullmatch(pattern, text):
            assert loose.fullmatch(text)


@pytest.mark.parametrize("character", [*map(chr, range(128)), "é", "\u2028", "\ue000"])
def test_each_character_is_written_so_that_it_is_read_again(character: str) -> None:
    for tree in ((Characters((character,)),), (Characters((character, ("à", "ç"))),)):
        assert parse(re.compile(source(tree))) == tree
        assert re.fullmatch(source(tree), character)


def _patterns() -> Iterator[re.Pattern[str]]:
    """Yield the patterns of all tables of rules."""
    import_module("pipeline.flow")  # the stages name their tables
    for kind in filter(None, map(table_type, table_names())):
        for row in rows(kind):
            pattern = getattr(row, "pattern", None)
            if not isinstance(pattern, str | None):
                yield pattern.compiled if isinstance(pattern, Guarded) else pattern


def test_every_pattern_is_read_and_written() -> None:
    patterns = list(_patterns())
    assert len(patterns) > 100
    for pattern in patterns:
        again = re.compile(source(parse(pattern)), pattern.flags)
        assert parse(again) == parse(pattern)
        assert (again.groups, again.groupindex) == (pattern.groups, pattern.groupindex)


def test_nodes_are_dropped_at_any_depth() -> None:
    tree = parse(re.compile("(?:^a|(?=\\bb)){2}(?P<n>\\b)"))
    kept = without(tree, lambda node: isinstance(node, Border))
    assert source(kept) == "(?:a|(?=b)){2,2}(?P<n>)"


def test_nothing_else_knows_the_parser() -> None:
    private = re.compile(r"\bre\._|from re\._|from re import _|sre_(?:parse|constants|compile)")
    package = regex_tree.__file__.rpartition("patterns")[0]
    files = [f.name for f in Path(package).rglob("*.py") if private.search(f.read_text("utf-8"))]
    assert files == ["regex_tree.py"]


def test_the_version_of_python_is_one_that_is_tried() -> None:
    """A new one needs this file run on it first."""
    assert (3, 11) <= sys.version_info[:2] <= (3, 14)


def test_examples_are_true() -> None:
    assert doctest.testmod(regex_tree).failed == 0
