"""All readers, in one list: one more is a module with a reader, and its name here."""

from __future__ import annotations

from pipeline.readers.arc import ARC
from pipeline.readers.archives import TAR, ZIP
from pipeline.readers.csv_records import CSV, TSV
from pipeline.readers.feeds import FEED
from pipeline.readers.har import HAR
from pipeline.readers.json_records import JSON, JSONL
from pipeline.readers.mime_messages import MESSAGE
from pipeline.readers.one_page import HTML, TEXT
from pipeline.readers.parquet_records import PARQUET
from pipeline.readers.pdf import PDF
from pipeline.readers.reader import Reader
from pipeline.readers.spreadsheets import SPREADSHEET
from pipeline.readers.warc import WARC

#: The readers; the first one reads what no other one claims.
READERS: tuple[Reader, ...] = (
    TEXT,
    HTML,
    HAR,
    JSONL,
    JSON,
    CSV,
    TSV,
    PARQUET,
    WARC,
    ARC,
    MESSAGE,
    FEED,
    ZIP,
    TAR,
    SPREADSHEET,
    PDF,
)


def reader_of(format: str) -> Reader:  # noqa: A002 (as everywhere in this package)
    """Return the reader of a format."""
    return next(reader for reader in READERS if reader.format == format)


def reader_for(format: str, start: bytes) -> Reader:  # noqa: A002 (the same)
    """Return the reader of a file.

    Args:
        format: What its name says that it is, or ``stdin``.
        start: Its first bytes, which may say otherwise.
    """
    open_to_all = format in {READERS[0].format, "stdin"}
    told = (reader for reader in READERS if (open_to_all or reader.certain) and reader.claims(start))
    return next(told, None) or (READERS[0] if open_to_all else reader_of(format))


def extensions() -> dict[str, Reader]:
    """Return the readers by the extensions of their files."""
    return {extension: reader for reader in READERS for extension in reader.extensions}
