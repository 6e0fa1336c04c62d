"""Winners by the tagger: names that it reads as winners where no rule has an argument for them.

It has learnt from annotated pages what stands around a winner, whatever the verb; rules say what was won.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.awards.clauses import discourse, find_triggers
from pipeline.awards.pack import reader_rule
from pipeline.awards.prizes import read_prizes
from pipeline.awards.render import RECIPIENT_LABELS, Rendered
from pipeline.awards.structures import Frame, Prize
from pipeline.document import Mention

#: A name at least as likely the winner is one where a rule leaves the winner open, or where no rule reads.
_OPEN, _ALONE = 0.5, 0.7


def winners_of(rendered: Rendered, least: float) -> list[Mention]:
    """Return the names of a sentence that the tagger reads as winners, in text order.

    Args:
        rendered: Rendered sentence.
        least: Their least likelihood.
    """
    found = [m for m in rendered.mentions.values() if m.label in RECIPIENT_LABELS]
    return sorted((m for m in found if m.likely("WINNER") >= least), key=lambda m: m.start)


def with_winner_parts(
    text: str, rendered: Rendered, found: Sequence[Frame], title: bool = False
) -> list[Frame]:
    """Give frames without a winner the one that the tagger sees; without a frame, read one by its winners.

    Args:
        text: Article text.
        rendered: Rendered sentence.
        found: Frames that rules read in it.
        title: Whether it is the headline.
    """
    if not found:
        return _by_parts(text, rendered, title)
    winners = winners_of(rendered, _OPEN)
    told = {m for f in found for m in f.recipients}
    if len(winners) != 1 or told or any(f.pronoun or f.counted for f in found):
        return list(found)
    return [replace(f, recipients=(winners[0],)) for f in found]


def _by_parts(text: str, rendered: Rendered, title: bool) -> list[Frame]:
    """Read a sentence by winners and prizes alone: each its own where there are as many, else one for all."""
    winners = winners_of(rendered, _ALONE)
    end = len(rendered.text)
    # a verb that tells no fact: "X gagal meraih ...", though the tagger sees a winner there
    unreal = any(discourse(rendered, 0, t, end)[0] for t in find_triggers(rendered, title))
    if not winners or unreal:
        return []
    prizes = [p for p in read_prizes(text, rendered, 0, end) if not p.bare or p.event]
    if not prizes:
        return []
    if len(prizes) == 1 or len(winners) == 1:
        pairs: list[tuple[tuple[Mention, ...], tuple[Prize, ...]]] = [(tuple(winners), tuple(prizes))]
    elif len(prizes) == len(winners):
        pairs = [((w,), (p,)) for w, p in zip(winners, prizes, strict=True)]
    else:
        return []
    span = rendered.span(0, end)
    return [Frame(reader_rule("winner_parts"), rendered, w, p, span=span) for w, p in pairs]
