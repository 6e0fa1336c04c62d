from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Sentence
from pipeline.sentences.overlong import LONGEST, in_parts


@given(st.integers(1, 4 * LONGEST), st.integers(1, 2 * LONGEST))
def test_long_sentences_are_split_without_loss(length: int, gap: int) -> None:
    text = (("a" * gap + " ") * (length // (gap + 1) + 1))[:length]
    parts = list(in_parts(text, [Sentence(0, length)]))
    assert "".join(text[p.start : p.end] for p in parts) == text
    assert all(0 < p.end - p.start <= LONGEST for p in parts)
