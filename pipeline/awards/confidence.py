"""How sure a record is: a score from what the text says, to be calibrated on development gold."""

from __future__ import annotations

from pipeline.awards.model import Draft
from pipeline.document import Award


def confidence(award: Award, draft: Draft) -> float:
    """Return the confidence of a record, 0 to 1.

    Args:
        award: The record.
        draft: The draft it was built from.
    """
    score = 0.45
    score += 0.15 if award.slots.get("event") else -0.1
    score += 0.1 if draft.event_key.startswith("EV") else 0.0
    score += 0.1 if award.slots.get("result") or award.slots.get("category") else 0.0
    score += 0.1 if draft.tellings > 1 else 0.0
    score += 0.05 if award.slots.get("recipient_code") else 0.0
    score -= 0.15 if draft.past else 0.0
    return round(min(0.99, max(0.05, score)), 4)
