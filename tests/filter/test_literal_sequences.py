"""Steps are what every match needs: a text without them, in their order, is passed over, and no other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.filter.literal_sequences import (
    LiteralSequences,
    MentionSlot,
    even,
    needs,
    one_line,
    stands,
    steps,
)

PATTERNS = (
    "juara(?: [12])? (?:diraih|direbut)(?: oleh)?(?= )",
    "(?:dan )?ketiga(?:,| adalah)",
    "^(?:dan )?kedua",
    "(?:piala|medali) .{0,9}?(?=emas)emas(?= )",
    "raih(?! gelar)(?:(?= juara) juara| piala)",
    "a{2,3}b",
)
_WORDS = [
    "juara",
    "1",
    "diraih",
    "direbut",
    "oleh",
    "dan",
    "ketiga",
    ",",
    "adalah",
    "kedua",
    "piala",
    "medali",
    "emas",
    "raih",
    "gelar",
    "x",
    "aab",
    "aaab",
]


@given(st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join))
def test_what_matches_has_the_steps(text: str) -> None:
    line = one_line(text)
    found = LiteralSequences([steps(re.compile(pattern)) for pattern in PATTERNS]).find(even(line))
    assert {n for n, pattern in enumerate(PATTERNS) if re.search(pattern, line)} <= found


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("juara .*diraih", "juara itu diraih", True),
        ("juara .*diraih", "diraih juara", False),
        ("^kedua", "kedua", True),
        ("^kedua", "yang kedua", False),
        ("raih(?= )", "diraihnya", False),
        (".", "", True),
    ],
)
def test_steps_stand_in_order(pattern: str, text: str, found: bool) -> None:
    assert bool(LiteralSequences([steps(re.compile(pattern))]).find(even(one_line(text)))) is found


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [("a[xy]", True), ("a(?=[xy])", True), ("(?<=x)a", True), ("a[xyz]", False), ("a(?:x|b)", False)],
)
def test_characters_that_are_needed(pattern: str, needed: bool) -> None:
    assert needs(re.compile(pattern), frozenset("xy")) is needed


#: Patterns over renderings, in which "M" is a mention; a text has "rank" in its place.
_SLOTTED = (
    "M untuk x",
    "beri .*(?:piala|M).* kepada(?= )",
    "kategori M:.*M(?: itu)? diraih",
    "^(?:dan )?M oleh",
)
_SHOWN = ["M", "untuk", "x", "beri", "piala", "kepada", "kategori", ":", "itu", "diraih", "dan", "oleh"]


@given(st.lists(st.sampled_from(_SHOWN), max_size=9).map(" ".join), st.booleans())
def test_what_matches_has_its_slots_filled(rendering: str, whole: bool) -> None:
    rendering = rendering.replace(" :", ":")
    line = one_line(("" if whole else "x ") + rendering.replace("M", "rank"))
    low = even(line)
    for pattern in _SLOTTED:
        if re.search(pattern, f"{rendering} "):
            found = steps(re.compile(pattern), frozenset("M"), whole=whole)
            assert any(isinstance(step, MentionSlot) for step in found)
            assert stands(low, found, lambda start, end: "rank" in line[start:end]), (pattern, found)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("rank untuk x", True),
        ("untuk x", False),
        ("untuk x rank", False),
        ("untuk x rank untuk x", True),
    ],
)
def test_a_slot_is_filled_where_it_stands(text: str, filled: bool) -> None:
    line = one_line(text)
    found = steps(re.compile("M untuk x"), frozenset("M"))
    assert stands(even(line), found, lambda start, end: "rank" in line[start:end]) is filled
