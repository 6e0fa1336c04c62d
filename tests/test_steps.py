"""Steps are what every match needs: a text without them, in their order, is passed over, and no other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.steps import Steps, even, needs, one_line, steps

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
    found = Steps([steps(re.compile(pattern)) for pattern in PATTERNS]).find(even(line))
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
    assert bool(Steps([steps(re.compile(pattern))]).find(even(one_line(text)))) is found


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [("a[xy]", True), ("a(?=[xy])", True), ("(?<=x)a", True), ("a[xyz]", False), ("a(?:x|b)", False)],
)
def test_characters_that_are_needed(pattern: str, needed: bool) -> None:
    assert needs(re.compile(pattern), frozenset("xy")) is needed
