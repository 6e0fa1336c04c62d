"""Winners: whom the names in a clause stand for, and whom the page is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.awards.coreference import Coreference
from pipeline.awards.offices import is_personal, is_region, stands_for
from pipeline.awards.structures import Candidate, Frame, Prize
from pipeline.document import Mention
from pipeline.terms.known import known_event

#: Frames of clauses that name whom somebody gave a prize.
_GIVEN = frozenset({"given", "give"})
#: Mentions of a page that are counted for its focal recipient.
_MOST_COUNTED = 400


def _personal(prizes: Sequence[Prize], names: Coreference) -> bool:
    """Whether one of the prizes honours a person."""
    for prize in prizes:
        for m in (prize.category, prize.event):
            if m is not None:
                row = known_event(names.surface(m)) if m.label == "EVENT" else None
                if (row and row.recipient == "person") or is_personal(names.surface(m)):
                    return True
    return False


def resolve(frame: Frame, names: Coreference, prizes: Sequence[Prize]) -> list[Mention | None]:
    """Return who wins: an official's region or the person, organisations and regions as they stand.

    ``None`` stands for the page's focal recipient.
    """
    if frame.recipients and all(m.kind == "country" for m in frame.recipients):
        return []  # a national team's count of medals: its members are the winners
    people = [m for m in frame.recipients if m.label in {"PERSON", "NAME"}]
    offices = [m for m in frame.recipients if m.label == "POSITION"]
    if offices and _personal(prizes, names):
        holder = people or [p for p in [names.holder(offices[0])] if p]
        if holder:
            return list(holder)
    received = frame.rule.frame == "received"
    officials = bool(offices) and (received or _stands(offices[0], names)[0] != "person")
    winners: list[Mention | None] = []
    for m in frame.recipients:
        if m.label == "POSITION":
            kind, target = _stands(m, names)
            if (kind == "person" and people) or (kind == "force" and target is None):
                continue
            if kind == "force":
                winners.append(target)
                continue
            if target is None and frame.rule.frame in _GIVEN:
                continue  # given to mayors at large
            # the head of an agency stands there for the page's winner
            winners.append(target if kind == "region" and not received else None)
        elif m.label == "PERSON" and officials:
            continue
        elif m.kind != "country":
            winners.append(m)
    forces = [m for m in offices if _stands(m, names)[0] == "force"]
    given = bool(frame.recipients) and (frame.rule.frame in _GIVEN or bool(forces))
    return list(dict.fromkeys(winners)) or ([] if given else [None])


def _stands(office: Mention, names: Coreference) -> tuple[str, Mention | None]:
    return stands_for(office, names.surface(office), names.mentions)


def fullest(candidate: Candidate, names: Coreference) -> Mention | None:
    """Return the fullest mention of the candidate's recipient on the page.

    A region keeps the fullest mention of the clauses that tell the award: its government goes by many names
    ("Depok", "Pemkot Depok"), and ``recipient_name`` says which it is.
    """
    best = candidate.recipient
    if best is None or best.label == "NAME" or not best.name or is_region(best):
        return best
    other = names.fullest(best.label, candidate.key)
    return other if other is not None and other.end - other.start > best.end - best.start else best


def focal_recipient(
    candidates: Sequence[Candidate],
    frames: Sequence[Frame],
    mentions: Sequence[Mention],
    names: Coreference,
    lead_end: int,
) -> Mention | None:
    """Return the winner the page is about: the one told first and most, else the body named most on top.

    Args:
        candidates: Candidates of the page.
        frames: Its frames, those included that name no prize ("menorehkan prestasi").
        mentions: Mentions of the page.
        names: Identities on the page.
        lead_end: Where the lead ends: whom it does not name the page is not about.
    """
    votes: Counter[str] = Counter()
    by_key: dict[str, Mention] = {}
    for candidate in candidates:
        if candidate.recipient is not None:
            weight = 4 if candidate.title else 3 if candidate.sentence <= 2 else 1
            # one of many winners of a list is not whom the page is about
            listed = candidate.rule.frame in {"line", "aligned"} and not candidate.title
            votes[candidate.key] += 0 if candidate.past or listed else weight
            best = by_key.get(candidate.key)
            if best is None or (best.end - best.start) < (
                candidate.recipient.end - candidate.recipient.start
            ):
                by_key[candidate.key] = candidate.recipient
    if votes and votes.most_common(1)[0][1] > 0:
        return by_key[votes.most_common(1)[0][0]]
    told = [
        m
        for f in frames
        for m in f.recipients
        if f.rule.strength == "alone" and not f.past and m.start < lead_end
    ]
    told = [m for m in told if m.label in {"AGENCY", "ORGANISATION", "NAME"} or is_region(m)]
    if told:
        return told[0]
    return _most_named(mentions, names, by_key, lead_end)


def _most_named(
    mentions: Sequence[Mention], names: Coreference, told: dict[str, Mention], lead_end: int
) -> Mention | None:
    """Return the agency, organisation or region of the lead named most on the page; agencies count twice."""
    # a place right before a date is where something was held
    dates = {m.start for m in mentions if m.label == "DATE"}
    venues = {m.end for m in mentions if m.label == "PLACE" and dates & {m.end + 1, m.end + 2}}
    best = dict(told)
    counts: Counter[str] = Counter()
    lead: set[str] = set()
    for m in mentions[:_MOST_COUNTED]:
        if m.label in {"AGENCY", "ORGANISATION"} or (m.label == "PLACE" and is_region(m)):
            if m.kind in {"country", "media", "ministry"} or m.end in venues:
                continue
            key = names.recipient(m)
            lead |= {key} if m.start < lead_end else set()
            counts[key] += 2 if m.label == "AGENCY" else 1
            if key not in best or (m.label == "AGENCY" and best[key].label != "AGENCY"):
                best[key] = m
    ranked = [key for key, _count in counts.most_common() if key in lead]
    return best[ranked[0]] if ranked else None
