"""The output folder of a run as gold pages: what the pipeline found, for people to correct."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.annotate.anchors import Limits
from pipeline.annotate.labels import CHOICES, LIST_SLOTS, NUMBERS, SLOTS, TEXTS, TITLE
from pipeline.annotate.layers import SPANS, Record, new_record, slot_limits
from pipeline.award_schema import FIELDS
from pipeline.document import KEPT_KINDS
from pipeline.errors import UsageError
from pipeline.run_report import read_report
from pipeline.tables.run_tables import entity_rows, json_lines

#: Columns of the awards table that fill a canonical form of the gold record.
_CANONICAL = {
    f.name: f.filled_from or f.name
    for f in FIELDS
    if f.gold == "form" and (f.filled_from or f.source == "slot")
}
#: What only an annotator can say.
_ANNOTATORS = tuple(f for f in FIELDS if f.source == "gold" and f.gold in {"value", "mark"})
#: Columns that help the person who corrects.
_FOR_REVIEW = ("record_id", "confidence")


def is_run(path: Path) -> bool:
    """Return whether a folder was written by ``run``."""
    return path.is_dir() and read_report(path) is not None


def _again(folder: Path) -> str:
    return f"penghargaan run PAGES -o {folder} --tables awards,articles,entities"


def _award(row: Mapping[str, Any]) -> tuple[Record, dict[str, list[Limits]]]:
    """Return a row of ``awards.jsonl`` as a gold record, and where its slots stand."""
    award: Record = {}
    spans: dict[str, list[Limits]] = {}
    for slot in SLOTS:
        if slot == "evidence":
            told = [(row["evidence"], row["start"], row["end"])] if row.get("evidence") else []
        else:
            told = [(s["text"], s["start"], s["end"]) for s in row["slots"].get(slot, ())]
        if slot in LIST_SLOTS:
            award[slot] = [words for words, _, _ in told]
        else:
            told = told[:1]
            award[slot] = told[0][0] if told else None
        spans[slot] = [(start, end) for _, start, end in told]
    award |= {name: row.get(name) for name in (*CHOICES, *NUMBERS, *TEXTS)}
    award |= {f.name: f.unstated() for f in _ANNOTATORS}
    award |= {name: row.get(column) for name, column in _CANONICAL.items()}
    award |= {name: row.get(name) for name in _FOR_REVIEW}
    return award, spans


def _with_spans(
    award: Record, spans: Mapping[str, list[Limits]], text: str, mentions: frozenset[Limits]
) -> Record:
    """Add offsets where they are not those that would be looked up."""
    usual = slot_limits(text, award, mentions)
    stated = {
        slot: [list(place) for place in places]
        for slot, places in spans.items()
        if any(usual.get((slot, i)) != place for i, place in enumerate(places))
    }
    return {**award, SPANS: stated} if stated else award


def read_run(folder: Path) -> Iterator[Record]:
    """Read the output folder of a run as gold pages.

    Sentences are left out: no annotation tool here corrects them.

    Args:
        folder: Output folder of ``run`` with the tables ``awards`` and ``articles``; ``entities`` if it is
            there.

    Yields:
        One record a page, in the order of ``articles.jsonl``.

    Raises:
        UsageError: The folder or a table is missing or broken.
    """
    if not is_run(folder):
        raise UsageError(f"{folder} is not the output folder of a run; make one with: {_again(folder)}")
    for name in ("awards.jsonl", "articles.jsonl"):
        if not (folder / name).is_file():
            raise UsageError(f"{folder} holds no {name}; run again with: {_again(folder)}")
    try:
        yield from _pages(folder)
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"the tables in {folder} are not of this version ({error!r}); run again") from error


def _pages(folder: Path) -> Iterator[Record]:
    awards: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for _, row in json_lines(folder / "awards.jsonl"):
        awards[row["doc_id"]].append(row)
    entities: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    rows = entity_rows(folder)
    for entity in rows or ():
        entities[entity["doc_id"]].append(entity)
    for _, article in json_lines(folder / "articles.jsonl"):
        doc_id, text = article["doc_id"], article["text"]
        record = new_record(doc_id, text)
        record["source"]["path"] = article["source"]
        record["title"], record["published"] = article["title"], article["published"]
        headline = [s for s in article["segments"] if s["kind"] == TITLE]
        record["title_span"] = (
            [min(s["start"] for s in headline), max(s["end"] for s in headline)] if headline else None
        )
        record["boilerplate"] = [
            {"start": s["start"], "end": s["end"], "kind": s["kind"]}
            for s in article["segments"]
            if s["kind"] not in KEPT_KINDS
        ]
        if rows is not None:
            limits = [(int(e["start"]), int(e["end"]), e["label"]) for e in entities[doc_id]]
            record["entities"] = [
                {"label": label, "text": text[start:end], "start": start, "end": end}
                for start, end, label in limits
            ]
        mentions = frozenset((e["start"], e["end"]) for e in record["entities"] or ())
        record["awards"] = [_with_spans(*_award(row), text, mentions) for row in awards[doc_id]]
        record["label"] = "positive" if record["awards"] else "negative"
        yield record
