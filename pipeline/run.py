"""From pages to files: reads, processes and writes, and says in ``run.json`` what became of every page."""

from __future__ import annotations

import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.batch.cluster import process_on_ray
from pipeline.batch.fingerprint import fingerprint, lexicon_checksum, models, versions
from pipeline.batch.folder import NAME as WORK_FOLDER
from pipeline.batch.folder import WorkFolder
from pipeline.batch.local import Pool, process_shards
from pipeline.batch.output import OUR_FILES, prepare_output, unwritable, write_tables
from pipeline.batch.settings import Settings
from pipeline.batch.shards import Outcome, Shard, cut, groups
from pipeline.batch.tally import Tally
from pipeline.batch.terminal import Progress, show
from pipeline.batch.workers import Job, Workers
from pipeline.errors import UsageError
from pipeline.lexicon import packs
from pipeline.page_rows import Row
from pipeline.readers import PageFailure, ReadOptions
from pipeline.readers.files import read_source
from pipeline.readers.options import Meter
from pipeline.readers.sources import Inventory, find_sources
from pipeline.run_report import PROJECT, RUN_FILE
from pipeline.tables.writers import write_report

__all__ = ["Settings", "Summary", "run"]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    Args:
        awards: Rows of the awards table of the first 20 pages that have any, sorted.
        failures: The first 10 pages that could not be read or processed.
        report: Contents of ``run.json``.
    """

    awards: tuple[Row, ...]
    failures: tuple[PageFailure, ...]
    report: Mapping[str, Any]

    @property
    def exit_status(self) -> int:
        """0 if every page was processed, 1 if some failed."""
        return 1 if self.report["counts"]["failed"] else 0


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


def _report(
    settings: Settings, outputs: Mapping[str, str], inventory: Inventory, tally: Tally
) -> dict[str, Any]:
    tables = [table for table in dict.fromkeys(["awards", *outputs.values()]) if table != "evidence"]
    return {
        "project": PROJECT,
        "versions": versions(),
        "models": models(settings.engine),
        "lexicon_sha256": lexicon_checksum(),
        "settings": {**asdict(settings), "inputs": list(settings.inputs), "output": str(settings.output)},
        "counts": {
            "read": tally.kept + tally.failed,
            "kept": tally.kept,
            "failed": tally.failed,
            "failed_by_reason": tally.failed_by_reason(),
            "skipped_by_extension": dict(inventory.skipped),
            "records_left_out": tally.records_left_out,
            "inputs_without_pages": len(tally.without_pages),
            "without_body": len(tally.without_body),
            "duplicates": tally.duplicates,
            "with_awards": tally.with_awards,
            **{table: tally.rows[table] for table in tables},
        },
        "stages": tally.stages(),
        "files": sorted([*outputs, RUN_FILE]),
        "seconds": {stage: round(spent, 3) for stage, spent in tally.seconds.items()},
    }


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
    settings: Settings, *, progress: bool = False, start: Callable[[int, Job], Pool] = Workers
) -> Summary:
    """Process the inputs and write the tables and ``run.json``.

    Args:
        settings: What to run.
        progress: Whether to tell on standard error how far the run is.
        start: Makes the workers, of their number and what they do.

    Returns:
        The first awards and failures, and the report.

    Raises:
        UsageError: If the call cannot work as given: a missing path, no pages, an output that cannot be
            written.
        LexiconError: If a row of a rule pack is wrong.
        KeyboardInterrupt: If the run was told to stop; its message says what is done and how to go on.
    """
    started = time.perf_counter()
    settings.check()
    if settings.rules:
        from pipeline.flow import use_rules  # all stages are loaded to check their tables

        use_rules(settings.rules)
    inventory = find_sources(settings.inputs, exclude=[settings.output])
    if settings.cluster and inventory.stdin:
        raise UsageError("standard input cannot be read by a cluster; save it to a file that all nodes reach")
    outputs = settings.outputs
    # the awards are always told, if not always written
    tables = tuple(dict.fromkeys(["awards", *outputs.values()]))
    work = WorkFolder(settings.output)
    earlier = prepare_output(settings.output, work)
    job = Job(engine=settings.engine, tables=tables, timeout=settings.timeout, rules=tuple(map(str, packs())))
    meter = Meter()
    options = ReadOptions(max_chars=settings.max_chars, fields=settings.fields, meter=meter)
    tally = Tally()
    shown = show(meter, inventory.files.bytes, progress=progress)
    try:
        with work.locked([*outputs, RUN_FILE]), _stoppable(shown, settings.output):
            for name in OUR_FILES:  # half written when an earlier run was killed
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
                keys = list(process_shards(here, work, job, pool, shown))
            if settings.cluster:
                keys += process_on_ray(
                    groups(inventory.sources),
                    options,
                    salt,
                    work,
                    job,
                    shown,
                    address=settings.address,
                    workers=settings.workers,
                )
            shown.close()
            before = time.perf_counter()
            first_awards = write_tables(keys, work, settings.output, outputs, tally)
            for name in earlier - set(outputs) - {RUN_FILE}:
                # of another run: it would belie the new run.json
                (settings.output / name).unlink(missing_ok=True)
            tally.seconds["write"] = time.perf_counter() - before
            tally.seconds["total"] = time.perf_counter() - started
            report = _report(settings, outputs, inventory, tally)
            lists = {
                "failures": tally.failures,
                "inputs_without_pages": tally.without_pages,
                "without_body": tally.without_body,
            }
            write_report(settings.output / RUN_FILE, report, lists)
            work.forget(keep=keys)
    except (OSError, sqlite3.OperationalError) as error:
        raise unwritable(settings.output, error, shown) from error
    return Summary(tuple(first_awards), tuple(tally.first_failures), report)
