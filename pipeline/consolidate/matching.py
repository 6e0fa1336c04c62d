"""Which keys are the same award: editions completed, spellings reconciled, open records joined.

Each step looks at all keys at once and decides by what they say, never by the order of the pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from math import fsum
from typing import Any, Literal

from pipeline.consolidate.folding import body_name, event_name, is_known_event, joined
from pipeline.consolidate.keys import UNIQUE_FAMILIES, Edition, Key
from pipeline.consolidate.tellings import Tellings
from pipeline.consolidate.typos import blocks, same_but_for_a_slip

Cells = dict[Key, Tellings]
_ABBREVIATED = re.compile(r"\w \((\w{3,20})\)$")
Field = Literal["event", "category", "recipient"]


def _relabelled(cells: Cells, new_key: Callable[[Key], Key]) -> Cells:
    """Return the cells under their new keys, those that now share one put together.

    A key that stands apart is like no other: it stays.
    """
    merged: Cells = {}
    for key, cell in cells.items():
        target = merged.setdefault(key if key.apart else new_key(key), cell)
        if target is not cell:
            target.absorb(cell)
    return merged


def _only(values: Collection[str] | None) -> str:
    """Return the one value, or an empty string."""
    return next(iter(values)) if values and len(values) == 1 else ""


def with_codes(cells: Cells) -> Cells:
    """Give a recipient without a region code the one code that winners of the event of its name have."""
    codes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for key in cells:
        if key.recipient and key.code and not key.apart:
            codes[key.recipient, key.event].add(key.code)

    def new_key(key: Key) -> Key:
        return key._replace(code=key.code or _only(codes.get((key.recipient, key.event))))

    return _relabelled(cells, new_key)


def with_recipient_names(cells: Cells) -> Cells:
    """Give a recipient that is named by its abbreviation the one name that winners of the event give with it.

    That is, "Polinusa" is "Politeknik Nusapenida" if another page writes "Politeknik Nusapenida (Polinusa)".
    """
    names: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for key, cell in cells.items():
        for surface in cell.votes.get("recipient", ()):
            match = _ABBREVIATED.search(surface)
            if match and key.recipient and not key.apart and not cell.person:
                names[joined(body_name(match.group(1))), key.event].add(key.recipient)

    def new_key(key: Key) -> Key:
        return key._replace(recipient=_only(names.get((key.recipient, key.event))) or key.recipient)

    return _relabelled(cells, new_key)


def with_event_names(cells: Cells) -> Cells:
    """Give an event that is named by its abbreviation alone the one name that other records give with it."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for key, cell in cells.items():
        for abbr in cell.votes.get("event_abbr", ()):
            short = joined(event_name(abbr, ""))
            if key.event and short != key.event:
                names[short].add(key.event)

    def new_key(key: Key) -> Key:
        known = is_known_event(key.event)
        return key if known else key._replace(event=_only(names.get(key.event)) or key.event)

    return _relabelled(cells, new_key)


def with_years(cells: Cells) -> Cells:
    """Give a record without a year that of its recipient's other records of the event, if one alone fits.

    What has to fit is the edition number, or else the year of the award's or the page's date.
    """
    years: defaultdict[tuple[str, str, str], set[int]] = defaultdict(set)
    numbered: defaultdict[tuple[str, str, str, int], set[int]] = defaultdict(set)
    for key, cell in cells.items():
        if key.edition.kind == "year" and not key.apart and key.event:
            of = (key.recipient, key.code, key.event)
            years[of].add(key.edition.value)
            for number in cell.votes.get("edition", ()):
                numbered[*of, int(number)].add(key.edition.value)

    def new_key(key: Key) -> Key:
        of = (key.recipient, key.code, key.event)
        if key.edition.kind == "number":
            fitting = numbered.get((*of, key.edition.value), set())
            if len(fitting) == 1:
                return key._replace(edition=Edition("year", min(fitting)))
        if key.edition.kind == "hint" and key.edition.value in years.get(of, set()):
            return key._replace(edition=Edition("year", key.edition.value))
        return key

    return _relabelled(cells, new_key)


def _may_vary(key: Key, cell: Tellings, field: Field) -> bool:
    if key.apart or not getattr(key, field):
        return False
    if field == "recipient":
        # Others may have the same medal or nomination and nearly the same name, but not the same rank.
        sole = key.family in UNIQUE_FAMILIES and bool(key.detail)
        return bool(key.event) and (sole or (not cell.person and bool(key.category or key.detail)))
    return True


def reconciled(cells: Cells, field: Field) -> Cells:
    """Put together records that differ in one misspelled word of one name and in nothing else.

    The spelling that most tellings have is the centre; others join a centre, never each other, so that no
    chain of slips leads from one name to another.
    """
    any_value: dict[str, Any] = {field: ""}
    by_rest: defaultdict[Key, list[Key]] = defaultdict(list)
    for key, cell in cells.items():
        if _may_vary(key, cell, field):
            by_rest[key._replace(**any_value)].append(key)
    renamed: dict[Key, Key] = {}
    for keys in by_rest.values():
        if len(keys) > 1:
            renamed.update(_to_centres(keys, cells, field))
    return _relabelled(cells, lambda key: renamed.get(key, key))


def _to_centres(keys: Iterable[Key], cells: Cells, field: Field) -> dict[Key, Key]:
    def weight(key: Key) -> tuple[bool, float, Key]:
        known = field == "event" and is_known_event(key.event)
        return not known, -fsum(cells[key].confidence.values()), key

    centres: defaultdict[str, list[Key]] = defaultdict(list)
    renamed: dict[Key, Key] = {}
    for key in sorted(keys, key=weight):
        words = cells[key].words.get(field, ())
        near = {
            centre
            for block in blocks(words)
            for centre in centres[block]
            if same_but_for_a_slip(words, cells[centre].words.get(field, ()))
        }
        if field == "event" and is_known_event(key.event):
            near = set()  # two awards that the events table tells apart
        if len(near) == 1:
            renamed[key] = next(iter(near))
        elif not near:
            for block in blocks(words):
                centres[block].append(key)
    return renamed


def _fullness(key: Key) -> int:
    """Return how much a key says of category and result: 0 (nothing) to 3 (both)."""
    if not key.family or (key.family == "nominee" and not key.detail):
        return int(bool(key.category))
    return int(bool(key.category)) + (2 if key.detail else 1)


def _refines(fuller: Key, key: Key) -> bool:
    """Return whether ``fuller`` says all that ``key`` says of category and result."""
    if key.category not in {"", fuller.category}:
        return False
    if not key.family or key.family == "nominee":
        return True
    return key.family == fuller.family and key.detail in {"", fuller.detail}


def open_records(cells: Cells) -> dict[Key, Key]:
    """Return, for records without category or result, the only fuller record of recipient, event and edition.

    Returns:
        The fuller key by the open one; open records with no or several fuller ones are not in it.
    """
    same: defaultdict[Key, list[Key]] = defaultdict(list)
    for key in cells:
        if not key.apart and key.event and key.edition.kind:
            same[key._replace(category="", family="", detail="")].append(key)
    joins: dict[Key, Key] = {}
    for keys in same.values():
        if len(keys) > 1:
            _join_open(keys, joins)
    return joins


def _traits(key: Key) -> tuple[str, ...]:
    """Return what a fuller key has in common with ``key``, the rarest last."""
    traits = ["any"]
    if key.family and (key.family != "nominee" or key.detail):
        traits.append(f"family {key.family}")
        if key.detail:
            traits.append(f"result {key.family} {key.detail}")
    if key.category:
        traits.append(f"category {key.category}")
    return tuple(traits)


def _join_open(keys: list[Key], joins: dict[Key, Key]) -> None:
    """Join the open ones of the keys of one recipient, event and edition, the fullest first."""
    keys.sort(key=lambda key: (-_fullness(key), key))
    by_trait: defaultdict[str, list[Key]] = defaultdict(list)
    for key in keys:
        traits = _traits(key)
        if not (key.category and key.detail):
            found: set[Key] = set()
            for fuller in by_trait[traits[-1]]:
                if _fullness(fuller) > _fullness(key) and _refines(fuller, key):
                    found.add(joins.get(fuller, fuller))
                    if len(found) > 1:
                        break
            if len(found) == 1:
                joins[key] = next(iter(found))
        for trait in traits:
            by_trait[trait].append(key)
