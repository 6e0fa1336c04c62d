"""Winner lists inside one sentence: pairs of prize and name ("Juara 1 SMA 2 Batu, Juara 2 SMA 1 Agam")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from pipeline.awards.frame_arguments import subject, whole_name
from pipeline.awards.normal import rank_of
from pipeline.awards.pack import FrameRule, PairKind, frame_rules, grammar, reader_rule
from pipeline.awards.prizes import read_prizes
from pipeline.awards.render import RECIPIENT_LABELS, Rendered
from pipeline.awards.structures import Frame, Prize
from pipeline.document import Mention
from pipeline.trace import note

_BRACKET = re.compile(r" ?\([^()]*\)")


def find_pairs(text: str, rendered: Rendered) -> list[Frame]:
    """Read the winner list of a sentence: at least two pairs, or one that is all the sentence says.

    Args:
        text: Article text.
        rendered: Rendered sentence.
    """
    shared = _distributed(text, rendered)
    if shared:
        return shared
    if grammar("follows").search(rendered.text):
        return _aligned(text, rendered)
    for rule in sorted(frame_rules(), key=lambda r: not _says_so(rendered, r)):
        if rule.frame not in get_args(PairKind):
            continue
        matches = list(rule.pattern.finditer(rendered.text))
        if not matches:
            continue
        reason = _no_list(rendered, rule, matches)
        if reason:
            note(reason, rendered.span(matches[0].start(), matches[-1].end()), rule.id)
            continue
        frames = []
        for number in range(len(matches)):
            frames.append(_pair(text, rendered, rule, matches, number))
            frames += _beside(text, rendered, frames[-1], matches[number])
        return frames
    return _aligned(text, rendered)


def _no_list(rendered: Rendered, rule: FrameRule, matches: Sequence[re.Match[str]]) -> str:
    """Return why the pairs of a rule are no list of winners, empty if they are one."""
    if len(matches) < 2 and not _alone(rendered, rule, matches[0]):
        return "one_pair_only"
    if rule.frame == "pair_number" and not grammar("prize_noun").search(rendered.text):
        return "numbers_without_prize"
    if rule.frame == "pair" and _of_one_person(rendered, matches):
        return "prizes_of_one_person"
    return ""


def _distributed(text: str, rendered: Rendered) -> list[Frame]:
    """Pair a list of ranks with the list of as many names beside it, and what stands before them.

    "terbaik kedua dan ketiga Desa A dan Desa B"; "Desa A dan Desa B di posisi kedua dan ketiga".
    """
    for pattern in (grammar("ranks_then_names"), grammar("names_then_ranks")):
        match = pattern.search(rendered.text)
        if match is None:
            continue
        ranks = [s for s in _spots(rendered, match, "ranks") if rendered.mentions[s].label == "RESULT"]
        names = [s for s in _spots(rendered, match, "names") if rendered.mentions[s].label != "PLACE"]
        names = names or _spots(rendered, match, "names")
        if len(ranks) != len(names):
            continue
        head = _first(read_prizes(text, rendered, 0, match.start())[-1:])
        frames = []
        for rank, name in zip(ranks, names, strict=True):
            prize = Prize(rendered.mentions[rank], head.category, head.group, event=head.event)
            winner = whole_name(rendered, name)
            frames.append(
                Frame(
                    reader_rule("ranks_beside_names"),
                    rendered,
                    (winner,),
                    (prize,),
                    span=rendered.span(*match.span()),
                )
            )
        return frames
    return []


def _spots(rendered: Rendered, match: re.Match[str], group: str) -> list[int]:
    """Return the positions of the mentions inside a group of a match."""
    return [s for s in sorted(rendered.mentions) if match.start(group) <= s < match.end(group)]


def _of_one_person(rendered: Rendered, matches: Sequence[re.Match[str]]) -> bool:
    """Whether the prizes are one person's, so that the names behind them are contests.

    "Rina meraih banyak prestasi, di antaranya juara 1 OSK, juara 2 Statistika ITS".
    """
    heads = subject(rendered, 0, matches[0].start())[0]
    verb = grammar("own_verb").search(rendered.text, 0, matches[0].start())
    winners = {rendered.mentions[m.start("rec")].label for m in matches}
    return verb is not None and [h.label for h in heads] == ["PERSON"] and "PERSON" not in winners


def _aligned(text: str, rendered: Rendered) -> list[Frame]:
    """Pair ranks with names by their order: as many names as different ranks, each between two ranks.

    "Kota A juara 1, disusul B juara 2, dan juara 3 C"; "terbaik kedua dengan nilai 64 atas nama A, dan
    terbaik ketiga dengan nilai 62 atas nama B".
    """
    ranks = [
        s for s, m in sorted(rendered.mentions.items()) if m.label == "RESULT" and rank_of(_words(text, m))
    ]
    if len({rank_of(_words(text, rendered.mentions[s])) for s in ranks}) < 2 or len(ranks) < 2:
        return []
    heads = _heads(rendered)
    chosen = _choose(rendered, ranks, heads)
    if chosen is None:
        return []
    frames = []
    for number, (rank, name) in enumerate(zip(ranks, chosen, strict=True)):
        start = min(rank, name)
        after = [p for p in (*ranks, *chosen) if p > max(rank, name)]
        end = min(after, default=len(rendered.text))
        own = _first(read_prizes(text, rendered, rank, end))
        head = _first(read_prizes(text, rendered, 0, min(ranks[0], chosen[0]))[-1:])
        prize = replace(own, category=own.category or head.category, group=own.group or head.group)
        prize = replace(prize, event=own.event or head.event) if number or own.event is None else prize
        winner = whole_name(rendered, name)
        frames.append(
            Frame(
                reader_rule("ranks_and_names"), rendered, (winner,), (prize,), span=rendered.span(start, end)
            )
        )
    return frames


def _words(text: str, m: Mention) -> str:
    return text[m.start : m.end]


def _heads(rendered: Rendered) -> list[int]:
    """Return the names that may win: no offices, no regions behind a name, none that hold the event."""
    heads: list[int] = []
    for spot, m in sorted(rendered.mentions.items()):
        if m.label not in RECIPIENT_LABELS or m.label == "POSITION" or m.kind == "country":
            continue
        glue = rendered.text[heads[-1] + 1 : spot] if heads else ""
        if heads and m.label == "PLACE" and glue.strip(" ,") in {"", "di", "dari"}:
            continue  # "Desa A, Kecamatan B"
        if not grammar("about_event").search(rendered.text[:spot]):
            heads.append(spot)
    return heads


def _choose(rendered: Rendered, ranks: Sequence[int], heads: Sequence[int]) -> list[int] | None:
    """Return the name of each rank: the one close before it, else the one behind."""
    chosen: list[int] = []
    borders = [-1, *ranks, len(rendered.text)]
    for number, rank in enumerate(ranks):
        before = [h for h in heads if borders[number] < h < rank and h not in chosen]
        behind = [h for h in heads if rank < h < borders[number + 2]]
        close = bool(before) and bool(grammar("rank_glue").fullmatch(rendered.text, before[-1] + 1, rank))
        if close:
            chosen.append(before[-1])
        elif len(behind) == 1 or (
            behind and grammar("winner_glue").search(rendered.text, rank + 1, behind[0])
        ):
            chosen.append(behind[0])
        else:
            return None
    return chosen


def _says_so(rendered: Rendered, rule: FrameRule) -> bool:
    """Whether names stand before their ranks and words say so: "A sebagai juara 1, B sebagai juara 2"."""
    if rule.frame != "pair_after":
        return False
    return sum(bool(grammar("as_rank").search(m.group())) for m in rule.pattern.finditer(rendered.text)) > 1


def _beside(text: str, rendered: Rendered, pair: Frame, match: re.Match[str]) -> list[Frame]:
    """Return the pairs behind one that share its prize: "perunggu untuk A (SMA 1) dan B (SMA 2)"."""
    frames: list[Frame] = []
    at = match.end()
    while step := grammar("bracketed_next").match(rendered.text, at):
        spot = step.start("rec")
        if spot not in rendered.mentions:
            break
        prize = pair.prizes[0]
        own = _first(read_prizes(text, rendered, spot, step.end()))
        prize = replace(prize, category=own.category or prize.category)
        winner = whole_name(rendered, spot)
        frames.append(replace(pair, recipients=(winner,), prizes=(prize,), span=rendered.span(*step.span())))
        at = step.start("bracket")
    return frames


def _alone(rendered: Rendered, rule: FrameRule, match: re.Match[str]) -> bool:
    """Whether one pair is enough: on somebody's behalf, or all that is said ("Juara 2, Rina.")."""
    if " atas nama " in match.group():
        return True
    opens = grammar("before_pair").fullmatch(rendered.text, 0, match.start()) is not None
    if rule.frame == "pair_after":
        # "Sementara Kecamatan A dan Kecamatan B dengan predikat Baik": the verb is in the sentence before
        opens = opens and match.start() > 1
    elif rule.frame != "pair" or not grammar("pair_glue").search(rendered.text, 0, match.start("rec")):
        return False
    return opens and not grammar("own_verb").search(rendered.text)


def _first(prizes: Sequence[Prize]) -> Prize:
    return prizes[0] if prizes else Prize()


def _pair(
    text: str, rendered: Rendered, rule: FrameRule, matches: Sequence[re.Match[str]], number: int
) -> Frame:
    """Build the frame of one pair: its own prize, and what the sentence says before the list for all."""
    match = matches[number]
    bracket = _BRACKET.match(rendered.text, match.end())
    last = len(rendered.text) if rule.frame == "pair_number" else (bracket or match).end()
    upcoming = matches[number + 1].start() if number + 1 < len(matches) else last
    window = (match.start(), max(match.end(), upcoming))
    own = _first(read_prizes(text, rendered, *window))
    # "(1) Kota A, Gold Winner kategori B": the number only counts
    if rule.frame == "pair_number" and own.result is None:
        window = match.span()
        own = _first(read_prizes(text, rendered, *window))
        start, end = rendered.span(*match.span("num"))
        own = replace(own, result=Mention(start, end, "RESULT", rule.id, kind="peringkat"))
    head = _first(read_prizes(text, rendered, 0, matches[0].start())[-1:])
    whole = _first(read_prizes(text, rendered, 0, len(rendered.text)))
    prize = Prize(
        own.result,
        own.category or head.category,
        own.group or head.group,
        own.work,
        own.event or head.event or whole.event,
    )
    spots = sorted(s for s in rendered.mentions if match.start("rec") <= s < match.end("rec"))
    # the region right behind a name belongs to it
    heads = [s for s in spots if not (rendered.mentions[s].label == "PLACE" and s - 2 in spots)]
    winners = tuple(whole_name(rendered, s) for s in heads)
    return Frame(rule, rendered, winners, (prize,), span=rendered.span(*window))
