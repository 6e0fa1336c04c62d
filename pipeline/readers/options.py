"""How to read: limits, and the names of fields that no list of usual names has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Literal, get_args

from pipeline.readers.failures import DEFAULT_MAX_CHARS

#: What a record may say about its page, and an option may name.
Field = Literal["id", "url", "text", "content", "html", "title", "published", "byline"]
FIELDS: tuple[Field, ...] = get_args(Field)


class Meter:
    """How far reading is, in bytes of the files as they lie on disk."""

    def __init__(self) -> None:
        self._before = 0
        self._file: IO[bytes] | None = None

    def opened(self, file: IO[bytes]) -> None:
        """Watch a file that is read from now on, in the place of the one before."""
        self._file = file

    def finished(self, size: int) -> None:
        """Count a file that has been read, whatever part of it was."""
        self._file = None
        self._before += size

    @property
    def bytes(self) -> int:
        """Bytes read so far."""
        if self._file is None or self._file.closed:
            return self._before
        try:
            return self._before + self._file.tell()
        except OSError:  # a pipe
            return self._before


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read.

    Args:
        max_chars: Longest page to accept, in characters.
        fields: Name of a field by what it holds, for records whose fields have unusual names; a field inside
            an object goes by both names, ``"data.isi"``. What is not named is found by its usual names.
        meter: Told how far reading is, if given.
    """

    max_chars: int = DEFAULT_MAX_CHARS
    fields: Mapping[Field, str] = field(default_factory=dict)
    meter: Meter | None = field(default=None, compare=False)
