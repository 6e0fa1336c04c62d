"""The ``annotate`` command: export, import, check, agreement."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from pipeline.annotate.annotator_agreement import agreement, format_agreement
from pipeline.annotate.check import check_records
from pipeline.annotate.exchange import (
    DEFAULT_TARGETS,
    FORMATS,
    Annotations,
    read_source,
    write_gold,
    write_target,
)
from pipeline.annotate.layers import Record
from pipeline.arguments import confidence, first_names
from pipeline.errors import UsageError

_SOURCE = (
    "gold file (JSON lines), output folder of a run, Label Studio's JSON, folder of brat, or DocBin (.spacy)"
)


def parser() -> argparse.ArgumentParser:
    """Return the command's parser."""
    p = argparse.ArgumentParser(
        prog="penghargaan annotate",
        description="Gold and predictions to and from annotation tools, checks, agreement of annotators.",
        epilog="Exit status: 0 done, 1 something to correct (it is printed), 2 wrong usage.",
    )
    actions = p.add_subparsers(dest="action", required=True, metavar="ACTION")

    export = actions.add_parser(
        "export",
        help="write pages for a tool",
        description="Write gold pages, or what a run found, for a tool that people correct them in.",
    )
    export.add_argument("source", type=Path, metavar="SOURCE", help=_SOURCE)
    export.add_argument("-o", "--output", type=Path, metavar="TARGET", help="file; for brat a new folder")
    export.add_argument(
        "--format", choices=FORMATS, default=FORMATS[0], help=f"of the tool (default: {FORMATS[0]})"
    )
    export.add_argument(
        "--page", action="append", default=[], metavar="DOC_ID", help="this page only; may be repeated"
    )
    export.add_argument(
        "--below",
        type=confidence,
        metavar="C",
        help="of a run: only pages with a record whose confidence is below C, the least sure first",
    )

    imported = actions.add_parser(
        "import",
        help="write a gold file from a tool's output",
        description="Write a gold file, which `evaluate --gold` scores, from what a tool or a run wrote.",
    )
    imported.add_argument("source", type=Path, metavar="SOURCE", help=_SOURCE)
    imported.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="gold file to write"
    )
    imported.add_argument(
        "--with-predictions",
        action="store_true",
        help="of Label Studio: take pages that nobody annotated as the pipeline predicted them",
    )

    check = actions.add_parser(
        "check",
        help="say what breaks the guidelines",
        description="Say what breaks annotations/GUIDELINES.md, where, and what to do about it.",
    )
    check.add_argument("source", type=Path, metavar="SOURCE", help=_SOURCE)
    check.add_argument("--json", action="store_true", help="print the problems as JSON lines")

    agree = actions.add_parser(
        "agreement",
        help="compare two annotators",
        description="F1 of entities and award slots, and Cohen's kappa, of two annotations of pages.",
    )
    agree.add_argument("a", type=Path, metavar="A", help=_SOURCE)
    agree.add_argument("b", type=Path, metavar="B", help="the other annotator's")
    agree.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    return p


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")


def _warn(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stderr.write(line + "\n")


def _least(record: Record) -> float:
    confidences = [award["confidence"] for award in record["awards"] if award.get("confidence") is not None]
    return min(confidences, default=1.0)


def _chosen(source: Annotations, args: argparse.Namespace) -> list[Record]:
    records = list(source.records)
    if args.page:
        known = {record["doc_id"] for record in records}
        if missing := [name for name in args.page if name not in known]:
            raise UsageError(f"{args.source} has no page {missing[0]!r}")
        records = [record for record in records if record["doc_id"] in args.page]
    if args.below is not None:
        if source.kind != "run":
            raise UsageError("--below is of use with the output folder of a run only: gold has no confidence")
        records = sorted((r for r in records if _least(r) < args.below), key=_least)
    if not records:
        raise UsageError("no page is left to export; choose others")
    return records


def _export(args: argparse.Namespace) -> int:
    source = read_source(args.source)
    records = _chosen(source, args)
    target = args.output or Path(DEFAULT_TARGETS[args.format])
    files = write_target(target, args.format, records, reviewed=source.reviewed)
    awards = sum(len(record["awards"]) for record in records)
    _say([f"{len(records)} pages, {awards} records", f"Written to {target}"])
    if args.format == "label-studio":
        _say([f"Labelling interface for the project's settings: {files[1]}"])
    return 0


def _import(args: argparse.Namespace) -> int:
    source = read_source(args.source, predictions=args.with_predictions)
    if not source.records:
        raise UsageError(
            f"{args.source} has no page that somebody annotated; "
            "take the predictions as they are with --with-predictions"
        )
    if args.output.exists() and args.output.resolve() == args.source.resolve():
        raise UsageError(f"{args.output} is the source itself; name another file with -o")
    write_gold(args.output, source.records)
    awards = sum(len(record["awards"]) for record in source.records)
    _say([f"{len(source.records)} pages, {awards} records", f"Written to {args.output}"])
    if source.left_out:
        left_out = first_names(source.left_out)
        _say([f"Left out, not annotated yet: {len(source.left_out)} ({left_out})"])
    if source.kind == "run":
        _say(["Nobody has checked these pages: scores against them say nothing"])
    _warn(source.notes)
    problems = [p for p in check_records(source.records, source.lines) if p.level == "error"]
    if problems:
        _warn([f"{len(problems)} errors; see them with: penghargaan annotate check {args.output}"])
    return 1 if source.notes or problems else 0


def _check(args: argparse.Namespace) -> int:
    source = read_source(args.source, predictions=True)
    problems = list(check_records(source.records, source.lines))
    errors = sum(problem.level == "error" for problem in problems)
    if args.json:
        _say(json.dumps(asdict(problem), ensure_ascii=False) for problem in problems)
    else:
        _say(str(problem) for problem in problems)
        counts = Counter(problem.id for problem in problems)
        if counts:
            _say(["", *(f"{count:>5}  {name}" for name, count in counts.most_common())])
        _say([f"{len(source.records)} pages, {errors} errors, {len(problems) - errors} warnings"])
    _warn(source.notes)
    return 1 if errors or source.notes else 0


def _agreement(args: argparse.Namespace) -> int:
    a, b = read_source(args.a), read_source(args.b)
    result = agreement(a.records, b.records)
    if args.json:
        _say([json.dumps(result.as_dict(), ensure_ascii=False)])
    else:
        sys.stdout.write(format_agreement(result))
    _warn([*a.notes, *b.notes])
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: Options, without the command's name; the process's own by default.

    Returns:
        Exit status: 0 done, 1 there is something to correct.

    Raises:
        UsageError: A source is missing or broken, or a target cannot be written.
    """
    args = parser().parse_args(arguments)
    actions = {"export": _export, "import": _import, "check": _check, "agreement": _agreement}
    return actions[args.action](args)
