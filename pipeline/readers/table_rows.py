"""Tables whose header may be anywhere or nowhere: which column is what, and a row to its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import PageError
from pipeline.readers.iso_dates import iso_date
from pipeline.readers.options import Field, ReadOptions
from pipeline.readers.record_fields import field_columns, has_body, no_text_error

#: Rows to look at for a header; some exports begin with a title.
HEADER_ROWS = 10
#: A cell of so many characters is a text, and its row no header.
_TEXT_CHARS = 80
_BODIES = frozenset({"text", "content", "html"})


@dataclass(frozen=True, slots=True)
class TableHeader:
    """The columns of a table.

    Args:
        names: Their names in order; of columns without one an empty string.
        rows: Number of rows up to the header and with it, 0 where there is none.
        text_column: Number of the column that holds the page's text.
    """

    names: tuple[str, ...]
    rows: int
    text_column: int


def _named(row: Sequence[object], chosen: Mapping[Field, str]) -> tuple[tuple[str, ...], int] | None:
    names = tuple(" ".join(str(cell).split()) if cell is not None else "" for cell in row)
    if any(len(name) > _TEXT_CHARS for name in names):
        return None
    columns = field_columns(names, chosen)
    if not has_body(columns):
        return None
    bodies = [name for field in ("text", "content", "html") for name in columns.get(field, ())]
    return names, names.index(bodies[0])


def _guessed(row: Sequence[object]) -> tuple[tuple[str, ...], int] | None:
    """Name the columns of a table without a header by what its first row holds."""
    cells = [str(cell).strip() if cell is not None else "" for cell in row]
    longest = max(range(len(cells)), key=lambda n: len(cells[n]), default=0)
    if not cells or len(cells[longest]) < _TEXT_CHARS:
        return None
    names = [""] * len(cells)
    names[longest] = "content"
    titles: list[tuple[int, int]] = []
    for number, cell in enumerate(cells):
        if number == longest or not cell:
            continue
        if cell.startswith(("http://", "https://")):
            names[number] = "url"
        elif len(cell) < 40 and (iso_date(row[number]) or iso_date(cell)):
            names[number] = "published"
        elif cell.count(" ") >= 2:
            titles.append((len(cell), number))
        elif number == 0:
            names[number] = "id"
    if titles:
        names[max(titles)[1]] = "title"
    return tuple(names), longest


def find_header(rows: Sequence[Sequence[object]], options: ReadOptions) -> TableHeader:
    """Find the header of a table among its first rows.

    Args:
        rows: Its first rows.
        options: How to read: with names of the user's own.

    Raises:
        PageError: ``no_text`` if no column holds a page's text.
    """
    for number, row in enumerate(rows[:HEADER_ROWS], 1):
        if found := _named(row, options.fields):
            return TableHeader(found[0], number, found[1])
        if any(isinstance(cell, str) and len(cell) > _TEXT_CHARS for cell in row):
            break
    first = rows[0] if rows else ()
    if not options.fields and (guess := _guessed(first)):
        return TableHeader(guess[0], 0, guess[1])
    raise no_text_error([str(cell) for cell in first], options.fields)


def record_of(header: TableHeader, row: Sequence[object], options: ReadOptions) -> dict[str, object]:
    """Return a row as a record; of columns that share a name, texts are put together, of others one counts.

    Args:
        header: The columns.
        row: As many cells as there are columns, or fewer.
        options: How to read.
    """
    record: dict[str, object] = {}
    for name, cell in zip(header.names, row, strict=False):
        if not name or cell is None or cell == "":
            record.setdefault(name, cell)
        elif record.get(name) in (None, ""):
            record[name] = cell
        elif record[name] != cell and _BODIES & field_columns([name], options.fields).keys():
            record[name] = f"{record[name]}\n{cell}"
    record.pop("", None)
    return record


def too_wide(cells: int, columns: int) -> PageError:
    """Return the error for a row of which it is not clear which cells belong together."""
    hint = f"it has {cells} cells, the header {columns}; put quotation marks around texts with commas"
    return PageError("unreadable", hint)
