"""Own pages for the exchange of names, and a drawing whose names can be told from the old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.evaluation.name_swap import swap_record
from pipeline.evaluation.swap_regions import KnownRegion


@dataclass(frozen=True)
class Telling:
    """Gives "Sarix" for "Sari"; for regions, those that are asked for, or the first that fits."""

    regions: Mapping[str, str] = field(default_factory=dict)

    def word(self, kind: str, old: str, attempt: int) -> str:  # noqa: ARG002 (the protocol's)  # noqa: ARG002 (the protocol's)
        return old.capitalize() + "x" * (1 + attempt)

    def letters(self, old: str, attempt: int) -> str:
        return old[:-1] + "x" * (1 + attempt)

    def region(self, old: KnownRegion, choices: Sequence[KnownRegion]) -> KnownRegion:
        wanted = self.regions.get(old.base)
        return next((r for r in choices if r.base == wanted), choices[0])


def page(
    text: str, *entities: tuple[str, str], awards: Sequence[Mapping[str, Any]] = (), **keys: Any
) -> dict[str, Any]:
    """Return a gold page; each entity is marked wherever its words stand."""
    marked = []
    for surface, label in entities:
        at = text.find(surface)
        while at >= 0:
            marked.append({"label": label, "text": surface, "start": at, "end": at + len(surface)})
            at = text.find(surface, at + 1)
    return {
        "doc_id": "own",
        "text": text,
        "label": "positive" if awards else "negative",
        "awards": [dict(award) for award in awards],
        "entities": sorted(marked, key=lambda e: (e["start"], -e["end"])) if entities else None,
        "boilerplate": [],
        **keys,
    }


def swapped(
    text: str, *entities: tuple[str, str], regions: Mapping[str, str] | None = None, **keys: Any
) -> str:
    """Return the text of a page with its names exchanged."""
    return str(swap_record(page(text, *entities, **keys), Telling(regions or {}))["text"])
