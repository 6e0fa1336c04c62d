"""Cues: words that change what a clause says, with the part of it in which they do (table ``award_cues``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal, get_args

import msgspec

from pipeline.awards.pack.frame_rules import FrameKind
from pipeline.awards.pack.macros import RenderedRule
from pipeline.lexicon import cached
from pipeline.lexicon.typed_rows import doc, of_table, rows

#: Parts of a sentence seen from the verb of a frame.
Span = Literal["before", "behind", "clause", "to_verb", "to_end"]
#: What a cue may change: a frame, the opener of a list (by the pattern that finds it), or a hand-over.
Context = Literal[FrameKind, "list_ahead", "winners_ahead", "handover"]


class CueScope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a cue is looked for.

    Args:
        span: ``before`` the verb in its clause, ``behind`` it, in the ``clause``, in the clause up to the end
            of the verb (``to_verb``), or in the sentence up to the end of the clause (``to_end``).
        of: Contexts in which it counts; none are named where it counts in all frames.
    """

    span: Span
    of: tuple[Context, ...] = get_args(FrameKind)


@of_table("award_cues")
class Cue(RenderedRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word that changes what a clause says."""

    id: Annotated[str, doc("cue id")]
    meaning: Annotated[str, doc("what the clause says with it")]
    cue: Annotated[
        Literal[
            "negated", "future", "rival", "past", "definition", "thanks", "candidate", "object", "unprized"
        ],
        doc("class of the cue"),
    ]
    effect: Annotated[
        Literal["unreal", "past"],
        doc("unreal: no win is told; past: the win is history"),
    ]
    scopes: Annotated[tuple[CueScope, ...], doc("where it is looked for: span, and of which frames")]
    pattern: Annotated[
        re.Pattern[str],
        doc(
            "regular expression over the rendered part; one that ends in $ is tried on the words right "
            "before the verb"
        ),
    ]
    examples: Annotated[tuple[str, ...], doc("own phrases in which the cue is found")]
    counter: Annotated[tuple[str, ...], doc("own phrases in which it is not")]


@cached
def _in_context(context: Context, effect: str) -> tuple[tuple[Span, Cue], ...]:
    return tuple(
        (scope.span, cue)
        for cue in rows(Cue)
        if cue.effect == effect
        for scope in cue.scopes
        if context in scope.of
    )


def find_cue(context: Context, spans: Mapping[str, str], effect: Literal["unreal", "past"] = "unreal") -> str:
    """Return the id of the first cue that changes what is said, empty if there is none.

    Args:
        context: What it may change.
        spans: Parts of the rendered sentence by their names, see :class:`CueScope`.
        effect: What it should do.
    """
    return next((c.id for span, c in _in_context(context, effect) if c.pattern.search(spans[span])), "")
