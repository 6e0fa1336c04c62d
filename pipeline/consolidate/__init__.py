"""Consolidation: the awards that many pages tell, as one row each, with agreement and conflicts."""

from __future__ import annotations

from pipeline.consolidate.columns import COLUMNS
from pipeline.consolidate.consolidator import consolidate
from pipeline.consolidate.frames import consolidate_frame
from pipeline.consolidate.reading import read_awards

__all__ = ["COLUMNS", "consolidate", "consolidate_frame", "read_awards"]
