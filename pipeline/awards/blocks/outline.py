"""The outline of an article: paragraphs, openers of lists, headings, items, each below what it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import Literal

from pipeline.awards.blocks.flat_tables import TableRow, heads_table, read_table
from pipeline.awards.blocks.headings import (
    LONGEST_HEADING,
    ListScope,
    contest_category,
    names_winner,
    read_heading,
    read_opener,
    under_event,
)
from pipeline.awards.blocks.list_lines import (
    ListLine,
    heads_winners,
    may_be_listed,
    names_rank,
    read_line,
    tells_rank,
)
from pipeline.awards.pack import find_cue, grammar
from pipeline.awards.render import Rendered

#: Ranks on so many lines make a list of them, whatever stands above.
_LEAST_RANKS = 2


_NOTHING = ListScope()


@dataclass(frozen=True, slots=True, eq=False)
class OutlineBlock:
    """A sentence in the outline.

    Args:
        line: The sentence, as a line.
        role: What it is; a cell belongs to the row above it.
        parent: The opener or heading that it stands below.
        says: What it says itself of the blocks below it.
        row: The row of a table that it is or opens.
    """

    line: ListLine
    role: Literal["paragraph", "opener", "heading", "item", "row", "cell"]
    parent: OutlineBlock | None = None
    says: ListScope = _NOTHING
    row: TableRow | None = None

    @property
    def scope(self) -> ListScope:
        """What the headings above it say, the nearest first, and then the opener of the list."""
        return self.parent.says.within(self.parent.scope) if self.parent else _NOTHING


def opens_list(text: str, before: str = "") -> bool:
    """Whether a sentence announces a list of prizes: not one of a contest's rules.

    Args:
        text: Its rendering.
        before: Rendering of the sentence before it, which a mere "Di antaranya" goes on with.
    """
    text = text.rstrip()
    if grammar("list_ahead").search(text):
        return not find_cue("list_ahead", {"clause": text})
    ahead = any(m.end() == len(text) for m in grammar("opener_end").finditer(text))
    told = f"{before} {text}" if grammar("opener_end").fullmatch(text) else text
    won = any(grammar(name).search(told) for name in ("winners_ahead", "winners_of"))
    return ahead and won and not find_cue("winners_ahead", {"clause": told})


def read_outline(text: str, rendered: Sequence[Rendered], titles: Sequence[bool]) -> list[OutlineBlock]:
    """Return the outline of an article, a block a sentence.

    Args:
        text: Article text.
        rendered: Its rendered sentences.
        titles: Whether each is the headline.
    """
    lines = [read_line(text, part) for part in rendered]
    told = [opens_list(part.text, rendered[n - 1].text if n else "") for n, part in enumerate(rendered)]
    opens = [o and not _heads(line) for o, line in zip(told, lines, strict=True)]
    blocks: list[OutlineBlock] = []
    while len(blocks) < len(lines):
        at = len(blocks)
        line = lines[at]
        if titles[at]:
            blocks.append(OutlineBlock(line, "paragraph"))
            continue
        if opens[at]:
            blocks.append(OutlineBlock(line, "opener", None, read_opener(text, line.part)))
            continue
        above = blocks[-1] if blocks and blocks[-1].role in {"opener", "heading"} else None
        end = at
        while end < len(lines) and may_be_listed(lines[end]) and not (titles[end] or opens[end]):
            if end > at and heads_table(text, lines[end:]):
                break
            end += 1
        run = lines[at:end]
        announced = above or told[at] or (heads_winners(line) and len(run) > 1) or _ranked(text, run)
        if not announced:
            above = _silent_opener(text, run, [*lines[:1], *lines[max(0, at - 1) : at]])
        blocks += (
            _table(text, lines[at:], above)
            or (_listed(text, run, lines[end : end + 1], above) if announced or above else [])
            or [OutlineBlock(line, "paragraph")]
        )
    return blocks


def _silent_opener(text: str, run: Sequence[ListLine], before: Sequence[ListLine]) -> OutlineBlock | None:
    """Return the headline or the sentence before marked lines as their opener, where it speaks of winners.

    The lines have to be in groups below headings ("Menyanyi", "1. ...", "Menari", "1. ...").
    """
    groups = sum(first.marker == "bare" and second.marker != "bare" for first, second in pairwise(run))
    telling = [line for line in before if grammar("winners_heading").search(line.text)]
    if groups < _LEAST_RANKS or not telling:
        return None
    return OutlineBlock(telling[-1], "opener", None, read_opener(text, telling[-1].part))


def _ranked(text: str, run: Sequence[ListLine]) -> bool:
    """Whether lines are a list of winners by the ranks that they tell, or that stand above names."""
    alone = [names_rank(text, line) for line in run]
    above_names = sum(first and not second for first, second in pairwise(alone))
    return sum(tells_rank(text, line) for line in run) + above_names >= _LEAST_RANKS


def _heads(line: ListLine) -> bool:
    """Whether a line that announces winners is no more than the heading of those below it."""
    return (
        may_be_listed(line)
        and line.text.rstrip().endswith(":")
        and len(line.text) <= LONGEST_HEADING
        and not any(grammar(name).search(line.part.text) for name in ("list_ahead", "own_verb"))
    )


def _table(text: str, lines: Sequence[ListLine], above: OutlineBlock | None) -> list[OutlineBlock]:
    """Return the blocks of the table that stands there, if one does."""
    head, rows = read_table(text, lines)
    if not rows:
        return []
    blocks = [OutlineBlock(line, "cell", above) for line in lines[:head]]
    for row in rows:
        at = len(blocks)
        blocks.append(OutlineBlock(lines[at], "row", above, row=row))
        blocks += [OutlineBlock(line, "cell", above) for line in lines[at + 1 : at + row.size]]
    return blocks


def _listed(
    text: str, lines: Sequence[ListLine], behind: Sequence[ListLine], above: OutlineBlock | None
) -> list[OutlineBlock]:
    """Return the blocks of a list: a line above lines that are marked otherwise is their heading.

    The list ends at a line without a mark that is no heading below lines with one.

    Args:
        text: Article text.
        lines: Its lines, and more that may not belong to it.
        behind: The line behind them, if there is one.
        above: The sentence that opens it.
    """
    blocks: list[OutlineBlock] = []
    headings: list[OutlineBlock] = []
    levels: list[OutlineBlock] = []
    items_below = False
    for line, following in zip_longest(lines, [*lines[1:], *behind]):
        if line is None or grammar("other_heading").match(line.text):
            break
        depth = next((n for n, b in enumerate(levels) if b.line.marker == line.marker), len(levels))
        may_head = _is_heading(text, line, following, levels[:depth])
        if may_head and headings and following is not None and names_rank(text, following):
            # a name below a rank alone, above the next rank
            may_head = "result" not in headings[-1].says.kinds() or _names_prize(line)
        says = read_heading(text, line) if may_head else _NOTHING
        heading = bool(says.kinds()) or says.winners
        if heading and (line.marker == "bare" or names_rank(text, line)):
            headings = _above(headings, says, items_below)
            levels, items_below = [], False
            parent = headings[-1] if headings else above
            block = OutlineBlock(line, "heading", parent, _below(text, says, parent))
            headings.append(block)
        elif line.marker == "bare" and levels and levels[0].line.marker != "bare":
            break
        else:
            levels = levels[:depth]
            higher = next((b for b in reversed(levels) if b.role == "heading"), None)
            parent = higher or (headings[-1] if headings else above)
            block = OutlineBlock(line, "heading" if heading else "item", parent, _below(text, says, parent))
            levels.append(block)
            items_below = items_below or not heading
        blocks.append(block)
    return blocks


def _below(text: str, says: ListScope, parent: OutlineBlock | None) -> ListScope:
    """Return what a heading says below another one: a contest of the event named there is a category."""
    above = parent.says.within(parent.scope) if parent else _NOTHING
    outer = above.event or above.around
    if says.event is None or says.category is not None or not under_event(text, says.event, outer):
        return says
    return replace(says, event=outer, category=contest_category(text, says.event))


def _names_prize(line: ListLine) -> bool:
    return any(m.label in {"CATEGORY", "EVENT", "RESULT"} for m in line.part.mentions.values())


def _above(headings: list[OutlineBlock], says: ListScope, items_below: bool) -> list[OutlineBlock]:
    """Return the headings that hold above a new one, which ends those that say the same kind of thing."""
    for depth, block in enumerate(headings):
        if block.says.kinds() & says.kinds():
            return headings[:depth]
    # what names the contest holds for the groups below it
    return [b for b in headings if not items_below or "event" in b.says.kinds()]


def _is_heading(text: str, line: ListLine, following: ListLine | None, above: Sequence[OutlineBlock]) -> bool:
    """Whether a line stands above others: by its colon, or since the next line is marked otherwise.

    Args:
        text: Article text.
        line: The line.
        following: The line behind it.
        above: The lines that it may stand below, by their marks.
    """
    if following is None or grammar("own_verb").search(line.part.text):
        return False
    if line.text.rstrip().endswith(":") or names_rank(text, line):
        return True
    result = any(m.label == "RESULT" for m in line.part.mentions.values())
    named = names_winner(line)
    if result and (named or tells_rank(text, line)):
        return False
    if following.marker == line.marker and heads_winners(line):
        return True
    if following.marker == line.marker:
        # a line without a mark above others without one: it names what is won, and they do not
        return line.marker == "bare" and _names_prize(line) and not named
    if line.marker == "bare":
        return True
    return following.marker != "bare" and following.marker not in {b.line.marker for b in above}
