"""Light tokens for the entity grammar: words, numbers and punctuation with offsets into the page's text."""

from __future__ import annotations

import re
from dataclasses import dataclass

# "se-Indonesia" is split after the hyphen, since the place inside is a mention of its own; other hyphenated
# words ("Perundang-undangan", "Pare-Pare") stay whole. Line breaks are tokens: names never cross them.
_TOKEN = re.compile(
    r"\d+(?:[.,/:]\d+)*|[^\W\d_]\w*(?:[-'’`][^\W_]+)*|\n|\S",
)
_SE = re.compile(r"[Ss]e-(?=[A-Z])")

Kind = str


@dataclass(frozen=True, slots=True)
class Token:
    """A token.

    Args:
        start: Offset of its first character.
        end: One past its last character.
        text: As written.
        low: Lower-cased.
        kind: ``cap`` (Jakarta, DiskominfoSP), ``upper`` (BPK, M), ``lower``, ``num``, ``punct`` or ``break``.
    """

    start: int
    end: int
    text: str
    low: str
    kind: Kind


def _kind(text: str) -> Kind:
    first = text[0]
    if first == "\n":
        return "break"
    if first.isdigit():
        return "num"
    if first.isalpha():
        if first.isupper():
            return "upper" if text.isupper() else "cap"
        return "lower"
    return "punct"


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of ``text[start:end]``, with offsets into ``text``."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        at = match.start()
        if _SE.match(word):
            tokens.append(Token(at, at + 2, word[:2], "se", "lower"))
            tokens.append(Token(at + 2, at + 3, "-", "-", "punct"))
            at += 3
            word = word[3:]
        tokens.append(Token(at, at + len(word), word, word.lower(), _kind(word)))
    return tokens
