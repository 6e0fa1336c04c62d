"""spaCy: a DocBin with all layers as span groups.

``doc.spans["sc"]`` holds all entities, ``doc.ents`` the outermost ones, ``doc.spans["layout"]`` headline and
boilerplate, ``doc.spans["record"]`` awards, slots and evidence. Relations and attributes of the awards are
in ``doc.user_data["penghargaan"]``, by the ids of the spans (``span.id_``).

Tokens are those of the project's tokenizer, cut once more where a region starts or ends within one, so that
no limit is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.annotate.labels import AWARD, LAYER_OF
from pipeline.annotate.layers import Layers, Region, drawn_layers
from pipeline.errors import UsageError
from pipeline.spacy_tokens import split_tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_KEY = "penghargaan"
#: Names of the span groups by layer; the entities' is the one that spaCy's span categoriser uses by default.
GROUPS = {"entity": "sc", "layout": "layout", "record": "record"}


def _tokens(layers: Layers) -> tuple[list[str], list[bool]]:
    """Return words and spaces; a space where a region starts or ends is a token of its own."""
    starts, ends = {r.start for r in layers.regions}, {r.end for r in layers.regions}
    words: list[str] = []
    spaces: list[bool] = []
    at = 0
    for word, space in zip(*split_tokens(layers.text, starts | ends), strict=True):
        at += len(word)
        apart = space and (at in starts or at + 1 in ends)
        words += [word, " "] if apart else [word]
        spaces += [False, False] if apart else [space]
        at += space
    return words, spaces


def to_doc(layers: Layers, vocab: Vocab) -> Doc:
    """Return a page as a spaCy document.

    Args:
        layers: The page.
        vocab: Vocabulary of the document.
    """
    from spacy.tokens import Doc, Span
    from spacy.util import filter_spans

    words, spaces = _tokens(layers)
    doc = Doc(vocab, words=words, spaces=spaces)
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    made: dict[str, list[Span]] = {group: [] for group in GROUPS.values()}
    for region in layers.regions:
        span = Span(doc, starts[region.start], ends[region.end], label=region.label, span_id=region.id)
        made[GROUPS[LAYER_OF[region.label]]].append(span)
    for group, spans in made.items():
        doc.spans[group] = spans
    doc.ents = filter_spans(made[GROUPS["entity"]])
    doc.user_data[_KEY] = {
        "record": layers.record,
        "links": [[link.award, link.slot, link.region] for link in layers.links],
        "attributes": {name: dict(values) for name, values in layers.attributes.items()},
    }
    return doc


def _as_json(value: Any) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """Return a value with lists where a DocBin gives tuples back."""
    if isinstance(value, dict):
        return {key: _as_json(item) for key, item in value.items()}
    return [_as_json(item) for item in value] if isinstance(value, (list, tuple)) else value


def from_doc(doc: Doc, number: int = 0) -> Layers:
    """Return the page of a document.

    Args:
        doc: Document of :func:`to_doc`, corrected or not, or one with span groups of the same names.
        number: Its number in the file, for pages without an id.
    """
    rest: dict[str, Any] = _as_json(doc.user_data.get(_KEY) or {})
    record = rest.get("record") or {"doc_id": f"page-{number}"}
    regions: dict[str, Region] = {}
    notes: list[str] = []
    for group in GROUPS.values():
        for span in doc.spans.get(group, ()):
            if span.label_ not in LAYER_OF:
                notes.append(f"unknown label {span.label_!r} at {span.start_char}; it was left out")
                continue
            start, end = span.start_char, span.end_char
            name = span.id_ or f"{span.label_}-{start}-{end}"
            while name in regions:
                name += "+"
            regions[name] = Region(name, start, end, span.label_)
    attributes = rest.get("attributes") or {}
    awards = {r.id: dict(attributes.get(r.id) or {}) for r in regions.values() if r.label == AWARD}
    links = [(start, slot, end) for start, slot, end in rest.get("links") or ()]
    return drawn_layers(doc.text, record, regions.values(), links, awards, notes)


def write(path: Path, pages: Sequence[Layers]) -> list[Path]:
    """Write a DocBin.

    Args:
        path: File to write.
        pages: The pages.

    Returns:
        The files written.
    """
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    store = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True)
    for layers in pages:
        store.add(to_doc(layers, vocab))
    path.write_bytes(store.to_bytes())
    return [path]


def read(path: Path) -> list[Layers]:
    """Read a DocBin.

    Args:
        path: File that :func:`write` or spaCy wrote.

    Raises:
        UsageError: The file is no DocBin.
    """
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    try:
        docs = list(DocBin(store_user_data=True).from_bytes(path.read_bytes()).get_docs(vocab))
    except Exception as error:  # zlib, msgpack and spaCy each raise their own
        raise UsageError(f"{path} is no DocBin of spaCy: {error}; write it again with to_disk") from error
    return [from_doc(doc, number) for number, doc in enumerate(docs)]
