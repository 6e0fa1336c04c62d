from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.gold import GoldPage
from pipeline.evaluation.measures import Counts
from pipeline.evaluation.sentence_scores import (
    best_reading,
    count_boundaries,
    count_exact,
    score_sentences,
    trim,
)

TEXT = "Satu dua. “Tiga empat. Lima enam,” kata Budi. Tujuh."
SPLIT = ((0, 9), (10, 22), (23, 45), (46, 52))
MERGED = ((0, 9), (10, 45), (46, 52))
PAGE = GoldPage("own-1", TEXT, sentences=(SPLIT, MERGED))


def test_white_space_at_the_ends_does_not_count():
    assert trim("  ab \n", 0, 6) == (2, 4)
    assert trim("   ", 0, 3) == (3, 3)
    assert best_reading(PAGE, [(0, 10), (9, 22), (22, 46), (46, 52)], count_exact) == Counts(4, 0, 0)


def test_either_reading_of_a_quotation_is_right_but_not_a_mixture():
    assert best_reading(PAGE, SPLIT, count_exact) == Counts(4, 0, 0)
    assert best_reading(PAGE, MERGED, count_exact) == Counts(3, 0, 0)
    # Whole quotation and its last half: 3 right of 4, none missed in the merged reading.
    assert best_reading(PAGE, (*MERGED, SPLIT[2]), count_exact) == Counts(3, 1, 0)


def test_a_missed_limit_costs_two_sentences_and_one_end():
    joined = ((0, 22), (23, 45), (46, 52))
    split_only = GoldPage("own-1", TEXT, sentences=(SPLIT,))
    assert best_reading(split_only, joined, count_exact) == Counts(2, 1, 2)
    assert best_reading(split_only, joined, count_boundaries) == Counts(3, 0, 1)


def test_pages_without_gold_sentences_are_left_out():
    bare = GoldPage("own-2", TEXT)
    scores = score_sentences([PAGE, bare], [SPLIT, ()])
    assert scores is not None
    assert (scores.pages, scores.exact.f1, scores.boundary.f1) == (1, 1.0, 1.0)
    assert score_sentences([bare], [SPLIT]) is None


def test_nothing_found_scores_zero():
    scores = score_sentences([PAGE], [()])
    assert scores is not None
    assert (scores.exact.p, scores.exact.r, scores.exact.f1) == (0, 0, 0)


@given(
    st.lists(st.tuples(st.integers(0, 52), st.integers(0, 52)).map(lambda p: (min(p), max(p))), max_size=8),
    st.randoms(use_true_random=False),
)
def test_any_limits_give_scores_between_0_and_1_in_any_order(limits, rng):
    for counter in (count_exact, count_boundaries):
        c = best_reading(PAGE, limits, counter)
        assert 0 <= c.f1 <= 1
        assert best_reading(PAGE, rng.sample(limits, len(limits)), counter) == c
