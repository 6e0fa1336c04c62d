"""From pages to files: reads, processes and writes, and says in ``run.json`` what became of every page."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, get_args

from pipeline import __version__
from pipeline.batch.cluster import check_available as check_cluster
from pipeline.batch.cluster import process_on_ray
from pipeline.batch.folder import NAME as WORK_FOLDER
from pipeline.batch.folder import WorkFolder
from pipeline.batch.local import Pool, process_shards
from pipeline.batch.shard_merge import Originals, merged_pages, renamed
from pipeline.batch.shards import Outcome, Shard, cut, groups
from pipeline.batch.tally import Tally
from pipeline.batch.terminal import Progress, show
from pipeline.batch.workers import Job, Workers
from pipeline.errors import UsageError
from pipeline.page_rows import Row
from pipeline.readers import DEFAULT_MAX_CHARS, Field, PageFailure, ReadOptions
from pipeline.readers.formats import read_source
from pipeline.readers.options import Meter
from pipeline.readers.sources import Inventory, find_sources
from pipeline.run_report import PROJECT, RUN_FILE, read_report
from pipeline.sentences import stanza
from pipeline.sentences.engines import Engine, check_engine
from pipeline.tables import TABLES
from pipeline.tables.columns import TABLE_NAMES
from pipeline.tables.writers import Write, csv_writer, jsonl_writer, parquet_writer, write_report
from pipeline.timeout import DEFAULT_TIMEOUT

TableFormat = Literal["csv", "parquet", "jsonl"]

Cluster = Literal["ray"]

FORMATS: tuple[TableFormat, ...] = get_args(TableFormat)

# Every file that a run may write: the only ones it ever replaces or removes.
_OUR_FILES = frozenset({RUN_FILE, *(f"{table}.{kind}" for table in TABLE_NAMES for kind in FORMATS)})
#: Parts of the package that no page's results depend on: what reads, writes, scores and calls.
_NOT_STAGES = frozenset(
    {"__pycache__", "__main__.py", "api.py", "batch", "cli.py", "consolidate", "evaluation", "readers"}
    | {"run.py", "run_report.py", "writers.py"}
)
#: What a summary holds of a run, the rest is in its files: pages with awards, and failures.
SHOWN_PAGES = 20
SHOWN_FAILURES = 10
_PACKAGES = (
    "spacy",
    "numpy",
    "pandas",
    "pyarrow",
    "scikit-learn",
    "ahocorasick-rs",
    "resiliparse",
    "fastwarc",
)


def available_cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What to run.

    Args:
        inputs: Files, folders, glob patterns; ``-`` is standard input.
        output: Folder for the tables; made if it does not exist.
        tables: Any of ``awards``, ``entities``, ``sentences``, ``articles``.
        format: ``csv``, ``parquet`` or ``jsonl``; articles and the awards' evidence are always ``jsonl``.
        engine: ``spacy``, or ``stanza`` for sentences by stanza's model.
        workers: Number of processes, ``None`` for one a core; the tables are the same for any.
        max_chars: Longest page to accept, in characters.
        timeout: Longest time for a page, in seconds; 0 for none.
        fields: Names of fields that records have under unusual names.
        fresh: Whether to start anew, also where an earlier run has finished pages.
        cluster: ``ray`` to work on a Ray cluster, ``None`` for this machine.
        address: Of the cluster; by default the one that this process belongs to, else a new one here.
    """

    inputs: tuple[str, ...]
    output: Path
    tables: tuple[str, ...] = ("awards",)
    format: TableFormat = "csv"
    engine: Engine = "spacy"
    workers: int | None = None
    max_chars: int = DEFAULT_MAX_CHARS
    timeout: float = DEFAULT_TIMEOUT
    fields: Mapping[Field, str] = field(default_factory=dict)
    fresh: bool = False
    cluster: Cluster | None = None
    address: str | None = None

    @property
    def processes(self) -> int:
        """Number of worker processes."""
        return self.workers or available_cores()


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    Args:
        awards: Rows of the awards table of the first :data:`SHOWN_PAGES` pages that have any, sorted.
        failures: The first :data:`SHOWN_FAILURES` pages that could not be read or processed.
        report: Contents of ``run.json``.
    """

    awards: tuple[Row, ...]
    failures: tuple[PageFailure, ...]
    report: Mapping[str, Any]

    @property
    def exit_status(self) -> int:
        """0 if every page was processed, 1 if some failed."""
        return 1 if self.report["counts"]["failed"] else 0


def _prepare_output(folder: Path, work: WorkFolder) -> frozenset[str]:
    """Make the output folder and return the names of an earlier run's files in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".{RUN_FILE}.part"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise _unwritable(folder, error) from error
    present = {name for name in _OUR_FILES if (folder / name).exists()}
    promised = work.promised()
    if not present:
        return frozenset()
    report = read_report(folder)
    if report is None and not present <= promised:
        raise UsageError(
            f"{folder} holds {min(present)}, not written by an earlier run; name another folder with -o"
        )
    return (promised | frozenset(report.get("files", ()) if report else ())) & _OUR_FILES


def _check(settings: Settings) -> None:
    check_engine(settings.engine)
    if settings.cluster:
        check_cluster()
    if unknown := [t for t in settings.tables if t not in TABLE_NAMES]:
        raise UsageError(f"unknown table {unknown[0]!r}; use any of {','.join(TABLE_NAMES)}")
    if not settings.tables:
        raise UsageError(f"no table is asked for; use any of {','.join(TABLE_NAMES)}")
    if settings.format not in FORMATS:
        raise UsageError(f"unknown format {settings.format!r}; use one of {', '.join(FORMATS)}")
    if settings.workers is not None and settings.workers < 1:
        raise UsageError(f"--workers is {settings.workers}; it has to be at least 1")
    if settings.max_chars < 1:
        raise UsageError(f"--max-chars is {settings.max_chars}; it has to be at least 1")
    if not 0 <= settings.timeout < 1e6:
        raise UsageError(f"--timeout is {settings.timeout}; it has to be seconds, or 0 for no limit")


def _outputs(settings: Settings) -> dict[str, str]:
    """Return the tables to make by the name of the file that each goes to."""
    outputs: dict[str, str] = {}
    for table in TABLE_NAMES:
        if table not in settings.tables:
            continue
        if table == "awards":
            outputs["awards.jsonl"] = "evidence"
        if table == "articles":
            outputs["articles.jsonl"] = table
        elif table != "awards" or settings.format != "jsonl":
            outputs[f"{table}.{settings.format}"] = table
    return outputs


def lexicon_checksum() -> str:
    """Return the SHA-256 of all lexicon files, names and contents."""
    digest = hashlib.sha256()
    for item in sorted(files("pipeline.lexicon").iterdir(), key=lambda p: p.name):
        if item.name.endswith(".jsonl"):
            digest.update(item.name.encode() + b"\0" + item.read_bytes())
    return digest.hexdigest()


def _models(engine: str) -> list[dict[str, str]]:
    """Return the trained models that a run uses, with checksum."""
    from pipeline.entities.tagger import MODEL, WEIGHTS

    used = {MODEL.name: MODEL / WEIGHTS}
    if engine == "stanza":
        used[stanza.MODEL.name] = stanza.MODEL / "tokenizer.pt"
    return [{"name": n, "sha256": hashlib.sha256(p.read_bytes()).hexdigest()} for n, p in used.items()]


def _versions() -> dict[str, str]:
    found = {"penghargaan": __version__, "python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def fingerprint(engine: str) -> str:
    """Return what the results of a page depend on beside the page: code, lexicon, models, versions.

    Args:
        engine: Name of the engine.
    """
    digest = hashlib.sha256()

    def add(folder: Traversable) -> None:
        for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if item.name in _NOT_STAGES:
                continue
            if item.is_dir():
                add(item)
            else:
                digest.update(item.name.encode() + b"\0" + hashlib.sha256(item.read_bytes()).digest())

    add(files("pipeline"))
    return json.dumps([engine, digest.hexdigest(), _models(engine), _versions()])


def _shards(inventory: Inventory, options: ReadOptions, salt: str, tally: Tally) -> Iterator[Shard]:
    """Read the pages, group by group, and cut them into shards."""
    yield from cut(inventory.failures, salt)
    for group in groups(inventory.sources):
        outcomes = (outcome for source in group for outcome in read_source(source, options))
        yield from cut(_timed(outcomes, tally), salt)


def _timed(outcomes: Iterator[Outcome], tally: Tally) -> Iterator[Outcome]:
    while True:
        before = time.perf_counter()
        outcome = next(outcomes, None)
        tally.seconds["read"] += time.perf_counter() - before
        if outcome is None:
            return
        yield outcome


def _write_tables(
    keys: Sequence[str], work: WorkFolder, folder: Path, outputs: Mapping[str, str], tally: Tally
) -> list[Row]:
    """Merge the shards into the tables; a reader sees the old ones until all new ones are whole.

    Returns:
        Rows of the awards table, of the first pages that have any.
    """
    shown: list[Row] = []
    originals = Originals()
    with ExitStack() as stack:
        writers: list[tuple[str, Write]] = []
        for name, table in outputs.items():
            if name.endswith(".jsonl"):
                writer = jsonl_writer(folder / name)
            elif name.endswith(".parquet"):
                writer = parquet_writer(folder / name, TABLES[table])
            else:
                writer = csv_writer(folder / name, TABLES[table])
            writers.append((table, stack.enter_context(writer)))
        for doc_id, entry in merged_pages(keys, work):
            if "failure" in entry.head:
                tally.failure(doc_id, entry.head, SHOWN_FAILURES)
                continue
            original = originals.of(entry.head["digest"], doc_id)
            rows = entry.rows() if doc_id == entry.doc_id else renamed(entry.rows(), doc_id)
            for row in rows.get("articles", ()):
                row["duplicate_of"] = original
            tally.page(entry.head, rows, duplicate=original is not None)
            if tally.with_awards <= SHOWN_PAGES:
                shown += rows["awards"]
            for table, write in writers:
                write(rows[table])
    return shown


def _report(
    settings: Settings, outputs: Mapping[str, str], inventory: Inventory, tally: Tally
) -> dict[str, Any]:
    tables = [table for table in dict.fromkeys(["awards", *outputs.values()]) if table != "evidence"]
    return {
        "project": PROJECT,
        "versions": _versions(),
        "models": _models(settings.engine),
        "lexicon_sha256": lexicon_checksum(),
        "settings": {**asdict(settings), "inputs": list(settings.inputs), "output": str(settings.output)},
        "counts": {
            "read": tally.kept + tally.failed,
            "kept": tally.kept,
            "failed": tally.failed,
            "failed_by_reason": tally.failed_by_reason(),
            "skipped_by_extension": dict(inventory.skipped),
            "duplicates": tally.duplicates,
            "with_awards": tally.with_awards,
            **{table: tally.rows[table] for table in tables},
        },
        "stages": tally.stages(),
        "failures": [],
        "files": sorted([*outputs, RUN_FILE]),
        "seconds": {stage: round(spent, 3) for stage, spent in tally.seconds.items()},
    }


def _unwritable(folder: Path, error: Exception, progress: Progress | None = None) -> UsageError:
    done = f"; {progress.safe_pages:,} pages are done and kept" if progress and progress.safe_pages else ""
    reason = getattr(error, "strerror", None) or error
    return UsageError(
        f"cannot write to {folder} ({reason}){done}; free some space and run the same command again, or name"
        " another folder with -o"
    )


@contextmanager
def _stoppable(progress: Progress, output: Path) -> Iterator[None]:
    """Let Ctrl-C and the system's wish to stop end the run with word of what is done."""

    def stop(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGTERM, stop) if main else None
    try:
        yield
    except KeyboardInterrupt as error:
        raise KeyboardInterrupt(
            f"interrupted; {progress.safe_pages:,} pages are done and kept in {output / WORK_FOLDER};"
            " run the same command again to go on"
        ) from error
    finally:
        progress.close()
        if main:
            signal.signal(signal.SIGTERM, before)


def run(
    settings: Settings, *, show_progress: bool = False, start: Callable[[int, Job], Pool] = Workers
) -> Summary:
    """Process the inputs and write the tables and ``run.json``.

    Args:
        settings: What to run.
        show_progress: Whether to tell on standard error how far the run is.
        start: Makes the workers, of their number and what they do.

    Returns:
        The first awards and failures, and the report.

    Raises:
        UsageError: If the call cannot work as given: a missing path, no pages, an output that cannot be
            written.
        KeyboardInterrupt: If the run was told to stop; its message says what is done and how to go on.
    """
    started = time.perf_counter()
    _check(settings)
    inventory = find_sources(settings.inputs, exclude=[settings.output])
    if settings.cluster and inventory.stdin:
        raise UsageError("standard input cannot be read by a cluster; save it to a file that all nodes reach")
    outputs = _outputs(settings)
    # the awards are always told, if not always written
    tables = tuple(dict.fromkeys(["awards", *outputs.values()]))
    work = WorkFolder(settings.output)
    earlier = _prepare_output(settings.output, work)
    job = Job(engine=settings.engine, tables=tables, timeout=settings.timeout)
    meter = Meter()
    options = ReadOptions(max_chars=settings.max_chars, fields=settings.fields, meter=meter)
    tally = Tally()
    progress = show(meter, inventory.files.bytes, quiet=not show_progress)
    try:
        with work.locked([*outputs, RUN_FILE]), _stoppable(progress, settings.output):
            for name in _OUR_FILES:  # half written when an earlier run was killed
                (settings.output / f".{name}.part").unlink(missing_ok=True)
            if settings.fresh:
                work.forget()
            salt = fingerprint(settings.engine)
            if settings.cluster:
                # what the inventory could not list is told by this machine
                here = cut(inventory.failures, salt)
            else:
                here = _shards(inventory, options, salt, tally)
            with closing(start(settings.processes, job)) as pool:
                keys = list(process_shards(here, work, job, pool, progress))
            if settings.cluster:
                keys += process_on_ray(
                    groups(inventory.sources),
                    options,
                    salt,
                    work,
                    job,
                    progress,
                    address=settings.address,
                    workers=settings.workers,
                )
            progress.close()
            before = time.perf_counter()
            shown = _write_tables(keys, work, settings.output, outputs, tally)
            for name in earlier - set(outputs) - {RUN_FILE}:
                # of another run: it would belie the new run.json
                (settings.output / name).unlink(missing_ok=True)
            tally.seconds["write"] = time.perf_counter() - before
            tally.seconds["total"] = time.perf_counter() - started
            report = _report(settings, outputs, inventory, tally)
            write_report(settings.output / RUN_FILE, report, "failures", tally.failures())
            work.forget(keep=keys)
    except (OSError, sqlite3.OperationalError) as error:
        raise _unwritable(settings.output, error, progress) from error
    return Summary(tuple(shown), tuple(tally.first_failures), report)
