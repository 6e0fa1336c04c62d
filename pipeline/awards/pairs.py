"""Winner lists inside one sentence: pairs of prize and name ("Juara 1 SMA 2 Batu, Juara 2 SMA 1 Agam")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from pipeline.awards.frame_arguments import whole_name
from pipeline.awards.pack import FrameRule, PairKind, frame_rules, grammar
from pipeline.awards.prizes import read_prizes
from pipeline.awards.render import Rendered
from pipeline.awards.structures import Frame, Prize
from pipeline.document import Mention
from pipeline.trace import note

_BRACKET = re.compile(r" ?\([^()]*\)")


def find_pairs(text: str, rendered: Rendered) -> list[Frame]:
    """Read the winner list of a sentence that a rule finds by the shape of its pairs: at least two.

    Args:
        text: Article text.
        rendered: Rendered sentence.
    """
    for rule in frame_rules():
        if rule.frame not in get_args(PairKind):
            continue
        matches = list(rule.pattern.finditer(rendered.text))
        if not matches:
            continue
        reason = _no_list(rendered, rule, matches)
        if reason:
            note(reason, rendered.span(matches[0].start(), matches[-1].end()), rule.id)
            continue
        return [_pair(text, rendered, rule, matches, number) for number in range(len(matches))]
    return []


def _no_list(rendered: Rendered, rule: FrameRule, matches: Sequence[re.Match[str]]) -> str:
    """Return why the pairs of a rule are no list of winners, empty if they are one."""
    if len(matches) < 2:
        return "one_pair_only"
    if rule.frame == "pair_number" and not grammar("prize_noun").search(rendered.text):
        return "numbers_without_prize"
    return ""


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
