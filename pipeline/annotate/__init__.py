"""Gold and predictions to and from the tools that people correct them in, checks, agreement of annotators."""

from __future__ import annotations

from pipeline.annotate.annotator_agreement import Agreement, agreement
from pipeline.annotate.check import Problem, check_records
from pipeline.annotate.exchange import FORMATS, read_source, write_target
from pipeline.annotate.layers import Layers, Link, Region, from_layers, to_layers

__all__ = [
    "FORMATS",
    "Agreement",
    "Layers",
    "Link",
    "Problem",
    "Region",
    "agreement",
    "check_records",
    "from_layers",
    "read_source",
    "to_layers",
    "write_target",
]
