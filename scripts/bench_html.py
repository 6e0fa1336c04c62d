"""Main text of HTML pages: quality and speed beside trafilatura, in one run on one core.

    python scripts/bench_html.py HTML_GOLD.jsonl

The gold has ``file`` (relative to it) and ``text``, the article's text. trafilatura is compared where it is
installed (the extra ``bench`` has it); the project does not need it.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from pipeline.boilerplate import to_article
from pipeline.document import Page

_ROUNDS = 3


def ours(source: str) -> str:
    """Return the body of a page."""
    article = to_article(Page("page", "page", source, "html"))
    return "\n".join(article.text[s.start : s.end] for s in article.segments if s.kind == "body")


def extractors() -> dict[str, Callable[[str], str]]:
    """Return what to compare."""
    found: dict[str, Callable[[str], str]] = {"penghargaan": ours}
    try:
        import trafilatura
    except ImportError:
        return found
    found["trafilatura, default"] = lambda source: trafilatura.extract(source) or ""
    found["trafilatura, fast"] = lambda source: trafilatura.extract(source, fast=True) or ""
    found["trafilatura, favor_precision"] = lambda source: (
        trafilatura.extract(source, favor_precision=True) or ""
    )
    return found


def f1(text: str, gold: str) -> float:
    """Return F1 of the bags of lower-case tokens."""
    got, wanted = (Counter(re.findall(r"\w+", t.lower())) for t in (text, gold))
    return 2 * (got & wanted).total() / max(1, got.total() + wanted.total())


def main() -> int:
    """Print a line for each extractor."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    gold = parser.parse_args().gold
    records = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    sources = [(gold.parent / r["file"]).read_text("utf-8", "replace") for r in records]
    for name, extract in extractors().items():
        texts = [extract(source) for source in sources]
        scores = [f1(text, record["text"]) for text, record in zip(texts, records, strict=True)]
        seconds = []
        for _ in range(_ROUNDS):
            started = time.process_time()
            for source in sources:
                extract(source)
            seconds.append(time.process_time() - started)
        mean, speed = sum(scores) / len(scores), len(sources) / min(seconds)
        print(f"{name:<30} F1 {mean:.4f}  lowest {min(scores):.4f}  {speed:6.1f} pages/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
