"""The tagger: how likely each stretch of a sentence is a name, a term of an award, or has a part in it.

A transformer encoder (some layers of multilingual-e5-small, 8-bit, by onnxruntime) reads a window of
consecutive sentences and gives every word, for each head, how likely it begins a span (B), is inside one (I)
or neither (O). Heads are independent, so spans of different heads may nest. It is trained by
``scripts/train_tagger.py`` and only read here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.lexicon import cached

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Heads for names, terms of awards, classes of participants, and what a name is to an award.
NAMES = ("PERSON", "POSITION", "AGENCY", "ORGANISATION", "PLACE", "FACILITY", "DATE")
TERMS = ("EVENT", "CATEGORY", "RESULT", "WORK")
GROUP = "GROUP"
ROLES = ("WINNER", "ORGANISER", "GIVER", "RECEIVER")
#: Heads for the labels of public corpora, which draw limits otherwise.
PUBLIC = ("PUBLIC_PERSON", "PUBLIC_ORGANISATION", "PUBLIC_PLACE")
HEADS = (*NAMES, *TERMS, GROUP, *ROLES, *PUBLIC)

#: Rule id of mentions that only the tagger found.
RULE = "tagger"
#: Folder of the model.
MODEL = Path(__file__).resolve().parents[1] / "models" / "tagger"
ENCODER, TOKENIZER = "encoder.onnx", "tokenizer.json"
#: Word pieces of a window; a longer sentence is read in parts.
WINDOW = 192
#: Word pieces that the network can read at once; places in a window are numbered to 512.
_LONGEST = 400
#: Spans less likely than this are no candidates.
LEAST = 0.08
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Guess:
    """A stretch that may be a name, a term or a part: offsets into the text, head, likelihood (0 to 1)."""

    start: int
    end: int
    label: str
    likely: float


@dataclass(frozen=True, slots=True)
class WordPieces:
    """A sentence as the network reads it.

    Args:
        ids: Its word pieces.
        first: For each word the number of its first piece.
        words: Where each word starts and ends, in the sentence.
    """

    ids: list[int]
    first: list[int]
    words: list[tuple[int, int]]


def word_pieces(encoding: Any, text: str) -> WordPieces:  # noqa: ANN401 (tokenizers.Encoding, without stubs)
    """Return a sentence as the network reads it.

    Args:
        encoding: The tokenizer's encoding of the text, without special pieces.
        text: The sentence.
    """
    words = [m.span() for m in _WORD.finditer(text)]
    offsets = encoding.offsets
    first, at, last = [], 0, len(offsets) - 1
    for start, _ in words:
        while at < last and offsets[at][1] <= start:
            at += 1
        first.append(at)
    return WordPieces(encoding.ids, first, words)


def in_windows(sizes: Sequence[int], most: int = WINDOW) -> Iterator[tuple[int, int]]:
    """Yield the runs of consecutive sentences that are read together, as (first, behind the last).

    Args:
        sizes: Word pieces of each sentence.
        most: Word pieces of a window, one more for each sentence; a longer sentence is a window of its own.
    """
    start = size = 0
    for number, pieces in enumerate(sizes):
        if number > start and size + pieces + 1 > most:
            yield start, number
            start, size = number, 0
        size += pieces + 1
    if start < len(sizes):
        yield start, len(sizes)


class Tagger:
    """The network and its tokenizer.

    Args:
        folder: Folder with :data:`ENCODER` and :data:`TOKENIZER`.

    Raises:
        FileNotFoundError: If one of them is missing.
    """

    def __init__(self, folder: Path = MODEL) -> None:
        import onnxruntime  # these two take half a second, which `import pipeline` does without
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        for name in (TOKENIZER, ENCODER):
            if not (folder / name).is_file():
                raise FileNotFoundError(f"{folder / name}: no such file; the model of names is not complete")
        self.tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self.session = onnxruntime.InferenceSession(
            str(folder / ENCODER), options, providers=["CPUExecutionProvider"]
        )
        self.bos, self.eos = (self.tokenizer.token_to_id(t) for t in ("<s>", "</s>"))

    def scores(self, sentences: Sequence[str]) -> list[tuple[WordPieces, Floats]]:
        """Return of every sentence its words and their log-likelihoods (words, heads, O B I)."""
        import numpy as np

        pieces = [
            word_pieces(self.tokenizer.encode(text, add_special_tokens=False), text) for text in sentences
        ]
        parts = [(n, part) for n, whole in enumerate(pieces) for part in _in_parts(whole)]
        found: list[list[Floats]] = [[] for _ in pieces]
        for start, end in in_windows([len(part.ids) for _, part in parts]):
            ids, first = [self.bos], []
            for _, part in parts[start:end]:
                first += [len(ids) + k for k in part.first]
                ids += [*part.ids, self.eos]
            given = {"ids": np.array([ids], np.int64), "first": np.array(first, np.int64)}
            scores = self.session.run(None, given)[0]
            at = 0
            for number, part in parts[start:end]:
                found[number].append(scores[at : at + len(part.first)])
                at += len(part.first)
        return [(whole, np.concatenate(rows)) for whole, rows in zip(pieces, found, strict=True)]


def _in_parts(whole: WordPieces) -> Iterator[WordPieces]:
    """Yield a sentence, in parts that begin with a word if it is longer than the network can read."""
    start = 0
    while True:
        base = whole.first[start] if whole.first else 0
        end = bisect_left(whole.first, base + _LONGEST, start) if base + _LONGEST < len(whole.ids) else None
        if end is not None:
            end = max(end - 1, start + 1)
        stop = len(whole.ids) if end is None or end >= len(whole.first) else whole.first[end]
        ids = whole.ids[base:stop][:_LONGEST]
        first = [min(k - base, len(ids) - 1) for k in whole.first[start:end]]
        yield WordPieces(ids, first, whole.words[start:end])
        if end is None or end >= len(whole.first):
            return
        start = end


def likely_spans(scores: Floats, least: float = LEAST) -> Iterator[tuple[int, int, int, float]]:
    """Yield the (first word, word behind the last, head, likelihood) of the spans that may be one.

    Args:
        scores: Log-likelihoods (words, heads, O B I).
        least: The least likelihood.
    """
    import numpy as np

    likely = np.exp(scores)
    words = len(likely)
    for start, head in np.argwhere(likely[:, :, 1] >= least).tolist():
        p = float(likely[start, head, 1])
        end = start + 1
        while p >= least:
            inside = float(likely[end, head, 2]) if end < words else 0.0
            whole = p * (1.0 - inside)
            if whole >= least:
                yield start, end, head, whole
            if end >= words:
                break
            p *= inside
            end += 1


@cached
def tagger(folder: Path | None = None) -> Tagger:
    """Return the network, read on first use."""
    return Tagger(folder or MODEL)


def guess(text: str, spans: Sequence[tuple[int, int]], model: Tagger | None = None) -> list[list[Guess]]:
    """Return what the tagger holds possible, sentence by sentence.

    Args:
        text: The page's text.
        spans: The sentences to read, in text order.
        model: Another network than the one that comes with the project.

    Returns:
        Of every sentence the spans of all heads that are likely enough to be candidates; they may overlap.
    """
    model = model or tagger()
    found = []
    for (start, _), (pieces, scores) in zip(spans, model.scores([text[a:b] for a, b in spans]), strict=True):
        words = pieces.words
        found.append(
            [
                Guess(start + words[first][0], start + words[end - 1][1], HEADS[head], likely)
                for first, end, head, likely in likely_spans(scores)
            ]
        )
    return found
