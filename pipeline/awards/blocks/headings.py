"""Headings: what a line above others says of them, and the scope that an item stands in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.awards.blocks.list_lines import ListLine
from pipeline.awards.frame_arguments import whole_name
from pipeline.awards.normal import normal
from pipeline.awards.pack import grammar, reader_rule
from pipeline.awards.prizes import read_prizes
from pipeline.awards.render import RECIPIENT_LABELS, Rendered
from pipeline.document import Mention

#: Winners that no class of participants is named by.
_BODIES = frozenset({"PERSON", "AGENCY", "ORGANISATION", "POSITION"})
#: A heading is no longer than this.
LONGEST_HEADING = 90


@dataclass(frozen=True, slots=True)
class ListScope:
    """What is said of an item outside of it.

    Args:
        event: Contest or award.
        category: Category.
        group: Class of participants.
        result: Rank, medal or grade.
        owner: Who won what the lines tell.
        ranked: Whether the numbers of lines are ranks.
        winners: Whether names alone are winners.
        around: Event named where the list is opened, of which its contests may be parts.
    """

    event: Mention | None = None
    category: Mention | None = None
    group: Mention | None = None
    result: Mention | None = None
    owner: Mention | None = None
    ranked: bool = False
    winners: bool = False
    around: Mention | None = None

    def within(self, outer: ListScope) -> ListScope:
        """Return what holds below a heading that stands below another one: its own words first."""
        return ListScope(
            self.event or outer.event,
            self.category or outer.category,
            self.group or outer.group,
            self.result or outer.result,
            self.owner or outer.owner,
            self.ranked or outer.ranked,
            self.winners or outer.winners,
            self.around or outer.around,
        )

    def kinds(self) -> frozenset[str]:
        """Return what it says something of."""
        return frozenset(
            name for name in ("event", "category", "group", "result", "owner") if getattr(self, name)
        )


def under_event(text: str, event: Mention, outer: Mention | None) -> bool:
    """Return whether a contest is one of several of another event ("Lomba Pidato" at "Festival Anak").

    Args:
        text: Article text.
        event: The contest.
        outer: The event that is named above it.
    """
    if outer is None or grammar("contest_word").match(text, event.start, event.end) is None:
        return False
    own, other = normal(text[event.start : event.end]), normal(text[outer.start : outer.end])
    return own not in other and other not in own


def contest_category(text: str, event: Mention) -> Mention:
    """Return a contest of a larger event as the category that it is there.

    Args:
        text: Article text.
        event: The contest.
    """
    word = grammar("contest_word").match(text, event.start, event.end)
    return Mention(word.end() if word else event.start, event.end, "CATEGORY", event.rule)


def read_opener(text: str, part: Rendered) -> ListScope:
    """Return what the sentence that opens a list says of all its items.

    Args:
        text: Article text.
        part: The sentence.
    """
    ranked = bool(grammar("ranked_lines").search(part.text))
    events = [m for m in part.mentions.values() if m.label == "EVENT" and m.kind != "host"]
    event = events[0] if len(events) == 1 else None
    if not any(grammar(name).search(part.text) for name in ("winners_of", "winners_heading")):
        return ListScope(ranked=ranked, around=event)
    prizes = [p for p in read_prizes(text, part, 0, len(part.text)) if not p.bare or p.group]
    if len(prizes) != 1:
        return ListScope(ranked=ranked, winners=True, around=event)
    prize = prizes[0]
    return ListScope(
        prize.event, prize.category, prize.group, prize.result, ranked=ranked, winners=True, around=event
    )


def read_heading(text: str, line: ListLine) -> ListScope:
    """Return what a heading says of the lines below it; nothing if it cannot be one.

    Args:
        text: Article text.
        line: The line.
    """
    part = line.part
    mentions = [m for spot, m in sorted(part.mentions.items()) if spot >= line.start]
    if len(line.text) > LONGEST_HEADING or grammar("year_heading").fullmatch(
        text, part.sentence.start, part.sentence.end
    ):
        return ListScope()
    winners = bool(grammar("winners_heading").search(line.text))
    found = ListScope(
        next((m for m in mentions if m.label == "EVENT"), None),
        next((m for m in mentions if m.label == "CATEGORY" and m.kind != "group"), None),
        next(
            (replace(m, label="GROUP") for m in mentions if m.label == "CATEGORY" and m.kind == "group"), None
        ),
        next((m for m in mentions if m.label == "RESULT"), None),
        ranked=winners,
        winners=winners,
    )
    medal = grammar("medal_heading").match(text, line.offset, part.sentence.end)
    if medal and found.result is None:
        found = replace(found, result=Mention(*medal.span("medal"), "RESULT", reader_rule("list_line").id))
    if found.kinds():
        return found
    bodies = [spot for spot, m in part.mentions.items() if m.label in _BODIES and spot >= line.start]
    if bodies and line.text.strip(" :.·") == part.text[bodies[0]]:
        return replace(found, owner=whole_name(part, bodies[0]))
    if bodies:
        return found
    return _named(text, line, found)


def _named(text: str, line: ListLine, found: ListScope) -> ListScope:
    """Return the scope with the class or category that the words of a heading name."""
    end = line.part.sentence.end
    # an emoji may stand before it
    start = next((at for at in range(line.offset, end) if text[at].isalnum()), line.offset)
    head = grammar("category_head").match(text, start, end)
    name_start = head.end() if head else start
    tail = grammar("heading_end").search(text, name_start, end)
    surface = text[name_start : tail.start() if tail else end].rstrip(" :.-–\t\xa0")
    if not any(c.isalpha() for c in surface):
        return found
    rule = reader_rule("list_line").id
    if grammar("class_heading").match(text, name_start, end):
        return replace(found, group=Mention(name_start, name_start + len(surface), "GROUP", rule))
    return replace(found, category=Mention(name_start, name_start + len(surface), "CATEGORY", rule))


def names_winner(line: ListLine) -> bool:
    """Whether a line names a body or person."""
    return any(m.label in RECIPIENT_LABELS for spot, m in line.part.mentions.items() if spot >= line.start)
