"""The ``evaluate`` command: ``python -m pipeline evaluate [--gold FILE] [--json] [--errors] ...``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from pipeline.evaluation.evaluator import evaluate
from pipeline.evaluation.manifest import annotations_folder
from pipeline.evaluation.printout import format_faults, format_report, format_swap
from pipeline.evaluation.rule_support import format_support, rule_support
from pipeline.evaluation.swap_scores import evaluate_swapped


def parser() -> argparse.ArgumentParser:
    """Return the command's parser."""
    p = argparse.ArgumentParser(
        prog="penghargaan evaluate",
        description="Score every stage on a gold file (default: the held-out seeds).",
    )
    p.add_argument(
        "--gold", metavar="FILE", help="annotated pages, JSON lines (form: annotations/GUIDELINES.md)"
    )
    p.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    p.add_argument(
        "--errors", action="store_true", help="print what went wrong, page by page, with the stage at fault"
    )
    p.add_argument(
        "--swap",
        action="store_true",
        help="print what scores drop by when names give way to others; --errors then tells of these",
    )
    p.add_argument(
        "--support",
        nargs="*",
        metavar="FILE",
        help="print on how many pages each rule helps and hurts: of these files, or of our own pages",
    )
    return p


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: Options, without the command's name; the process's own by default.

    Returns:
        Exit status: 0, or 1 where the pipeline refused some of the pages.

    Raises:
        PenghargaanError: The gold file is missing, is no gold, or is not what the manifest says.
    """
    args = parser().parse_args(arguments)
    if args.support is not None:
        golds = [*([args.gold] if args.gold else []), *args.support]
        sys.stdout.write(
            format_support(rule_support(golds or [annotations_folder() / "dev" / "pages.jsonl"]))
        )
        return 0
    if args.swap:
        swap = evaluate_swapped(args.gold)
        result, figures, report = swap.swapped, swap.as_dict(), format_swap(swap)
    else:
        result = evaluate(args.gold)
        figures, report = result.as_dict(), format_report(result)
    if args.json:
        if args.errors:
            figures["errors"] = [asdict(fault) for fault in result.faults]
        sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(report + ("\n" + format_faults(result.faults) if args.errors else ""))
    return 1 if result.failures else 0
