"""Who decides what is a name: likelihoods fitted to annotated pages, from grammar and tagger alike.

Every stretch that the grammar read or the tagger holds possible is a candidate. Its likelihood comes from a
logistic model by label (``name_weights.jsonl``, fitted out of fold by ``scripts/fit_names.py``) over what the
two say of it and of what overlaps it. Candidates are taken from the likeliest on; one that overlaps a taken
one of its label, or crosses any, is left out.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pipeline.document import Mention
from pipeline.entities.tagger import NAMES, ROLES, RULE, TERMS, Guess
from pipeline.lexicon import cached
from pipeline.lexicon.typed_rows import Row, doc, of_table, rows
from pipeline.terms import type_term, with_subcategories
from pipeline.terms.known import events_by_id
from pipeline.terms.phrases import stop_words

LABELS = (*NAMES, *TERMS)
#: Names of these labels may hold others of the same label: "Dinas Kesehatan Pemerintah Kota Batu".
_NESTING = frozenset({"AGENCY", "ORGANISATION", "FACILITY"})
#: A name has a part if it shares more than this of its words with the words that the tagger gives it.
_SAME_WORDS = 0.6
#: Least likelihoods of names that a rule reads, and of terms that only the tagger sees.
_BY_RULE_LEAST = 0.12
_ALONE_LEAST = {"EVENT": 0.65, "CATEGORY": 0.8, "RESULT": 0.65, "WORK": 0.65}
#: Marks that no name begins or ends with.
_NO_START, _NO_END = frozenset(",.;:!?)-–—/&"), frozenset(",;:!?(-–—/&")
#: Begins the features that say which rule made a mention.
_BY_RULE = "rule "
#: Likelihoods beyond this say no more.
_FLOOR = 0.005


@of_table("name_weights")
class NameWeights(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a feature of a candidate of a label weighs."""

    label: Annotated[
        Literal[
            "PERSON", "POSITION", "AGENCY", "ORGANISATION", "PLACE", "FACILITY", "DATE", "EVENT", "CATEGORY",
            "RESULT", "WORK",
        ],
        doc("label of the candidates"),
    ]  # fmt: skip
    least: Annotated[
        float, doc("least likelihood of a candidate that is taken: the one of the best strict F1")
    ]
    weights: Annotated[
        dict[str, float], doc("weight of each feature in a logistic model, by scripts/fit_names.py")
    ]


@dataclass(frozen=True, slots=True)
class NameCandidate:
    """A stretch that may be a name or term.

    Args:
        start: First character.
        end: One past the last character.
        label: Its label.
        likely: Likelihood by the tagger, 0 where it holds it impossible.
        mention: The grammar's mention, if it made one.
    """

    start: int
    end: int
    label: str
    likely: float
    mention: Mention | None

    def overlaps(self, other: NameCandidate) -> bool:
        """Tell whether two candidates share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: NameCandidate) -> bool:
        """Tell whether another candidate lies inside this one, or is it."""
        return self.start <= other.start and other.end <= self.end

    def crosses(self, other: NameCandidate) -> bool:
        """Tell whether two candidates overlap and neither holds the other."""
        return self.overlaps(other) and not self.holds(other) and not other.holds(self)

    def to_mention(self, near: Iterable[NameCandidate]) -> Mention:
        """Return the grammar's mention, or a new one.

        A new one is of the kind of a mention of the same label that it shares words with: the two have
        different limits and mean the same.

        Args:
            near: The candidates that overlap it.
        """
        if self.mention is not None:
            return self.mention
        alike = [o.mention for o in near if o.mention is not None and o.label == self.label]
        if not alike:
            return Mention(self.start, self.end, self.label, RULE)
        best = max(alike, key=lambda m: (m.end - m.start, -m.start))
        # "Pekan Ilmiah Mahasiswa Nasional (Pimnas)" around a known event is that event
        known = best.rule in events_by_id() and self.start <= best.start and best.end <= self.end
        return Mention(self.start, self.end, self.label, best.rule if known else RULE, kind=best.kind)


def is_group(text: str, mention: Mention) -> bool:
    """Tell whether a mention is a class of participants ("kategori kabupaten"), a category by name only."""
    return type_term(text, mention).kind == "group"


def _whole(text: str, guess: Guess) -> bool:
    """Tell whether a name may begin and end where the tagger says: at no mark but a bracket, no link word."""
    surface = text[guess.start : guess.end]
    words = surface.split()
    return (
        surface[0] not in _NO_START
        and surface[-1] not in _NO_END
        and words[0].lower() not in stop_words()
        and words[-1].lower() not in stop_words()
        and surface.count("(") == surface.count(")")
    )


def candidates(text: str, mentions: Iterable[Mention], guesses: Iterable[Guess]) -> list[NameCandidate]:
    """Return what the grammar read and the tagger holds possible, in text order.

    Args:
        text: The page's text.
        mentions: Those of the grammar.
        guesses: Those of the tagger.
    """
    made = {(m.start, m.end, m.label): m for m in mentions}
    likely = {(g.start, g.end, g.label): g.likely for g in guesses if g.label in LABELS and _whole(text, g)}
    return [
        NameCandidate(*key, likely.get(key, 0.0), made.get(key))
        for key in sorted({*made, *likely}, key=lambda k: (k[0], -k[1], k[2]))
    ]


def neighbours(found: Sequence[NameCandidate]) -> list[list[NameCandidate]]:
    """Return for every candidate, in text order, the others that overlap it."""
    starts = [c.start for c in found]
    longest = max((c.end - c.start for c in found), default=0)
    near = []
    for c in found:
        a, b = bisect_left(starts, c.start - longest), bisect_left(starts, c.end)
        near.append([o for o in found[a:b] if o is not c and o.overlaps(c)])
    return near


def features(text: str, candidate: NameCandidate, near: Sequence[NameCandidate]) -> dict[str, float]:
    """Return the features of a candidate.

    Args:
        text: The page's text.
        candidate: The candidate.
        near: The candidates that overlap it.
    """
    p = min(max(candidate.likely, _FLOOR), 1 - _FLOOR)
    same = [o for o in near if o.label == candidate.label]
    by_grammar = candidate.mention is not None
    surface = text[candidate.start : candidate.end]
    rival = max((o.likely for o in same), default=0.0)
    logit = math.log(p / (1 - p))
    found = {
        "one": 1.0,
        "logit": logit,
        "rival": rival,
        "rival_same_start": max((o.likely for o in same if o.start == candidate.start), default=0.0),
        "rival_same_end": max((o.likely for o in same if o.end == candidate.end), default=0.0),
        "words": min(surface.count(" "), 8) / 4,
        "lower": float(surface[:1].islower()),
        "no_space": float(" " not in surface),
    }
    if by_grammar:
        found["grammar"] = 1.0
        found["logit_of_grammar"] = logit
        found[_BY_RULE + rule_family(candidate.mention)] = 1.0
    else:
        found["inside_grammar"] = float(any(o.mention and o.holds(candidate) for o in same))
        found["around_grammar"] = float(any(o.mention and candidate.holds(o) for o in same))
        found["crosses_grammar"] = float(any(o.mention and o.crosses(candidate) for o in same))
        found["grammar_same_start"] = float(any(o.mention and o.start == candidate.start for o in same))
        found["grammar_same_end"] = float(any(o.mention and o.end == candidate.end for o in same))
        found["free"] = float(not any(o.mention for o in near))
    others = [o for o in near if o.label != candidate.label]
    found["other_there"] = max(
        (o.likely for o in others if o.start == candidate.start and o.end == candidate.end), default=0.0
    )
    found["other_by_grammar"] = float(
        any(o.mention and o.start == candidate.start and o.end == candidate.end for o in others)
    )
    found["crosses_other"] = max((o.likely for o in others if o.crosses(candidate)), default=0.0)
    found["crosses_other_grammar"] = float(any(o.mention and o.crosses(candidate) for o in others))
    return found


def rule_family(mention: Mention | None) -> str:
    """Return what a mention's rule has in common with others: known events share one name."""
    if mention is None:
        return ""
    rule = mention.rule
    return (
        rule.rstrip("0123456789")
        if mention.label in TERMS and rule[:2] == "EV" and rule[2:3].isdigit()
        else rule
    )


@cached
def limits() -> dict[str, float]:
    """Return the least likelihood by label."""
    return {row.label: row.least for row in rows(NameWeights)}


@cached
def weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weights of features by label."""
    return {row.label: row.weights for row in rows(NameWeights)}


def likelihood(label: str, found: Mapping[str, float]) -> float:
    """Return how likely a candidate with some features is a name of the label (0 to 1).

    What a rule makes that was not there when the weights were fitted is believed: somebody added its row.
    """
    of = weights().get(label, {})
    if any(name.startswith(_BY_RULE) and name not in of for name in found):
        return 1.0
    z = sum(of.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


def decide(text: str, mentions: Iterable[Mention], guesses: Iterable[Guess]) -> list[Mention]:
    """Return the mentions that grammar and tagger together hold likely.

    Args:
        text: The page's text.
        mentions: Those of the grammar.
        guesses: Those of the tagger.
    """
    by_grammar, guesses = list(mentions), list(guesses)
    groups = [m for m in by_grammar if is_group(text, m)]  # no names: gold has none of them
    found = candidates(text, (m for m in by_grammar if m not in groups), guesses)
    near = dict(zip(found, neighbours(found), strict=True))
    rated = [(likelihood(c.label, features(text, c, others)), c) for c, others in near.items()]
    taken = chosen(rated, limits())
    if not any(c.label == "EVENT" for c in taken):
        # such a page may tell of an award: an event that the grammar reads is better than none
        taken = chosen(
            [(p, c) for p, c in rated if c in taken or _may_be_event(c)], limits() | {"EVENT": 0.0}
        )
    named = with_subcategories(text, (c.to_mention(near[c]) for c in taken))
    return with_parts([*groups, *named], guesses)


def _may_be_event(candidate: NameCandidate) -> bool:
    return candidate.label == "EVENT" and candidate.mention is not None


def with_parts(mentions: Iterable[Mention], guesses: Iterable[Guess]) -> list[Mention]:
    """Tell names what part the tagger gives to their words in an award.

    Args:
        mentions: Names and terms.
        guesses: What the tagger says; only its heads for parts count.
    """
    parts = sorted((g for g in guesses if g.label in ROLES), key=lambda g: g.start)
    starts, longest = [g.start for g in parts], max((g.end - g.start for g in parts), default=0)
    told = []
    for m in mentions:
        best: dict[str, float] = {}
        if m.label not in TERMS:
            for g in parts[bisect_left(starts, m.start - longest) : bisect_left(starts, m.end)]:
                shared = min(m.end, g.end) - max(m.start, g.start)
                if shared > _SAME_WORDS * (max(m.end, g.end) - min(m.start, g.start)):
                    best[g.label] = max(g.likely, best.get(g.label, 0.0))
        told.append(replace(m, parts=tuple(sorted(best.items()))) if best else m)
    return told


def chosen(rated: Iterable[tuple[float, NameCandidate]], least: Mapping[str, float]) -> list[NameCandidate]:
    """Return the likeliest candidates that can stand together.

    Args:
        rated: Candidates with their likelihood.
        least: Least likelihood by label.
    """
    taken: list[NameCandidate] = []
    index: list[tuple[int, NameCandidate]] = []
    longest = 0
    for p, c in sorted(rated, key=lambda r: (-r[0], r[1].start, r[1].end, r[1].label)):
        if p < _least(c, least):
            continue
        a = bisect_left(index, c.start - longest, key=lambda i: i[0])
        b = bisect_left(index, c.end, key=lambda i: i[0])
        if any(_excludes(o, c) for _, o in index[a:b] if o.overlaps(c)):
            continue
        taken.append(c)
        index.insert(bisect_left(index, c.start, key=lambda i: i[0]), (c.start, c))
        longest = max(longest, c.end - c.start)
    return taken


def _least(candidate: NameCandidate, least: Mapping[str, float]) -> float:
    """Return the least likelihood of a candidate: terms of the tagger alone have to be likelier than not.

    A wrong term makes a wrong record; one that a rule reads as well stands where rules expect it.
    """
    limit = least.get(candidate.label, 1.0)
    if candidate.mention is not None:
        return min(limit, _BY_RULE_LEAST)
    return max(limit, _ALONE_LEAST.get(candidate.label, 0.0))


def _excludes(one: NameCandidate, other: NameCandidate) -> bool:
    """Tell whether two overlapping candidates cannot both stand."""
    if one.crosses(other):
        return True
    same_span = one.holds(other) and other.holds(one)
    if one.label == other.label:
        return same_span or one.label not in _NESTING
    return same_span
