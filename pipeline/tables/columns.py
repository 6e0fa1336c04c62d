"""The columns of every table, in order: name, type and meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

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


_AWARDS = (
    Column(
        "doc_id",
        "id of the page: its path in the input folder without extension, or the record's own id or URL",
    ),
    Column("record_id", "12 hex digits, stable hash of doc_id and the core slots"),
    Column("source", "path or URL of the page"),
    Column("title", "headline"),
    Column("published", "publication date (ISO 8601), if the page states it"),
    Column("recipient", "who won, as written, in the fullest form"),
    Column("recipient_name", "the recipient's canonical name"),
    Column(
        "recipient_type",
        "province, regency, city, district, village, ministry, agency, soe, university, school, company,"
        " community, person",
    ),
    Column("recipient_code", "Kemendagri code of the region the recipient is or belongs to"),
    Column("event", "award or event, canonical, without the year"),
    Column("event_abbr", "its abbreviation"),
    Column("edition", "edition number", "integer"),
    Column("year", "edition year, stated or clearly implied", "integer"),
    Column("category", "contest category"),
    Column("group", "class of participants (kelompok, klasifikasi, kawasan)"),
    Column("result", "result as written"),
    Column(
        "result_kind",
        "juara, terbaik, peringkat, harapan, overall, medal, star, top, grade, special, nominee",
    ),
    Column("rank", "rank as a number", "integer"),
    Column("status", "won or nominated"),
    Column("timeframe", "current, or past: told as history"),
    Column("work", "winning work, content or innovation"),
    Column("organiser", 'who holds the award; several joined by "; "'),
    Column("giver", "person who handed it over"),
    Column("giver_position", "that person's position"),
    Column("received_by", "person who took it on the recipient's behalf"),
    Column("received_by_position", "that person's position"),
    Column("date", "day of the award (ISO 8601; may be a month or a year)"),
    Column("date_text", "the date as written"),
    Column("place", "venue and city as written"),
    Column("place_code", "Kemendagri code of the place's region"),
    Column("evidence", "the text that carries the record"),
    Column("start", "offset of the evidence in the page's text, in characters", "integer"),
    Column("end", "end of the evidence, exclusive", "integer"),
    Column("rules", "ids of the rules that built the record, separated by spaces"),
    Column("confidence", "0 to 1", "number"),
)
_ENTITIES = (
    Column("doc_id", "id of the page"),
    Column("sentence", "index of the sentence it starts in, -1 outside the sentences", "integer"),
    Column("start", "offset in the page's text, in characters", "integer"),
    Column("end", "end, exclusive", "integer"),
    Column("label", "PERSON POSITION AGENCY ORGANISATION PLACE FACILITY EVENT CATEGORY RESULT WORK DATE"),
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


def column_names(table: str) -> tuple[str, ...]:
    """Return a table's column names in order."""
    return tuple(column.name for column in TABLES[table])
