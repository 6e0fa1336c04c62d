"""Gold pages with other names: every name of a page gives way to another, and its annotation follows.

What is exchanged, and what stays, is told in ``docs/evaluation.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pipeline.evaluation.gold import Span
from pipeline.evaluation.made_up_names import MadeUpNames, NameDrawing
from pipeline.evaluation.swap_edits import find_edits, mentions
from pipeline.evaluation.swap_exchange import Exchange, draw_exchange
from pipeline.evaluation.swap_surfaces import QUOTES, slot_surfaces, values
from pipeline.evaluation.swap_text import Rewriting


class _Gold:
    """Rewrites the annotation of a page along with its text."""

    def __init__(self, record: Mapping[str, Any], exchange: Exchange) -> None:
        self.exchange = exchange
        text = str(record["text"])
        self.page = Rewriting(text, find_edits(text, mentions(record), exchange))

    def quote(self, value: str, label: str = "", evidence: Sequence[str] = ()) -> str:
        """Return a surface as the new page has it, at best inside the record's evidence.

        One that the page does not have is read on its own, under the label.
        """
        text = self.page.text
        places = [m.start() for m in re.finditer(re.escape(value), text)]
        if not places:
            spans = [Span(0, len(value), label)] if label else []
            return Rewriting(value, find_edits(value, spans, self.exchange)).new
        told = [(text.find(e), text.find(e) + len(e)) for e in evidence]
        best = min(places, key=lambda at: not any(s <= at and at + len(value) <= e for s, e in told))
        return self.page.words(best, best + len(value))

    def limits(self, item: Sequence[int]) -> list[int]:
        """Return the new limits of a stretch."""
        return list(self.page.span(int(item[0]), int(item[1])))

    def spans(self, items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return spans with new limits and words."""
        found = []
        for item in items:
            start, end = self.limits((item["start"], item["end"]))
            new = {**item, "start": start, "end": end}
            found.append(new | {"text": self.page.new[start:end]} if "text" in item else new)
        return found

    def award(self, award: Mapping[str, Any]) -> dict[str, Any]:
        """Return a record with the new page's words."""
        evidence = values(award.get("evidence"))

        def rewrite(slot: str, value: Any) -> Any:  # noqa: ANN401 (whatever JSON holds)
            if isinstance(value, list):
                return [rewrite(slot, item) for item in value]
            if not isinstance(value, str) or not value:
                return value
            label = next((s.label for s in slot_surfaces(slot, value, award)), "")
            return self.quote(value, label, evidence) if label else value

        new = {key: rewrite(QUOTES[key], v) if key in QUOTES else v for key, v in award.items()}
        if isinstance(award.get("evidence"), list):
            new["evidence"] = [self.quote(e) if isinstance(e, str) else e for e in award["evidence"]]
        if isinstance(award.get("accept"), Mapping):
            new["accept"] = {slot: rewrite(slot, v) for slot, v in award["accept"].items()}
        code = award.get("recipient_region_code")
        if code:
            new["recipient_region_code"] = self.exchange.regions.codes.get(code, code)
        if isinstance(award.get("spans"), Mapping):
            new["spans"] = {
                slot: [limits and self.limits(limits) for limits in places]
                for slot, places in award["spans"].items()
            }
        return new


def swap_record(record: Mapping[str, Any], drawing: NameDrawing) -> dict[str, Any]:
    """Return a gold page with other names.

    Args:
        record: A JSON object of a gold file.
        drawing: Where the names come from.

    Returns:
        The same page in other words: text, offsets, surfaces and codes go together. Notes stay as they are.
    """
    work = _Gold(record, draw_exchange(record, drawing))
    new = {**record, "text": work.page.new}
    limits = record.get("title_span")
    if isinstance(record.get("title"), str):
        new["title"] = work.page.words(*limits) if limits else work.quote(record["title"])
    if limits:
        new["title_span"] = work.limits(limits)
    for key in ("sentences", "sentences_merged_quotes"):
        if record.get(key):
            new[key] = [work.limits(item) for item in record[key]]
    for key in ("entities", "boilerplate", "arguable_entities"):
        if record.get(key):
            new[key] = work.spans(record[key])
    new["awards"] = [work.award(award) for award in record.get("awards") or ()]
    return new


def swap_records(
    records: Iterable[Mapping[str, Any]], drawing: Callable[[str], NameDrawing] = MadeUpNames
) -> list[dict[str, Any]]:
    """Return gold pages with other names.

    Args:
        records: JSON objects of a gold file.
        drawing: Makes the drawing of a page from its name.
    """
    return [swap_record(record, drawing(str(record["doc_id"]))) for record in records]
