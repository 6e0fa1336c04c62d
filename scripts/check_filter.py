"""Check that the filter of awards-only runs loses no record, and measure what it saves.

Usage: python scripts/check_filter.py PAGES...

PAGES are files or folders as for ``penghargaan run``. Every page is processed with the filter and without it;
the awards have to be the same. Exit status 1 if a record differs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from pipeline.document import Page
from pipeline.flow import process
from pipeline.readers import read_pages


def main() -> int:
    """Run the check; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("pages", nargs="+")
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    for page in read_pages(arguments.pages):
        if not isinstance(page, Page):
            continue
        found = {}
        for only_awards in (False, True):
            before = time.process_time()
            found[only_awards] = process(page, only_awards=only_awards)
            seconds["filter" if only_awards else "plain"] += time.process_time() - before
        counts["pages"] += 1
        counts["with awards"] += bool(found[False].awards)
        counts["records"] += len(found[False].awards)
        counts["passed over"] += found[True].passed_over
        if found[False].awards != found[True].awards:
            counts["different"] += 1
            print(f"different: {page.doc_id}")
    print(", ".join(f"{number:,} {name}" for name, number in counts.items()))
    print(
        f"processor seconds: {seconds['plain']:.1f} without the filter, {seconds['filter']:.1f} with it,"
        f" {seconds['plain'] / max(seconds['filter'], 1e-9):.1f} times as fast"
    )
    return 1 if counts["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
