"""The rule pack of the award stage: the rows of its tables as data classes, compiled and checked.

What a rule means stands on its row: two rows that differ in their verbs alone behave alike.
"""

from __future__ import annotations

from pipeline.awards.pack.cues import Cue, find_cue
from pipeline.awards.pack.frame_rules import (
    FrameKind,
    FrameRule,
    PairKind,
    frame_rule,
    frame_rules,
    reader_rule,
)
from pipeline.awards.pack.macros import MENTION, RECIPIENT, expand
from pipeline.awards.pack.sentence_patterns import (
    CircumstanceRule,
    HandoverRule,
    circumstance_rules,
    grammar,
    handover_rules,
)

__all__ = [
    "MENTION",
    "RECIPIENT",
    "CircumstanceRule",
    "Cue",
    "FrameKind",
    "FrameRule",
    "HandoverRule",
    "PairKind",
    "circumstance_rules",
    "expand",
    "find_cue",
    "frame_rule",
    "frame_rules",
    "grammar",
    "handover_rules",
    "reader_rule",
]
