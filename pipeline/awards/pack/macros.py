"""Macros: classes of words and of mentions that patterns of the award tables name in braces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pipeline.awards.render import RECIPIENT_LABELS, SYMBOLS
from pipeline.lexicon import cached
from pipeline.lexicon.typed_rows import Row, RuleRow, doc, of_table, rows
from pipeline.lexicon.verbs import verb_classes

#: Character classes over a rendering: mentions that can win, and all mentions.
RECIPIENT = re.compile("[" + "".join(SYMBOLS[label] for label in RECIPIENT_LABELS) + "]")
MENTION = re.compile("[" + "".join(SYMBOLS.values()) + "]")
_MACRO = re.compile(r"\{([a-z_]+)\}")


@of_table("award_words")
class Macro(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A class of words that patterns may name in braces."""

    id: Annotated[str, doc("macro name")]
    pattern: Annotated[str, doc("regular expression over lower-cased text, macros in braces")]
    meaning: Annotated[str, doc("what the class means")]


@cached
def _macros() -> Mapping[str, str]:
    """Return the macros by name; their values may use others."""
    table = {row.id: row.pattern for row in rows(Macro)}
    for name, verbs in verb_classes().items():
        table[name] = f"(?:{'|'.join(verbs)})"
    for label, symbol in SYMBOLS.items():
        table[label.lower()] = symbol
    table["rec"] = "".join(SYMBOLS[label] for label in RECIPIENT_LABELS)
    table["mention"] = "".join(SYMBOLS.values())
    return table


def expand(pattern: str, own: Mapping[str, Any] | None = None) -> str:
    """Replace the macros in a pattern.

    Args:
        pattern: Regular expression with macros in braces.
        own: Macros of the row it stands on.

    Raises:
        ValueError: If a macro does not exist, with those that do.
    """

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if own and name in own:
            return str(own[name])
        known = _macros()
        if name not in known:
            raise ValueError(f"unknown macro {match.group()}; use one of {', '.join(sorted(known))}")
        return expand(known[name])

    return _MACRO.sub(value, pattern)


class RenderedRule(RuleRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule whose pattern is found in renderings, from the start of a word on."""

    @classmethod
    def compiled(cls, pattern: str, _row: Mapping[str, Any]) -> re.Pattern[str]:
        """Return the pattern with its macros."""
        return word_start(expand(pattern))


def word_start(pattern: str) -> re.Pattern[str]:
    """Return a pattern that matches from the start of a word on."""
    return re.compile(r"(?<!\w)(?:" + pattern + ")")
