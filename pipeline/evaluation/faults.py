"""What went wrong on a page, and in which stage.

A gold value that is missing or wrong is traced back through the pipeline: if the text that states it was
dropped, boilerplate stripping is at fault; if the text went on but no mention of the right label covers it,
entity recognition; otherwise the relation rules, which had the mention and did not use it. What was invented
is traced the other way: is its text gold boilerplate, is its mention no gold mention, or was a right mention
put into the wrong place?
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, Literal, get_args

from pipeline.award_schema import FIELD, FIELDS
from pipeline.document import KEPT_KINDS
from pipeline.evaluation.assignment import assign
from pipeline.evaluation.award_scores import CORE, PageAwards
from pipeline.evaluation.boilerplate_scores import gold_kinds, kinds_of_characters
from pipeline.evaluation.entity_scores import scored
from pipeline.evaluation.gold import GoldPage, Span, occurrences
from pipeline.evaluation.normalise import slot_value, values
from pipeline.evaluation.predict import Prediction
from pipeline.evaluation.sentence_scores import count_exact, trim

Kind = Literal["missed", "invented", "mixed up"]
Stage = Literal["boilerplate", "sentences", "entities", "relations"]
#: The stages that a record can be lost at, the first before the others.
_ORDER: tuple[Stage, ...] = ("boilerplate", "entities", "relations")

#: Kinds of segments whose text the relation rules may read.
READ_KINDS = frozenset({"title", "body", "caption"})

#: Labels of the mentions that can fill a slot. Other slots (year, status, group) are the relation rules' own
#: work.
SLOT_LABELS: Mapping[str, frozenset[str]] = {f.name: frozenset(f.labels) for f in FIELDS if f.labels}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that went wrong.

    Args:
        doc_id: Page.
        level: What it is about: ``boilerplate``, ``sentences``, ``entities``, ``record`` or ``slot``.
        kind: Missed, invented, or mixed up (one thing taken for another).
        stage: The first stage at fault.
        what: Name of the slot, label or segment kind; empty for records and sentences.
        predicted: What the pipeline says, or empty.
        gold: What the gold says, or empty.
        record: For slots, the gold record they belong to.
    """

    doc_id: str
    level: str
    kind: Kind
    stage: Stage
    what: str = ""
    predicted: str = ""
    gold: str = ""
    record: str = ""


def _spans(text: str, words: str, start: int = 0, end: int | None = None) -> list[Span]:
    return [Span(*limits, "") for limits in occurrences(text, words, start, end)] if words else []


class _Tracer:
    """Traces the faults of one page back to their stages."""

    def __init__(self, page: GoldPage, prediction: Prediction) -> None:
        self.page, self.prediction = page, prediction
        self.kinds = kinds_of_characters(len(page.text), prediction.article)
        self.gold_kinds = gold_kinds(page)

    def _read(self, span: Span) -> bool:
        return any(self.kinds[i] in READ_KINDS for i in range(span.start, min(span.end, len(self.kinds))))

    def _stated(self, record: Mapping[str, Any], slot: str) -> list[Span]:
        """Return where the page states a gold value: in the record's evidence, or else anywhere."""
        text = self.page.text
        quoted = [s for e in record.get("evidence") or () for s in _spans(text, str(e))]
        found: list[Span] = []
        for value in values(record.get(FIELD[slot].written or slot)):
            inside = [o for e in quoted for o in _spans(text, value, e.start, e.end)]
            found += inside or _spans(text, value)
        return found

    def unread(self, span: Span) -> Stage:
        """Return the stage that missed a gold mention."""
        return "entities" if self._read(span) else "boilerplate"

    def lost(self, record: Mapping[str, Any], slot: str) -> Stage:
        """Return the stage that lost the gold value of a slot."""
        stated = self._stated(record, slot)
        read = [span for span in stated if self._read(span)]
        if stated and not read:
            return "boilerplate"
        labels = SLOT_LABELS.get(slot)
        if (
            labels
            and read
            and not any(m.label in labels and m.overlaps(s) for m in self.prediction.spans for s in read)
        ):
            return "entities"
        return "relations"

    def lost_record(self, record: Mapping[str, Any]) -> Stage:
        """Return the first stage that lost a core slot of a record."""
        stages = (self.lost(record, slot) for slot in CORE if slot_value(record, slot) is not None)
        return min(stages, key=_ORDER.index)

    def made(self, row: int, slot: str) -> Stage:
        """Return the stage that made up the predicted value of a slot."""
        slots = self.prediction.awards[row].slots.get(slot, ()) if row < len(self.prediction.awards) else ()
        spans = [Span(s.start, s.end, "") for s in slots]
        if not spans:
            return "relations"
        if all(self.gold_kinds[i] not in READ_KINDS for s in spans for i in range(s.start, s.end)):
            return "boilerplate"
        labels = SLOT_LABELS.get(slot)
        gold = [g for g in self.page.entities or () if labels and g.label in labels]
        if labels and self.page.entities is not None and not any(g.overlaps(s) for g in gold for s in spans):
            return "entities"
        return "relations"

    def made_record(self, row: int, record: Mapping[str, Any]) -> Stage:
        """Return the first stage that made up what a false record is built from."""
        stages = (self.made(row, slot) for slot in CORE if slot_value(record, slot) is not None)
        return min(stages, key=_ORDER.index)


def _headline(record: Mapping[str, Any]) -> str:
    return " | ".join(str(record.get(slot) or "-") for slot in CORE)


def _label(record: Mapping[str, Any]) -> str:
    named = (record.get(slot) for slot in ("recipient", "category", "result"))
    return " | ".join(str(value) for value in named if value)


def _shown(record: Mapping[str, Any], slot: str) -> str:
    value = slot_value(record, slot)
    if value is None and slot == "recipient":
        value = record.get("recipient_name")
    return "; ".join(values(value))


def award_faults(page: GoldPage, prediction: Prediction, outcome: PageAwards) -> tuple[Fault, ...]:
    """Return the faults in the records of a page.

    Args:
        page: Gold page.
        prediction: What the pipeline made of it.
        outcome: The page's scored records.
    """
    tracer, doc_id = _Tracer(page, prediction), page.doc_id
    faults: list[Fault] = []
    for j in outcome.missed:
        stage = tracer.lost_record(page.awards[j])
        faults.append(Fault(doc_id, "record", "missed", stage, gold=_headline(page.awards[j])))
    for i in outcome.invented:
        row = prediction.rows[i]
        stage = tracer.made_record(i, row)
        faults.append(Fault(doc_id, "record", "invented", stage, predicted=_headline(row)))
    for i, j, comparison in outcome.pairs:
        row, gold = prediction.rows[i], page.awards[j]
        for slot in (*comparison.missed, *(s for s in comparison.wrong if s not in comparison.missed)):
            mine = _shown(row, slot) if slot in comparison.wrong else ""
            right = _shown(gold, slot) if slot in comparison.missed else ""
            kind: Kind = "mixed up" if mine and right else "missed" if right else "invented"
            stage = tracer.lost(gold, slot) if right else tracer.made(i, slot)
            faults.append(Fault(doc_id, "slot", kind, stage, slot, mine, right, _label(gold)))
    return tuple(faults)


def _overlap(a: Span, b: Span) -> float:
    """Return the shared part of two spans (0 to 1), plus 1 where the labels agree as well."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    joint = max(a.end, b.end) - min(a.start, b.start)
    return 0.0 if shared <= 0 else shared / joint + (a.label == b.label)


def _name(text: str, span: Span) -> str:
    return f"{span.label} {text[span.start : span.end]}"


def entity_faults(page: GoldPage, prediction: Prediction) -> tuple[Fault, ...]:
    """Return the faults in the mentions of a page: wrong label or limits, missed, or made up."""
    if page.entities is None:
        return ()
    tracer, text = _Tracer(page, prediction), page.text
    mine, right = scored(page, prediction.spans)
    found, wanted = sorted(mine - right - page.arguable), sorted(right - mine - page.arguable)
    weights = [[_overlap(m, g) for g in wanted] for m in found]
    # A wrong mention and the missed one that it overlaps most are one mix-up.
    pairs = {i: wanted[j] for i, j in assign(weights) if weights[i][j]}
    fault = partial(Fault, page.doc_id, "entities")
    faults: list[Fault] = []
    for i, m in enumerate(found):
        if g := pairs.get(i):
            faults.append(fault("mixed up", "entities", g.label, _name(text, m), _name(text, g)))
        else:
            faults.append(fault("invented", "entities", m.label, _name(text, m)))
    missed = [g for g in wanted if g not in pairs.values()]
    faults += [fault("missed", tracer.unread(g), g.label, gold=_name(text, g)) for g in missed]
    return tuple(faults)


def sentence_faults(page: GoldPage, prediction: Prediction) -> tuple[Fault, ...]:
    """Return the sentences that the page's best accepted reading does not have, and those it has besides."""
    if not page.sentences:
        return ()
    mine = {trim(page.text, *limits) for limits in prediction.limits}
    readings = [{trim(page.text, *limits) for limits in reading} for reading in page.sentences]
    right = max(readings, key=lambda r: count_exact(mine, r).f1)
    kept = [kind in KEPT_KINDS for kind in kinds_of_characters(len(page.text), prediction.article)]
    wanted = [kind in KEPT_KINDS for kind in gold_kinds(page)]
    # Where what was kept differs from the gold, the splitter never saw the text as it should be.
    strange = {i for i, ch in enumerate(page.text) if not ch.isspace() and kept[i] != wanted[i]}
    spoilt = [limits for limits in mine | right if not strange.isdisjoint(range(*limits))]
    faults = []
    for start, end in sorted(mine ^ right):
        text = page.text[start:end]
        stage: Stage = "boilerplate" if any(a < end and start < b for a, b in spoilt) else "sentences"
        if (start, end) in right:
            faults.append(Fault(page.doc_id, "sentences", "missed", stage, gold=text))
        else:
            faults.append(Fault(page.doc_id, "sentences", "invented", stage, predicted=text))
    return tuple(faults)


def boilerplate_faults(page: GoldPage, prediction: Prediction) -> tuple[Fault, ...]:
    """Return the stretches of a page that were dropped though title or body, or kept though boilerplate."""
    if page.boilerplate is None:
        return ()
    mine, right = kinds_of_characters(len(page.text), prediction.article), gold_kinds(page)
    # "" where both agree or nothing is printed; white space joins the stretch before it.
    marks: list[str] = []
    for ch, m, g in zip(page.text, mine, right, strict=True):
        if ch.isspace() and ch != "\n" and marks:
            marks.append(marks[-1])
        else:
            kept, wanted = m in KEPT_KINDS, g in KEPT_KINDS
            marks.append("" if kept == wanted or ch.isspace() else "missed" if wanted else "invented")
    faults, start = [], 0
    for mark, run in groupby(marks):
        end = start + len(list(run))
        text = page.text[start:end].strip()
        if mark == "missed":
            faults.append(Fault(page.doc_id, "boilerplate", "missed", "boilerplate", mine[start], gold=text))
        elif mark == "invented":
            faults.append(
                Fault(page.doc_id, "boilerplate", "invented", "boilerplate", right[start], predicted=text)
            )
        start = end
    return tuple(faults)


def page_faults(page: GoldPage, prediction: Prediction, outcome: PageAwards) -> tuple[Fault, ...]:
    """Return all faults of a page, stage by stage."""
    return (
        *boilerplate_faults(page, prediction),
        *sentence_faults(page, prediction),
        *entity_faults(page, prediction),
        *award_faults(page, prediction, outcome),
    )


def count_faults(faults: Sequence[Fault]) -> dict[str, dict[str, int]]:
    """Return how many faults in records and slots each stage has, by kind."""
    tally: dict[str, dict[str, int]] = {stage: dict.fromkeys(get_args(Kind), 0) for stage in _ORDER}
    for fault in faults:
        if fault.level in {"record", "slot"}:
            tally[fault.stage][fault.kind] += 1
    return tally


def count_slots(faults: Sequence[Fault]) -> dict[str, dict[str, int]]:
    """Return how many faults each slot of the aligned records has, by kind, the worst slot first."""
    tally: dict[str, dict[str, int]] = {}
    for fault in faults:
        if fault.level == "slot":
            tally.setdefault(fault.what, dict.fromkeys(get_args(Kind), 0))[fault.kind] += 1
    return dict(sorted(tally.items(), key=lambda item: (-sum(item[1].values()), item[0])))
