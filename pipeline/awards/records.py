"""Drafts and scene to award records: every slot with its span, sentence and rule."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from pipeline.awards.drafts import Draft, Names, status
from pipeline.awards.normal import edition_near, normal, rank_of, result_kind
from pipeline.awards.people import is_region
from pipeline.awards.scene import Found, Person, Scene, nearest
from pipeline.document import Article, Award, Mention, Sentence, Slot
from pipeline.entities.terms import known_event

#: Sentences whose facts belong to a record's event (``None``: all), and whether others may fill a gap.
Allowed = tuple[frozenset[int] | None, bool]

_CORE = ("recipient_name", "event", "year", "category", "result", "status", "group", "work")


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
    kind = m.kind or {"PERSON": "person", "AGENCY": "agency", "NAME": "community"}.get(m.label, "")
    if kind not in {"country", "media"}:
        slots.mention("recipient_type", m, rule, kind)
    if m.code:
        slots.mention("recipient_code", m, rule, m.code)


def _event(
    slots: _Slots,
    draft: Draft,
    years: Mapping[str, tuple[int, int, int]],
    fallback: Found | None,
    names: Names,
    published: str,
) -> None:
    m = draft.event
    year = draft.year or years.get(draft.event_key)
    if m is not None:
        surface = slots.text[m.start : m.end]
        row = known_event(surface)
        name = row["name"] if row else clean(surface)
        # "Paritrana Award Bali" is the award's own name only where the page never leaves the region out
        bare = row is not None and any(
            normal(names.surface(o)) == normal(row["name"]) for o in names.mentions if o.label == "EVENT"
        )
        slots.mention(
            "event", m, value=clean(surface) if row and not bare and _longer(surface, row) else name
        )
        if row and row.get("abbr"):
            slots.mention("event_abbr", m, value=row["abbr"])
        elif not row and "(" in surface:
            slots.mention("event_abbr", m, value=surface[surface.rindex("(") + 1 :].rstrip(") "))
        edition = next(
            (
                e
                for e in (
                    edition_near(slots.text, o)
                    for o in names.mentions
                    if o.label == "EVENT" and names.event(o) == draft.event_key
                )
                if e
            ),
            None,
        )
        if edition and not draft.past:
            slots.put("edition", str(edition[0]), edition[1], edition[2], m.rule)
    if year:
        slots.put("year", str(year[0]), year[1], year[2], "Y01")
    elif (
        not draft.past
        and fallback is not None
        and fallback.mention is not None
        and fallback.mention.name[:4].isdigit()
    ):
        slots.put("year", fallback.mention.name[:4], fallback.start, fallback.end, "Y02")
    elif not draft.past and published:
        # the page's own date: the span is the clause, which tells of something new
        slots.put("year", published[:4], *draft.spans[0], "Y03")


def _longer(surface: str, row: Mapping[str, object]) -> bool:
    """Whether a page names a known award more fully than the lexicon ("Anugerah Penyiaran Jawa Tengah")."""
    own, known = normal(surface), normal(str(row["name"]))
    return own.startswith(known) and len(own) > len(known)


def _person(slots: _Slots, person: Person | None, name: str, position: str) -> None:
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
    parts = [doc_id] + ["; ".join(s.value for s in slots.get(c, ())) for c in _CORE]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def build(
    article: Article,
    sentences: Sequence[Sentence],
    draft: Draft,
    focal: bool,
    scene: Scene,
    years: Mapping[str, tuple[int, int, int]],
    names: Names,
    allowed: Allowed,
) -> Award | None:
    """Return the record of a draft, ``None`` if nobody won it.

    Args:
        article: Article.
        sentences: Its sentences.
        draft: Merged draft with its recipient resolved.
        focal: Whether the recipient is the page's focal one, whom giver and receiver concern.
        scene: Facts of the event.
        years: Edition years by event.
        names: Identities on the page.
        allowed: Sentences whose facts belong to the record's event.
    """
    if draft.recipient is None:
        return None
    slots = _Slots(article.text, sentences)
    rule = draft.rules[0]
    _recipient(slots, draft.recipient, rule)
    day = _nearest(scene.dates, draft, allowed)
    _event(slots, draft, years, day, names, article.published or "")
    prize = draft.prize
    slots.mention("category", prize.category)
    slots.mention("group", prize.group)
    if prize.result is not None:
        surface = clean(names.surface(prize.result))
        slots.mention("result", prize.result)
        slots.mention("result_kind", prize.result, value=result_kind(surface))
        rank = rank_of(surface)
        if rank is not None:
            slots.mention("rank", prize.result, value=str(rank))
    anchor = draft.spans[0]
    slots.put("status", status(draft, names), anchor[0], anchor[1], rule)
    slots.put("timeframe", "past" if draft.past else "current", anchor[0], anchor[1], rule)
    slots.mention("work", prize.work)
    if not draft.past:
        _scene_slots(slots, draft, focal, scene, names, allowed)
    start = min(s for s, _e in draft.spans)
    end = max(e for s, e in draft.spans if s == start)
    evidence = article.text[start:end]
    rules = list(dict.fromkeys([*draft.rules, *(s.rule for group in slots.slots.values() for s in group)]))
    return Award(
        article.doc_id,
        _record_id(article.doc_id, slots.slots),
        slots.slots,
        " ".join(evidence.split()),
        start,
        end,
        tuple(r for r in rules if r),
    )


def _nearest(facts: Sequence[Found], draft: Draft, allowed: Allowed) -> Found | None:
    """Return the best fact of the record's own sentences; on a page of few events, else of the whole page."""
    own, shared = allowed
    found = nearest(facts, draft.sentences, own)
    return nearest(facts, draft.sentences, None) if found is None and shared else found


def _scene_slots(
    slots: _Slots, draft: Draft, focal: bool, scene: Scene, names: Names, allowed: Allowed
) -> None:
    seen: set[str] = set()
    for m in draft.organisers:
        if m.label in {"AGENCY", "ORGANISATION"} and names.recipient(m) != draft.key:
            seen.add(names.recipient(m))
            slots.mention("organiser", m, draft.rules[0])
    others = [
        f for f in scene.organisers if f.mention is not None and names.recipient(f.mention) != draft.key
    ]
    best = _nearest(others, draft, allowed)
    for found in others:
        m = found.mention
        if (
            best is None
            or m is None
            or (found.sentence, found.rule) != (best.sentence, best.rule)
            or names.recipient(m) in seen
        ):
            continue
        seen.add(names.recipient(m))
        slots.put("organiser", clean(slots.text[found.start : found.end]), found.start, found.end, found.rule)
    day = _nearest(scene.dates, draft, allowed)
    if day is not None and day.mention is not None and day.mention.name:
        slots.put("date", day.mention.name, day.start, day.end, day.rule)
        slots.put("date_text", clean(slots.text[day.start : day.end]), day.start, day.end, day.rule)
    place = _nearest(scene.places, draft, allowed)
    if place is not None:
        slots.put("place", clean(slots.text[place.start : place.end]), place.start, place.end, place.rule)
        if place.mention is not None and place.mention.code:
            slots.put("place_code", place.mention.code, place.mention.start, place.mention.end, place.rule)
    if focal and status(draft, names) == "won":
        _people(slots, draft, scene, names, allowed)


def _people(slots: _Slots, draft: Draft, scene: Scene, names: Names, allowed: Allowed) -> None:
    def fit(person: Person) -> bool:
        return shared or own is None or person.sentence in own or person.sentence < 0

    own, shared = allowed

    receivers = [r for r in scene.receivers if fit(r)]
    receiver = next((r for r in receivers if r.name), next(iter(receivers), None))
    taken = {_identity(receiver)} if receiver else set()
    givers = [g for g in scene.givers if fit(g) and _identity(g) not in taken]
    giver = next((g for g in givers if g.name), next(iter(givers), None))
    for person, name, position in (
        (giver, "giver", "giver_position"),
        (receiver, "received_by", "received_by_position"),
    ):
        if person is None:
            continue
        if person.name and person.name.mention and names.recipient(person.name.mention) == draft.key:
            continue
        office = scene.offices.get(_identity(person)) if person.name else None
        if office is not None and (
            person.position is None or office.end - office.start > person.position.end - person.position.start
        ):
            person = Person(person.name, office, person.sentence, person.rule)
        _person(slots, person, name, position)


def _identity(person: Person) -> str:
    """Return the canonical name of a person, or of the office where no name is told."""
    found = person.name or person.position
    return (found.mention.name or str(found.mention.start)) if found and found.mention else ""
