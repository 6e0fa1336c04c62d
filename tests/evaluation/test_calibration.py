from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.award_scores import score_page
from pipeline.evaluation.calibration import calibration, outcomes


def test_figures_by_hand():
    # Bin of 0.9: promises 1.8 of 2, holds 1. Bin of 0.2: promises 0.2 of 1, holds 0.
    found = calibration([(0.9, True), (0.9, False), (0.2, False)])
    assert found is not None
    assert (found.records, found.mean_confidence, found.right) == (3, 0.6667, 0.3333)
    assert found.calibration_error == round((0.8 + 0.2) / 3, 4)
    assert found.brier == round((0.01 + 0.81 + 0.04) / 3, 4)


def test_certainty_that_is_right_is_perfect():
    found = calibration([(1.0, True), (0.0, False)])
    assert found is not None
    assert (found.brier, found.calibration_error) == (0, 0)


def test_without_records_there_are_no_figures():
    assert calibration([]) is None


def test_a_record_is_right_when_its_core_is(make_award, as_row):
    gold = [make_award(), make_award(category="Fotografi", result="Juara II", rank=2)]
    rows = [
        as_row(gold[0], giver="Budi Santosa", confidence="0.75"),
        as_row(gold[1], year="", confidence=0.5),
        as_row(gold[0], recipient="Kota Melati", category="Video", confidence=""),
    ]
    assert outcomes([score_page(gold, rows)], [rows]) == [(0.75, True), (0.5, False), (1.0, False)]


@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=20),
    st.randoms(use_true_random=False),
)
def test_figures_lie_between_0_and_1_in_any_order(cases, rng):
    found = calibration(cases)
    assert found is not None
    for value in (found.mean_confidence, found.right, found.brier, found.calibration_error):
        assert 0 <= value <= 1
    assert calibration(rng.sample(cases, len(cases))) == found
