"""Running the pipeline on gold pages: as a user would, and with the gold of some stages handed on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline import flow
from pipeline.clean_text import CleanText
from pipeline.document import Article, Award, Mention, Page, Result, Segment, Sentence
from pipeline.entities import link_entities
from pipeline.errors import PageError
from pipeline.evaluation.boilerplate_scores import gold_kinds
from pipeline.evaluation.gold import GoldPage, Span
from pipeline.evaluation.sentence_scores import trim
from pipeline.flow import Analysis, process
from pipeline.tables.rows import award_rows

#: Stages whose gold can be handed on, in the order of the pipeline.
STAGES = tuple(stage.name for stage in flow.STAGES[:-1])


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the pipeline made of one gold page.

    Args:
        article: The page after boilerplate stripping.
        sentences: Sentences of title and body.
        mentions: Linked entity mentions.
        awards: Records with the place in the text of every slot.
        rows: The same records as rows of ``awards.csv``.
        failure: Why the page was left out, or empty.
    """

    article: Article
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    awards: tuple[Award, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()
    failure: str = ""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return the names and terms as spans."""
        return tuple(Span(m.start, m.end, m.label) for m in self.mentions if not m.is_group)

    @property
    def limits(self) -> tuple[tuple[int, int], ...]:
        """Return the limits of the sentences."""
        return tuple((s.start, s.end) for s in self.sentences)


def _prediction(result: Result) -> Prediction:
    # The rows come in the table's order; the records have to follow it, as faults are looked up by row.
    awards = sorted(result.awards, key=lambda a: (a.start, a.end, a.record_id))
    return Prediction(
        result.article, result.sentences, result.mentions, tuple(awards), tuple(award_rows(result))
    )


def _page(page: GoldPage) -> Page:
    return Page(page.doc_id, page.doc_id, page.text)


def predict(page: GoldPage, engine: str = "spacy") -> Prediction:
    """Run the whole pipeline on the text of a gold page, and on nothing else the gold knows.

    Args:
        page: Gold page.
        engine: Name of the engine that splits sentences.

    Returns:
        The prediction; an empty one with its ``failure`` where the pipeline refuses the page.
    """
    try:
        result = process(_page(page), engine=engine)
    except PageError as error:
        return Prediction(Article(page.doc_id, page.doc_id, page.text), failure=str(error))
    return _prediction(result)


def gold_segments(page: GoldPage) -> tuple[Segment, ...]:
    """Return the segments of the gold: its boilerplate, its headline, and a body segment a line."""
    kinds = gold_kinds(page)
    segments: list[Segment] = []
    start = 0
    for i in range(1, len(page.text) + 1):
        # Body text ends at each line break; a headline or a piece of boilerplate keeps its lines together.
        if i < len(page.text) and kinds[i] == kinds[start] and (kinds[i] != "body" or page.text[i] != "\n"):
            continue
        first, last = trim(page.text, start, i)
        if first < last:
            segments.append(Segment(first, last, kinds[start]))
        start = i
    return tuple(segments)


def _gold_mentions(page: GoldPage, clean: CleanText) -> tuple[Mention, ...]:
    # Mentions inside boilerplate are annotated on some pages only; the stages never see them, captions aside.
    dropped = [b for b in page.boilerplate or () if b.label != "caption"]
    return tuple(
        Mention(*clean.inner(s.start, s.end), s.label, rule="gold")
        for s in sorted(page.entities or (), key=lambda s: (s.start, -s.end, s.label))
        if not any(s.inside(piece) for piece in dropped)
    )


def predict_with_gold(
    page: GoldPage, base: Prediction, stages: Collection[str], engine: str = "spacy"
) -> Prediction:
    """Run the pipeline with the gold of some stages in place of their output.

    Args:
        page: Gold page. A stage without gold on this page runs as usual.
        base: The page's end-to-end prediction; the publication date and the headline are taken from it where
            the gold does not mark them.
        stages: Names from :data:`STAGES`.
        engine: Name of the engine that splits sentences.
    """

    def boilerplate(analysis: Analysis) -> None:
        article = base.article
        if "boilerplate" in stages and page.boilerplate is not None:
            article = replace(article, text=page.text, segments=gold_segments(page))
            if page.title_span:
                article = replace(article, title=page.text[slice(*page.title_span)])
        analysis.read(article)

    def sentences(analysis: Analysis) -> None:
        limits = (trim(page.text, *limits) for limits in page.sentences[0])
        analysis.sentences = tuple(Sentence(*analysis.clean.inner(*of_page)) for of_page in limits)

    def entities(analysis: Analysis) -> None:
        analysis.mentions = link_entities(analysis.article, _gold_mentions(page, analysis.clean))

    instead = {"boilerplate": boilerplate}
    if "sentences" in stages and page.sentences:
        instead["sentences"] = sentences
    if "entities" in stages and page.entities is not None:
        instead["entities"] = entities
    return _prediction(process(_page(page), engine=engine, instead=instead))
