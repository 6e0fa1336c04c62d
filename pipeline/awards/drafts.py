"""Drafts: award records while they are being put together from the frames of an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from dataclasses import dataclass, field, replace

from pipeline.awards.frames import Frame
from pipeline.awards.normal import edition_near, normal, rank_of, result_kind, status_of, year_near
from pipeline.awards.people import is_personal, is_region, stands_for
from pipeline.awards.prizes import Prize
from pipeline.document import Mention
from pipeline.entities.terms import known_event
from pipeline.lexicon import load_table

_AWARD_NOUN = re.compile(
    r"penghargaan|anugerah|anugrah|piala|trofi|predikat|juara|award|lomba|kompetisi|festival|olimpiade|opini|medali|kejuaraan|gelar"
)
_REGION_WORDS = re.compile(
    r"\b(?:pemerintah|pemkot|pemko|pemkab|pemprov|pemda|kota|kabupaten|kab|provinsi|prov|daerah)\b"
)


#: Tellings of one award whose places are kept; a page that repeats itself more often says nothing new.
MOST_TELLINGS = 20


@dataclass(slots=True)
class Draft:
    """One award record in the making.

    Args:
        recipient: Winner as mentioned, ``None`` for the page's focal recipient.
        key: Identity of the recipient on the page.
        prize: What was won.
        event: Event mention.
        event_key: Identity of the event on the page.
        sentence: Index of the sentence of the first telling.
        spans: Clauses that carry it.
        rules: Rules that made it.
        past: Told as history.
        title: Told in the headline.
        year: ``(year, start, end)``.
        detail: Description that stands in for an event without a name: ``(start, end)``.
    """

    recipient: Mention | None
    key: str
    prize: Prize
    event: Mention | None
    event_key: str
    sentence: int
    spans: list[tuple[int, int]]
    rules: list[str]
    past: bool = False
    title: bool = False
    year: tuple[int, int, int] | None = None
    organisers: list[Mention] = field(default_factory=list)
    tellings: int = 1
    sentences: tuple[int, ...] = ()
    own_event: bool = False


class Names:
    """Identity of recipients and events on one page, aliases included."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.mentions = mentions
        self.alias: dict[str, str] = {}
        self._events: dict[Mention, str] = {}
        self._recipients: dict[Mention, str] = {}
        self._surfaces: frozenset[str] | None = None
        self._fullest: dict[tuple[str, str], Mention] | None = None
        for m in mentions:
            if m.label in {"EVENT", "AGENCY", "ORGANISATION"}:
                surface = text[m.start : m.end]
                bracket = re.search(r"\(([^()]{2,20})\)", surface)
                if bracket:
                    # "Universitas Islam Negeri (UIN) Palu": the bracket abbreviates the words before it only
                    whole = bracket.end() >= len(surface) - 1
                    long = normal(surface) if whole else normal(surface[: bracket.start()])
                    self.alias.setdefault(f"{m.label == 'EVENT'}:{normal(bracket.group(1))}", long)

    def holder(self, office: Mention) -> Mention | None:
        """Return the person whom the page names right behind an office of this title ("Bupati" of "Bupati Agam A")."""
        title = normal(self.surface(office)).split(" ")[0]
        for m in self.mentions:
            if m.label == "POSITION" and normal(self.surface(m)).split(" ")[0] == title:
                for p in self.mentions:
                    if p.label == "PERSON" and 0 < p.start - m.end <= 3:
                        return p
        return None

    def fullest(self, label: str, key: str) -> Mention | None:
        """Return the longest mention of a recipient under one label."""
        if self._fullest is None:
            self._fullest = {}
            for m in self.mentions:
                known = self._fullest.get((m.label, self.recipient(m)))
                if known is None or m.end - m.start > known.end - known.start:
                    self._fullest[m.label, self.recipient(m)] = m
        return self._fullest.get((label, key))

    def event_surfaces(self) -> frozenset[str]:
        """Return the events of the page as written, folded."""
        if self._surfaces is None:
            self._surfaces = frozenset(normal(self.surface(m)) for m in self.mentions if m.label == "EVENT")
        return self._surfaces

    def surface(self, m: Mention) -> str:
        """Return the mention's text."""
        return self.text[m.start : m.end]

    def event(self, m: Mention | None) -> str:
        """Return the identity of an event."""
        if m is None:
            return ""
        if m not in self._events:
            self._events[m] = self._event(m)
        return self._events[m]

    def _event(self, m: Mention) -> str:
        surface = self.surface(m)
        row = known_event(surface)
        if row is not None:
            return str(row["id"])
        if m.rule.startswith("EV") and m.rule[2:].isdigit():
            return m.rule
        name = self.alias.get(f"True:{normal(surface)}", normal(surface))
        return re.sub(
            r"^(?:penghargaan|ajang|malam|acara|the) ", "", re.sub(r"\b(?:19|20)\d\d\b", "", name).strip()
        )

    def recipient(self, m: Mention) -> str:
        """Return the identity of a recipient."""
        if m not in self._recipients:
            self._recipients[m] = self._recipient(m)
        return self._recipients[m]

    def _recipient(self, m: Mention) -> str:
        if m.code and is_region(m):
            return "R:" + m.code
        name = normal(m.name or self.surface(m))
        if is_region(m):
            return "R:" + _REGION_WORDS.sub("", name).strip()
        full = self.alias.get(f"False:{name}")
        if full is None:
            first, _, rest = name.partition(" ")
            long = self.alias.get(f"False:{first}")
            full = f"{long} {rest}".strip() if long else name
            last = name.rpartition(" ")[2]
            whole = self.alias.get(f"False:{last}")
            if whole and whole.split()[0] == first:
                full = whole
        return "N:" + full


def _personal(prizes: Sequence[Prize], names: Names) -> bool:
    for prize in prizes:
        for m in (prize.category, prize.event):
            if m is not None:
                row = known_event(names.surface(m)) if m.label == "EVENT" else None
                if (row and row.get("recipient") == "person") or is_personal(names.surface(m)):
                    return True
    return False


def _resolve(frame: Frame, names: Names, prizes: Sequence[Prize]) -> list[Mention | None]:
    """Return who wins: an official's region or the person, organisations and regions as they stand.

    ``None`` stands for the page's focal recipient.
    """
    if frame.recipients and all(m.kind == "country" for m in frame.recipients):
        return []  # a national team's count of medals: its members are the winners
    people = [m for m in frame.recipients if m.label in {"PERSON", "NAME"}]
    offices = [m for m in frame.recipients if m.label == "POSITION"]
    if offices and _personal(prizes, names):
        holder = people or [p for p in [names.holder(offices[0])] if p]
        if holder:
            return list(holder)
    winners: list[Mention | None] = []
    for m in frame.recipients:
        if m.label == "POSITION":
            kind, target = stands_for(m, names.surface(m), names.mentions)
            if kind == "person" and people:
                continue
            # the head of an agency stands there for the page's winner
            winners.append(target if kind == "region" and frame.rule != "W08" else None)
        elif m.label == "PERSON" and offices:
            if (
                frame.rule != "W08"
                and stands_for(offices[0], names.surface(offices[0]), names.mentions)[0] == "person"
            ):
                winners.append(m)
        elif m.kind != "country":
            winners.append(m)
    return list(dict.fromkeys(winners)) or [None]


_COUNTED = re.compile(
    r"(?:(?<!\w)(?:dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|belasan|puluhan|sejumlah|beberapa)|[2-9]|\d\d) $",
    re.I,
)


def _only_counted(prize: Prize, text: str) -> bool:
    """Whether the prize is a bare number of nominations or finals ("masuk tiga nominasi"), which makes no record."""
    m = prize.result
    return (
        m is not None
        and prize.category is None
        and result_kind(text[m.start : m.end]) == "nominee"
        and bool(_COUNTED.search(text[max(0, m.start - 12) : m.start]))
    )


#: An award without a name that says who gave it ("menerima penghargaan dari Kementerian Sosial").
_UNNAMED = re.compile(r"[Pp]enghargaan(?: \w+){0,6}? (?:dari|oleh) (?=[A-Z])")


def _anchored(frame: Frame, prize: Prize, text: str) -> bool:
    """Whether the clause names what was won well enough to be a record of its own."""
    clause = text[frame.span[0] : frame.span[1]].lower()
    if prize.event is not None and prize.event.kind != "host":
        return True
    if prize.bare and frame.rule in {"W04", "W06"} and frame.recipients:
        return "penghargaan" in clause
    if prize.bare and frame.rule in {"W01", "W02"} and frame.recipients:
        return bool(_UNNAMED.search(text, *frame.span))
    if prize.result is not None:
        surface = text[prize.result.start : prize.result.end]
        kind = result_kind(surface)
        if kind in {"peringkat", "top"} and frame.rule == "W02":
            return bool(_AWARD_NOUN.search(clause)) or prize.category is not None or frame.title
        return True
    return prize.category is not None and bool(_AWARD_NOUN.search(clause) or "kategori" in clause)


_DESCRIPTION = re.compile(
    r"(?i)(?:penghargaan|pengghargaan|apresiasi|predikat|gelar|anugerah)(?: (?:bergengsi|tertinggi|prestisius|tingkat \w+|kembali|langsung))*"
    r" (?:sebagai|atas|bidang|di bidang|dalam bidang|terkait|dalam hal)(?: (?:sebagai|prestasi(?:nya)?|dukungan(?:nya)?(?: dalam)?|salah satu))? (?=\w)"
)
_DESCRIPTION_END = re.compile(
    r"(?i)[,.;:(“\"]|(?<!\w)(?:dari|oleh|pada|yang|karena|kepada|di|saat|tahun|untuk|sekaligus|tingkat|kategori|dalam ajang|besutan|serta)(?!\w)"
)


def _described(frame: Frame, text: str) -> list[Prize]:
    """Read the description that stands in for an event without a name ("penghargaan atas pengurangan sampah")."""
    if any(not p.bare or p.event for p in frame.prizes):
        return []
    start, end = frame.span
    match = _DESCRIPTION.search(text, start, end)
    if not match:
        return []
    stop = _DESCRIPTION_END.search(text, match.end(), end)
    last = min(stop.start() if stop else end, match.end() + 110)
    surface = text[match.end() : last].rstrip()
    if len(surface.split()) < 2 or len(surface.split()) > 12:
        return []
    return [
        Prize(
            event=Mention(match.end(), match.end() + len(surface), "EVENT", "DES01"),
            work=frame.prizes[0].work if frame.prizes else None,
        )
    ]


_YEAR_CLAUSE = re.compile(
    r"(?<!\w)tahun\s{1,60}(?:anggaran\s{1,60})?((?:19|20)\d\d)(?!\d)|(?<!\w)(tahun ini|kali ini)(?!\w)", re.I
)


def clause_year(text: str, frame: Frame) -> tuple[int, int, int] | None:
    """Return the year that the clause sets for itself: the last "tahun 2023" before its prize in the sentence."""
    end = frame.span[1]
    found = None
    for match in _YEAR_CLAUSE.finditer(text, frame.rendered.sentence.start, end):
        found = (int(match.group(1)), match.start(1), match.end(1)) if match.group(1) else None
    return found


def _graded(prize: Prize, names: Names) -> Prize:
    """Read a category that is a step of the event's own scale as the result, an audit opinion as event and result."""
    event = prize.event
    if event is None or prize.result is not None:
        return prize
    if event.kind == "opinion":
        start = event.start + len(re.sub(r"(?i)^(opini )?.*", r"\1", names.surface(event), flags=re.S))
        return replace(prize, result=Mention(start, event.end, "RESULT", "RES14", kind="grade"))
    row = known_event(names.surface(event))
    if row and prize.category and normal(names.surface(prize.category)) in _scale(str(row.get("grades", ""))):
        return replace(
            prize, category=None, result=replace(prize.category, label="RESULT", rule="RES15", kind="grade")
        )
    return prize


@cache
def _scale(scale: str) -> frozenset[str]:
    for row in load_table("grades"):
        if row["id"] == scale:
            return frozenset(normal(s) for surfaces in row["surfaces"].values() for s in surfaces)
    return frozenset()


def drafts_of(
    frame: Frame, names: Names, main_year: int | None, heading: tuple[int, int, int] | None = None
) -> list[Draft]:
    """Return the drafts of one frame: each winner with each prize, or pairwise where both are lists of one length.

    Args:
        frame: Frame.
        names: Identities on the page.
        main_year: Year the page is about, so that earlier ones are history.
        heading: Year of the heading that the clause stands under.
    """
    text = names.text
    described = _described(frame, text)
    prizes = [
        _graded(p, names)
        for p in (described or frame.prizes)
        if _anchored(frame, p, text) and not _only_counted(p, text)
    ]
    if not prizes:
        return []
    winners = _resolve(frame, names, prizes)
    pairs = (
        list(zip(winners, prizes, strict=True))
        if len(winners) == len(prizes) > 1
        else [(w, p) for w in winners for p in prizes]
    )
    made = []
    for winner, prize in pairs:
        told = clause_year(text, frame)
        past = frame.past or (told is not None and main_year is not None and told[0] < main_year)
        year = (year_near(text, prize.event) if prize.event else None) or told or heading
        made.append(
            Draft(
                winner,
                names.recipient(winner) if winner else "",
                prize,
                prize.event,
                names.event(prize.event),
                frame.rendered.index,
                [frame.span],
                [frame.rule, *frame.cues],
                past,
                frame.title,
                year,
                list(frame.organisers),
                own_event=prize.event is not None,
                sentences=(frame.rendered.index,),
            )
        )
    return made


def fullest(draft: Draft, names: Names) -> Mention | None:
    """Return the fullest mention of the draft's recipient on the page.

    A region keeps the fullest mention of the clauses that tell the award: its government goes by many names
    ("Depok", "Pemkot Depok"), and ``recipient_name`` says which it is.
    """
    best = draft.recipient
    if best is None or best.label == "NAME" or not best.name or is_region(best):
        return best
    other = names.fullest(best.label, draft.key)
    return other if other is not None and other.end - other.start > best.end - best.start else best


def focal_recipient(drafts: Sequence[Draft], mentions: Sequence[Mention], names: Names) -> Mention | None:
    """Return the winner the page is about: the one told first and most, else the region named most in the lead."""
    votes: Counter[str] = Counter()
    by_key: dict[str, Mention] = {}
    for draft in drafts:
        if draft.recipient is not None:
            weight = 4 if draft.title else 3 if draft.sentence <= 2 else 1
            votes[draft.key] += 0 if draft.past else weight
            best = by_key.get(draft.key)
            if best is None or (best.end - best.start) < (draft.recipient.end - draft.recipient.start):
                by_key[draft.key] = draft.recipient
    if votes and votes.most_common(1)[0][1] > 0:
        return by_key[votes.most_common(1)[0][0]]
    counts: Counter[str] = Counter()
    for m in mentions[:400]:
        if m.label in {"AGENCY", "PLACE", "ORGANISATION"} and m.kind not in {"country", "media", "ministry"}:
            key = names.recipient(m)
            counts[key] += 2 if m.label == "AGENCY" else 1
            best = by_key.get(key)
            if best is None or (m.label == "AGENCY" and best.label != "AGENCY"):
                by_key[key] = m
    return by_key[counts.most_common(1)[0][0]] if counts else None


def _same_text(a: str, b: str) -> bool:
    first, second = set(a.split()), set(b.split())
    return bool(first and second) and (
        first <= second or second <= first or len(first & second) / len(first | second) >= 0.75
    )


def _same_slot(a: Mention | None, b: Mention | None, text: str) -> bool:
    return a is None or b is None or _same_text(normal(text[a.start : a.end]), normal(text[b.start : b.end]))


_RESULT_FILLER = re.compile(r"\b(?:predikat|peserta|sebagai|gelar|nilai|opini|yang)\b")


def _same_result(a: Mention | None, b: Mention | None, text: str) -> bool:
    if a is None or b is None:
        return True
    first, second = text[a.start : a.end], text[b.start : b.end]
    if rank_of(first) is not None or rank_of(second) is not None:
        return rank_of(first) == rank_of(second) and result_kind(first) == result_kind(second)
    kinds = result_kind(first), result_kind(second)
    if "nominee" in kinds or "top" in kinds:
        return kinds[0] in {"nominee", "top"} and kinds[1] in {"nominee", "top"}
    return _same_text(*(_RESULT_FILLER.sub(" ", normal(x)).strip() or normal(x) for x in (first, second)))


def names_differ(a: Mention | None, b: Mention | None, text: str) -> bool:
    """Whether two mentions are different strings: in one sentence they name different things."""
    return a is not None and b is not None and normal(text[a.start : a.end]) != normal(text[b.start : b.end])


def _year(draft: Draft) -> int | None:
    return draft.year[0] if draft.year else None


def mergeable(a: Draft, b: Draft, text: str) -> bool:
    """Whether two drafts tell the same award."""
    if a.key != b.key or a.past != b.past:
        return False
    if (
        a.event_key
        and b.event_key
        and a.event_key != b.event_key
        and not _same_text(a.event_key, b.event_key)
    ):
        return False
    if _year(a) and _year(b) and _year(a) != _year(b):
        return False
    listed = set(a.sentences) & set(b.sentences) and a.prize.category and b.prize.category
    if listed and names_differ(a.prize.category, b.prize.category, text):
        return False
    return (
        _same_slot(a.prize.category, b.prize.category, text)
        and _same_result(a.prize.result, b.prize.result, text)
        and _same_slot(a.prize.group, b.prize.group, text)
    )


def _fuller(a: Mention | None, b: Mention | None) -> Mention | None:
    if a is None or b is None:
        return a or b
    return b if b.end - b.start > a.end - a.start else a


def merge(a: Draft, b: Draft, names: Names) -> Draft:
    """Return ``a`` with what ``b`` knows more; the fuller mention of each slot stays."""
    body_first = a if not a.title or b.title else b
    prize = Prize(
        body_first.prize.result or a.prize.result or b.prize.result,
        _fuller(a.prize.category, b.prize.category),
        _fuller(a.prize.group, b.prize.group),
        a.prize.work or b.prize.work,
        None,
    )
    return replace(
        a,
        recipient=_fuller(a.recipient, b.recipient),
        prize=prize,
        event=_fuller(a.event, b.event),
        event_key=a.event_key
        if a.event_key.startswith("EV") or not b.event_key.startswith("EV")
        else b.event_key,
        sentence=min(a.sentence, b.sentence),
        spans=(a.spans + b.spans)[:MOST_TELLINGS],
        rules=a.rules + [r for r in b.rules if r not in a.rules],
        title=a.title or b.title,
        year=a.year or b.year,
        organisers=a.organisers or b.organisers,
        tellings=a.tellings + 1,
        own_event=a.own_event or b.own_event,
        sentences=(a.sentences + b.sentences)[:MOST_TELLINGS],
    )


def status(draft: Draft, names: Names) -> str:
    """Return won or nominated."""
    surface = names.surface(draft.prize.result) if draft.prize.result else ""
    event = names.surface(draft.event) if draft.event else ""
    return status_of(draft.prize.result, surface, event)


def merge_all(drafts: Sequence[Draft], names: Names) -> list[Draft]:
    """Merge the drafts of a page that tell the same award.

    Full ones (rank and category) first, so that a bare telling ("Pemkot X raih penghargaan AMH 2023") finds the
    record it belongs to instead of becoming one.
    """

    def fullness(d: Draft) -> int:
        return sum(x is not None for x in (d.prize.result, d.prize.category, d.event))

    kept: list[Draft] = []
    by_key: dict[str, list[int]] = {}
    for draft in sorted(drafts, key=lambda d: (-fullness(d), d.sentence)):
        matches = [
            n
            for n, other in ((n, kept[n]) for n in by_key.setdefault(draft.key, []))
            if mergeable(other, draft, names.text)
            and (
                status(other, names) == status(draft, names)
                or draft.prize.result is None
                or other.prize.result is None
            )
        ]
        if matches:
            nominated_last = sorted(
                matches,
                key=lambda n: (status(kept[n], names) == "nominated", abs(kept[n].sentence - draft.sentence)),
            )
            kept[nominated_last[0]] = merge(kept[nominated_last[0]], draft, names)
        else:
            by_key[draft.key].append(len(kept))
            kept.append(draft)
    return sorted(kept, key=lambda d: (d.spans[0][0], d.prize.start))


def event_editions(names: Names) -> Mapping[str, tuple[int, int, int]]:
    """Return the edition number of each event, as first told beside a mention of it."""
    editions: dict[str, tuple[int, int, int]] = {}
    for m in names.mentions:
        if m.label == "EVENT" and names.event(m) not in editions:
            found = edition_near(names.text, m)
            if found:
                editions[names.event(m)] = found
    return editions


def event_years(names: Names) -> Mapping[str, tuple[int, int, int]]:
    """Return the edition year of each event: the one told beside any mention of it, current tellings first."""
    years: dict[str, Counter[tuple[int, int, int]]] = {}
    best: dict[str, tuple[int, int, int]] = {}
    for m in names.mentions:
        if m.label == "EVENT":
            near = year_near(names.text, m)
            if near:
                years.setdefault(names.event(m), Counter())[near] += 1
    for key, counter in years.items():
        totals: Counter[int] = Counter()
        for (year, _s, _e), n in counter.items():
            totals[year] += n
        # Counter keeps the order of first telling: of years told equally often the first one counts
        top = max(totals, key=lambda y: totals[y])
        best[key] = next(hit for hit in counter if hit[0] == top)
    return best
