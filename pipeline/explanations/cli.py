"""The ``explain`` command: why a page gives the records that it gives, and no others."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pipeline.arguments import add_rules
from pipeline.document import Page
from pipeline.errors import PageError, UsageError
from pipeline.explanations.explanation import explain_page
from pipeline.flow import use_rules
from pipeline.readers import PageFailure, read_pages


def parser() -> argparse.ArgumentParser:
    """Return the command's parser."""
    p = argparse.ArgumentParser(
        prog="penghargaan explain",
        description="Tell what the stages found on a page and decided: mentions, rules, candidates, slots.",
        epilog="Exit status: 0 done, 1 the page cannot be read, 2 wrong usage.",
    )
    p.add_argument("input", metavar="PAGE", help="file with the page")
    p.add_argument("--page", metavar="ID", help="id of the page, where the file holds several")
    one = p.add_mutually_exclusive_group()
    one.add_argument("--record", metavar="ID", help="one record only; the beginning of its id is enough")
    one.add_argument("--sentence", type=int, metavar="N", help="one sentence only, counted from 0")
    add_rules(p)
    return p


def _page(path: str, doc_id: str | None) -> Page:
    """Return the page of a file.

    Raises:
        PageError: If it cannot be read.
        UsageError: If there are several and none is named, or none has the id.
    """
    first: list[str] = []
    found: Page | PageFailure | None = None
    for page in read_pages([path]):
        if doc_id is None or page.doc_id == doc_id:
            found = found or page
        first.append(page.doc_id)
    if found is None or (doc_id is None and len(first) > 1):
        shown = ", ".join(first[:5]) + (", ..." if len(first) > 5 else "")
        what = f"has no page {doc_id!r}" if doc_id else f"holds {len(first)} pages"
        raise UsageError(f"{path} {what}; name one of them with --page: {shown}")
    if isinstance(found, PageFailure):
        raise PageError(found.reason, found.message)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: Options, without the command's name; the process's own by default.

    Returns:
        Exit status 0.

    Raises:
        PageError: If the page cannot be read or processed.
        UsageError: If a page, record or sentence does not exist.
    """
    given = parser().parse_args(arguments)
    use_rules(given.rules)
    told = explain_page(_page(given.input, given.page))
    if given.record is not None:
        told = told.of_record(given.record)
    if given.sentence is not None:
        told = told.of_sentence(given.sentence)
    sys.stdout.write(f"{told}\n")
    return 0
