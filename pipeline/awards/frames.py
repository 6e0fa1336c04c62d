"""Frames: the clauses of a sentence that tell of a win, with the winner and the prizes.

A frame rule rests on a verb (or, in headlines and lists, on a shape); the kind of the frame says on which
side the winner and the prize stand. Cues right before the verb or in its clause tell hopes, plans, failures,
rivals and definitions from wins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pipeline.awards.blocks.coordination import read_coordination
from pipeline.awards.capitalised_names import mostly_capitals
from pipeline.awards.clauses import Trigger, clause_end, discourse, find_triggers, last_boundary
from pipeline.awards.frame_arguments import following, given, listed, subject, whole_name
from pipeline.awards.pack import MENTION, RECIPIENT, grammar
from pipeline.awards.pairs import find_pairs
from pipeline.awards.prizes import read_prizes
from pipeline.awards.render import Rendered
from pipeline.awards.structures import Frame
from pipeline.document import Mention
from pipeline.terms.phrases import stop_words
from pipeline.trace import note

#: Reason of frames that need a winner at a place where none stands.
_NO_WINNER = "no_winner_there"
#: Who stands beside the winner ("bersama Universitas Y") stands right behind the word.
_TOGETHER_GAP = 4


@dataclass(frozen=True, slots=True)
class _Clause:
    """A trigger and the borders of its clause in the rendering."""

    rendered: Rendered
    trigger: Trigger
    left: int
    right: int

    @property
    def before(self) -> str:
        return self.rendered.text[self.left : self.trigger.start]


@dataclass(frozen=True, slots=True)
class _Roles:
    """Who wins, who gives, and where the clause speaks of prizes."""

    recipients: list[Mention]
    content: tuple[int, int]
    organisers: tuple[Mention, ...] = ()
    counted: bool = False
    beside: tuple[Mention, ...] = ()


def _active(text: str, clause: _Clause) -> _Roles | str:
    """The subject wins ("X meraih ...")."""
    if grammar("relative_other").search(clause.before):
        return "another_wins"
    antecedent = grammar("antecedent").search(clause.before)
    if antecedent:
        # "lewat Rina asal Batu, yang meraih emas": the relative clause tells of her, phrase or not
        recipients = [whole_name(clause.rendered, clause.left + antecedent.start("rec"))]
    else:
        recipients = subject(clause.rendered, clause.left, clause.trigger.start)[0]
    owner = grammar("owner").search(clause.before)
    if owner and all(m.kind == "media" for m in recipients):
        recipients = [whole_name(clause.rendered, clause.left + owner.start("rec"))]
    count = _count(clause.before)
    if count is not None:
        # "tiga siswa meraih ..., yakni A, B, dan C", or "Ketiga siswa itu adalah ..." in the next sentence
        named = _named_behind(clause)
        people = grammar("counted_people").search(clause.before[count:])
        theirs = recipients if RECIPIENT.search(clause.before, count) and not people else []
        return _Roles(named or theirs, (clause.left, clause.right), counted=not named)
    if not recipients and (
        _nobody(clause.before)
        or grammar("result_subject").search(clause.before)
        or grammar("infinitive").search(clause.rendered.text, 0, clause.trigger.start)
    ):
        return "nobody_wins"
    recipients = recipients or _main_subject(clause) or _unknown(text, clause)
    return _Roles(recipients, (clause.left, clause.right), beside=tuple(_beside(clause)))


def _goes_on(last: Frame, clause: _Clause, end: int) -> bool:
    """Whether a clause has the subject of the one before it ("juara 1 lomba SMA 1 Batu dan meraih piala").

    Args:
        last: Frame of the clause before.
        clause: The clause.
        end: Where the verb before it ends.
    """
    if clause.trigger.rule.frame != "active" or last.rule.frame != "active" or not last.recipients:
        return False
    between = clause.rendered.text[end : clause.trigger.start]
    return bool(grammar("shared_predicate").search(between)) and not set(between) & set(",;")


def _main_subject(clause: _Clause) -> list[Mention]:
    """Return the subject of the main clause for a subordinate one without its own.

    "Rina menerima bonus karena meraih emas"; "Setelah meraih emas, Rina ...".
    """
    text, verb = clause.rendered.text, clause.trigger.start
    opener = grammar("subordinate").search(text, 0, verb)
    if opener is None:
        return []
    if text[: opener.start()].strip(' ·-–—“"'):
        return [m for m in subject(clause.rendered, 0, opener.start())[0] if m.label != "PLACE"]
    comma = text.find(", ", verb)
    if comma < 0:
        return []
    found = following(clause.rendered, comma + 2, len(text), _TOGETHER_GAP)
    # "Usai menerima penghargaan, Bupati A mengatakan": an official speaks
    return [] if any(m.label == "POSITION" for m in found) else found


def _beside(clause: _Clause) -> list[Mention]:
    """Return who wins with the subject: "menjuarai kategori X bersama Universitas Y"."""
    together = grammar("together").search(clause.rendered.text, clause.trigger.end, clause.right)
    if together is None:
        return []
    others = grammar("others_named").match(clause.rendered.text, together.end())
    if others:
        return listed(clause.rendered, others.end(), clause.right)
    names = following(clause.rendered, together.end(), clause.right, _TOGETHER_GAP)
    return [m for m in names if m.label not in {"PERSON", "POSITION"}]


def _unknown(text: str, clause: _Clause) -> list[Mention]:
    """Read the capitalised words right before the verb as a name, lest the page's focus win in its place.

    Not at the start of a sentence, where one capital says nothing, and not in a headline, where all words
    have one.
    """
    rendered = clause.rendered
    sentence = rendered.sentence
    if mostly_capitals(text, sentence):
        return []
    start, end = rendered.positions[clause.left], rendered.positions[clause.trigger.start]
    match = grammar("unknown_subject").search(grammar("adverbs_at_end").sub("", text[start:end]))
    if not match:
        return []
    begin, stop = start + match.start(1), start + match.end(1) - 1
    known = any(m.start < stop and begin < m.end for m in rendered.mentions.values())
    opening = begin <= sentence.start + 1 and " " not in text[begin:stop]
    if known or opening or any(w.lower() in stop_words() for w in text[begin:stop].split()):
        return []
    return [Mention(begin, stop, "NAME", "NAM02")]


def _count(before: str) -> int | None:
    """Return where a subject starts that only counts winners ("lima siswa"), no name joined to it."""
    count = grammar("count_subject").search(before)
    if count is None or grammar("work_subject").search(before):
        return None
    if grammar("counted_works").search(before[count.start() :]):
        return None
    return None if grammar("joined").search(before, 0, count.start()) else count.start()


def _named_behind(clause: _Clause) -> list[Mention]:
    """Return the names that the sentence lists for a counted subject, behind yakni or the like."""
    text = clause.rendered.text
    for opener in grammar("named_ahead").finditer(text, clause.trigger.end):
        return listed(clause.rendered, opener.end(), len(text))
    return []


def _pronoun(before: str) -> str:
    """Return which pronoun is the subject, if one is."""
    if grammar("pronoun").search(before):
        return "third"
    return "first" if grammar("first_person").search(before) else ""


def _nobody(before: str) -> bool:
    """Whether the subject names nobody ("peserta lain", "tiga desa"); of a work its maker is meant."""
    generic = grammar("generic_subject").search(before) or grammar("count_subject").search(before)
    return generic is not None and not grammar("work_subject").search(before)


def _listing(_text: str, clause: _Clause) -> _Roles | str:
    """Only the prizes are told ("penghargaan yang diraih yakni ..."): the context says who won."""
    return _Roles([], (clause.trigger.start, clause.right))


def _passive(_text: str, clause: _Clause) -> _Roles | str:
    """The winner follows ("... diraih X"), or stands in the context where a prize is the subject."""
    recipients = following(clause.rendered, clause.trigger.end, clause.right)
    if not recipients and grammar("agent").match(clause.rendered.text[clause.trigger.end :]):
        # "diraih warga Batu yang lain, yakni Rina": a common noun wins, whom the clause may name
        recipients = _named_behind(clause)
        if not recipients:
            return _NO_WINNER
    if not recipients and not MENTION.search(clause.before):
        return _NO_WINNER
    return _Roles(recipients, (clause.left, clause.right))


def _given(_text: str, clause: _Clause) -> _Roles | str:
    """The winner follows kepada ("... diberikan kepada X")."""
    trigger = clause.trigger
    recipients = given(clause.rendered, trigger.match.end(), clause.right)
    told = clause.rendered.text[trigger.start : trigger.match.end()]
    if recipients and recipients[0].label in {"POSITION", "PERSON"} and MENTION.search(told):
        return "only_handed_over"  # "diserahkan Gubernur A kepada Bupati B"
    return _Roles(recipients, (clause.left, clause.right)) if recipients else _NO_WINNER


def _give(_text: str, clause: _Clause) -> _Roles | str:
    """The subject gives, the winner follows kepada."""
    recipients = given(clause.rendered, clause.trigger.match.end(), clause.right)
    return _with_giver(clause, recipients)


def _crown(_text: str, clause: _Clause) -> _Roles | str:
    """The subject gives, the object wins ("menobatkan X sebagai ...")."""
    return _with_giver(clause, following(clause.rendered, clause.trigger.end, clause.right))


def _with_giver(clause: _Clause, recipients: list[Mention]) -> _Roles | str:
    if not recipients:
        return _NO_WINNER
    givers = subject(clause.rendered, clause.left, clause.trigger.start)[0]
    return _Roles(recipients, (clause.left, clause.right), tuple(givers))


def _follow(_text: str, clause: _Clause) -> _Roles | str:
    """The names behind diikuti or disusul, with the prizes written beside them."""
    start = clause.trigger.end
    recipients = listed(clause.rendered, start, clause.right) or following(
        clause.rendered, start, clause.right
    )
    return _Roles(recipients, (start, clause.right)) if recipients else _NO_WINNER


def _relative(_text: str, clause: _Clause) -> _Roles | str:
    """A list of winners behind what they won ("peserta yang meraih ... adalah X dan Y"); of works none."""
    if grammar("work_list").search(clause.rendered.text, 0, clause.trigger.end):
        return "list_of_works"
    recipients = listed(clause.rendered, clause.trigger.end, clause.right)
    start = min(clause.left, clause.trigger.match.start())
    return _Roles(recipients, (start, clause.right)) if recipients else _NO_WINNER


#: What reads the arguments of each kind of frame; where it tells no win, the reason.
_READERS: Mapping[str, Callable[[str, _Clause], _Roles | str]] = {
    "active": _active,
    "title": _active,
    "listing": _listing,
    "passive": _passive,
    "received": _passive,
    "given": _given,
    "give": _give,
    "crown": _crown,
    "follow": _follow,
    "relative": _relative,
}


def _read(text: str, clause: _Clause, title: bool) -> Frame | None:
    """Read the frame of one clause; ``None`` where it tells no win."""
    rendered, trigger = clause.rendered, clause.trigger
    unreal, past = discourse(rendered, clause.left, trigger, clause.right)
    roles = "unreal" if unreal else _READERS[trigger.rule.frame](text, clause)
    if isinstance(roles, str):
        note(roles, rendered.span(clause.left, clause.right), unreal or trigger.rule.id)
        return None
    note("frame_found", rendered.span(clause.left, clause.right), trigger.rule.id)
    meant = trigger.rule.frame == "active" and not roles.recipients
    return Frame(
        trigger.rule,
        rendered,
        tuple(roles.recipients),
        tuple(read_prizes(text, rendered, *roles.content)),
        roles.organisers,
        bool(past),
        title,
        rendered.span(clause.left, clause.right),
        (past,) if past else (),
        pronoun=_pronoun(clause.before) if meant else "",
        same=bool(grammar("same").search(rendered.text, 0, clause.right)),
        counted=roles.counted,
        also=bool(grammar("also").search(clause.before)),
        beside=roles.beside,
    )


def find_frames(text: str, rendered: Rendered, title: bool = False) -> list[Frame]:
    """Find the frames of a sentence.

    Args:
        text: Article text.
        rendered: Rendered sentence.
        title: Whether the sentence is the headline.

    Returns:
        Frames in text order.
    """
    pairs = read_coordination(text, rendered) or find_pairs(text, rendered)
    if pairs:
        return [*_leaders(text, rendered, pairs, title), *pairs]
    return _clauses(text, rendered, title, len(rendered.text))


def _leaders(text: str, rendered: Rendered, pairs: list[Frame], title: bool) -> list[Frame]:
    """Return the frames before a list of pairs that tell a rank: "A juara 1, mengalahkan B (juara 2)"."""
    first = min(f.span[0] for f in pairs)
    listed_prizes = {p.result for f in pairs for p in f.prizes}
    limit = next((at for at, offset in enumerate(rendered.positions) if offset >= first), 0)
    found = _clauses(text, rendered, title, limit)
    kept = [
        f
        for f in found
        if f.recipients
        and any(p.result for p in f.prizes)
        and not any(p.result in listed_prizes for p in f.prizes)
    ]
    for frame in found:
        if frame not in kept:
            note("pairs_tell_it", frame.span, frame.rule.id)
    return kept


def _clauses(text: str, rendered: Rendered, title: bool, limit: int) -> list[Frame]:
    """Read the frames of the clauses in ``rendered.text[:limit]``."""
    triggers = [a for a in find_triggers(rendered, title) if a.end <= limit]
    frames: list[Frame] = []
    left = 0
    for number, trigger in enumerate(triggers):
        border = min(limit, clause_end(rendered, triggers, number))
        start = max(left, last_boundary(rendered.text, left, trigger.start))
        ends = grammar("other_subject") if trigger.rule.frame == "title" else grammar("next_clause")
        stop = ends.search(rendered.text, trigger.end, border)
        clause = _Clause(rendered, trigger, start, stop.start() if stop else border)
        frame = _read(text, clause, title)
        if frame:
            if frames and _goes_on(frames[-1], clause, triggers[number - 1].end):
                frame = replace(frame, recipients=frames[-1].recipients)
            if not (frame.recipients or frame.counted) and frames and trigger.rule.frame == "active":
                # a second predicate without a subject shares the one before it
                frame = replace(frame, recipients=frames[-1].recipients)
            if trigger.rule.frame == "follow" and frames and all(p.bare for p in frame.prizes):
                # "posisi pertama ditempati A, disusul B": the same contest, the rank is not told
                led = frames[-1].prizes[0]
                prize = replace(led, result=None, work=None)
                told = (led.result, led.category, led.group)
                frame = replace(frame, prizes=(prize,), contest=any(m is not None for m in told))
            frames.append(frame)
        left = border  # what one clause has read is its own
    return frames
