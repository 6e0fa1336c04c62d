"""Exact sentence F1 on the stress set, by phenomenon: ``python tests/sentences/stress.py [--errors]``."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

Spans = set[tuple[int, int]]
Splitter = Callable[..., Iterable[tuple[int, int]]]
#: Signs of a case's notation and the text that they stand for; all but the last are boundaries.
_SIGNS = {" | ": " ", "‖": "", "¶": "\n", "↵": "\n"}
_SIGN = re.compile("|".join(re.escape(sign) for sign in _SIGNS))


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its phenomenon, its text and the spans of its sentences."""

    phenomenon: str
    text: str
    sentences: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Score:
    """Counts of sentences: right, found, wanted; and of cases with no error."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    cases: int = 0
    clean: int = 0

    @property
    def f1(self) -> float:
        """F1 of exact sentences."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0

    def add(self, found: Spans, wanted: Spans) -> None:
        """Count one case."""
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)
        self.cases += 1
        self.clean += found == wanted


def parse(line: str) -> Case:
    """Read a line of stress.txt."""
    phenomenon, marked = line.split("\t", 1)
    text, spans, begin, last = "", [], 0, 0
    for match in _SIGN.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        if match.group() != "↵":
            spans.append((begin, len(text)))
        text += _SIGNS[match.group()]
        if match.group() != "↵":
            begin = len(text)
    text += marked[last:]
    return Case(phenomenon, text, (*spans, (begin, len(text))))


def cases() -> list[Case]:
    """Read all cases."""
    lines = Path(__file__).with_name("stress.txt").read_text("utf-8").splitlines()
    return [parse(line) for line in lines if line and not line.startswith("#")]


def measure(split: Splitter, of: Iterable[Case]) -> dict[str, Score]:
    """Score a splitter by phenomenon; ``all`` is over everything."""
    table: dict[str, Score] = {}
    for case in of:
        found = set(split(case.text, headline=case.phenomenon == "headline"))
        for name in (case.phenomenon, "all"):
            table.setdefault(name, Score()).add(found, set(case.sentences))
    return table


def report(table: dict[str, Score]) -> str:
    """Return the table as text."""
    rows = [f"{'phenomenon':<20}{'cases':>6}{'clean':>6}{'sentences':>10}{'F1':>8}"]
    for name, score in sorted(table.items(), key=lambda item: (item[0] == "all", item[0])):
        rows.append(f"{name:<20}{score.cases:>6}{score.clean:>6}{score.wanted:>10}{score.f1:>8.4f}")
    return "\n".join(rows)


if __name__ == "__main__":
    from pipeline.sentences import split_text

    print(report(measure(split_text, cases())))
    if "--errors" in sys.argv:
        for case in cases():
            got = split_text(case.text, headline=case.phenomenon == "headline")
            if set(got) != set(case.sentences):
                print(case.phenomenon, [case.text[a:b] for a, b in got], sep="\t")
