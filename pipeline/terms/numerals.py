"""Numbers as words and Roman numerals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pipeline.lexicon import cached
from pipeline.lexicon.typed_rows import Row, doc, of_table, rows

_UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


@of_table("number_words")
class NumberWord(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number as a word."""

    word: Annotated[str, doc("cardinal or ordinal, in lower case")]
    value: Annotated[int, doc("the number")]
    counts: Annotated[bool, doc("whether it may say how many are at the top (tiga besar)")] = False


@cached
def number_words() -> Mapping[str, int]:
    """Return the numbers by their words, in lower case."""
    return {row.word: row.value for row in rows(NumberWord)}


def roman(number: int) -> str:
    """Return a number as a Roman numeral.

    Args:
        number: From 1 to 39.
    """
    return "X" * (number // 10) + _UNITS[number % 10]


#: Numbers by the Roman numerals that results are written with.
ROMAN: Mapping[str, int] = {roman(number): number for number in range(1, 13)}
