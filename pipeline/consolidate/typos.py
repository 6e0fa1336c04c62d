"""Whether two spellings of a name differ by a slip of the pen only."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from pipeline.consolidate.folding import Words, joined, vocabulary

_SHORTEST = 5  # letters of a word that may lack or double a letter, or swap two
_SHORTEST_CHANGED = 6  # letters of a word in which one is another
_SHORTEST_TWO = 10  # letters of a word with two slips
_SHORTEST_ALONE = 8  # letters of a name of one word
#: Men and women: "putra" and "putri", "siswa" and "siswi" are different words.
_GENDERED = frozenset("ai")


def _is_slip(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    if shorter < _SHORTEST or a[0] != b[0] or not (a.isalpha() and b.isalpha()):
        return False
    if len(a) == len(b) and a[:-1] == b[:-1] and {a[-1], b[-1]} <= _GENDERED:
        return False
    if a in vocabulary() and b in vocabulary():
        return False
    limit = 2 if shorter >= _SHORTEST_TWO else 1
    distance = OSA.distance(a, b, score_cutoff=limit)
    if distance > limit:
        return False
    swapped_or_lost = len(a) != len(b) or sorted(a) == sorted(b)
    return swapped_or_lost or shorter >= _SHORTEST_CHANGED


def same_but_for_a_slip(a: Words, b: Words) -> bool:
    """Return whether two names have the same words but for one, misspelled in either.

    Words with digits, short words and words that are both spelled right never pass for each other.
    """
    if len(a) != len(b) or not a:
        return False
    different = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if not different:
        return True
    if len(different) > 1:
        return False
    x, y = different[0]
    if len(a) == 1 and min(len(x), len(y)) < _SHORTEST_ALONE:
        return False
    return _is_slip(x, y)


def blocks(words: Words) -> Iterator[str]:
    """Yield what names that differ in one word have in common: the name with that word's first letter only.

    Comparing only names that share one of these keeps the cost in line with their number.
    """
    for at, word in enumerate(words):
        if len(word) >= _SHORTEST and word.isalpha():
            yield f"{len(words)} {at} {joined((*words[:at], f' {word[0]} ', *words[at + 1 :]))}"
