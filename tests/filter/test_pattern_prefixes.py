"""The opening of a pattern matches wherever the pattern does, whatever its mentions hide."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.filter.pattern_prefixes import opening

PATTERNS = (
    "jadi (?:yang |dari [\ue000] ke ){0,2}(?=juara|[\ue000\ue001])",
    "(?<=[\ue001] )raih (?:dua )?[\ue000]",
    "[\ue001][^.]{0,20} jadi (?! x)",
    "jadi [^.;]{1,9}? [\ue000x]",
)
_PARTS = ("jadi", "yang", "dari", "ke", "juara", "raih", "dua", "x", ".", "\ue000", "\ue001")
_MENTIONS = {"\ue000": "Juara 1", "\ue001": "Kota Batu"}


def _starts(mentions: frozenset[str]) -> str:
    return f"(?-i:{'|'.join(_MENTIONS[m] for m in sorted(mentions & _MENTIONS.keys()))})"


@given(st.lists(st.sampled_from(_PARTS), max_size=7).map(" ".join))
def test_what_matches_has_the_opening(rendering: str) -> None:
    text = re.sub("[\ue000\ue001]", lambda m: _MENTIONS[m.group()], rendering)
    for pattern in PATTERNS:
        if re.search(pattern, rendering):
            assert opening(re.compile(pattern), _starts).search(text), pattern


@pytest.mark.parametrize(
    ("text", "found"),
    [("jadi Juara 1", True), ("jadi yang Juara 1", True), ("jadi juara", True), ("jadi bukti", False)],
)
def test_openings_end_at_the_first_mention(text: str, found: bool) -> None:
    assert bool(opening(re.compile(PATTERNS[0]), _starts).search(text)) is found
