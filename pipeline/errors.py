"""Errors that users can meet, each with a way out."""

from __future__ import annotations


class PenghargaanError(Exception):
    """Base of all errors the project raises on purpose."""


class UsageError(PenghargaanError):
    """The call cannot work as given (missing path, unknown option): exit status 2."""


class PageError(PenghargaanError):
    """One page cannot be processed; the others go on.

    Args:
        reason: Short machine-readable reason, as counted in run.json ("empty", "binary", "too_long").
        message: What to do about it.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(f"{reason}: {message}")
        self.reason, self.message = reason, message


class LexiconError(PenghargaanError):
    """A lexicon file breaks its schema; the message names file, row and field."""
