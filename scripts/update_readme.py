"""Write into README.md what the code says itself: the output of `make run`, the columns, the scores.

Usage: python scripts/update_readme.py [--check]
"""

from __future__ import annotations

import argparse
import contextlib
import io
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipeline.cli import awards_text
from pipeline.consolidate import COLUMNS
from pipeline.evaluation.cli import main as evaluate
from pipeline.run import Settings, run
from pipeline.tables.columns import TABLES, Column

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_WIDTH = 110


def _fenced(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```"


def run_output() -> str:
    """Return what `make run` prints, without the time that it took."""
    with tempfile.TemporaryDirectory() as folder:
        summary = run(Settings(inputs=(str(ROOT / "seeds"),), output=Path(folder) / "out"))
    return _fenced("\n".join(awards_text(summary.awards, _WIDTH)))


def columns_table(columns: Sequence[Column]) -> str:
    """Return the columns of a table with their meaning."""
    rows = [f"| `{column.name}` | {column.doc} |" for column in columns]
    return "\n".join(["| column | meaning |", "|---|---|", *rows])


def own_columns() -> str:
    """Return the columns that the consolidated table has besides those of the awards."""
    known = {column.name: column.doc for column in TABLES["awards"]}
    return columns_table([column for column in COLUMNS if known.get(column.name) != column.doc])


def evaluate_output() -> str:
    """Return what `make evaluate` prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        evaluate([])
    return _fenced(printed.getvalue())


BLOCKS = {
    "output of make run": run_output,
    "columns of awards": lambda: columns_table(TABLES["awards"]),
    "columns of consolidated": own_columns,
    "output of make evaluate": evaluate_output,
}


def updated(text: str) -> str:
    """Return README's text with every block written anew."""
    for name, make in BLOCKS.items():
        block = re.compile(rf"(<!-- {name}: begin[^\n]*-->\n).*?(<!-- {name}: end -->)", re.DOTALL)
        if not block.search(text):
            sys.exit(f"README.md has no block {name!r}; put its begin and end comments back")
        content = make()
        text = block.sub(lambda m, content=content: f"{m[1]}\n{content}\n\n{m[2]}", text)
    return text


def main() -> int:
    """Update README.md; with --check only say whether it is up to date (exit status 1: it is not)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only fail if README.md is out of date")
    check = parser.parse_args().check
    before = README.read_text("utf-8")
    after = updated(before)
    if check and after != before:
        sys.stderr.write("README.md is out of date: run `make readme`\n")
        return 1
    if not check:
        README.write_text(after, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
