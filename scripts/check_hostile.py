"""Look for text on which a stage takes time by the square of its length.

Usage: python scripts/check_hostile.py [--size 40000]

Every regular expression that the package compiles is taken apart, and what its parts match is repeated
to a text of the given number of characters, and of a quarter of it; so are common marks and words. Each
text goes through all stages. A text of four times the length that takes more than eight times as long
is printed. Exit status 1 if there is any.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pipeline
from pipeline.patterns.regex_tree import Characters, Choice, Group, Nodes, Repeat, parse

PACKAGE = Path(pipeline.__file__).parent

_SAMPLE = (
    "Pemkot Batu Raih Juara 1 Anugerah Humas 2023\n\nBATU, 3/3/2025 (ANTARA) – Wali Kota Batu Dr. H. Rahma"
    " Dewi, S.H. meraih “Juara 1” kategori Website pada 10 Mei 2023 di Hotel Melati, "
    "Jl. Mawar No. 5.\nBaca juga: Berita lain\n"
    "1. Kota Batu\n2. Kota Malang\n?Kami bangga,? ujarnya.\n"
)


def _load_everything() -> None:
    """Use every part of the package once, so that what is compiled on first use is compiled."""
    from importlib import import_module
    from pkgutil import walk_packages

    for module in walk_packages([str(PACKAGE)], "pipeline."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    from pipeline.document import Page
    from pipeline.flow import process
    from pipeline.lexicon import table_names
    from pipeline.lexicon.typed_rows import rows, table_type
    from pipeline.terms.term_patterns import head_pattern
    from pipeline.terms.term_rules import EventHead

    for name in table_names():
        if kind := table_type(name):
            rows(kind)
    for head in rows(EventHead):
        for word in head.words:
            head_pattern(word)
    for content in ("text", "html"):
        for only_awards in (False, True):
            process(Page("a", "a", _SAMPLE, content), only_awards=only_awards)  # type: ignore[arg-type]


def compiled() -> list[tuple[str, re.Pattern[str]]]:
    """Return every pattern over text that the package compiles, with the file that does."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    original = re.compile

    def noted(pattern: object, flags: int = 0) -> object:
        result = original(pattern, flags)  # type: ignore[call-overload]
        where = Path(sys._getframe(1).f_code.co_filename)
        if PACKAGE in where.parents and isinstance(result.pattern, str):
            key = (result.pattern, result.flags)
            found.setdefault(key, (where.relative_to(PACKAGE).as_posix(), result))
        return result

    re.compile = noted  # type: ignore[assignment]
    try:
        _load_everything()
    finally:
        re.compile = original
    return list(found.values())


#: Units that are repeated: runs of one class, words and marks in turn, things that open and do not close.
UNITS = (
    "a", "A", "1", " ", "\n", ".", ",", "-", "(", "“", "<", '"', "a ", "A ", "1 ", "a, ", "A, ", "A. ",
    "A.", "1.", "1/", "a-", "aB", "Aa ", "Aa, ", "Aa dan ", "Aa, dan ", "(A) ", "“A ", "“A” ", "a\n",
    "A\n", " \n", "<a ", "<p>", "&a", "x@", "\u00a0", "?a", "a? ", "\ue000", "\ue000 ", "\ue005 ",
    "\ue006, ", "\ue002 dan ",
)  # fmt: skip


def _one(node: Characters) -> str:
    """Return a character of a class."""
    if node.negated or not node.items:
        return "x"
    first = node.items[0]
    return "a" if first[0] == "\\" and len(first) > 1 else first[0]


def _samples(nodes: Nodes, depth: int = 0) -> Iterator[str]:
    """Yield a few strings that parts of a pattern match, for units of its own."""
    built = ""
    for node in nodes:
        piece = ""
        if isinstance(node, Characters):
            piece = _one(node)
        elif isinstance(node, Choice):
            parts = [next(_samples(way, depth + 1), "") for way in node.ways[:4]]
            piece = parts[0]
            if depth == 0:
                yield from (built + part for part in parts[1:] if part)
        elif isinstance(node, Group | Repeat):
            piece = next(_samples(node.nodes, depth + 1), "")
            if depth == 0 and piece:
                yield piece
        built += piece
        if depth == 0 and isinstance(node, Repeat) and built:
            yield built
    yield built


def units(pattern: re.Pattern[str]) -> list[str]:
    """Return the units to try on a pattern: the common ones, and parts of what it matches."""
    own = list(dict.fromkeys(s for s in _samples(parse(pattern)) if s))[:12]
    return [*UNITS, *own, *(f"{s} " for s in own)]


def main() -> int:
    """Run the check; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--size", type=int, default=40_000)
    arguments = parser.parse_args()
    patterns = compiled()
    from pipeline.document import Page
    from pipeline.flow import process

    where = {unit: file for file, pattern in reversed(patterns) for unit in units(pattern)}
    # private characters stand for mentions in the award stage; no page has them
    texts = [unit for unit in where if not re.search("[\ud800-\uf8ff]", unit)]

    def seconds(unit: str, size: int) -> float:
        before = time.process_time()
        process(Page("a", "a", unit * (size // len(unit))))
        return time.process_time() - before

    slow = 0
    for unit in texts:
        short, long = (seconds(unit, size) for size in (arguments.size // 4, arguments.size))
        if long > 8 * max(short, 0.02):
            slow += 1
            print(f"{unit!r} ({where[unit]}): {short:.2f} s, four times as long {long:.2f} s", flush=True)
    print(f"{len(patterns)} patterns, {len(texts)} texts, {slow} that take more than their length")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
