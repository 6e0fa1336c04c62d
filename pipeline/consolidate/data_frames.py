"""Consolidation of data frames, for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.consolidate.consolidated_table import COLUMNS
from pipeline.consolidate.consolidator import consolidate
from pipeline.errors import UsageError
from pipeline.tables.columns import TABLES
from pipeline.tables.writers import to_frame

if TYPE_CHECKING:
    import pandas as pd


def consolidate_frame(awards: pd.DataFrame) -> pd.DataFrame:
    """Return one row a distinct award from a frame of award records.

    Args:
        awards: Frame with the columns of the awards table, as :func:`pipeline.extract` returns it.

    Returns:
        Frame with the columns of :data:`~pipeline.consolidate.consolidated_table.COLUMNS`; missing means
        not stated.

    Raises:
        UsageError: A column is missing.
    """
    columns = TABLES["awards"]
    if missing := [column.name for column in columns if column.name not in awards]:
        raise UsageError(
            f"the frame has no column {missing[0]!r}; pass the awards that pipeline.extract returns"
        )
    plain = awards[[column.name for column in columns]].astype(object)
    rows = [
        {
            column.name: ("" if value is None else str(value)) if column.dtype == "text" else value
            for column, value in zip(columns, values, strict=True)
        }
        for values in plain.where(plain.notna(), None).itertuples(index=False, name=None)
    ]
    return to_frame(consolidate(rows), COLUMNS)
