r"""Rows of CSV files, as spreadsheets, databases and people write them.

The csv module reads what is sound. Where it does not take a row, that row is read again as what is usually
meant: quotation marks escaped by backslashes, marks inside a cell that were not doubled, a mark that is never
closed, which would swallow the rows behind it.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.errors import PageError

#: A mark escaped by a backslash, and not the last one of a cell that ends with a backslash.
_BACKSLASH = re.compile(r"\\\"(?![\",;\t|\r\n]|$)")
#: A quoted text may run over so many lines before its mark counts as never closed.
_MOST_LINES = 5_000
#: A row with a wrong mark may be put together of so many.
_MOST_MENDED = 40


@dataclass(slots=True)
class CsvLines:
    """Lines that can be put back.

    Args:
        source: The lines.
        backslash: Whether quotation marks are escaped by backslashes.
        taken: Lines taken since the last row began, as they are in the file.
    """

    source: Iterator[str]
    backslash: bool = False
    taken: list[str] = field(default_factory=list)
    _waiting: deque[str] = field(default_factory=deque)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) > _MOST_LINES:
            raise csv.Error("a quotation mark is never closed")
        line = self._waiting.popleft() if self._waiting else next(self.source)
        self.taken.append(line)
        return undoubled(line) if self.backslash else line

    @property
    def has_waiting(self) -> bool:
        """Whether lines were put back."""
        return bool(self._waiting)

    def put_back(self, lines: Iterable[str]) -> None:
        """Have lines come again."""
        self._waiting.extendleft(reversed(list(lines)))


def undoubled(line: str) -> str:
    r"""Return a line whose quotation marks are escaped by backslashes as one in which they are doubled.

    Example:
        >>> undoubled(r'1,"meraih \"Juara\" lagi"')
        '1,"meraih ""Juara"" lagi"'
    """
    return re.sub(r"\\([\"'\\])", lambda m: '""' if m[1] == '"' else m[1], line)


def escapes_by_backslash(sample: str) -> bool:
    """Whether the quotation marks of a file seem to be escaped by backslashes."""
    return _BACKSLASH.search(sample) is not None


def _lenient(text: str, delimiter: str, *, ends: bool = False) -> list[str] | None:
    """Split a row in which only a mark before a delimiter or the end closes a cell.

    Args:
        text: The row.
        delimiter: What stands between the cells.
        ends: Whether a cell that is never closed ends with the row; otherwise the result is ``None``.
    """
    cells: list[str] = []
    at = 0
    closing = re.compile(rf'"(?={re.escape(delimiter)}|$)')
    text = text.rstrip("\r\n")
    while True:
        if text.startswith('"', at):
            end = closing.search(text, at + 1)
            if end is None:
                return [*cells, text[at + 1 :].replace('""', '"')] if ends else None
            cells.append(text[at + 1 : end.start()].replace('""', '"'))
            at = end.end()
        else:
            end_at = text.find(delimiter, at)
            stop = len(text) if end_at < 0 else end_at
            cells.append(text[at:stop])
            at = stop
        if at >= len(text):
            return cells
        at += len(delimiter)


def _strict(lines: list[str], delimiter: str) -> list[str] | None:
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _mended(lines: CsvLines, delimiter: str, width: int) -> list[str] | PageError:
    """Read a row that is not sound, and put back what is not part of it.

    Returns:
        Its cells, or the error of a mark that is never closed, with the lines that go with it.
    """

    def is_row(line: str) -> bool:
        return len(_strict([line], delimiter) or ()) == width > 1

    taken = lines.taken
    number = 0
    while number < _MOST_MENDED:
        if number == len(taken) and not next(lines, ""):
            break
        if number and is_row(taken[number]):
            break
        number += 1
        part = taken[:number]
        cells = _strict([undoubled(line) for line in part], delimiter) or _lenient("".join(part), delimiter)
        if cells is not None and len(cells) >= width:
            lines.put_back(taken[number:])
            return cells
    following = next((n for n, line in enumerate(taken) if n and is_row(line)), len(taken))
    lines.put_back(taken[following:])
    alone = taken[0].rstrip("\r\n").replace('"', "").split(delimiter)
    for cells in (_lenient(taken[0], delimiter, ends=True), alone):
        if following == 1 and cells is not None and len(cells) == width:
            return cells
    hint = f"a quotation mark is never closed, the {following:,} lines from there on are passed over"
    return PageError("unreadable", hint)


def read_rows(lines: CsvLines, delimiter: str, width: int) -> Iterator[list[str] | PageError]:
    """Yield the rows of a file, and errors in the place of rows that cannot be read.

    Args:
        lines: Its lines, from the first row on.
        delimiter: What stands between the cells.
        width: Number of columns.

    Returns:
        Cells, none of a blank line.
    """
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.taken.clear()
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            endless = len(lines.taken) > _MOST_LINES
            found = _mended(lines, delimiter, width)
            yield found
            if endless and isinstance(found, PageError) and not lines.has_waiting:
                return
            rows = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        yield row


def fitted(row: list[str], width: int, text_column: int, delimiter: str) -> list[str] | None:
    """Return a row that is wider than the header with the cells put together that were one.

    What stands behind a delimiter and a space goes on with the cell before: prose has its commas so, tables
    have not. If that is not enough, the text takes the rest where it is the last column.

    Args:
        row: The cells.
        width: Number of columns.
        text_column: Number of the column that holds the page's text.
        delimiter: What stood between the cells.

    Returns:
        As many cells as there are columns, ``None`` if it is not clear which belong together.
    """
    if len(row) <= width:
        return row
    joined = [row[0]]
    for cell in row[1:]:
        if cell.startswith(" "):
            joined[-1] += delimiter + cell
        else:
            joined.append(cell)
    while len(joined) > width and not joined[-1].strip():
        joined.pop()
    if len(joined) == width:
        return joined
    if len(joined) > width and text_column == width - 1 and text_column <= 1:
        return [*joined[:text_column], delimiter.join(joined[text_column:])]
    return None
