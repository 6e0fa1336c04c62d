"""Coordinations: lists of winners inside a sentence, each with the rank told beside it.

A sentence is cut at commas, conjunctions and words of sequence into units. A unit has ranks, winners, both or
neither; what it has and in which order says who won what: "juara 1 A, juara 2 B", "A juara 1 dan B juara 2",
"juara 2 dan 3 A dan B", "A dan B dengan predikat Baik".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.awards.blocks.unknown_names import unknown_name
from pipeline.awards.frame_arguments import in_phrase, lies_in, subject, whole_name
from pipeline.awards.normal import rank_of, result_kind
from pipeline.awards.pack import grammar, reader_rule
from pipeline.awards.pack.frame_rules import Reader
from pipeline.awards.prizes import read_prizes
from pipeline.awards.render import RECIPIENT_LABELS, Rendered
from pipeline.awards.structures import Frame, Prize
from pipeline.document import Mention
from pipeline.trace import note

#: Ranks that make a sentence a list of winners.
_LEAST_RANKS = 2
#: Characters before a medal that may say how many of it there are.
_COUNT_WINDOW = 14
#: A letter for what a unit has.
_LETTERS = {"rank": "r", "winner": "w", "rank, winner": "B", "winner, rank": "F"}
#: Units in a row that make one list, where ranks stand before names and where they stand behind: as many of
#: both, names that share a rank, or names that only come next (l).
_RANK_FIRST = re.compile(r"r+Bw+(?!F)|r+w+(?!F)|Bw*(?!F)|w*F|B|lw*")
_RANK_LAST = re.compile(r"[wl]w*Fr+|[wl]w*r+|w*F|B|lw*")
_BRACKET = re.compile(r"\([^()]*\)?")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of a sentence between two borders.

    Args:
        start: Where it starts in the rendering.
        end: Where it ends.
        ranks: Results outside of brackets, by their positions.
        winner: Who it names.
        winner_first: Whether the winner stands before the rank.
        later: Whether a word of sequence (lalu, disusul) says that it comes after the one before.
    """

    start: int
    end: int
    ranks: Mapping[int, Mention]
    winner: Mention | None
    winner_first: bool = False
    later: bool = False

    @property
    def kind(self) -> str:
        """What it has, in its order; empty for neither."""
        told = ["rank"] * bool(self.ranks) + ["winner"] * (self.winner is not None)
        return ", ".join(reversed(told) if self.winner_first else told)


@dataclass(frozen=True, slots=True)
class _Item:
    """Who has a rank.

    Args:
        rank: The rank, ``None`` where only the order tells it.
        winners: Who has it.
        start: Where what is said of it starts in the rendering.
        end: Where it ends.
        reader: Which reader found it.
        contest: Words that name the contest, which nothing knows.
    """

    rank: Mention | None
    winners: tuple[Mention, ...]
    start: int
    end: int
    reader: Reader
    contest: Mention | None = None


def read_coordination(text: str, rendered: Rendered) -> list[Frame]:
    """Return a frame for each rank of a sentence that lists winners with their ranks; none if it does not.

    Args:
        text: Article text.
        rendered: Rendered sentence.
    """
    if not any(m.label == "RESULT" for m in rendered.mentions.values()):
        return []
    units = _units(text, rendered)
    ranks = {spot: m for unit in units for spot, m in unit.ranks.items()}
    if len(ranks) < _LEAST_RANKS:
        return _alone(text, rendered, units)
    owner = _owner(rendered, units)
    items = list(_items(units)) if owner is None else _prizes(units, owner)
    if len(items) < _LEAST_RANKS:
        note("one_pair_only", rendered.span(min(ranks), max(ranks) + 1), reader_rule("rank_and_winner").id)
        return []
    return list(_frames(text, rendered, items))


def _alone(text: str, rendered: Rendered, units: Sequence[_Unit]) -> list[Frame]:
    """Return the pair of a sentence that says no more ("Juara 2, Rina."), or that is told by atas nama."""
    items = list(_items(units))
    if not items:
        return []
    first = min(_spot(rendered, m) for m in (items[0].rank, *items[0].winners) if m is not None)
    winner = _spot(rendered, items[0].winners[0])
    opens = grammar("before_pair").fullmatch(rendered.text, 0, first) is not None
    glued = grammar("pair_glue").search(rendered.text, 0, winner) is not None
    # "Sementara Kecamatan A dengan predikat Baik": the verb is in the sentence before
    goes_on = items[0].reader == "winner_and_rank" and first > 1
    told = opens and (glued or goes_on) and not grammar("own_verb").search(rendered.text, first)
    if told or rendered.text[:winner].endswith(" atas nama "):
        return list(_frames(text, rendered, items))
    note("one_pair_only", rendered.span(items[0].start, items[0].end), reader_rule(items[0].reader).id)
    return []


def _rank(text: str, m: Mention) -> int | None:
    return rank_of(text[m.start : m.end])


def _borders(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a rendering has a comma, a conjunction or a word of sequence outside of brackets."""
    closed = {at for match in _BRACKET.finditer(text) for at in range(*match.span())}
    for match in grammar("item_border").finditer(text):
        if match.start() not in closed:
            yield match.span()


def _units(text: str, rendered: Rendered) -> list[_Unit]:
    """Cut a sentence into units; a stretch with neither rank nor winner belongs to the unit behind it."""
    units: list[_Unit] = []
    start = begin = 0
    later = False
    length = len(rendered.text)
    for border, behind in (*_borders(rendered.text), (length, length)):
        listed = bool(units) and any(spot == units[-1].end - 1 for spot in units[-1].ranks)
        number = grammar("more_rank") if listed else grammar("bare_rank")
        unit = _unit(text, rendered, start, border, number)
        if not unit.kind and units and units[-1].kind == "rank" and start == begin:
            unit = replace(unit, winner=_unknown(text, rendered, start, border))
        begin = behind
        if units and _where(rendered, units[-1], unit):
            units[-1] = replace(units[-1], end=border)
            start = behind
        elif unit.kind:
            units.append(replace(unit, later=later))
            start, later = behind, False
        later = later or bool(grammar("in_sequence").search(rendered.text, border, behind))
    if units and start < length:
        units[-1] = replace(units[-1], end=length)
    return units


def _where(rendered: Rendered, unit: _Unit, behind: _Unit) -> bool:
    """Whether a unit only says where the winner before a comma is from ("Desa A, Kecamatan B")."""
    if behind.kind != "winner" or behind.winner is None or unit.winner is None:
        return False
    apart = rendered.text[unit.end : _spot(rendered, behind.winner)]
    return behind.winner.label == "PLACE" and apart == ", " and lies_in(unit.winner, behind.winner)


def _unit(text: str, rendered: Rendered, start: int, end: int, number: re.Pattern[str]) -> _Unit:
    closed = {
        start + at for match in _BRACKET.finditer(rendered.text[start:end]) for at in range(*match.span())
    }
    spots = [s for s in range(start, end) if s in rendered.mentions]
    results = {s: rendered.mentions[s] for s in spots if rendered.mentions[s].label == "RESULT"}
    ranks = {s: m for s, m in results.items() if s not in closed and not _counted(text, m)}
    # a rank may stand in a bracket behind the name that has it
    ranks = ranks or {s: m for s, m in results.items() if not _counted(text, m)}
    if not ranks and (bare := number.search(rendered.text, start, end)):
        span = rendered.span(*bare.span("rank"))
        rank = Mention(*span, "RESULT", reader_rule("rank_and_winner").id, kind="peringkat")
        ranks = {bare.start("rank"): rank}
    names = [s for s in spots if _may_win(rendered, start, s)]
    first = min(ranks, default=end)
    winner = _nearest(rendered, first, [s for s in names if s not in closed], start)
    if winner is not None:
        return _Unit(start, end, ranks, whole_name(rendered, winner), winner < first < end)
    unknown = _unknown(text, rendered, first + 1, end) if first in rendered.mentions else None
    if unknown:
        return _Unit(start, end, ranks, unknown)
    return _Unit(start, end, ranks, whole_name(rendered, names[0]) if names and ranks else None)


def _nearest(rendered: Rendered, rank: int, names: Sequence[int], start: int) -> int | None:
    """Return the name that has a rank: of atas nama, behind a passive, or the last one before it."""
    behalf = [s for s in names if rendered.text[start:s].endswith("atas nama ")]
    behind = [s for s in names if s > rank]
    told = behind and grammar("has_rank").fullmatch(rendered.text, rank + 1, behind[0])
    before = [] if told else [s for s in names if s < rank]
    chosen = behalf or before[-1:] or behind
    return chosen[0] if chosen else None


def _unknown(text: str, rendered: Rendered, start: int, end: int) -> Mention | None:
    """Return the words up to a bracket as a name, if no mention stands among them and they may be one."""
    bracket = rendered.text.find("(", start, end)
    stop = bracket if bracket >= 0 else end
    if any(start <= spot < stop for spot in rendered.mentions):
        return None
    return unknown_name(text, rendered, start, stop)


def _may_win(rendered: Rendered, start: int, spot: int) -> bool:
    """Whether a mention may be a winner: no office, no country, none in a phrase of its own."""
    m = rendered.mentions[spot]
    if m.label not in RECIPIENT_LABELS or m.label == "POSITION" or m.kind in {"country", "media"}:
        return False
    before = rendered.text[start:spot]
    if grammar("about_event").search(before):
        return False
    # who was beaten has a place only if it is told: "mengalahkan Desa B (juara 2)"
    beaten = grammar("rival").search(rendered.text[:spot])
    if beaten and not grammar("rank_in_bracket").match(rendered.text, spot + 1):
        return False
    # what stands before a rank is no preposition of the name behind it, one right behind it says who has it
    ranks = [s for s, r in rendered.mentions.items() if start <= s < spot and r.label == "RESULT"]
    left = max(ranks) + 1 if ranks else start
    return bool(grammar("of_whom").fullmatch(rendered.text, left, spot)) or not in_phrase(
        rendered, left, spot
    )


def _counted(text: str, m: Mention) -> bool:
    """Whether a result is one of several medals ("3 perak"), which is a count and no rank."""
    return result_kind(text[m.start : m.end]) == "medal" and bool(
        grammar("counted_medal").search(text, max(0, m.start - _COUNT_WINDOW), m.start)
    )


def _items(units: Sequence[_Unit]) -> Iterator[_Item]:
    """Yield the ranks with those who have them."""
    letters = "".join("l" if u.later and u.kind == "winner" else _LETTERS[u.kind] for u in units)
    lists = _RANK_FIRST if letters.endswith(("w", "B")) else _RANK_LAST
    for match in lists.finditer(letters):
        told = units[match.start() : match.end()]
        ranks = [m for unit in told for m in unit.ranks.values()]
        named = [unit for unit in told if unit.winner is not None]
        start, end = told[0].start, told[-1].end
        if not ranks:
            yield _item(None, named, start, end, "winner_and_rank")
        elif len(ranks) == len(named) > 1:
            # "juara 2 dan 3 A dan B", "A dan B di posisi kedua dan ketiga"
            for rank, unit in zip(ranks, named, strict=True):
                yield _item(rank, [unit], start, end, "ranks_beside_names")
        elif len(set(ranks)) == 1 and named and told[0].ranks and not told[0].winner_first:
            for unit in named:
                first = told[0].start if unit is named[0] else unit.start
                yield _item(ranks[0], [unit], first, unit.end, "rank_and_winner")
        elif len(set(ranks)) == 1 and named:
            yield _item(ranks[0], named, start, end, "winner_and_rank")
        else:
            both = [unit for unit in told if unit.ranks and unit.winner is not None]
            for unit in both:
                reader: Reader = "winner_and_rank" if unit.kind == "winner, rank" else "rank_and_winner"
                yield _item(next(iter(unit.ranks.values())), [unit], unit.start, unit.end, reader)


def _item(rank: Mention | None, named: Sequence[_Unit], start: int, end: int, reader: Reader) -> _Item:
    return _Item(rank, tuple(u.winner for u in named if u.winner is not None), start, end, reader)


def _owner(rendered: Rendered, units: Sequence[_Unit]) -> tuple[Mention, ...] | None:
    """Return whose prizes a sentence lists, so that unknown words beside ranks are contests; else ``None``.

    "SMA 1 Batu meraih tiga prestasi, antara lain juara 1 Baris Putra, juara 3 Pidato"; where only the prizes
    are listed ("Prestasi itu yakni ..."), the context says whose they are, and nobody is returned.
    """
    ranked = [u for u in units if u.ranks]
    first = min(ranked[0].ranks)
    verb = grammar("own_verb").search(rendered.text, 0, first)
    heads: list[Mention] = []
    if verb is not None and grammar("prizes_ahead").search(rendered.text, verb.start(), first):
        heads = subject(rendered, 0, verb.start())[0]
    if not heads and not grammar("prizes_listed").search(rendered.text, 0, first):
        return None
    people = [h.label for h in heads] == ["PERSON"]
    beside = [u.winner for u in ranked if u.winner is not None and u.winner not in heads]
    others = [m for m in beside if not (m.label == "NAME" or (people and m.label != "PERSON"))]
    return None if others else tuple(heads)


def _prizes(units: Sequence[_Unit], owner: tuple[Mention, ...]) -> list[_Item]:
    """Return the ranks that a sentence lists for one winner."""
    items = []
    for unit in units:
        for rank in unit.ranks.values():
            contest = unit.winner if unit.winner not in owner else None
            named = (
                contest if contest is not None and contest.label == "NAME" and not unit.winner_first else None
            )
            items.append(_Item(rank, owner, unit.start, unit.end, "prizes_of_one", named))
    return items


def _frames(text: str, rendered: Rendered, items: Sequence[_Item]) -> Iterator[Frame]:
    """Yield the items as frames; what is told before the first one, or with the ranks before, holds on."""
    first = min(_spot(rendered, m) for m in (items[0].rank, *items[0].winners) if m is not None)
    told = _only(read_prizes(text, rendered, 0, first)[-1:])
    last: Mention | None = None
    for item in items:
        own = _only(read_prizes(text, rendered, item.start, item.end))
        if item.contest is not None and own.category is None:
            own = replace(own, category=replace(item.contest, label="CATEGORY"))
        listed = item.reader == "prizes_of_one"
        if last is not None and last != item.rank and (listed or not _goes_on(text, last, item.rank)):
            told = Prize(event=told.event)
        category, group = own.category or told.category, own.group or told.group
        told = Prize(item.rank, category, group, own.work, own.event or told.event)
        last = item.rank or last
        span = rendered.span(item.start, item.end)
        # "ketiga" alone is a rank since the ones before it are
        contest = item.rank is None or (item is not items[0] and _number_alone(text, item.rank))
        yield Frame(reader_rule(item.reader), rendered, item.winners, (told,), span=span, contest=contest)


def _goes_on(text: str, last: Mention, result: Mention | None) -> bool:
    """Whether a rank is a lower one of the contest of the rank before it."""
    ranks = _rank(text, last), _rank(text, result) if result is not None else None
    return ranks[0] is None or ranks[1] is None or ranks[0] < ranks[1]


def _number_alone(text: str, rank: Mention) -> bool:
    return grammar("bare_rank").match(text[rank.start : rank.end].lower()) is not None


def _spot(rendered: Rendered, m: Mention) -> int:
    """Return where a mention, or words of the page, stand in a rendering."""
    return bisect_left(rendered.positions, m.start)


def _only(prizes: Sequence[Prize]) -> Prize:
    return prizes[0] if prizes else Prize()
