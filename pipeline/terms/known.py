"""What the lexicon knows: award events, their categories and scales of grades, and how they are looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pipeline.lexicon import cached
from pipeline.lexicon.typed_rows import Row, doc, of_table, rows
from pipeline.terms.surfaces import SurfaceMatcher, lower

Texts = tuple[str, ...]
EventKind = Literal["award", "contest", "opinion", "host"]
#: A name of one word is looked for anywhere if it is longer, an abbreviation if it is no longer.
_LONG_WORD = 6
_LONGEST_ABBREVIATION = 8


@of_table("grades")
class GradeScale(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scale of grades that events give."""

    id: Annotated[str, doc("scale id, used by events.jsonl")]
    grades: Annotated[Texts, doc("canonical grades, highest first")]
    surfaces: Annotated[dict[str, Texts], doc("grade -> list of its surfaces, itself first")]
    below: Annotated[Texts, doc("grades below the trophy, at the end: results, never to be upgraded")]
    nominated: Annotated[Texts, doc("grades that are nominations")]
    heads: Annotated[Texts, doc("nouns that stand before a grade")]
    needs_head: Annotated[Texts, doc("surfaces that are words too: grades only behind a head or the event")]
    note: Annotated[str, doc("remark, may be empty")] = ""

    def __post_init__(self) -> None:
        """Check that all keys speak of the same grades.

        Raises:
            ValueError: If a grade has no surfaces, or is none of the scale.
        """
        if list(self.surfaces) != list(self.grades):
            raise ValueError("surfaces needs one key a grade, in the order of grades")
        unknown = {*self.below, *self.nominated} - set(self.grades)
        unknown |= set(self.needs_head) - {form for forms in self.surfaces.values() for form in forms}
        if unknown:
            raise ValueError(f"no grade of the scale is {min(unknown)!r}")


@of_table("events")
class Event(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An award, contest, audit opinion or occasion that is known by name."""

    id: Annotated[str, doc("stable id, EV and a number")]
    name: Annotated[str, doc("canonical name, without year or edition")]
    abbr: Annotated[str, doc("usual abbreviation, empty if none")] = ""
    aliases: Annotated[Texts, doc("other and older names, English forms, frequent misspellings")] = ()
    organiser: Annotated[Texts, doc("canonical names of who holds it today; empty if not certain")] = ()
    grades: Annotated[str, doc("id of its scale in grades.jsonl, empty if it has none")] = ""
    kind: Annotated[EventKind, doc("award, contest, opinion (audit), or host of awards, never one itself")]
    recipient: Annotated[Literal["region", "person", "any"], doc("who wins it")] = "any"
    abbr_ambiguous: Annotated[bool, doc("abbr is also a word: it needs the long form on the page")] = False
    weak: Annotated[Texts, doc("surfaces that also name a policy or index: need a cue for an award")] = ()
    shared_aliases: Annotated[Texts, doc("aliases that another row has as well")] = ()
    note: Annotated[str, doc("period of organisers and what to watch for")] = ""
    part_of: Annotated[str, doc("id of the award whose category it is, where a page names that award")] = ""

    def __post_init__(self) -> None:
        """Check that what it names exists.

        Raises:
            ValueError: If it does not.
        """
        if self.grades and self.grades not in scales():
            raise ValueError(f"no scale {self.grades!r} in grades; use one of {', '.join(scales())}")
        if self.kind == "host" and self.grades:
            raise ValueError("a host is no award and gives no grades; leave grades empty")
        if not set(self.weak) <= set(self.surfaces):
            raise ValueError("weak needs surfaces of the row: its name, abbr or aliases")

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and aliases."""
        return (self.name, *self.aliases)

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Its name, abbreviation and aliases."""
        return (self.name, *([self.abbr] if self.abbr else []), *self.aliases)


@of_table("categories")
class Category(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A category of contests that is known by name."""

    id: Annotated[str, doc("stable id, CT and a number")]
    name: Annotated[str, doc("canonical name of the contest category")]
    variants: Annotated[Texts, doc("other surfaces")] = ()
    events: Annotated[Texts, doc("ids of the events that have it")]
    note: Annotated[str, doc("remark")] = ""

    def __post_init__(self) -> None:
        """Check that its events exist.

        Raises:
            ValueError: If one does not.
        """
        unknown = set(self.events) - events_by_id().keys()
        if unknown:
            raise ValueError(f"no event {min(unknown)!r} in events; name the id of one of its rows")

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and variants."""
        return (self.name, *self.variants)


@cached
def scales() -> Mapping[str, GradeScale]:
    """Return the scales of grades by id."""
    return {row.id: row for row in rows(GradeScale)}


@cached
def events_by_id() -> Mapping[str, Event]:
    """Return the events by id."""
    return {row.id: row for row in rows(Event)}


@cached
def event_names() -> SurfaceMatcher[str]:
    """Return the look-up of ids by event names, long enough to mean the event wherever they stand."""
    surfaces: dict[str, str] = {}
    for row in rows(Event):
        for surface in row.names:
            if " " in surface or len(surface) > _LONG_WORD:
                surfaces.setdefault(surface, row.id)
    return SurfaceMatcher(surfaces)


@cached
def event_abbreviations() -> Mapping[str, Event]:
    """Return the events by abbreviation."""
    table: dict[str, Event] = {}
    for row in rows(Event):
        for surface in (row.abbr, *row.aliases):
            upper = surface == surface.upper() and " " not in surface
            if surface and upper and len(surface) <= _LONGEST_ABBREVIATION:
                table.setdefault(surface, row)
    return table


@cached
def category_names() -> SurfaceMatcher[str]:
    """Return the look-up of category names, with their ids."""
    return SurfaceMatcher({surface: row.id for row in rows(Category) for surface in row.names})


@cached
def event_parts() -> frozenset[str]:
    """Return category names that are also part of an event's name ("Keterbukaan Informasi Publik")."""
    events = [lower(surface) for row in rows(Event) for surface in row.names]
    names = {lower(surface) for row in rows(Category) for surface in row.names}
    return frozenset(n for n in names if any(n in e for e in events))


def known_event(name: str) -> Event | None:
    """Return the event whose name, alias or abbreviation is ``name`` (bracketed alias ignored)."""
    bare = re.sub(r"\s*\([^)]*\)", "", name).strip()
    for start, end, key in event_names().find(bare):
        if start == 0 and end >= len(bare) - 1:
            return events_by_id()[key]
    row = event_abbreviations().get(bare)
    if row is not None:
        return row
    inside = re.search(r"\(([A-Z][A-Za-z]{1,9})\)", name)
    return event_abbreviations().get(inside.group(1)) if inside else None


def page_abbreviations(text: str) -> dict[str, str]:
    """Return the event abbreviations that count on a page: unambiguous ones, and those it spells out."""
    known = {a: row.id for a, row in event_abbreviations().items() if not row.abbr_ambiguous}
    for _start, _end, key in event_names().find(text):
        row = events_by_id()[key]
        for surface in (row.abbr, *row.aliases):
            if surface in event_abbreviations():
                known[surface] = key
    return known
