"""Files opened, local, remote or compressed, and read by the reader of their format."""

from __future__ import annotations

import io
import lzma
import os
import shutil
import sys
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from tempfile import TemporaryFile
from typing import cast

from pipeline.document import Page
from pipeline.errors import PageError
from pipeline.readers.archive_members import ArchiveFolder
from pipeline.readers.failures import LeftOut, PageFailure, SourceReport
from pipeline.readers.options import ReadOptions
from pipeline.readers.packed_streams import Bounded, first_bytes, unpacked
from pipeline.readers.reader import Member, Source, failure
from pipeline.readers.registry import reader_for, reader_of

#: What is told of a file.
Told = Page | PageFailure | LeftOut
#: Taken for the size of what comes through a pipe.
_UNKNOWN_SIZE = 1 << 30


@contextmanager
def _binary(source: Source) -> Iterator[tuple[io.BufferedReader, int]]:
    """Open a file, local or remote, and tell its size."""
    if source.url:
        import fsspec

        with fsspec.open(source.url, "rb") as remote:
            size = remote.seek(0, io.SEEK_END)
            remote.seek(0)
            yield io.BufferedReader(remote, 1 << 16), size
    else:
        with source.path.open("rb") as local:
            yield local, os.fstat(local.fileno()).st_size


@contextmanager
def _open(source: Source, options: ReadOptions) -> Iterator[io.BufferedReader]:
    if source.format == "stdin":
        yield unpacked(source, cast(io.BufferedReader, sys.stdin.buffer), _UNKNOWN_SIZE)
        return
    with _binary(source) as (stream, size):
        if options.meter:
            options.meter.opened(stream)
        try:
            yield stream if reader_of(source.format).unpacks else unpacked(source, stream, size)
        finally:
            if options.meter:
                options.meter.finished(size)


def read_source(source: Source, options: ReadOptions) -> Iterator[Page | PageFailure | SourceReport]:
    """Read all pages of one file; what goes wrong comes back as a failure, never as an exception.

    A file without any page is accounted for as well: by a failure if it holds nothing at all, else by the
    report of what it held in their place, which comes last.
    """
    left_out: Counter[str] = Counter()
    pages = 0
    for outcome in _read_source(source, options):
        if isinstance(outcome, LeftOut):
            left_out[outcome.reason] += 1
        else:
            pages += 1
            yield outcome
    if left_out:
        yield SourceReport(source.shown, pages, dict(sorted(left_out.items())))
    elif not pages:
        hint = "the file holds no record; check the scraper, or delete the file"
        yield failure(source, PageError("empty", hint))


def _read_source(source: Source, options: ReadOptions) -> Iterator[Told]:
    def opened() -> Iterator[Told]:
        with _open(source, options) as stream:
            yield from _read_stream(source, stream, options)

    return _guarded(source, opened())


def _read_stream(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Told]:
    """Read an open file by the reader that its name or its first bytes call for, and what lies inside it."""
    reader = reader_for(source.format, first_bytes(stream))
    folder = ArchiveFolder(source)
    with ExitStack() as stack:
        if reader.seeks and not stream.seekable():
            whole = stack.enter_context(TemporaryFile())
            shutil.copyfileobj(stream, whole)
            whole.seek(0)
            stream = cast(io.BufferedReader, whole)
        for outcome in reader.read(source, stream, options):
            if not isinstance(outcome, Member):
                yield outcome
            elif kind := folder.passed_over(outcome):
                yield LeftOut(kind)
            else:
                yield from _read_member(folder.member(outcome), outcome, options)


def _read_member(source: Source, member: Member, options: ReadOptions) -> Iterator[Told]:
    def opened() -> Iterator[Told]:
        with closing(member.contents):
            packed: io.BufferedReader = io.BufferedReader(Bounded(member.contents, member.size), 1 << 16)
            yield from _read_stream(source, unpacked(source, packed, member.size), options)

    return _guarded(source, opened())


def _guarded(source: Source, outcomes: Iterator[Told]) -> Iterator[Told]:
    """Turn what ends the reading of a file into a failure."""
    try:
        yield from outcomes
    except PageError as error:
        yield failure(source, error)
    except EOFError:
        hint = "the compressed file ends too early, what was read before stays; download it again"
        yield failure(source, PageError("truncated", hint))
    except (OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError) as error:
        hint = "unpack it by hand to see" if source.packed else "check that it exists and may be read"
        yield failure(source, PageError("unreadable", f"{error}; {hint}"))
