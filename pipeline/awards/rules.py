"""The rules of the award stage: compiled from the lexicon tables, unknown keys refused there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.awards.render import RECIPIENT_LABELS, SYMBOLS
from pipeline.lexicon import load_table

#: What may stand between an office and its holder.
HONORIFIC = (
    "(?:[ ,]*(?:bapak|bpk|ibu|bu|pak|h|hj|kh|k|dr|drs|dra|drg|drh|ir|prof|tgh|gus|ning|tgk|ustaz|ustadz|r|ipda|iptu|akp|kompol|akbp"
    "|kombes|brigjen|irjen|komjen|pol|letda|lettu|kapten|mayor|letkol|kolonel|mayjen|yakni|yaitu|selaku|saudara|saudari|sdr)[.·]?(?![a-z]))*"
)
_OFFICIAL = (
    "(?:(?P<pos>{position})(?:,| \(\w+\))?" + HONORIFIC + " ?(?:,? ?(?P<per>{person}))?"
    "|(?P<per2>{person}),? ?(?:\(|selaku |sebagai )?(?P<pos2>{position})?)"
)


@dataclass(frozen=True, slots=True)
class FrameRule:
    """Who wins and where the prize stands, seen from an anchor (row of ``award_rules``)."""

    id: str
    frame: str
    pattern: re.Pattern[str]
    status: str


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


@cache
def macros() -> dict[str, str]:
    """Return the macros that rule patterns may use in braces."""
    table = {row["id"]: row["pattern"] for row in load_table("award_words")}
    for label, symbol in SYMBOLS.items():
        table[label.lower()] = symbol
    table["rec"] = "".join(SYMBOLS[label] for label in RECIPIENT_LABELS)
    table["official"] = _OFFICIAL.replace("{position}", SYMBOLS["POSITION"]).replace(
        "{person}", SYMBOLS["PERSON"]
    )
    table["official_front"] = table["official"]
    return table


def expand(pattern: str) -> str:
    """Replace the macros in ``pattern``."""
    return re.sub(r"\{([a-z_]+)\}", lambda m: macros()[m.group(1)], pattern)


def _word_start(pattern: str) -> str:
    return r"(?<!\w)(?:" + pattern + ")"


@cache
def frame_rules() -> tuple[FrameRule, ...]:
    """Return the frame rules in table order."""
    return tuple(
        FrameRule(
            row["id"], row["frame"], re.compile(_word_start(expand(row["pattern"]))), row.get("status", "")
        )
        for row in load_table("award_rules")
    )


@cache
def cues(kind: str) -> tuple[Cue, ...]:
    """Return the cues of one class."""
    return tuple(
        Cue(row["id"], row["cue"], re.compile(_word_start(expand(row["pattern"]))))
        for row in load_table("award_cues")
        if row["cue"] == kind
    )


@cache
def handover_rules() -> tuple[HandoverRule, ...]:
    """Return the hand-over rules in table order."""
    return tuple(
        HandoverRule(row["id"], row["role"], re.compile(_word_start(expand(row["pattern"]))))
        for row in load_table("handover_rules")
    )


@dataclass(frozen=True, slots=True)
class SceneRule:
    """Where a fact about the event stands in a sentence (row of ``scene_rules``)."""

    id: str
    slot: str
    pattern: re.Pattern[str]


@cache
def scene_rules(slot: str) -> tuple[SceneRule, ...]:
    """Return the rules that fill ``slot``, in table order."""
    return tuple(
        SceneRule(row["id"], row["slot"], re.compile(_word_start(expand(row["pattern"]))))
        for row in load_table("scene_rules")
        if row["slot"] == slot
    )
