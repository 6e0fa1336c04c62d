"""The schema of an award: every column of the awards table and every key of a gold record, once.

The rows stand in the lexicon table ``award_fields``, in the order of the columns. Tables, gold reading,
scorers, annotation, consolidation and report take from here what they know of a slot; besides the schema only
the rule that fills a slot names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

import msgspec

from pipeline.document import ENTITY_LABELS
from pipeline.errors import LexiconError
from pipeline.lexicon.typed_rows import Row, doc, of_table, rows


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the report calls something, by language."""

    id: str
    en: str


@of_table("award_fields")
class AwardField(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of the awards table, or a key of gold records, or both."""

    name: Annotated[str, doc("column of the awards table and key of gold records")]
    meaning: Annotated[str, doc("what it holds, in a phrase")]
    source: Annotated[
        Literal["page", "record", "slot", "gold"],
        doc("what gives its value: page, record (Award), slot, or gold (the annotator alone)"),
    ]
    type: Annotated[
        Literal["text", "integer", "number", "choice", "date", "code"],
        doc("kind of value: a choice is one of its values, a date ISO 8601, a code that of a region"),
    ] = "text"
    several: Annotated[
        bool, doc('whether it may hold several values: joined by "; " in tables, a list in gold records')
    ] = False
    values: Annotated[
        dict[str, Wording], doc("values of a choice, and what the report calls them, in order")
    ] = msgspec.field(default_factory=dict)
    default: Annotated[str, doc("value that counts where a gold record states none")] = ""
    label: Annotated[
        Wording | None, doc("what the report calls it; without one the report does not name it")
    ] = None
    hue: Annotated[
        Literal["", "who", "event", "category", "result", "work", "organiser", "person", "time", "place"],
        doc("hue of its words in the report; without one they are not drawn"),
    ] = ""
    searched: Annotated[bool, doc("whether the report's search looks into it")] = False
    labels: Annotated[
        tuple[str, ...], doc("entity labels of the mentions that fill it, the likeliest first")
    ] = ()
    written: Annotated[str, doc("field with the words that its value was read from")] = ""
    person: Annotated[str, doc("field with the person that it says something of")] = ""
    identity: Annotated[int, doc("place among the values that make the record_id")] = 0
    gold: Annotated[
        Literal["", "quote", "value", "form", "mark"],
        doc("in gold records: words of the page, a stated value, another right form, an annotator's mark"),
    ] = ""
    required: Annotated[bool, doc("whether gold records have to state it")] = False
    form_of: Annotated[str, doc("field whose value it gives in another right form")] = ""
    filled_from: Annotated[str, doc("column that fills it when a run becomes a gold file")] = ""
    compare: Annotated[
        Literal["", "words", "number", "value", "date", "result"],
        doc("how the scorer compares two values; without it they are not scored"),
    ] = ""
    names: Annotated[
        Literal["", "region", "event", "body", "person", "office"],
        doc("what the text names: which of its words do not count when two values are compared"),
    ] = ""
    part: Annotated[bool, doc("whether a part of the right value is right")] = False
    core: Annotated[bool, doc("whether a record is right only if it is")] = False
    weight: Annotated[int, doc("what it adds to the alignment of two records; without it a half")] = 0
    anchor: Annotated[bool, doc("whether records are aligned only if they agree on an anchor")] = False
    merge: Annotated[
        Literal["", "voted", "spelling", "key"],
        doc(
            "how consolidation settles it: by vote, by vote on its spelling alone, or by the award's key; "
            "without it the column speaks of one page"
        ),
    ] = ""

    def __post_init__(self) -> None:
        if unknown := set(self.labels) - set(ENTITY_LABELS):
            raise ValueError(f"label {min(unknown)!r} is unknown; use some of {', '.join(ENTITY_LABELS)}")
        if (self.type == "choice") != bool(self.values):
            raise ValueError("a choice has values and nothing else has; give type and values together")
        if self.source == "slot" and self.label is None:
            raise ValueError("the report shows each slot; give a label with the keys id and en")
        if self.default and self.default not in self.values:
            raise ValueError(f"default {self.default!r} is none of its values")

    @property
    def dtype(self) -> Literal["text", "integer", "number"]:
        """Type of its column."""
        return self.type if self.type in ("integer", "number") else "text"

    def typed(self, text: str) -> str | int | None:
        """Return the text of a slot as its cell has it: whole numbers as such, ``None`` for none."""
        if self.type != "integer":
            return text
        return int(text) if text else None

    def unstated(self) -> str | list[str] | None:
        """Return what a gold record holds where nothing is stated."""
        return [] if self.several else self.default or None


def load_fields() -> tuple[AwardField, ...]:
    """Return the schema's rows in order.

    Raises:
        LexiconError: A row is wrong; the message says which, and what to write instead.
    """
    fields = rows(AwardField)
    names = [f.name for f in fields]
    places = [f.identity for f in fields if f.identity]
    called: dict[str, Wording] = {}
    for number, f in enumerate(fields, 1):
        where = f"lexicon/award_fields.jsonl, line {number}"
        if names.count(f.name) > 1:
            raise LexiconError(f"{where}: name {f.name!r} repeats; choose one that is free")
        if places.count(f.identity) > 1:
            raise LexiconError(f"{where}: identity {f.identity} repeats; choose one that is free")
        for value, wording in f.values.items():
            if called.setdefault(value, wording) != wording:
                raise LexiconError(f"{where}: value {value!r} has other words in a field above; use those")
        for key in ("written", "person", "form_of", "filled_from"):
            if (other := getattr(f, key)) and other not in names:
                raise LexiconError(f"{where}: {key} {other!r} is the name of no row")
    return fields


#: All fields, in the order of the columns; those of gold records alone stand among them.
FIELDS = load_fields()
#: The fields by name.
FIELD: Mapping[str, AwardField] = {f.name: f for f in FIELDS}


def field_names(fits: Callable[[AwardField], object]) -> tuple[str, ...]:
    """Return the names of the fields that fit, in order.

    Example:
        >>> field_names(lambda f: f.anchor)
        ('recipient', 'category')
    """
    return tuple(f.name for f in FIELDS if fits(f))
