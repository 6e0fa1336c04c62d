"""Events of the lexicon, by name and by the abbreviations that count on the page."""

from __future__ import annotations

import re

from pipeline.terms.known import event_names, events_by_id
from pipeline.terms.phrases import WORD, bracket_after, is_name_word
from pipeline.terms.sentence_terms import SentenceTerms
from pipeline.terms.term_patterns import term_grammar

_ABBREVIATION = re.compile(r"(?<![\w(])[A-Z][A-Z0-9]{2,7}(?!\w)")
_BRACKETED = re.compile(r" ?\([A-Z][\w&-]{1,12}\)")
_LOWER_LEAD = re.compile(r"(?:[a-z][\w-]* )+(?=[A-Z])")
#: Characters before an event in which an award word is looked for.
_OPENER = 24
#: A name takes in the region behind it if it is longer, in characters.
_WITH_REGION = 8


def known_events(terms: SentenceTerms) -> None:
    """Add events of the lexicon, by name and by abbreviation."""
    part = terms.text[terms.start : terms.end]
    for first, last, key in event_names().find(part):
        kind = events_by_id()[key].kind
        span = _event_span(terms, first + terms.start, last + terms.start, kind)
        if span:
            terms.add(*span, key, kind)
    for m in _ABBREVIATION.finditer(part):
        event = terms.abbreviations.get(m.group())
        if event:
            known = events_by_id().get(event)
            terms.add(terms.start + m.start(), terms.start + m.end(), event, known.kind if known else "")


def _event_span(terms: SentenceTerms, start: int, end: int, kind: str) -> tuple[int, int] | None:
    """Return the span of a known event with bracket, region and opener; ``None`` for ordinary words."""
    text = terms.text
    opinion = kind == "opinion"
    if not opinion:
        # "penghargaan Adiwiyata": the name proper starts at its first capital
        lead = _LOWER_LEAD.match(text, start, end)
        start = lead.end() if lead else start
        if start >= end or not text[start].isupper():
            return None
    full = bracket_after(text, end, terms.end)
    if full > end and _BRACKETED.fullmatch(text[end:full]):
        end = full
    tail = term_grammar("event_tail").match(text, end, terms.end) if kind == "award" else None
    if tail:
        # "Penghargaan LLDIKTI II Awards": one award word is enough
        word = term_grammar("penghargaan").match(text, start, end)
        start, end = word.end() if word else start, tail.end()
    behind = [n.end for n in terms.names if n.label in {"PLACE", "AGENCY"} and n.start == end + 1]
    if behind and text[end] == " " and end - start > _WITH_REGION and not opinion:
        end = max(behind)
    if not opinion and kind != "host" and _goes_on(terms, start, end):
        return None
    opener = term_grammar("event_opener").search(text, max(terms.start, start - _OPENER), start)
    if opener and kind != "host" and not term_grammar("own_head").search(text, start, end):
        start = opener.start()
    return start, end


def _goes_on(terms: SentenceTerms, start: int, end: int) -> bool:
    """Whether a known contest ("Lomba Desa") only begins a longer name ("Lomba Desa Digital")."""
    if term_grammar("contest_head").match(terms.text, start, end) is None:
        return False
    if end >= terms.end or terms.text[end] != " " or any(n.start == end + 1 for n in terms.names):
        return False
    word = WORD.match(terms.text, end + 1, terms.end)
    return (
        word is not None
        and word.group()[0].isalpha()
        and is_name_word(word.group())
        and not terms.in_capitals()
    )
