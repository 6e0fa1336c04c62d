"""Indonesian award news: scraped pages in, a tidy table of awards out."""

from __future__ import annotations

__version__ = "0.1.0"
