"""Events: which one a candidate belongs to, and which sentences tell of which event."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.awards.coreference import Coreference
from pipeline.awards.pack import grammar
from pipeline.awards.structures import Candidate, without
from pipeline.awards.years import year_near
from pipeline.document import Article, Mention, Sentence
from pipeline.terms.known import event_names, events_by_id
from pipeline.trace import note

#: A page that tells of wins at more events than this is a list or a review of a year.
MANY_EVENTS = 5
#: What speaks for the event that a page is about: it is named with a win, in the headline, so often; a
#: holiday or a meeting is its frame.
_NAMED_WITH_WIN, _IN_HEADLINE, _OFTEN, _FRAME = 3, 3, 4, 2
#: From so many events on a page tells, each keeps to the very sentences of its wins.
_STRICT_EVENTS = 4


def with_events(
    candidates: Sequence[Candidate], article: Article, sentences: Sequence[Sentence], names: Coreference
) -> list[Candidate]:
    """Give candidates without an event the one told of where they stand, else the one the page is about.

    Args:
        candidates: Candidates of the page.
        article: Article.
        sentences: Its sentences, in order.
        names: Identities on the page.
    """
    candidates = [_with_own_event(d, names) for d in candidates]
    events = [m for m in names.mentions if m.label == "EVENT"]
    # a conference or a holiday stands in for the award only where the page names none
    events = [m for m in events if m.kind != "host"] or events
    # on a list of many awards an item without a name is an award of its own
    told = {d.event_key for d in candidates if d.event is not None}
    if not events or len(told) > MANY_EVENTS:
        return list(candidates)
    real = any(e.kind != "host" for e in events)
    main = _main_event(events, candidates, article, names)
    starts = [s.start for s in sentences]

    def placed(candidate: Candidate) -> Candidate:
        if candidate.event is not None and not (real and candidate.event.kind == "host"):
            return candidate
        event = _event_here(candidate, events, starts, names) or main
        note("event_of_page", candidate.spans[0], candidate.rules[0], (event.start, event.end))
        return replace(candidate, event=event, event_key=names.event(event))

    return [placed(d) for d in candidates]


def _main_event(
    events: Sequence[Mention], candidates: Sequence[Candidate], article: Article, names: Coreference
) -> Mention:
    """Return the event a page is about: named with a win, in the headline, beside a year, and most often.

    A holiday or a meeting is the frame of an award rather than the award.
    """
    won = {d.event_key for d in candidates if d.event is not None and not d.past}
    headline = next((s.end for s in article.segments if s.kind == "title"), 0)
    by_key: dict[str, list[Mention]] = {}
    for m in events:
        by_key.setdefault(names.event(m), []).append(m)

    def weight(key: str) -> float:
        told = by_key[key]
        return (
            _NAMED_WITH_WIN * (key in won)
            + _IN_HEADLINE * (told[0].start < headline)
            + any(year_near(names.text, m) is not None for m in told)
            + min(len(told), _OFTEN)
            - _FRAME * (grammar("frame_event").match(names.surface(told[0])) is not None)
        )

    return names.fullest_event(by_key[max(by_key, key=weight)][0])


def _event_here(
    candidate: Candidate, events: Sequence[Mention], starts: Sequence[int], names: Coreference
) -> Mention | None:
    """Return the event named last before a win, if it is near or the clause points back at it.

    Near is in the same paragraph, or no more than a sentence away ("di ajang tersebut" points back).
    """
    start, end = candidate.spans[0]
    last = next((e for e in reversed(events) if e.start < end), None)
    if last is None or last.end >= start:
        return last
    between = bisect_left(starts, start) - bisect_left(starts, last.end)
    near = between <= 1 or "\n" not in names.text[last.end : start]
    return last if near or grammar("that_event").search(names.text, start, end) else None


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
