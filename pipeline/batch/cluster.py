"""Shards through a Ray cluster, by Ray Data: the same shards, so that a run may even change over half way.

Groups of files are read where there is room, cut into shards there, and worked on by actors that load the
models once. What they find comes back to the driver, which alone writes to the output folder; no other
machine needs to reach it. A node that is lost costs what was under way on it, which Ray has done again
elsewhere.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from pipeline.batch.fingerprint import fingerprint
from pipeline.batch.folder import WorkFolder
from pipeline.batch.shards import Encoded, Shard, cut, encode_read, parse_header, shard_lines
from pipeline.batch.terminal import Progress
from pipeline.batch.workers import Job, Workers
from pipeline.document import Page
from pipeline.errors import PenghargaanError, UsageError
from pipeline.lexicon import use_packs
from pipeline.readers import ReadOptions
from pipeline.readers.files import read_source
from pipeline.readers.reader import Source

#: Share of a core that a task needs that reads files; it waits for the disk or the network most of the time.
_READER_CORES = 0.25


def check_available() -> None:
    """Raise :class:`UsageError` where Ray is not installed."""
    if not find_spec("ray"):
        raise UsageError("--cluster ray needs Ray: pip install 'penghargaan[cluster]'")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads groups of files, on any node."""

    options: ReadOptions
    salt: str
    finished: frozenset[str]
    rules: tuple[str, ...]

    def __call__(self, batch: dict[str, Any]) -> Iterator[dict[str, Any]]:
        use_packs(self.rules)  # they may name fields of records
        for number, data in zip(batch["number"], batch["sources"], strict=True):
            sources: list[Source] = pickle.loads(data)  # noqa: S301 (ours, through Ray from the driver)
            outcomes = (outcome for source in sources for outcome in read_source(source, self.options))
            for index, shard in enumerate(cut(outcomes, self.salt)):
                # what is finished needs no more than its place among the shards
                pages = b"" if shard.key in self.finished else pickle.dumps(shard)
                yield {"number": [number], "index": [index], "key": [shard.key], "data": [pages]}


class _Worker:
    """Works on shards, on any node: an actor with a process of its own, which a page may kill.

    Args:
        job: What to do with a page.
        salt: What the driver's results depend on; those of this node have to be the same.
    """

    def __init__(self, job: Job, salt: str) -> None:
        use_packs(job.rules)
        if fingerprint(job.engine) != salt:
            raise PenghargaanError(
                "a node of the cluster has another version of penghargaan, or of what it needs, than the"
                " driver; install the same on all"
            )
        self._job = job
        self._workers = Workers(1, job)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        data = [self._process(pickle.loads(d)) if d else b"" for d in batch["data"]]  # noqa: S301 (ours)
        return {"number": batch["number"], "index": batch["index"], "key": batch["key"], "data": data}

    def _process(self, shard: Shard) -> bytes:
        results: dict[int, Encoded] = {}
        for index, outcome in enumerate(shard.outcomes):
            if isinstance(outcome, Page):
                self._workers.submit((0, index), outcome)
            else:
                results[index] = encode_read(outcome)
        while len(results) < len(shard.outcomes):
            results.update({index: result for (_, index), result in self._workers.results()})
        ordered = [results[index] for index in range(len(shard.outcomes))]
        return b"".join(shard_lines(ordered, self._job.tables, self._job.timeout))


def _somewhere(source: Source) -> Source:
    """Return a source that means the same from any working directory."""
    return source if source.url else replace(source, path=source.path.resolve())


def process_on_ray(
    groups: Iterable[list[Source]],
    options: ReadOptions,
    salt: str,
    folder: WorkFolder,
    job: Job,
    progress: Progress,
    *,
    address: str | None = None,
    workers: int | None = None,
) -> list[str]:
    """Process groups of files on a Ray cluster and write their shards.

    Args:
        groups: Groups of files, see :func:`~pipeline.batch.shards.groups`; every node has to reach them.
        options: How to read them.
        salt: As in :func:`~pipeline.batch.shards.shard_key`.
        folder: Where the shards are written.
        job: What to do with a page.
        progress: Told what happens.
        address: Of the cluster; by default the one that this process belongs to, else a new one here.
        workers: Number of actors at most; by default one a core of the cluster.

    Returns:
        Keys of all shards, in the order of the input.

    Raises:
        PenghargaanError: If the fault is no page's.
    """
    ray: Any = import_module("ray")
    data: Any = import_module("ray.data")
    started_here = not ray.is_initialized()
    if started_here:
        ray.init(address=address, log_to_driver=False, configure_logging=False)
    try:
        context = data.DataContext.get_current()
        context.enable_progress_bars = False
        cores = int(ray.cluster_resources().get("CPU", 1))
        items = [
            {"number": number, "sources": pickle.dumps([_somewhere(s) for s in group])}
            for number, group in enumerate(groups)
        ]
        if not items:
            return []
        known = folder.all_finished(job.tables, job.timeout)
        reader = _Reader(replace(options, meter=None), salt, frozenset(known), job.rules)
        results = (
            data.from_items(items, override_num_blocks=len(items))
            .map_batches(reader, batch_size=1, num_cpus=_READER_CORES)
            .map_batches(
                _Worker,
                fn_constructor_args=(job, salt),
                batch_size=1,
                num_cpus=1,
                concurrency=(1, workers or cores),
            )
        )
        places: dict[tuple[int, int], str] = {}
        for row in results.iter_rows():
            key, lines = str(row["key"]), bytes(row["data"])
            place = int(row["number"]), int(row["index"])
            if place in places:
                continue  # a task that was done again after a node was lost
            places[place] = key
            if lines:
                folder.write(key, [lines])
                progress.arrived(parse_header(lines.partition(b"\n")[0]))
            else:
                progress.skipped(known[key])
        return [places[place] for place in sorted(places)]
    except ray.exceptions.RayError as error:
        raise PenghargaanError(f"the cluster gave up: {error}; what is done is kept, run it again") from error
    finally:
        if started_here:
            ray.shutdown()
