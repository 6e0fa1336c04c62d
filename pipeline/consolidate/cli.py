"""The ``consolidate`` command: one row a distinct award, from all pages of a run."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.arguments import check_target, confidence, first_names, writing
from pipeline.consolidate.awards_table import page_texts, read_awards
from pipeline.consolidate.consolidated_table import COLUMNS, FILE_NAME
from pipeline.consolidate.consolidator import consolidate
from pipeline.consolidate.quickstatements import UNMAPPED_COLUMNS, export, read_items
from pipeline.errors import UsageError
from pipeline.tables.columns import Column
from pipeline.tables.run_tables import Row
from pipeline.tables.writers import replacing, well_formed, write_csv

_STATEMENT = r"Q\d+\t!?P(?:166|1411)\tQ\d"
_LONGEST_LINE = 10_000  # characters that tell whether a file is ours


def parser() -> argparse.ArgumentParser:
    """Return the command's parser."""
    p = argparse.ArgumentParser(
        prog="penghargaan consolidate",
        description="Put the records of all pages of a run together: one row a distinct award.",
        epilog="Exit status: 0 done, 2 wrong usage.",
    )
    p.add_argument("folder", type=Path, metavar="OUT", help="output folder of an earlier run")
    p.add_argument("-o", "--output", type=Path, metavar="FILE", help=f"default: OUT/{FILE_NAME}")
    p.add_argument(
        "--quickstatements", type=Path, metavar="FILE", help="also write statements for Wikidata to FILE"
    )
    p.add_argument("--qids", type=Path, metavar="FILE.csv", help="Wikidata items of names; columns name,qid")
    p.add_argument(
        "--min-confidence",
        type=confidence,
        default=0.9,
        metavar="C",
        help="least confidence of an award that is exported to Wikidata (default: 0.9)",
    )
    p.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    return p


def _check_target(path: Path, first_line: str) -> None:
    """Refuse to replace a file that this command did not write.

    Args:
        path: File to write.
        first_line: Pattern of the first line of an earlier result.
    """
    check_target(
        path,
        lambda head: re.match(first_line, head),
        _LONGEST_LINE,
        "exists and is not an earlier result of this command; name another file",
    )


def _header(columns: Sequence[Column]) -> str:
    return re.escape(",".join(column.name for column in columns))


def _wikidata(
    rows: Sequence[dict[str, Any]], args: argparse.Namespace, items: dict[str, str], side: Path
) -> Iterator[str]:
    made = export(rows, items, args.min_confidence)
    with replacing(args.quickstatements) as file:
        file.writelines(f"{well_formed(line)}\n" for line in made.lines)
    write_csv(side, made.unmapped, UNMAPPED_COLUMNS)
    yield (
        f"Statements for Wikidata in {args.quickstatements}: {len(made.lines)}; awards left out:"
        f" {made.left_out} without an item for recipient or award, {made.doubtful} below confidence"
        f" {args.min_confidence:g}"
    )
    if made.unmapped:
        names = first_names([row["name"] for row in made.unmapped])
        yield f"Names without an item in {side}: {len(made.unmapped)} ({names})"
        yield "Look them up on wikidata.org, fill in the column qid of a copy, and pass it with --qids"


def _check_outputs(args: argparse.Namespace, target: Path) -> Path | None:
    """Check the files to write, before any work; return that of the unmapped names, if it is wanted."""
    _check_target(target, _header(COLUMNS[:2]))
    if not args.quickstatements:
        if args.qids:
            raise UsageError("--qids is of use with --quickstatements FILE only")
        return None
    side = args.quickstatements.with_name(f"{args.quickstatements.name}.unmapped.csv")
    if target.resolve() in {args.quickstatements.resolve(), side.resolve()}:
        raise UsageError(f"{target} is named for two things; give -o and --quickstatements different names")
    _check_target(args.quickstatements, _STATEMENT)
    _check_target(side, _header(UNMAPPED_COLUMNS))
    if side.exists() and read_items(side):
        raise UsageError(f"{side} holds items that were filled in; move it elsewhere and pass it with --qids")
    return Path(side)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: Options, without the command's name; the process's own by default.

    Returns:
        Exit status: 0.

    Raises:
        UsageError: The folder is missing or not ours, a file cannot be read or written.
    """
    args = parser().parse_args(arguments)
    awards = read_awards(args.folder)
    target: Path = args.output or args.folder / FILE_NAME
    items = read_items(args.qids) if args.qids else {}
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in awards:
            count += 1
            yield row

    lines: list[str] = []
    with writing(target):
        side = _check_outputs(args, target)
        rows = consolidate(counted(), page_texts(args.folder))
        write_csv(target, rows, COLUMNS)
        if side:
            lines.extend(_wikidata(rows, args, items, side))
    if not args.quiet:
        several = sum(row["pages"] > 1 for row in rows)
        told = f"{count} records, {len(rows)} distinct awards, {several} told by several pages"
        for line in (told, f"Written to {target}", *lines):
            sys.stdout.write(line + "\n")
    return 0
