"""The ``report`` command: one self-contained page from the tables of a run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.arguments import check_target, writing

#: Name of the report in the output folder.
REPORT_FILE = "report.html"
_HEAD = 4_096  # characters that tell whether a file is an earlier report


def _megabytes(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1000:
        raise argparse.ArgumentTypeError(f"{text!r} should be a number of megabytes")
    return value


def parser() -> argparse.ArgumentParser:
    """Return the command's parser."""
    p = argparse.ArgumentParser(
        prog="penghargaan report",
        description="Write a page that shows a run: overview, table of awards with their evidence, quality.",
        epilog="Exit status: 0 done, 2 wrong usage.",
    )
    p.add_argument("folder", type=Path, metavar="OUT", help="output folder of an earlier run")
    p.add_argument("-o", "--output", type=Path, metavar="FILE", help=f"default: OUT/{REPORT_FILE}")
    p.add_argument("--lang", choices=("id", "en"), default="id", help="language it opens in (default: id)")
    p.add_argument(
        "--evaluation",
        type=Path,
        metavar="FILE",
        help="what `evaluate --json` printed (default: OUT/evaluation.json, if it is there)",
    )
    p.add_argument(
        "--max-size",
        type=_megabytes,
        default=5.0,
        metavar="MB",
        help="keep less of the pages' texts rather than be larger (default: 5)",
    )
    p.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    return p


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: Options, without the command's name; the process's own by default.

    Returns:
        Exit status: 0.

    Raises:
        UsageError: The folder is missing or not ours, a file cannot be read or written.
    """
    from pipeline.report.page import GENERATOR, render_report
    from pipeline.report.run_data import read_run
    from pipeline.tables.writers import replacing

    args = parser().parse_args(arguments)
    target: Path = args.output or args.folder / REPORT_FILE
    data = read_run(args.folder, args.evaluation)
    with writing(target):
        mark = f'name="generator" content="{GENERATOR}"'
        refusal = "exists and is not an earlier report; name another file with -o"
        check_target(target, lambda head: mark in head, _HEAD, refusal)
        page, payload = render_report(data, args.lang, args.max_size)
        with replacing(target) as file:
            file.write(page)
    if args.quiet:
        return 0
    size = target.stat().st_size / 1e6
    lines = [f"{len(data.awards)} records, {size:.1f} MB", f"Written to {target}"]
    if payload.context == -1 and data.awards:
        lines.append("The run wrote no texts: the report shows the evidence only. For whole pages, run with")
        lines.append("  --tables awards,entities,articles")
    elif payload.context is not None and data.awards:
        lines.append(f"Texts are cut to {payload.context} characters around the evidence; see --max-size")
    if size > args.max_size:
        lines.append(f"It is larger than {args.max_size:g} MB: the table alone is; report on fewer pages")
    for line in lines:
        sys.stdout.write(line + "\n")
    return 0
