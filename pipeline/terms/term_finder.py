"""The finder of terms: each kind of term in each sentence, then what the whole page says of them.

Known names come from the lexicon (``events``, ``categories``, ``grades``); unknown ones from grammar: rank
and medal patterns (``term_rules``), runs of capitalised words around a head noun (``event_heads``), phrases
after "kategori", titles in quotation marks after a word for a work.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from pipeline.document import Article, Mention, Sentence
from pipeline.lexicon import cached
from pipeline.lexicon.typed_rows import rows
from pipeline.terms import find_categories as categories
from pipeline.terms import new_events
from pipeline.terms.find_results import by_pattern, headed_grades, ordinals
from pipeline.terms.find_works import listed_works
from pipeline.terms.groups import group_kind, opens_group
from pipeline.terms.known import events_by_id, known_event, page_abbreviations
from pipeline.terms.known_events import known_events
from pipeline.terms.phrases import read_plain
from pipeline.terms.sentence_terms import SentenceTerms
from pipeline.terms.term_patterns import term_grammar
from pipeline.terms.term_rules import EventHead, TermRule, term_rule
from pipeline.trace import note

_ALIAS = re.compile(r"\(([A-Z][A-Z0-9]{2,9})\)$")
#: Words of a contest in lower case behind its head noun.
_PLAIN_WORDS = 3
#: What finds the terms of rules that have no pattern, each in view of what was found before.
_READERS = (
    categories.behind_results, categories.cued_categories, categories.fields, categories.known_categories,
    categories.listed_awards, categories.titles, categories.won_categories, new_events.cued_events,
    new_events.dated_events, new_events.honours, new_events.prizes, headed_grades, known_events, listed_works,
    ordinals,
)  # fmt: skip
READERS: Mapping[str, Callable[[SentenceTerms], None]] = {reader.__name__: reader for reader in _READERS}


@cached
def _steps() -> tuple[Callable[[SentenceTerms], None], ...]:
    """Return what finds the terms of a sentence, in the order of the rules' priority."""
    steps: dict[object, Callable[[SentenceTerms], None]] = {}
    rules: list[TermRule | EventHead] = [*rows(TermRule), *rows(EventHead)]
    for rule in sorted(rules, key=lambda rule: (rule.priority, rule.id)):
        if isinstance(rule, EventHead):
            steps[rule.id] = partial(new_events.headed_events, head=rule)
        elif rule.reader is None:
            steps[rule.id] = partial(by_pattern, rule=rule)
        elif rule.reader == "given":
            steps[rule.id] = partial(_take_given, rule=rule)
        elif rule.reader in READERS:
            steps.setdefault(rule.reader, READERS[rule.reader])
    return tuple(steps.values())


def _take_given(terms: SentenceTerms, rule: TermRule) -> None:
    """Add what another finder found by a rule."""
    for term in terms.given:
        if term.rule == rule.id:
            terms.add(term.start, term.end, rule.id, term.kind)


def find_terms(
    article: Article,
    sentences: Sequence[Sentence],
    names: Sequence[Mention] = (),
    given: Sequence[Mention] = (),
) -> tuple[Mention, ...]:
    """Find EVENT, CATEGORY, RESULT and WORK mentions.

    Args:
        article: Article whose ``text`` the offsets refer to.
        sentences: Its sentences.
        names: Mentions already found; persons, positions and dates end a term that would run into them.
        given: Terms by other finders, a learned one say; their rules are rows of ``term_rules`` with reader
            ``given``, tried where their priority says.

    Returns:
        Mentions in text order. ``rule`` is the lexicon row that made it (event id for known events),
        ``kind`` the finer kind (rank, medal, grade ... for RESULT; group for a CATEGORY that names a class of
        participants).
    """
    text = article.text
    abbreviations = page_abbreviations(text)
    found: list[Mention] = []
    names_in, given_in = _by_start(names), _by_start(given)
    for sentence in sentences:
        start, end = sentence.start, sentence.end
        terms = SentenceTerms(text, start, end, names_in(start, end), given_in(start, end), abbreviations)
        for step in _steps():
            step(terms)
        for mention in terms.of("EVENT"):
            alias = _ALIAS.search(text[mention.start : mention.end])
            if alias:
                abbreviations.setdefault(alias.group(1), mention.rule)
        found.extend(terms.found)
    if not any(m.label == "EVENT" and m.kind != "host" for m in found):
        # "terpilih menjadi Best Tourism Village 2021": what is named like a category is the award itself
        found = [_as_event(m) for m in found]
        found.extend(_plain_contests(text, sentences, found))
    return tuple(sorted(_settle(text, found), key=lambda m: (m.start, -m.end)))


def _by_start(mentions: Iterable[Mention]) -> Callable[[int, int], Sequence[Mention]]:
    """Return the look-up of the mentions that start in a span."""
    ordered = sorted(mentions, key=lambda m: m.start)
    starts = [m.start for m in ordered]
    return lambda start, end: ordered[bisect_left(starts, start) : bisect_left(starts, end)]


def _as_event(term: Mention) -> Mention:
    """Return a category as the event that it is where its page names no other; other terms as they are."""
    rule = term_rule(term.rule).without_event
    if not rule:
        return term
    note("event_of_its_own", (term.start, term.end), rule)
    return replace(term, label="EVENT", rule=rule)


def _plain_contests(text: str, sentences: Sequence[Sentence], found: Sequence[Mention]) -> Iterator[Mention]:
    """Contests in lower case ("lomba kendaraan hias"), for pages that name no award otherwise."""
    taken = [(m.start, m.end) for m in found]
    for sentence in sentences:
        for cue in term_grammar("plain_contest").finditer(text, sentence.start, sentence.end):
            end = read_plain(text, cue.end(), sentence.end, _PLAIN_WORDS)
            free = not any(a < end and cue.start() < b for a, b in taken)
            if end > cue.end() + 2 and free:
                yield Mention(cue.start(), end, "EVENT", "EVT05", kind="contest")


def _settle(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Make "Penghargaan X" a category where the page names X as one, and parts of an award it names."""
    categories = {text[m.start : m.end].lower() for m in found if m.label == "CATEGORY"}
    events = {m.rule for m in found if m.label == "EVENT"}
    listed = events_by_id()
    for m in found:
        opener = term_grammar("penghargaan").match(text[m.start : m.end]) if m.label == "EVENT" else None
        start = m.start + (opener.end() if opener else 0)
        if m.rule in listed and listed[m.rule].part_of in events:
            # "TOP CEO BUMD" beside "TOP BUMD Awards"
            rule = "CAT12"
        elif opener and text[start : m.end].lower() in categories:
            rule = "CAT08"
        else:
            yield m
            continue
        note("category_of_other", (start, m.end), rule)
        yield Mention(start, m.end, "CATEGORY", rule)


def with_subcategories(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions, a category and the sub-category behind it as one ("Media, sub-kategori Majalah").

    Args:
        text: Article text.
        mentions: Mentions of any label.
    """
    found = list(mentions)
    starts = {m.start: m for m in found if m.label == "CATEGORY"}
    for m in sorted(starts.values(), key=lambda m: -m.start):
        cue = term_grammar("sub").match(text, m.end)
        sub = starts.get(cue.end()) if cue else None
        if sub is not None and sub.start > m.start:
            found = [o for o in found if o is not m and o is not sub]
            starts[m.start] = replace(m, end=sub.end)
            found.append(starts[m.start])
    return found


def type_term(text: str, mention: Mention) -> Mention:
    """Return an award term with its finer kind, if it came without one; other mentions as they are.

    Args:
        text: Article text.
        mention: Mention of any label.
    """
    if mention.kind or mention.label not in {"EVENT", "CATEGORY"}:
        return mention
    surface = text[mention.start : mention.end]
    if mention.label == "EVENT":
        row = known_event(surface)
        return replace(mention, kind=row.kind) if row else mention
    group = opens_group(surface, 0, len(surface))
    return replace(mention, kind=group_kind(surface, 0, len(surface))) if group else mention
