"""What a reader is: a function from an open file of one format to its pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.document import Page
from pipeline.errors import PageError
from pipeline.readers.failures import PageFailure
from pipeline.readers.options import ReadOptions

Outcome = Page | PageFailure


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Args:
        doc_id: Id of its page, or prefix of its records' ids.
        path: Where it is.
        shown: Its path as it goes into the ``source`` column: as the user gave it.
        format: Name of its reader, or ``stdin``.
        gzip: Whether it is gzip-compressed.
        url: Where it is if it is no local file.
    """

    doc_id: str
    path: Path
    shown: str
    format: str
    gzip: bool = False
    url: str = ""


Read = Callable[[Source, io.BufferedReader, ReadOptions], Iterator[Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A reader of one format.

    Args:
        format: Name of the format.
        extensions: Of its files, in lower case.
        read: Reads a file: yields its pages and what cannot be read, a page in memory at a time; raises
            :class:`~pipeline.errors.PageError` where the rest of the file cannot be read.
        one_page: Whether a file is one page.
        compressed: Whether files may be compressed, with ``.gz`` behind the extension.
        unpacks: Whether ``read`` is given compressed files as they are.
        start: How a file begins on standard input, by which the format is known there; empty: it is not.
    """

    format: str
    extensions: tuple[str, ...]
    read: Read
    one_page: bool = False
    compressed: bool = True
    unpacks: bool = False
    start: bytes = b""


def failure(source: Source, error: PageError, doc_id: str | None = None) -> PageFailure:
    """Return what is told of a file, or a page in it, that cannot be read."""
    return PageFailure(doc_id or source.doc_id, source.shown, error.reason, error.message)
