"""General tellings: what only looks like a win of its own beside the telling that names the winner."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.awards.coreference import Coreference
from pipeline.awards.merge import rank, same_event, same_result, same_slot
from pipeline.awards.normal import normal, result_kind
from pipeline.awards.offices import is_region
from pipeline.awards.pack import grammar
from pipeline.awards.render import Rendered
from pipeline.awards.structures import Candidate, without
from pipeline.document import Mention

#: Two names are related where they share one of so many first words; shorter words say nothing.
_FIRST = 3
_SHORT = 3
#: Labels of bodies that people win for.
_BODIES = ("ORGANISATION", "AGENCY", "PLACE")


def without_general(
    candidates: Sequence[Candidate], rendered: Sequence[Rendered], names: Coreference
) -> list[Candidate]:
    """Drop tellings of a prize that another one tells with its true winner.

    Whoever received what somebody else won ("trofi Top Pembina diterima Asisten A"), the body or region of a
    headline where the text says who of it won ("Kota Batu Juara 1", "Siswa SMA 1 Raih Emas").

    Args:
        candidates: Merged candidates.
        rendered: Rendered sentences of the page.
        names: Identities on the page.
    """
    if len(candidates) < 2:
        return list(candidates)
    members = _Members(rendered, names)

    def general(candidate: Candidate) -> bool:
        others = (d for d in candidates if d.key != candidate.key)
        return any(_says_less(candidate, other, members, names) for other in others)

    return without(candidates, "winner_told_elsewhere", general)


class _Members:
    """Who belongs to which body on a page: "Rina, siswa SMA 1 Batu", "atlet Kota Batu, Joko"."""

    def __init__(self, rendered: Sequence[Rendered], names: Coreference) -> None:
        self._names = names
        self._pairs: set[tuple[str, str]] = set()
        self._officials: set[str] = set()
        for part in rendered:
            for pattern in (grammar("member_of"), grammar("body_of")):
                for match in pattern.finditer(part.text):
                    member = names.recipient(part.mentions[match.start("member")])
                    bodies = part.between(*match.span("body"), *_BODIES)
                    self._pairs |= {(member, names.recipient(body)) for body in bodies}
            for match in grammar("official").finditer(part.text):
                if match.group("pos") or match.group("pos2"):
                    self._officials |= {names.recipient(m) for m in part.between(*match.span(), "PERSON")}

    def told(self, member: str, body: str) -> bool:
        """Whether the page says that somebody is a member of a body."""
        return (member, body) in self._pairs

    def likely(self, part: Mention, whole: Mention) -> bool:
        """Whether one may have won for the other: somebody without an office, or a part of the same name."""
        key = self._names.recipient(part)
        if part.label == "PERSON":
            return key not in self._officials
        words = (normal(self._names.surface(m)).split() for m in (part, whole))
        first, second = ([w for w in name if len(w) > _SHORT] for name in words)
        return bool(set(first[:_FIRST]) & set(second[:_FIRST]))


def _says_less(candidate: Candidate, other: Candidate, members: _Members, names: Coreference) -> bool:
    mine, theirs = candidate.recipient, other.recipient
    if candidate.past or other.past or mine is None or theirs is None:
        return False
    if not (candidate.event_key and other.event_key and same_event(candidate, other, names.text)):
        return False
    if mine.label == "PERSON":
        return _only_received(candidate, other, names)
    if not _no_more(candidate, other, names):
        return False
    if members.told(other.key, candidate.key) or _speaks(candidate, grammar("nominal_win"), names):
        return True
    if theirs.label == "PERSON" and _speaks(candidate, grammar("member_subject"), names):
        return members.likely(theirs, mine)
    if candidate.prize.bare:
        summary = members.likely(theirs, mine) and _summary(candidate, other, names)
        return summary or (candidate.title and _unit_of(theirs, mine, names))
    ranked = rank(candidate, names.text) is not None and not other.title
    return candidate.title and ranked and _inside(theirs, mine)


def _summary(candidate: Candidate, other: Candidate, names: Coreference) -> bool:
    """Whether a clause only sums up prizes that others tell one by one ("SMA 1 Batu meraih lima medali")."""
    told = not other.prize.bare and not candidate.prize.group and not candidate.prize.work
    return told and _speaks(candidate, grammar("summary"), names)


def _speaks(candidate: Candidate, pattern: re.Pattern[str], names: Coreference) -> bool:
    """Whether one of the clauses that tell a candidate has a pattern."""
    return any(pattern.search(names.text[slice(*span)]) for span in candidate.spans)


def _only_received(candidate: Candidate, other: Candidate, names: Coreference) -> bool:
    """Whether a person only took the prize that another one won in this category."""
    mine, theirs = candidate.prize, other.prize
    received = candidate.rule.frame == "received" and len(candidate.rules) == 1
    named = mine.category is not None and theirs.category is not None
    return received and named and same_slot(mine.category, theirs.category, names.text)


def _no_more(candidate: Candidate, other: Candidate, names: Coreference) -> bool:
    """Whether a candidate says nothing of its prize that the other one does not say; no overall win."""
    mine, theirs = candidate.prize, other.prize
    if mine.result is not None:
        if theirs.result is None or result_kind(names.surface(mine.result)) == "overall":
            return False
        if not same_result(mine.result, theirs.result, names.text):
            return False
    return (
        same_slot(mine.category, theirs.category, names.text)
        and same_slot(mine.group, theirs.group, names.text)
        and (mine.work is None or theirs.work is not None)
    )


def _inside(part: Mention, region: Mention) -> bool:
    """Whether a school or club lies in a region, by its code."""
    inside = bool(region.code) and part.code.startswith(region.code)
    return inside and is_region(region) and not is_region(part)


def _unit_of(part: Mention, whole: Mention, names: Coreference) -> bool:
    """Whether an agency is a unit of the other one of its region ("Bidang Humas Polda X", "Polda X")."""
    if part.label != "AGENCY" or whole.label != "AGENCY":
        return False
    words, head = normal(names.surface(part)).split(), normal(names.surface(whole)).split()[:1]
    return part.code == whole.code and words[:1] != head and set(head) <= set(words)
