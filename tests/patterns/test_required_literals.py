from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.awards.pack import frame_rules
from pipeline.lexicon.typed_rows import rows
from pipeline.patterns.required_literals import Guarded, folded, needed
from pipeline.terms.term_patterns import TermPattern, head_pattern, headed_grade, unsure_grade
from pipeline.terms.term_rules import term_rules


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("juara", {"juara"}),
        ("(?i)Juara [IVX]+", {"juara"}),
        ("(?:juara|peringkat) [1-9]", {"juara", "peringkat"}),
        ("runner[- ]?up", {"runner"}),
        ("ter(?:baik|favorit)", {"terbaik", "terfavorit"}),
        ("a?bc", {"abc", "bc"}),
        ("[Pp]enghargaan", {"penghargaan"}),
        ("(?<=raih )emas(?= murni)", {"murni"}),
        (r"\bjuara\b(?!n)", {"juara"}),
        ("(?:juara )*", {""}),
        ("(?:juara )+", {"juara"}),
        (r"\d+|juara", {""}),
        ("(?<=juara )", {""}),  # it may stand before the stretch that is searched
        (".*", {""}),
        ("[^a]", {""}),
        ("a b", {"a"}),
    ],
)
def test_words_that_a_pattern_needs(pattern: str, words: set[str]) -> None:
    assert needed(re.compile(pattern)) == words


def _patterns() -> Iterator[re.Pattern[str]]:
    guarded = [rule.pattern for rule in term_rules() if rule.pattern is not None] + [
        headed_grade(),
        unsure_grade(),
        head_pattern("Award"),
    ]
    guarded += [row.pattern for row in rows(TermPattern)]
    yield from (re.compile(g.pattern, g.flags) for g in guarded)
    yield from (rule.pattern for rule in frame_rules())


PATTERNS = list(_patterns())
GUARDED = [Guarded(pattern) for pattern in PATTERNS]
_WORDS = sorted(
    {word for pattern in PATTERNS for word in needed(pattern)} | {"Kota", "1", "I", "di", "“", "ı"}
)


@given(st.lists(st.sampled_from(_WORDS), max_size=12), st.sampled_from([" ", "\n", ", ", ""]), st.booleans())
def test_a_guarded_pattern_finds_the_same(words: list[str], glue: str, capitals: bool) -> None:
    text = glue.join(w.title() if capitals else w for w in words)
    for pattern, guarded in zip(PATTERNS, GUARDED, strict=True):
        for start, end in ((0, len(text)), (2, len(text) - 3)):
            plain = [m.span() for m in pattern.finditer(text, start, end)]
            assert [m.span() for m in guarded.finditer(text, start, end)] == plain
            found = guarded.search(text, start, end)
            assert (found.span() if found else None) == (plain[0] if plain else None)


@pytest.mark.parametrize("letter", "\u0130\u0131\u017f\u212aÄΣß")
def test_folding_keeps_the_length_and_finds_what_patterns_find(letter: str) -> None:
    low = folded(f"X{letter}Y", 0, 3)
    assert len(low) == 3
    assert [
        c for c in "abcdefghijklmnopqrstuvwxyz" if re.match(c, letter, re.IGNORECASE) and c != low[1]
    ] == []


def test_a_stretch_is_folded() -> None:
    assert folded("JUARA 1", 0, 5) == "juara"
