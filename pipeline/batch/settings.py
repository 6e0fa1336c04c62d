"""What to run: the settings of a run, checked before the first page."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from pipeline.batch.cluster import check_available as check_cluster
from pipeline.errors import UsageError
from pipeline.readers import DEFAULT_MAX_CHARS, Field
from pipeline.sentences.engines import Engine, check_engine
from pipeline.tables.columns import TABLE_NAMES
from pipeline.timeout import DEFAULT_TIMEOUT

TableFormat = Literal["csv", "parquet", "jsonl"]

Cluster = Literal["ray"]

FORMATS: tuple[TableFormat, ...] = get_args(TableFormat)


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
        rules: Folders of rule packs, whose rows the stages know beside the package's own; none: those that
            this process uses already.
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
    rules: tuple[str, ...] = ()
    address: str | None = None

    @property
    def processes(self) -> int:
        """Number of worker processes."""
        return self.workers or available_cores()

    @property
    def outputs(self) -> dict[str, str]:
        """Tables to make by the name of the file that each goes to."""
        outputs: dict[str, str] = {}
        for table in TABLE_NAMES:
            if table not in self.tables:
                continue
            if table == "awards":
                outputs["awards.jsonl"] = "evidence"
            if table == "articles":
                outputs["articles.jsonl"] = table
            elif table != "awards" or self.format != "jsonl":
                outputs[f"{table}.{self.format}"] = table
        return outputs

    def check(self) -> None:
        """Raise :class:`UsageError` where a run cannot work as set."""
        check_engine(self.engine)
        if self.cluster:
            check_cluster()
        if unknown := [t for t in self.tables if t not in TABLE_NAMES]:
            raise UsageError(f"unknown table {unknown[0]!r}; use any of {','.join(TABLE_NAMES)}")
        if not self.tables:
            raise UsageError(f"no table is asked for; use any of {','.join(TABLE_NAMES)}")
        if self.format not in FORMATS:
            raise UsageError(f"unknown format {self.format!r}; use one of {', '.join(FORMATS)}")
        if self.workers is not None and self.workers < 1:
            raise UsageError(f"--workers is {self.workers}; it has to be at least 1")
        if self.max_chars < 1:
            raise UsageError(f"--max-chars is {self.max_chars}; it has to be at least 1")
        if not 0 <= self.timeout < 1e6:
            raise UsageError(f"--timeout is {self.timeout}; it has to be seconds, or 0 for no limit")
