"""For people: one self-contained page that shows a run, and highlighted text for notebooks.

What the page says lies in ``strings.jsonl``, what is coloured and how in ``marks.jsonl``, where a province
stands in the picture in ``tiles.jsonl``.
"""

from __future__ import annotations
