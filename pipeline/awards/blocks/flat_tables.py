"""Tables in plain text: a row a line, or, as pages without markup have them, a cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.awards.blocks.headings import ListScope
from pipeline.awards.blocks.list_lines import ListLine
from pipeline.awards.pack import reader_rule
from pipeline.awards.structures import Frame, Prize
from pipeline.document import Mention
from pipeline.lexicon import cached, load_table

#: Columns that a table has at least.
_LEAST_COLUMNS = 3
#: A cell is no longer than this.
_LONGEST_CELL = 120
#: What may lie between cells, from its first character on: so a long run takes time by its length only.
_BETWEEN = re.compile(r"(?<![\s|])[\s|]+")
_BORDER = re.compile(r"[\s|]*")
_NUMBER = re.compile(r"\W*(\d{1,3})\W*")
_LABELS = {"result": "RESULT", "category": "CATEGORY", "group": "GROUP", "event": "EVENT", "work": "WORK"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its line, and offsets in the article."""

    line: ListLine
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table.

    Args:
        cells: Its cells by what their columns tell; none where it has not as many as columns.
        size: How many lines it takes.
    """

    cells: Mapping[str, Cell]
    size: int


@cached
def _roles() -> Mapping[str, tuple[str, ...]]:
    roles: dict[str, tuple[str, ...]] = {}
    for row in load_table("table_columns"):
        for word in row["words"]:
            roles[word] = (*roles.get(word, ()), row["role"])
    return roles


def _divides(between: str) -> bool:
    """Whether what lies between words divides cells: a tab, a bar, or three blanks."""
    return "\t" in between or "|" in between or "   " in between


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the cells of a line."""
    border = _BORDER.match(text, start, end)
    start = border.end() if border else start
    dividers = (m for m in _BETWEEN.finditer(text, start, end) if _divides(m[0]))
    for divider in (*dividers, None):
        last = divider.start() if divider else end
        if last > start:
            yield start, last
        start = divider.end() if divider else end


def _cells(text: str, line: ListLine) -> list[Cell]:
    """Return the cells of a line that is a row of a table."""
    return [Cell(line, *span) for span in _spans(text, line.part.sentence.start, line.part.sentence.end)]


def _head(text: str, start: int, end: int) -> str:
    """Return the head of a column as the table of heads has it."""
    return " ".join(text[start:end].lower().split()).strip(" :")


def _columns(heads: Sequence[str]) -> list[str]:
    """Return what the columns tell by their heads; "juara" is who won where no other column is."""
    told = [_roles()[head] for head in heads]
    sure = {roles[0] for roles in told if len(roles) == 1}
    columns: list[str] = []
    for roles in told:
        free = [r for r in roles if r not in sure and r not in columns] if len(roles) > 1 else list(roles)
        columns.append(free[0] if free and (free[0] == "other" or free[0] not in columns) else "other")
    return columns


def _heads(text: str, lines: Sequence[ListLine]) -> tuple[list[str], int]:
    """Return the heads of a table's columns, and on how many lines they stand; none if it is no table."""
    heads: list[str] = []
    for number, line in enumerate(lines):
        cells = [_head(text, c.start, c.end) for c in _cells(text, line)]
        if not all(cell in _roles() for cell in cells):
            return (heads, number) if len(heads) >= _LEAST_COLUMNS else ([], 0)
        if len(cells) >= _LEAST_COLUMNS and not heads:
            return cells, 1
        heads += cells
    return [], 0


def heads_table(text: str, lines: Sequence[ListLine]) -> bool:
    """Return whether the first of some lines is the head of a table.

    Args:
        text: Article text.
        lines: Lines.
    """
    return bool(_heads(text, lines)[0])


def read_table(text: str, lines: Sequence[ListLine]) -> tuple[int, list[TableRow]]:
    """Return the table that the first of some lines is the head of.

    Args:
        text: Article text.
        lines: Lines.

    Returns:
        How many lines its head takes, and its rows; no rows if it is no table of winners.
    """
    heads, size = _heads(text, lines)
    columns = _columns(heads)
    if not ("winner" in columns and {"result", "category"} & set(columns)):
        return size, []
    rows = _rows_by_line if size == 1 else _rows_by_cell
    return size, list(rows(text, lines[size:], columns))


def may_head_table(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Return whether some lines may be the head of a table, before any sentence is known.

    Args:
        text: Article text.
        lines: Offsets of lines.
    """
    heads = (_head(text, *span) for start, end in lines for span in _spans(text, start, end))
    return sum(head in _roles() for head in heads) >= _LEAST_COLUMNS


def _rows_by_line(text: str, lines: Sequence[ListLine], columns: Sequence[str]) -> Iterator[TableRow]:
    for line in lines:
        cells = _cells(text, line)
        if len(cells) != len(columns):
            return
        yield TableRow(dict(zip(columns, cells, strict=True)), 1)


def _rows_by_cell(text: str, lines: Sequence[ListLine], columns: Sequence[str]) -> Iterator[TableRow]:
    """Yield rows of as many lines as there are columns; a numbered one that has not as many is empty."""
    width = len(columns)
    at = 0
    first: int | None = None
    while at + width <= len(lines):
        row = lines[at : at + width]
        number = _number(text, row[0])
        if not all(_is_cell(line) for line in row) or (at and (number is None) != (first is None)):
            return
        first = number
        size = width if number is None else _next_number(text, lines, at, number, width)
        cells = [Cell(line, line.part.sentence.start, line.part.sentence.end) for line in row]
        yield TableRow(dict(zip(columns, cells, strict=True)) if size == width else {}, size)
        at += size


def _is_cell(line: ListLine) -> bool:
    return line.alone and line.part.sentence.end - line.part.sentence.start <= _LONGEST_CELL


def _number(text: str, line: ListLine) -> int | None:
    match = _NUMBER.fullmatch(text, line.part.sentence.start, line.part.sentence.end)
    return int(match.group(1)) if match else None


def _next_number(text: str, lines: Sequence[ListLine], at: int, number: int, width: int) -> int:
    """Return how many lines the row takes that starts at ``at``: up to the next number."""
    sizes: list[int] = [width, *range(2, 2 * width)]
    for size in sizes:
        if at + size < len(lines) and _number(text, lines[at + size]) == number + 1:
            return size
    return width


def read_row(text: str, row: TableRow, scope: ListScope) -> Frame | None:
    """Return who won what by a row of a table.

    Args:
        text: Article text.
        row: The row.
        scope: What stands above the table.
    """
    rule = reader_rule("table_row")
    if "winner" not in row.cells:
        return None
    told = {role: _mention(cell, role) for role, cell in row.cells.items() if role in _LABELS}
    if not any(c.isalpha() for c in text[row.cells["winner"].start : row.cells["winner"].end]):
        return None
    prize = Prize(
        told.get("result") or scope.result,
        told.get("category") or scope.category,
        told.get("group") or scope.group,
        told.get("work"),
        told.get("event") or scope.event,
    )
    cells = row.cells.values()
    span = min(c.start for c in cells), max(c.end for c in cells)
    return Frame(rule, row.cells["winner"].line.part, (_winner(row.cells["winner"]),), (prize,), span=span)


def _winner(cell: Cell) -> Mention:
    """Return the name in a cell: the mention that is all of it, else its words."""
    return next(
        (m for m in cell.line.part.mentions.values() if (m.start, m.end) == (cell.start, cell.end)),
        Mention(cell.start, cell.end, "NAME", "NAM09"),
    )


def _mention(cell: Cell, role: str) -> Mention:
    """Return what a cell says for a slot: a mention of its label, else its words."""
    label = _LABELS[role]
    inside = (m for m in cell.line.part.mentions.values() if cell.start <= m.start and m.end <= cell.end)
    found = next((m for m in inside if m.label == label), None)
    return found or Mention(cell.start, cell.end, label, reader_rule("table_row").id)
