"""Finished shards to one stream of pages, sorted by id, in memory that does not depend on their number.

Shards of a folder lie side by side, those of a crawl overlap. Only as many files are open as overlap at one
place; where that is too many, some are merged into longer runs first, as an external sort does. Pages that
share an id, and pages that share a text, are told apart on disk as well.
"""

from __future__ import annotations

import heapq
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.batch.folder import WorkFolder, written
from pipeline.batch.shards import PageEntry, read_entries, read_header

#: Shards that are open at the same time.
_MOST_OPEN = 128
_BUFFER = 1 << 14

#: Where a page stood in the input: number of its shard, number in it.
Place = tuple[int, int]
_Item = tuple[str, Place, PageEntry]


@dataclass(frozen=True, slots=True, order=True)
class _Run:
    """A file of sorted pages.

    Args:
        first: Least id in it.
        last: Greatest id in it.
        number: Of the shard in the order of the input.
        path: The file.
        merged: Whether it was made here, of several shards.
    """

    first: str
    last: str
    number: int
    path: Path
    merged: bool = False


def _open(run: _Run) -> Iterator[_Item]:
    with run.path.open("rb", buffering=_BUFFER) as file:
        for entry in read_entries(file):
            # a merged run keeps where each of its pages comes from
            place = tuple(entry.head["place"]) if run.merged else (run.number, entry.index)
            yield entry.doc_id, place, entry


def _merged(runs: Iterable[_Run]) -> Iterator[_Item]:
    """Merge runs, each opened when the turn of its first page comes."""
    waiting = sorted(runs, reverse=True)
    heap: list[tuple[str, Place, PageEntry, Iterator[_Item]]] = []
    while waiting or heap:
        while waiting and (not heap or waiting[-1].first <= heap[0][0]):
            items = _open(waiting.pop())
            if item := next(items, None):
                heapq.heappush(heap, (*item, items))
        if not heap:
            return
        doc_id, place, entry, items = heap[0]
        if item := next(items, None):
            heapq.heapreplace(heap, (*item, items))
        else:
            heapq.heappop(heap)
        yield doc_id, place, entry


def _overlap(runs: Sequence[_Run]) -> int:
    """Return how many of the runs, sorted, have to be open at the same time."""
    lasts: list[str] = []
    most = 0
    for run in runs:
        while lasts and lasts[0] < run.first:
            heapq.heappop(lasts)
        heapq.heappush(lasts, run.last)
        most = max(most, len(lasts))
    return most


def _run_lines(items: Iterable[_Item]) -> Iterator[bytes]:
    yield b"{}\n"
    for doc_id, place, entry in items:
        name = json.dumps([doc_id, entry.index], separators=(",", ":")).encode("ascii")
        head = json.dumps({**entry.head, "place": place}, separators=(",", ":")).encode("ascii")
        yield name + b"\t" + head + b"\n"
        yield entry.body


def _fewer(runs: list[_Run], folder: WorkFolder, most: int) -> list[_Run]:
    """Merge runs, several into one, until so few overlap that all can be open."""
    runs = sorted(runs)
    made = 0
    while _overlap(runs) > most:
        longer = []
        for at in range(0, len(runs), most):
            part = runs[at : at + most]
            path = folder.runs() / f"{made}"
            made += 1
            written(path, _run_lines(_merged(part)))
            longer.append(_Run(part[0].first, max(r.last for r in part), part[0].number, path, merged=True))
            for run in part:
                if run.merged:
                    run.path.unlink()
        runs = sorted(longer)
    return runs


class _Clashes:
    """Pages whose id another one has: they wait, on disk, until their new id's turn comes."""

    def __init__(self) -> None:
        self._table = sqlite3.connect("")
        self._table.execute(
            "CREATE TABLE pages (id TEXT, shard INTEGER, number INTEGER, base TEXT, old TEXT, head BLOB,"
            " body BLOB, PRIMARY KEY (id, shard, number)) WITHOUT ROWID"
        )
        self._table.execute("CREATE TABLE numbers (base TEXT PRIMARY KEY, last INTEGER) WITHOUT ROWID")
        self._next: str | None = None

    def put(self, base: str, place: Place, entry: PageEntry) -> None:
        """Give a page the next number of its id: ``id#2``, ``id#3`` ..."""
        self._table.execute(
            "INSERT INTO numbers VALUES (?, 2) ON CONFLICT (base) DO UPDATE SET last = last + 1", (base,)
        )
        number = self._table.execute("SELECT last FROM numbers WHERE base = ?", (base,)).fetchone()[0]
        row = (f"{base}#{number}", *place, base, entry.doc_id, json.dumps(entry.head), entry.body)
        self._table.execute("INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        self._next = min(row[0], self._next) if self._next is not None else row[0]

    @property
    def next(self) -> str | None:
        """Least id of the pages that wait."""
        return self._next

    def take(self) -> list[tuple[Place, str, PageEntry]]:
        """Return the pages of the least id with the id that they had before their number."""
        rows = self._table.execute(
            "SELECT shard, number, base, old, head, body FROM pages WHERE id = ?", (self._next,)
        ).fetchall()
        self._table.execute("DELETE FROM pages WHERE id = ?", (self._next,))
        self._next = self._table.execute("SELECT min(id) FROM pages").fetchone()[0]
        return [
            ((shard, number), base, PageEntry(old, number, json.loads(head), body))
            for shard, number, base, old, head, body in rows
        ]


def _unique(items: Iterator[_Item]) -> Iterator[tuple[str, PageEntry]]:
    """Number repeated ids in the order of the input, and keep the pages sorted."""
    clashes = _Clashes()
    item = next(items, None)
    while item or clashes.next is not None:
        doc_id = min(name for name in (item[0] if item else None, clashes.next) if name is not None)
        same = clashes.take() if clashes.next == doc_id else []
        while item and item[0] == doc_id:
            same.append((item[1], doc_id, item[2]))
            item = next(items, None)
            if len(same) > 1:
                # one may keep the id: whichever came first in the input
                same.sort(key=lambda page: page[0])
                place, base, entry = same.pop()
                clashes.put(base, place, entry)
        same.sort(key=lambda page: page[0])
        for place, base, entry in same[1:]:
            clashes.put(base, place, entry)
        yield doc_id, same[0][2]


class Originals:
    """The first page of each text, by the text's digest."""

    def __init__(self) -> None:
        self._table = sqlite3.connect("")
        self._table.execute("CREATE TABLE texts (digest BLOB PRIMARY KEY, id TEXT) WITHOUT ROWID")

    def of(self, digest: str, doc_id: str) -> str | None:
        """Return the id of the page that had the text before, ``None`` if this is the first.

        Args:
            digest: Digest of the text in hexadecimal; empty for none.
            doc_id: The page's id.
        """
        if not digest:
            return None
        row = (bytes.fromhex(digest), doc_id)
        if self._table.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", row).rowcount:
            return None
        return str(self._table.execute("SELECT id FROM texts WHERE digest = ?", row[:1]).fetchone()[0])


def merged_pages(
    keys: Sequence[str], folder: WorkFolder, most_open: int = _MOST_OPEN
) -> Iterator[tuple[str, PageEntry]]:
    """Yield all pages of the shards, sorted by id, each under an id of its own.

    Args:
        keys: Keys of the shards in the order of the input.
        folder: Where they lie.
        most_open: Files that may be open at the same time.

    Returns:
        Ids with what the shards tell of the page; where the id differs from the entry's, another page had it
        before.
    """
    runs = []
    for number, key in enumerate(keys):
        path = folder.shard(key)
        header = read_header(path)
        if header is None:
            raise FileNotFoundError(f"the shard {path} is gone; run the same command again")
        runs.append(_Run(header.first, header.last, number, path))
    yield from _unique(_merged(_fewer(runs, folder, most_open)))


def renamed(rows: dict[str, list[dict[str, Any]]], doc_id: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a page under another id: what they would be had the page had it from the start."""
    from pipeline.awards.records import row_id

    for table, found in rows.items():
        for row in found:
            row["doc_id"] = doc_id
            if "record_id" in row:
                row["record_id"] = row_id(row)
        if found and "record_id" in found[0]:
            rows[table] = sorted(found, key=lambda row: (row["start"], row["end"], row["record_id"]))
    return rows
