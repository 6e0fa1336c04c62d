"""Drafts: award records while they are being put together from the frames of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.awards.coreference import Coreference
from pipeline.awards.normal import normal, result_kind, status_of
from pipeline.awards.pack import frame_rule, grammar
from pipeline.awards.structures import DESCRIPTION, Candidate, Frame, NumberSpan, Prize
from pipeline.awards.winners import resolve
from pipeline.awards.years import bare_year, clause_year, last_year, year_near
from pipeline.document import Mention
from pipeline.lexicon import cached
from pipeline.terms.known import known_event, scales
from pipeline.terms.term_rules import traits
from pipeline.trace import note

#: Characters before a result that may say how many of it there are.
_COUNT_WINDOW = 12
#: A description that stands in for an event's name: characters at most, and words.
_DESCRIPTION_LENGTH = 110
_DESCRIPTION_WORDS = range(2, 13)
#: So many sentences after a win at an event a rank is still one of that event.
_CONTEST = 3
#: Index of the last sentence that tells the news of a page.
_LEAD = 2
#: Up to three words in capitals right behind an event's name.
_GRADE = re.compile(r" ([A-Z][\w-]*(?: [A-Z][\w-]*){0,2})")
_WORD = re.compile(r"[\w-]+")
_OPINION_NOUN = re.compile(r"opini ", re.IGNORECASE)


def _only_counted(frame: Frame, prize: Prize, text: str) -> bool:
    """Whether a prize is a number of nominations or medals ("masuk tiga nominasi"), which is no record.

    "Dua perunggu diraih A dan B" is, as it names who won each.
    """
    m = prize.result
    if m is None or prize.category is not None:
        return False
    before = text[max(0, m.start - _COUNT_WINDOW) : m.start]
    kind = result_kind(text[m.start : m.end])
    if kind == "medal":
        return frame.rule.by_verb and _medals_counted(frame, m, text)
    counted = grammar("counted").search(before) or grammar("counted_behind").match(text, m.end)
    return kind == "nominee" and bool(counted)


def _medals_counted(frame: Frame, medal: Mention, text: str) -> bool:
    """Whether a medal is one of a count ("tiga emas dan satu perak"), not a prize of its own name."""

    def before(m: Mention) -> str:
        return text[max(0, m.start - _COUNT_WINDOW) : m.start]

    def counted(m: Mention) -> bool:
        return bool(grammar("counted_medal").search(before(m)))

    if "award" in text[medal.start : medal.end].lower():
        return False
    medals = [p.result for p in frame.prizes if p.result is not None]
    one = grammar("one_medal").search(before(medal))
    return counted(medal) or (one is not None and any(map(counted, medals)))


def _anchored(frame: Frame, prize: Prize, text: str) -> bool:
    """Whether the clause names what was won well enough to be a record of its own."""
    clause = text[frame.span[0] : frame.span[1]].lower()
    if frame.contest:
        return True
    if prize.event is not None and prize.event.kind != "host":
        return True
    if prize.bare and frame.rule.strength == "award" and frame.recipients:
        return "penghargaan" in clause
    if frame.rule.by_context:
        return True
    if prize.bare and frame.rule.by_verb and frame.recipients:
        return bool(grammar("unnamed").search(text, *frame.span))
    named = bool(grammar("award_noun").search(clause)) or any(n in clause for n in frame.rule.award_nouns)
    if prize.result is not None:
        # "menempati posisi kedua" is told of much that nobody awards
        surface = text[prize.result.start : prize.result.end]
        kind = result_kind(surface)
        # the number of a line or of a pair is a rank because the list says so
        counted = frame_rule(prize.result.rule) is not None
        placed = kind == "peringkat" and not counted and not surface.lower().startswith("peringkat")
        ranked = kind == "peringkat" and "terbaik" not in surface.lower() and frame.rule.strength == "named"
        topped = kind == "top" and prize.work is None and frame.rule.by_verb
        weak = placed or ranked or topped
        return not weak or named or bool(prize.category or prize.group) or frame.title
    if prize.group is not None and frame.rule.by_class and frame.recipients:
        return bool(grammar("class_told").search(clause))
    category = prize.category
    return category is not None and (named or "kategori" in clause or traits(category).names_award)


def _in_contest(frame: Frame, names: Coreference, before: Sequence[Candidate]) -> bool:
    """Whether the sentences right before tell that the same one won something at an event.

    "Kota A meraih prestasi di MTQ. ... Kota A menempati peringkat ke-4 dengan 187 poin."
    """
    keys = {names.recipient(m) for m in frame.recipients} or {""}
    near = (d for d in before if 0 <= frame.rendered.index - d.sentence <= _CONTEST)
    if frame.rule.names_others and frame.recipients:
        # "Posisi pertama diraih Kota B": who had the rank before the one the page is about
        return any(d.event is not None and d.event.kind != "host" for d in near)
    return any(d.event is not None and d.event.kind == "contest" and d.key in keys for d in near)


def _described(frame: Frame, text: str) -> list[Prize]:
    """Read the description that stands for an event without a name ("penghargaan atas kebersihan kota")."""
    if any(not p.bare or p.event for p in frame.prizes):
        return []
    start, end = frame.span
    match = grammar("description").search(text, start, end)
    if not match:
        return []
    stop = grammar("description_end").search(text, match.end(), end)
    last = min(stop.start() if stop else end, match.end() + _DESCRIPTION_LENGTH)
    surface = text[match.end() : last].rstrip()
    if len(surface.split()) not in _DESCRIPTION_WORDS:
        return []
    event = Mention(match.end(), match.end() + len(surface), "EVENT", DESCRIPTION)
    return [Prize(event=event, work=frame.prizes[0].work if frame.prizes else None)]


def _graded(prize: Prize, names: Coreference) -> Prize:
    """Read a category that is a step of the event's own scale as the result, an audit opinion as both."""
    event = prize.event
    if event is None or prize.result is not None:
        return prize
    if event.kind == "opinion":
        noun = _OPINION_NOUN.match(names.text, event.start, event.end)
        start = noun.end() if noun else event.start
        return replace(prize, result=Mention(start, event.end, "RESULT", "RES14", kind="grade"))
    row = known_event(names.surface(event))
    if row and prize.category and normal(names.surface(prize.category)) in _scale(row.grades):
        result = replace(prize.category, label="RESULT", rule="RES15", kind="grade")
        return replace(prize, category=None, result=result)
    if row and (grade := _told_grade(event, _scale(row.grades), names.text)):
        return replace(prize, result=grade)
    return prize


def _told_grade(event: Mention, scale: frozenset[str], text: str) -> Mention | None:
    """Return the grade of its scale that ends an event's name or stands right behind ("Proper Hijau")."""
    behind = _GRADE.match(text, event.end)
    last = behind.end() if behind else event.end
    ends = [event.end, *(m.end() for m in _WORD.finditer(text, event.end, last))]
    starts = [m.start() for m in _WORD.finditer(text, event.start, last)][1:]
    spans = [(start, end) for end in ends for start in reversed(starts) if start < end]
    found = next((span for span in spans if normal(text[slice(*span)]) in scale), None)
    return Mention(*found, "RESULT", "RES15", kind="grade") if found else None


@cached
def _scale(scale: str) -> frozenset[str]:
    """Return the grades of a scale as written, folded."""
    known = scales().get(scale)
    named = known.surfaces.values() if known else ()
    return frozenset(normal(surface) for surfaces in named for surface in surfaces)


def candidates_of(
    frame: Frame,
    names: Coreference,
    main_year: int | None,
    heading: NumberSpan | None = None,
    page_year: int | None = None,
    before: Sequence[Candidate] = (),
) -> list[Candidate]:
    """Return the candidates of one frame: each winner with each prize, in turn where the lists are as long.

    Args:
        frame: Frame.
        names: Identities on the page.
        main_year: Year the page is about, so that earlier ones are history.
        heading: Year of the heading that the clause stands under.
        page_year: Year of publication, if the page states it.
        before: Candidates of the clauses before it.
    """
    text = names.text
    told = clause_year(text, frame) or last_year(text, frame, main_year)
    past = frame.past or (told is not None and main_year is not None and told[0] < main_year)
    if past and not frame.past and told is not None and main_year is not None:
        # in the lead of a page the award of the year before is news: it was given after that year's end
        past = not (told[0] == main_year - 1 and frame.rendered.index <= _LEAD)
    prizes: list[Prize] = []
    for prize in _described(frame, text) or frame.prizes:
        if not _anchored(frame, prize, text) and not (prize.result and _in_contest(frame, names, before)):
            note("prize_not_named", frame.span, frame.rule.id)
        elif _only_counted(frame, prize, text):
            note("prizes_only_counted", frame.span, frame.rule.id)
        else:
            prizes.append(_graded(prize, names))
    winners = resolve(frame, names, prizes) if prizes else []
    if prizes and not winners:
        note("nobody_of_its_own", frame.span, frame.rule.id)
    candidates = [
        Candidate(
            winner,
            names.recipient(winner) if winner else "",
            prize,
            prize.event,
            names.event(prize.event),
            frame.rendered.index,
            (frame.span,),
            (frame.rule.id, *frame.cues),
            past,
            frame.title,
            (year_near(text, prize.event) if prize.event else None)
            or told
            or bare_year(names, frame, prize, page_year or main_year)
            or heading,
            frame.organisers,
            sentences=(frame.rendered.index,),
            also=frame.also,
            recalls=bool(grammar("recalls").search(text, *frame.span)),
        )
        for winner, prize in [
            *_by_work(frame, names, _matched(winners, prizes)),
            *((winner, prize) for winner in frame.beside for prize in prizes),
        ]
    ]
    # a year to come is a plan ("meraih Adipura tahun 2028")
    kept = [d for d in candidates if d.year is None or page_year is None or d.year[0] <= page_year]
    if len(kept) < len(candidates):
        note("year_to_come", frame.span, frame.rule.id)
    for candidate in kept:
        note("candidate_made", frame.span, frame.rule.id, candidate.prize.span)
    return kept


def _matched(
    winners: Sequence[Mention | None], prizes: Sequence[Prize]
) -> list[tuple[Mention | None, Prize]]:
    """Return who won what: in turn where both lists are of one length, else everybody everything."""
    if len(winners) == len(prizes) > 1:
        return list(zip(winners, prizes, strict=True))
    return [(w, p) for w in winners for p in prizes]


def _by_work(
    frame: Frame, names: Coreference, told: Sequence[tuple[Mention | None, Prize]]
) -> list[tuple[Mention | None, Prize]]:
    """Give each of several winners the work told behind the name, and each work in a final its own record.

    "RSUD A dengan inovasi X, Puskesmas B dengan inovasi Y"; "dua inovasi Kota C, X dan Y, masuk Top 45".
    """
    works = sorted(
        (
            m
            for m in frame.rendered.mentions.values()
            if m.label == "WORK" and frame.span[0] <= m.start < frame.span[1]
        ),
        key=lambda m: m.start,
    )
    if not works or len({id(p) for _w, p in told}) != 1:
        return list(told)
    if len(told) == 1:
        winner, prize = told[0]
        result = prize.result
        several = result is not None and result_kind(names.surface(result)) in {"top", "nominee"}
        return [(winner, replace(prize, work=work)) for work in works] if several else list(told)
    starts = sorted(w.start for w, _p in told if w is not None)
    found: list[tuple[Mention | None, Prize]] = []
    for winner, prize in told:
        after = [s for s in starts if winner is not None and s > winner.start]
        limit = after[0] if after else frame.span[1]
        own = next((m for m in works if winner is not None and winner.end <= m.start < limit), None)
        found.append((winner, replace(prize, work=own)))
    return found


def status(candidate: Candidate, names: Coreference) -> str:
    """Return won or nominated."""
    surface = names.surface(candidate.prize.result) if candidate.prize.result else ""
    event = names.surface(candidate.event) if candidate.event else ""
    return status_of(candidate.prize.result, surface, event)
