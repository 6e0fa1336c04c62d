"""Write all tables of some pages and compare them with those written before, where nothing should move.

Usage: python scripts/snapshot.py FOLDER PAGES... [--compare BEFORE]

PAGES are files or folders as for ``penghargaan run``, each a run of its own into a folder below FOLDER. With
``--compare`` the tables are held against those below BEFORE, row by row and cell by cell. Exit status 1 if a
cell differs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.run import Settings, run
from pipeline.tables.columns import TABLE_NAMES

#: Differing cells that are printed of each table.
_SHOWN = 12


def write(folder: Path, inputs: list[Path], workers: int | None) -> None:
    """Run every input with all tables into a folder of its own."""
    for number, pages in enumerate(inputs):
        target = folder / f"{number:02}-{pages.stem}"
        settings = Settings(
            inputs=(str(pages),),
            output=target,
            tables=TABLE_NAMES,
            format="jsonl",
            workers=workers,
            fresh=True,
            timeout=0,
        )
        run(settings)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _by_page(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a table by page; ``source`` says where the pages lay, not what is in them."""
    pages: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(path):
        pages.setdefault(row["doc_id"], []).append({k: v for k, v in row.items() if k != "source"})
    return pages


def _page_differences(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[str]:
    if len(before) != len(after):
        old, new = ([json.dumps(r, sort_keys=True) for r in rows] for rows in (before, after))
        yield from (f"gone: {row[:400]}" for row in old if row not in new)
        yield from (f"new: {row[:400]}" for row in new if row not in old)
        return
    for number, (old_row, new_row) in enumerate(zip(before, after, strict=True)):
        for key in dict.fromkeys([*old_row, *new_row]):
            if old_row.get(key) != new_row.get(key):
                yield f"row {number}, {key}: {old_row.get(key)!r:.200} -> {new_row.get(key)!r:.200}"


def compare(before: Path, after: Path) -> int:
    """Print what differs; returns the number of pages whose tables do."""
    changed = 0
    for path in sorted(before.glob("*/*.jsonl")):
        other = after / path.relative_to(before)
        name = str(path.relative_to(before))
        if not other.exists():
            continue
        if path.read_bytes() == other.read_bytes():
            print(f"same       {name}")
            continue
        old, new = _by_page(path), _by_page(other)
        found = Counter(dict.fromkeys(old.keys() | new.keys(), 0))
        told: list[str] = []
        for page in sorted(found):
            lines = list(_page_differences(old.get(page, []), new.get(page, [])))
            found[page] += len(lines)
            told += [f"  {page}: {line}" for line in lines]
        pages = sum(count > 0 for count in found.values())
        changed += pages
        print(f"{'different' if pages else 'same rows'}  {name}: {pages} pages, {len(told)} cells or rows")
        print("\n".join(told[:_SHOWN]), end="\n" if told else "")
    return changed


def main() -> int:
    """Write and compare; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("pages", type=Path, nargs="+")
    parser.add_argument("--compare", type=Path, metavar="BEFORE")
    parser.add_argument("--workers", type=int)
    arguments = parser.parse_args()
    write(arguments.folder, arguments.pages, arguments.workers)
    return 1 if arguments.compare and compare(arguments.compare, arguments.folder) else 0


if __name__ == "__main__":
    sys.exit(main())
