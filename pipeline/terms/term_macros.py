"""Macros of the patterns of the term stage: classes of words that they name in braces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pipeline.lexicon import cached
from pipeline.lexicon.typed_rows import Row, doc, of_table, rows
from pipeline.terms.numerals import ROMAN, NumberWord

_MACRO = re.compile(r"\{([a-z_]+)\}")


@of_table("grade_words")
class GradeWords(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that are grades."""

    id: Annotated[str, doc("row id")]
    meaning: Annotated[str, doc("what they are")]
    surfaces: Annotated[tuple[str, ...], doc("grade words as written")]
    sure: Annotated[bool, doc("true: a result by itself; false: only behind a head noun")]


@cached
def grade_surfaces(*, sure: bool) -> tuple[str, ...]:
    """Return the grade words, longest first; ``sure`` ones need no head noun before them."""
    found = {surface for row in rows(GradeWords) if row.sure is sure for surface in row.surfaces}
    return tuple(sorted(found, key=lambda s: (-len(s), s)))


def _alternatives(words: set[str]) -> str:
    return f"(?:{'|'.join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))})"


@cached
def _macros() -> Mapping[str, str]:
    """Return the macros by name."""
    numword = _alternatives({row.word for row in rows(NumberWord)})
    roman = f"(?-i:{_alternatives(set(ROMAN))})"
    # as written, in capitals; several words also in lower case
    sure = {f for g in grade_surfaces(sure=True) for f in (g, g.upper(), *([g.lower()] if " " in g else []))}
    return {
        "numword": numword,
        "card": _alternatives({row.word for row in rows(NumberWord) if row.counts}),
        "roman": roman,
        "num": rf"(?:ke[- ]?\d{{1,3}}|\d{{1,3}}(?![\d.,]*\d)|{numword}|{roman})",
        "quoted": r"[“\"‘'`]([^“”\"‘\n]{2,120}?)[”\"’'`](?!\w)",
        "grade": _alternatives(sure),
        "unsure_grade": _alternatives(set(grade_surfaces(sure=False))),
    }


def expand(pattern: str) -> str:
    """Replace the macros in a pattern.

    Args:
        pattern: Regular expression with macros in braces.

    Raises:
        ValueError: If a macro does not exist, with those that do.
    """

    def value(match: re.Match[str]) -> str:
        if match.group(1) not in _macros():
            raise ValueError(f"unknown macro {match.group()}; use one of {', '.join(sorted(_macros()))}")
        return _macros()[match.group(1)]

    return _MACRO.sub(value, pattern)


def spaced(pattern: str) -> str:
    """Let every literal space of a pattern, escaped or not, match a line break with its indent.

    Pages wrap their lines. Character classes and look-behinds, which have to be of one width, stay.
    """
    return re.sub(r"(\[[^\]]*\]|\(\?<[=!][^)]*\))|\\? ", lambda m: m.group(1) or r"\s{1,60}", pattern)
