"""Find the known name that a misspelt one means, where no other known name is as near."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: A shorter name has neighbours that are names of their own ("Batu", "Batur"); it is not corrected.
_SHORTEST = 7
#: From this length on two slips are allowed.
_LONG = 14


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the one known name that ``name`` misspells, or an empty string.

    A slip is a letter that is missing, too many, wrong, or swapped with its neighbour (optimal string
    alignment distance); the first letter must be right.

    Args:
        name: A name in lower case that is not known.
        known: Known names in lower case.
    """
    if len(name) < _SHORTEST:
        return ""
    slips = 1 if len(name) < _LONG else 2
    choices = [k for k in known if k[:1] == name[:1] and abs(len(k) - len(name)) <= slips]
    found = process.extract(name, choices, scorer=OSA.distance, score_cutoff=slips, limit=2)
    if not found or (len(found) > 1 and found[0][1] == found[1][1]):
        return ""
    return found[0][0]
