"""Files opened, local, remote or compressed, and read by the reader of their format."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from pipeline.errors import PageError
from pipeline.readers.options import ReadOptions
from pipeline.readers.reader import Outcome, Source, failure
from pipeline.readers.registry import reader_by_start, reader_of

# Text compresses to a tenth, repetitive JSON to a fiftieth; gzip's limit, zeros only, is a thousandth.
_MAX_RATIO = 200
_MAX_UNPACKED = 64 * 1024 * 1024


class _Unpacked(io.RawIOBase):
    """A gzip-compressed stream that refuses to unpack to absurd sizes."""

    def __init__(self, stream: gzip.GzipFile, packed_size: int) -> None:
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
        yield cast(io.BufferedReader, sys.stdin.buffer)
        return
    with _binary(source) as (stream, size):
        if options.meter:
            options.meter.opened(stream)
        try:
            if source.gzip and not reader_of(source.format).unpacks:
                with gzip.GzipFile(fileobj=stream) as packed:
                    yield io.BufferedReader(_Unpacked(packed, size), 1 << 16)
            else:
                yield stream
        finally:
            if options.meter:
                options.meter.finished(size)


def read_source(source: Source, options: ReadOptions) -> Iterator[Outcome]:
    """Read all pages of one file; what goes wrong comes back as a failure, never as an exception.

    A file without any page is a failure as well, so that each file is accounted for.
    """
    outcomes = _read_source(source, options)
    first = next(outcomes, None)
    if first is None:
        hint = "the file holds no record; check the scraper, or delete the file"
        yield failure(source, PageError("empty", hint))
        return
    yield first
    yield from outcomes


def _read_source(source: Source, options: ReadOptions) -> Iterator[Outcome]:
    try:
        with _open(source, options) as stream:
            reader = reader_by_start(stream.peek(5)) if source.format == "stdin" else reader_of(source.format)
            yield from reader.read(source, stream, options)
    except PageError as error:
        yield failure(source, error)
    except EOFError:
        hint = "the compressed file ends too early, what was read before stays; download it again"
        yield failure(source, PageError("truncated", hint))
    except (OSError, zlib.error) as error:
        hint = "unpack it by hand to see" if source.gzip else "check that it exists and may be read"
        yield failure(source, PageError("unreadable", f"{error}; {hint}"))
