"""Export to Wikidata: QuickStatements, version 1 of its text format.

A win is a statement ``P166`` (award received), a nomination ``P1411`` (nominated for), with the qualifiers
``P585`` (point in time), ``P1027`` (conferred by), ``P1686`` (for work) and ``P1352`` (ranking), and ``S854``
(reference URL). Items are those of a mapping that the user gives; no item is ever guessed from a name.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.errors import UsageError
from pipeline.tables.columns import Column
from pipeline.tables.run_tables import plain_cell

_QID = re.compile(r"Q[1-9]\d{0,11}")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_URL = re.compile(r"https?://[^\s\"]+")
_HEADER = ("name", "qid")
_UNSTATED = "(not stated)"

#: Columns of the list of names that need an item.
UNMAPPED_COLUMNS = (
    Column("name", "name without an item"),
    Column("qid", "empty: to be filled in"),
    Column("used_as", "recipient, award, conferred by (P1027) or for work (P1686)"),
    Column("awards", "number of awards that need it", "integer"),
    Column("effect", "left out: the awards; incomplete: exported without this qualifier"),
)


@dataclass(frozen=True, slots=True)
class Export:
    """Statements, and what could not be stated.

    Args:
        lines: Statements, one a line.
        unmapped: Rows of the list of names without an item.
        left_out: Number of awards that have no item for recipient or award.
        doubtful: Number of awards below the threshold of confidence.
    """

    lines: tuple[str, ...]
    unmapped: tuple[dict[str, Any], ...]
    left_out: int
    doubtful: int


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def read_items(path: Path) -> dict[str, str]:
    """Read a mapping of names to Wikidata items: a CSV file with the columns ``name`` and ``qid``.

    Case and spaces of a name do not matter. A category of an event is named "event: category". Rows without
    an item and other columns are passed over, so that the list of names without an item can be filled in bit
    by bit.

    Raises:
        UsageError: The file cannot be read, lacks a column, holds what is no item, or has two items for one
            name.
    """
    items: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if not set(_HEADER) <= set(reader.fieldnames or ()):
                raise UsageError(f"{path}: the first line should name the columns {','.join(_HEADER)}")
            for row in reader:
                where = f"{path}, line {reader.line_num}"
                name, qid = _folded(plain_cell(row["name"] or "")), (row["qid"] or "").strip()
                if not qid:
                    continue
                if not name:
                    raise UsageError(f"{where}: {qid} has no name")
                if not _QID.fullmatch(qid):
                    raise UsageError(f"{where}: {qid!r} is not a Wikidata item; it should look like Q42")
                if items.setdefault(name, qid) != qid:
                    raise UsageError(
                        f"{where}: {row['name']!r} has two items, {items[name]} and {qid}; keep one"
                    )
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8; save it as UTF-8") from error
    except csv.Error as error:
        raise UsageError(f"{path}: {error}; it should be a CSV file with the columns name,qid") from error
    return items


def point_in_time(date: str, year: int | None) -> str:
    """Return a date with its precision (11 day, 10 month, 9 year), or an empty string.

    Example:
        >>> point_in_time("2024-10", None)
        '+2024-10-00T00:00:00Z/10'
    """
    match = _DATE.fullmatch(date)
    parts = match.groups(default="00") if match else (f"{year:04d}", "00", "00") if year else None
    if parts is None:
        return ""
    precision = 9 + sum(part != "00" for part in parts[1:])
    return f"+{'-'.join(parts)}T00:00:00Z/{precision}"


def text_value(text: str) -> str:
    """Return a text value in its quotes, without the tabs and line ends that would break the line."""
    return '"' + " ".join(text.split()) + '"'


def reference_url(sources: Iterable[str]) -> str:
    """Return the first web address among the sources, fit for a text value, or an empty string."""
    for source in sources:
        address = source.strip()
        if address.startswith(("http://", "https://")):
            safe = quote(address, safe="%/:=&?~#+!$,;'@()*[]")
            if _URL.fullmatch(safe):
                return safe
    return ""


def _award_item(row: Mapping[str, Any], items: Mapping[str, str]) -> str | None:
    of_category = items.get(_folded(f"{row['event']}: {row['category']}")) if row["category"] else None
    return of_category or items.get(_folded(row["event"]))


_Missing = Counter[tuple[str, str, str]]  # name, what it is used as, what follows from it


def _unmapped(missing: _Missing) -> tuple[dict[str, Any], ...]:
    order = sorted(missing.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        {"name": name, "qid": "", "used_as": used_as, "awards": count, "effect": effect}
        for (name, used_as, effect), count in order
    )


def _qualifiers(row: Mapping[str, Any], items: Mapping[str, str], missing: _Missing) -> list[str]:
    parts: list[str] = []
    if when := point_in_time(row["date"], row["year"]):
        parts += ["P585", when]
    organisers = [name for name in row["organiser"].split("; ") if name]
    for names, prop, used_as in ((organisers, "P1027", "conferred by"), ([row["work"]], "P1686", "for work")):
        for name in names:
            if item := items.get(_folded(name)):
                parts += [prop, item]
            elif name:
                missing[name, used_as, "incomplete"] += 1
    if row["rank"] is not None:
        parts += ["P1352", str(row["rank"])]
    if url := reference_url(row["sources"].split("; ")):
        parts += ["S854", text_value(url)]
    return parts


def export(rows: Sequence[Mapping[str, Any]], items: Mapping[str, str], min_confidence: float) -> Export:
    """Return the QuickStatements of consolidated awards.

    QuickStatements adds qualifiers to the statement of the same value, if there is one. Where a recipient has
    the same award more than once here, of two years say, its statements are therefore marked as new
    (``!P166``).

    Args:
        rows: Consolidated rows.
        items: Wikidata items by folded name, see :func:`read_items`.
        min_confidence: Awards below it are passed over.
    """
    missing: _Missing = Counter()
    statements: defaultdict[tuple[str, str, str], list[list[str]]] = defaultdict(list)
    left_out = doubtful = 0
    for row in rows:
        if row["confidence"] < min_confidence:
            doubtful += 1
            continue
        recipient = items.get(_folded(row["recipient_name"])) or items.get(_folded(row["recipient"]))
        award = _award_item(row, items)
        if not recipient:
            missing[row["recipient_name"] or row["recipient"] or _UNSTATED, "recipient", "left out"] += 1
        if not award:
            missing[row["event"] or _UNSTATED, "award", "left out"] += 1
        if recipient and award:
            prop = "P1411" if row["status"] == "nominated" else "P166"
            statements[recipient, prop, award].append(_qualifiers(row, items, missing))
        else:
            left_out += 1
    lines = [
        "\t".join([recipient, f"!{prop}" if len(several) > 1 else prop, award, *qualifiers])
        for (recipient, prop, award), several in statements.items()
        for qualifiers in several
    ]
    return Export(tuple(dict.fromkeys(lines)), _unmapped(missing), left_out, doubtful)
