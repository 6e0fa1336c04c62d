"""Lines of lists: marks, and what has the form of one."""

from __future__ import annotations

import pytest

from pipeline.awards.blocks.list_lines import may_be_listed, read_line, tells_rank
from tests.awards.story import sentence


@pytest.mark.parametrize(
    ("marked", "marker", "words"),
    [
        ("1. A", "number", "a"),
        ("(2) A", "number", "a"),
        ("b) A", "letter", "a"),
        ("• A", "bullet", "a"),
        ("[RESULT Juara 1] : Rina", "rank", None),
        ("2023 A", "bare", "2023 a"),
        ("Pada 1. Mei", "bare", "pada 1· mei"),
    ],
)
def test_marks(marked: str, marker: str, words: str | None) -> None:
    line = read_line(*sentence(marked))
    assert line.marker == marker
    assert words is None or line.text == words


@pytest.mark.parametrize(
    ("marked", "listed"),
    [
        ("[PERSON Rina Sari] - [RESULT Juara 1]", True),
        ("- Panitia mengatakan acara berlangsung meriah", True),
        ("Panitia mengatakan acara berlangsung meriah", False),
        ("Selamat kepada para pemenang!", False),
        ("Rina " * 50, False),
    ],
)
def test_form_of_a_line(marked: str, listed: bool) -> None:
    assert may_be_listed(read_line(*sentence(marked))) is listed


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("Juara II Pidato Rina", True),
        ("[PERSON Rina] ([RESULT Terbaik 1])", True),
        ("Juara 1", False),
        ("[PERSON Rina] meraih [RESULT Juara 1]", False),
        ("Juara dunia tinju", False),
    ],
)
def test_a_line_tells_a_rank_beside_other_words_and_no_verb(marked: str, told: bool) -> None:
    text, rendered = sentence(marked)
    assert tells_rank(text, read_line(text, rendered)) is told
