"""The rules of the award stage, compiled from the lexicon tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.awards.render import RECIPIENT_LABELS, SYMBOLS
from pipeline.lexicon import load_table

#: Character classes over a rendering: mentions that can win, and all mentions.
RECIPIENT = re.compile("[" + "".join(SYMBOLS[label] for label in RECIPIENT_LABELS) + "]")
MENTION = re.compile("[" + "".join(SYMBOLS.values()) + "]")


@dataclass(frozen=True, slots=True)
class FrameRule:
    """Who wins and where the prize stands, seen from an anchor (row of ``award_rules``)."""

    id: str
    frame: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that changes what a clause says (row of ``award_cues``)."""

    id: str
    cue: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class HandoverRule:
    """Who gave or received (row of ``handover_rules``)."""

    id: str
    role: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class SceneRule:
    """Where a fact about the event stands in a sentence (row of ``scene_rules``)."""

    id: str
    slot: str
    pattern: re.Pattern[str]


@cache
def macros() -> dict[str, str]:
    """Return the macros that rule patterns may use in braces; their values may use others."""
    table = {row["id"]: row["pattern"] for row in load_table("award_words")}
    for label, symbol in SYMBOLS.items():
        table[label.lower()] = symbol
    table["rec"] = "".join(SYMBOLS[label] for label in RECIPIENT_LABELS)
    table["mention"] = "".join(SYMBOLS.values())
    return table


def expand(pattern: str) -> str:
    """Replace the macros in ``pattern``."""
    return re.sub(r"\{([a-z_]+)\}", lambda m: expand(macros()[m.group(1)]), pattern)


def _word_start(pattern: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + expand(pattern) + ")")


@cache
def grammar(name: str) -> re.Pattern[str]:
    """Return a pattern of the ``award_grammar`` table.

    Args:
        name: Its id.
    """
    row = next(row for row in load_table("award_grammar") if row["id"] == name)
    return re.compile(expand(row["pattern"]), re.IGNORECASE if row.get("ignore_case") else 0)


@cache
def frame_rules() -> tuple[FrameRule, ...]:
    """Return the frame rules in table order."""
    return tuple(
        FrameRule(row["id"], row["frame"], _word_start(row["pattern"])) for row in load_table("award_rules")
    )


@cache
def cues(kind: str) -> tuple[Cue, ...]:
    """Return the cues of one class."""
    return tuple(
        Cue(row["id"], row["cue"], _word_start(row["pattern"]))
        for row in load_table("award_cues")
        if row["cue"] == kind
    )


def find_cue(kind: str, text: str) -> str:
    """Return the id of the first cue of a class in ``text``, empty if there is none."""
    return next((c.id for c in cues(kind) if c.pattern.search(text)), "")


@cache
def handover_rules() -> tuple[HandoverRule, ...]:
    """Return the hand-over rules in table order."""
    return tuple(
        HandoverRule(row["id"], row["role"], _word_start(row["pattern"]))
        for row in load_table("handover_rules")
    )


@cache
def scene_rules(slot: str) -> tuple[SceneRule, ...]:
    """Return the rules that fill ``slot``, in table order."""
    return tuple(
        SceneRule(row["id"], row["slot"], _word_start(row["pattern"]))
        for row in load_table("scene_rules")
        if row["slot"] == slot
    )
