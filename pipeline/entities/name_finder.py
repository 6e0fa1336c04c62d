"""Find names: the grammar, the person finder and the dates, over every sentence and caption of an article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from sys import maxsize

from pipeline.document import Article, Mention, Sentence
from pipeline.entities import gazetteer as gz
from pipeline.entities.calendar_dates import find_dates
from pipeline.entities.gazetteer import KnownName
from pipeline.entities.grammar import Parser
from pipeline.entities.name_tokens import Token, tokenize
from pipeline.entities.persons import KnownPeople, PersonFinder, later_mentions
from pipeline.entities.scope import Phrase, Scope, make_scope

_SITE = re.compile(
    r"(?<![\w./@-])[A-Za-z][\w-]{1,30}\.(?:com|co\.id|net|id|news|tv|info|org)(?![\w/-]|\.\w)", re.IGNORECASE
)
_WORD = re.compile(r"(?<![\w-])[a-z]{3,}(?![\w-])")
_BRACKETED = re.compile(r"\(([A-Z][\w-]{1,14})\)")


def scopes_of(article: Article, sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Return the spans to read: sentences, and captions line by line, in text order."""
    spans = [(s.start, s.end) for s in sentences]
    for segment in article.segments:
        if segment.kind == "caption":
            start = segment.start
            for line in article.text[segment.start : segment.end].splitlines(keepends=True):
                if line.strip():
                    spans.append((start, start + len(line.rstrip())))
                start += len(line)
    return sorted(spans)


def find_names(article: Article, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
    """Find PERSON, POSITION, AGENCY, ORGANISATION, PLACE, FACILITY and DATE mentions.

    Args:
        article: The article.
        sentences: Its sentences.

    Returns:
        Mentions in text order, nested ones included.
    """
    text = article.text
    spans = scopes_of(article, sentences)
    if not spans:
        return ()
    scopes = _scopes(text, spans)
    dates = {span: find_dates(text, *span) for span in spans}
    learned: dict[str, KnownName] = {}
    parsed = [Parser(scope, learned).phrases() for scope in scopes]
    learned = _learn(text, parsed)
    if learned:
        parsed = [Parser(scope, learned).phrases() for scope in scopes]
    # A word that the page also writes in lower case, away from a headline, is no name.
    body = " ".join(text[a:b] for a, b in spans)
    lowered = frozenset(_WORD.findall(body))
    mentions: list[Mention] = []
    people: list[tuple[Token, ...]] = []
    taken_by_scope: list[frozenset[int]] = []
    for span, scope, phrases in zip(spans, scopes, parsed, strict=True):
        date_spans = dates[span]
        kept = [(i, p) for i, p in phrases if not _crosses(p.mention, date_spans)]
        mentions += [m for _, p in kept for m in p.all()]
        mentions += [Mention(a, b, "DATE", "date") for a, b in date_spans]
        taken = _taken(scope, kept, date_spans)
        finder = PersonFinder(text, scope, taken, kept, lowered)
        names = finder.find()
        for name in names:
            mentions.append(Mention(scope.tokens[name.start].start, name.char_end, "PERSON", name.rule))
            people.append(tuple(scope.tokens[name.bare_start : name.bare_end]))
        taken_by_scope.append(taken | {k for n in names for k in range(n.start, n.end)})
    known = KnownPeople(people)
    for scope, taken in zip(scopes, taken_by_scope, strict=True):
        mentions += later_mentions(scope, taken, known)
    mentions += _sites(text, spans, mentions)
    return tuple(sorted(set(mentions), key=lambda m: (m.start, -m.end, m.label, m.rule)))


def _scopes(text: str, spans: Sequence[tuple[int, int]]) -> list[Scope]:
    hits = sorted(gz.gazetteer().find(text), key=lambda h: (h[0], -h[1]))
    scopes = []
    at = 0
    for start, end in spans:
        while at < len(hits) and hits[at][0] < start:
            at += 1
        inside = []
        k = at
        while k < len(hits) and hits[k][0] < end:
            if hits[k][1] <= end:
                inside.append(hits[k])
            k += 1
        scopes.append(make_scope(tokenize(text, start, end), inside))
    return scopes


def _learn(text: str, parsed: Iterable[Sequence[tuple[int, Phrase]]]) -> dict[str, KnownName]:
    """Return the abbreviations that the page introduces: "Universitas Panca Bhakti (UPB)" makes UPB known."""
    learned: dict[str, KnownName] = {}
    for phrases in parsed:
        for _, phrase in phrases:
            for mention in phrase.all():
                if mention.label not in {"AGENCY", "ORGANISATION"}:
                    continue
                surface = text[mention.start : mention.end]
                match = _BRACKETED.search(surface)
                if (
                    match
                    and match[1].lower() not in gz.words("generic_body")
                    and not gz.gazetteer().get(match[1])
                ):
                    name = surface[: match.start()].strip()
                    learned[match[1]] = KnownName(match[1], mention.label, name, mention.kind, (), "bracket")
    return learned


def _crosses(mention: Mention, dates: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a mention overlaps one of the date spans, which are sorted and disjoint."""
    k = bisect_right(dates, (mention.end - 1, maxsize))
    return k > 0 and dates[k - 1][1] > mention.start


def _taken(
    scope: Scope, phrases: Sequence[tuple[int, Phrase]], dates: Sequence[tuple[int, int]]
) -> frozenset[int]:
    taken = {k for i, p in phrases for k in range(i, p.end)}
    starts = [t.start for t in scope.tokens]
    for a, b in dates:
        taken.update(range(bisect_left(starts, a), bisect_left(starts, b)))
    return frozenset(taken)


def _sites(text: str, spans: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> list[Mention]:
    """Return outlets named by their address ("Kompas.com")."""
    known = {(m.start, m.end) for m in mentions}
    return [
        Mention(*match.span(), "ORGANISATION", "site", kind="media")
        for start, end in spans
        for match in _SITE.finditer(text, start, end)
        if match.span() not in known and match[0][0].isupper()
    ]
