"""Which of the model's names count, and where they complete what the grammar found.

The grammar decides wherever it reads something: it knows how names of government nest, the model does not. What
it leaves unread is the model's, label by label, from the likelihood that ``ner_policy.jsonl`` asks for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from pipeline.document import Mention
from pipeline.entities import gazetteer as gz
from pipeline.entities.model import Guess
from pipeline.entities.tokens import tokenize
from pipeline.lexicon import load_table

#: Rule id of mentions that only the model found.
RULE = "model"


@cache
def policy() -> Mapping[str, float]:
    """Return the least likelihood of a name by the model, by label; labels that are missing never count."""
    return {row["label"]: row["least"] / 100 for row in load_table("ner_policy")}


def accepted(guesses: Sequence[Sequence[Guess]], labels: Iterable[str]) -> list[list[Guess]]:
    """Return the guesses of some labels that are likely enough, sentence by sentence."""
    least = {label: policy()[label] for label in labels if label in policy()}
    return [[g for g in found if g.likely >= least.get(g.label, 2.0)] for found in guesses]


def completed(text: str, mentions: Iterable[Mention], guesses: Sequence[Sequence[Guess]]) -> list[Mention]:
    """Return the mentions that the model adds: bodies, places and venues that overlap nothing found before.

    Args:
        text: The page's text.
        mentions: All mentions of the grammar, names and terms.
        guesses: Names by the model, already accepted.
    """
    taken = sorted((m.start, m.end) for m in mentions)
    starts = [a for a, _ in taken]
    reach: list[int] = []
    for _, end in taken:
        reach.append(max(end, reach[-1] if reach else 0))
    found = []
    for guess in (g for sentence in guesses for g in sentence):
        k = bisect_left(starts, guess.end) - 1
        if k >= 0 and reach[k] > guess.start:
            continue
        if _is_name(text[guess.start : guess.end]):
            found.append(Mention(guess.start, guess.end, guess.label, RULE))
    return found


def _is_name(surface: str) -> bool:
    """Tell whether a surface can be a name: a capital, more than a letter, no class of bodies, no plain word."""
    tokens = tokenize(surface, 0, len(surface))
    if len(surface) < 2 or "\n" in surface or tokens[0].kind not in {"cap", "upper"}:
        return False
    low = surface.lower()
    return low not in gz.generic_names() and not (len(tokens) == 1 and low in gz.common_words())
