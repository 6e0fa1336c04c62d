"""What the pages tell of one award: gathered row by row, in any order, copies counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.award_schema import FIELD, field_names
from pipeline.consolidate.folding import Words
from pipeline.consolidate.keys import telling_of
from pipeline.tables.run_tables import Row

#: Slots that go to the vote, besides the result, which is one value of three cells.
VOTED = field_names(lambda f: f.merge in {"voted", "spelling"})
#: Confidence of a record that states none.
_UNSTATED = 0.5

ResultValue = tuple[str, str, str]
Votes = dict[str, float]  # confidence by telling


@dataclass(slots=True)
class Tellings:
    """All that is told of one award. Adding rows in any order gives the same.

    Args:
        votes: By slot and value, the confidence of each telling that has it.
        results: The same for the result as written, its kind and rank.
        confidence: Of each telling, the surest record.
        told_by: The tellings of each page.
        pages: Source and publication date of each page.
        records: Record ids.
        current: Whether any page tells it as current.
        best: The evidence that serves best: text, page, start and end.
        surety: How well: by confidence, then length, then place.
        words: The spellings behind the key's names, by field.
        person: Whether the recipient is a person on any page.
    """

    votes: defaultdict[str, dict[str, Votes]] = field(default_factory=lambda: defaultdict(dict))
    results: dict[ResultValue, Votes] = field(default_factory=dict)
    confidence: Votes = field(default_factory=dict)
    told_by: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    records: set[str] = field(default_factory=set)
    current: bool = False
    best: tuple[str, str, int, int] = ("", "", 0, 0)
    surety: tuple[Any, ...] = ()
    words: dict[str, Words] = field(default_factory=dict)
    person: bool = False

    def add(self, row: Row, words: Mapping[str, Words]) -> None:
        """Add a record of the awards table, with the spellings behind its key's names."""
        telling = telling_of(row)
        confidence = _UNSTATED if row["confidence"] is None else row["confidence"]
        for slot in VOTED:
            value = row[slot]
            if value is None or value == "":
                continue
            for part in str(value).split("; ") if FIELD[slot].several else [str(value)]:
                count_vote(self.votes[slot].setdefault(part, {}), telling, confidence)
        if row["result"] or row["result_kind"]:
            result = (row["result"], row["result_kind"], "" if row["rank"] is None else str(row["rank"]))
            count_vote(self.results.setdefault(result, {}), telling, confidence)
        count_vote(self.confidence, telling, confidence)
        doc_id = row["doc_id"]
        self.told_by[doc_id].add(telling)
        self.pages[doc_id] = max(self.pages.get(doc_id, ("", "")), (row["source"], row["published"][:10]))
        self.records.add(row["record_id"])
        self.current |= row["timeframe"] != "past"
        self.person |= row["recipient_type"] == "person"
        start, end = row["start"] or 0, row["end"] or 0
        surety = confidence, len(row["evidence"]), tuple(-ord(c) for c in doc_id), -start
        self._prefer(surety, (row["evidence"], doc_id, start, end))
        for name, found in words.items():
            self.words[name] = min(self.words.get(name, found), found)

    def absorb(self, other: Tellings) -> None:
        """Add all that ``other`` holds."""
        for slot, values in other.votes.items():
            for value, votes in values.items():
                add_votes(self.votes[slot].setdefault(value, {}), votes)
        for result, votes in other.results.items():
            add_votes(self.results.setdefault(result, {}), votes)
        add_votes(self.confidence, other.confidence)
        for doc_id, tellings in other.told_by.items():
            self.told_by[doc_id] |= tellings
        for doc_id, page in other.pages.items():
            self.pages[doc_id] = max(self.pages.get(doc_id, ("", "")), page)
        self.records |= other.records
        self.current |= other.current
        self.person |= other.person
        self._prefer(other.surety, other.best)
        for name, found in other.words.items():
            self.words[name] = min(self.words.get(name, found), found)

    def _prefer(self, surety: tuple[Any, ...], evidence: tuple[str, str, int, int]) -> None:
        if surety > self.surety:
            self.surety, self.best = surety, evidence


def count_vote(votes: Votes, telling: str, confidence: float) -> None:
    """Count a telling with the surest of its confidences."""
    votes[telling] = max(votes.get(telling, 0.0), confidence)


def add_votes(votes: Votes, others: Mapping[str, float]) -> None:
    """Count all tellings of others."""
    for telling, confidence in others.items():
        count_vote(votes, telling, confidence)


def independent(told_by: Iterable[set[str]]) -> dict[str, str]:
    """Return, for each telling, the least telling that it is joined to through pages that share one.

    A page with two pieces of evidence, one of them copied from another page, makes one telling of all.
    """
    parent: dict[str, str] = {}

    def root(telling: str) -> str:
        parent.setdefault(telling, telling)
        while parent[telling] != telling:
            parent[telling] = parent[parent[telling]]
            telling = parent[telling]
        return telling

    for tellings in told_by:
        first, *rest = sorted(tellings)
        for other in [first, *rest]:
            a, b = root(first), root(other)
            if a != b:
                parent[max(a, b)] = min(a, b)
    return {telling: root(telling) for telling in parent}
