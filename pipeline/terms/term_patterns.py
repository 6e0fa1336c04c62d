"""Patterns that the finder of terms asks for by name, and those of head nouns and grades."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pipeline.lexicon import cached
from pipeline.lexicon.typed_rows import RuleRow, doc, of_table, rows
from pipeline.patterns.required_literals import Guarded
from pipeline.terms.term_macros import expand, spaced


@of_table("term_grammar")
class TermPattern(RuleRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pattern that the code asks for by name."""

    id: Annotated[str, doc("name by which the code asks for the pattern")]
    meaning: Annotated[str, doc("what it tells")]
    pattern: Annotated[Guarded, doc("regular expression over the article text, macros in braces")]
    ignore_case: Annotated[bool, doc("whether capitals do not matter")] = False
    wraps: Annotated[bool, doc("whether each space may be a line break with its indent")] = False
    examples: Annotated[tuple[str, ...], doc("own phrases in which it is found")]
    counter: Annotated[tuple[str, ...], doc("own phrases in which it is not")]

    @classmethod
    def compiled(cls, pattern: str, row: Mapping[str, Any]) -> Guarded:
        """Return a pattern with its macros replaced and its flags set."""
        source = spaced(expand(pattern)) if row.get("wraps") else expand(pattern)
        return Guarded(re.compile(source, re.IGNORECASE if row.get("ignore_case") else 0))


@cached
def _by_name() -> Mapping[str, Guarded]:
    return {row.id: row.pattern for row in rows(TermPattern)}


def term_grammar(name: str) -> Guarded:
    """Return a pattern of the ``term_grammar`` table.

    Args:
        name: Its id.
    """
    return _by_name()[name]


@cached
def unsure_grade() -> Guarded:
    """Return the pattern of grades that are ordinary words, with their head noun; group 2 is the grade."""
    return _behind_head(r"((?-i:{unsure_grade}))[”\"’']?", "(?! (?:winn?er|medal|award|prize))")


@cached
def headed_grade() -> Guarded:
    """Return the pattern of sure grades with a head noun; group 2 is the grade and its bracket."""
    return _behind_head(r"((?-i:{grade})(?: ?\([A-Z]{2,4}\))?)")


def _behind_head(grade: str, after: str = "") -> Guarded:
    head = term_grammar("grade_head").pattern
    pattern = rf"(?<!\w)({head}) [“\"‘']?{expand(grade)}(?!\w){after}"
    return Guarded(re.compile(spaced(pattern), re.IGNORECASE))


@cached
def head_pattern(*words: str) -> Guarded:
    """Return the pattern of head nouns, as written or in capitals."""
    forms = "|".join(re.escape(form) for word in words for form in (word, word.upper()))
    return Guarded(re.compile(rf"(?<!\w)(?:{forms})(?!\w)"))
