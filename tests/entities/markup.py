"""Sentences with their mentions in brackets: ``[POSITION Bupati [PLACE Agam]] [PERSON Rina Wulandari]``."""

from __future__ import annotations

import re

from pipeline.document import Article, Mention, Segment, Sentence

_MARK = re.compile(r"\[(PERSON|POSITION|AGENCY|ORGANISATION|PLACE|FACILITY|DATE) |\]")

Span = tuple[str, str]


def read(marked: str) -> tuple[str, set[tuple[int, int, str]]]:
    """Return the plain text and the spans of a marked sentence."""
    text = ""
    spans: set[tuple[int, int, str]] = set()
    open_marks: list[tuple[int, str]] = []
    last = 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        last = mark.end()
        if mark[1]:
            open_marks.append((len(text), mark[1]))
        else:
            start, label = open_marks.pop()
            spans.add((start, len(text), label))
    return text + marked[last:], spans


def article(text: str, published: str | None = None) -> tuple[Article, tuple[Sentence, ...]]:
    """Make an article whose lines are its sentences."""
    sentences = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            sentences.append(Sentence(start, start + len(line)))
        start += len(line) + 1
    whole = Article("page", "page.txt", text, (Segment(0, len(text), "body"),), None, published)
    return whole, tuple(sentences)


def spans(mentions: tuple[Mention, ...]) -> set[tuple[int, int, str]]:
    """Return the spans and labels of mentions."""
    return {(m.start, m.end, m.label) for m in mentions}


def show(text: str, found: set[tuple[int, int, str]]) -> list[Span]:
    """Return spans in a form that reads well in a failure."""
    return [(label, text[a:b]) for a, b, label in sorted(found)]
