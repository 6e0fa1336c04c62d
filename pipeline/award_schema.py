"""The schema of an award: every column of the awards table and every key of a gold record, once.

The rows stand in ``lexicon/award_fields.jsonl``, in the order of the columns; ``lexicon/schema`` says what
their keys mean. Tables, gold reading, scorers, annotation, consolidation and report take from here what they
know of a slot; besides the schema only the rule that fills a slot names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pipeline.document import ENTITY_LABELS
from pipeline.errors import LexiconError
from pipeline.lexicon import load_table

_REFERENCES = ("written", "person", "form_of", "filled_from")
_LANGUAGES = {"id", "en"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardField:
    """A column or gold key of the award, see the keys of the lexicon table ``award_fields``."""

    name: str
    doc: str
    source: Literal["page", "record", "slot", "gold"]
    type: Literal["text", "integer", "number", "choice", "date", "code"] = "text"
    several: bool = False
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    default: str = ""
    label: Mapping[str, str] = field(default_factory=dict)
    hue: str = ""
    searched: bool = False
    labels: tuple[str, ...] = ()
    written: str = ""
    person: str = ""
    identity: int = 0
    gold: Literal["", "quote", "value", "form", "mark"] = ""
    required: bool = False
    form_of: str = ""
    filled_from: str = ""
    compare: Literal["", "words", "number", "value", "date", "result"] = ""
    names: Literal["", "region", "event", "body", "person", "office"] = ""
    part: bool = False
    core: bool = False
    weight: int = 0
    anchor: bool = False
    merge: Literal["", "voted", "spelling", "key"] = ""

    @property
    def dtype(self) -> Literal["text", "integer", "number"]:
        """Type of its column."""
        return self.type if self.type in ("integer", "number") else "text"

    def typed(self, text: str) -> str | int | None:
        """Return the text of a slot as its cell has it: whole numbers as such, ``None`` for none."""
        if self.type != "integer":
            return text
        return int(text) if text else None


def _problems(rows: tuple[Mapping[str, Any], ...]) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the rows, each with the number of its line."""
    closed = {k: get_args(t) for k, t in get_type_hints(AwardField).items() if get_origin(t) is Literal}
    names = [row["name"] for row in rows]
    places = sorted(row["identity"] for row in rows if row.get("identity"))
    for number, row in enumerate(rows, 1):
        for key, known in closed.items():
            if row.get(key, known[0]) not in known:
                yield number, f"{key} {row[key]!r} is unknown; use one of {', '.join(filter(None, known))}"
        for key in _REFERENCES:
            if row.get(key) and row[key] not in names:
                yield number, f"{key} {row[key]!r} is the name of no row"
        if unknown := set(row.get("labels", ())) - set(ENTITY_LABELS):
            yield number, f"label {min(unknown)!r} is unknown; use some of {', '.join(ENTITY_LABELS)}"
        if (row.get("type") == "choice") != bool(row.get("values")):
            yield number, "a choice has values, and nothing else has; give type and values together"
        if row.get("default") and row["default"] not in row.get("values", ()):
            yield number, f"default {row['default']!r} is none of its values"
        for told in (row.get("label"), *row.get("values", {}).values()):
            if told and set(told) != _LANGUAGES:
                yield number, f"{told} should have the languages {', '.join(sorted(_LANGUAGES))}"
        if row.get("identity") and places != list(range(1, len(places) + 1)):
            yield number, f"identity has the places {places}; number them from 1 without gaps"


def load_fields() -> tuple[AwardField, ...]:
    """Return the schema's rows in order.

    Raises:
        LexiconError: A row is wrong; the message says which, and what to write instead.
    """
    rows = load_table("award_fields")
    for number, problem in _problems(rows):
        raise LexiconError(f"lexicon/award_fields.jsonl, line {number}: {problem}")
    return tuple(AwardField(**{**row, "labels": tuple(row.get("labels", ()))}) for row in rows)


#: All fields, in the order of the columns; fields of gold records alone stand among them.
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
