"""All readers, in one list: one more is a module with a reader, and its name here."""

from __future__ import annotations

from pipeline.readers.csv_records import CSV, TSV
from pipeline.readers.json_records import JSON, JSONL
from pipeline.readers.one_page import HTML, TEXT
from pipeline.readers.parquet_records import PARQUET
from pipeline.readers.reader import Reader
from pipeline.readers.warc import WARC

#: The readers; the first one reads what no other one claims.
READERS: tuple[Reader, ...] = (TEXT, HTML, JSONL, JSON, CSV, TSV, PARQUET, WARC)


def reader_of(format: str) -> Reader:  # noqa: A002 (as everywhere in this package)
    """Return the reader of a format."""
    return next(reader for reader in READERS if reader.format == format)


def reader_by_start(start: bytes) -> Reader:
    """Return the reader of what begins so: of text, if of nothing else."""
    told = (reader for reader in READERS if reader.start and start.startswith(reader.start))
    return next(told, READERS[0])


def extensions() -> dict[str, Reader]:
    """Return the readers by the extensions of their files."""
    return {extension: reader for reader in READERS for extension in reader.extensions}
