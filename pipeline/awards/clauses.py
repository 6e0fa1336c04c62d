"""Where clauses are: the words that open a frame, and the borders between the clauses of one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.awards.frame_arguments import subject
from pipeline.awards.pack import MENTION, RECIPIENT, FrameRule, find_cue, frame_rules, grammar
from pipeline.awards.render import SYMBOLS, Rendered
from pipeline.trace import note

_PRIZE = re.compile("[" + SYMBOLS["RESULT"] + SYMBOLS["CATEGORY"] + SYMBOLS["EVENT"] + "]")
_BETWEEN_VERBS = re.compile(MENTION.pattern + r"|[,;.]")
#: Words of one predicate stand within so many characters ("berhasil keluar sebagai juara").
_ONE_PREDICATE = 45


@dataclass(frozen=True, slots=True)
class Trigger:
    """A place in a rendering where a frame rule fits.

    Args:
        start: Where its verb starts.
        end: Where what it says of the winner starts.
        rule: The rule.
        match: Its match.
    """

    start: int
    end: int
    rule: FrameRule
    match: re.Match[str]


def find_triggers(rendered: Rendered, title: bool) -> list[Trigger]:
    """Find the triggers of a sentence, in text order, one a predicate.

    Args:
        rendered: Rendered sentence.
        title: Whether it is the headline.
    """
    found: list[Trigger] = []
    for rule in frame_rules():
        if "verb" not in rule.pattern.groupindex or (rule.frame == "title" and not title):
            continue
        for match in rule.pattern.finditer(rendered.text):
            start, end = match.span("verb")
            rival = next((a for a in found if a.start <= start < a.end or start <= a.start < end), None)
            if rival:
                note("covered_by_rule", rendered.span(*match.span()), rival.rule.id)
                continue
            end = max(end, match.end() if rule.frame == "given" else end)
            found.append(Trigger(start, end, rule, match))
    kept: list[Trigger] = []
    for trigger in sorted(found, key=lambda a: a.start):
        if kept and _continues(rendered.text, kept[-1], trigger):
            note("goes_on", rendered.span(trigger.start, trigger.end), kept[-1].rule.id)
        else:
            kept.append(trigger)
    return kept


def _continues(text: str, last: Trigger, trigger: Trigger) -> bool:
    """Whether a trigger only goes on with the predicate of the one before it."""
    between = text[last.end : trigger.start]
    if last.rule.frame == trigger.rule.frame == "active":
        # "berhasil keluar sebagai juara": one predicate, however many of its words are verbs
        near = trigger.start - last.end < _ONE_PREDICATE
        if near and not _BETWEEN_VERBS.search(between):
            return True
    if last.rule.frame == "follow" and grammar("one_follower").fullmatch(between):
        return True
    if trigger.rule.frame == "listing" and not grammar("contrast").search(between):
        return True
    # "menobatkan X sebagai Terbaik I": the second word only opens the prize
    opens_prize = grammar("opens_prize").match(text, trigger.start, trigger.end)
    return opens_prize is not None and not grammar("new_predicate").search(text, last.end, trigger.start)


def last_boundary(text: str, start: int, end: int) -> int:
    """Return the end of the last word in ``text[start:end]`` that ends a clause, else ``start``."""
    last = start
    for match in grammar("boundary").finditer(text, start, end):
        last = match.end()
    return last


def clause_end(rendered: Rendered, triggers: Sequence[Trigger], number: int) -> int:
    """Return where the clause of a trigger ends: where the next one's subject or object starts."""
    if number + 1 == len(triggers):
        return len(rendered.text)
    start, upcoming = triggers[number].end, triggers[number + 1]
    if upcoming.rule.frame in {"passive", "received", "given"}:
        return _left_of_object(rendered.text, start, upcoming.start)
    if upcoming.rule.frame == "follow":
        # "diraih X, disusul Y": who follows stands behind the verb, what is before it belongs to the leader
        return upcoming.start
    if triggers[number].rule.frame == "crown" and grammar("shared_subject").search(
        rendered.text, start, upcoming.start
    ):
        # "menobatkan X sebagai A dan menetapkan Y sebagai B": who gives is the same, and X no subject
        return upcoming.start
    left = max(start, last_boundary(rendered.text, start, upcoming.start))
    end = subject(rendered, left, upcoming.start)[1]
    if triggers[number].rule.frame == "passive":
        winner = RECIPIENT.search(rendered.text, start, min(start + _ONE_PREDICATE, upcoming.start))
        if winner and winner.start() >= end:
            # "ditempati X dan berhak atas piala": X wins first, and then it is the subject
            return upcoming.start
    return _clause_cut(rendered.text, start, upcoming.start) if end == upcoming.start else end


def _clause_cut(text: str, start: int, end: int) -> int:
    """Return where a clause without a subject starts: at a comma or conjunction with no prize behind it."""
    for match in grammar("clause_conjunction").finditer(text[start:end]):
        if not _PRIZE.search(text[start + match.end() : end]):
            return start + match.start()
    return end


def _left_of_object(text: str, start: int, verb: int) -> int:
    """Return where the object of a passive starts: behind the last comma or conjunction before a prize."""
    cut = start
    for match in grammar("object_conjunction").finditer(text[start:verb]):
        if _PRIZE.search(text[start + match.end() : verb]):
            cut = start + match.end()
    return cut if cut > start else verb


def discourse(rendered: Rendered, left: int, trigger: Trigger, right: int) -> tuple[str, str]:
    """Return the cues of the clause ``rendered.text[left:right]`` by which it tells no fact, or history.

    Returns:
        Id of the cue of a hope, plan, failure, rival's defeat, of thanks or a definition, and id of that of
        history; empty where there is none.
    """
    text, clause = rendered.text, rendered.text[left:right]
    compared = grammar("compared").search(clause, trigger.end - left)
    spans = {
        "before": text[left : trigger.start],
        "behind": text[trigger.end : right],
        "clause": clause,
        "to_verb": text[left : trigger.end],
        "to_end": text[:right],
    }
    told = {**spans, "clause": clause[: compared.start()]} if compared else spans
    return find_cue(trigger.rule.frame, spans), find_cue(trigger.rule.frame, told, "past")
