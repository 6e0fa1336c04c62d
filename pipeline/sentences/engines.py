"""Engines: what splits sentences, by name."""

from __future__ import annotations

from functools import cache
from typing import Literal, get_args

from pipeline.errors import UsageError
from pipeline.sentences import Splitter, split_text, stanza

#: ``spacy`` for the rules, ``stanza`` for stanza's model.
Engine = Literal["spacy", "stanza"]
ENGINES: tuple[Engine, ...] = get_args(Engine)


def check_engine(engine: str) -> None:
    """Raise :class:`UsageError` for an engine that is unknown or not installed."""
    if engine not in ENGINES:
        raise UsageError(f"unknown engine {engine!r}; use one of {', '.join(ENGINES)}")
    if engine == "stanza":
        stanza.check_available()


@cache
def splitter(engine: str) -> Splitter:
    """Return what splits sentences for an engine, loaded once a process.

    Args:
        engine: Name of the engine.

    Raises:
        UsageError: If the engine is unknown, or stanza or its model is missing.
    """
    check_engine(engine)
    if engine != "stanza":
        return split_text
    stanza.load()
    return stanza.split_text
