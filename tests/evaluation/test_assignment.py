from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from pipeline.evaluation.assignment import assign


@pytest.mark.parametrize("weights", [[], [[]], [[], []]])
def test_nothing_to_assign(weights):
    assert assign(weights) == []


def test_the_greedy_choice_is_not_always_the_best():
    # Greedy takes 5 first and is left with 0: 5 in all; the best is 4 + 4.
    assert assign([[5, 4], [4, 0]]) == [(0, 1), (1, 0)]


def test_more_rows_than_columns_leaves_the_worst_row_out():
    assert assign([[1.0], [3.0], [2.0]]) == [(1, 0)]
    assert assign([[1, 3, 2]]) == [(0, 1)]


def test_ties_keep_the_order_of_the_lists():
    assert assign([[1, 1], [1, 1]]) == [(0, 0), (1, 1)]


@st.composite
def matrices(draw):
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    row = st.lists(st.integers(0, 8).map(lambda n: n / 2), min_size=columns, max_size=columns)
    return draw(st.lists(row, min_size=rows, max_size=rows))


@given(matrices())
def test_the_total_is_the_best_there_is(weights):
    pairs = assign(weights)
    table = np.array(weights)
    assert len(pairs) == min(table.shape)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    best = table[linear_sum_assignment(table, maximize=True)].sum()
    assert sum(weights[i][j] for i, j in pairs) == best


@given(matrices(), st.randoms(use_true_random=False))
def test_the_total_does_not_depend_on_the_order(weights, rng):
    def total(table):
        return sum(table[i][j] for i, j in assign(table))

    shuffled = [list(row) for row in weights]
    rng.shuffle(shuffled)
    assert total(shuffled) == total(weights)
