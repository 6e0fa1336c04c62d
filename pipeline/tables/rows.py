"""Results to rows: plain dicts of text, numbers and ``None``, for any writer and for other processes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from pipeline.award_schema import FIELDS
from pipeline.document import Award, Result, Sentence, Slot

Row = dict[str, Any]

_SLOT_KEYS = tuple(field.name for field in fields(Slot))


def _award_row(result: Result, award: Award) -> Row:
    row: Row = {}
    for field in FIELDS:
        name = field.name
        if field.source == "page":
            row[name] = getattr(result.article, name) or ""
        elif field.source == "record":
            row[name] = getattr(award, name)
        elif field.source == "slot":
            row[name] = field.typed(award.value(name))
    return {**row, "rules": " ".join(award.rules), "confidence": round(award.confidence, 4)}


def _ordered(result: Result) -> list[Award]:
    return sorted(result.awards, key=lambda a: (a.start, a.end, a.record_id))


def award_rows(result: Result) -> list[Row]:
    """Return one row per award record, by position in the text."""
    return [_award_row(result, award) for award in _ordered(result)]


def award_document(result: Result) -> list[Row]:
    """Return the award records with their evidence.

    Beside the columns, ``slots`` gives every slot's text, offsets, sentence and rule. What is not stated is
    ``None``.
    """
    documents = []
    for award in _ordered(result):
        row = {name: None if value == "" else value for name, value in _award_row(result, award).items()}
        row["slots"] = {
            name: [{key: getattr(slot, key) for key in _SLOT_KEYS} for slot in award.slots[name]]
            for name in sorted(award.slots)
            if award.slots[name]
        }
        documents.append(row)
    return documents


def _sentence_of(sentences: Sequence[Sentence], starts: Sequence[int], offset: int) -> int:
    index = bisect_right(starts, offset) - 1
    return index if index >= 0 and offset < sentences[index].end else -1


def entity_rows(result: Result) -> list[Row]:
    """Return one row per mention, nested ones too, by position; the outer one first."""
    text = result.article.text
    sentences = sorted(result.sentences, key=lambda s: (s.start, s.end))
    starts = [s.start for s in sentences]
    return [
        {
            "doc_id": result.article.doc_id,
            "sentence": _sentence_of(sentences, starts, mention.start),
            "start": mention.start,
            "end": mention.end,
            "label": mention.label,
            "text": text[mention.start : mention.end],
            "name": mention.name,
            "code": mention.code,
        }
        for mention in sorted(result.mentions, key=lambda m: (m.start, -m.end, m.label, m.rule))
        if not mention.is_group
    ]


def sentence_rows(result: Result) -> list[Row]:
    """Return one row per sentence, in order."""
    return [
        {
            "doc_id": result.article.doc_id,
            "sentence": index,
            "start": sentence.start,
            "end": sentence.end,
            "text": result.article.text[sentence.start : sentence.end],
        }
        for index, sentence in enumerate(sorted(result.sentences, key=lambda s: (s.start, s.end)))
    ]


def article_rows(result: Result) -> list[Row]:
    """Return the article with its segments, kept and dropped, as the one row of the page."""
    article = result.article
    names = ("doc_id", "source", "title", "byline", "published", "text")
    segments = [{"start": s.start, "end": s.end, "kind": s.kind} for s in article.segments]
    return [{**{name: getattr(article, name) for name in names}, "segments": segments}]


_ROWS: Mapping[str, Callable[[Result], list[Row]]] = {
    "awards": award_rows,
    "evidence": award_document,
    "entities": entity_rows,
    "sentences": sentence_rows,
    "articles": article_rows,
}


def rows_of(table: str, result: Result) -> list[Row]:
    """Return a table's rows for one page.

    Args:
        table: ``awards``, ``evidence`` (awards with slots), ``entities``, ``sentences`` or ``articles``.
        result: What the pipeline found on the page.
    """
    return _ROWS[table](result)
