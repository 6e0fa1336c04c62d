"""The stages one after the other, from a page to what was found on it, without a spaCy document.

No table needs a document, and making one takes as long as two stages; spaCy itself takes a second to load. A
spaCy pipeline of the same stages is :mod:`pipeline.assembly`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from pipeline.awards import extract_awards
from pipeline.boilerplate import to_article
from pipeline.clean_text import (
    CleanText,
    cleaned,
    cleaned_article,
    outer_awards,
    outer_mentions,
    outer_sentences,
)
from pipeline.document import Article, Mention, Page, Result, Sentence
from pipeline.entities import find_entities, link_entities
from pipeline.filter.page_filter import may_tell, mentions_may_tell, sentences_may_tell
from pipeline.sentences import Splitter, split_sentences, split_text


@dataclass(slots=True)
class Story:
    """An article as the stages read it, in offsets of what they read (:mod:`pipeline.clean_text`)."""

    article: Article
    clean: CleanText
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()

    @classmethod
    def of(cls, article: Article) -> Story:
        """Return the story of an article, nothing found in it yet."""
        return cls(*cleaned_article(article))

    def find_sentences(self, split: Splitter) -> None:
        """Split the article into sentences."""
        self.sentences = split_sentences(self.article, split)

    def find_mentions(self) -> None:
        """Find and link the mentions."""
        self.mentions = link_entities(self.article, find_entities(self.article, self.sentences))


def splitter(engine: str) -> Splitter:
    """Return what splits sentences for an engine, loaded.

    Args:
        engine: ``spacy`` for the rules, ``stanza`` for stanza's model.

    Raises:
        UsageError: If stanza or its model is missing.
    """
    if engine != "stanza":
        return split_text
    from pipeline.sentences import stanza

    stanza.load()
    return stanza.split_text


def process(page: Page, split: Splitter = split_text, *, only_awards: bool = False) -> Result:
    """Run one page through all stages.

    Args:
        page: Page.
        split: What splits sentences, see :func:`splitter`.
        only_awards: Whether the stages before the awards may be left out on a page that cannot tell of one
            (see :mod:`pipeline.filter.page_filter`); the awards are the same.

    Raises:
        PageError: If the page cannot be processed, with the reason.
    """
    seconds: dict[str, float] = {}
    start = time.perf_counter()
    if only_awards and page.kind == "text":
        tells = may_tell(cleaned(page.content).text)
        seconds["filter"] = -start + (start := time.perf_counter())
        if not tells:
            return Result(Article(page.doc_id, page.source, page.content), seconds=seconds, passed_over=True)
    article = to_article(page)
    seconds["boilerplate"] = -start + (start := time.perf_counter())
    story = Story.of(article)
    story.find_sentences(split)
    sentences = outer_sentences(story.sentences, story.clean)
    seconds["sentences"] = -start + (start := time.perf_counter())
    if only_awards:
        tells = sentences_may_tell(story.article, story.sentences)
        seconds["filter"] = seconds.get("filter", 0.0) - start + (start := time.perf_counter())
        if not tells:
            return Result(article, sentences, seconds=seconds, passed_over=True)
    story.find_mentions()
    mentions = outer_mentions(story.mentions, story.clean)
    seconds["entities"] = -start + (start := time.perf_counter())
    if only_awards and not mentions_may_tell(story.article.text, story.sentences, story.mentions):
        return Result(article, sentences, mentions, seconds=seconds, passed_over=True)
    awards = extract_awards(story.article, story.sentences, story.mentions)
    awards = outer_awards(awards, story.clean, article.text)
    seconds["awards"] = time.perf_counter() - start
    return Result(article, sentences, mentions, awards, seconds)
