"""What the steps of the award stage hand on: prizes, frames and candidates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.awards.pack import FrameRule, frame_rule
from pipeline.awards.render import Rendered
from pipeline.document import Mention
from pipeline.trace import note

#: A number told by the text, with its span: ``(number, start, end)``.
NumberSpan = tuple[int, int, int]


#: Id of the rule that makes an event of a description (see ``code_rules``).
DESCRIPTION = "DES01"


@dataclass(frozen=True, slots=True)
class Prize:
    """What was won, as far as one stretch of text says it."""

    result: Mention | None = None
    category: Mention | None = None
    group: Mention | None = None
    work: Mention | None = None
    event: Mention | None = None

    @property
    def start(self) -> int:
        """Offset of its first mention."""
        return min(
            (m.start for m in (self.result, self.category, self.group, self.work, self.event) if m), default=0
        )

    @property
    def span(self) -> tuple[int, int] | None:
        """Offsets from its first mention to the last, ``None`` where it has none."""
        mentions = [m for m in (self.result, self.category, self.group, self.work, self.event) if m]
        return (min(m.start for m in mentions), max(m.end for m in mentions)) if mentions else None

    @property
    def bare(self) -> bool:
        """Whether neither rank nor category is known."""
        return self.result is None and self.category is None


@dataclass(frozen=True, slots=True)
class Frame:
    """A clause that tells of a win.

    Args:
        rule: The rule that found it.
        rendered: Sentence it stands in.
        recipients: Winners as mentioned; empty where the clause leaves the winner to the context.
        prizes: What was won.
        organisers: Subjects of giving frames.
        past: Whether a cue says it is history; with the cue's id in ``cues``.
        title: Whether it stands in the headline.
        span: Article offsets of the clause.
        cues: Ids of the cues that count.
        pronoun: "third" where the subject is "ia" or the like (the person named last), "first" for "saya".
        same: Whether it says that the prize is the one told before ("penghargaan serupa").
        counted: Whether it only counts its winners ("tiga siswa"), who may be named in the next sentence.
        also: Whether it says that this is one prize more ("juga").
        contest: Whether it tells who came next in a contest whose first winner has a rank.
        beside: Who won with the subject ("bersama Universitas Y").
    """

    rule: FrameRule
    rendered: Rendered
    recipients: tuple[Mention, ...]
    prizes: tuple[Prize, ...]
    organisers: tuple[Mention, ...] = ()
    past: bool = False
    title: bool = False
    span: tuple[int, int] = (0, 0)
    cues: tuple[str, ...] = field(default=())
    pronoun: str = ""
    same: bool = False
    counted: bool = False
    also: bool = False
    beside: tuple[Mention, ...] = ()
    contest: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """One award record in the making.

    Args:
        recipient: Winner as mentioned, ``None`` for the page's focal recipient.
        key: Identity of the recipient on the page.
        prize: What was won.
        event: Event mention.
        event_key: Identity of the event on the page.
        sentence: Index of the sentence of the first telling.
        spans: Clauses that carry it.
        rules: Rules that made it.
        past: NumberSpan as history.
        title: NumberSpan in the headline only.
        year: Year told for it.
        organisers: Who gave it, where the clause says so.
        tellings: How often the page tells it.
        sentences: Indices of the sentences that tell it.
        also: NumberSpan as one prize more.
        recalls: Whether it speaks of a prize told before ("penghargaan tersebut").
    """

    recipient: Mention | None
    key: str
    prize: Prize
    event: Mention | None
    event_key: str
    sentence: int
    spans: tuple[tuple[int, int], ...]
    rules: tuple[str, ...]
    past: bool = False
    title: bool = False
    year: NumberSpan | None = None
    organisers: tuple[Mention, ...] = ()
    tellings: int = 1
    sentences: tuple[int, ...] = ()
    also: bool = False
    recalls: bool = False

    @property
    def rule(self) -> FrameRule:
        """The frame rule that told it first."""
        found = frame_rule(self.rules[0])
        if found is None:
            raise ValueError(f"{self.rules[0]} is no frame rule")
        return found


def without(
    candidates: Sequence[Candidate], reason: str, dropped: Callable[[Candidate], bool]
) -> list[Candidate]:
    """Return the candidates that stay, and tell the trace of the others.

    Args:
        candidates: Candidates.
        reason: Why some go, a row of ``trace_reasons``.
        dropped: Which ones go.
    """
    kept = []
    for candidate in candidates:
        if dropped(candidate):
            note(reason, candidate.spans[0], candidate.rules[0])
        else:
            kept.append(candidate)
    return kept
