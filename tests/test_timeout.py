from __future__ import annotations

import contextlib
import re
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from pipeline.document import Page
from pipeline.timeout import OutOfTime, time_limit
from pipeline.work import in_processes, in_this_process
from tests import fakes

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


def pages() -> Iterator[Page]:
    for number, text in enumerate(["Kota Malang juara 2 Lomba Siaran 2023", "LAMBAT", "tidak ada"]):
        yield Page(f"d{number}", f"d{number}", text)


EXPECTED = [("d0", None), ("d1", "timeout"), ("d2", None)]


def test_a_slow_page_is_given_up_and_the_others_go_on() -> None:
    results = list(in_this_process(pages(), "spacy", ["awards"], fakes.real_work, timeout=0.1))
    assert [(r.doc_id, r.failure.reason if r.failure else None) for r in results] == EXPECTED
    failure = results[1].failure
    assert failure is not None
    assert "--timeout" in failure.message


def test_a_slow_page_is_given_up_in_a_process_of_its_own() -> None:
    results = in_processes(pages(), "spacy", ["awards"], 2, fakes.real_work, timeout=0.2)
    assert [(r.doc_id, r.failure.reason if r.failure else None) for r in results] == EXPECTED
