"""Tokens give their text back, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.spacy_tokens import split_tokens


def _text(words: list[str], spaces: list[bool]) -> str:
    return "".join(word + " " * space for word, space in zip(words, spaces, strict=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pemkot Batu raih Juara 1.", ["Pemkot", "Batu", "raih", "Juara", "1", "."]),
        ("se-Jawa (10/5)", ["se", "-", "Jawa", "(", "10", "/", "5", ")"]),
        ("a_b", ["a", "_", "b"]),
        ("a  b", ["a", " ", "b"]),
        ("a\n\nb", ["a", "\n\n", "b"]),
        (" a", [" ", "a"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert split_tokens(text)[0] == words
    assert _text(*split_tokens(text)) == text


def test_no_token_crosses_a_border() -> None:
    assert split_tokens("judulisi", [5])[0] == ["judul", "isi"]
    assert split_tokens("judul", [-1, 0, 5, 9])[0] == ["judul"]


@given(st.text(max_size=60), st.lists(st.integers(-5, 70), max_size=5))
def test_words_and_spaces_give_the_text_back(text: str, borders: list[int]) -> None:
    words, spaces = split_tokens(text, borders)
    assert _text(words, spaces) == text
    assert all(words)
    at = 0
    for word, space in zip(words, spaces, strict=True):
        assert not any(at < border < at + len(word) for border in borders)
        at += len(word) + space
