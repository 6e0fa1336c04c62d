"""Who an official stands for: a mayor who receives a prize receives it for the city."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.awards.pack import grammar
from pipeline.document import Mention
from pipeline.lexicon import cached, load_table

_REGION_KINDS = frozenset({"province", "regency", "city", "district", "village"})


@cached
def _personal_words() -> re.Pattern[str]:
    words = sorted((w for row in load_table("personal_awards") for w in row["words"]), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.IGNORECASE)


def is_personal(name: str) -> bool:
    """Whether an award or category of this name honours a person, so that an official wins it himself."""
    return bool(_personal_words().search(name))


def inside(outer: Mention, mentions: Sequence[Mention], *labels: str) -> list[Mention]:
    """Return the mentions with one of ``labels`` nested in ``outer``, longest first."""
    found = [
        m
        for m in mentions
        if m.label in labels and outer.start <= m.start and m.end <= outer.end and m != outer
    ]
    return sorted(found, key=lambda m: (m.start - m.end, m.start))


def is_region(mention: Mention) -> bool:
    """Whether a mention names a region or its government."""
    return mention.kind in _REGION_KINDS


def stands_for(position: Mention, surface: str, mentions: Sequence[Mention]) -> tuple[str, Mention | None]:
    """Say for whom an office wins.

    Returns:
        ``("region", place)`` for heads of regions and their staff (``None`` where the office names none),
        ``("unit", agency)`` for heads of agencies, ``("force", agency)`` for commanders of police or army and
        heads of courts, who never stand for a region, ``("person", None)`` for everyone else.
    """
    if grammar("region_office").search(surface):
        places = inside(position, mentions, "AGENCY", "PLACE")
        regions = [m for m in places if is_region(m) and m.label == "PLACE"] or [
            m for m in places if m.label == "PLACE"
        ]
        return "region", regions[0] if regions else None
    if grammar("force_office").match(surface):
        agencies = inside(position, mentions, "AGENCY")
        return "force", agencies[0] if agencies else None
    if grammar("unit_office").match(surface):
        agencies = inside(position, mentions, "AGENCY", "ORGANISATION")
        return "unit", agencies[0] if agencies else None
    return "person", None
