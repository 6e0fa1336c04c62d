"""One value a slot from all tellings, by weighted vote, with who agrees and who does not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import fsum

from pipeline.award_schema import FIELD
from pipeline.consolidate.folding import Words, fold, office_name, person_name
from pipeline.consolidate.tellings import Votes, add_votes, count_vote

#: Rarer values are not compared with each other: they are told once each by stray pages.
_COMPARED = 60
#: An organiser is named if it has this share of the most named one's weight.
_BESIDE = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a vote.

    Args:
        value: Chosen value; empty if none is told.
        agreeing: Tellings that agree with it.
        stating: Tellings that state the slot.
        values: All different values with the tellings of each, the chosen one first.
    """

    value: str = ""
    agreeing: frozenset[str] = frozenset()
    stating: frozenset[str] = frozenset()
    values: tuple[tuple[str, frozenset[str]], ...] = ()


def weights(votes: Votes, telling_of: Mapping[str, str]) -> dict[str, float]:
    """Return the confidence of each independent telling: copies count once, with the surest."""
    found: dict[str, float] = {}
    for telling, confidence in votes.items():
        count_vote(found, telling_of[telling], confidence)
    return found


def total(weighed: Mapping[str, float]) -> float:
    """Return the sum of weights, the same whatever their order."""
    return fsum(weighed.values())


def _exact(text: str) -> Words:
    return (text,)


def _date_parts(text: str) -> Words:
    """Return what a date or region code says, part by part: "2024-10" and "35.73" hold "2024" and "35"."""
    parts = re.split("[-.]", text)
    return tuple(text[: len("-".join(parts[:at]))] for at in range(1, len(parts) + 1))


#: What values are compared by, by type and by what they name; the words of the text if it is not here.
_WORDS_OF: Mapping[str, Callable[[str], Words]] = {
    "person": person_name,
    "office": office_name,
    "body": office_name,
    "date": _date_parts,
    "code": _date_parts,
    "integer": _exact,
    "choice": _exact,
}


def vote(slot: str, values: Mapping[str, Votes], telling_of: Mapping[str, str]) -> Verdict:
    """Choose a slot's value.

    Values that say the same are counted together: other case or punctuation, a part of a fuller one ("Hotel
    Merdeka" and "Hotel Merdeka, Bandung"), a month that holds the day. The heaviest group wins, and its
    heaviest spelling is shown; for a date the fullest one.

    Args:
        slot: Column name.
        values: Confidence of each telling, by value.
        telling_of: The independent telling that each belongs to.
    """
    weighed = {value: weights(votes, telling_of) for value, votes in values.items()}
    words_of = _WORDS_OF.get(FIELD[slot].names or FIELD[slot].type, fold)
    words = {value: frozenset(words_of(value)) for value in weighed}
    order = sorted(weighed, key=lambda v: (-len(words[v]), -len(v), -total(weighed[v]), v))
    if len(order) > _COMPARED:
        kept = set(sorted(weighed, key=lambda v: (-total(weighed[v]), v))[:_COMPARED])
        order = [v for v in order if v in kept] + [v for v in order if v not in kept]
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for at, value in enumerate(order):
        compared = at < _COMPARED and words[value]
        heads = [head for head in groups if words[value] <= words[head]] if compared else []
        # A part of two different values ("Budi" of Budi Santoso and Budi Raharjo) speaks for neither.
        same = [head for head in heads if words[head] == words[value]]
        chosen = same[0] if same else heads[0] if len(heads) == 1 else value
        groups[chosen].append(value)

    ranked = []
    for members in groups.values():
        together: dict[str, float] = {}
        for value in members:
            add_votes(together, weighed[value])
        if FIELD[slot].type == "date":
            shown = max(members, key=lambda v: (len(v), total(weighed[v]), v))
        else:
            shown = min(members, key=lambda v: (-total(weighed[v]), -len(v), v))
        ranked.append((-total(together), shown, frozenset(together)))
    ranked.sort()
    if not ranked:
        return Verdict()
    stating = frozenset(telling for _, _, tellings in ranked for telling in tellings)
    return Verdict(
        ranked[0][1], ranked[0][2], stating, tuple((shown, tellings) for _, shown, tellings in ranked)
    )


def vote_all(slot: str, values: Mapping[str, Votes], telling_of: Mapping[str, str]) -> Verdict:
    """Choose all values of a slot that may have several: those told at least half as often as the first."""
    verdict = vote(slot, values, telling_of)
    if not verdict.values:
        return verdict
    most = len(verdict.values[0][1])
    chosen = [(value, tellings) for value, tellings in verdict.values if len(tellings) >= _BESIDE * most]
    rest = [(value, tellings) for value, tellings in verdict.values if len(tellings) < _BESIDE * most]
    agreeing = frozenset(telling for _, tellings in chosen for telling in tellings)
    together = "; ".join(value for value, _ in chosen)
    return Verdict(together, agreeing, verdict.stating, ((together, agreeing), *rest))


def without(
    values: Mapping[str, Votes], tellings: frozenset[str], telling_of: Mapping[str, str]
) -> dict[str, Votes]:
    """Return the votes of all other tellings."""
    left = {
        value: {telling: c for telling, c in votes.items() if telling_of[telling] not in tellings}
        for value, votes in values.items()
    }
    return {value: votes for value, votes in left.items() if votes}
