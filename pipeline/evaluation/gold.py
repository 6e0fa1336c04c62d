"""Gold pages: their form (annotations/GUIDELINES.md) and reading them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.award_schema import field_names
from pipeline.errors import UsageError

#: Fields of a gold award that quote the page: each must occur in its text word for word.
SURFACE_FIELDS = field_names(lambda f: f.gold == "quote")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A labelled stretch of a page: an entity, or a piece of boilerplate with its kind as label."""

    start: int
    end: int
    label: str

    def overlaps(self, other: Span) -> bool:
        """Return whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def inside(self, other: Span) -> bool:
        """Return whether this span lies within ``other``."""
        return other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One annotated page.

    Args:
        doc_id: Name of the page.
        text: The page as stored, boilerplate included.
        awards: Gold records as in the guidelines, in the order of the file.
        boilerplate: What is not title or body; ``None`` where nobody annotated it.
        sentences: Accepted readings of the sentence limits (one, or two where quotations of several sentences
            may also stay whole); empty where nobody annotated them.
        entities: Entity mentions; ``None`` where nobody annotated them.
        arguable: Spans that count neither way, under every label an annotator could defend.
        title_span: Limits of the headline, or ``None``.
        label: ``positive`` when the page tells of at least one award.
    """

    doc_id: str
    text: str
    awards: tuple[Mapping[str, Any], ...] = ()
    boilerplate: tuple[Span, ...] | None = None
    sentences: tuple[tuple[tuple[int, int], ...], ...] = ()
    entities: tuple[Span, ...] | None = None
    arguable: frozenset[Span] = field(default_factory=frozenset)
    title_span: tuple[int, int] | None = None
    label: str = ""

    def in_boilerplate(self, span: Span) -> bool:
        """Return whether ``span`` lies within one piece of gold boilerplate."""
        return any(span.inside(piece) for piece in self.boilerplate or ())


def _spans(items: Sequence[Mapping[str, Any]], key: str) -> tuple[Span, ...]:
    return tuple(Span(int(i["start"]), int(i["end"]), str(i[key])) for i in items)


def parse_page(record: Mapping[str, Any]) -> GoldPage:
    """Build a page from one JSON object of a gold file.

    Args:
        record: Decoded line.

    Returns:
        The page. Keys that the evaluation does not use are left out.

    Raises:
        KeyError: A required key is missing.
    """
    arguable = set()
    for item in record.get("arguable_entities") or ():
        for label in (item["label"], item.get("alternative")):
            if isinstance(label, str):
                arguable.add(Span(int(item["start"]), int(item["end"]), label))
    readings = tuple(
        tuple((int(s[0]), int(s[1])) for s in record[name])
        for name in ("sentences", "sentences_merged_quotes")
        if record.get(name)
    )
    entities, boilerplate = record.get("entities"), record.get("boilerplate")
    title_span = record.get("title_span")
    return GoldPage(
        doc_id=str(record["doc_id"]),
        text=str(record["text"]),
        awards=tuple(record["awards"]),
        boilerplate=None if boilerplate is None else _spans(boilerplate, "kind"),
        sentences=readings,
        entities=None if entities is None else _spans(entities, "label"),
        arguable=frozenset(arguable),
        title_span=(int(title_span[0]), int(title_span[1])) if title_span else None,
        label=str(record.get("label") or ""),
    )


def gold_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a gold file that are not blank, with their numbers.

    Raises:
        UsageError: The file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{path} cannot be read: {error}; gold files are JSON lines in UTF-8.") from error
    yield from ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def occurrences(text: str, words: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield all places, overlapping ones too, where words stand in a text or a part of it."""
    while (start := text.find(words, start, end)) >= 0:
        yield start, start + len(words)
        start += 1


def read_records(path: str | Path) -> tuple[Mapping[str, Any], ...]:
    """Read the JSON objects of a gold file.

    Args:
        path: JSON lines, UTF-8, one page a line.

    Returns:
        The pages' objects in the file's order; each can be parsed.

    Raises:
        UsageError: The file is missing, empty, or a line is no gold page; the message names the line.
    """
    path = Path(path)
    if not path.is_file():
        raise UsageError(f"No gold file at {path}; give one with --gold FILE.jsonl.")
    records: list[Mapping[str, Any]] = []
    seen: set[str] = set()
    for number, line in gold_lines(path):
        try:
            record = json.loads(line)
            page = parse_page(record)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            what = f"misses the key {error}" if isinstance(error, KeyError) else f"cannot be read: {error}"
            raise UsageError(
                f"{path}:{number} {what}; see annotations/GUIDELINES.md for the form."
            ) from error
        if page.doc_id in seen:
            raise UsageError(
                f"{path}:{number} repeats the page {page.doc_id!r}; every doc_id must be unique."
            )
        seen.add(page.doc_id)
        records.append(record)
    if not records:
        raise UsageError(f"{path} holds no page.")
    return tuple(records)


def read_gold(path: str | Path) -> tuple[GoldPage, ...]:
    """Read the pages of a gold file, as :func:`read_records` does."""
    return tuple(map(parse_page, read_records(path)))
