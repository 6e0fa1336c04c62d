"""The statistical model as a spaCy component: flat entities in ``doc.ents``, by the network alone.

The pipeline's own component ``penghargaan_entities`` reads the same network and lets the grammar decide
where it
reads something; this one is the model as it was trained, for evaluation and for pipelines of others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.entities.network import Network
from pipeline.entities.tagger import WEIGHTS, guess
from pipeline.errors import UsageError


class NerComponent:
    """Sets ``doc.ents``, sentence by sentence where sentences are known.

    Args:
        network: The network; ``None`` until it is read from disk.
    """

    def __init__(self, network: Network | None = None) -> None:
        self.network = network

    def __call__(self, doc: Doc) -> Doc:
        """Tag one document."""
        if self.network is None:
            raise UsageError(
                "the component penghargaan_ner has no weights: load them with spacy.load(folder)"
            )
        known = doc.has_annotation("SENT_START")
        spans = [(s.start_char, s.end_char) for s in doc.sents] if known else [(0, len(doc.text))]
        found = [g for names in guess(doc.text, spans, self.network) for g in names]
        made = (doc.char_span(g.start, g.end, label=g.label, alignment_mode="expand") for g in found)
        doc.ents = _disjoint(s for s in made if s is not None)
        return doc

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002 spaCy's interface
        """Write the weights into a folder."""
        if self.network is not None:
            Path(path).mkdir(parents=True, exist_ok=True)
            (Path(path) / WEIGHTS.name).write_bytes(self.network.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> NerComponent:  # noqa: ARG002 the same
        """Read the weights from a folder."""
        self.network = Network.from_bytes((Path(path) / WEIGHTS.name).read_bytes())
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 the same
        """Return the weights."""
        return b"" if self.network is None else self.network.to_bytes()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> NerComponent:  # noqa: ARG002 the same
        """Read the weights."""
        self.network = Network.from_bytes(data) if data else None
        return self


def _disjoint(spans: Iterable[Span]) -> list[Span]:
    """Drop a span that begins inside the one before: a foreign tokenizer may join two names in one token."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def create_ner(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 spaCy's interface
    """Return a component without weights."""
    return NerComponent()


Language.factory("penghargaan_ner", assigns=["doc.ents", "token.ent_iob", "token.ent_type"], func=create_ner)
