"""The output folder of a run: made ready, and the tables in it written from finished shards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from pipeline.batch.folder import WorkFolder
from pipeline.batch.settings import FORMATS
from pipeline.batch.shard_merge import Originals, merged_pages, renamed
from pipeline.batch.tally import Tally
from pipeline.batch.terminal import Progress
from pipeline.errors import UsageError
from pipeline.page_rows import Row
from pipeline.run_report import RUN_FILE, read_report
from pipeline.tables.columns import TABLE_NAMES, TABLES
from pipeline.tables.writers import Write, csv_writer, jsonl_writer, parquet_writer

#: What a summary holds of a run, the rest is in its files: pages with awards, and failures.
SHOWN_PAGES = 20
SHOWN_FAILURES = 10

#: Every file that a run may write: the only ones it ever replaces or removes.
OUR_FILES = frozenset({RUN_FILE, *(f"{table}.{kind}" for table in TABLE_NAMES for kind in FORMATS)})


def prepare_output(folder: Path, work: WorkFolder) -> frozenset[str]:
    """Make the output folder and return the names of an earlier run's files in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".{RUN_FILE}.part"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise unwritable(folder, error) from error
    present = {name for name in OUR_FILES if (folder / name).exists()}
    promised = work.promised()
    if not present:
        return frozenset()
    report = read_report(folder)
    if report is None and not present <= promised:
        raise UsageError(
            f"{folder} holds {min(present)}, not written by an earlier run; name another folder with -o"
        )
    return (promised | frozenset(report.get("files", ()) if report else ())) & OUR_FILES


def write_tables(
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
            if "report" in entry.head:
                tally.report(**entry.head["report"])
                continue
            if "failure" in entry.head:
                tally.failure(doc_id, entry.head, SHOWN_FAILURES)
                continue
            original = originals.of(entry.head["digest"], doc_id)
            rows = entry.rows() if doc_id == entry.doc_id else renamed(entry.rows(), doc_id)
            for row in rows.get("articles", ()):
                row["duplicate_of"] = original
            tally.page(doc_id, entry.head, rows, duplicate=original is not None)
            if tally.with_awards <= SHOWN_PAGES:
                shown += rows["awards"]
            for table, write in writers:
                write(rows[table])
    return shown


def unwritable(folder: Path, error: Exception, progress: Progress | None = None) -> UsageError:
    """Return the error to raise where the folder cannot be written, with what is done by then."""
    done = f"; {progress.safe_pages:,} pages are done and kept" if progress and progress.safe_pages else ""
    reason = getattr(error, "strerror", None) or error
    return UsageError(
        f"cannot write to {folder} ({reason}){done}; free some space and run the same command again, or name"
        " another folder with -o"
    )
