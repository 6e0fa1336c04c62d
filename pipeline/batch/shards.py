"""Shards: which pages make one, what its key depends on, and the file that holds its results.

Where a shard ends is decided by the ids of its pages, not by counting from the start: a page that is added,
changed or taken away changes the shard that it lies in and leaves the others as they were.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from pipeline.document import Page
from pipeline.page_rows import PageRows
from pipeline.readers import PageFailure
from pipeline.readers.failures import SourceReport
from pipeline.readers.reader import Source
from pipeline.readers.registry import reader_of

Outcome = Page | PageFailure | SourceReport

#: One page in so many ends a shard, so that this is the mean number of pages in one.
MEAN_PAGES = 128
#: No shard holds more pages, or (but for one long page) more characters.
MAX_PAGES = 256
MAX_CHARS = 1_000_000


def _ends_shard(doc_id: str) -> bool:
    return zlib.crc32(doc_id.encode("utf-8", "surrogatepass")) % MEAN_PAGES == 0


def groups(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """Put sources together that may share shards; a group can be read by itself, on any machine.

    Args:
        sources: In order.
    """
    group: list[Source] = []
    for source in sources:
        # a file of many pages is a shard of its own, as is standard input
        if source.format == "stdin" or not reader_of(source.format).one_page:
            if group:
                yield group
            yield [source]
            group = []
            continue
        group.append(source)
        if len(group) == MAX_PAGES or _ends_shard(source.doc_id):
            yield group
            group = []
    if group:
        yield group


@dataclass(frozen=True, slots=True)
class Shard:
    """A run of pages that are worked on, written and skipped together.

    Args:
        key: Hash of the pages and of what else their results depend on: 32 hex digits.
        outcomes: The pages, failures of the reader in their places, and its reports.
    """

    key: str
    outcomes: tuple[Outcome, ...]


def _fields(outcome: Outcome) -> Iterator[str]:
    if isinstance(outcome, PageFailure):
        yield from ("failure", outcome.doc_id, outcome.source, outcome.reason, outcome.message)
    elif isinstance(outcome, SourceReport):
        yield from ("report", outcome.source, str(outcome.pages))
        for reason, number in sorted(outcome.left_out.items()):
            yield from (reason, str(number))
    else:
        yield from (outcome.kind, outcome.doc_id, outcome.source, outcome.content)
        for item in sorted(outcome.metadata.items()):
            yield from item


def shard_key(outcomes: Iterable[Outcome], salt: str) -> str:
    """Return the key of a shard.

    Args:
        outcomes: Its pages.
        salt: What the results depend on beside the pages (:func:`~pipeline.batch.fingerprint.fingerprint`).
    """
    digest = hashlib.blake2b(salt.encode(), digest_size=16)
    for outcome in outcomes:
        digest.update(b"\x1e")
        for text in _fields(outcome):
            data = text.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "little"))
            digest.update(data)
    return digest.hexdigest()


def cut(outcomes: Iterable[Outcome], salt: str) -> Iterator[Shard]:
    """Cut the pages of one group into shards.

    Args:
        outcomes: Pages in order.
        salt: As in :func:`shard_key`.
    """
    pages: list[Outcome] = []
    chars = 0
    for outcome in outcomes:
        pages.append(outcome)
        chars += len(outcome.content) if isinstance(outcome, Page) else 0
        if len(pages) == MAX_PAGES or chars >= MAX_CHARS or _ends_shard(outcome.doc_id):
            yield Shard(shard_key(pages, salt), tuple(pages))
            pages, chars = [], 0
    if pages:
        yield Shard(shard_key(pages, salt), tuple(pages))


@dataclass(frozen=True, slots=True)
class Encoded:
    """The results of one page as a shard's file holds them; small to send, quick to write.

    Args:
        doc_id: The page's id.
        head: What is told of the page, as JSON.
        body: Its rows by table, as JSON.
        awards: Number of award rows.
        failure: Reason of its failure, or empty.
        seconds: Time it took.
        is_page: Whether it is a page; else the report of a file.
    """

    doc_id: str
    head: bytes
    body: bytes
    awards: int = 0
    failure: str = ""
    seconds: float = 0.0
    is_page: bool = True


def _dump(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def encode(result: PageRows, *, stage: str) -> Encoded:
    """Return the results of a page as a shard's file holds them.

    Args:
        result: The results.
        stage: Where a failure came from: ``read`` or ``process``.
    """
    failure = result.failure
    head = {
        "digest": result.digest.hex(),
        "counts": result.counts,
        "seconds": {name: round(spent, 6) for name, spent in result.seconds.items()},
    }
    if failure:
        head = {"failure": [failure.source, failure.reason, failure.message], "stage": stage}
    return Encoded(
        result.doc_id,
        _dump(head),
        _dump(result.rows),
        len(result.rows.get("awards", ())),
        failure.reason if failure else "",
        sum(result.seconds.values()),
    )


def encode_read(outcome: PageFailure | SourceReport) -> Encoded:
    """Return what a reader tells in the place of a page as a shard's file holds it."""
    if isinstance(outcome, PageFailure):
        return encode(PageRows(outcome.doc_id, failure=outcome), stage="read")
    head = {"report": {"source": outcome.source, "pages": outcome.pages, "left_out": dict(outcome.left_out)}}
    return Encoded(outcome.doc_id, _dump(head), _dump({}), is_page=False)


@dataclass(frozen=True, slots=True)
class Header:
    """What a shard's file says about itself.

    Args:
        tables: Tables that it has the rows of.
        timeout: Limit under which it was made, in seconds; 0 for none.
        slowest: Longest time that one of its pages took, in seconds.
        timed_out: Number of pages given up at the limit.
        pages: Number of pages.
        awards: Number of award rows.
        failed: Number of pages that failed.
        first: Least id of its pages.
        last: Greatest id of its pages.
    """

    tables: tuple[str, ...]
    timeout: float
    slowest: float = 0.0
    timed_out: int = 0
    pages: int = 0
    awards: int = 0
    failed: int = 0
    first: str = ""
    last: str = ""

    def serves(self, tables: Iterable[str], timeout: float) -> bool:
        """Whether the shard is what a run with these tables and this limit would write."""
        in_time = self.timeout == timeout if self.timed_out else not timeout or self.slowest <= timeout
        return in_time and set(tables) <= set(self.tables)


def shard_lines(results: Sequence[Encoded], tables: Sequence[str], timeout: float) -> Iterator[bytes]:
    """Yield the lines of a shard's file: header, then two lines a page, sorted by id.

    Args:
        results: In the order of the pages.
        tables: Tables that they have the rows of.
        timeout: Limit under which they were made, in seconds.
    """
    ordered = sorted(enumerate(results), key=lambda item: (item[1].doc_id, item[0]))
    header = {
        "tables": list(tables),
        "timeout": timeout,
        "slowest": max((r.seconds for r in results), default=0.0),
        "timed_out": sum(r.failure == "timeout" for r in results),
        "pages": sum(r.is_page for r in results),
        "awards": sum(r.awards for r in results),
        "failed": sum(bool(r.failure) for r in results),
        "first": ordered[0][1].doc_id,
        "last": ordered[-1][1].doc_id,
    }
    yield _dump(header) + b"\n"
    for index, result in ordered:
        yield _dump([result.doc_id, index]) + b"\t" + result.head + b"\n"
        yield result.body + b"\n"


def parse_header(line: bytes) -> Header:
    """Return the header that the first line of a shard's file holds."""
    row = json.loads(line)
    return Header(**{**row, "tables": tuple(row["tables"])})


def read_header(path: Path) -> Header | None:
    """Return the header of a shard's file, ``None`` if it cannot be read."""
    try:
        with path.open("rb") as file:
            return parse_header(file.readline())
    except (OSError, ValueError, TypeError, KeyError):
        return None


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page in a shard's file.

    Args:
        doc_id: Its id.
        index: Its number among the pages of the shard.
        head: What is told of it.
        body: Its rows by table, still as JSON.
    """

    doc_id: str
    index: int
    head: Mapping[str, Any] = field(compare=False)
    body: bytes = field(compare=False)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return the page's rows by table."""
        rows: dict[str, list[dict[str, Any]]] = json.loads(self.body)
        return rows


def read_entries(file: IO[bytes]) -> Iterator[PageEntry]:
    """Yield the pages of an open shard's file, one in memory at a time."""
    file.readline()
    while line := file.readline():
        name, _, head = line.partition(b"\t")
        doc_id, index = json.loads(name)
        yield PageEntry(doc_id, index, json.loads(head), file.readline())
