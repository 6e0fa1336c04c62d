"""Tables: the pipeline's results as rows, data frames and files (columns: see the README)."""

from __future__ import annotations

from pipeline.tables.columns import TABLES, Column, column_names
from pipeline.tables.rows import article_row, award_document, award_rows, entity_rows, rows_of, sentence_rows
from pipeline.tables.writers import write_csv, write_jsonl, write_parquet

__all__ = [
    "TABLES",
    "Column",
    "article_row",
    "award_document",
    "award_rows",
    "column_names",
    "entity_rows",
    "rows_of",
    "sentence_rows",
    "write_csv",
    "write_jsonl",
    "write_parquet",
]
