"""Measure every regular expression of the package on the worst texts that are known for it.

Usage: python scripts/check_expressions.py [--seconds 60]

Pages of one unit repeated go through all stages first, and of each expression the longest text that it was
given is noted, however long the page. Then each is given texts of its own: what its parts match, common marks
and words, repeated. One that was given whole pages gets a megabyte of the worst of them, one whose texts the
stages cut as much as it was given, one that no stage used a text of 4,000 characters, searched unless its
module only ever matches it at one place. Exit status 1 where one takes longer than the limit, which is what a
page has: for a megabyte, or for what the texts of a page of a megabyte come to.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from re import _compiler as compiler  # type: ignore[attr-defined]
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(Path(__file__).parent))

#: Characters of the pages that go through the stages, and from which on a text counts as a whole page.
PAGE, WHOLE = 48_000, 24_000
#: Characters that a page is taken to have.
MEGABYTE = 1_000_000
#: Characters on which the worst text is looked for.
TRIAL = 4_000
_ASSIGNED = re.compile(r"(_?[A-Z][A-Z_]*) = re\.compile\(")
_SEARCHING = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})


class Noted:
    """An expression that notes how it is used."""

    found: dict[tuple[str, int], Noted] = {}  # noqa: RUF012 (one list of all of them)

    def __init__(self, pattern: re.Pattern[str], where: str) -> None:
        self.real, self.where = pattern, where
        self.longest = 0
        self.methods: set[str] = set()

    # Rows of rule tables ask for a pattern.
    __class__ = property(lambda _: re.Pattern)  # type: ignore[assignment]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever the expression has)
        value = getattr(self.real, name)
        if not callable(value):
            return value

        def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401
            text = given[1] if name in {"sub", "subn"} else given[0]
            positions = given[1:3] if name not in {"sub", "subn", "split"} else ()
            start = positions[0] if positions else 0
            end = min(positions[1], len(text)) if len(positions) > 1 else len(text)
            self.longest = max(self.longest, end - start)
            self.methods.add(name)
            return value(*given, **named)

        return call


def note_expressions(package: Path) -> None:
    """Have each expression that the package compiles from now on noted."""
    original: Callable[..., re.Pattern[str]] = compiler.compile

    def compile_noted(pattern: Any, flags: int = 0) -> Any:  # noqa: ANN401
        real = original(pattern, flags)
        frame = sys._getframe(1)
        for _ in range(4):
            file = Path(frame.f_code.co_filename)
            if package in file.parents:
                source = real.pattern if isinstance(real.pattern, str) else f"part {len(Noted.found)}"
                noted = Noted(real, f"{file.relative_to(package).as_posix()}:{frame.f_lineno}")
                return Noted.found.setdefault((source, real.flags), noted)
            if frame.f_back is None:
                break
            frame = frame.f_back
        return real

    compiler.compile = compile_noted
    re.purge()


def in_source(where: str, package: Path) -> set[str]:
    """Return the methods that a module calls of the expression that it assigns on a line."""
    name, _, line = where.partition(":")
    source = (package / name).read_text("utf-8")
    upto = source.split("\n")[: int(line)]
    assigned = [match[1] for match in map(_ASSIGNED.match, upto) if match]
    return set(re.findall(rf"\b{assigned[-1]}\.(\w+)\(", source)) if assigned else set()


def seconds(noted: Noted, text: str) -> float:
    """Return how long an expression takes for a text, in the way that it is used."""
    given: Any = text if not isinstance(noted.real.pattern, bytes) else text.encode()
    before = time.process_time()
    if noted.methods & _SEARCHING or not noted.methods:
        for _ in noted.real.finditer(given):
            pass
    else:
        noted.real.match(given)
        noted.real.fullmatch(given)
    return time.process_time() - before


def pages(units: Iterable[str]) -> Iterator[str]:
    """Yield the pages that go through the stages: units repeated, and our own pages without end or border."""
    yield from (unit * (PAGE // len(unit)) for unit in units if not "\ue000" <= unit[0] <= "\uf8ff")
    lines = (ROOT / "annotations/dev/pages.jsonl").read_text("utf-8").splitlines()
    texts = [page["text"] for page in map(json.loads, lines) if page.get("text")]
    yield from texts
    for marks in ("", ".", ".\n", ".\n,;:"):
        whole = " ".join(texts).translate(dict.fromkeys(map(ord, marks), " "))
        yield from (whole[at : at + PAGE] for at in range(0, len(whole), PAGE))


def main() -> int:
    """Run the check; returns the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--seconds", type=float, default=60.0)
    limit = arguments.parse_args().seconds
    import pipeline

    note_expressions(Path(pipeline.__file__).parent)
    import check_hostile

    check_hostile._load_everything()
    from pipeline.document import Page
    from pipeline.flow import process

    for text in pages(check_hostile.UNITS):
        for kind in ("text", "html"):
            for only_awards in (False, True):
                process(Page("a", "a", text, kind), only_awards=only_awards)  # type: ignore[arg-type]
    slow = whole = 0
    unused = sum(not noted.longest for noted in Noted.found.values())
    for noted in Noted.found.values():
        noted.methods |= (
            in_source(noted.where, Path(pipeline.__file__).parent) if not noted.longest else set()
        )
        # what no stage used reads other texts (fields, titles, reports), whose length is not known here
        size = MEGABYTE if noted.longest >= WHOLE else noted.longest or TRIAL
        whole += size == MEGABYTE
        source = noted.real.pattern
        units = check_hostile.units(noted.real) if isinstance(source, str) else list(check_hostile.UNITS)
        trial = min(size, TRIAL)
        worst = max(units, key=lambda unit: seconds(noted, unit * (trial // len(unit))))
        spent = seconds(noted, worst * (size // len(worst))) * (MEGABYTE / size)
        if spent > limit:
            slow += 1
            what = "a megabyte" if size == MEGABYTE else f"{MEGABYTE // size:,} texts of {size:,}"
            print(f"{noted.where}: {spent:.1f} s for {what} of {worst!r}: {str(source)[:100]!r}", flush=True)
    print(f"{len(Noted.found)} expressions, {unused} of other texts, {whole} on a megabyte, {slow} slow")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
