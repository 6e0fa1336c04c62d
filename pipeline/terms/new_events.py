"""Events that no lexicon knows: behind a cue, around a head noun, before a year."""

from __future__ import annotations

from pipeline.terms.category_reader import cut
from pipeline.terms.phrases import read_name, read_quoted
from pipeline.terms.sentence_terms import SentenceTerms
from pipeline.terms.spans import trimmed, without_year
from pipeline.terms.term_patterns import head_pattern, term_grammar
from pipeline.terms.term_rules import EventHead

#: Kinds of results behind which a contest is named without more ado.
_NAMED_BEHIND = frozenset({"nominated", "overall", "top", "peringkat", "medal"})
#: Characters before a name that may say that it was won.
_BEFORE_NAME = 24
#: A name is longer, in characters; that of an honour too; that behind a head noun by so many than the noun.
_SHORTEST = 3
_SHORTEST_HONOUR = 5
_BESIDE_HEAD = 2


def cued_events(terms: SentenceTerms) -> None:
    """Add names behind "ajang" and the like."""
    for m in terms.matches("event_cue"):
        own = m.group()[0].isupper() and term_grammar("contest_cue").match(m.group())
        start, end = terms.quoted_or_name(m.end(), m.start() if own else m.end())
        if end - start > _SHORTEST:
            terms.add(start, end, "EVT01")


def headed_events(terms: SentenceTerms, head: EventHead) -> None:
    """Add names with a head noun first ("Anugerah ...") or last ("... Award")."""
    part = terms.text[terms.start : terms.end]
    if not head_pattern(*head.words).possible(part):
        return
    for word in head.words:
        for m in head_pattern(word).finditer(part):
            at, last = m.start() + terms.start, m.end() + terms.start
            first = at if head.position == "first" else terms.read_back(at)
            start, end = _headed_name(terms, first, at, last)
            if head.addition and term_grammar("tail_head").search(terms.text, start + len(word), end):
                start += len(word) + 1
            if end - start > len(word) + _BESIDE_HEAD:
                terms.add(start, end, head.id)


def _headed_name(terms: SentenceTerms, first: int, at: int, last: int) -> tuple[int, int]:
    """Return the span of a name without its year.

    Args:
        terms: The terms so far.
        first: Where it starts at the earliest.
        at: Where its head noun starts.
        last: Where the head noun ends.
    """
    # "Runner-Up Humas Fest": the rank before it is no part of the name
    first = max([first, *(f.end for f in terms.found if first < f.end <= at)])
    last = max(terms.read(at), last)  # "... of the Year" starts in lower case
    # "Sertifikat A dan Sertifikat B": a known event that follows is another one
    other = [f.start for f in terms.of("EVENT") if at < f.start < last]
    return without_year(terms.text, first, cut(terms.text, at, min(other, default=last)))


def honours(terms: SentenceTerms) -> None:
    """Add the names of honours ("dianugerahi gelar ...")."""
    for m in terms.matches("honour_cue"):
        start, end = terms.name(m.end())
        if end - start > _SHORTEST_HONOUR and not any(n.start == start for n in terms.names):
            terms.add(start, end, "EVT03")


def prizes(terms: SentenceTerms) -> None:
    """Add names behind "penghargaan": a category where the sentence names another event, else the event."""
    for m in term_grammar("prize_cue").finditer(terms.text[terms.start : terms.end]):
        start, end = _prize_name(terms, m.end() + terms.start)
        if end - start > _SHORTEST:
            if any(f.kind != "host" for f in terms.of("EVENT")):
                terms.add(start, end, "CAT06")
            else:
                terms.add(start, end, "EVT02")


def _prize_name(terms: SentenceTerms, at: int) -> tuple[int, int]:
    """Return the span of a prize's name at ``at``, in which an office may stand ("The Best CEO")."""
    quoted = read_quoted(terms.text, at, terms.end)
    offices = {n.start for n in terms.names if n.label == "POSITION" and n.start != at}
    end = read_name(terms.text, at, terms.end, terms.blocked - offices)
    return without_year(terms.text, *(quoted or (at, end)))


def dated_events(terms: SentenceTerms) -> None:
    """Add names right before a year, in a sentence that tells of winning ("raih Brand Pilihan 2025")."""
    text = terms.text
    if not term_grammar("winning").search(text, terms.start, terms.end):
        return
    for m in terms.matches("year_behind"):
        start = terms.read_back(m.start() + 1)
        start = max([start, *(f.end for f in terms.found if start < f.end <= m.start())])
        start, end = trimmed(text, start, m.start())
        taken = any(n.start < end and start < n.end for n in terms.names)
        if not taken and _is_won(terms, start, end) and not term_grammar("period").match(text, start, end):
            terms.add(start, end, "EVT06")


def _is_won(terms: SentenceTerms, start: int, end: int) -> bool:
    """Whether a name before a year is what was won: behind a result, or several words behind a verb."""
    several = " " in terms.text[start:end]
    before = [f for f in terms.found if 0 < start - f.end <= 2]
    # "juara umum Porseni 2023": behind a rank one word is enough
    medal = several and any(f.kind == "medal" for f in before)
    if not medal and any(f.label == "RESULT" and f.kind in _NAMED_BEHIND for f in before):
        return True
    won = term_grammar("won_before").search(terms.text[max(terms.start, start - _BEFORE_NAME) : start])
    return won is not None and len(terms.text[start:end].split()) > 1
