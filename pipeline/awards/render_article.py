"""Parts: the sentences of an article as renderings, overlong ones in pieces."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.awards.capitalised_names import capitalised_names
from pipeline.awards.offices import is_region
from pipeline.awards.pack import grammar
from pipeline.awards.render import Rendered, render
from pipeline.document import Article, Mention, Sentence
from pipeline.entities import government_name
from pipeline.sentences.overlong import in_parts

#: "pemerintah daerah " is no longer than this.
_GOVERNMENT = 20


def render_sentences(
    article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> list[Rendered]:
    """Render the sentences of an article, with the names that only their capitals show.

    Args:
        article: Article.
        sentences: Its sentences, in order.
        mentions: Its mentions, in any order.

    Returns:
        One rendering a sentence, more for an overlong one.
    """
    rendered = []
    for number, group in enumerate(_by_sentence(sentences, mentions)):
        sentence = sentences[number]
        told = _with_venues_that_win(article.text, _without_fields(article.text, group))
        told = with_governments(article.text, told)
        names = capitalised_names(article.text, sentence, told)
        ordered = sorted([*told, *names], key=lambda m: m.start)
        starts = [m.start for m in ordered]
        for part in in_parts(article.text, [sentence]):
            inside = ordered[bisect_left(starts, part.start) : bisect_left(starts, part.end)]
            rendered.append(render(article.text, number, part, inside))
    return rendered


def render_captions(article: Article, mentions: Sequence[Mention]) -> list[Rendered]:
    """Render the captions of an article, which tell who gave and received."""
    return [
        render(
            article.text,
            -1,
            Sentence(s.start, s.end),
            [m for m in mentions if s.start <= m.start and m.end <= s.end],
        )
        for s in article.segments
        if s.kind == "caption"
    ]


def _by_sentence(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Group mentions by the sentence they start in."""
    groups: list[list[Mention]] = [[] for _ in sentences]
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end))
    at = 0
    for number, sentence in enumerate(sentences):
        while at < len(ordered) and ordered[at].start < sentence.start:
            at += 1
        scan = at
        while scan < len(ordered) and ordered[scan].start < sentence.end:
            groups[number].append(ordered[scan])
            scan += 1
    return groups


def with_governments(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Read "pemerintah" right before a region as its government, where no agency has it."""
    covered = {m.start for m in mentions if m.label in {"AGENCY", "POSITION"}}
    found = []
    for m in mentions:
        head = (
            grammar("government").search(text, max(0, m.start - _GOVERNMENT), m.start)
            if is_region(m)
            else None
        )
        if m.label == "PLACE" and head and head.start() not in covered:
            name = government_name(m) or m.name
            found.append(Mention(head.start(), m.end, "AGENCY", "GOV01", name, m.code, m.kind))
        found.append(m)
    return found


def _with_venues_that_win(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Read a building that a verb of winning makes the winner ("diraih Masjid Al Falah") as a name."""
    results = {m.end for m in mentions if m.label == "RESULT"}
    return [
        replace(m, label="NAME")
        if m.label == "FACILITY"
        and (
            grammar("winner_ahead").search(text, max(0, m.start - _GOVERNMENT), m.start)
            or any(text[end : m.start].strip(" :,") == "" for end in results if m.start - 3 <= end < m.start)
        )
        else m
        for m in mentions
    ]


def _without_fields(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Drop units that are in truth fields of a contest ("medali emas Bidang Biologi")."""
    categories = [m for m in mentions if m.label == "CATEGORY"]
    return [
        m
        for m in mentions
        if m.label != "AGENCY"
        or not text[m.start : m.start + 7].lower().startswith("bidang ")
        or not any(m.start < c.start and c.end <= m.end for c in categories)
    ]
