from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation import swap_text
from pipeline.evaluation.swap_text import Edit, Rewriting, adjacent, apart, keys, split_words, swap_words


def test_the_examples_are_true():
    assert doctest.testmod(swap_text).failed == 0


def test_words_are_letters_and_figures_only_between_capitals():
    assert [w.text for w in split_words("O2SN, SMAN2, Edufest23, Ma'ruf's 3D!")] == [
        "O2SN", "SMAN", "Edufest", "Ma'ruf's", "D"
    ]  # fmt: skip
    assert keys("Daarul ‘Uluum MA'RUF") == ("daarul", "uluum", "maruf")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("Kulon Progo", True), ("Kulon\nProgo", True), ("Pare-Pare", True), ("Kep. Riau", True),
     ("Batu, Malang", False), ("Batu (Malang", False), ("Batu.  \n\nMalang", False)],
)  # fmt: skip
def test_what_may_stand_inside_a_name(text, is_one):
    left, right = split_words(text)
    assert adjacent(text, left, right) is is_one


def test_roles_hold_words_and_phrases():
    assert {"universitas", "tbk"} <= swap_words("body")
    assert "wajar tanpa pengecualian" in swap_words("closed")


def test_places_move_with_the_edits():
    work = Rewriting("Kota Batu dan Kota Metro", (Edit(5, 9, "Padang Panjang"), Edit(19, 24, "Solo")))
    assert work.new == "Kota Padang Panjang dan Kota Solo"
    assert work.words(0, 9) == "Kota Padang Panjang"
    assert work.words(5, 9) == "Padang Panjang"
    assert work.words(10, 24) == "dan Kota Solo"
    assert work.words(6, 24) == "Padang Panjang dan Kota Solo", (
        "a stretch that cuts a name gets all of the new"
    )
    assert work.span(24, 24) == (33, 33)


def test_of_edits_that_overlap_the_first_counts():
    assert apart([Edit(3, 8, "b"), Edit(0, 4, "a"), Edit(4, 5, "c")]) == (Edit(0, 4, "a"), Edit(4, 5, "c"))


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 39), st.integers(1, 5), st.text(max_size=4))))
def test_what_no_edit_touches_is_found_again(text, pieces):
    edits = apart(Edit(s, min(s + n, len(text)), new) for s, n, new in pieces if s < len(text))
    work = Rewriting(text, edits)
    at = 0
    for edit in (*edits, Edit(len(text), len(text), "")):
        assert work.words(at, edit.start) == text[at : edit.start]
        assert work.words(edit.start, edit.end) == edit.new
        at = edit.end
