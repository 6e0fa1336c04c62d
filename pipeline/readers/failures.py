"""What a reader returns for a page that it cannot read."""

from __future__ import annotations

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
            ``timeout``, ``error``, ``crash``.
        message: What is wrong, and what to do about it.
    """

    doc_id: str
    source: str
    reason: str
    message: str
