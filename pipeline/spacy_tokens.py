"""Tokens: runs of letters and digits, single marks, runs of white space; as spaCy's ``Doc`` takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

_TOKEN = re.compile(r"[^\W_]+|\s+|[\W_]", re.UNICODE)


def split_tokens(text: str, borders: Iterable[int] = ()) -> tuple[list[str], list[bool]]:
    """Split ``text`` so that words and spaces give it back exactly.

    Args:
        text: Any text.
        borders: Offsets that no token may cross.

    Returns:
        Words, and for each whether one space follows it.
    """
    cuts = sorted({0, len(text), *(b for b in borders if 0 < b < len(text))})
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise(cuts):
        for match in _TOKEN.finditer(text, start, end):
            piece = match.group()
            # a space behind a word is the word's own; white space stays a token of its own otherwise
            if piece[0] == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
                piece = piece[1:]
            if piece:
                words.append(piece)
                spaces.append(False)
    return words, spaces
