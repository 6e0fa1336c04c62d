"""A small sequence tagger in numpy: hashed word features, one bidirectional LSTM, a BIO tag a word.

It is trained with torch (``scripts/train_ner.py``) and only read here. What a word looks like gives its
vector, whatever words stand around it, so vectors are kept and most words of a page cost one look-up.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Features of a word, each with a table of its own.
FEATURES = ("norm", "shape", "prefix", "suffix", "start", "end")
#: Word vectors that are kept twice over, those seen last and those before them: 4 kB each.
_KEPT = 6_000
#: Words that are scored together, so that memory does not depend on the length of a page.
_TOGETHER = 8_192
_PROBES = 2
#: The label scheme of this project.
OURS = "ours"


@cache
def _blas() -> ThreadpoolController:
    """Return what limits the threads of numpy's matrix library."""
    return ThreadpoolController()


def word_features(word: str) -> tuple[str, ...]:
    """Return the values of :data:`FEATURES` of a word: itself, how it is written, begins and ends."""
    low = word.lower()
    shape: list[str] = []
    for c in word:
        kind = "d" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c
        if len(shape) < 3 or shape[-3:] != [kind] * 3:
            shape.append(kind)
    norm = "".join("0" if c.isdigit() else c for c in low)
    return (norm, "".join(shape[:12]), low[:3], low[-3:], word[:1] + low[1:2], low[-2:])


def word_rows(word: str, sizes: Sequence[int]) -> list[list[int]]:
    """Return, for each feature of a word, the rows of its table that are summed.

    Args:
        word: Any word.
        sizes: Rows of each table.
    """
    found = []
    for number, (value, size) in enumerate(zip(word_features(word), sizes, strict=True)):
        data = f"{number}{value}".encode("utf-8", "surrogatepass")
        found.append([crc32(data, seed) % size for seed in range(_PROBES)])
    return found


def _parts(sentences: Sequence[Sequence[str]]) -> Iterator[Sequence[Sequence[str]]]:
    """Yield the sentences of a page in parts that are scored together."""
    start = words = 0
    for number, sentence in enumerate(sentences):
        if words and words + len(sentence) > _TOGETHER:
            yield sentences[start:number]
            start, words = number, 0
        words += len(sentence)
    yield sentences[start:]


@dataclass(frozen=True, slots=True)
class Tagging:
    """Tags of a sentence, by number, and how likely each one is (0 to 1)."""

    tags: NDArray[np.int64]
    likely: Floats


class Network:
    """The tagger.

    Args:
        tags: BIO tags by label scheme, in the order of the scores, ``O`` first.
        weights: Arrays by name: ``table.N`` of feature N (rows, width); ``mix.weight`` (inputs,
            2 x width) and ``mix.bias`` of the word vector; for every direction (``forward``, ``backward``)
            of the LSTM ``DIRECTION.input`` (width, 4 x hidden), ``DIRECTION.bias`` and ``DIRECTION.state``
            (hidden, 4 x hidden), gates in the order input, forget, output, cell; for every scheme
            ``head.SCHEME.weight`` (2 x hidden, tags) and ``head.SCHEME.bias``.
    """

    def __init__(self, tags: Mapping[str, Sequence[str]], weights: Mapping[str, Floats]) -> None:
        self.tags = {scheme: tuple(names) for scheme, names in tags.items()}
        self.weights = {name: np.ascontiguousarray(w, dtype=np.float32) for name, w in weights.items()}
        self._tables = [self.weights[f"table.{i}"] for i in range(len(FEATURES))]
        self._sizes = [len(t) for t in self._tables]
        self._input = np.concatenate([self.weights["forward.input"], self.weights["backward.input"]], 1)
        self._bias = np.concatenate([self.weights["forward.bias"], self.weights["backward.bias"]])
        self._vectors: dict[str, Floats] = {}
        self._older: dict[str, Floats] = {}
        self._barred = {scheme: _barred(names) for scheme, names in self.tags.items()}

    def vector(self, word: str) -> Floats:
        """Return the vector of a word, from the cache if it was seen not long before."""
        found = self._vectors.get(word)
        if found is not None:
            return found
        found = self._older.get(word)
        if found is None:
            rows = word_rows(word, self._sizes)
            parts = [table[r].sum(0) for table, r in zip(self._tables, rows, strict=True)]
            # One word at a time, so that its vector never depends on the words that happened to come with it.
            mixed = np.concatenate(parts) @ self.weights["mix.weight"] + self.weights["mix.bias"]
            half = len(mixed) // 2
            found = np.maximum(mixed[:half], mixed[half:]) @ self._input + self._bias
        if len(self._vectors) >= _KEPT:
            # the words that were not seen since the last time are forgotten
            self._older, self._vectors = self._vectors, {}
        self._vectors[word] = found
        return found

    def scores(self, sentences: Sequence[Sequence[str]], scheme: str = OURS) -> list[Floats]:
        """Return the scores (words, tags) of every sentence; none of them may be empty."""
        order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i]))
        lengths = np.array([len(sentences[i]) for i in order])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        inputs = np.stack([self.vector(w) for i in order for w in sentences[i]])
        size = inputs.shape[1] // 8
        hidden = np.empty((len(inputs), 2 * size), dtype=np.float32)
        longest = int(lengths[0])
        active = np.searchsorted(-lengths, -np.arange(longest), side="left")
        for side, name in enumerate(("forward", "backward")):
            gates = inputs[:, side * 4 * size : (side + 1) * 4 * size]
            first, step = (starts, 1) if side == 0 else (starts + lengths - 1, -1)
            state = self.weights[f"{name}.state"]
            out = hidden[:, side * size : (side + 1) * size]
            _run(gates, state, out, first, step, active)
        logits = hidden @ self.weights[f"head.{scheme}.weight"] + self.weights[f"head.{scheme}.bias"]
        found: list[Floats] = [np.empty(0, np.float32)] * len(sentences)
        for i, start, length in zip(order, starts, lengths, strict=True):
            found[i] = logits[start : start + length]
        return found

    def tag(self, sentences: Sequence[Sequence[str]], scheme: str = OURS) -> list[Tagging]:
        """Return the best valid BIO sequence of every sentence; none of them may be empty."""
        if not sentences:
            return []
        barred = self._barred[scheme]
        # Matrices this small are multiplied on one core sooner than they are shared out.
        with _blas().limit(limits=1, user_api="blas"):
            scores = [found for part in _parts(sentences) for found in self.scores(part, scheme)]
        flat = np.concatenate(scores)
        best = flat.argmax(1)
        powers = np.exp(flat - flat.max(1, keepdims=True))
        likely = powers / powers.sum(1, keepdims=True)
        found, at = [], 0
        for rows in scores:
            end = at + len(rows)
            tags = best[at:end]
            # The best tags one by one are the best sequence too, where they are a valid one.
            if barred[np.concatenate([[0], tags[:-1]]), tags].any():
                tags = _viterbi(rows, barred)
            found.append(Tagging(tags, likely[np.arange(at, end), tags]))
            at = end
        return found

    def to_bytes(self) -> bytes:
        """Return the tags and the weights, in half precision, as a compressed NumPy archive."""
        arrays: dict[str, Any] = {k: w.astype(np.float16) for k, w in sorted(self.weights.items())}
        arrays |= {f"tags.{scheme}": np.array(names) for scheme, names in self.tags.items()}
        file = io.BytesIO()
        np.savez_compressed(file, **arrays)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Network:
        """Read what :meth:`to_bytes` wrote."""
        tags: dict[str, list[str]] = {}
        weights = {}
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            for name in arrays.files:
                kind, _, scheme = name.partition(".")
                if kind == "tags":
                    tags[scheme] = arrays[name].tolist()
                else:
                    weights[name] = arrays[name].astype(np.float32)
        return cls(tags, weights)


def _run(
    gates: Floats, state: Floats, out: Floats, first: NDArray[np.int64], step: int, active: NDArray[np.int64]
) -> None:
    """Run one direction of the LSTM over sentences sorted by length, all of them one word at a time."""
    size = len(state)
    h = np.zeros((len(first), size), dtype=np.float32)
    c = np.zeros_like(h)
    for t, n in enumerate(active):
        at = first[:n] + t * step
        g = h[:n] @ state
        g += gates[at]
        opened = g[:, : 3 * size]
        # the logistic function by tanh, which cannot overflow
        opened *= 0.5
        np.tanh(g, out=g)
        opened *= 0.5
        opened += 0.5
        c = c[:n] * g[:, size : 2 * size]
        c += g[:, :size] * g[:, 3 * size :]
        h = np.tanh(c)
        h *= g[:, 2 * size : 3 * size]
        out[at] = h


def _barred(tags: Sequence[str]) -> NDArray[np.bool_]:
    """Return which tag may not follow which: ``I-X`` follows only ``B-X`` and ``I-X``."""
    return np.array([[b[0] == "I" and a[2:] != b[2:] for b in tags] for a in tags])


def _viterbi(scores: Floats, barred: NDArray[np.bool_]) -> NDArray[np.int64]:
    cost = barred * np.float32(-1e4)
    best = scores[0] + cost[0]
    back = np.empty(scores.shape, dtype=np.int64)
    columns = np.arange(scores.shape[1])
    for t in range(1, len(scores)):
        options = best[:, None] + cost
        back[t] = options.argmax(0)
        best = options[back[t], columns] + scores[t]
    path = np.empty(len(scores), dtype=np.int64)
    path[-1] = best.argmax()
    for t in range(len(scores) - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return path
