"""Consolidation: the awards that many pages tell, as one row each, with agreement and conflicts."""

from __future__ import annotations

from pipeline.consolidate.awards_table import read_awards
from pipeline.consolidate.consolidated_table import COLUMNS
from pipeline.consolidate.consolidator import consolidate
from pipeline.consolidate.data_frames import consolidate_frame

__all__ = ["COLUMNS", "consolidate", "consolidate_frame", "read_awards"]
