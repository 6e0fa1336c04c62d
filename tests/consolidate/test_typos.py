"""Which spellings pass for one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.consolidate.folding import vocabulary
from pipeline.consolidate.typos import blocks, same_but_for_a_slip


def slip(a: str, b: str) -> bool:
    there, back = (same_but_for_a_slip(tuple(x.split()), tuple(y.split())) for x, y in ((a, b), (b, a)))
    assert there == back
    return there


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("lomba kreativitas pesisir", "lomba kreatvitas pesisir"),
        ("lomba kreativitas pesisir", "lomba kreativiats pesisir"),
        ("lomba kreativitas pesisir", "lomba kreativotas pesisir"),
        ("lomba kreativitas pesisir", "lomba kraetivtas pesisir"),
        ("festival tenun", "festival tennun"),
        ("wirabhakti", "wirabakti"),
    ],
    ids=["lost", "swapped", "another letter", "two in a long word", "doubled in a short one", "a word alone"],
)
def test_slips(a: str, b: str) -> None:
    assert slip(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("festival tenun", "festival temun"),
        ("festival kopi", "festival kopii"),
        ("festival tenunan", "festival benunan"),
        ("lomba wirasakti", "lomba wirosaksi"),
        ("lomba kreativitas pesisir", "lomba kraetivats pesisir"),
        ("cipta peragawa", "cipta peragawi"),
        ("lomba kapal123", "lomba kapal124"),
        ("festival tenun ikat", "festival tennun ikatt"),
        ("festival tenun", "tenun festival"),
        ("festival tenun", "festival tenun ikat"),
        ("tenunan", "tennunan"),
        ("", ""),
    ],
    ids=[
        "another letter in a short word",
        "four letters",
        "first letter",
        "two in a word of nine",
        "three",
        "man and woman",
        "digits",
        "two words",
        "order",
        "one more",
        "a short word alone",
        "nothing",
    ],
)
def test_other_names(a: str, b: str) -> None:
    assert not slip(a, b)


def test_two_words_that_are_spelled_right_are_two_words() -> None:
    for a, b in (("pelayanan", "pelayaran"), ("pemilihan", "pemulihan"), ("pengadaan", "pengaduan")):
        assert {a, b} <= vocabulary()
        assert not slip(f"inovasi {a}", f"inovasi {b}")
    assert slip("inovasi pelayanan", "inovasi pelayaman")


words = st.lists(st.text("abcdefgi1", min_size=1, max_size=9), min_size=1, max_size=4)


@given(words, st.data())
def test_names_that_are_compared_share_a_block(name: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    word = name[at]
    cut = data.draw(st.integers(0, len(word)))
    other = [
        *name[:at],
        word[:cut] + data.draw(st.text("abcde", max_size=1)) + word[cut + 1 :],
        *name[at + 1 :],
    ]
    if tuple(name) != tuple(other) and same_but_for_a_slip(tuple(name), tuple(other)):
        assert set(blocks(tuple(name))) & set(blocks(tuple(other)))
