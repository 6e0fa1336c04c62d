"""The command line: ``penghargaan run``, ``evaluate``, ``explain``, ``consolidate`` and so on."""

from __future__ import annotations

import argparse
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from importlib import import_module
from itertools import groupby
from pathlib import Path, PurePath
from typing import Any

from pipeline import __version__
from pipeline.arguments import add_rules
from pipeline.batch.settings import FORMATS
from pipeline.consolidate.consolidated_table import FILE_NAME
from pipeline.errors import PenghargaanError, UsageError
from pipeline.readers import DEFAULT_MAX_CHARS, Field
from pipeline.run import Settings, Summary, run
from pipeline.sentences.engines import ENGINES
from pipeline.tables.columns import TABLE_NAMES
from pipeline.timeout import DEFAULT_TIMEOUT

_WIDEST = 120
_LONGEST = 500  # characters of a record, in case a page misled the rules


# Options that name a record's fields.
_FIELD_OPTIONS: Mapping[str, tuple[Field, str]] = {
    "text": ("content", "page's text or HTML"),
    "html": ("html", "page's HTML"),
    "id": ("id", "page's id"),
    "url": ("url", "page's URL"),
    "title": ("title", "headline"),
    "date": ("published", "publication date"),
    "author": ("byline", "author"),
}


#: The other commands: the package that holds each, loaded on its first use, and what it does.
_COMMANDS = {
    "evaluate": ("evaluation", "score every stage on a gold file"),
    "consolidate": ("consolidate", "put the pages' records together: one row a distinct award"),
    "report": ("report", "write a page that shows a run"),
    "explain": ("explanations", "tell why a page gives the records that it gives, and no others"),
    "annotate": ("annotate", "to and from annotation tools, checks, agreement of annotators"),
}


def _tables(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    for name in names:
        if name not in TABLE_NAMES:
            raise argparse.ArgumentTypeError(f"unknown table {name!r}; use any of {','.join(TABLE_NAMES)}")
    if not names:
        raise argparse.ArgumentTypeError(f"no table named; use any of {','.join(TABLE_NAMES)}")
    return names


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="penghargaan", description="Indonesian award news: scraped pages in, a tidy table of awards out."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run_parser = commands.add_parser(
        "run",
        help="read pages, write tables",
        description="Read pages, write the tables of awards and what they were built from.",
        epilog="Exit status: 0 done, 1 some pages failed (listed in run.json), 2 wrong usage.",
    )
    run_parser.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="files, folders, patterns; - is standard input"
    )
    run_parser.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("out"),
        metavar="FOLDER",
        help="folder for the tables (default: out)",
    )
    run_parser.add_argument(
        "--tables",
        type=_tables,
        default=("awards",),
        metavar="NAMES",
        help=f"any of {','.join(TABLE_NAMES)} (default: awards)",
    )
    run_parser.add_argument("--format", choices=FORMATS, default="csv", help="of the tables (default: csv)")
    add_rules(run_parser)
    run_parser.add_argument("--engine", choices=ENGINES, default="spacy", help="default: spacy")
    run_parser.add_argument(
        "--workers", type=int, metavar="N", help="processes (default: one a core); the tables are the same"
    )
    run_parser.add_argument(
        "--fresh",
        action="store_true",
        help="start anew; without it, pages that an earlier run finished in the same folder are taken over",
    )
    run_parser.add_argument(
        "--cluster", choices=("ray",), help="work on a Ray cluster (needs the extra `cluster`)"
    )
    run_parser.add_argument(
        "--address",
        metavar="ADDRESS",
        help="of the cluster (default: the one that this machine belongs to, else a new one on it)",
    )
    run_parser.add_argument(
        "--max-chars",
        type=int,
        default=DEFAULT_MAX_CHARS,
        metavar="N",
        help=f"longest page that is read, in characters (default: {DEFAULT_MAX_CHARS})",
    )
    run_parser.add_argument(
        "--timeout",
        type=float,
        default=DEFAULT_TIMEOUT,
        metavar="SECONDS",
        help=f"longest time for a page; 0: no limit (default: {DEFAULT_TIMEOUT:g})",
    )
    for name, (_, what) in _FIELD_OPTIONS.items():
        run_parser.add_argument(
            f"--{name}-field", metavar="NAME", help=f"field of JSON, CSV or Parquet that holds the {what}"
        )
    run_parser.add_argument("-q", "--quiet", action="store_true", help="print errors only")

    for name, (_, what) in _COMMANDS.items():
        commands.add_parser(name, help=what, add_help=False)  # its own parser answers
    return parser


def _shorten(text: str, width: int, indent: int = 0) -> str:
    line = " " * indent + " ".join(text.split())
    # Page text is hostile: no control character of it reaches the terminal.
    line = "".join(c if c.isprintable() else "\ufffd" for c in line)
    return line if len(line) <= width else f"{line[: max(width - 1, 0)].rstrip()}…"


def _won(row: Mapping[str, Any]) -> str:
    """Return a record in a phrase: result, category, event and year, as far as stated."""
    event = row["event"]
    if row["event_abbr"] and row["event_abbr"] not in event:
        event = f"{event} ({row['event_abbr']})".strip()
    if row["year"]:
        event = f"{event} {row['year']}".strip()
    parts = [row["result"], row["category"], row["group"], event]
    text = " · ".join(part for part in parts if part)
    marks = [mark for mark in ("nominated", "past") if mark in (row["status"], row["timeframe"])]
    return f"{text} [{', '.join(marks)}]" if marks else text


def awards_text(awards: Sequence[Mapping[str, Any]], width: int = 100) -> Iterator[str]:
    """Yield lines that tell, page by page, who won what and where the page says so.

    Args:
        awards: Rows of the awards table, sorted.
        width: Longest line, in characters.
    """
    for doc_id, rows in groupby(awards, key=lambda row: row["doc_id"]):
        records = list(rows)
        title = records[0]["title"]
        yield _shorten(f"{doc_id} | {title}" if title else doc_id, width)
        for row in records:
            won = _shorten(f"{row['recipient_name'] or row['recipient']}: {_won(row)}", _LONGEST)
            yield from textwrap.wrap(won, width, initial_indent="  ", subsequent_indent="    ")
            yield _shorten(f"{row['start']}-{row['end']}: “{row['evidence']}”", width, indent=6)
        yield ""


def _report(summary: Summary, settings: Settings) -> Iterator[str]:
    width = min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)
    yield from awards_text(summary.awards, width)
    counts = summary.report["counts"]
    if rest := counts["with_awards"] - len({row["doc_id"] for row in summary.awards}):
        yield f"... and {rest} more pages with awards"
    yield f"Written to {settings.output}: {', '.join(summary.report['files'])}"
    if (settings.output / FILE_NAME).exists():
        yield f"{settings.output / FILE_NAME} is of an earlier run: put it together again with `consolidate`"
    yield _account(counts, summary.report["seconds"]["total"])


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _account(counts: Mapping[str, Any], seconds: float) -> str:
    """Return the line that accounts for all that was given: pages, failures, and what was no page."""
    told = [
        f"{_number(counts['read'], 'page')} read",
        f"{counts['with_awards']} with awards",
        f"{counts['awards']} records",
        f"{counts['failed']} failed",
    ]
    if bare := counts["without_body"]:
        told.append(f"{bare} without body")
    if none := counts["inputs_without_pages"]:
        told.append(f"{_number(none, 'file')} without a page")
    for what, kinds in (
        ("record", counts["records_left_out"]),
        ("file", counts["skipped_by_extension"]),
    ):
        if kinds:
            named = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
            told.append(f"{_number(sum(kinds.values()), what)} passed over as no pages ({named})")
    return f"{', '.join(told)}, {seconds:.1f} s"


def _complain(summary: Summary, settings: Settings) -> Iterator[str]:
    for failure in summary.failures:
        of_file = PurePath(failure.source).with_suffix("").as_posix().endswith(failure.doc_id)
        where = failure.source if of_file else f"{failure.source}, {failure.doc_id}"
        yield _shorten(f"failed: {where}: {failure.reason}: {failure.message}", 400)
    if (rest := summary.report["counts"]["failed"] - len(summary.failures)) > 0:
        yield f"... and {rest} more failures, see {settings.output / 'run.json'}"


def _run(arguments: argparse.Namespace) -> int:
    named = {field: getattr(arguments, f"{name}_field") for name, (field, _) in _FIELD_OPTIONS.items()}
    given = {f.name: getattr(arguments, f.name) for f in fields(Settings) if f.name in arguments}
    given |= {"inputs": tuple(arguments.inputs), "rules": tuple(arguments.rules)}
    settings = Settings(**given, fields={field: name for field, name in named.items() if name})
    summary = run(settings, progress=not arguments.quiet)
    if not arguments.quiet:
        for line in _report(summary, settings):
            print(line)
    for line in _complain(summary, settings):
        print(line, file=sys.stderr)
    return summary.exit_status


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: Without the program's name; the process's own by default.

    Returns:
        Exit status: 0 done, 1 some pages failed, 2 wrong usage, 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a character shows "?"
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if given and given[0] in _COMMANDS:
            package, _ = _COMMANDS[given[0]]
            return int(import_module(f"pipeline.{package}.cli").main(given[1:]))
        return _run(_parser().parse_args(given))
    except PenghargaanError as error:
        print(f"penghargaan: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt as error:
        print(f"penghargaan: {str(error) or 'interrupted'}", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of the output (head, less) has enough
        sys.stderr.close()
        return 0
