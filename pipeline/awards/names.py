"""Names that no entity rule knows: capitalised words that may head a subject ("Tim Rajawali Muda")."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from pipeline.document import Mention, Sentence
from pipeline.entities.phrases import read_name
from pipeline.lexicon import load_table

#: A sentence with more capitalised words than this share is a headline in title case.
MOSTLY_CAPITALS = 0.75
_START = re.compile(r"(?<![\w“\"‘'])[A-Z][\w'’]*")


@cache
def team_heads() -> frozenset[str]:
    """Head nouns (lower case) of groups that win prizes."""
    return frozenset(w for row in load_table("team_heads") for w in row["words"])


def _covered(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether one of ``spans``, sorted by start, covers ``offset``; mentions nest a few levels deep."""
    at = bisect_right(spans, (offset, sys.maxsize))
    return any(start <= offset < end for start, end in spans[max(0, at - 8) : at])


def capitalised_names(text: str, sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Return NAME mentions of a sentence: a head noun for groups of people and the name behind it.

    A sentence in which most words are capitalised (a headline) gives none: there capitals say nothing.
    """
    words = re.findall(r"[^\W\d_]{2,}", text[sentence.start : sentence.end])
    if not words or sum(w[0].isupper() for w in words) > MOSTLY_CAPITALS * len(words):
        return []
    taken = sorted((m.start, m.end) for m in mentions)
    # "UKM Reyog Laskar" is a club, whatever looks like a person in it
    starts = frozenset(m.start for m in mentions if m.label != "PERSON")
    found: list[Mention] = []
    at = sentence.start
    while True:
        match = _START.search(text, at, sentence.end)
        if not match:
            return found
        at = match.end()
        if match.group().lower() not in team_heads() or _covered(taken, match.start()):
            continue
        end = read_name(text, match.start(), sentence.end, starts)
        if end > match.end() and re.search(r"[^\W\d_]{3}", text[match.end() : end]):
            found.append(Mention(match.start(), end, "NAME", "NAM01"))
            at = end
