"""The columns of every table, in order: name, type and meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.award_schema import FIELDS
from pipeline.document import ENTITY_LABELS

DType = Literal["text", "integer", "number"]
TableName = Literal["awards", "entities", "sentences", "articles"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Args:
        name: Header.
        doc: Meaning, in a phrase.
        dtype: ``text`` (empty: not stated), ``integer`` (may be missing) or ``number`` (0 to 1).
    """

    name: str
    doc: str
    dtype: DType = "text"


_AWARDS = tuple(Column(f.name, f.meaning, f.dtype) for f in FIELDS if f.source != "gold")
_ENTITIES = (
    Column("doc_id", "id of the page"),
    Column("sentence", "index of the sentence it starts in, -1 outside the sentences", "integer"),
    Column("start", "offset in the page's text, in characters", "integer"),
    Column("end", "end, exclusive", "integer"),
    Column("label", " ".join(ENTITY_LABELS)),
    Column("text", "as written"),
    Column("name", "canonical name, if known"),
    Column("code", "Kemendagri code of the region, if it is one or belongs to one"),
)
_SENTENCES = (
    Column("doc_id", "id of the page"),
    Column("sentence", "index in the page, from 0", "integer"),
    Column("start", "offset in the page's text, in characters", "integer"),
    Column("end", "end, exclusive", "integer"),
    Column("text", "the sentence"),
)

#: Columns of the tables that have them; ``articles`` are nested and always JSON lines.
TABLES: Mapping[str, tuple[Column, ...]] = {"awards": _AWARDS, "entities": _ENTITIES, "sentences": _SENTENCES}

#: All tables that can be asked for.
TABLE_NAMES: tuple[TableName, ...] = ("awards", "entities", "sentences", "articles")
