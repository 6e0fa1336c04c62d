"""The rules of the term stage, compiled from the lexicon tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.lexicon import load_table
from pipeline.patterns.required_literals import Guarded

NUMBER_WORDS = {
    "pertama": 1, "kesatu": 1, "satu": 1, "kedua": 2, "dua": 2, "ketiga": 3, "tiga": 3, "keempat": 4,
    "empat": 4, "kelima": 5, "lima": 5, "keenam": 6, "enam": 6, "ketujuh": 7, "tujuh": 7, "kedelapan": 8,
    "delapan": 8, "kesembilan": 9, "sembilan": 9, "kesepuluh": 10, "sepuluh": 10,
}  # fmt: skip
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ROMAN = {numeral: number for number, numeral in enumerate(_NUMERALS, 1)}

_MACROS = {
    "numword": "(?:" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + ")",
    "card": "(?:tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)",
    "roman": "(?-i:VIII|VII|VI|IV|IX|XII|XI|X|V|III|II|I)",
    "quoted": r"[“\"‘'`]([^“”\"‘\n]{2,120}?)[”\"’'`](?!\w)",
}
_MACROS["num"] = rf"(?:ke[- ]?\d{{1,3}}|\d{{1,3}}(?![\d.,]*\d)|{_MACROS['numword']}|{_MACROS['roman']})"


def spaced(pattern: str) -> str:
    """Let every literal space of a pattern, escaped or not, match a line break with its indent.

    Pages wrap their lines. Character classes and look-behinds, which have to be of one width, stay.
    """
    return re.sub(r"(\[[^\]]*\]|\(\?<[=!][^)]*\))|\\? ", lambda m: m.group(1) or r"\s{1,60}", pattern)


def _expand(pattern: str) -> str:
    """Replace the macros in ``pattern``."""
    for name, macro in _MACROS.items():
        pattern = pattern.replace("{" + name + "}", macro)
    return pattern


@dataclass(frozen=True)
class TermRule:
    """A pattern whose match, or first group, is a term (row of ``term_rules``)."""

    id: str
    label: str
    kind: str
    pattern: Guarded


@cache
def term_rules() -> tuple[TermRule, ...]:
    """Return the compiled pattern rules of the ``term_rules`` table."""
    grades = _sure_grades()
    rules = []
    for row in load_table("term_rules"):
        pattern = row["pattern"].replace("{grade}", f"(?:{grades})")
        rules.append(
            TermRule(
                row["id"],
                row["label"],
                row.get("kind", ""),
                Guarded(re.compile(spaced(r"(?<!\w)(?:" + _expand(pattern) + ")"), re.IGNORECASE)),
            )
        )
    return tuple(rules)


@cache
def grade_surfaces(*, sure: bool) -> tuple[str, ...]:
    """Return the grade words, longest first; ``sure`` ones need no head noun before them."""
    rows = [row for row in load_table("grade_words") if bool(row.get("sure")) is sure]
    found = {surface for row in rows for surface in row["surfaces"]}
    return tuple(sorted(found, key=lambda s: (-len(s), s)))


def _sure_grades() -> str:
    """Return alternatives for the sure grades: as written, in capitals; several words also in lower case."""
    forms = {
        f
        for g in grade_surfaces(sure=True)
        for f in ((g, g.upper(), g.lower()) if " " in g else (g, g.upper()))
    }
    return "|".join(re.escape(f) for f in sorted(forms, key=lambda f: (-len(f), f)))


@cache
def unsure_grade() -> Guarded:
    """Return the pattern of grades that are ordinary words, with their head noun; group 1 is the grade."""
    words = "|".join(re.escape(g) for g in grade_surfaces(sure=False))
    head = _grammar_row("grade_head")["pattern"]
    after = "(?! (?:winn?er|medal|award|prize))"
    pattern = rf"(?<!\w)(?:{head}) [“\"‘']?((?-i:{words}))[”\"’']?(?!\w){after}"
    return Guarded(re.compile(spaced(pattern), re.IGNORECASE))


@cache
def headed_grade() -> Guarded:
    """Return the pattern of sure grades with a head noun; group 2 is the grade and its bracket."""
    head = _grammar_row("grade_head")["pattern"]
    grade = rf"(?-i:{_sure_grades()})(?: ?\([A-Z]{{2,4}}\))?"
    return Guarded(re.compile(spaced(rf"(?<!\w)({head}) [“\"‘']?({grade})(?!\w)"), re.IGNORECASE))


@cache
def head_pattern(word: str) -> Guarded:
    """Return the pattern of a head noun, as written or in capitals."""
    pattern = rf"(?<!\w){re.escape(word)}(?!\w)|(?<!\w){re.escape(word.upper())}(?!\w)"
    return Guarded(re.compile(pattern))


def _grammar_row(name: str) -> Mapping[str, Any]:
    return next(row for row in load_table("term_grammar") if row["id"] == name)


@cache
def term_grammar(name: str) -> Guarded:
    """Return a pattern of the ``term_grammar`` table.

    Args:
        name: Its id.
    """
    row = _grammar_row(name)
    pattern = _expand(row["pattern"])
    flags = re.IGNORECASE if row.get("ignore_case") else 0
    return Guarded(re.compile(spaced(pattern) if row.get("wraps") else pattern, flags))
