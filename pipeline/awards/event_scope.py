"""Events: which one a candidate belongs to, and which sentences tell of which event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.awards.coreference import Coreference
from pipeline.awards.structures import Candidate, without
from pipeline.document import Mention
from pipeline.terms.known import event_names, events_by_id
from pipeline.trace import note

#: A page that names more events than this is a list or a review of a year.
MANY_EVENTS = 5
#: From so many events on a page tells, each keeps to the very sentences of its wins.
_STRICT_EVENTS = 4


def with_events(
    candidates: Sequence[Candidate], mentions: Sequence[Mention], names: Coreference
) -> list[Candidate]:
    """Give candidates without an event the one the article last named before them, or the first it names."""
    candidates = [_with_own_event(d, names) for d in candidates]
    events = [m for m in mentions if m.label == "EVENT"]
    # a conference or a holiday stands in for the award only where the page names none
    events = [m for m in events if m.kind != "host"] or events
    # on a list of many awards an item without a name is an award of its own
    if not events or len({names.event(e) for e in events}) > MANY_EVENTS:
        return list(candidates)
    real = any(e.kind != "host" for e in events)
    return [
        d if d.event is not None and not (real and d.event.kind == "host") else _with_event(d, events, names)
        for d in candidates
    ]


def _with_own_event(candidate: Candidate, names: Coreference) -> Candidate:
    """Give a candidate the award that its grade names ("Adipura Kencana", "Swasti Saba Wistara")."""
    result = candidate.prize.result
    if candidate.event is not None or result is None:
        return candidate
    for start, end, key in event_names().find(names.surface(result)):
        if names.text[result.start + start].isupper():
            kind = events_by_id()[key].kind
            event = Mention(result.start + start, result.start + end, "EVENT", key, kind=kind)
            return replace(candidate, event=event, event_key=names.event(event))
    return candidate


def without_bare_lists(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Drop lines and lists of names that no award stands over ("Untuk kategori lansia: Sleman, Klaten")."""
    return without(
        candidates,
        "no_event_over_list",
        lambda d: d.event is None and d.rule.needs_event and d.prize.result is None,
    )


def _with_event(candidate: Candidate, events: Sequence[Mention], names: Coreference) -> Candidate:
    before = [e for e in events if e.start < candidate.spans[0][1]]
    event = before[-1] if before else events[0]
    note("event_of_page", candidate.spans[0], candidate.rules[0], (event.start, event.end))
    return replace(candidate, event=event, event_key=names.event(event))


def owners(candidates: Sequence[Candidate], count: int) -> dict[str, frozenset[int]]:
    """Return for each event the sentences whose facts are its own; nothing where the page tells of one event.

    A sentence that tells a win belongs to that win's event, the sentences behind it as well, up to the next
    win of another event. Where a page lists many events each keeps to its own sentences.

    Args:
        candidates: Merged candidates.
        count: Number of sentences.
    """
    events = {d.event_key for d in candidates if not d.past}
    if len(events) < 2:
        return {}
    by_sentence: dict[int, set[str]] = {}
    for candidate in candidates:
        for number in candidate.sentences:
            by_sentence.setdefault(number, set()).add(candidate.event_key)
    owned: dict[str, set[int]] = {e: set() for e in events}
    current: set[str] = set()
    for number in range(count):
        here = by_sentence.get(number)
        current = here or (current if len(events) < _STRICT_EVENTS else set())
        for event in current & events:
            owned[event].add(number)
    return {e: frozenset(s) for e, s in owned.items()}
