"""Patterns of the award stage: its grammar, hand-overs, and where the circumstances of an award are told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pipeline.awards.pack.macros import RenderedRule, expand
from pipeline.lexicon import cached
from pipeline.lexicon.typed_rows import RuleRow, doc, of_table, rows


@of_table("award_grammar")
class GrammarPattern(RuleRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pattern that the code asks for by name."""

    id: Annotated[str, doc("name by which the code asks for the pattern")]
    meaning: Annotated[str, doc("what it tells apart")]
    pattern: Annotated[re.Pattern[str], doc("regular expression, with the macros of award_words in braces")]
    on: Annotated[
        Literal["rendering", "article"],
        doc("what it reads: rendering (lower case, one symbol a mention) or article (text as written)"),
    ] = "rendering"
    ignore_case: Annotated[bool, doc("whether capitals do not matter")] = False
    whole: Annotated[bool, doc("whether the whole text has to fit (examples are checked so)")] = False
    examples: Annotated[tuple[str, ...], doc("own phrases in which it is found")]
    counter: Annotated[tuple[str, ...], doc("own phrases in which it is not")]

    @classmethod
    def compiled(cls, pattern: str, row: Mapping[str, Any]) -> re.Pattern[str]:
        """Return a pattern with its macros replaced and its flag set."""
        return re.compile(expand(pattern), re.IGNORECASE if row.get("ignore_case") else 0)


@of_table("handover_rules")
class HandoverRule(RenderedRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who gave or received."""

    id: Annotated[str, doc("rule id")]
    meaning: Annotated[str, doc("what the rule says of who gave or received")]
    role: Annotated[
        Literal["giver", "receiver", "proxy", "speaker_receiver", "speaker"],
        doc(
            "giver, receiver, proxy (receiver that stands in for another), speaker_receiver, speaker "
            "(whoever spoke last)"
        ),
    ]
    priority: Annotated[int, doc("who is found by rules with lower numbers comes first")]
    pattern: Annotated[
        re.Pattern[str],
        doc(
            "regular expression over the rendered sentence; {official} is POSITION and PERSON in either order"
        ),
    ]
    covers: Annotated[tuple[str, ...], doc("patterns of the catalogue of award language")] = ()
    examples: Annotated[tuple[str, ...], doc("own sentences that must match, mentions marked [LABEL text]")]
    counter: Annotated[tuple[str, ...], doc("own sentences that must not")]

    def __post_init__(self) -> None:
        """Check that the pattern names an official.

        Raises:
            ValueError: If it does not.
        """
        if self.role != "speaker" and "pos" not in self.pattern.groupindex:
            raise ValueError(f"the role {self.role} needs {{official}} in its pattern")


#: Facts about an event that a sentence may tell.
CircumstanceSlot = Literal["organiser", "place", "date", "date_win", "date_no"]
_GROUP: Mapping[str, str] = {"organiser": "org", "place": "place"}


@of_table("circumstance_rules")
class CircumstanceRule(RenderedRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a fact about the event stands in a sentence."""

    id: Annotated[str, doc("rule id")]
    meaning: Annotated[str, doc("what the rule says of the event")]
    slot: Annotated[
        CircumstanceSlot,
        doc(
            "organiser, place, date, date_win (a date where a win is told), date_no (a date that is not "
            "the award's)"
        ),
    ]
    weight: Annotated[float, doc("how sure it is, beside other rules of the slot; 1 is surest")]
    pattern: Annotated[
        re.Pattern[str],
        doc("regular expression over the rendered sentence; groups org, org2, org3, place, date"),
    ]
    examples: Annotated[tuple[str, ...], doc("own sentences that must match, mentions marked [LABEL text]")]
    counter: Annotated[tuple[str, ...], doc("own sentences that must not")]

    def __post_init__(self) -> None:
        """Check that the pattern has the group of its slot.

        Raises:
            ValueError: If it has not.
        """
        group = _GROUP.get(self.slot, "date")
        if group not in self.pattern.groupindex:
            raise ValueError(f"the slot {self.slot} needs the group (?P<{group}>...) in its pattern")


@cached
def grammar(name: str) -> re.Pattern[str]:
    """Return a pattern of the ``award_grammar`` table.

    Args:
        name: Its id.
    """
    return next(row.pattern for row in rows(GrammarPattern) if row.id == name)


@cached
def handover_rules() -> tuple[HandoverRule, ...]:
    """Return the hand-over rules, those tried first first."""
    return tuple(sorted(rows(HandoverRule), key=lambda rule: (rule.priority, rule.id)))


@cached
def circumstance_rules(slot: CircumstanceSlot) -> tuple[CircumstanceRule, ...]:
    """Return the rules that fill a slot, the surest first."""
    return tuple(
        sorted((rule for rule in rows(CircumstanceRule) if rule.slot == slot), key=lambda rule: -rule.weight)
    )
