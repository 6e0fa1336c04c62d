"""How long a call takes, told so that other work on the machine and in the process matters little."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

Given = TypeVar("Given")


def cpu_seconds(call: Callable[[], object], tries: int = 3, enough: float = 0.0) -> float:
    """Return the least processor time of some calls, in seconds; a call below ``enough`` is the last.

    The garbage collector is off meanwhile: with the objects of a whole test session behind it, one of its
    rounds takes longer than most of what is measured, and falls on any call.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        least = _once(call)
        for _ in range(tries - 1):
            if least < enough:
                break
            least = min(least, _once(call))
    finally:
        if was_on:
            gc.enable()
    return least


def assert_growth(
    call: Callable[[Given], object], short: Given, long: Given, *, below: float, floor: float
) -> None:
    """Assert that the long input takes less than so many times what the short one does.

    Args:
        call: What is measured, on either input.
        short: The shorter input.
        long: The longer one.
        below: The limit of long over short, well above the ratio of their lengths and below its square.
        floor: Seconds that the short one counts for at least, where it takes no time.
    """
    base = max(cpu_seconds(lambda: call(short)), floor)
    taken = cpu_seconds(lambda: call(long), enough=base * below)
    assert taken < base * below, f"{taken:.3f} s, {taken / base:.1f} times {base:.3f} s"


def _once(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start
