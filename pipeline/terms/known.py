"""Known names of the term stage: events and categories of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pipeline.lexicon import load_table
from pipeline.terms.surfaces import SurfaceMatcher, lower


@cache
def events_by_id() -> Mapping[str, Mapping[str, Any]]:
    """Return the rows of the ``events`` table by id."""
    return {row["id"]: row for row in load_table("events")}


@cache
def event_names() -> SurfaceMatcher:
    """Return the look-up of event names, long enough to mean the event wherever they stand."""
    surfaces: dict[str, str] = {}
    for row in load_table("events"):
        for surface in (row["name"], *row.get("aliases", [])):
            if " " in surface or len(surface) > 6:
                surfaces.setdefault(surface, row["id"])
    return SurfaceMatcher(surfaces)


@cache
def event_abbreviations() -> Mapping[str, Mapping[str, Any]]:
    """Return the rows of the ``events`` table by abbreviation."""
    table: dict[str, Mapping[str, Any]] = {}
    for row in load_table("events"):
        for surface in (row.get("abbr", ""), *row.get("aliases", [])):
            if surface and " " not in surface and len(surface) <= 8 and surface.upper() == surface:
                table.setdefault(surface, row)
    return table


@cache
def category_names() -> SurfaceMatcher:
    """Return the look-up of category names."""
    return SurfaceMatcher(
        {s: row["id"] for row in load_table("categories") for s in (row["name"], *row.get("variants", []))}
    )


@cache
def event_parts() -> frozenset[str]:
    """Return category names that are also part of an event's name ("Keterbukaan Informasi Publik")."""
    events = [lower(s) for row in load_table("events") for s in (row["name"], *row.get("aliases", []))]
    names = {lower(s) for row in load_table("categories") for s in (row["name"], *row.get("variants", []))}
    return frozenset(n for n in names if any(n in e for e in events))


def known_event(name: str) -> Mapping[str, Any] | None:
    """Return the ``events`` row whose name, alias or abbreviation is ``name`` (bracketed alias ignored)."""
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
    known = {a: row["id"] for a, row in event_abbreviations().items() if not row.get("abbr_ambiguous")}
    for _start, _end, key in event_names().find(text):
        row = events_by_id()[key]
        for surface in (row.get("abbr", ""), *row.get("aliases", [])):
            if surface and surface in event_abbreviations():
                known[surface] = key
    return known
