"""The columns of the consolidated table, in order."""

from __future__ import annotations

from pipeline.award_schema import FIELD
from pipeline.tables.columns import TABLES, Column

#: Where the consolidated table goes, in the output folder of the run.
FILE_NAME = "consolidated.csv"

#: Columns of ``consolidated.csv``: one row a distinct award.
COLUMNS: tuple[Column, ...] = (
    Column("award_id", "12 hex digits, stable hash of what makes the award distinct"),
    *(column for column in TABLES["awards"] if FIELD[column.name].merge),
    Column("pages", "number of pages that tell it", "integer"),
    Column("tellings", "number of independent ones: pages with the same evidence count once", "integer"),
    Column("agreement", 'per slot, tellings that agree / that state it, as JSON: {"date": "9/10"}'),
    Column("conflicts", "per slot with different values, how many tell each, the chosen one first, as JSON"),
    Column("first_published", "earliest publication date of the pages (ISO 8601)"),
    Column("last_published", "latest publication date of the pages"),
    Column("evidence", "the text of the surest record"),
    Column("evidence_doc_id", "its page"),
    Column("start", "offset of the evidence in that page's text, in characters", "integer"),
    Column("end", "end of the evidence, exclusive", "integer"),
    Column("confidence", "0 to 1, of all tellings together", "number"),
    Column("confidence_mean", "mean confidence of the tellings", "number"),
    Column("confidence_max", "confidence of the surest telling", "number"),
    Column(
        "rivals",
        "award_ids of rows that give the recipient another rank in this category: the pages may disagree",
    ),
    Column("doc_ids", 'ids of the pages, sorted, joined by "; " (which is written "%3B " inside one)'),
    Column("record_ids", "their records in the awards table, sorted, joined by spaces"),
    Column("sources", 'paths or URLs of the pages, in the order of doc_ids, joined by "; "'),
)
