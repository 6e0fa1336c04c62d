"""The parts of an explanation: decisions, and what was found in sentences, slots and records."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.document import Award, Mention, Slot


@dataclass(frozen=True, slots=True)
class Decision:
    """What a step decided.

    Args:
        action: ``kept``, ``dropped``, ``changed``, ``joined`` or ``chosen``.
        reason: Id of the reason.
        by: Id of the rule, cue or rival that decided.
        why: The reason, and what the rule means, in sentences.
        text: What it is about.
        other: What it lost to, stands for or was joined to.
    """

    action: str
    reason: str
    by: str
    why: str
    text: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class SentenceExplanation:
    """One sentence as the award stage reads it.

    Args:
        number: Its index, as in the column ``sentence``.
        text: Its text.
        mentions: Its mentions.
        rendering: What the rules read: lower case, a label in place of each outermost mention.
        decisions: What the steps decided about it.
    """

    number: int
    text: str
    mentions: tuple[Mention, ...]
    rendering: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class SlotExplanation:
    """One slot of a record.

    Args:
        name: Column.
        value: Its value.
        slot: Where it stands, and the rule that filled it.
        why: What that rule means.
        rivals: What else could have filled it, and why it did not.
    """

    name: str
    value: str
    slot: Slot
    why: str
    rivals: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class RecordExplanation:
    """One record: its slots in the order of the table, and what was joined to it."""

    award: Award
    slots: tuple[SlotExplanation, ...]
    joined: tuple[Decision, ...]
