"""Drafts and scene to award records: every slot with its span, sentence and rule."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from pipeline.award_schema import FIELDS
from pipeline.awards.candidates import status
from pipeline.awards.circumstances import Circumstance, CircumstanceIndex, Circumstances, Participant
from pipeline.awards.coreference import Coreference
from pipeline.awards.normal import normal, rank_of, result_kind
from pipeline.awards.offices import is_region
from pipeline.awards.structures import Candidate, NumberSpan
from pipeline.awards.years import (
    ONLY_YEAR,
    YEAR_OF_DAY,
    YEAR_OF_PAGE,
    YEAR_TOLD,
    assessed_year,
    event_editions,
    event_years,
    fiscal_year,
    only_year,
)
from pipeline.document import Article, Award, Mention, Sentence, Slot
from pipeline.terms.known import Event, known_event
from pipeline.trace import listening, note

#: Per cent of equal characters from which two words are one, misspelt.
_SAME_WORD = 80
#: Share of words from which two names of an award are one name.
_SAME_NAME = 0.75
#: Words that a name of its own has at least.
_RENAMED = 2
_CAPITALS = re.compile(r"(?<!\w)[A-Z]{2,}(?!\w)")
#: Columns of the values that a record's id is made of, in the order in which they are hashed.
_IDENTITY = tuple(f.name for f in sorted(FIELDS, key=lambda f: f.identity) if f.identity)
#: Values of the column recipient_type, the kinds of mentions that have another name there, and the type of
#: winners whose kind is not known.
_RECIPIENT_TYPES = next(frozenset(f.values) for f in FIELDS if f.name == "recipient_type")
_KINDS = {"party": "community"}
_KIND_OF_LABEL = {"PERSON": "person", "AGENCY": "agency", "NAME": "community"}
#: Marks and blanks between clauses.
_CUTS = " ,;:\n\r\t\xa0"


class ArticleContext:
    """What an article says once for all its records.

    Args:
        article: Article.
        sentences: Its sentences.
        names: Identities of recipients and events.
        scene: CircumstanceIndex of the event.
        focal: Identity of the page's focal recipient, whom giver and receiver concern.
        owners: Sentences whose facts belong to an event, by event; missing: all.
        shared: Whether an event may take facts from outside its own sentences.
        history: Sentences that tell of earlier editions only.
    """

    def __init__(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        names: Coreference,
        scene: Circumstances,
        focal: str,
        owners: Mapping[str, frozenset[int]],
        shared: bool,
        history: Sequence[Sentence] = (),
    ) -> None:
        self.article, self.sentences = article, sentences
        self.names, self.scene, self.focal = names, scene, focal
        self.owners, self.shared = owners, shared
        latest = int(article.published[:4]) if article.published else None
        self.years = event_years(names, latest, history)
        self.assessed = assessed_year(article.text)
        self.only_year = only_year(article.text)
        self._categories: dict[int, list[str]] = {}
        starts = [s.start for s in sentences]
        for m in names.mentions:
            if m.label == "CATEGORY" and m.kind != "group":
                number = bisect_right(starts, m.start) - 1
                self._categories.setdefault(number, []).append(normal(names.surface(m)))
        self.editions = event_editions(names)
        self.dates, self.places = CircumstanceIndex(scene.dates), CircumstanceIndex(scene.places)
        self.organisers = CircumstanceIndex(scene.organisers)

    def nearest(
        self,
        facts: CircumstanceIndex,
        candidate: Candidate,
        fits: Callable[[Circumstance], bool] = lambda _fact: True,
    ) -> Circumstance | None:
        """Return the best fact of the record's own sentences; where events share a scene, of the page."""
        own = self.owners.get(candidate.event_key)
        found = facts.nearest(candidate.sentences, own, fits)
        if found is not None or own is None or not self.shared:
            return found
        # an event that has a day or a place of its own is told apart from the others
        apart = any(f.nearest(candidate.sentences, own) for f in (self.dates, self.places))
        return None if apart else facts.nearest(candidate.sentences, None, fits)

    def owns(self, sentence: int, candidate: Candidate) -> bool:
        """Whether a sentence tells of the record's event and of no other."""
        own = self.owners.get(candidate.event_key)
        return own is not None and sentence in own

    def category_fits(self, sentence: int, candidate: Candidate) -> bool:
        """Whether a sentence names the record's category or none ("kategori A oleh X, kategori B ...")."""
        if candidate.prize.category is None or sentence < 0:
            return True
        named = self._categories.get(sentence, ())
        own = normal(self.names.surface(candidate.prize.category))
        return not named or any(name in own or own in name for name in named)

    def fits(self, sentence: int, candidate: Candidate) -> bool:
        """Whether a hand-over told in ``sentence`` (-1: a caption) may concern the record."""
        own = self.owners.get(candidate.event_key)
        return self.shared or own is None or sentence in own or sentence < 0


class _Slots:
    """Collects the slots of one record."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self.text = text
        self.starts = [s.start for s in sentences]
        self.sentences = sentences
        self.slots: dict[str, tuple[Slot, ...]] = {}

    def sentence(self, offset: int) -> int:
        index = bisect_right(self.starts, offset) - 1
        return index if index >= 0 and offset < self.sentences[index].end else -1

    def put(self, column: str, value: str, start: int, end: int, rule: str) -> None:
        if value:
            slot = Slot(value, self.text[start:end], start, end, self.sentence(start), rule)
            self.slots[column] = (*self.slots.get(column, ()), slot)

    def mention(self, column: str, m: Mention | None, rule: str = "", value: str = "") -> None:
        if m is not None:
            self.put(column, value or clean(self.text[m.start : m.end]), m.start, m.end, rule or m.rule)


def clean(surface: str) -> str:
    """Return a surface as a cell: single spaces, no quotation marks around it."""
    return " ".join(surface.split()).strip("“”\"'‘’ ")


def _government(m: Mention) -> str:
    from pipeline.entities import government_name

    return government_name(m) if m.label == "PLACE" and is_region(m) else ""


def _recipient(slots: _Slots, m: Mention, rule: str) -> None:
    slots.mention("recipient", m, rule)
    name = _government(m) or m.name or clean(slots.text[m.start : m.end])
    slots.mention("recipient_name", m, rule, name)
    kind = _KINDS.get(m.kind, m.kind) or _KIND_OF_LABEL.get(m.label, "")
    if kind in _RECIPIENT_TYPES:
        slots.mention("recipient_type", m, rule, kind)
    if m.code:
        slots.mention("recipient_code", m, rule, m.code)


#: A year, and the rule that says which it is.
_Year = tuple[NumberSpan, str]


def _years(
    slots: _Slots, candidate: Candidate, context: ArticleContext, day: Circumstance | None
) -> Iterator[_Year]:
    """Yield the years that a record may have, the surest first."""
    opinion = candidate.event is not None and candidate.event.kind == "opinion"
    told = [candidate.year, context.years.get(candidate.event_key)]
    told += [fiscal_year(slots.text, candidate)] if opinion else []
    told += [] if candidate.past else [context.assessed]
    for year in told:
        if year:
            yield year, YEAR_TOLD
    # an opinion is on a fiscal year, which is not the year in which it is told
    if opinion or candidate.past:
        return
    if day is not None and day.mention is not None and day.mention.name[:4].isdigit():
        yield (int(day.mention.name[:4]), day.start, day.end), YEAR_OF_DAY
    if context.article.published:
        # the page's own date: the span is the clause, which tells of something new
        yield (int(context.article.published[:4]), *candidate.spans[0]), YEAR_OF_PAGE
    if context.only_year:
        yield context.only_year, ONLY_YEAR


def _year(slots: _Slots, candidate: Candidate, context: ArticleContext, day: Circumstance | None) -> None:
    """Fill the year with the surest one."""
    years = _years(slots, candidate, context, day)
    chosen = next(years, None)
    if chosen is None:
        return
    (number, start, end), rule = chosen
    slots.put("year", str(number), start, end, rule)
    for (_, *span), other in years if listening() else ():
        note("surer_year", (span[0], span[1]), other, (start, end))


def _event(slots: _Slots, candidate: Candidate, context: ArticleContext) -> None:
    m = candidate.event
    if m is not None:
        full = context.names.fullest_event(m)
        m = full if _abbreviated(slots.text, m) else m
        surface = slots.text[m.start : m.end]
        row = known_event(surface)
        name = row.name if row else clean(surface)
        # "Paritrana Award Bali" is the award's own name only where the page never leaves the region out
        bare = row is not None and normal(row.name) in context.names.event_surfaces
        result = candidate.prize.result
        graded = result is not None and result.start <= m.start and m.end <= result.end
        own = row is not None and ((not bare and _longer(surface, row)) or _renamed(surface, row))
        own = own and not graded
        slots.mention("event", m, value=clean(surface) if own else name)
        if row and row.abbr:
            slots.mention("event_abbr", m, value=row.abbr)
        elif not row and "(" in surface:
            slots.mention("event_abbr", m, value=surface[surface.rindex("(") + 1 :].rstrip(") "))
        edition = context.editions.get(candidate.event_key)
        if edition and not candidate.past:
            slots.put("edition", str(edition[0]), edition[1], edition[2], m.rule)


def _abbreviated(text: str, m: Mention) -> bool:
    """Whether a mention has an abbreviation where the page may spell the award out."""
    return bool(_CAPITALS.search(re.sub(r"\([^)]*\)", "", text[m.start : m.end])))


def _longer(surface: str, row: Event) -> bool:
    """Whether a page names a known award more fully than the lexicon ("Anugerah Penyiaran Jawa Tengah")."""
    own, known = normal(surface), normal(row.name)
    return own.startswith(known) and len(own) > len(known)


def _renamed(surface: str, row: Event) -> bool:
    """Whether a page gives a known award another full name ("Krenova Pelajar") that is worth keeping.

    Words count as the same however they are misspelt; an abbreviation is no other name.
    """
    spelled = re.sub(r"\([^)]*\)", "", surface)
    if _CAPITALS.search(spelled) and (len(spelled.split()) < _RENAMED or row.kind == "opinion"):
        return False  # shortened, not renamed
    own, known = normal(surface).split(), normal(row.name).split()
    if len(own) < _RENAMED or set(own) <= set(known) or set(known) <= set(own):
        return False
    if fuzz.ratio("".join(own), "".join(known)) >= _SAME_WORD:
        return False  # "Parahita Eka Praya"
    shared = sum(any(fuzz.ratio(a, b) >= _SAME_WORD for b in known) for a in own)
    return 2 * shared / (len(own) + len(known)) < _SAME_NAME


def _person(slots: _Slots, person: Participant | None, name: str, position: str) -> None:
    if person is None:
        return
    if person.name:
        start, end = person.name.start, person.name.end
        written = clean(slots.text[start:end])
        full = person.name.mention.name if person.name.mention else ""
        slots.put(name, full if len(full) > len(written) else written, start, end, person.rule)
    if person.position:
        start, end = person.position.start, person.position.end
        slots.put(position, clean(slots.text[start:end]), start, end, person.rule)


def _record_id(doc_id: str, slots: Mapping[str, tuple[Slot, ...]]) -> str:
    return _hash([doc_id] + ["; ".join(s.value for s in slots.get(c, ())) for c in _IDENTITY])


def row_id(row: Mapping[str, Any]) -> str:
    """Return the ``record_id`` of a row of the awards table, by its ``doc_id`` and core slots."""
    return _hash([row["doc_id"]] + ["" if row[c] is None else str(row[c]) for c in _IDENTITY])


def _hash(parts: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def build(candidate: Candidate, context: ArticleContext) -> Award | None:
    """Return the record of a candidate, ``None`` if nobody won it.

    Args:
        candidate: Merged candidate with its recipient resolved.
        context: What the article says once for its records.
    """
    if candidate.recipient is None:
        note("no_winner", candidate.spans[0], candidate.rules[0])
        return None
    article = context.article
    slots = _Slots(article.text, context.sentences)
    rule = candidate.rules[0]
    _recipient(slots, candidate.recipient, rule)
    day = context.nearest(context.dates, candidate)
    _event(slots, candidate, context)
    _year(slots, candidate, context, day)
    _prize(slots, candidate, context.names)
    first = candidate.spans[0]
    slots.put("status", status(candidate, context.names), first[0], first[1], rule)
    slots.put("timeframe", "past" if candidate.past else "current", first[0], first[1], rule)
    if not candidate.past:
        _scene_slots(slots, candidate, context, day)
    start, end = _evidence(article.text, candidate.spans)
    note("record_made", (start, end), rule)
    rules = dict.fromkeys([*candidate.rules, *(s.rule for group in slots.slots.values() for s in group)])
    return Award(
        article.doc_id,
        _record_id(article.doc_id, slots.slots),
        slots.slots,
        article.text[start:end],
        start,
        end,
        tuple(r for r in rules if r),
    )


def _evidence(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the span of the first clause that tells of the record, without the marks that cut it off."""
    start = min(s for s, _e in spans)
    end = max(e for s, e in spans if s == start)
    return end - len(text[start:end].lstrip(_CUTS)), start + len(text[start:end].rstrip(_CUTS))


def _prize(slots: _Slots, candidate: Candidate, names: Coreference) -> None:
    prize = candidate.prize
    slots.mention("category", prize.category)
    slots.mention("group", prize.group)
    slots.mention("work", prize.work)
    if prize.result is not None:
        surface = clean(names.surface(prize.result))
        slots.mention("result", prize.result)
        slots.mention("result_kind", prize.result, value=result_kind(surface))
        rank = rank_of(surface)
        if rank is not None:
            slots.mention("rank", prize.result, value=str(rank))


def _scene_slots(
    slots: _Slots, candidate: Candidate, context: ArticleContext, day: Circumstance | None
) -> None:
    _organisers(slots, candidate, context)
    if day is not None and day.mention is not None and day.mention.name:
        slots.put("date", day.mention.name, day.start, day.end, day.rule)
        slots.put("date_text", clean(slots.text[day.start : day.end]), day.start, day.end, day.rule)
    place = context.nearest(context.places, candidate)
    if place is not None:
        slots.put("place", clean(slots.text[place.start : place.end]), place.start, place.end, place.rule)
        if place.mention is not None and place.mention.code:
            m = place.mention
            slots.put("place_code", m.code, m.start, m.end, place.rule)
    if status(candidate, context.names) == "won":
        _people(slots, candidate, context, focal=candidate.key == context.focal)


def _organisers(slots: _Slots, candidate: Candidate, context: ArticleContext) -> None:
    names = context.names

    def other(fact: Circumstance) -> bool:
        return fact.mention is not None and names.recipient(fact.mention) != candidate.key

    seen: set[str] = set()
    for m in candidate.organisers:
        if m.label in {"AGENCY", "ORGANISATION"} and names.recipient(m) != candidate.key:
            seen.add(names.recipient(m))
            slots.mention("organiser", _in_full(m, names), candidate.rules[0])
    best = context.nearest(context.organisers, candidate, other)
    for found in context.organisers.beside(best) if best else ():
        if found.mention is not None and other(found) and names.recipient(found.mention) not in seen:
            seen.add(names.recipient(found.mention))
            slots.mention("organiser", _in_full(found.mention, names), found.rule)


def _in_full(m: Mention, names: Coreference) -> Mention:
    """Return the fullest mention of a body that the page has."""
    full = names.fullest(m.label, names.recipient(m)) if m.name else None
    return full if full is not None and full.end - full.start > m.end - m.start else m


def _people(slots: _Slots, candidate: Candidate, context: ArticleContext, *, focal: bool) -> None:
    """Fill giver and receiver; for winners that are not focal only a giver who gave to nobody by name."""
    receivers = [
        r
        for r in context.scene.receivers
        if context.fits(r.sentence, candidate) and context.category_fits(r.sentence, candidate)
    ]
    receivers.sort(key=lambda r: not context.owns(r.sentence, candidate))
    given = {r.sentence for r in receivers}
    receiver = next((r for r in receivers if r.name), next(iter(receivers), None)) if focal else None
    taken = {_identity(receiver)} if receiver else set()
    givers = [
        g
        for g in context.scene.givers
        if context.fits(g.sentence, candidate)
        and context.category_fits(g.sentence, candidate)
        and _identity(g) not in taken
        and (focal or (g.name and g.sentence not in given))
    ]
    givers.sort(key=lambda g: not context.owns(g.sentence, candidate))
    giver = next((g for g in givers if g.name), next(iter(givers), None))
    for person, name, position in (
        (giver, "giver", "giver_position"),
        (receiver, "received_by", "received_by_position"),
    ):
        if person is None:
            continue
        if (
            person.name
            and person.name.mention
            and context.names.recipient(person.name.mention) == candidate.key
        ):
            continue
        _person(slots, _with_office(person, context.scene), name, position)


def _with_office(person: Participant, scene: Circumstances) -> Participant:
    """Return the person with the fullest office that the page gives for the name."""
    office = scene.offices.get(_identity(person)) if person.name else None
    known = person.position
    if office is not None and (known is None or office.end - office.start > known.end - known.start):
        return Participant(person.name, office, person.sentence, person.rule)
    return person


def _identity(person: Participant) -> str:
    """Return the canonical name of a person, or of the office where no name is told."""
    found = person.name or person.position
    return (found.mention.name or str(found.mention.start)) if found and found.mention else ""
