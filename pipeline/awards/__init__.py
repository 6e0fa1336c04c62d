"""Award relations: who won what, from whom, when and where, merged over the whole article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.awards.circumstances import read_scene
from pipeline.awards.confidence import confidence
from pipeline.awards.coreference import Names
from pipeline.awards.discourse import read_drafts, read_frames
from pipeline.awards.event_scope import owners, with_events, without_bare_lists
from pipeline.awards.later_works import with_works
from pipeline.awards.merge import merge_all, without_shadows
from pipeline.awards.normal import result_kind
from pipeline.awards.pack import grammar
from pipeline.awards.records import Story, build
from pipeline.awards.render_article import render_captions, render_sentences
from pipeline.awards.structures import Draft
from pipeline.awards.winners import focal_recipient, fullest
from pipeline.awards.years import event_years, heading_years
from pipeline.document import Article, Award, Mention, Sentence

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
    names = Names(article.text, mentions)
    rendered = render_sentences(article, sentences, mentions)
    frames = read_frames(article, rendered)
    headings = heading_years(article.text, sentences)
    page_year = int(article.published[:4]) if article.published else None
    drafts = read_drafts(frames, names, _main_year(article, names), headings, page_year)
    if grammar("ranking_page").search(article.text):
        # a survey or a ranking of universities gives places to many, and an award to nobody
        drafts = [d for d in drafts if not _only_placed(d, names)]
    if not drafts:
        return ()
    lead_end = sentences[min(_LEAD, len(sentences)) - 1].end if sentences else 0
    focus = focal_recipient(drafts, frames, mentions, names, lead_end)
    drafts = with_events(_with_focus(drafts, focus, names), mentions, names)
    drafts = without_shadows(merge_all(without_bare_lists(drafts), names), names)
    drafts = with_works(drafts, rendered, names)
    current = [d for d in drafts if not d.past]
    wins = frozenset(d.sentence for d in current)
    story = Story(
        article,
        sentences,
        names,
        read_scene(article.text, rendered, render_captions(article, mentions), wins),
        names.recipient(focus) if focus else "",
        owners(drafts, len(sentences)),
        len({d.event_key for d in current}) <= SHARED_SCENE,
        _history(drafts, sentences),
    )
    unique = {a.record_id: a for a in reversed(_records(drafts, story))}
    return tuple(sorted(unique.values(), key=lambda a: (a.start, a.end, a.record_id)))


def _only_placed(draft: Draft, names: Names) -> bool:
    """Whether a draft tells a place and neither an award nor a category."""
    prize = draft.prize
    placed = prize.result is not None and result_kind(names.surface(prize.result)) == "peringkat"
    return placed and draft.event is None and prize.category is None


def _main_year(article: Article, names: Names) -> int | None:
    """Return the year the page is about: its own, else the latest told beside an event."""
    if article.published:
        return int(article.published[:4])
    return max((year for year, _start, _end in event_years(names).values()), default=None)


def _history(drafts: Sequence[Draft], sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences that tell of earlier editions only: their years are not the news'."""
    told = {n for d in drafts if not d.past for n in d.sentences}
    return [sentences[n] for n in sorted({n for d in drafts if d.past for n in d.sentences} - told)]


def _with_focus(drafts: Sequence[Draft], focus: Mention | None, names: Names) -> list[Draft]:
    """Give drafts that leave the winner to the context the one the page is about."""
    if focus is None:
        return list(drafts)
    key = names.recipient(focus)
    return [replace(d, recipient=focus, key=key) if d.recipient is None else d for d in drafts]


def _records(drafts: Sequence[Draft], story: Story) -> list[Award]:
    awards = []
    for draft in drafts:
        award = build(replace(draft, recipient=fullest(draft, story.names)), story)
        if award is not None:
            awards.append(replace(award, confidence=confidence(award)))
    return awards
