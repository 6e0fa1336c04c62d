"""The tagger as a spaCy component: flat entities in ``doc.ents``, by the network alone.

The pipeline's own component ``penghargaan_entities`` weighs the same network against the grammar; this one is
the network as it was trained, for evaluation and for pipelines of others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.entities.tagger import NAMES, TERMS, Guess, guess

#: A span less likely than this is no entity.
_LEAST = 0.5


def flat(guesses: Iterable[Guess], labels: Iterable[str] = (*NAMES, *TERMS)) -> list[Guess]:
    """Return the likeliest of the guesses that do not overlap, the longer of two that nest, in text order.

    Args:
        guesses: What the tagger holds possible.
        labels: Heads that count.
    """
    kept: list[Guess] = []
    likely = [g for g in guesses if g.likely >= _LEAST and g.label in set(labels)]
    for g in sorted(likely, key=lambda g: (g.start - g.end, -g.likely, g.start)):
        if not any(g.start < k.end and k.start < g.end for k in kept):
            kept.append(g)
    return sorted(kept, key=lambda g: g.start)


def ner_component(doc: Doc) -> Doc:
    """Set ``doc.ents``, sentence by sentence where sentences are known."""
    known = doc.has_annotation("SENT_START")
    spans = [(s.start_char, s.end_char) for s in doc.sents] if known else [(0, len(doc.text))]
    found = flat(g for sentence in guess(doc.text, spans) for g in sentence)
    made = (doc.char_span(g.start, g.end, label=g.label, alignment_mode="expand") for g in found)
    doc.ents = _disjoint(s for s in made if s is not None)
    return doc


def _disjoint(spans: Iterable[Span]) -> list[Span]:
    """Drop a span that begins inside the one before: a foreign tokenizer may join two names in one token."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def create_ner(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 spaCy's interface
    """Return the component."""
    return ner_component


Language.factory("penghargaan_ner", assigns=["doc.ents", "token.ent_iob", "token.ent_type"], func=create_ner)
