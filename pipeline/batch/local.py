"""Shards through the worker processes of this machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from pipeline.batch.folder import WorkFolder
from pipeline.batch.shards import Encoded, Shard, encode_read, shard_lines
from pipeline.batch.terminal import Progress
from pipeline.batch.workers import Job, Token
from pipeline.document import Page


class Pool(Protocol):
    """What processes pages: :class:`~pipeline.batch.workers.Workers`."""

    @property
    def wanted(self) -> int:
        """Number of pages that should be submitted now."""

    def submit(self, token: Token, page: Page) -> None:
        """Have a page processed."""

    def results(self) -> list[tuple[Token, Encoded]]:
        """Return what is done by now, waiting for at least one page where any is under way."""

    def close(self) -> None:
        """End all work."""


@dataclass(slots=True)
class _Open:
    """A shard under way."""

    key: str
    results: list[Encoded | None]
    left: int = field(default=0)


def process_shards(
    shards: Iterable[Shard], folder: WorkFolder, job: Job, pool: Pool, progress: Progress
) -> Iterator[str]:
    """Process shards and write each when it is complete; those finished before are passed over.

    Args:
        shards: In order; only so many are read ahead as keep the workers busy.
        folder: Where they are written.
        job: What the workers do.
        pool: The workers.
        progress: Told what happens.

    Returns:
        Keys of all shards, in order.
    """
    source = iter(shards)
    under_way: dict[int, _Open] = {}
    number = 0
    exhausted = False
    while True:
        while pool.wanted and not exhausted:
            shard = next(source, None)
            if shard is None:
                exhausted = True
                break
            yield shard.key
            header = folder.finished(shard.key, job.tables, job.timeout)
            if header:
                progress.skipped(header)
                continue
            under_way[number] = _Open(shard.key, [None] * len(shard.outcomes), len(shard.outcomes))
            _submit(shard, number, under_way, pool, progress)
            _write_complete(under_way, {number}, folder, job, progress)
            number += 1
        if exhausted and not under_way:
            return
        touched = set()
        for (at, index), result in pool.results():
            _put(under_way[at], index, result)
            progress.page(result)
            touched.add(at)
        _write_complete(under_way, touched, folder, job, progress)


def _submit(shard: Shard, number: int, under_way: dict[int, _Open], pool: Pool, progress: Progress) -> None:
    for index, outcome in enumerate(shard.outcomes):
        if isinstance(outcome, Page):
            pool.submit((number, index), outcome)
            continue
        result = encode_read(outcome)
        _put(under_way[number], index, result)
        if result.is_page:
            progress.page(result)


def _put(shard: _Open, index: int, result: Encoded) -> None:
    shard.results[index] = result
    shard.left -= 1


def _write_complete(
    under_way: dict[int, _Open], numbers: Iterable[int], folder: WorkFolder, job: Job, progress: Progress
) -> None:
    for number in numbers:
        shard = under_way[number]
        if not shard.left:
            results = [r for r in shard.results if r is not None]
            folder.write(shard.key, shard_lines(results, job.tables, job.timeout))
            del under_way[number]
            progress.finished(sum(r.is_page for r in results))
