"""A progress bar for people who wait, and none for programs."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def interactive() -> bool:
    """Return whether somebody watches: a notebook, or a terminal at standard error."""
    shell = sys.modules.get("IPython")
    if shell is not None and getattr(shell.get_ipython(), "kernel", None) is not None:
        return True
    return bool(sys.stderr and sys.stderr.isatty())


def with_progress(pages: Iterable[T], total: int | None = None, progress: bool | None = None) -> Iterable[T]:
    """Return the pages, with a bar that counts them.

    Args:
        pages: Pages, or whatever is counted as one.
        total: Their number, if it is known.
        progress: Whether to show the bar; by default if it is :func:`interactive`.

    Example:
        >>> list(with_progress([1, 2], progress=False))
        [1, 2]
    """
    if not (interactive() if progress is None else progress):
        return pages
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # without ipywidgets the bar is made of text, which is no cause to warn
        from tqdm.auto import tqdm
    bar: Iterable[T] = tqdm(pages, total=total, unit=" pages", leave=False)
    return bar
