"""A limit to the time that one page may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: Longest time for a page, in seconds: a thousand times what an article takes.
DEFAULT_TIMEOUT = 60.0
# Should the first signal be lost in a place where exceptions are swallowed, the next one comes after so long.
_AGAIN = 1.0


class OutOfTime(BaseException):
    """The time is over; no ``except Exception`` on the way catches it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Interrupt what runs inside after so many seconds of wall clock.

    An interval timer of the operating system does it: Python code and its regular expressions stop at once, a
    single long call of compiled code when it returns. Where there is none (Windows, or a thread other than
    the main one) there is no limit.

    Args:
        seconds: The limit; 0 for none.

    Raises:
        OutOfTime: Inside, when the time is over.
    """
    main = threading.current_thread() is threading.main_thread()
    if seconds <= 0 or not main or not hasattr(signal, "setitimer"):
        yield
        return
    running = True

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        if running:
            raise OutOfTime

    before = signal.signal(signal.SIGALRM, interrupt)
    left, again = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
        running = False
    finally:
        running = False
        signal.setitimer(signal.ITIMER_REAL, left, again)  # another's timer starts anew where it was
        signal.signal(signal.SIGALRM, before)
