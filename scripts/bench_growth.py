"""Measure how the time of each stage grows with the length of one page, up to 1 MB.

Usage: python scripts/bench_growth.py PAGES [--longest 1000000] [--json]

PAGES are inputs of ``penghargaan run``. The bodies of their articles are strung together to pages of an
eighth, a quarter, a half and the whole of the greatest length, in characters; every page passes all stages
once, after one that is not counted. Reported are the seconds of each stage and by how much they grow when the
length doubles: 2.0 is linear.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from itertools import cycle, pairwise

from pipeline.boilerplate import to_article
from pipeline.document import Page
from pipeline.flow import process
from pipeline.readers import read_pages

_PARTS = (8, 4, 2, 1)


def body(page: Page) -> str:
    """Return the body of a page's article: menus and links in the middle of a long page would end it."""
    article = to_article(page)
    return "\n".join(article.text[s.start : s.end] for s in article.segments if s.kind == "body")


def long_text(texts: Sequence[str], length: int) -> str:
    """Return a text of so many characters: the given ones one after the other, again and again."""
    parts: list[str] = []
    total = 0
    for text in cycle(texts):
        parts.append(text)
        total += len(text) + 2
        if total >= length:
            return "\n\n".join(parts)[:length]
    raise ValueError("no texts")


def measure(texts: Sequence[str], longest: int) -> list[dict[str, float]]:
    """Return the seconds of each stage for each length, shortest first.

    Args:
        texts: Texts of real pages.
        longest: Greatest length, in characters.
    """
    process(Page("warm", "warm", long_text(texts, longest // 32)))
    rows = []
    for part in _PARTS:
        text = long_text(texts, longest // part)
        result = process(Page("page", "page", text))
        rows.append({"characters": len(text), "records": len(result.awards), **result.seconds})
    return rows


def main() -> int:
    """Run the benchmark; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("inputs", nargs="+", metavar="PAGES")
    parser.add_argument("--longest", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    texts = [body(page) for page in read_pages(arguments.inputs) if isinstance(page, Page)]
    if not any(texts):
        parser.error("no pages in " + ", ".join(arguments.inputs))
    rows = measure(texts, arguments.longest)
    if arguments.json:
        json.dump(rows, sys.stdout, indent=1)
        return 0
    stages = [name for name in rows[-1] if name not in {"characters", "records"}]
    print(f"{'characters':>12}{'records':>9}" + "".join(f"{name:>13}" for name in stages))
    for row in rows:
        seconds = "".join(f"{row[name]:>12.2f}s" for name in stages)
        print(f"{row['characters']:>12,.0f}{row['records']:>9.0f}{seconds}")
    for shorter, longer in pairwise(rows):
        growth = "".join(f"{longer[name] / max(shorter[name], 1e-9):>13.2f}" for name in stages)
        print(f"{'x 2':>12}{'':>9}{growth}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
