"""Where in the page a slot's words stand: gold records quote the page without offsets, tools need them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.evaluation.gold import occurrences

Limits = tuple[int, int]


def _whole_words(text: str, limits: Limits) -> bool:
    start, end = limits
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not (before or after)


def anchor(
    text: str, surface: str, near: Sequence[Limits] = (), mentions: Collection[Limits] = ()
) -> Limits | None:
    """Return the likeliest place of a surface.

    Args:
        text: The page.
        surface: Words of a slot.
        near: Limits of the record's evidence, the best first: a place inside the first is preferred.
        mentions: Limits of the page's entities: next, a place that is one.

    Returns:
        Its limits; ``None`` where the surface is blank or does not occur. Of equally good places the first.
    """
    if not surface.strip():
        return None

    def rank(limits: Limits) -> tuple[int, bool, bool, int]:
        inside = (i for i, (start, end) in enumerate(near) if start <= limits[0] and limits[1] <= end)
        return (
            next(inside, len(near)),
            not _whole_words(text, limits),
            limits not in mentions,
            limits[0],
        )

    return min(occurrences(text, surface), key=rank, default=None)
