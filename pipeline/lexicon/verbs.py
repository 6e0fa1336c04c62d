"""Verbs of winning, getting and giving: each stands on the frame rule that brings it (``award_rules``)."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.lexicon import cached, lines


@cached
def verb_classes() -> Mapping[str, tuple[str, ...]]:
    """Return the verbs of each class, as words or short regular expressions.

    They are read from the rows as these stand: a verb has to be known before any pattern can be compiled, and
    to the stages before the awards as well.
    """
    found: dict[str, tuple[str, ...]] = {}
    for _, row in lines("award_rules"):
        verbs = row.get("verbs")
        if isinstance(verbs, list):
            name = str(row.get("verb_class"))
            found[name] = (*found.get(name, ()), *map(str, verbs))
    return found
