"""Winner lists inside one sentence: pairs of prize and name ("Juara 1 SMA 2 Batu, Juara 2 SMA 1 Agam")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.awards.model import Frame, Prize
from pipeline.awards.prizes import read_prizes
from pipeline.awards.render import Rendered
from pipeline.awards.rules import FrameRule, frame_rules, grammar
from pipeline.awards.subjects import whole_name
from pipeline.document import Mention


def find_pairs(text: str, rendered: Rendered) -> list[Frame]:
    """Read the winner list of a sentence: at least two pairs, or one that is all the sentence says.

    Args:
        text: Article text.
        rendered: Rendered sentence.
    """
    if grammar("follows").search(rendered.text):
        return []
    for rule in frame_rules():
        if not rule.frame.startswith("pair"):
            continue
        matches = list(rule.pattern.finditer(rendered.text))
        if len(matches) < 2 and not any(_alone(rendered, rule, m) for m in matches):
            continue
        if rule.frame == "pair_number" and not grammar("prize_noun").search(rendered.text):
            continue
        return [_pair(text, rendered, rule, matches, number) for number in range(len(matches))]
    return []


def _alone(rendered: Rendered, rule: FrameRule, match: re.Match[str]) -> bool:
    """Whether one pair is enough: on somebody's behalf, or all that the sentence says ("Juara 2, Rina.")."""
    if " atas nama " in match.group():
        return True
    if rule.frame != "pair" or not grammar("pair_glue").search(rendered.text, 0, match.start("rec")):
        return False
    opens = grammar("before_pair").fullmatch(rendered.text, 0, match.start()) is not None
    return opens and not grammar("own_verb").search(rendered.text)


def _first(prizes: Sequence[Prize]) -> Prize:
    return prizes[0] if prizes else Prize()


def _pair(
    text: str, rendered: Rendered, rule: FrameRule, matches: Sequence[re.Match[str]], number: int
) -> Frame:
    """Build the frame of one pair: its own prize, and what the sentence says before the list for all."""
    match = matches[number]
    upcoming = matches[number + 1].start() if number + 1 < len(matches) else match.end()
    window = (match.start(), max(match.end(), upcoming if rule.frame != "pair_number" else match.end()))
    own = _first(read_prizes(text, rendered, *window))
    if rule.frame == "pair_number":
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
    return Frame(rule.id, rendered, winners, (prize,), span=rendered.span(*window))
