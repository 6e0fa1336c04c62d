"""What the stages found on a page and decided, sentence by sentence and slot by slot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.award_schema import FIELDS
from pipeline.awards.pack import MENTION, grammar
from pipeline.awards.render import SYMBOLS, Rendered
from pipeline.awards.render_article import render_sentences
from pipeline.document import Award, Mention, Page, Slot
from pipeline.errors import UsageError
from pipeline.explanations.parts import Decision, RecordExplanation, SentenceExplanation, SlotExplanation
from pipeline.explanations.rendition import as_html, as_text
from pipeline.flow import STAGES, Analysis
from pipeline.lexicon.code_rules import rule_meaning
from pipeline.trace import Note, reasons, tracing

_LABELS = {symbol: label for label, symbol in SYMBOLS.items()}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a page gives the records that it gives.

    Args:
        doc_id: Id of the page.
        text: The text that the stages read; all offsets are of it.
        sentences: Its sentences.
        records: Its records.
    """

    doc_id: str
    text: str
    sentences: tuple[SentenceExplanation, ...]
    records: tuple[RecordExplanation, ...]

    def of_record(self, record_id: str) -> Explanation:
        """Return the explanation of one record: its slots, and the sentences that its slots stand in.

        Args:
            record_id: Id, as in the table; its beginning is enough.

        Raises:
            UsageError: If the page has no such record.
        """
        found = [r for r in self.records if r.award.record_id.startswith(record_id)]
        if len(found) != 1:
            known = ", ".join(r.award.record_id for r in self.records) or "none"
            raise UsageError(f"{self.doc_id} has no record {record_id!r}; its records: {known}")
        numbers = {s.slot.sentence for s in found[0].slots}
        return replace(
            self, records=tuple(found), sentences=tuple(s for s in self.sentences if s.number in numbers)
        )

    def of_sentence(self, number: int) -> Explanation:
        """Return the explanation of one sentence.

        Args:
            number: Its index, as in the column ``sentence``.

        Raises:
            UsageError: If the page has no such sentence.
        """
        found = tuple(s for s in self.sentences if s.number == number)
        if not found:
            raise UsageError(f"{self.doc_id} has no sentence {number}; it has 0 to {len(self.sentences) - 1}")
        return replace(self, sentences=found, records=())

    def __str__(self) -> str:
        return as_text(self.doc_id, self.text, self.sentences, self.records)

    def __repr__(self) -> str:
        return f"<Explanation of {self.doc_id}: {len(self.sentences)} sentences, {len(self.records)} records>"

    def _repr_html_(self) -> str:
        return as_html(self.doc_id, self.text, self.sentences, self.records)


def explain_page(page: Page, *, engine: str = "spacy") -> Explanation:
    """Run a page through the stages and tell what they decided.

    Args:
        page: The page.
        engine: Name of the engine that splits sentences.

    Raises:
        PageError: If the page cannot be processed.
        UsageError: If the engine is unknown or not installed.
    """
    analysis = Analysis(page, engine)
    with tracing() as tracer:
        for stage in STAGES:
            stage.run(analysis)
    article, sentences = analysis.article, analysis.sentences
    mentions = sorted(analysis.mentions, key=_order)
    rendered: dict[int, list[Rendered]] = {}
    for part in render_sentences(article, sentences, mentions):
        rendered.setdefault(part.index, []).append(part)
    return Explanation(
        page.doc_id,
        article.text,
        tuple(
            SentenceExplanation(
                number,
                article.text[sentence.start : sentence.end],
                tuple(m for m in mentions if sentence.start <= m.start < sentence.end),
                " ".join(_readable(part.text) for part in rendered[number]),
                tuple(_decisions(article.text, tracer.notes, sentence.start, sentence.end)),
            )
            for number, sentence in enumerate(sentences)
        ),
        tuple(_record(article.text, award, tracer.notes) for award in analysis.awards),
    )


def _order(mention: Mention) -> tuple[int, int, str, str]:
    return mention.start, -mention.end, mention.label, mention.rule


def _readable(rendering: str) -> str:
    return MENTION.sub(lambda match: f"[{_LABELS[match.group()]}]", rendering)


def _decisions(text: str, notes: Sequence[Note], start: int, end: int) -> Iterator[Decision]:
    """Yield what was decided about a sentence; of one that no step looked at, why none did."""
    own = [n for n in notes if start <= n.start < end and reasons()[n.reason].action != "chosen"]
    yield from dict.fromkeys(_decision(text, n) for n in own)
    if all(reasons()[n.reason].stage == "terms" for n in own):
        told = grammar("trigger").search(text, start, end)
        reason = reasons()["no_frame" if told else "no_trigger"]
        yield Decision(reason.action, reason.id, "", reason.meaning, told.group() if told else "")


def _decision(text: str, note: Note) -> Decision:
    reason = reasons()[note.reason]
    other = text[slice(*note.other)] if note.other else ""
    # what decided is explained once, where it is first met
    meaning = rule_meaning(note.by) if note.reason in {"frame_found", "unreal"} else None
    by = f" {note.by}: {meaning}" if meaning else f" ({note.by})" if note.by else ""
    why = reason.meaning + by
    return Decision(reason.action, note.reason, note.by, why, text[note.start : note.end], other)


def _record(text: str, award: Award, notes: Sequence[Note]) -> RecordExplanation:
    """Explain a record; what was told of it lies in the span of its evidence or was joined to that."""
    evidence = (award.start, award.end)
    joined = [n for n in notes if reasons()[n.reason].action == "joined" and _touch(n.other, evidence)]
    names = [f.name for f in FIELDS if f.name in award.slots]
    return RecordExplanation(
        award,
        tuple(_slot(text, name, slot, notes) for name in names for slot in award.slots[name]),
        tuple(dict.fromkeys(_decision(text, n) for n in joined)),
    )


def _slot(text: str, name: str, slot: Slot, notes: Sequence[Note]) -> SlotExplanation:
    span = (slot.start, slot.end)
    about = {reason.id for reason in reasons().values() if reason.action in {"chosen", "changed"}}
    rivals = dict.fromkeys(_decision(text, n) for n in notes if n.reason in about and n.other == span)
    return SlotExplanation(name, slot.value, slot, rule_meaning(slot.rule), tuple(rivals))


def _touch(a: tuple[int, int] | None, b: tuple[int, int]) -> bool:
    return a is not None and a[0] < b[1] and b[0] < a[1]
