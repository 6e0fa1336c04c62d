"""What a reader returns for a page that it cannot read, and for what is no page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Longest page that is read, in characters. Articles stay far below; what is longer is a dump or an attack.
DEFAULT_MAX_CHARS = 2_000_000


@dataclass(frozen=True, slots=True)
class PageFailure:
    """A page that could not be read or processed.

    Args:
        doc_id: As in :class:`~pipeline.document.Page`; for a file that failed as a whole, the file's.
        source: Path or URL.
        reason: Short machine-readable reason: ``empty``, ``binary``, ``undecodable``, ``too_long``,
            ``not_json``, ``not_an_object``, ``no_text``, ``unreadable``, ``truncated``, ``zip_bomb``,
            ``unsupported``, ``timeout``, ``error``, ``crash``.
        message: What is wrong, and what to do about it.
    """

    doc_id: str
    source: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record or part of a file that is no page, as a reader meets it: a redirect, a picture, a blank row.

    Args:
        reason: Why it is none, in a word or two joined by ``_``.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What a file held beside its pages.

    Args:
        source: Its path.
        pages: Number of pages that it gave, those that failed among them.
        left_out: How many of its records were no pages, by reason.
    """

    source: str
    pages: int
    left_out: Mapping[str, int]

    @property
    def doc_id(self) -> str:
        """A key by which it is sorted; no page has such an id."""
        return f"\0{self.source}"
