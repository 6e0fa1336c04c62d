"""Award relations: who won what, from whom, when and where, merged over the whole article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.awards.circumstances import read_circumstances
from pipeline.awards.confidence import confidence
from pipeline.awards.coreference import Coreference
from pipeline.awards.discourse import read_candidates, read_frames
from pipeline.awards.event_scope import owners, with_events, without_bare_lists
from pipeline.awards.general_tellings import without_general
from pipeline.awards.later_works import with_works
from pipeline.awards.merge import merge_all
from pipeline.awards.normal import result_kind
from pipeline.awards.pack import grammar
from pipeline.awards.records import ArticleContext, build
from pipeline.awards.render_article import render_captions, render_sentences
from pipeline.awards.structures import Candidate, without
from pipeline.awards.winners import focal_recipient, fullest
from pipeline.awards.years import event_years, heading_years
from pipeline.document import Article, Award, Mention, Sentence
from pipeline.trace import note

__all__ = ["extract_awards"]

#: Up to so many events a page is one story, whose day, place and people hold for all unless told apart.
SHARED_SCENE = 3
#: Sentences on top of a page, headline included, that say whom it is about where no win names a winner.
_LEAD = 4


def extract_awards(
    article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[Award, ...]:
    """Extract the award records of one article.

    Args:
        article: Article after boilerplate stripping.
        sentences: Its title and body sentences, in order.
        mentions: Linked entity mentions, nested ones included, in any order.

    Returns:
        Records in the order of their evidence. Empty slots mean "not stated".
    """
    # the same mentions in any order give the same records
    mentions = sorted(mentions, key=lambda m: (m.start, -m.end, m.label, m.rule))
    names = Coreference(article.text, mentions)
    rendered = render_sentences(article, sentences, mentions)
    frames = read_frames(article, rendered)
    headings = heading_years(article.text, sentences)
    page_year = int(article.published[:4]) if article.published else None
    candidates = read_candidates(frames, names, _main_year(article, names), headings, page_year)
    if grammar("ranking_page").search(article.text):
        # a survey or a ranking of universities gives places to many, and an award to nobody
        candidates = without(candidates, "place_on_ranking_page", lambda d: _only_placed(d, names))
    if not candidates:
        return ()
    lead_end = sentences[min(_LEAD, len(sentences)) - 1].end if sentences else 0
    focus = focal_recipient(candidates, frames, mentions, names, lead_end)
    candidates = with_events(_with_focus(candidates, focus, names), article, sentences, names)
    candidates = without_general(merge_all(without_bare_lists(candidates), names), rendered, names)
    candidates = with_works(candidates, rendered, names)
    current = [d for d in candidates if not d.past]
    wins = frozenset(d.sentence for d in current)
    context = ArticleContext(
        article,
        sentences,
        names,
        read_circumstances(article.text, rendered, render_captions(article, mentions), wins),
        names.recipient(focus) if focus else "",
        owners(candidates, len(sentences)),
        len({d.event_key for d in current}) <= SHARED_SCENE,
        _history(candidates, sentences),
    )
    unique: dict[str, Award] = {}
    for award in _records(candidates, context):
        first = unique.setdefault(award.record_id, award)
        if first is not award:
            note("told_before", (award.start, award.end), award.rules[0], (first.start, first.end))
    return tuple(sorted(unique.values(), key=lambda a: (a.start, a.end, a.record_id)))


def _only_placed(candidate: Candidate, names: Coreference) -> bool:
    """Whether a candidate tells a place and neither an award nor a category."""
    prize = candidate.prize
    placed = prize.result is not None and result_kind(names.surface(prize.result)) == "peringkat"
    return placed and candidate.event is None and prize.category is None


def _main_year(article: Article, names: Coreference) -> int | None:
    """Return the year the page is about: its own, else the latest told beside an event."""
    if article.published:
        return int(article.published[:4])
    return max((year for year, _start, _end in event_years(names).values()), default=None)


def _history(candidates: Sequence[Candidate], sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences that tell of earlier editions only: their years are not the news'."""
    told = {n for d in candidates if not d.past for n in d.sentences}
    return [sentences[n] for n in sorted({n for d in candidates if d.past for n in d.sentences} - told)]


def _with_focus(
    candidates: Sequence[Candidate], focus: Mention | None, names: Coreference
) -> list[Candidate]:
    """Give candidates that leave the winner to the context the one the page is about."""
    if focus is None:
        return list(candidates)
    key = names.recipient(focus)
    for candidate in candidates:
        if candidate.recipient is None:
            note("winner_of_page", candidate.spans[0], candidate.rules[0], (focus.start, focus.end))
    return [replace(d, recipient=focus, key=key) if d.recipient is None else d for d in candidates]


def _records(candidates: Sequence[Candidate], context: ArticleContext) -> list[Award]:
    awards = []
    for candidate in candidates:
        award = build(replace(candidate, recipient=fullest(candidate, context.names)), context)
        if award is not None:
            awards.append(replace(award, confidence=confidence(award)))
    return awards
