"""How sure a record is: a logistic model over what the text says of it, fitted on development gold."""

from __future__ import annotations

import math
from collections.abc import Mapping

from pipeline.awards.pack import frame_rule
from pipeline.awards.structures import DESCRIPTION
from pipeline.awards.years import YEAR_OF_PAGE, YEAR_TOLD
from pipeline.document import Award
from pipeline.lexicon import cached, load_table
from pipeline.terms.known import events_by_id


def features(award: Award) -> dict[str, float]:
    """Return the features of a record.

    Args:
        award: The record.
    """
    event = award.slots.get("event")
    year = award.slots.get("year")
    frames = [rule for rule in map(frame_rule, award.rules) if rule is not None]
    told = {rule.feature for rule in frames}
    rule = event[0].rule if event else ""
    kind = award.value("recipient_type")
    result, category = bool(award.slots.get("result")), bool(award.slots.get("category"))
    found: dict[str, bool] = {
        "event": bool(event),
        "known_event": rule in events_by_id(),
        "described_event": rule == DESCRIPTION,
        "result": result,
        "category": category,
        "both": result and category,
        "year_beside_event": bool(year) and year is not None and year[0].rule == YEAR_TOLD,
        "year_of_page": bool(year) and year is not None and year[0].rule == YEAR_OF_PAGE,
        "no_year": not year,
        "region": bool(award.slots.get("recipient_code")),
        "person": kind == "person",
        "name": kind == "community" and not award.slots.get("recipient_code"),
        # a work beside its name tells the award once more
        "told_twice": len(frames) + bool(award.slots.get("work")) > 1,
        "active": "active" in told,
        "weak_verb": "weak_verb" in told and "active" not in told,
        "list": "list" in told,
        "listing": "listing" in told,
        "past": award.value("timeframe") == "past",
        "nominated": award.value("status") == "nominated",
        "date": bool(award.slots.get("date")),
        "organiser": bool(award.slots.get("organiser")),
    }
    return {name: float(value) for name, value in found.items()}


@cached
def _weights() -> Mapping[str, float]:
    return {row["id"]: float(row["weight"]) for row in load_table("confidence")}


def confidence(award: Award) -> float:
    """Return the confidence of a record, 0 to 1: the share of such records that are right in all core slots.

    Args:
        award: The record.
    """
    weights = _weights()
    score = weights["intercept"] + sum(weights[name] * value for name, value in features(award).items())
    return round(1 / (1 + math.exp(-score)), 4)
