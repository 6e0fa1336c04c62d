"""Read annotated pages as tagged sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ner_corpora import OURS, Tagged, to_bio

from pipeline.boilerplate import to_article
from pipeline.document import Page
from pipeline.entities.name_finder import scopes_of
from pipeline.sentences import split_sentences
from pipeline.spacy_tokens import split_tokens


def read_pages(path: Path) -> list[dict[str, Any]]:
    """Return the pages of a gold file that have entities."""
    pages = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return [p for p in pages if p.get("entities") is not None]


def outermost(
    entities: Iterable[Mapping[str, Any]], labels: Iterable[str] = OURS
) -> list[tuple[int, int, str]]:
    """Return the (start, end, label) of the entities that are inside no other of ``labels``."""
    kept = set(labels)
    spans = sorted(
        ((e["start"], e["end"], e["label"]) for e in entities if e["label"] in kept),
        key=lambda s: (s[0], -s[1]),
    )
    found: list[tuple[int, int, str]] = []
    for span in spans:
        if not found or span[0] >= found[-1][1]:
            found.append(span)
    return found


def tag_page(page: Mapping[str, Any]) -> Iterator[Tagged]:
    """Yield the sentences of a page's title, body and captions with the tags of its outermost entities."""
    article = to_article(Page(page["doc_id"], "", page["text"]))
    spans = outermost(page["entities"])
    if article.text != page["text"]:
        return
    for start, end in scopes_of(article, split_sentences(article)):
        yield tag_text(article.text, start, end, spans)


def tag_text(text: str, start: int, end: int, spans: Iterable[tuple[int, int, str]]) -> Tagged:
    """Return ``text[start:end]`` as words with the tags of ``spans``, whose offsets count in ``text``."""
    inside = [s for s in spans if s[0] >= start and s[1] <= end]
    borders = [b - start for s in inside for b in s[:2]]
    words, spaces = split_tokens(text[start:end], borders)
    kept, spaced, offsets, gap, at = [], [], [], False, start
    for word, space in zip(words, spaces, strict=True):
        if word.isspace():
            gap = True
        else:
            kept.append(word)
            spaced.append(gap)
            offsets.append(at)
            gap = space
        at += len(word) + space
    numbered = []
    for a, b, label in inside:
        within = [i for i, o in enumerate(offsets) if a <= o < b]
        if within:
            numbered.append((within[0], within[-1] + 1, label))
    return Tagged(tuple(kept), tuple(spaced), to_bio(len(kept), numbered))


def read_gold(path: Path) -> list[Tagged]:
    """Return the sentences of all annotated pages of a file."""
    return [s for page in read_pages(path) for s in tag_page(page) if s.words]
