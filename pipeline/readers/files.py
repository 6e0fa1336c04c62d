"""Files opened, local, remote or compressed, and read by the reader of their format."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import shutil
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Any, cast

from pipeline.document import Page
from pipeline.errors import PageError
from pipeline.readers.failures import LeftOut, PageFailure, SourceReport
from pipeline.readers.options import ReadOptions
from pipeline.readers.reader import Outcome, Source, failure
from pipeline.readers.registry import reader_for, reader_of
from pipeline.readers.signatures import START

# Text compresses to a tenth, repetitive JSON to a fiftieth; gzip's limit, zeros only, is a thousandth.
_MAX_RATIO = 200
_MAX_UNPACKED = 64 * 1024 * 1024
#: Taken for the size of what comes through a pipe.
_UNKNOWN_SIZE = 1 << 30
#: How compressed data begins, and what unpacks it.
_UNPACKERS: tuple[tuple[bytes, Callable[[IO[bytes]], IO[bytes]]], ...] = (
    (b"\x1f\x8b", lambda stream: cast("IO[bytes]", gzip.GzipFile(fileobj=stream))),
    (b"BZh", lambda stream: cast("IO[bytes]", bz2.BZ2File(stream))),
    (b"\xfd7zXZ\x00", lambda stream: cast("IO[bytes]", lzma.LZMAFile(stream))),  # noqa: SIM115 (no file is opened)
)


class _Unpacked(io.RawIOBase):
    """A compressed stream that refuses to unpack to absurd sizes."""

    def __init__(self, stream: IO[bytes], packed_size: int) -> None:
        super().__init__()
        self._stream = stream
        self._left = _MAX_UNPACKED + _MAX_RATIO * packed_size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 (any writable buffer)
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise PageError(
                "zip_bomb", f"it unpacks to more than {_MAX_RATIO} times its size; it is not read any further"
            )
        buffer[: len(data)] = data
        return len(data)


def _start(stream: io.BufferedReader) -> bytes:
    return stream.peek(START)[:START]


def unpacked(source: Source, stream: io.BufferedReader, size: int) -> io.BufferedReader:
    """Return a file's contents, unpacked if it is compressed, by its first bytes or by its name.

    Args:
        source: The file.
        stream: Its bytes.
        size: Number of them.
    """
    start = _start(stream)
    unpack = next((unpack for magic, unpack in _UNPACKERS if start.startswith(magic)), None)
    if unpack is None and source.packed:
        unpack = _UNPACKERS[0][1]
    return io.BufferedReader(_Unpacked(unpack(stream), size), 1 << 16) if unpack else stream


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


def _read_source(source: Source, options: ReadOptions) -> Iterator[Outcome]:
    def opened() -> Iterator[Outcome]:
        with _open(source, options) as stream:
            yield from _read_stream(source, stream, options)

    return _guarded(source, opened())


def read_stream(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read an open file, already unpacked, by the reader that its name or its first bytes call for.

    Args:
        source: The file.
        stream: Its contents.
        options: How to read.

    Returns:
        Its pages, what cannot be read, and what is left out; nothing is raised.
    """
    return _guarded(source, _read_stream(source, stream, options))


def _read_stream(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    reader = reader_for(source.format, _start(stream))
    if not reader.seeks or stream.seekable():
        yield from reader.read(source, stream, options)
        return
    with TemporaryFile() as whole:
        shutil.copyfileobj(stream, whole)
        whole.seek(0)
        yield from reader.read(source, cast(io.BufferedReader, whole), options)


def _guarded(source: Source, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """Turn what ends the reading of a file into a failure."""
    try:
        yield from outcomes
    except PageError as error:
        yield failure(source, error)
    except EOFError:
        hint = "the compressed file ends too early, what was read before stays; download it again"
        yield failure(source, PageError("truncated", hint))
    except (OSError, zlib.error, lzma.LZMAError) as error:
        hint = "unpack it by hand to see" if source.packed else "check that it exists and may be read"
        yield failure(source, PageError("unreadable", f"{error}; {hint}"))
