from __future__ import annotations

import io
import sys
import types
import warnings

import pytest

from pipeline import progress
from pipeline.progress import interactive, with_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nobody_watches_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    pages = iter([1, 2])
    assert with_progress(pages) is pages
    monkeypatch.setattr(sys, "stderr", None)  # as in a program without a console
    assert not interactive()


def test_a_terminal_and_a_notebook_are_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert interactive()
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    shell = types.ModuleType("IPython")
    shell.get_ipython = lambda: types.SimpleNamespace(kernel=object())  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", shell)
    assert interactive()
    shell.get_ipython = lambda: None  # type: ignore[attr-defined]  # imported, but not running
    assert not interactive()


def test_the_bar_counts_the_pages_and_passes_them_on(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert list(with_progress([1, 2, 3], total=3, progress=True)) == [1, 2, 3]
    assert "3 pages" in terminal.getvalue() or "/3" in terminal.getvalue()
    assert progress.interactive()
