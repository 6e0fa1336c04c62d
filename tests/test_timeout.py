from __future__ import annotations

import contextlib
import re
import signal
import threading
import time

import pytest

from pipeline.timeout import OutOfTime, time_limit

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no interval timers here")


def spin(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def test_work_in_time_is_left_alone() -> None:
    with time_limit(5):
        spin(0.001)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.parametrize("seconds", [0.0, -1.0])
def test_no_limit(seconds: float) -> None:
    with time_limit(seconds):
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_work_is_interrupted_even_where_exceptions_are_caught() -> None:
    started = time.monotonic()
    with pytest.raises(OutOfTime), time_limit(0.05), contextlib.suppress(Exception):
        spin(5)
    assert time.monotonic() - started < 2


def test_a_regular_expression_is_interrupted() -> None:
    with pytest.raises(OutOfTime), time_limit(0.05):
        re.fullmatch(r"(a|a?)+b", "a" * 60)


def test_another_timer_and_its_handler_come_back() -> None:
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _frame: rung.append(number))
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with time_limit(5):
            spin(0.01)
        assert not rung
        spin(0.3)
        assert rung == [signal.SIGALRM]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_other_threads_have_no_limit() -> None:
    done: list[bool] = []

    def work() -> None:
        with time_limit(0.01):
            spin(0.05)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
