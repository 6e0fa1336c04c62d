"""Indonesian award news: scraped pages in, a tidy table of awards out.

Example:
    >>> import pipeline
    >>> awards = pipeline.extract("seeds")
    >>> list(awards.columns[:3])
    ['doc_id', 'record_id', 'source']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import explain, extract, load, process
    from pipeline.report.notebook import show

__version__ = "0.1.0"
__all__ = ["__version__", "explain", "extract", "load", "process", "show"]

_HOMES = {"explain": "api", "extract": "api", "load": "api", "process": "api", "show": "report.notebook"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 (functions of the API; loaded on first use, so that the import is quick)
    if name in _HOMES:
        return getattr(import_module(f"pipeline.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
