"""Parts of a kept line that are no article text: glued links, sign-offs, credits."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from pipeline.boilerplate.headline import headline_end
from pipeline.lexicon import cached, load_table

#: Sign-offs and cut-off marks stand at the very end of a line.
_TAIL = 300
_CAPTION_REACH = 900
_FULL_DATE = re.compile(r"\b\d{1,2}\s[A-Z][a-z]{2,9}\s\d{4}\b|\(\d{1,2}/\d{1,2}/\d{2,4}\)")
_SENTENCE_END = re.compile(r"[.!?][”\"’)]{0,2}\s+(?=[A-Z“\"‘(])")


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    pattern: re.Pattern[str]
    reach: str
    tail_only: bool
    at_end: bool
    hints: tuple[str, ...]


@cached
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            row["kind"],
            re.compile(row["pattern"], 0 if row["case"] else re.IGNORECASE),
            row["reach"],
            row["where"] == "tail",
            row["pattern"].endswith("$"),
            tuple(row["hints"]),
        )
        for row in load_table("boilerplate_inline")
    )


def _caption_start(text: str, credit: int) -> int:
    """Return where a photographer's caption begins: at its dated sentence, if that is near."""
    begin = max(0, credit - _CAPTION_REACH)
    starts = [begin + m.end() for m in _SENTENCE_END.finditer(text[begin:credit])][-4:]
    for start, stop in zip(reversed(starts), [credit, *reversed(starts)], strict=False):
        if _FULL_DATE.search(text, start, stop):
            return start
    return credit


def _extent(rule: _Rule, text: str, match: re.Match[str]) -> tuple[int, int]:
    if rule.reach == "headline":
        return match.start(), headline_end(text, match.end())
    if rule.reach == "line":
        return match.start(), len(text)
    if rule.reach == "caption":
        return _caption_start(text, match.start()), match.end()
    return match.start(), match.end()


def inline_spans(text: str, *, tail: bool) -> list[tuple[int, int, str]]:
    """Find what must be cut out of a kept line.

    Args:
        text: The line.
        tail: Whether it is among the last kept lines of the page, where sign-offs stand.

    Returns:
        Non-overlapping ``(start, end, kind)`` in order, relative to the line.
    """
    found: list[tuple[int, int, str]] = []
    for rule in _rules():
        if rule.tail_only and not tail:
            continue
        begin = max(0, len(text) - _TAIL) if rule.at_end else 0
        end_part = text[begin:] if rule.at_end else text
        if not any(hint in end_part for hint in rule.hints):
            continue
        starts = sorted(start for start, _, _ in found)
        while (match := rule.pattern.search(text, begin)) is not None:
            start, end = _extent(rule, text, match)
            if rule.reach == "line":
                following = bisect_right(starts, start)
                end = starts[following] if following < len(starts) else end
            found.append((start, end, rule.kind))
            begin = max(end, match.end() + 1)
    found.sort()
    return _without_overlap(found)


def _without_overlap(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in spans:
        begin = max(start, kept[-1][1]) if kept else start
        if begin < end:
            kept.append((begin, end, kind))
    return kept
