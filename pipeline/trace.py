"""The trace: each step that drops, changes or joins something on a page can say so, and why.

Nobody listens as a rule, and a note then costs one look-up. Inside :func:`tracing` the notes are kept: a run
counts them by reason, ``explain`` shows them beside the sentence that they are about. The reasons stand in
the table ``trace_reasons``, each with a sentence of what it means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pipeline.lexicon import cached
from pipeline.lexicon.typed_rows import Row, doc, of_table, rows


@of_table("trace_reasons")
class Reason(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a step dropped, changed or joined something."""

    id: Annotated[str, doc("name by which the code gives the reason, and run.json counts it")]
    stage: Annotated[Literal["terms", "frames", "candidates", "records"], doc("step that gives it")]
    action: Annotated[
        Literal["kept", "dropped", "changed", "joined", "chosen"],
        doc("what became of it: kept, dropped, changed, joined; chosen: another one filled the slot"),
    ]
    meaning: Annotated[str, doc("what it means, as a sentence to be shown")]


@cached
def reasons() -> Mapping[str, Reason]:
    """Return the reasons by id."""
    return {row.id: row for row in rows(Reason)}


@dataclass(frozen=True, slots=True)
class Note:
    """One decision of a step.

    Args:
        reason: Id of the reason.
        start: First character of what it is about, in the text that the stages read.
        end: One past the last.
        by: Id of the rule or cue that decided, or of what it was joined to; empty where the step itself did.
        other: Span of the rival that won, or of what it was joined to.
    """

    reason: str
    start: int
    end: int
    by: str = ""
    other: tuple[int, int] | None = None


@dataclass(slots=True)
class Tracer:
    """The notes of one page, in the order of the decisions."""

    notes: list[Note] = field(default_factory=list)

    def left_out(self) -> dict[str, int]:
        """Return how often something that might have become a record was dropped, by reason."""
        known = {row.id for row in reasons().values() if row.action == "dropped" and row.stage != "terms"}
        return dict(Counter(n.reason for n in self.notes if n.reason in known))


# A context variable, so that the steps stay functions of their arguments and threads do not hear each other.
_tracer: ContextVar[Tracer | None] = ContextVar("tracer", default=None)


def note(reason: str, span: tuple[int, int], by: str = "", other: tuple[int, int] | None = None) -> None:
    """Say what a step decided, to whom listens.

    Args:
        reason: Id of a row of ``trace_reasons``.
        span: Offsets of what it is about.
        by: Id of the rule or cue that decided.
        other: Offsets of the rival that won, or of what it was joined to.
    """
    tracer = _tracer.get()
    if tracer is not None:
        tracer.notes.append(Note(reason, *span, by, other))


def listening() -> bool:
    """Return whether somebody listens, where it takes work to know what to say."""
    return _tracer.get() is not None


@contextmanager
def tracing() -> Iterator[Tracer]:
    """Keep the notes of the steps that run inside.

    Example:
        >>> with tracing() as tracer:
        ...     note("no_event_over_list", (0, 5))
        >>> tracer.left_out()
        {'no_event_over_list': 1}
    """
    tracer = Tracer()
    token = _tracer.set(tracer)
    try:
        yield tracer
    finally:
        _tracer.reset(token)
