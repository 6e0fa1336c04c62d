"""Compressed files unpacked, by their first bytes or their names, and never to absurd sizes."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable
from typing import IO, Any, cast

from pipeline.errors import PageError
from pipeline.readers.reader import Source
from pipeline.readers.signatures import START

# Text compresses to a tenth, repetitive JSON to a fiftieth; gzip's limit, zeros only, is a thousandth.
_MAX_RATIO = 200
_MAX_UNPACKED = 64 * 1024 * 1024
#: How compressed data begins, and what unpacks it.
_UNPACKERS: tuple[tuple[bytes, Callable[[IO[bytes]], IO[bytes]]], ...] = (
    (b"\x1f\x8b", lambda stream: cast("IO[bytes]", gzip.GzipFile(fileobj=stream))),
    (b"BZh", lambda stream: cast("IO[bytes]", bz2.BZ2File(stream))),
    (b"\xfd7zXZ\x00", lambda stream: cast("IO[bytes]", lzma.LZMAFile(stream))),  # noqa: SIM115 (no file is opened)
)


class Bounded(io.RawIOBase):
    """A compressed stream that refuses to unpack to absurd sizes.

    Args:
        stream: What is unpacked.
        packed_size: Bytes that it takes while it is packed.
    """

    def __init__(self, stream: IO[bytes], packed_size: int) -> None:
        super().__init__()
        self._stream = stream
        self._left = _MAX_UNPACKED + _MAX_RATIO * packed_size

    def readable(self) -> bool:
        """Whether it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 (any writable buffer)
        """Fill a buffer, see :class:`io.RawIOBase`.

        Raises:
            PageError: ``zip_bomb`` beyond the limit.
        """
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise PageError(
                "zip_bomb", f"it unpacks to more than {_MAX_RATIO} times its size; it is not read any further"
            )
        buffer[: len(data)] = data
        return len(data)


def first_bytes(stream: io.BufferedReader) -> bytes:
    """Return how a file begins, without reading on in it."""
    return stream.peek(START)[:START]


def unpacked(source: Source, stream: io.BufferedReader, size: int) -> io.BufferedReader:
    """Return a file's contents, unpacked if it is compressed, by its first bytes or by its name.

    Args:
        source: The file.
        stream: Its bytes.
        size: Number of them.
    """
    start = first_bytes(stream)
    unpack = next((unpack for magic, unpack in _UNPACKERS if start.startswith(magic)), None)
    if unpack is None and source.packed:
        unpack = _UNPACKERS[0][1]
    return io.BufferedReader(Bounded(unpack(stream), size), 1 << 16) if unpack else stream
