"""Reading the prizes in a stretch of a sentence: which rank belongs to which category, group and event."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

from pipeline.awards.normal import result_kind
from pipeline.awards.pack import grammar
from pipeline.awards.render import Rendered
from pipeline.awards.structures import Prize
from pipeline.document import Mention
from pipeline.terms.phrases import WORD, read_name, read_plain
from pipeline.terms.term_rules import traits

#: Later than any offset.
_END = sys.maxsize
#: Characters before a grade that may say that it was left behind.
_BEFORE = 16


def find_groups(text: str, start: int, end: int, blocked: frozenset[int] = frozenset()) -> list[Mention]:
    """Find classes of participants ("untuk kelompok Kabupaten/Kota", "kota kecil") in ``text[start:end]``.

    Args:
        text: Article text.
        start: First character.
        end: One past the last.
        blocked: Offsets at which a name starts, which is no part of a class.
    """
    groups = []
    for cue in grammar("group_cue").finditer(text, start, end):
        at = cue.end()
        stop = max(read_name(text, at, end, blocked), read_plain(text, at, end, 3))
        while text[stop : stop + 1] == "/" and stop + 1 < end:
            word = WORD.match(text, stop + 1, end)
            if not word:
                break
            stop = word.end()
        if stop > at:
            named = grammar("class_name").search(text, *cue.span())
            groups.append(Mention(named.start() if named else at, stop, "GROUP", "GRP01"))
    return groups + [
        Mention(*match.span(), "GROUP", "GRP02")
        for match in grammar("class_by_size").finditer(text, start, end)
    ]


def _events(mentions: Sequence[Mention]) -> list[Mention]:
    """Award events before events that only host awards."""
    return sorted((m for m in mentions if m.label == "EVENT"), key=lambda m: (m.kind == "host", m.start))


def read_prizes(text: str, rendered: Rendered, start: int, end: int) -> list[Prize]:
    """Read the prizes named in ``rendered.text[start:end]``.

    Args:
        text: Article text.
        rendered: Rendered sentence.
        start: First position in the rendering.
        end: One past the last.

    Returns:
        At least one prize, which may be empty.
    """
    mentions = rendered.between(start, end)
    bodies = frozenset(m.start for m in mentions if m.label in {"AGENCY", "ORGANISATION", "PERSON"})
    groups = find_groups(text, *rendered.span(start, end), bodies) + [
        replace(m, label="GROUP") for m in mentions if m.label == "CATEGORY" and m.kind == "group"
    ]
    items = [
        m
        for m in mentions
        if (m.label == "RESULT" and not _no_prize(text[m.start : m.end]))
        or (m.label == "CATEGORY" and m.kind != "group")
    ]
    items = [m for m in items if m.label != "RESULT" or not _left_behind(text, m)]
    if any(traits(m).cued for m in items):
        # "penghargaan Institusi ... untuk kategori Media Sosial": the word kategori says which it is
        items = [m for m in items if not traits(m).unless_cued]
    prizes = _paired(text, items)
    events = _events(mentions)
    works = [m for m in mentions if m.label == "WORK"]
    return [_complete(prizes, n, groups, works, events) for n in range(len(prizes))]


def _no_prize(result: str) -> bool:
    """Whether a result is what is handed over, or a grade that nobody is awarded."""
    return any(p.fullmatch(result.lower()) for p in (grammar("trophy"), grammar("no_prize")))


def _left_behind(text: str, result: Mention) -> bool:
    """Whether a grade is the one from before ("naik dari kategori Pratama menjadi Madya")."""
    before = text[max(0, result.start - _BEFORE) : result.start]
    return bool(grammar("left_behind").search(before) and grammar("risen_to").match(text, result.end))


def _paired(text: str, items: Sequence[Mention]) -> list[Prize]:
    """Pair ranks and categories in the order of the text.

    A rank opens a prize and so does a category, unless the other one just opened it: "Juara 1 kategori A dan
    kategori B" is two prizes with one rank, "kategori A peringkat ke-3" is one. Categories that only list
    glue divides share the rank before them.
    """
    prizes: list[Prize] = []
    current = Prize()
    for item in items:
        if item.label == "RESULT" and current.result is None:
            current = replace(current, result=item)
        elif item.label == "CATEGORY" and current.category is None:
            current = replace(current, category=item)
        elif item.label == "CATEGORY":
            prizes.append(current)
            current = Prize(_shared_rank(text, current, item), item)
        elif current.result is None or not _one_result(text, current.result, item):
            prizes.append(current)
            current = Prize(item)
        elif _is_medal(text, current.result) and not _is_medal(text, item):
            # "medali emas (Juara 1)": the rank says more
            current = replace(current, result=item)
    return prizes if current.bare and prizes else [*prizes, current]


def _shared_rank(text: str, previous: Prize, category: Mention) -> Mention | None:
    """Return the rank that a category shares with the one listed before it."""
    rank, first = previous.result, previous.category
    if rank is None or first is None or rank.start >= first.start:
        return None
    return rank if grammar("category_glue").fullmatch(text[first.end : category.start]) else None


def _one_result(text: str, first: Mention, second: Mention) -> bool:
    """Whether two words tell one result ("nominasi atau 6 besar nasional", "Juara 2 Medali Perak")."""
    between = text[first.end : second.start]
    if not between.strip(" ("):
        return _is_medal(text, first) != _is_medal(text, second)
    return bool(grammar("same_prize_glue").fullmatch(between))


def _is_medal(text: str, result: Mention) -> bool:
    return result_kind(text[result.start : result.end]) == "medal"


def _complete(
    prizes: Sequence[Prize],
    number: int,
    groups: Sequence[Mention],
    works: Sequence[Mention],
    events: Sequence[Mention],
) -> Prize:
    """Give a prize the group, work and event that stand beside it, up to the next prize."""
    prize = prizes[number]
    limit = prizes[number + 1].start if number + 1 < len(prizes) else _END
    begin = prize.start if number else 0

    def first(mentions: Sequence[Mention]) -> Mention | None:
        return next((m for m in mentions if begin <= m.start < limit), None)

    own_event = first(events) or (events[0] if events else None)
    return replace(prize, group=first(groups), work=first(works), event=own_event)
