"""Names that no entity rule knows: runs of capitalised words that may head a subject ("Tim Rajawali Muda")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Mention, Sentence
from pipeline.entities.phrases import read_name, stop_words

_START = re.compile(r"(?<![\w“\"‘'])[A-Z][\w'’]*")


def capitalised_names(text: str, sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Return NAME mentions of a sentence: two capitalised words or more outside every other mention.

    A sentence in which most words are capitalised (a headline) gives none: there capitals say nothing.
    """
    words = re.findall(r"[^\W\d_]{2,}", text[sentence.start : sentence.end])
    if not words or sum(w[0].isupper() for w in words) > 0.6 * len(words):
        return []
    taken = sorted((m.start, m.end) for m in mentions)
    starts = frozenset(s for s, _e in taken)
    found: list[Mention] = []
    at = sentence.start
    while True:
        match = _START.search(text, at, sentence.end)
        if not match:
            return found
        at = match.end()
        if any(s <= match.start() < e for s, e in taken) or match.group().lower() in stop_words():
            continue
        end = read_name(text, match.start(), sentence.end, starts)
        if end > match.end() and len(text[match.start() : end].split()) >= 2:
            found.append(Mention(match.start(), end, "NAME", "NAM01"))
            at = end
