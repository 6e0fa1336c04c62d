"""Works told in a sentence of their own: "Piala itu diraih lewat film berjudul X"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.awards.candidates import status
from pipeline.awards.coreference import Coreference
from pipeline.awards.merge import same_category
from pipeline.awards.render import Rendered
from pipeline.awards.structures import Candidate
from pipeline.document import Mention
from pipeline.trace import note

#: A work is told within so many sentences of its prize.
_NEAR = 4


def with_works(
    candidates: Sequence[Candidate], rendered: Sequence[Rendered], names: Coreference
) -> list[Candidate]:
    """Give prizes without a work the one that a sentence without a win tells for them.

    A sentence that names a category tells of that category's prize; another one of the only prize of the
    page, or of the only one that the sentences right before it tell.

    Args:
        candidates: Merged candidates.
        rendered: Rendered sentences of the page.
        names: Identities on the page.
    """
    told = {n for d in candidates for n in d.sentences}
    found = list(candidates)
    for part in rendered:
        works = [m for m in part.mentions.values() if m.label == "WORK"]
        if part.index in told or len({names.surface(m) for m in works}) != 1:
            continue
        categories = [m for m in part.mentions.values() if m.label == "CATEGORY" and m.kind != "group"]
        target = _target(found, part.index, categories, names)
        if target is not None:
            candidate = found[target]
            note("work_told_later", candidate.spans[0], works[0].rule, (works[0].start, works[0].end))
            found[target] = replace(candidate, prize=replace(candidate.prize, work=works[0]))
    return found


def _target(
    candidates: Sequence[Candidate], sentence: int, categories: Sequence[Mention], names: Coreference
) -> int | None:
    """Return the number of the candidate that a work told in ``sentence`` belongs to, if that is plain."""
    won = [n for n, d in enumerate(candidates) if not d.past and status(d, names) == "won"]
    if categories:
        fits = [n for n in won if any(same_category(candidates[n], c, names.text) for c in categories)]
    else:
        near = [n for n in won if any(0 <= sentence - s <= _NEAR for s in candidates[n].sentences)]
        last = max((s for n in near for s in candidates[n].sentences if s <= sentence), default=None)
        fits = near if len(won) == 1 else [n for n in near if last in candidates[n].sentences]
    fits = [n for n in fits if candidates[n].prize.work is None]
    return fits[0] if len(fits) == 1 else None
