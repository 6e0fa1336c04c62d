"""The tagger in numpy against a plain one that reads word by word, and its decoding."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from pipeline.entities.network import FEATURES, Network, word_features, word_rows

TAGS = ("O", "B-PERSON", "I-PERSON", "B-PLACE", "I-PLACE")
ROWS, TABLE, WIDTH, HIDDEN = 50, 3, 5, 4


@pytest.fixture
def network() -> Network:
    rng = np.random.default_rng(3)

    def array(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype(np.float32)

    weights = {f"table.{i}": array(ROWS, TABLE) for i in range(len(FEATURES))}
    weights |= {"mix.weight": array(len(FEATURES) * TABLE, 2 * WIDTH), "mix.bias": array(2 * WIDTH)}
    for name in ("forward", "backward"):
        weights[f"{name}.input"] = array(WIDTH, 4 * HIDDEN)
        weights[f"{name}.bias"] = array(4 * HIDDEN)
        weights[f"{name}.state"] = array(HIDDEN, 4 * HIDDEN)
    weights |= {"head.ours.weight": array(2 * HIDDEN, len(TAGS)), "head.ours.bias": array(len(TAGS))}
    return Network({"ours": TAGS}, weights)


SENTENCES = [
    ["Bupati", "Rina", "hadir", "."],
    ["Ya"],
    ["Warga", "Kota", "Malang", "dan", "Batu", "senang", "."],
    ["Rina", "Rina"],
]


def logistic(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def plain_scores(network: Network, words: list[str]) -> np.ndarray:
    w = network.weights
    vectors = []
    for word in words:
        rows = word_rows(word, [ROWS] * len(FEATURES))
        features = np.concatenate([w[f"table.{i}"][r].sum(0) for i, r in enumerate(rows)])
        mixed = features @ w["mix.weight"] + w["mix.bias"]
        vectors.append(np.maximum(mixed[:WIDTH], mixed[WIDTH:]))
    sides = []
    for name, order in (("forward", range(len(words))), ("backward", reversed(range(len(words))))):
        h, c = np.zeros(HIDDEN), np.zeros(HIDDEN)
        states = {}
        for t in order:
            g = vectors[t] @ w[f"{name}.input"] + w[f"{name}.bias"] + h @ w[f"{name}.state"]
            enter, forget, out = (logistic(g[k * HIDDEN : (k + 1) * HIDDEN]) for k in range(3))
            c = forget * c + enter * np.tanh(g[3 * HIDDEN :])
            h = out * np.tanh(c)
            states[t] = h
        sides.append(np.array([states[t] for t in range(len(words))]))
    return np.concatenate(sides, 1) @ w["head.ours.weight"] + w["head.ours.bias"]


def test_sentences_of_all_lengths_score_as_word_by_word(network: Network) -> None:
    for words, scores in zip(SENTENCES, network.scores(SENTENCES), strict=True):
        assert scores == pytest.approx(plain_scores(network, words), abs=1e-4)


def test_a_sentence_scores_the_same_whatever_stands_beside_it(network: Network) -> None:
    for words, scores in zip(SENTENCES, network.scores(SENTENCES), strict=True):
        assert np.allclose(network.scores([words])[0], scores, atol=1e-5)


def test_a_long_page_is_scored_in_parts(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = network.tag(SENTENCES * 3)
    monkeypatch.setattr("pipeline.entities.network._TOGETHER", 5)
    parts: list[int] = []
    scores = network.scores
    monkeypatch.setattr(
        network, "scores", lambda part, scheme: parts.append(len(part)) or scores(part, scheme)
    )
    for one, other in zip(network.tag(SENTENCES * 3), whole, strict=True):
        assert (one.tags == other.tags).all()
        assert np.array_equal(one.likely, other.likely)
    assert sum(parts) == len(SENTENCES) * 3
    assert len(parts) > 3


def test_the_best_tags_are_a_valid_sequence(network: Network) -> None:
    rng = np.random.default_rng(5)
    words = [[f"kata{k}" for k in rng.integers(0, 400, size=n)] for n in (1, 2, 9, 40, 40)]
    seen_invalid = False
    for scores, tagging in zip(network.scores(words), network.tag(words), strict=True):
        greedy = [TAGS[k] for k in scores.argmax(1)]
        names = [TAGS[k] for k in tagging.tags]
        for before, tag in zip(["O", *names], names, strict=False):
            assert tag[0] != "I" or before[2:] == tag[2:]
        if greedy == names:
            continue
        seen_invalid = True
        assert any(t[0] == "I" and b[2:] != t[2:] for b, t in zip(["O", *greedy], greedy, strict=False))
    assert seen_invalid, "the case is only tested if single best tags are invalid somewhere"
    assert network.tag([]) == []


def test_viterbi_finds_the_best_of_all_valid_sequences(network: Network) -> None:
    words = [["Ia", "Rina", "Batu", "dan"]]
    scores = network.scores(words)[0]

    def valid(path: tuple[int, ...]) -> bool:
        names = ["O", *(TAGS[k] for k in path)]
        return all(t[0] != "I" or b[2:] == t[2:] for b, t in pairwise(names))

    paths = [p for p in product(range(len(TAGS)), repeat=4) if valid(p)]
    best = max(paths, key=lambda p: sum(scores[t, k] for t, k in enumerate(p)))
    assert tuple(network.tag(words)[0].tags) == best


def test_weights_survive_saving_in_half_precision(network: Network) -> None:
    again = Network.from_bytes(network.to_bytes())
    assert again.tags == network.tags
    assert again.to_bytes() == network.to_bytes()
    assert np.allclose(again.scores(SENTENCES)[0], network.scores(SENTENCES)[0], atol=0.05)


def test_the_cache_of_words_is_bounded(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.entities.network._KEPT", 3)
    first = network.vector("kata0").copy()
    for k in range(10):
        network.vector(f"kata{k}")
        network.vector("kata0")
        assert len(network._vectors) <= 3
        assert len(network._older) <= 3
        assert "kata0" in network._vectors
    assert (network.vector("kata0") == first).all()


def test_features_of_words() -> None:
    assert word_features("Diskominfo") == ("diskominfo", "Xxxx", "dis", "nfo", "Di", "fo")
    assert word_features("2025") == ("0000", "ddd", "202", "025", "20", "25")
    assert word_features("A") == ("a", "X", "a", "a", "A", "a")
