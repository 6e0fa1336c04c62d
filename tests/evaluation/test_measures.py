from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.measures import Bootstrap, Counts, figure, percentile_interval, pooled

counts = st.builds(Counts, *[st.integers(0, 30)] * 3)


def test_precision_recall_and_f1_by_hand():
    c = Counts(tp=6, fp=2, fn=4)
    assert (c.precision, c.recall) == (0.75, 0.6)
    assert c.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)


def test_nothing_found_and_nothing_to_find_score_zero():
    assert (Counts().precision, Counts().recall, Counts().f1) == (0, 0, 0)
    assert not Counts()
    assert Counts(fp=1)


def test_pooled_is_micro_averaged():
    assert pooled([Counts(1, 0, 0), Counts(0, 1, 2)]) == Counts(1, 1, 2)


def test_interval_takes_the_middle_95_percent():
    # Of 0..999, positions 25 and 974.
    assert percentile_interval(range(999, -1, -1)) == (25, 974)
    assert percentile_interval([0.5]) == (0.5, 0.5)


def test_interval_of_one_page_and_of_equal_pages_has_no_width():
    assert figure([Counts(1, 1, 1)]).ci95 == (0.5, 0.5)
    assert figure([Counts(3, 0, 1)] * 8).ci95 == (0.8571, 0.8571)


def test_interval_of_a_right_and_a_wrong_page_is_all_there_is():
    # A quarter of the resamples hold the right page twice, a quarter the wrong one: more than the tails.
    f = figure([Counts(1, 0, 0), Counts(0, 1, 1)])
    assert (f.f1, f.ci95) == (0.5, (0.0, 1.0))


def test_bootstrap_repeats_and_depends_on_the_seed():
    pages = [Counts(i, 5 - i, i % 3) for i in range(6)]
    assert Bootstrap(6).micro(pages) == Bootstrap(6).micro(pages)
    assert Bootstrap(6, rounds=200).micro(pages) != Bootstrap(6, rounds=200, seed=1).micro(pages)


@given(st.lists(counts, min_size=1, max_size=8))
def test_scores_lie_between_0_and_1_and_f1_inside_no_wider_interval(pages):
    f = figure(pages, Bootstrap(len(pages), rounds=50))
    assert all(0 <= x <= 1 for x in (f.p, f.r, f.f1, *f.ci95))
    assert f.ci95[0] <= f.ci95[1]
    assert min(f.p, f.r) <= f.f1 <= max(f.p, f.r)
