"""Worker processes that isolate the page at fault.

Each worker gets a few pages at a time and answers them one by one, so that it is always known which page it
is at. A worker that dies costs that page a second try and then its place in the tables; one that does not
answer in time, not even to the signal that ends slow Python code, is killed, and its page reported. The
others go on.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from threading import Thread

from pipeline.batch.shards import Encoded, encode
from pipeline.document import Page
from pipeline.errors import PenghargaanError
from pipeline.lexicon import use_packs
from pipeline.page_rows import PageRows, Work, prepare_engine, process_page
from pipeline.readers import PageFailure
from pipeline.sentences.engines import check_engine

#: A worker more is started for so many pages that wait: a few pages do not pay for many processes.
_PAGES_A_WORKER = 16
#: Pages and characters that a worker is given at a time.
_CHUNK_PAGES = 32
_CHUNK_CHARS = 200_000
#: A worker that has no more than so many pages left is given the next ones, lest it wait for them.
_LEFT = 4
#: A worker that stopped to answer is killed so many seconds after the page's limit.
_GRACE = 5.0
#: After so many workers in a row that die before their first page the fault is not a page's.
_FAILED_STARTS = 3
#: Libraries of numeric code start a thread for each core, in every worker; they obey these.
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "ARROW_NUM_THREADS",
    "RAYON_NUM_THREADS",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What the workers do with a page.

    Args:
        engine: Name of the engine; each worker loads its own.
        tables: Tables to make rows for.
        timeout: Longest time for a page, in seconds; 0 for none.
        work: Function that processes a page, importable in the workers.
        rules: Folders of rule packs; each worker adds their rows to its tables.
        prepare: Function that loads what ``work`` needs, called once a worker with the engine's name.
        grace: Seconds beyond the limit after which a worker is killed.
    """

    engine: str
    tables: tuple[str, ...]
    timeout: float
    rules: tuple[str, ...] = ()
    work: Work = process_page
    prepare: Callable[[str], object] = prepare_engine
    grace: float = _GRACE

    def check(self) -> None:
        """Raise :class:`UsageError` where the engine is unknown or not installed."""
        check_engine(self.engine)

    def __call__(self, page: Page) -> Encoded:
        """Process a page and return its results as a shard holds them."""
        return encode(self.work(page, self.engine, self.tables, self.timeout), stage="process")


def failed(page: Page, reason: str, message: str) -> Encoded:
    """Return the results of a page that could not be processed."""
    failure = PageFailure(page.doc_id, page.source, reason, message)
    return encode(PageRows(page.doc_id, failure=failure), stage="process")


def _serve(connection: Connection, job: Job) -> None:
    """Answer pages until the other side closes: the life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            use_packs(job.rules)
            job.prepare(job.engine)
            connection.send(None)
            for page in _pages(connection):
                connection.send(job(page))
        except PenghargaanError as error:  # no page's fault: every page would fail
            connection.send(error)


def _pages(connection: Connection) -> Iterator[Page]:
    """Yield the pages that the other side sends, until it closes.

    They are read as they come, by a thread: the other side would else wait to send pages to a worker that
    waits to send results.
    """
    waiting: SimpleQueue[list[Page] | None] = SimpleQueue()

    def read() -> None:
        with suppress(EOFError, OSError):
            while True:
                waiting.put(connection.recv())
        waiting.put(None)

    Thread(target=read, daemon=True).start()
    while chunk := waiting.get():
        yield from chunk


@contextmanager
def _threads(count: int) -> Iterator[None]:
    """Cap the threads of processes started inside; what the user set himself stays."""
    unset = [name for name in _THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(unset, str(count)))
    try:
        yield
    finally:
        for name in unset:
            del os.environ[name]


#: What a page is known by: number of its shard, number in it.
Token = tuple[int, int]
Task = tuple[Token, Page]


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    ready: bool = False
    tasks: deque[Task] = field(default_factory=deque)
    since: float = 0.0  # when it began with the first of its tasks


class Workers:
    """Worker processes, started when there is work for them.

    Args:
        count: Number of processes at most.
        job: What they do.
    """

    def __init__(self, count: int, job: Job) -> None:
        self._count, self._job = count, job
        self._workers: list[_Worker] = []
        self._waiting: deque[Task] = deque()
        self._again: set[Token] = set()  # tokens of pages whose worker died once
        self._failed_starts = 0
        self._threads = max(1, (os.cpu_count() or 1) // count)

    @property
    def wanted(self) -> int:
        """Number of pages that should be submitted now to keep all workers busy."""
        return max(0, 2 * _CHUNK_PAGES * self._count - len(self._waiting))

    def submit(self, token: Token, page: Page) -> None:
        """Have a page processed.

        Args:
            token: Returned with its results.
            page: The page.
        """
        self._waiting.append((token, page))

    def results(self) -> list[tuple[Token, Encoded]]:
        """Return what is done by now, waiting for at least one page where any is under way.

        Raises:
            PenghargaanError: If the fault is no page's.
        """
        done: list[tuple[Token, Encoded]] = []
        while not done and (self._waiting or any(w.tasks for w in self._workers)):
            self._hand_out()
            by_connection = {w.connection: w for w in self._workers}
            for ready in wait(list(by_connection), timeout=self._patience()):
                worker = by_connection[ready]  # type: ignore[index]
                done += self._answers(worker)
            done += self._overdue()
        self._hand_out()
        return done

    def close(self) -> None:
        """End all workers at once."""
        for worker in self._workers:
            self._end(worker)
        self._workers.clear()

    def _start(self) -> None:
        context = get_context("spawn")  # no lock of a library is inherited half held
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._job), daemon=True)
        with _threads(self._threads):
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))

    def _hand_out(self) -> None:
        useful = min(self._count, -(-len(self._waiting) // _PAGES_A_WORKER))
        while len(self._workers) < useful:
            self._start()
        for worker in self._workers:
            if worker.ready and len(worker.tasks) <= _LEFT and self._waiting:
                chunk = self._chunk()
                if not worker.tasks:
                    worker.since = time.monotonic()
                worker.tasks.extend(chunk)
                with suppress(BrokenPipeError, ConnectionResetError):  # its end shows when it is waited for
                    worker.connection.send([page for _, page in chunk])

    def _chunk(self) -> list[Task]:
        share = max(1, len(self._waiting) // (2 * self._count))
        chunk = [self._waiting.popleft()]
        chars = len(chunk[0][1].content)
        while self._waiting and len(chunk) < min(share, _CHUNK_PAGES) and chunk[0][0] not in self._again:
            chars += len(self._waiting[0][1].content)
            if chars > _CHUNK_CHARS or self._waiting[0][0] in self._again:
                break
            chunk.append(self._waiting.popleft())
        return chunk

    def _patience(self) -> float | None:
        """Return how long to wait for an answer: until the first worker is overdue."""
        if not self._job.timeout:
            return None
        limit = self._job.timeout + self._job.grace
        started = [w.since for w in self._workers if w.tasks]
        return max(0.01, min(started) + limit - time.monotonic()) if started else None

    def _answers(self, worker: _Worker) -> list[tuple[Token, Encoded]]:
        """Read all that a worker has said; whether it died shows here as well."""
        done: list[tuple[Token, Encoded]] = []
        try:
            while worker.connection.poll():
                answer = worker.connection.recv()
                if isinstance(answer, PenghargaanError):
                    raise answer
                if answer is None:
                    worker.ready, self._failed_starts = True, 0
                    continue
                token, _ = worker.tasks.popleft()
                worker.since = time.monotonic()
                done.append((token, answer))
        except (EOFError, ConnectionResetError):
            done += self._died(worker)
        return done

    def _died(self, worker: _Worker) -> list[tuple[Token, Encoded]]:
        self._end(worker)
        self._workers.remove(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                raise PenghargaanError(
                    f"worker processes end before they are ready (exit code {worker.process.exitcode});"
                    " is there memory enough? fewer --workers take less"
                )
        if not worker.tasks:
            return []
        token, page = worker.tasks[0]
        if token not in self._again:  # it may have been another process's hunger for memory
            self._again.add(token)
            self._put_back(worker.tasks)
            return []
        worker.tasks.popleft()
        self._put_back(worker.tasks)
        self._again.discard(token)
        return [(token, failed(page, "crash", "the process that worked on it died twice (out of memory?)"))]

    def _overdue(self) -> list[tuple[Token, Encoded]]:
        """Kill the workers that do not answer any more; what they were at is given up."""
        done: list[tuple[Token, Encoded]] = []
        if not self._job.timeout:
            return done
        limit = self._job.timeout + self._job.grace
        for worker in list(self._workers):
            if worker.tasks and time.monotonic() - worker.since > limit and not worker.connection.poll():
                self._end(worker)
                self._workers.remove(worker)
                token, page = worker.tasks.popleft()
                self._put_back(worker.tasks)
                hint = (
                    f"it takes longer than {self._job.timeout:g} seconds and could not be interrupted;"
                    " it is left out, please report it"
                )
                done.append((token, failed(page, "timeout", hint)))
        return done

    def _put_back(self, tasks: Sequence[Task]) -> None:
        self._waiting.extendleft(reversed(tasks))

    @staticmethod
    def _end(worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
