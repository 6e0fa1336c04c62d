"""For people: one self-contained page that shows a run, and highlighted text for notebooks.

What the page says lies in ``strings.jsonl``, hues of entities in ``entity_hues.jsonl``, words and hues of
slots in the schema of awards, where a province stands in the picture in ``tiles.jsonl``.
"""

from __future__ import annotations
