"""The flow: a page through the stages, in the one order that there is (:data:`STAGES`).

Notebooks, the command line, its workers, the evaluation and the spaCy components (:mod:`pipeline.assembly`)
all call it. It knows no spaCy: no table needs a spaCy document, and making one takes as long as two stages.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pipeline.awards import extract_awards
from pipeline.boilerplate import to_article
from pipeline.clean_text import (
    CleanText,
    cleaned,
    cleaned_article,
    outer_awards,
    outer_spans,
)
from pipeline.document import Article, Award, Mention, Page, Result, Sentence
from pipeline.entities import find_entities, link_entities
from pipeline.errors import LexiconError
from pipeline.filter import may_tell, mentions_may_tell, sentences_may_tell
from pipeline.lexicon import packs, use_packs
from pipeline.lexicon.integrity import check_tables
from pipeline.sentences import split_sentences
from pipeline.sentences.engines import splitter
from pipeline.trace import tracing

T = TypeVar("T")


@dataclass(slots=True)
class Analysis:
    """A page on its way through the stages: what they have found so far.

    Args:
        page: The page.
        engine: Name of the engine that splits sentences.
        outer: The article, in the page's text; before boilerplate stripping the page as it is.
        article: The same in clean text, as the stages read it: they count in its offsets.
        clean: The clean text.
        sentences: Sentences of title and body.
        mentions: Linked mentions.
        awards: Award records.
    """

    page: Page
    engine: str = "spacy"
    outer: Article = field(init=False)
    article: Article = field(init=False)
    clean: CleanText = field(init=False)
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    awards: tuple[Award, ...] = ()

    def __post_init__(self) -> None:
        self.outer = self.article = Article(self.page.doc_id, self.page.source, self.page.content)
        self.clean = CleanText(self.page.content)

    def read(self, article: Article) -> None:
        """Take an article, in the page's text."""
        self.outer = article
        self.article, self.clean = cleaned_article(article)

    @property
    def outer_sentences(self) -> tuple[Sentence, ...]:
        """The sentences in the page's text."""
        return outer_spans(self.sentences, self.clean)

    @property
    def outer_mentions(self) -> tuple[Mention, ...]:
        """The mentions in the page's text."""
        return outer_spans(self.mentions, self.clean)

    @property
    def outer_awards(self) -> tuple[Award, ...]:
        """The awards in the page's text."""
        return outer_awards(self.awards, self.clean, self.outer.text)

    def result(self, seconds: Mapping[str, float], *, passed_over: bool = False) -> Result:
        """Return what was found, in the page's text."""
        found = self.outer_sentences, self.outer_mentions, self.outer_awards
        return Result(self.outer, *found, seconds, passed_over)


Step = Callable[[Analysis], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the flow.

    Args:
        name: Its name, under which its time is reported.
        run: Does its work on an analysis.
        needs: What of the analysis it reads.
        sets: What of the analysis it fills.
        may_tell: Whether the page may tell of an award, by what is known before this stage (see
            :mod:`pipeline.filter`).
    """

    name: str
    run: Step
    needs: tuple[str, ...]
    sets: str
    may_tell: Callable[[Analysis], bool] = lambda _: True


def _strip_boilerplate(analysis: Analysis) -> None:
    analysis.read(to_article(analysis.page))


def _split_sentences(analysis: Analysis) -> None:
    analysis.sentences = split_sentences(analysis.article, splitter(analysis.engine))


def _find_entities(analysis: Analysis) -> None:
    article, sentences = analysis.article, analysis.sentences
    # the tagger is slow: it reads the pages that may tell of an award, whatever tables are asked for
    found = find_entities(article, sentences, model=sentences_may_tell(article, sentences))
    analysis.mentions = link_entities(article, found)


def _extract_awards(analysis: Analysis) -> None:
    analysis.awards = extract_awards(analysis.article, analysis.sentences, analysis.mentions)


def _page_may_tell(analysis: Analysis) -> bool:
    page = analysis.page
    return page.kind != "text" or may_tell(cleaned(page.content).text)


def _sentences_may_tell(analysis: Analysis) -> bool:
    return sentences_may_tell(analysis.article, analysis.sentences)


def _mentions_may_tell(analysis: Analysis) -> bool:
    return mentions_may_tell(analysis.article.text, analysis.sentences, analysis.mentions)


#: The stages in order.
STAGES = (
    Stage("boilerplate", _strip_boilerplate, ("page",), "article", _page_may_tell),
    Stage("sentences", _split_sentences, ("article",), "sentences"),
    Stage("entities", _find_entities, ("article", "sentences"), "mentions", _sentences_may_tell),
    Stage("awards", _extract_awards, ("article", "sentences", "mentions"), "awards", _mentions_may_tell),
)


def use_rules(folders: Sequence[str | Path]) -> None:
    """Add the rows of rule packs to what the stages know, in place of those of an earlier call.

    This holds for the whole process. If a row is wrong, all stays as it was.

    Args:
        folders: Folders with tables, see :func:`pipeline.lexicon.use_packs`; none take the packs away.

    Raises:
        UsageError: If a folder does not exist or holds no table.
        LexiconError: If a row is wrong, with file and line and what to write instead.
    """
    before = packs()
    use_packs(folders)
    try:
        check_tables()
    except LexiconError:
        use_packs(before)
        raise


def process(
    page: Page,
    *,
    engine: str = "spacy",
    only_awards: bool = False,
    instead: Mapping[str, Step] = MappingProxyType({}),
) -> Result:
    """Run one page through all stages.

    Args:
        page: Page.
        engine: Name of the engine that splits sentences.
        only_awards: Whether the stages before the awards may be left out on a page that cannot tell of one
            (see :mod:`pipeline.filter`); the awards are the same.
        instead: What does the work of a stage in its place, by the stage's name.

    Raises:
        PageError: If the page cannot be processed, with the reason.
        UsageError: If the engine is unknown or not installed.
    """
    analysis = Analysis(page, engine)
    seconds: dict[str, float] = {}

    def timed(name: str, step: Callable[[Analysis], T]) -> T:
        start = time.perf_counter()
        found = step(analysis)
        seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - start
        return found

    with tracing() as tracer:
        for stage in STAGES:
            if only_awards and not timed("filter", stage.may_tell):
                return analysis.result(seconds, passed_over=True)
            timed(stage.name, instead.get(stage.name, stage.run))
    return replace(analysis.result(seconds), left_out=tracer.left_out())
