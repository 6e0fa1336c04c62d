"""How long a call takes, told so that other work on the machine and in the process matters little."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def cpu_seconds(call: Callable[[], object], tries: int = 3) -> float:
    """Return the least processor time of some calls, in seconds.

    The garbage collector is off meanwhile: with the objects of a whole test session behind it, one of its
    rounds takes longer than most of what is measured, and falls on any call.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        return min(_once(call) for _ in range(tries))
    finally:
        if was_on:
            gc.enable()


def _once(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start
