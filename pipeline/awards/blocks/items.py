"""Items: who won what by one line of a list, whatever the order in which it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.awards.blocks.headings import ListScope, contest_category, under_event
from pipeline.awards.blocks.list_lines import ListLine
from pipeline.awards.blocks.unknown_names import unknown_name
from pipeline.awards.frame_arguments import in_phrase, whole_name
from pipeline.awards.normal import rank_of
from pipeline.awards.pack import grammar, reader_rule
from pipeline.awards.prizes import read_prizes
from pipeline.awards.render import RECIPIENT_LABELS, Rendered
from pipeline.awards.structures import Frame, Prize
from pipeline.document import Mention
from pipeline.entities import gazetteer as gz
from pipeline.terms.term_rules import traits
from pipeline.trace import note

#: Marks between the fields of a line.
_MARKS = re.compile(r" ?(?P<mark>[:;|=(),]|[–—]|(?<= )-(?= )|\t) ?")
#: Places that win in a contest by points.
_PODIUM = 3
#: A name that the tagger holds as likely the winner goes before others on its line.
_LIKELY = 0.5
_PEOPLE = frozenset({"PERSON", "NAME"})


@dataclass(frozen=True, slots=True)
class _Field:
    """A stretch of a line between two marks.

    Args:
        start: Where it starts in the rendering.
        end: Where it ends.
        mark: The mark before it, empty for the first one.
        bracketed: Whether it stands in brackets.
    """

    start: int
    end: int
    mark: str
    bracketed: bool


def _fields(line: ListLine) -> Iterator[_Field]:
    text, at, mark, depth = line.part.text, line.start, "", 0
    for match in _MARKS.finditer(text, at):
        if match.start() > at:
            yield _Field(at, match.start(), mark, depth > 0)
        at, mark = match.end(), match["mark"]
        depth += {"(": 1, ")": -1}.get(mark, 0)
    end = len(text.rstrip(" .;·"))
    if end > at:
        yield _Field(at, end, mark, depth > 0)


def read_item(text: str, line: ListLine, scope: ListScope) -> Frame | None:
    """Return who won what by a line of a list that has no verb, ``None`` if it does not tell.

    Args:
        text: Article text.
        line: The line.
        scope: What its headings and the opener of the list say.
    """
    part = line.part
    if grammar("prize_money").search(text, line.offset, part.sentence.end):
        note("prize_on_offer", (part.sentence.start, part.sentence.end))
        return None
    prizes = [p for p in read_prizes(text, part, line.start, len(part.text)) if not p.bare or p.event]
    prize = prizes[0] if prizes else Prize()
    outer = scope.event or scope.around
    if prize.event and prize.category is None and under_event(text, prize.event, outer):
        prize = replace(prize, event=outer, category=contest_category(text, prize.event))
    fields = [f for f in _fields(line) if not grammar("side_field").fullmatch(part.text, f.start, f.end)]
    winners = _known_winners(line, fields)
    unknown = [m for f in fields if not _goes_on(part, f) and (m := _unknown(text, part, f))]
    category = prize.category or scope.category
    if not winners and unknown:
        winners, unknown = _unknown_winner(line, prize, unknown, scope, category)
    own = prize.category
    contest = scope.category or scope.group or (scope.event and _ranked(text, prize))
    if not winners and own and contest and traits(own).maybe_winner:
        # below the name of a contest: "Juara I Remaja Masjid Al-Ikhlas"
        winners = (replace(own, label="NAME", rule="NAM08", kind=""),)
        prize, category = replace(prize, category=None), scope.category
    if winners and category is None and (prize.result or scope.result or scope.winners):
        category = _category(fields, unknown, winners[0], part)
    told = _in_scope(prize, replace(scope, category=category), line)
    if told.result is not None and prize.result is None and _off_podium(text, line, told.result):
        note("off_podium", (part.sentence.start, part.sentence.end))
        return None
    if not winners and scope.owner is not None:
        winners = (scope.owner,)
    if not _tells(told, prize, winners, scope):
        note("line_without_prize", (part.sentence.start, part.sentence.end))
        return None
    return Frame(
        reader_rule("list_line"), part, winners, (told, *prizes[1:]), span=part.span(0, len(part.text))
    )


def _off_podium(text: str, line: ListLine, number: Mention) -> bool:
    """Whether a line of standings with points ("4. Kota Batu - 75 poin") tells a place that wins nothing."""
    rank = rank_of(text[number.start : number.end])
    return rank is not None and rank > _PODIUM and bool(grammar("points").search(line.text))


def _tells(told: Prize, own: Prize, winners: tuple[Mention, ...], scope: ListScope) -> bool:
    """Whether a line tells a win: what was won, and by whom unless the list is of one winner's prizes."""
    if not winners:
        return (not own.bare or own.event is not None) and (
            told.event is not None or not (scope.category or scope.group)
        )
    return not told.bare or told.event is not None or (scope.winners and told.group is not None)


def _placed(scope: ListScope) -> bool:
    return any((scope.category, scope.group, scope.event))


def _ranked(text: str, prize: Prize) -> bool:
    return prize.result is not None and rank_of(text[prize.result.start : prize.result.end]) is not None


def _known_winners(line: ListLine, fields: list[_Field]) -> tuple[Mention, ...]:
    """Return the names that a line gives its winner's place: the first one, and who is joined to it."""
    part = line.part
    spots = [
        (s, f)
        for f in fields
        for s in range(f.start, f.end)
        if s in part.mentions and part.mentions[s].label in RECIPIENT_LABELS
    ]
    spots = [(s, f) for s, f in spots if part.mentions[s].kind != "country"]
    free = [
        (s, f)
        for s, f in spots
        if not f.bracketed and (part.mentions[s].label == "PERSON" or not in_phrase(part, line.start, s))
    ]
    if not free:
        return ()
    likely = [spot for spot in free if part.mentions[spot[0]].likely("WINNER") >= _LIKELY]
    first, field = (likely or free)[0]
    found = [whole_name(part, first)]
    at = first + 1
    while step := grammar("joined_item").match(part.text, at, field.end):
        found.append(whole_name(part, step.end() - 1))
        at = step.end()
    if found[0].label == "POSITION":
        holder = next((part.mentions[s] for s, f in free[1:] if part.mentions[s].label == "PERSON"), None)
        found += [holder] if holder else []
    people = all(m.label == "PERSON" for m in found)
    # two people on one line won together
    return tuple(found[:1] if people else found)


def _goes_on(part: Rendered, field: _Field) -> bool:
    """Whether a field goes on with the category before a comma ("Pertanian, Pangan, dan Peternakan")."""
    before = part.text[: field.start].rstrip(" ,")
    last = part.mentions.get(len(before) - 1)
    return field.mark == "," and last is not None and last.label == "CATEGORY"


def _unknown(text: str, part: Rendered, field: _Field) -> Mention | None:
    """Return the words of a field that no mention covers, if they may be a name."""
    spots = [s for s in range(field.start, field.end) if s in part.mentions]
    start, end = field.start, field.end
    if spots:
        # words behind a rank, or between a rank and a winner
        if part.mentions[spots[0]].label != "RESULT" or spots[0] != field.start:
            return None
        if len(spots) > 1 and part.mentions[spots[1]].label not in RECIPIENT_LABELS:
            return None
        start = spots[0] + 1
        end = spots[1] if len(spots) > 1 else field.end
    return unknown_name(text, part, start, end, plain=True)


def _unknown_winner(
    line: ListLine, prize: Prize, unknown: list[Mention], scope: ListScope, category: Mention | None
) -> tuple[tuple[Mention, ...], list[Mention]]:
    """Return the winner among words that nothing knows, and the words that are left."""
    if prize.result is None and not (scope.winners or scope.result or scope.ranked or _placed(scope)):
        return (), unknown
    behind = [m for m in unknown if prize.result is None or m.start >= prize.result.end]
    glued = prize.result is not None and behind and not _marked(line, prize.result, behind[0])
    if glued and category is None and len(behind) == 1 and len(unknown) == 1 and not scope.winners:
        # "Juara 1 Pidato" is a prize of the one that the page is about
        return (), unknown
    chosen = unknown[-1] if prize.result is None and len(unknown) > 1 else unknown[0]
    return (chosen,), [m for m in unknown if m is not chosen]


def _marked(line: ListLine, result: Mention, words: Mention) -> bool:
    """Whether a mark stands between a rank and the words behind it."""
    between = [
        char
        for char, offset in zip(line.part.text, line.part.positions, strict=False)
        if result.end <= offset < words.start
    ]
    return any(not c.isspace() for c in between)


def _category(
    fields: list[_Field], unknown: list[Mention], winner: Mention, part: Rendered
) -> Mention | None:
    """Return the category that words nothing knows name: before a colon, behind a rank, or in brackets."""
    for m in unknown:
        field = next(f for f in fields if part.positions[f.start] <= m.start < part.positions[f.end])
        after = fields[fields.index(field) + 1] if field is not fields[-1] else None
        label = after is not None and after.mark == ":" and m.end <= winner.start
        ranked = part.positions[field.start] < m.start < winner.start
        beside = field.bracketed and winner.label in _PEOPLE and m.start > winner.start
        words = part.text[field.start : field.end].split()
        if label or ranked or (beside and not gz.head_words().intersection(words[:1])):
            return replace(m, label="CATEGORY", rule=reader_rule("list_line").id)
    return None


def _in_scope(prize: Prize, scope: ListScope, line: ListLine) -> Prize:
    """Return a prize with what a line leaves to its headings."""
    result = prize.result or scope.result
    if result is None and scope.ranked and line.number is not None:
        result = Mention(*line.number, "RESULT", reader_rule("list_line").id, kind="peringkat")
    return replace(
        prize,
        result=result,
        category=prize.category or scope.category,
        group=prize.group or scope.group,
        event=prize.event or scope.event,
    )


def in_scope(frame: Frame, scope: ListScope) -> Frame:
    """Return a frame that a verb tells on a line of a list, with what the headings say of it."""
    prizes = tuple(
        replace(
            p,
            category=p.category or scope.category,
            group=p.group or scope.group,
            event=p.event or scope.event,
        )
        for p in frame.prizes
    )
    return replace(frame, prizes=prizes)
