"""Sentence splitting for Indonesian news."""

from __future__ import annotations

from typing import Protocol

from pipeline.document import Article, Sentence
from pipeline.sentences.boundaries import split_text

__all__ = ["Splitter", "split_sentences", "split_text"]


class Splitter(Protocol):
    """What splits a stretch of text: the rules' ``split_text``, or that of another engine."""

    def __call__(self, text: str, *, headline: bool = False) -> list[tuple[int, int]]:
        """Return ``(start, end)`` of each sentence."""


def split_sentences(article: Article, split: Splitter = split_text) -> tuple[Sentence, ...]:
    """Split an article's title and body into sentences.

    Args:
        article: The article; only its segments of kind ``title`` and ``body`` are read.
        split: Splitter of the engine; the rules by default.

    Returns:
        Sentences in text order, without outer white space. No sentence crosses a segment. A headline is one
        sentence; a quotation of several sentences is split, and its last piece stays with its attribution
        (``... ujar X``).
    """
    sentences: list[Sentence] = []
    for segment in article.kept():
        piece = article.text[segment.start : segment.end]
        spans = split(piece, headline=segment.kind == "title")
        sentences.extend(Sentence(segment.start + a, segment.start + b) for a, b in spans)
    return tuple(sentences)
