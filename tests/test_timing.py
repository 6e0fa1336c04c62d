from __future__ import annotations

import pytest

from tests.timing import assert_growth, cpu_seconds


def work(steps: int) -> None:
    for _ in range(steps):
        sum(range(1_000))


def test_what_grows_with_the_square_is_noticed() -> None:
    assert_growth(work, 50, 400, below=24, floor=0.0)
    with pytest.raises(AssertionError, match="times"):
        assert_growth(lambda n: work(n * n // 50), 50, 400, below=24, floor=0.0)


def test_what_takes_no_time_is_measured_against_the_floor() -> None:
    assert_growth(work, 0, 50, below=10, floor=0.1)


def test_calls_end_where_it_was_quick_enough() -> None:
    calls: list[int] = []
    assert cpu_seconds(lambda: calls.append(1), tries=5, enough=10) < 10
    assert len(calls) == 1
    cpu_seconds(lambda: calls.append(1), tries=5)
    assert len(calls) == 6
