"""What a reader is: a function from an open file of one format to its pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipeline.document import Page
from pipeline.errors import PageError
from pipeline.readers.failures import LeftOut, PageFailure
from pipeline.readers.options import ReadOptions


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Args:
        doc_id: Id of its page, or prefix of its records' ids.
        path: Where it is.
        shown: Its path as it goes into the ``source`` column: as the user gave it.
        format: Name of its reader, or ``stdin``.
        packed: Whether its name says that it is compressed.
        url: Where it is if it is no local file.
        depth: Number of archives that it lies in.
    """

    doc_id: str
    path: Path
    shown: str
    format: str
    packed: bool = False
    url: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive, to be read as one in a folder.

    Args:
        name: Its path in the archive.
        size: Bytes that it takes there.
        contents: What it holds; closed by whoever takes it.
        siblings: Paths of all files of the archive, where they are known from the start.
    """

    name: str
    size: int
    contents: IO[bytes]
    siblings: frozenset[str]


#: What a reader yields.
Outcome = Page | PageFailure | LeftOut | Member

Read = Callable[[Source, io.BufferedReader, ReadOptions], Iterator[Outcome]]


def _never(_start: bytes) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A reader of one format.

    Args:
        format: Name of the format.
        extensions: Of its files, in lower case.
        read: Reads a file: yields its pages, what cannot be read and what it leaves out, a page in memory at
            a time; raises :class:`~pipeline.errors.PageError` where the rest of the file cannot be read.
        one_page: Whether a file is one page.
        compressed: Whether files may be compressed, with ``.gz`` behind the extension.
        unpacks: Whether ``read`` is given compressed files as they are.
        seeks: Whether ``read`` goes to and fro in the file.
        claims: Whether a file that begins so is of this format: standard input, text, what has no known name.
        certain: Whether that holds against another extension as well.
    """

    format: str
    extensions: tuple[str, ...]
    read: Read
    one_page: bool = False
    compressed: bool = True
    unpacks: bool = False
    seeks: bool = False
    claims: Callable[[bytes], object] = _never
    certain: bool = False


def failure(source: Source, error: PageError, doc_id: str | None = None) -> PageFailure:
    """Return what is told of a file, or a page in it, that cannot be read."""
    return PageFailure(doc_id or source.doc_id, source.shown, error.reason, error.message)
