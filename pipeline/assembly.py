"""The stages of :mod:`pipeline.flow` as a spaCy pipeline: tokenizer, sentences, entities, awards.

``nlp(text)`` works as everywhere in spaCy: sentences in ``doc.sents``, all nested mentions in
``doc.spans["sc"]``, the outermost in ``doc.ents``, records in ``doc._.awards``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, registry
from spacy.vocab import Vocab

from pipeline.document import Mention, Page
from pipeline.flow import STAGES, Analysis
from pipeline.sentences.engines import splitter
from pipeline.spacy_tokens import split_tokens

if TYPE_CHECKING:
    from thinc.types import Ints2d

#: Span group that holds all mentions: the key that spaCy's span components and displaCy use by default.
SPANS_KEY = "sc"

#: Name of the tokenizer in config files.
TOKENIZER = "penghargaan.NewsTokenizer.v1"

_STAGES = {stage.name: stage for stage in STAGES}
#: Components in order, and the stages that they run; the first one is the tokenizer's.
COMPONENTS = {f"penghargaan_{stage.name}": stage.name for stage in STAGES[1:]}
#: What the stanza engine has in the place of a component.
_STANZA = {"penghargaan_sentences": "penghargaan_stanza_sentences"}

# "analysis" is what the stages share among themselves, in offsets of clean text; the others are told in
# offsets of the page's text.
for _name in ("article", "sentences", "mentions", "awards", "analysis"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


class NewsTokenizer:
    """Words, numbers and single marks; never across the border of two segments, so that spans fit tokens."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize ``text``; ``doc.text == text`` always."""
        return self.page(Page("", "", text))

    def page(self, page: Page) -> Doc:
        """Tokenize the article of a page, which ``doc._.article`` is."""
        analysis = _stripped(page)
        text, segments = analysis.outer.text, analysis.outer.segments
        words, spaces = split_tokens(text, [place for s in segments for place in (s.start, s.end)])
        return _keep(Doc(self.vocab, words=words, spaces=spaces), analysis)

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


def _stripped(page: Page) -> Analysis:
    analysis = Analysis(page)
    _STAGES["boilerplate"].run(analysis)
    return analysis


def _keep(doc: Doc, analysis: Analysis) -> Doc:
    doc._.analysis, doc._.article = analysis, analysis.outer
    return doc


def _analysis(doc: Doc) -> Analysis:
    if doc._.analysis is None:  # another tokenizer's document
        _keep(doc, _stripped(Page("", "", doc.text)))
    analysis: Analysis = doc._.analysis
    return analysis


_SENTENCE_ASSIGNS = ["token.is_sent_start", "doc.sents", "doc._.sentences"]


@Language.component("penghargaan_sentences", assigns=_SENTENCE_ASSIGNS)
def sentences_component(doc: Doc) -> Doc:
    """Set sentence starts; what is not title or body makes sentences of its own that no later stage reads."""
    return _set_sentences(doc, "spacy")


@Language.component("penghargaan_stanza_sentences", assigns=_SENTENCE_ASSIGNS)
def stanza_sentences_component(doc: Doc) -> Doc:
    """Set sentence starts as :func:`sentences_component`, by stanza's model."""
    return _set_sentences(doc, "stanza")


def _set_sentences(doc: Doc, engine: str) -> Doc:
    analysis = _analysis(doc)
    analysis.engine = engine
    _STAGES["sentences"].run(analysis)
    doc._.sentences = analysis.outer_sentences
    starts = {s.start for s in doc._.sentences}
    starts.update(*((s.start, s.end) for s in analysis.outer.segments))
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
    analysis = _analysis(doc)
    _STAGES["entities"].run(analysis)
    doc._.mentions = analysis.outer_mentions
    spans = [_span(doc, m) for m in doc._.mentions]
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
    analysis = _analysis(doc)
    _STAGES["awards"].run(analysis)
    doc._.awards = analysis.outer_awards
    return doc


def load(exclude: Iterable[str] = (), engine: str = "spacy") -> Language:
    """Return the whole pipeline.

    Args:
        exclude: Components to leave out, as in ``spacy.load``.
        engine: ``spacy`` for the rules, ``stanza`` for sentences by stanza's model, which is loaded here.

    Raises:
        UsageError: If the engine is unknown, or stanza or its model is missing.
    """
    splitter(engine)
    instead = _STANZA if engine == "stanza" else {}
    left_out = set(exclude)
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.max_length = 50_000_000
    for name in COMPONENTS:
        if name not in left_out:
            nlp.add_pipe(instead.get(name, name))
    return nlp
