"""Works told in a sentence of their own: "Piala itu diraih lewat film berjudul X"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.awards.candidates import status
from pipeline.awards.coreference import Names
from pipeline.awards.merge import same_category
from pipeline.awards.render import Rendered
from pipeline.awards.structures import Draft
from pipeline.document import Mention

#: A work is told within so many sentences of its prize.
_NEAR = 4


def with_works(drafts: Sequence[Draft], rendered: Sequence[Rendered], names: Names) -> list[Draft]:
    """Give prizes without a work the one that a sentence without a win tells for them.

    A sentence that names a category tells of that category's prize; another one of the only prize of the
    page, or of the only one that the sentences right before it tell.

    Args:
        drafts: Merged drafts.
        rendered: Rendered sentences of the page.
        names: Identities on the page.
    """
    told = {n for d in drafts for n in d.sentences}
    found = list(drafts)
    for part in rendered:
        works = [m for m in part.mentions.values() if m.label == "WORK"]
        if part.index in told or len({names.surface(m) for m in works}) != 1:
            continue
        categories = [m for m in part.mentions.values() if m.label == "CATEGORY" and m.kind != "group"]
        target = _target(found, part.index, categories, names)
        if target is not None:
            draft = found[target]
            found[target] = replace(draft, prize=replace(draft.prize, work=works[0]))
    return found


def _target(
    drafts: Sequence[Draft], sentence: int, categories: Sequence[Mention], names: Names
) -> int | None:
    """Return the number of the draft that a work told in ``sentence`` belongs to, if it is plain which."""
    won = [n for n, d in enumerate(drafts) if not d.past and status(d, names) == "won"]
    if categories:
        fits = [n for n in won if any(same_category(drafts[n], c, names.text) for c in categories)]
    else:
        near = [n for n in won if any(0 <= sentence - s <= _NEAR for s in drafts[n].sentences)]
        last = max((s for n in near for s in drafts[n].sentences if s <= sentence), default=None)
        fits = near if len(won) == 1 else [n for n in near if last in drafts[n].sentences]
    fits = [n for n in fits if drafts[n].prize.work is None]
    return fits[0] if len(fits) == 1 else None
