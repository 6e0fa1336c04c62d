"""A gold page as regions, relations and attributes, which is what annotation tools work on, and back.

Entities and boilerplate are regions. A record is a region ``AWARD`` where it is told, a relation from it to
the region of each slot (the entity with the same limits, else a region ``SLOT`` or ``EVIDENCE``), and
attributes for what does not quote the page (year, status, softness ...). All else stays in ``record``, which
the tools carry along unseen.

What the annotator left as it was comes back exactly as it was; so regions and relations are compared with
those that the page was exported with, by id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.annotate.anchors import Limits, anchor
from pipeline.annotate.labels import (
    AWARD,
    EVIDENCE,
    LAYER_OF,
    LIST_SLOTS,
    SLOT,
    SLOTS,
    TITLE,
    USUAL_LABELS,
)
from pipeline.award_schema import FIELDS
from pipeline.errors import UsageError

Record = dict[str, Any]

_NO_VALUE: tuple[object, ...] = (None, "", [], {})
#: What a new record says where the annotator said nothing.
_NEW_AWARD: Mapping[str, object] = {
    f.name: f.unstated() for f in FIELDS if f.gold in {"quote", "value", "mark"}
}
#: Key of an award with offsets of slots, where they are not those that :func:`anchor` would find.
SPANS = "spans"


@dataclass(frozen=True, slots=True)
class Region:
    """A labelled stretch of the page.

    Args:
        id: Name in the page; what came from the record has the name of its place there (``entities-3``).
        start: First character.
        end: One past the last character.
        label: One of :data:`pipeline.annotate.labels.LABELS`.
    """

    id: str
    start: int
    end: int
    label: str

    @property
    def limits(self) -> Limits:
        """Start and end."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Link:
    """A relation from an award to the words of one of its slots, by the ids of the two regions."""

    award: str
    slot: str
    region: str


@dataclass(frozen=True, slots=True)
class Layers:
    """A page in the form that tools work on.

    Args:
        text: The page.
        record: The gold record; its ``text`` is left empty, which the tools have already.
        regions: All regions, those of the record first and in its order.
        links: Relations of the awards.
        attributes: By id of the award: what does not quote the page and is stated.
        notes: What could not be taken over from a tool, in words.
    """

    text: str
    record: Record
    regions: tuple[Region, ...]
    links: tuple[Link, ...]
    attributes: Mapping[str, Mapping[str, Any]]
    notes: tuple[str, ...] = field(default=())

    @property
    def doc_id(self) -> str:
        """Name of the page."""
        return str(self.record.get("doc_id") or "")


def _items(value: object) -> list[Any]:
    """Return the values of a slot as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _stated(award: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes that an award states."""
    return {
        name: value
        for name, value in award.items()
        if name not in SLOTS and name != SPANS and value not in _NO_VALUE
    }


class _Builder:
    """Collects the regions of one page; slots with the same words at the same place share one."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.text: str = record["text"]
        self.where = f"page {record.get('doc_id')!r}"
        self.regions: dict[str, Region] = {}

    def add(self, name: str, start: object, end: object, label: object) -> None:
        """Add a region, unless it is blank: no tool can show that, it stays in the record."""
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(self.text):
            raise UsageError(
                f"{self.where}: {name} has limits {start} to {end}, outside the text; "
                "see what else is wrong with: penghargaan annotate check FILE"
            )
        if label not in LAYER_OF:
            raise UsageError(
                f"{self.where}: {name} has the unknown label {label!r}; "
                "see what else is wrong with: penghargaan annotate check FILE"
            )
        if self.text[start:end].strip():
            self.regions[name] = Region(name, start, end, str(label))

    def slot(self, slot: str, limits: Limits) -> str:
        """Return the id of the region for a slot, a new one where there is none."""
        if slot == "evidence":
            name, label = f"evidence-{limits[0]}-{limits[1]}", EVIDENCE
        else:
            same = [r for r in self.regions.values() if r.limits == limits and LAYER_OF[r.label] == "entity"]
            usual = USUAL_LABELS.get(slot, ())
            if same:
                return min(same, key=lambda r: usual.index(r.label) if r.label in usual else len(usual)).id
            name, label = f"slot-{limits[0]}-{limits[1]}", SLOT
        self.regions.setdefault(name, Region(name, *limits, label))
        return name


def slot_limits(
    text: str, award: Mapping[str, Any], mentions: frozenset[Limits]
) -> dict[tuple[str, int], Limits]:
    """Return where the words of an award's slots stand, by slot and index of the value.

    Args:
        text: The page.
        award: A gold award. Offsets in its key ``spans`` count where the text has the value there.
        mentions: Limits of the page's entities.
    """
    found: dict[tuple[str, int], Limits] = {}
    stated = award.get(SPANS) or {}
    near: list[Limits] = []
    for slot in ("evidence", *(s for s in SLOTS if s != "evidence")):
        for index, value in enumerate(_items(award.get(slot))):
            if not isinstance(value, str):
                continue
            place = next(iter(_items(stated.get(slot))[index : index + 1]), None)
            limits: Limits | None
            if place and value.strip() and text[place[0] : place[1]] == value:
                limits = (place[0], place[1])
            else:
                limits = anchor(text, value, near, mentions if slot != "evidence" else ())
            if limits:
                found[slot, index] = limits
                if slot == "evidence":
                    near.append(limits)
    return found


def _told_at(text: str, places: Mapping[tuple[str, int], Limits]) -> Limits:
    """Return where to draw the award itself: the first of result, recipient and event that has a place."""
    for slot in ("result", "recipient", "event", *SLOTS):
        if (slot, 0) in places:
            return places[slot, 0]
    first = len(text) - len(text.lstrip())
    return first, first + 1


def to_layers(record: Mapping[str, Any]) -> Layers:
    """Return a gold page as regions, relations and attributes.

    Args:
        record: Decoded line of a gold file.

    Raises:
        UsageError: The page has no text, or a region lies outside it or has an unknown label.
    """
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise UsageError(f"page {record.get('doc_id')!r} has no text; leave it out of the file")
    builder = _Builder(record)
    for index, entity in enumerate(record.get("entities") or ()):
        builder.add(f"entities-{index}", entity.get("start"), entity.get("end"), entity.get("label"))
    if record.get("title_span"):
        start, end = record["title_span"]
        builder.add("title-0", start, end, TITLE)
    for index, piece in enumerate(record.get("boilerplate") or ()):
        builder.add(f"boilerplate-{index}", piece.get("start"), piece.get("end"), piece.get("kind"))
    mentions = frozenset(r.limits for r in builder.regions.values() if LAYER_OF[r.label] == "entity")
    links: list[Link] = []
    attributes: dict[str, Mapping[str, Any]] = {}
    for number, award in enumerate(record.get("awards") or ()):
        name = f"awards-{number}"
        places = slot_limits(text, award, mentions)
        builder.add(name, *_told_at(text, places), AWARD)
        links += [Link(name, slot, builder.slot(slot, limits)) for (slot, _), limits in places.items()]
        attributes[name] = _stated(award)
    return Layers(
        text=text,
        record={**record, "text": ""},
        regions=tuple(builder.regions.values()),
        links=tuple(dict.fromkeys(links)),
        attributes=attributes,
    )


def _merge(
    old: Sequence[tuple[str, dict[str, Any]]],
    now: Mapping[str, dict[str, Any]],
    hidden: frozenset[str],
) -> list[dict[str, Any]]:
    """Return the items of a list of spans: the old ones that are still there, and the new ones.

    Args:
        old: Items of the record by id.
        now: Items by id as the tool has them.
        hidden: Ids that the tool was never shown: these stay.
    """

    def place(item: Mapping[str, Any]) -> tuple[int, int]:
        return item["start"], -item["end"]

    kept = [now.get(name, item) for name, item in old if name in now or name in hidden]
    known = {name for name, _ in old}
    new = sorted((item for name, item in now.items() if name not in known), key=place)
    before = [item for _, item in old]
    if before == sorted(before, key=place):
        return sorted([*kept, *new], key=place)
    return [*kept, *new]


class _Rebuilder:
    """Makes a record of what a tool returned, with the help of what it was given."""

    def __init__(self, layers: Layers) -> None:
        self.now = layers
        self.base: Record = {**layers.record, "text": layers.text}
        self.before = to_layers(self.base)
        self.regions = {r.id: r for r in layers.regions}
        self.given = {r.id: r for r in self.before.regions}
        self.notes = list(layers.notes)

    def spans(self, key: str, kind: str, layer: str) -> list[dict[str, Any]]:
        """Return the list of entities or boilerplate."""
        old = [(f"{key}-{i}", item) for i, item in enumerate(self.base.get(key) or ())]
        base = dict(old)
        now: dict[str, dict[str, Any]] = {}
        for region in self.now.regions:
            if LAYER_OF[region.label] != layer or region.label == TITLE:
                continue
            item = base.get(region.id)
            if item is None or region != self.given.get(region.id):
                limits = {"start": region.start, "end": region.end}
                words = {"text": self.now.text[region.start : region.end]}
                label = {kind: region.label}
                fresh = {**label, **words, **limits} if key == "entities" else {**limits, **label}
                item = {**(item or {}), **fresh}
            now[region.id] = item
        return _merge(old, now, frozenset(name for name, _ in old if name not in self.given))

    def title(self) -> tuple[str | None, list[int] | None]:
        """Return the headline and its limits."""
        marked = [r for r in self.now.regions if r.label == TITLE]
        if len(marked) > 1:
            self.notes.append(f"{len(marked)} regions are marked as title; only the first was taken")
        if not marked:
            if "title-0" in self.given:  # somebody took the mark away: this is no headline
                return None, None
            return self.base.get("title"), self.base.get("title_span")
        region = min(marked, key=lambda r: r.start)
        if region == self.given.get("title-0"):
            return self.base.get("title"), list(self.base["title_span"])
        return self.now.text[region.start : region.end], [region.start, region.end]

    def _slot(self, award: Record, name: str, slot: str, places: Mapping[str, Limits]) -> object:
        """Return a slot's value: what still has its relation, then what was related anew."""
        old_links = [link.region for link in self.before.links if (link.award, link.slot) == (name, slot)]
        places_before = slot_limits(self.now.text, award, self._mentions())
        values: list[Any] = []
        used: set[str] = set()
        for index, value in enumerate(_items(award.get(slot))):
            limits = places_before.get((slot, index))
            if limits is None:
                values.append((None, value))  # no words of the page: no tool was shown it
                continue
            region = next(r for r in old_links if self.given[r].limits == limits)
            if region in places:
                used.add(region)
                same = self.regions[region].limits == limits
                values.append((region, value if same else self._words(region)))
        new = sorted((r for r in places if r not in used), key=lambda r: self.regions[r].limits)
        values += [(r, self._words(r)) for r in new]
        if slot in LIST_SLOTS or isinstance(award.get(slot), list):
            return [value for _, value in values]
        related = [value for region, value in values if region is not None]
        if len(set(related)) > 1:
            self.notes.append(
                f"{name} has {len(related)} relations {slot!r} ({', '.join(map(repr, related))}); "
                "only the first was taken: remove the wrong ones"
            )
        return next(iter(related or [value for _, value in values]), None)

    def _words(self, region: str) -> str:
        return self.now.text[slice(*self.regions[region].limits)]

    def _mentions(self) -> frozenset[Limits]:
        return frozenset(r.limits for r in self.before.regions if LAYER_OF[r.label] == "entity")

    def award(self, region: Region) -> Record:
        """Return the record of an award region."""
        index = region.id.removeprefix("awards-")
        known = region.id in self.given and region.id in self.before.attributes
        base: Record = dict(self.base["awards"][int(index)]) if known else dict(_NEW_AWARD)
        links = [link for link in self.now.links if link.award == region.id]
        attributes = dict(self.now.attributes.get(region.id) or {})
        if known and self._untouched(region.id, links, attributes):
            return base
        made = {
            name: value
            if not known or name in SLOTS or name == SPANS or value in _NO_VALUE
            else type(value)()
            if isinstance(value, (list, dict))
            else None
            for name, value in base.items()
        }
        made |= attributes
        for slot in SLOTS:
            related = [link.region for link in links if link.slot == slot]
            value = self._slot(base, region.id, slot, {r: self.regions[r].limits for r in related})
            both_empty = value in _NO_VALUE and base.get(slot) in _NO_VALUE
            if not both_empty:
                made[slot] = value
        return self._with_spans(made, links)

    def _untouched(self, name: str, links: Sequence[Link], attributes: Mapping[str, Any]) -> bool:
        old = {link for link in self.before.links if link.award == name}
        return (
            set(links) == old
            and attributes == self.before.attributes[name]
            and all(self.regions[link.region].limits == self.given[link.region].limits for link in old)
        )

    def _with_spans(self, award: Record, links: Sequence[Link]) -> Record:
        """Add the offsets that cannot be told from the values."""
        made = {name: value for name, value in award.items() if name != SPANS}
        drawn: dict[tuple[str, str], Limits] = {}
        for link in links:
            drawn.setdefault((link.slot, self._words(link.region)), self.regions[link.region].limits)
        mentions = frozenset(r.limits for r in self.now.regions if LAYER_OF[r.label] == "entity")
        usual = slot_limits(self.now.text, made, mentions)
        spans: dict[str, list[list[int] | None]] = {}
        for slot in SLOTS:
            places = [
                (usual.get((slot, i)), drawn.get((slot, value)) if isinstance(value, str) else None)
                for i, value in enumerate(_items(made.get(slot)))
            ]
            if any(is_at and is_at != found for found, is_at in places):
                spans[slot] = [list(is_at) if is_at else None for _, is_at in places]
        return {**made, SPANS: spans} if spans else made


def _label(base: Mapping[str, Any], awards: Sequence[object]) -> object:
    """Return the page's label: as it was, unless the page got its first award or lost its last."""
    if base.get("label") and bool(base.get("awards")) == bool(awards):
        return base["label"]
    return "positive" if awards else "negative"


def from_layers(layers: Layers) -> tuple[Record, tuple[str, ...]]:
    """Return the gold record of a page that comes back from a tool.

    Args:
        layers: What the tool returned. ``record`` is the one that the page was exported with; for a page that
            was annotated from scratch it may hold the ``doc_id`` alone.

    Returns:
        The record, and what could not be taken over, in words.
    """
    if set(layers.record) <= {"doc_id", "text"}:
        layers = replace(layers, record=new_record(layers.doc_id, layers.text))
    work = _Rebuilder(layers)
    made: Record = dict(work.base)
    entities = work.spans("entities", "label", "entity")
    if entities or made.get("entities") is not None:
        made["entities"] = entities
    boilerplate = work.spans("boilerplate", "kind", "layout")
    if boilerplate or made.get("boilerplate") is not None:
        made["boilerplate"] = boilerplate
    title, span = work.title()
    if span is not None or made.get("title_span"):
        made["title_span"] = span
        made["title"] = title
    drawn = [r for r in layers.regions if r.label == AWARD]
    known = sorted(
        (r for r in drawn if r.id in work.before.attributes), key=lambda r: int(r.id.split("-")[1])
    )
    new = sorted((r for r in drawn if r.id not in work.before.attributes), key=lambda r: (r.start, r.end))
    made["awards"] = [work.award(region) for region in (*known, *new)]
    made["label"] = _label(work.base, made["awards"])
    return made, tuple(work.notes)


def new_record(doc_id: str, text: str) -> Record:
    """Return the record of a page that nobody has annotated."""
    return {
        "doc_id": doc_id,
        "source": {"repo": None, "path": None, "key": None},
        "title": None,
        "published": None,
        "text": text,
        "label": "negative",
        "awards": [],
        "must_not_extract": [],
        "entities": None,
        "boilerplate": [],
        "notes": "",
    }


def drawn_layers(
    text: str,
    record: Record,
    regions: Collection[Region],
    links: Iterable[tuple[str, str, str]],
    attributes: Mapping[str, Mapping[str, Any]],
    notes: Iterable[str],
) -> Layers:
    """Return a page as a tool holds it.

    Args:
        text: Text of the page.
        record: What the tool does not show, see :class:`Layers`.
        regions: All regions.
        links: Start, slot and end of the relations. One drawn from the slot's words to the award is turned
            round; those that make no sense are left out and become notes.
        attributes: Attributes of the awards.
        notes: What could not be read.
    """
    checked = list(checked_links(regions, links))
    kept = dict.fromkeys(link for link in checked if isinstance(link, Link))
    wrong = (link for link in checked if isinstance(link, str))
    return Layers(text, record, tuple(regions), tuple(kept), attributes, (*notes, *wrong))


def checked_links(regions: Iterable[Region], links: Iterable[tuple[str, str, str]]) -> Iterator[Link | str]:
    """Yield the relations of a tool that make sense, and in words what is wrong with the others."""
    labels = {r.id: r.label for r in regions}
    for start, slot, end in links:
        award, words = (start, end) if labels.get(start) == AWARD else (end, start)
        if labels.get(award) != AWARD:
            yield f"a relation {slot!r} has no {AWARD} at either end; it was left out"
        elif words not in labels or labels[words] == AWARD:
            yield f"the relation {slot!r} of {award} leads to no words of the page; it was left out"
        elif slot not in SLOTS:
            yield (
                f"a relation of {award} is named {slot!r}, which is no slot ({', '.join(SLOTS)}); "
                "it was left out"
            )
        else:
            yield Link(award, slot, words)
