"""The stages as one spaCy pipeline: tokenizer, sentences, entities, awards.

``nlp(text)`` works as everywhere in spaCy: sentences in ``doc.sents``, all nested mentions in
``doc.spans["sc"]``, the outermost in ``doc.ents``, records in ``doc._.awards``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, registry
from spacy.vocab import Vocab

from pipeline.awards import extract_awards
from pipeline.boilerplate import to_article
from pipeline.clean_text import outer_awards, outer_mentions, outer_sentences
from pipeline.document import Article, Award, Mention, Page, Result, Sentence
from pipeline.sentences import Splitter, split_text
from pipeline.spacy_tokens import split_tokens
from pipeline.stages import Story
from pipeline.stages import process as process_plainly

if TYPE_CHECKING:
    from thinc.types import Ints2d

#: Span group that holds all mentions: the key that spaCy's span components and displaCy use by default.
SPANS_KEY = "sc"

#: Name of the tokenizer in config files.
TOKENIZER = "penghargaan.NewsTokenizer.v1"

# "reading" is what the stages share among themselves: article, sentences and mentions in offsets of the copy
# that they read (see pipeline.clean_text); the others are told in offsets of the page's text.
for _name in ("article", "sentences", "mentions", "awards", "reading"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


class NewsTokenizer:
    """Words, numbers and single marks; never across the border of two segments, so that spans fit tokens."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize ``text``; ``doc.text == text`` always."""
        return self.article(to_article(Page("", "", text)))

    def article(self, article: Article) -> Doc:
        """Tokenize an article and keep it in ``doc._.article``."""
        words, spaces = split_tokens(
            article.text, [s.start for s in article.segments] + [s.end for s in article.segments]
        )
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc._.article = article
        return doc

    def to_disk(self, _path: str | Path, **_options: object) -> None:
        """Do nothing: the tokenizer has no state."""

    def from_disk(self, _path: str | Path, **_options: object) -> NewsTokenizer:
        """Do nothing: the tokenizer has no state."""
        return self

    def to_bytes(self, **_options: object) -> bytes:
        """Return no bytes: the tokenizer has no state."""
        return b""

    def from_bytes(self, _data: bytes, **_options: object) -> NewsTokenizer:
        """Do nothing: the tokenizer has no state."""
        return self


def create_tokenizer() -> Callable[[Language], NewsTokenizer]:
    """Return a factory of the tokenizer, for config files."""
    return lambda nlp: NewsTokenizer(nlp.vocab)


registry.tokenizers(TOKENIZER, func=create_tokenizer)


def _article(doc: Doc) -> Article:
    if doc._.article is None:
        doc._.article = to_article(Page("", "", doc.text))
    article: Article = doc._.article
    return article


def _story(doc: Doc) -> Story:
    if doc._.reading is None:
        doc._.reading = Story.of(_article(doc))
    story: Story = doc._.reading
    return story


_SENTENCE_ASSIGNS = ["token.is_sent_start", "doc.sents", "doc._.sentences"]


@Language.component("penghargaan_sentences", assigns=_SENTENCE_ASSIGNS)
def sentences_component(doc: Doc) -> Doc:
    """Set sentence starts; what is not title or body makes sentences of its own that no later stage reads."""
    return _set_sentences(doc, split_text)


@Language.component("penghargaan_stanza_sentences", assigns=_SENTENCE_ASSIGNS)
def stanza_sentences_component(doc: Doc) -> Doc:
    """Set sentence starts as :func:`sentences_component`, by stanza's model."""
    from pipeline.sentences import stanza

    return _set_sentences(doc, stanza.split_text)


def _set_sentences(doc: Doc, split: Splitter) -> Doc:
    article = _article(doc)
    story = _story(doc)
    story.find_sentences(split)
    sentences = outer_sentences(story.sentences, story.clean)
    doc._.sentences = sentences
    starts = {s.start for s in sentences}
    starts.update(*((s.start, s.end) for s in article.segments))
    flags = np.full(len(doc), -1, dtype="int64")
    pending = True
    for number, token in enumerate(doc):
        pending = pending or token.idx in starts
        if pending and not token.is_space:
            flags[number] = 1
            pending = False
    # one array instead of token by token: spaCy's setter looks at the whole document each time
    doc.from_array(["SENT_START"], cast("Ints2d", flags.astype("uint64").reshape(-1, 1)))
    return doc


@Language.component(
    "penghargaan_entities", requires=["doc._.sentences"], assigns=["doc.ents", "doc.spans", "doc._.mentions"]
)
def entities_component(doc: Doc) -> Doc:
    """Find and link the mentions."""
    story = _story(doc)
    story.find_mentions()
    mentions = outer_mentions(story.mentions, story.clean)
    doc._.mentions = mentions
    spans = [_span(doc, m) for m in mentions]
    doc.spans[SPANS_KEY] = [s for s in spans if s is not None]
    doc.ents = filter_spans(doc.spans[SPANS_KEY])
    return doc


def _span(doc: Doc, mention: Mention) -> Span | None:
    return doc.char_span(
        mention.start,
        mention.end,
        label=mention.label,
        kb_id=mention.code or mention.name,
        span_id=mention.rule,
        alignment_mode="expand",
    )


@Language.component(
    "penghargaan_awards", requires=["doc._.mentions", "doc._.sentences"], assigns=["doc._.awards"]
)
def awards_component(doc: Doc) -> Doc:
    """Extract the award records."""
    story = _story(doc)
    awards = extract_awards(story.article, story.sentences, story.mentions)
    doc._.awards = outer_awards(awards, story.clean, _article(doc).text)
    return doc


#: Components in order, and the stage names under which their time is reported.
COMPONENTS = {
    "penghargaan_sentences": "sentences",
    "penghargaan_entities": "entities",
    "penghargaan_awards": "awards",
}


#: What the stanza engine has in the place of a component.
_STANZA = {"penghargaan_sentences": "penghargaan_stanza_sentences"}
_STAGES = {**COMPONENTS, **{other: COMPONENTS[name] for name, other in _STANZA.items()}}


def load(exclude: Iterable[str] = (), engine: str = "spacy") -> Language:
    """Return the whole pipeline.

    Args:
        exclude: Components to leave out, as in ``spacy.load``.
        engine: ``spacy`` for the rules, ``stanza`` for sentences by stanza's model, which is loaded here.

    Raises:
        UsageError: If stanza or its model is missing.
    """
    if engine == "stanza":
        from pipeline.sentences import stanza

        stanza.load()
    instead = _STANZA if engine == "stanza" else {}
    left_out = set(exclude)
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.max_length = 50_000_000
    for name in COMPONENTS:
        if name not in left_out:
            nlp.add_pipe(instead.get(name, name))
    return nlp


def process(nlp: Language, page: Page, *, only_awards: bool = False) -> Result:
    """Run one page through all stages.

    A pipeline of :func:`load` does so without a spaCy document (see :mod:`pipeline.stages`); what it finds is
    the same.

    Args:
        nlp: Pipeline of :func:`load`, or one with components of your own.
        page: Page.
        only_awards: Whether the stages before the awards may be left out on a page that cannot tell of one
            (see :mod:`pipeline.filter.page_filter`); the awards are the same.

    Raises:
        PageError: If the page cannot be processed, with the reason.
    """
    split = _splitter(nlp)
    if split:
        return process_plainly(page, split, only_awards=only_awards)
    seconds: dict[str, float] = {}
    start = time.perf_counter()
    article = to_article(page)
    seconds["boilerplate"] = time.perf_counter() - start
    return _process_document(nlp, article, seconds)


def _splitter(nlp: Language) -> Splitter | None:
    """Return what splits sentences in a pipeline of :func:`load`, ``None`` if it is not one."""
    if nlp.pipe_names == list(COMPONENTS):
        return split_text
    if nlp.pipe_names == [_STANZA.get(name, name) for name in COMPONENTS]:
        from pipeline.sentences import stanza

        return stanza.split_text
    return None


def _process_document(nlp: Language, article: Article, seconds: dict[str, float]) -> Result:
    start = time.perf_counter()
    doc = NewsTokenizer(nlp.vocab).article(article)
    seconds["tokens"] = time.perf_counter() - start
    for name, component in nlp.pipeline:
        start = time.perf_counter()
        doc = component(doc)
        seconds[_STAGES.get(name, name)] = time.perf_counter() - start
    sentences: tuple[Sentence, ...] = doc._.sentences or ()
    mentions: tuple[Mention, ...] = doc._.mentions or ()
    awards: tuple[Award, ...] = doc._.awards or ()
    return Result(article, sentences, mentions, awards, seconds)
