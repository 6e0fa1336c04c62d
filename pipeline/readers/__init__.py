"""Readers: files, folders, globs and data frames in, one :class:`~pipeline.document.Page` a document out.

The formats are those of :mod:`pipeline.readers.registry`: text, HTML, records (JSON, CSV, Parquet), crawls
(WARC, WET), and each but Parquet compressed as ``.gz``. Pages are streamed; what cannot be read comes back as
a :class:`PageFailure` in its place, so that one bad page never stops the others.
"""

from __future__ import annotations

from pipeline.readers.failures import DEFAULT_MAX_CHARS, PageFailure
from pipeline.readers.options import FIELDS, Field, ReadOptions
from pipeline.readers.pages import pages_from_records, read_pages

__all__ = [
    "DEFAULT_MAX_CHARS",
    "FIELDS",
    "Field",
    "PageFailure",
    "ReadOptions",
    "pages_from_records",
    "read_pages",
]
