"""Explanations as text for a terminal and as HTML for a notebook."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from pipeline.document import Mention
from pipeline.explanations.parts import Decision, RecordExplanation, SentenceExplanation, SlotExplanation

_WIDTH = 110
_INDENT = 13


def _printable(text: str) -> str:
    """Return text on one line without control characters: pages are hostile, terminals obey."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def _field(name: str, text: str) -> Iterator[str]:
    lead = f"    {name:<{_INDENT - 4}}"
    yield from textwrap.wrap(
        _printable(text), _WIDTH, initial_indent=lead, subsequent_indent=" " * (_INDENT + 2)
    ) or [lead.rstrip()]


def told_mention(mention: Mention, text: str) -> str:
    """Return a mention in a phrase: label, words, name, rule."""
    name = f" = {mention.name}" if mention.name and mention.name != text else ""
    kind = f", {mention.kind}" if mention.kind else ""
    return f"{mention.label} “{text}”{name} ({mention.rule}{kind})"


def told_decision(decision: Decision) -> str:
    """Return a decision in a phrase: reason, why, what it is about and what it lost to."""
    about = f" “{decision.text}”" if decision.text else ""
    other = f" → “{decision.other}”" if decision.other else ""
    return f"{decision.reason}: {decision.why}{about}{other}"


def _sentence(sentence: SentenceExplanation, text: str) -> Iterator[str]:
    yield from textwrap.wrap(
        f"[{sentence.number}] {_printable(sentence.text)}", _WIDTH, subsequent_indent="    "
    )
    for mention in sentence.mentions:
        yield from _field("mention", told_mention(mention, text[mention.start : mention.end]))
    yield from _field("reads", sentence.rendering)
    for decision in sentence.decisions:
        yield from _field(decision.action, told_decision(decision))
    yield ""


def _wrapped(text: str, indent: int) -> list[str]:
    lead = " " * indent
    return textwrap.wrap(_printable(text), _WIDTH, initial_indent=lead, subsequent_indent=lead + "  ")


def _slot(slot: SlotExplanation) -> Iterator[str]:
    where = f"sentence {slot.slot.sentence}" if slot.slot.sentence >= 0 else "outside the sentences"
    why = f": {slot.why}" if slot.why else ""
    yield from _wrapped(f"{slot.name}: {slot.value} “{slot.slot.text}” ({where}, {slot.slot.rule}{why})", 4)
    for rival in slot.rivals:
        yield from _wrapped(f"- {told_decision(rival)}", 6)


def _record(record: RecordExplanation) -> Iterator[str]:
    yield f"record {record.award.record_id}, confidence {record.award.confidence}"
    yield from _field("evidence", record.award.evidence)
    for slot in record.slots:
        yield from _slot(slot)
    for decision in record.joined:
        yield from _field(decision.action, told_decision(decision))
    yield ""


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def as_text(
    doc_id: str, text: str, sentences: Sequence[SentenceExplanation], records: Sequence[RecordExplanation]
) -> str:
    """Return an explanation as lines of text."""
    counts = f"{_counted(len(sentences), 'sentence')}, {_counted(len(records), 'record')}"
    lines = [f"{doc_id}: {counts}", ""]
    for sentence in sentences:
        lines += _sentence(sentence, text)
    for record in records:
        lines += _record(record)
    return "\n".join(lines).rstrip()


def as_html(
    doc_id: str, text: str, sentences: Sequence[SentenceExplanation], records: Sequence[RecordExplanation]
) -> str:
    """Return an explanation as a fragment of HTML without scripts; nothing of the page is read as HTML."""
    parts = [Markup("<h4>{}</h4>").format(doc_id)]
    for record in records:
        rows = Markup("").join(_slot_row(slot) for slot in record.slots)
        parts.append(
            Markup("<details open><summary><b>{}</b> {} ({})</summary><table>{}</table></details>").format(
                record.award.value("recipient_name"), record.award.evidence, record.award.record_id, rows
            )
        )
    for sentence in sentences:
        items = [told_mention(m, text[m.start : m.end]) for m in sentence.mentions]
        decisions = Markup("").join(
            Markup("<li><b>{}</b> {}</li>").format(d.action, told_decision(d)) for d in sentence.decisions
        )
        body = Markup("<p><code>{}</code></p><p>{}</p><ul>{}</ul>").format(
            sentence.rendering, "; ".join(items), decisions
        )
        parts.append(
            Markup("<details><summary>[{}] {}</summary>{}</details>").format(
                sentence.number, sentence.text, body
            )
        )
    return str(Markup("").join(parts))


def _slot_row(slot: SlotExplanation) -> Markup:
    rivals = Markup("").join(Markup("<br>− {}").format(told_decision(rival)) for rival in slot.rivals)
    cells = Markup("<td><b>{}</b></td><td>{}</td><td>{}</td><td>{}: {}{}</td>")
    return Markup("<tr>{}</tr>").format(
        cells.format(slot.name, slot.value, slot.slot.sentence, slot.slot.rule, slot.why, rivals)
    )
