"""Award relations: who won what, from whom, when and where, merged over the whole article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.awards.confidence import confidence
from pipeline.awards.drafts import Draft, Names, drafts_of, event_years, focal_recipient, fullest, merge_all
from pipeline.awards.frames import (
    Frame,
    ListContext,
    find_frames,
    is_list_item,
    list_frame,
    opens_list,
    ranks_lines,
    read_heading,
)
from pipeline.awards.names import capitalised_names
from pipeline.awards.records import Story, build
from pipeline.awards.render import Rendered, render
from pipeline.awards.scene import read_scene
from pipeline.document import Article, Award, Mention, Sentence

__all__ = ["extract_awards"]

#: A page that names more events than this is a list or a review of a year.
MANY_EVENTS = 5

#: Up to so many events a page is one story, whose day, place and people hold for all of them unless told apart.
SHARED_SCENE = 3

_TRIGGER = re.compile(
    r"raih|meriah|sabet|borong|boyong|bawa pulang|gondol|rebut|rengkuh|gaet|dulang|kantongi|toreh|catatkan|ukir|tuai|sandang|menang|juara"
    r"|terbaik|dinobatkan|anugerah|anugrah|ganjar|terima|dapat|peroleh|terpilih|penghargaan|award|predikat|nomin|finalis|peringkat|piala"
    r"|trofi|medali|opini|serahkan|berikan|lomba|besar|winner|top|emas|perak|perunggu|posisi|kategori",
    re.I,
)


def _by_sentence(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[list[Mention]]:
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


#: Characters of a sentence that rules look at together. No sentence of a newspaper is as long; text without full stops
#: is read in parts, so that its cost grows with its length and not with the square of it.
LONGEST = 3000


def _parts(text: str, sentence: Sentence) -> list[Sentence]:
    """Split an overlong sentence at white space."""
    if sentence.end - sentence.start <= LONGEST:
        return [sentence]
    parts = []
    start = sentence.start
    while sentence.end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        parts.append(Sentence(start, cut))
        start = cut
    parts.append(Sentence(start, sentence.end))
    return parts


def _rendered(article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Rendered]:
    rendered = []
    for number, group in enumerate(_by_sentence(sentences, mentions)):
        sentence = sentences[number]
        told = _without_fields(article.text, group)
        names = capitalised_names(article.text, sentence, told)
        ordered = sorted([*told, *names], key=lambda m: m.start)
        starts = [m.start for m in ordered]
        for part in _parts(article.text, sentence):
            inside = ordered[bisect_left(starts, part.start) : bisect_left(starts, part.end)]
            rendered.append(render(article.text, number, part, inside))
    return rendered


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


_HEADING = re.compile(
    r"(?:(?:daftar |raihan )?(?:penghargaan|prestasi|capaian) )?(?:pada )?tahun ((?:19|20)\d\d)\W*", re.I
)


def _heading_years(text: str, sentences: Sequence[Sentence]) -> dict[int, tuple[int, int, int]]:
    """Return the year of the heading ("Tahun 2017") above each sentence that stands under one."""
    years: dict[int, tuple[int, int, int]] = {}
    current: tuple[int, int, int] | None = None
    for number, sentence in enumerate(sentences):
        match = _HEADING.fullmatch(text, sentence.start, sentence.end)
        if match:
            current = (int(match.group(1)), match.start(1), match.end(1))
        elif current:
            years[number] = current
    return years


def _with_events(drafts: Sequence[Draft], mentions: Sequence[Mention], names: Names) -> list[Draft]:
    """Give each draft without an event the one the article last named before it, or the first it names."""
    events = [m for m in mentions if m.label == "EVENT"]
    # a conference or a holiday stands in for the award only where the page names none
    events = [m for m in events if m.kind != "host"] or events
    # on a list of many awards an item without a name is an award of its own
    if len({names.event(e) for e in events}) > MANY_EVENTS:
        return list(drafts)
    filled = []
    for draft in drafts:
        if draft.event is None and events:
            at = draft.spans[0][1]
            before = [e for e in events if e.start < at]
            event = before[-1] if before else events[0]
            draft = replace(draft, event=event, event_key=names.event(event))
        filled.append(draft)
    return filled


def _frames(article: Article, rendered: Sequence[Rendered]) -> list[Frame]:
    titles = [s for s in article.segments if s.kind == "title"]
    frames: list[Frame] = []
    in_list = False
    context = ListContext()
    person: Mention | None = None
    for part in rendered:
        title = any(t.start <= part.sentence.start < t.end for t in titles)
        found: list[Frame] = []
        if _TRIGGER.search(article.text, part.sentence.start, part.sentence.end):
            found = find_frames(article.text, part, title)
        item = is_list_item(article.text, part.sentence)
        heading = not found and not item and read_heading(part, context)
        if (in_list or heading) and item and not found:
            line = list_frame(article.text, part, context)
            found = [line] if line else []
        if person is not None:
            found = [replace(f, recipients=(person,)) if f.pronoun else f for f in found]
        person = next((m for m in reversed(part.mentions.values()) if m.label == "PERSON"), person)
        if opens_list(part):
            context = context if heading else ListContext()
            context.ranked = context.ranked or ranks_lines(part)
            in_list = True
        else:
            in_list = in_list and (item or heading)
        frames += found
    return frames


def _owners(drafts: Sequence[Draft], count: int) -> dict[str, frozenset[int]]:
    """Return for each event the sentences whose facts are its own; nothing where the page tells of one event.

    A sentence that tells a win belongs to that win's event, the sentences behind it as well, up to the next win of
    another event. Where a page lists many events each keeps to its own sentences.
    """
    events = {d.event_key for d in drafts if not d.past}
    if len(events) < 2:
        return {}
    by_sentence: dict[int, set[str]] = {}
    for draft in drafts:
        for number in draft.sentences:
            by_sentence.setdefault(number, set()).add(draft.event_key)
    owners: dict[str, set[int]] = {e: set() for e in events}
    current: set[str] = set()
    for number in range(count):
        here = by_sentence.get(number)
        current = here or (current if len(events) < 4 else set())
        for event in current & events:
            owners[event].add(number)
    return {e: frozenset(s) for e, s in owners.items()}


def extract_awards(
    article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[Award, ...]:
    """Extract the award records of one article.

    Args:
        article: Article after boilerplate stripping.
        sentences: Its title and body sentences, in order.
        mentions: Linked entity mentions, nested ones included.

    Returns:
        Records in the order of their evidence. Empty slots mean "not stated".
    """
    names = Names(article.text, mentions)
    rendered = _rendered(article, sentences, mentions)
    frames = _frames(article, rendered)
    years = event_years(names)
    main_year = max((y for y, _s, _e in years.values()), default=None)
    if article.published:
        main_year = int(article.published[:4])
    headings = _heading_years(article.text, sentences)
    drafts: list[Draft] = []
    for frame in frames:
        told = frame
        if frame.same and frame.recipients and drafts and all(p.bare for p in frame.prizes):
            last = drafts[-1]
            told = replace(frame, prizes=(replace(last.prize, work=None, event=last.event),))
        drafts += drafts_of(told, names, main_year, headings.get(frame.rendered.index))
    if not drafts:
        return ()
    focus = focal_recipient(drafts, mentions, names)
    if focus is not None:
        key = names.recipient(focus)
        drafts = [replace(d, recipient=focus, key=key) if d.recipient is None else d for d in drafts]
    drafts = merge_all(_with_events(drafts, mentions, names), names)
    captions = [
        render(
            article.text,
            -1,
            Sentence(s.start, s.end),
            [m for m in mentions if s.start <= m.start and m.end <= s.end],
        )
        for s in article.segments
        if s.kind == "caption"
    ]
    wins = frozenset(d.sentence for d in drafts if not d.past)
    scene = read_scene(article.text, rendered, captions, wins)
    focal_key = names.recipient(focus) if focus else ""
    shared = len({d.event_key for d in drafts if not d.past}) <= SHARED_SCENE
    story = Story(article, sentences, names, scene, focal_key, _owners(drafts, len(sentences)), shared)
    awards = []
    for draft in drafts:
        award = build(replace(draft, recipient=fullest(draft, names)), story)
        if award is not None:
            awards.append(replace(award, confidence=confidence(award, draft)))
    unique = {a.record_id: a for a in reversed(awards)}
    return tuple(sorted(unique.values(), key=lambda a: (a.start, a.end, a.record_id)))
