"""Names that nobody bears, drawn from lists made for it: the default of :class:`NameDrawing`.

Nothing that reads pages may know these words, so nothing outside the evaluation imports this module, and a
test keeps them out of the lexicon. Training swaps names too, with lists and a seed of its own.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from pipeline.evaluation.swap_regions import KnownRegion

#: Seed of the measure.
SEED = 14
_VOWELS = "aeiou"
_CONSONANTS = "bdfghjklmnprstvwz"
#: Words this much longer or shorter than the old one may stand for it, if there are enough of them.
_LENGTHS = (2, 4)
_ENOUGH = 12


class NameDrawing(Protocol):
    """What stands in place of the names of one page. Same arguments, same answer."""

    def word(self, kind: str, old: str, attempt: int) -> str:
        """Return a word, capitalised, for one word of a name.

        Args:
            kind: Entity label of the name: PERSON, ORGANISATION, FACILITY, EVENT, WORK.
            old: The word, lower case.
            attempt: Counts up from 0 where an earlier answer could not be used.
        """

    def letters(self, old: str, attempt: int) -> str:
        """Return an abbreviation for one whose long form the page does not have (arguments as above)."""

    def region(self, old: KnownRegion, choices: Sequence[KnownRegion]) -> KnownRegion:
        """Return one of the regions that fit (at least one; the old one is none of them)."""


@cache
def made_up_words() -> Mapping[str, tuple[str, ...]]:
    """Return the words of the measure by kind: PERSON, EVENT, WORK, and NAME for all others."""
    lines = files(__package__).joinpath("made_up_names.jsonl").read_text("utf-8").splitlines()
    rows: list[Mapping[str, Any]] = [json.loads(line) for line in lines]
    return {row["kind"]: tuple(row["words"]) for row in rows}


@dataclass(frozen=True, slots=True)
class MadeUpNames:
    """Draws from lists of made-up words.

    Args:
        page: Name of the page: other pages get other names.
        seed: Seed of the draw.
        words: Lists by kind, those of the measure where empty; kinds without one draw from ``NAME``.
    """

    page: str
    seed: int = SEED
    words: Mapping[str, Sequence[str]] | None = None

    def _key(self, *what: object) -> str:
        return "|".join(map(str, (self.seed, self.page, *what)))

    def _random(self, *what: object) -> random.Random:
        return random.Random(self._key(*what))  # noqa: S311 (no secrets)

    def word(self, kind: str, old: str, attempt: int) -> str:
        """Return a word of about the same length."""
        words = self.words or made_up_words()
        pool = words.get(kind, words["NAME"])
        for most in _LENGTHS:
            like = [w for w in pool if abs(len(w) - len(old)) <= most]
            if len(like) >= _ENOUGH + attempt:
                pool = like
                break
        return self._random(kind, old, attempt).choice(pool)

    def letters(self, old: str, attempt: int) -> str:
        """Return vowels for vowels and consonants for consonants; figures stay, and so does case."""
        draw = self._random("letters", old, attempt)
        new = [
            draw.choice(_VOWELS if c in _VOWELS else _CONSONANTS) if c.isalpha() else c for c in old.lower()
        ]
        return "".join(n.upper() if c.isupper() else n for n, c in zip(new, old, strict=True))

    def region(self, old: KnownRegion, choices: Sequence[KnownRegion]) -> KnownRegion:
        """Return any of them: the same one also when some of the others are no longer there, or more are."""

        def lot(region: KnownRegion) -> bytes:
            key = self._key("region", old.code, old.base, region.code, region.base)
            return hashlib.blake2b(key.encode(), digest_size=8).digest()

        return min(choices, key=lot)


@dataclass(frozen=True, slots=True)
class SameNames:
    """Gives every name itself: a page swapped with it is the page."""

    def word(self, kind: str, old: str, attempt: int) -> str:  # noqa: ARG002 (the protocol's)
        """Return the word."""
        return old

    def letters(self, old: str, attempt: int) -> str:  # noqa: ARG002 (the same)
        """Return the abbreviation."""
        return old

    def region(self, old: KnownRegion, choices: Sequence[KnownRegion]) -> KnownRegion:  # noqa: ARG002 (the same)
        """Return the region."""
        return old
