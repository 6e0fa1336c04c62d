"""The vocabulary that annotators see in a tool: labels of regions, slots, and attributes of a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pipeline.award_schema import FIELDS, field_names
from pipeline.document import ENTITY_LABELS, SEGMENT_KINDS
from pipeline.evaluation.gold import SURFACE_FIELDS

Layer = Literal["entity", "layout", "record"]

#: The headline, marked like a piece of boilerplate although it is none.
TITLE = "title"
#: Kinds of boilerplate.
KINDS = tuple(sorted(SEGMENT_KINDS - {TITLE, "body"}))
#: Where a record is told: its slots are the relations that start here.
AWARD = "AWARD"
#: A slot's words where no entity has the same limits.
SLOT = "SLOT"
#: A sentence or clause that carries a record.
EVIDENCE = "EVIDENCE"

#: Labels by layer.
LABELS: Mapping[Layer, tuple[str, ...]] = {
    "entity": ENTITY_LABELS,
    "layout": (TITLE, *KINDS),
    "record": (AWARD, SLOT, EVIDENCE),
}
LAYER_OF: Mapping[str, Layer] = {label: layer for layer, labels in LABELS.items() for label in labels}

#: Names of relations from an award to a region: the slots that quote the page.
SLOTS = SURFACE_FIELDS
#: Slots that hold a list.
LIST_SLOTS = frozenset(field_names(lambda f: f.gold == "quote" and f.several))

_VALUES = tuple(f for f in FIELDS if f.gold == "value")
#: Attributes of a record with a fixed set of values.
CHOICES: Mapping[str, tuple[str, ...]] = {f.name: tuple(f.values) for f in _VALUES if f.values}
#: Attributes that are whole numbers.
NUMBERS = tuple(f.name for f in _VALUES if f.type == "integer")
#: Attributes that are a line of text.
TEXTS = tuple(f.name for f in _VALUES if f.dtype == "text" and not f.values)
#: Optional canonical forms (annotations/GUIDELINES.md).
CANONICAL = field_names(lambda f: f.gold == "form")
#: Names that ``soft`` may list.
SOFT_NAMES = (
    *(slot for slot in SLOTS if slot != "evidence"),
    *CHOICES,
    *NUMBERS,
    *TEXTS,
    *CANONICAL,
)

#: Entity labels that usually fill a slot, the likeliest first: decides between mentions with the same limits.
USUAL_LABELS: Mapping[str, tuple[str, ...]] = {f.name: f.labels for f in FIELDS if f.labels}

#: Colours by label, dark enough for black text on their tint; kinds of boilerplate are grey.
COLOURS: Mapping[str, str] = {
    "PERSON": "#e08214",
    "POSITION": "#fdb863",
    "AGENCY": "#2b7bba",
    "ORGANISATION": "#5aa5d6",
    "PLACE": "#41ab5d",
    "FACILITY": "#91cf60",
    "EVENT": "#8073ac",
    "CATEGORY": "#b2abd2",
    "RESULT": "#d6604d",
    "WORK": "#c994c7",
    "DATE": "#80cdc1",
    AWARD: "#ffd700",
    SLOT: "#bdb76b",
    EVIDENCE: "#fff3b0",
    TITLE: "#4d4d4d",
}
GREY = "#b0b0b0"
