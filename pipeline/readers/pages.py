"""All pages of the inputs, each under an id of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from pipeline.document import Page
from pipeline.readers.failures import DEFAULT_MAX_CHARS, PageFailure, SourceReport
from pipeline.readers.files import read_source
from pipeline.readers.options import Field, ReadOptions
from pipeline.readers.reader import Source
from pipeline.readers.record_streams import record_page
from pipeline.readers.sources import find_sources


def _unique(outcomes: Iterable[Page | PageFailure]) -> Iterator[Page | PageFailure]:
    """Number repeated ids: ``id``, ``id#2``, ``id#3`` in reading order."""
    seen: set[str] = set()
    last: dict[str, int] = {}
    for outcome in outcomes:
        doc_id = outcome.doc_id
        if doc_id in seen:
            number = last.get(outcome.doc_id, 1) + 1
            while f"{outcome.doc_id}#{number}" in seen:
                number += 1
            last[outcome.doc_id] = number
            doc_id = f"{outcome.doc_id}#{number}"
        seen.add(doc_id)
        yield outcome if doc_id == outcome.doc_id else replace(outcome, doc_id=doc_id)


def read_pages(
    inputs: Iterable[str | os.PathLike[str]],
    *,
    max_chars: int = DEFAULT_MAX_CHARS,
    fields: Mapping[Field, str] | None = None,
) -> Iterator[Page | PageFailure]:
    """Read the pages of files, folders and glob patterns, streaming.

    Args:
        inputs: Files, folders and patterns; ``-`` is standard input.
        max_chars: Longest page to accept, in characters.
        fields: Names of fields that records have under unusual names, as ``{"content": "naskah"}``.

    Returns:
        Pages and failures, files in the order of their ids, records in that of their file. No two share a
        ``doc_id``.

    Raises:
        UsageError: If an input does not exist or there is nothing to read.

    Example:
        >>> [page.doc_id for page in read_pages(["seeds"])][0]
        '000_052de81ecdfbdd01'
    """
    options = ReadOptions(max_chars=max_chars, fields=fields or {})
    inventory = find_sources(inputs)
    read = (
        outcome
        for source in inventory.sources
        for outcome in read_source(source, options)
        if not isinstance(outcome, SourceReport)
    )
    return _unique(chain(inventory.failures, read))


def pages_from_records(
    records: Iterable[Mapping[str, object]],
    *,
    source: str = "records",
    max_chars: int = DEFAULT_MAX_CHARS,
    fields: Mapping[Field, str] | None = None,
) -> Iterator[Page | PageFailure]:
    """Make pages of records in memory: dicts, or the rows of a data frame.

    Args:
        records: Values by field name (the lexicon table ``record_fields`` holds those that are known).
        source: What to give as the source of records without a URL.
        max_chars: Longest page to accept, in characters.
        fields: Names of fields that the records have under unusual names, as ``{"content": "naskah"}``.
    """
    options = ReadOptions(max_chars=max_chars, fields=fields or {})
    origin = Source(source, Path(source), source, "records")
    return _unique(
        record_page(record, origin, f"{source}#{number}", options) for number, record in enumerate(records, 1)
    )
