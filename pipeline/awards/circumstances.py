"""The scene of the award: what the article says once for all its records (organiser, day, place, people)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.awards.pack import HandoverRule, circumstance_rules, find_cue, grammar, handover_rules
from pipeline.awards.render import Rendered
from pipeline.document import Mention
from pipeline.trace import listening, note

#: Characters before a hand-over in which a cue may say that it is still to come.
_CUE_WINDOW = 60
#: A venue stands within so many characters before its date.
_VENUE_WINDOW = 160


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A value of the scene: its span, the sentence and rule that gave it, and how sure the place of it is."""

    start: int
    end: int
    sentence: int
    rule: str
    weight: float = 0.0
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """A person in a role: the name, the office, or both."""

    name: Circumstance | None
    position: Circumstance | None
    sentence: int
    rule: str


@dataclass(slots=True)
class Circumstances:
    """All facts of the scene, in the order of the text."""

    organisers: list[Circumstance] = field(default_factory=list)
    dates: list[Circumstance] = field(default_factory=list)
    places: list[Circumstance] = field(default_factory=list)
    givers: list[Participant] = field(default_factory=list)
    receivers: list[Participant] = field(default_factory=list)
    #: fullest office of each person, by the person's name
    offices: dict[str, Circumstance] = field(default_factory=dict)


def _person(rendered: Rendered, match: re.Match[str], rule: str) -> Participant | None:
    """Return the person of a match, by the groups of the ``official`` macro."""

    def found(*groups: str) -> Circumstance | None:
        spots = [match.start(group) for group in groups if match.group(group)]
        return _found(rendered, rendered.mentions[spots[0]], rule) if spots else None

    name, position = found("per", "per2"), found("pos", "pos2")
    return Participant(name, position, rendered.index, rule) if name or position else None


def _found(rendered: Rendered, m: Mention, rule: str, weight: float = 0.0) -> Circumstance:
    return Circumstance(m.start, m.end, rendered.index, rule, weight, m)


def _handover(rendered: Rendered, scene: Circumstances, speaker: Mention | None = None) -> None:
    """Read who gave and who received in a sentence; who stands in for another is the receiver."""
    if not any(grammar(name).search(rendered.text) for name in ("handover_noun", "handover_verb")):
        return
    proxies: list[Participant] = []
    receivers = scene.receivers
    roles = {
        "giver": scene.givers,
        "proxy": proxies,
        "receiver": receivers,
        "speaker_receiver": receivers,
        "speaker": receivers,
    }
    for rule in handover_rules():
        for match in rule.pattern.finditer(rendered.text):
            if find_cue("handover", {"before": rendered.text[: match.start()][-_CUE_WINDOW:]}):
                continue
            person = _party(rendered, match, rule, speaker)
            if person is not None:
                roles[rule.role].append(person)
    if proxies:
        scene.receivers = proxies + [r for r in scene.receivers if r.sentence != rendered.index]


def _party(
    rendered: Rendered, match: re.Match[str], rule: HandoverRule, speaker: Mention | None
) -> Participant | None:
    """Return whom a hand-over rule means: the official it names, or who speaks."""
    person = _person(rendered, match, rule.id) if "pos" in match.re.groupindex else None
    if person is None and rule.role == "speaker":
        m = _speaker(rendered, match.start(), speaker)
        return Participant(_found(rendered, m, rule.id), None, rendered.index, rule.id) if m else None
    return person


def _offices(rendered: Rendered, scene: Circumstances) -> None:
    """Keep the fullest office that a sentence gives for each person."""
    for match in grammar("official").finditer(rendered.text):
        person = _person(rendered, match, "OFF01")
        if person and person.name and person.position and person.name.mention:
            name = person.name.mention.name
            known = scene.offices.get(name)
            office = person.position
            if name and (known is None or office.end - office.start > known.end - known.start):
                scene.offices[name] = office


def _speaker(rendered: Rendered, at: int, previous: Mention | None) -> Mention | None:
    """Return the person named last before position ``at``: whom "-nya" and "ia" mean."""
    persons = [m for spot, m in sorted(rendered.mentions.items()) if spot < at and m.label == "PERSON"]
    return persons[-1] if persons else previous


def _refused_dates(rendered: Rendered) -> frozenset[int]:
    """Return the positions of dates that are not the award's: of quotations and press releases."""
    return frozenset(
        m.start("date")
        for rule in circumstance_rules("date_no")
        for m in rule.pattern.finditer(rendered.text)
    )


def _planned(rendered: Rendered, match: re.Match[str]) -> bool:
    """Whether what a rule found is still to come, and no hand-over ("pemenang akan diumumkan di Jakarta")."""
    handed = grammar("handed").match(match.group())
    return handed is None and bool(grammar("planned").search(rendered.text, 0, match.start()))


def _dates(
    rendered: Rendered, weight: float, wins: bool, refused: frozenset[int], scene: Circumstances
) -> None:
    """Read the days of the event; earlier rules of the table are surer.

    Args:
        rendered: Rendered sentence.
        weight: What facts of this sentence weigh.
        wins: Whether the sentence tells a win, so that any date in it may be the award's.
        refused: Positions of dates that are not.
        scene: CircumstanceIndex found so far.
    """
    rules = circumstance_rules("date") + (circumstance_rules("date_win") if wins else ())
    for rule in rules:
        for match in rule.pattern.finditer(rendered.text):
            at = match.start("date")
            m = rendered.mentions[at]
            if (
                at not in refused
                and not _planned(rendered, match)
                and not any(f.start == m.start for f in scene.dates)
            ):
                scene.dates.append(_found(rendered, m, rule.id, weight + rule.weight))


def _venues(
    source: str, rendered: Rendered, weight: float, refused: frozenset[int], scene: Circumstances
) -> None:
    """Read the capitalised words between "di" and a date, which name a venue whoever knows it."""
    if not grammar("scene_word").search(rendered.text):
        return
    for spot, date in rendered.mentions.items():
        if date.label != "DATE" or spot in refused:
            continue
        first = max(rendered.sentence.start, date.start - _VENUE_WINDOW)
        match = grammar("venue_before_date").search(source[first : date.start])
        if match:
            start, end = first + match.start("place"), first + match.end("place")
            inner = [m for m in rendered.mentions.values() if start <= m.start and m.end <= end and m.code]
            place = inner[-1] if inner else None
            scene.places.append(Circumstance(start, end, rendered.index, "L05", weight + 1.0, place))


def _places(source: str, rendered: Rendered, weight: float, scene: Circumstances) -> None:
    """Read where the event was held: a phrase, linked by the last place in it."""
    for rule in circumstance_rules("place"):
        for match in rule.pattern.finditer(rendered.text):
            start, end = rendered.span(*match.span("place"))
            end = start + len(source[start:end].rstrip(" ,&-–"))
            if (
                end - start > 2
                and not _planned(rendered, match)
                and not any(f.start < end and start < f.end for f in scene.places)
            ):
                inner = rendered.between(*match.span("place"), "PLACE")
                sure = weight + rule.weight
                place = inner[-1] if inner else None
                scene.places.append(Circumstance(start, end, rendered.index, rule.id, sure, place))


def _organisers(rendered: Rendered, weight: float, scene: Circumstances) -> None:
    """Read who held the event, up to three bodies a rule."""
    for rule in circumstance_rules("organiser"):
        for match in rule.pattern.finditer(rendered.text):
            for group in match.re.groupindex:
                m = rendered.mentions[match.start(group)] if match.start(group) >= 0 else None
                if m is not None and not any(f.start == m.start for f in scene.organisers):
                    scene.organisers.append(_found(rendered, m, rule.id, weight + rule.weight))


def _distance(number: int, ordered: Sequence[int]) -> int:
    at = bisect_left(ordered, number)
    return min((abs(number - w) for w in ordered[max(0, at - 1) : at + 1]), default=9)


def read_circumstances(
    text: str, sentences: Sequence[Rendered], captions: Sequence[Rendered], wins: frozenset[int]
) -> Circumstances:
    """Read the scene of an article.

    Args:
        text: Article text.
        sentences: Rendered title and body sentences.
        captions: Rendered captions: receivers and givers only.
        wins: Indices of the sentences that tell a current win; facts in and near them weigh more.
    """
    scene = Circumstances()
    speaker: Mention | None = None
    ordered = sorted(wins)
    for rendered in sentences:
        _offices(rendered, scene)
    for rendered in sentences:
        near = _distance(rendered.index, ordered)
        weight = 2.0 if near == 0 else 1.5 if near <= 2 else 0.5
        _handover(rendered, scene, speaker)
        speaker = _speaker(rendered, len(rendered.text), speaker)
        refused = _refused_dates(rendered)
        _dates(rendered, weight, near == 0, refused, scene)
        _venues(text, rendered, weight, refused, scene)
        _places(text, rendered, weight, scene)
        _organisers(rendered, weight, scene)
    for rendered in captions:
        before = Circumstances()
        _handover(rendered, before)
        scene.givers += before.givers
        scene.receivers += before.receivers
    return scene


#: From this distance on a fact is equally far.
FAR = 8
_TOP = 40


class CircumstanceIndex:
    """Facts of one slot, to be asked for the one that fits a record best.

    Args:
        found: The facts of a page.
    """

    def __init__(self, found: Sequence[Circumstance]) -> None:
        self._all = sorted(found, key=lambda f: (f.sentence, f.start))
        self._sentences = [f.sentence for f in self._all]
        self._top = sorted(self._all, key=lambda f: (-f.weight, f.start))[:_TOP]

    def beside(self, fact: Circumstance) -> list[Circumstance]:
        """Return the facts that the same rule gave in the same sentence."""
        start, end = bisect_left(self._sentences, fact.sentence), bisect_right(self._sentences, fact.sentence)
        return [f for f in self._all[start:end] if f.rule == fact.rule]

    def nearest(
        self,
        sentences: Sequence[int],
        allowed: frozenset[int] | None,
        fits: Callable[[Circumstance], bool] = lambda _fact: True,
    ) -> Circumstance | None:
        """Return the fact of most weight, less the distance to the sentences that tell the record.

        Args:
            sentences: Sentences of the record.
            allowed: Sentences that facts may come from, ``None`` for all.
            fits: Further condition.
        """
        near = {
            n
            for s in sentences
            for n in range(bisect_left(self._sentences, s - FAR), bisect_right(self._sentences, s + FAR))
        }
        best: tuple[float, int] | None = None
        chosen: Circumstance | None = None
        rivals: list[Circumstance] = []
        for fact in (*(self._all[n] for n in sorted(near)), *self._top):
            if (allowed is not None and fact.sentence not in allowed) or not fits(fact):
                continue
            distance = min(abs(fact.sentence - s) for s in sentences)
            value = (fact.weight - 0.15 * min(distance, FAR), -fact.start)
            rivals.append(fact)
            if best is None or value > best:
                best, chosen = value, fact
        if chosen is not None and listening():
            for fact in dict.fromkeys(rivals):
                if fact != chosen:
                    note("surer_circumstance", (fact.start, fact.end), fact.rule, (chosen.start, chosen.end))
        return chosen
