from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.tagger import HEADS, Tagger, guess, in_windows, likely_spans, tagger

SENTENCES = (
    "Dewi Kartikasari meraih Juara I Lomba Baca Puisi Rantau Wisma.",
    "Piala diserahkan Bupati Wonosobo.",
)


def best(text: str, label: str) -> list[str]:
    found = [g for sentence in guess(text, [(0, len(text))]) for g in sentence]
    return [text[g.start : g.end] for g in found if g.label == label and g.likely > 0.5]


def test_names_and_terms_that_no_list_has_are_found_by_their_context() -> None:
    text = "Sanggar Mekar Wulung dari Desa Tirtobelo meraih Juara II pada Festival Lakon Wengi 2023."
    assert best(text, "EVENT") == ["Festival Lakon Wengi"]
    assert best(text, "ORGANISATION") == ["Sanggar Mekar Wulung"]
    assert best(text, "RESULT") == ["Juara II"]
    assert best(text, "WINNER") == ["Sanggar Mekar Wulung"]


def test_a_page_without_words_has_no_names() -> None:
    assert guess("   \n ", [(0, 5)]) == [[]]
    assert guess("", []) == []


@pytest.mark.parametrize("text", ["a" * 5000, "1. " * 2000, "Kota Batu " * 900, "😀" * 1000])
def test_sentences_longer_than_the_network_can_read_are_read_in_parts(text: str) -> None:
    (pieces, scores), (_, last) = tagger().scores([text, "Kota Batu."])
    assert scores.shape == (len(pieces.words), len(HEADS), 3)
    assert np.allclose(np.exp(scores).sum(2), 1, atol=1e-4)
    assert len(last) == 3


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for g in guess(text, [(0, len(text))])[0]:
        assert 0 <= g.start < g.end <= len(text)
        assert 0 < g.likely <= 1


def test_what_stands_before_changes_no_offsets() -> None:
    text = " ".join(SENTENCES)
    spans = [(0, len(SENTENCES[0])), (len(SENTENCES[0]) + 1, len(text))]
    first, second = guess(text, spans)
    assert all(g.end <= spans[0][1] for g in first)
    assert all(g.start >= spans[1][0] for g in second)


@given(st.lists(st.integers(0, 300), max_size=40))
def test_every_sentence_is_in_one_window(sizes: list[int]) -> None:
    windows = list(in_windows(sizes))
    assert [n for a, b in windows for n in range(a, b)] == list(range(len(sizes)))
    assert all(b - a == 1 or sum(sizes[a:b]) + b - a <= 192 for a, b in windows)


def test_likelihood_of_a_span_is_that_of_its_words() -> None:
    likely = np.full((3, 2, 3), [0.98, 0.01, 0.01])
    likely[0, 0], likely[1, 0], likely[2, 0] = [0.1, 0.8, 0.1], [0.1, 0.1, 0.8], [0.5, 0.0, 0.5]
    found = {(a, b, head): p for a, b, head, p in likely_spans(np.log(likely + 1e-9))}
    assert found == {
        (0, 1, 0): pytest.approx(0.8 * 0.2, abs=1e-6),
        (0, 2, 0): pytest.approx(0.8 * 0.8 * 0.5, abs=1e-6),
        (0, 3, 0): pytest.approx(0.8 * 0.8 * 0.5, abs=1e-6),
    }


def test_a_model_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="not complete"):
        Tagger(tmp_path)
