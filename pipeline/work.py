"""Pages to rows, in this process or in several; the rows are the same, in the same order."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Literal, get_args

from pipeline.document import Page
from pipeline.errors import LexiconError, PageError, UsageError
from pipeline.readers import PageFailure
from pipeline.tables.rows import rows_of
from pipeline.timeout import OutOfTime, time_limit

if TYPE_CHECKING:
    from spacy.language import Language

Row = dict[str, Any]
Engine = Literal["spacy", "stanza"]
ENGINES: tuple[Engine, ...] = get_args(Engine)

#: Longest time for a page, in seconds: a thousand times what an article takes.
DEFAULT_TIMEOUT = 60.0

# Pages under way for each worker: enough to keep it busy, few enough to keep memory flat.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class PageRows:
    """What one page gave.

    Args:
        doc_id: The page's id.
        rows: Rows by table; empty if the page failed.
        failure: Why it failed, or ``None``.
        seconds: Time by stage.
        digest: Hash of the page's text, the same for the same text; empty if the page failed.
    """

    doc_id: str
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    failure: PageFailure | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    digest: bytes = b""


Outcome = Page | PageFailure
Work = Callable[[Page, str, Sequence[str], float], PageRows]


def check_engine(engine: str) -> None:
    """Raise :class:`UsageError` for an engine that is unknown or not installed."""
    if engine not in ENGINES:
        raise UsageError(f"unknown engine {engine!r}; use one of {', '.join(ENGINES)}")
    if engine == "stanza":
        from pipeline.sentences import stanza

        stanza.check_available()


@cache
def load_engine(engine: str) -> Language:
    """Return the pipeline of an engine, loaded once a process."""
    check_engine(engine)
    from pipeline.assembly import load

    return load(engine=engine)


def _failed(page: Page, reason: str, message: str) -> PageRows:
    return PageRows(page.doc_id, failure=PageFailure(page.doc_id, page.source, reason, message))


def process_page(
    page: Page, engine: str, tables: Sequence[str], timeout: float = DEFAULT_TIMEOUT
) -> PageRows:
    """Process one page; whatever goes wrong with it comes back as a failure.

    Args:
        page: The page.
        engine: Name of the engine.
        tables: Tables to make rows for (see :func:`~pipeline.tables.rows.rows_of`).
        timeout: Longest time for the page, in seconds, see :func:`~pipeline.timeout.time_limit`.
    """
    from pipeline.assembly import process

    nlp = load_engine(engine)
    try:
        with time_limit(timeout):
            result = process(nlp, page)
            started = time.perf_counter()
            rows = {table: rows_of(table, result) for table in tables}
    except OutOfTime:
        hint = f"it takes longer than {timeout:g} seconds and is left out; raise --timeout, or split it"
        return _failed(page, "timeout", hint)
    except LexiconError:  # no page's fault: every page would fail
        raise
    except PageError as error:
        return _failed(page, error.reason, str(error).removeprefix(f"{error.reason}: "))
    except Exception as error:  # noqa: BLE001 (a page that meets a bug must not stop the others; it is reported)
        return _failed(page, "error", f"{type(error).__name__}: {error}; it is left out, please report it")
    text = result.article.text.strip().encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(text, digest_size=16).digest()
    spent = {**result.seconds, "rows": time.perf_counter() - started}
    return PageRows(page.doc_id, rows, seconds=spent, digest=digest)


def in_this_process(
    outcomes: Iterable[Outcome],
    engine: str,
    tables: Sequence[str],
    work: Work = process_page,
    timeout: float = DEFAULT_TIMEOUT,
) -> Iterator[PageRows]:
    """Process pages one after the other; failures of the reader are passed on in their place."""
    for outcome in outcomes:
        if isinstance(outcome, Page):
            yield work(outcome, engine, tables, timeout)
        else:
            yield PageRows(outcome.doc_id, failure=outcome)


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the same on every system, and no lock of a library is inherited half held.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _submit(
    pool: ProcessPoolExecutor, outcome: Outcome, work: Work, arguments: tuple[str, Sequence[str], float]
) -> Future[PageRows]:
    if isinstance(outcome, Page):
        try:
            return pool.submit(work, outcome, *arguments)
        except BrokenProcessPool as error:  # a worker died just now; whoever asks for the result handles it
            broken: Future[PageRows] = Future()
            broken.set_exception(error)
            return broken
    done: Future[PageRows] = Future()
    done.set_result(PageRows(outcome.doc_id, failure=outcome))
    return done


def _one_by_one(
    waiting: Iterable[tuple[Outcome, Future[PageRows]]],
    work: Work,
    arguments: tuple[str, Sequence[str], float],
) -> Iterator[PageRows]:
    """Finish the pages that were under way when a worker died: each alone, so that the culprit shows."""
    pool = _pool(1)
    try:
        for outcome, future in waiting:
            if not isinstance(outcome, Page) or (future.done() and future.exception() is None):
                yield future.result()
                continue
            try:
                yield pool.submit(work, outcome, *arguments).result()
            except BrokenProcessPool:
                yield _failed(outcome, "crash", "the process that worked on it died (out of memory?)")
                pool.shutdown()
                pool = _pool(1)
    finally:
        pool.shutdown(cancel_futures=True)


def in_processes(
    outcomes: Iterable[Outcome],
    engine: str,
    tables: Sequence[str],
    workers: int,
    work: Work = process_page,
    timeout: float = DEFAULT_TIMEOUT,
) -> Iterator[PageRows]:
    """Process pages in worker processes.

    A page that kills its worker becomes a failure with the reason ``crash``; the others go on.

    Args:
        outcomes: Pages, and failures of the reader, which are passed on in their place.
        engine: Name of the engine; each worker loads its own.
        tables: Tables to make rows for.
        workers: Number of processes.
        work: Function that processes a page, importable in the workers.
        timeout: Longest time for a page, in seconds.

    Returns:
        Results in the order of the pages.
    """
    waiting: deque[tuple[Outcome, Future[PageRows]]] = deque()
    source = iter(outcomes)
    arguments = (engine, tables, timeout)
    pool = _pool(workers)
    try:
        while True:
            while len(waiting) < _AHEAD * workers and (outcome := next(source, None)) is not None:
                waiting.append((outcome, _submit(pool, outcome, work, arguments)))
            if not waiting:
                return
            try:
                result = waiting[0][1].result()
            except BrokenProcessPool:
                pool.shutdown(cancel_futures=True)
                yield from _one_by_one(waiting, work, arguments)
                waiting.clear()
                pool = _pool(workers)
            else:
                waiting.popleft()
                yield result
    finally:
        pool.shutdown(cancel_futures=True)
