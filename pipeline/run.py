"""From pages to files: reads, processes and writes, and says in ``run.json`` what became of every page."""

from __future__ import annotations

import hashlib
import platform
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from pipeline import __version__
from pipeline.document import Page
from pipeline.errors import UsageError
from pipeline.readers import DEFAULT_MAX_CHARS, Field, PageFailure, ReadOptions
from pipeline.readers.pages import read_inventory
from pipeline.readers.sources import find_sources
from pipeline.run_report import PROJECT, RUN_FILE, read_report
from pipeline.sentences import stanza
from pipeline.tables import TABLES, write_csv, write_jsonl, write_parquet
from pipeline.tables.columns import TABLE_NAMES
from pipeline.tables.writers import write_json
from pipeline.work import (
    DEFAULT_TIMEOUT,
    Engine,
    PageRows,
    Row,
    check_engine,
    in_processes,
    in_this_process,
    load_engine,
)

TableFormat = Literal["csv", "parquet", "jsonl"]

FORMATS: tuple[TableFormat, ...] = get_args(TableFormat)

# Every file that a run may write: the only ones it ever replaces or removes.
_OUR_FILES = frozenset({RUN_FILE, *(f"{table}.{kind}" for table in TABLE_NAMES for kind in FORMATS)})
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What to run.

    Args:
        inputs: Files, folders, glob patterns; ``-`` is standard input.
        output: Folder for the tables; made if it does not exist.
        tables: Any of ``awards``, ``entities``, ``sentences``, ``articles``.
        format: ``csv``, ``parquet`` or ``jsonl``; articles and the awards' evidence are always ``jsonl``.
        engine: ``spacy``, or ``stanza`` for sentences by stanza's model.
        workers: Number of processes; the tables are the same for any.
        max_chars: Longest page to accept, in characters.
        timeout: Longest time for a page, in seconds; 0 for none.
        fields: Names of fields that records have under unusual names.
    """

    inputs: tuple[str, ...]
    output: Path
    tables: tuple[str, ...] = ("awards",)
    format: TableFormat = "csv"
    engine: Engine = "spacy"
    workers: int = 1
    max_chars: int = DEFAULT_MAX_CHARS
    timeout: float = DEFAULT_TIMEOUT
    fields: Mapping[Field, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    Args:
        awards: Rows of the awards table, sorted.
        failures: Pages that could not be read or processed.
        report: Contents of ``run.json``.
    """

    awards: tuple[Row, ...]
    failures: tuple[PageFailure, ...]
    report: Mapping[str, Any]

    @property
    def exit_status(self) -> int:
        """0 if every page was processed, 1 if some failed."""
        return 1 if self.failures else 0


def _prepare_output(folder: Path) -> frozenset[str]:
    """Make the output folder and return the names of an earlier run's files in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".{RUN_FILE}.part"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise UsageError(
            f"cannot write to {folder} ({error.strerror}); name another folder with -o"
        ) from error
    present = {name for name in _OUR_FILES if (folder / name).exists()}
    if not present:
        return frozenset()
    earlier = read_report(folder)
    if earlier is None:
        raise UsageError(
            f"{folder} holds {min(present)}, not written by an earlier run; name another folder with -o"
        )
    return frozenset(earlier.get("files", ())) & _OUR_FILES


def _check(settings: Settings) -> None:
    check_engine(settings.engine)
    if unknown := [t for t in settings.tables if t not in TABLE_NAMES]:
        raise UsageError(f"unknown table {unknown[0]!r}; use any of {','.join(TABLE_NAMES)}")
    if not settings.tables:
        raise UsageError(f"no table is asked for; use any of {','.join(TABLE_NAMES)}")
    if settings.format not in FORMATS:
        raise UsageError(f"unknown format {settings.format!r}; use one of {', '.join(FORMATS)}")
    if settings.workers < 1:
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


def _write(folder: Path, outputs: Mapping[str, str], rows: Mapping[str, Sequence[Row]]) -> None:
    for name, table in outputs.items():
        path = folder / name
        if name.endswith(".jsonl"):
            write_jsonl(path, rows[table])
        elif name.endswith(".parquet"):
            write_parquet(path, rows[table], TABLES[table])
        else:
            write_csv(path, rows[table], TABLES[table])


def lexicon_checksum() -> str:
    """Return the SHA-256 of all lexicon files, names and contents."""
    digest = hashlib.sha256()
    for item in sorted(files("pipeline.lexicon").iterdir(), key=lambda p: p.name):
        if item.name.endswith(".jsonl"):
            digest.update(item.name.encode() + b"\0" + item.read_bytes())
    return digest.hexdigest()


def _models(engine: str) -> list[dict[str, str]]:
    """Return the trained models that a run uses, with checksum."""
    from pipeline.entities.model import MODEL, WEIGHTS

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


def _duplicates(results: Sequence[PageRows]) -> dict[str, str]:
    """Return for every page that repeats another one's text to the character the id of the first such page.

    Args:
        results: In the order of their ids.
    """
    first: dict[bytes, str] = {}
    return {
        result.doc_id: original
        for result in results
        if result.digest and (original := first.setdefault(result.digest, result.doc_id)) != result.doc_id
    }


def run(settings: Settings) -> Summary:
    """Process the inputs and write the tables and ``run.json``.

    Args:
        settings: What to run.

    Returns:
        The awards found, the pages that failed, and the report.

    Raises:
        UsageError: If the call cannot work as given: a missing path, no pages, an output that cannot be
            written.
    """
    started = time.perf_counter()
    _check(settings)
    inventory = find_sources(settings.inputs, exclude=[settings.output])
    earlier = _prepare_output(settings.output)
    outputs = _outputs(settings)
    tables = tuple(
        dict.fromkeys(["awards", *outputs.values()])
    )  # the awards are always told, if not always written

    seconds: defaultdict[str, float] = defaultdict(float)

    def timed_read() -> Iterator[Page | PageFailure]:
        outcomes = read_inventory(
            inventory, ReadOptions(max_chars=settings.max_chars, fields=settings.fields)
        )
        while True:
            before = time.perf_counter()
            outcome = next(outcomes, None)
            seconds["read"] += time.perf_counter() - before
            if outcome is None:
                return
            yield outcome

    before = time.perf_counter()
    if settings.workers == 1:
        load_engine(settings.engine)
        seconds["load"] = time.perf_counter() - before
        results = in_this_process(timed_read(), settings.engine, tables, timeout=settings.timeout)
    else:
        results = in_processes(
            timed_read(), settings.engine, tables, settings.workers, timeout=settings.timeout
        )

    kept: list[PageRows] = []
    failures: list[PageFailure] = []
    for result in results:
        if result.failure:
            failures.append(result.failure)
        else:
            kept.append(result)
            for stage, spent in result.seconds.items():
                seconds[stage] += spent
    kept.sort(key=lambda r: r.doc_id)
    failures.sort(key=lambda f: f.doc_id)
    duplicates = _duplicates(kept)
    rows = {table: [row for result in kept for row in result.rows[table]] for table in tables}
    for row in rows.get("articles", ()):
        row["duplicate_of"] = duplicates.get(row["doc_id"])

    before = time.perf_counter()
    try:
        _write(settings.output, outputs, rows)
        for name in earlier - set(outputs) - {RUN_FILE}:
            (settings.output / name).unlink(
                missing_ok=True
            )  # of another run: it would belie the new run.json
        seconds["write"] = time.perf_counter() - before
        seconds["total"] = time.perf_counter() - started
        report = {
            "project": PROJECT,
            "versions": _versions(),
            "models": _models(settings.engine),
            "lexicon_sha256": lexicon_checksum(),
            "settings": {**asdict(settings), "inputs": list(settings.inputs), "output": str(settings.output)},
            "counts": {
                "read": len(kept) + len(failures),
                "kept": len(kept),
                "failed": len(failures),
                "failed_by_reason": dict(sorted(Counter(f.reason for f in failures).items())),
                "skipped_by_extension": dict(inventory.skipped),
                "duplicates": len(duplicates),
                "with_awards": sum(1 for r in kept if r.rows["awards"]),
                **{table: len(rows[table]) for table in tables if table != "evidence"},
            },
            "failures": [asdict(f) for f in failures],
            "files": sorted([*outputs, RUN_FILE]),
            "seconds": {stage: round(spent, 3) for stage, spent in seconds.items()},
        }
        write_json(settings.output / RUN_FILE, report)
    except OSError as error:
        raise UsageError(
            f"cannot write to {settings.output} ({error.strerror}); free some space or name another folder"
        ) from error
    return Summary(tuple(rows["awards"]), tuple(failures), report)
