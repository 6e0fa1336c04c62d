from __future__ import annotations

import io

import pytest

from pipeline.batch import terminal
from pipeline.batch.shards import Encoded, Header
from pipeline.batch.terminal import Progress, ProgressBar, ProgressLines, show
from pipeline.readers.options import Meter


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def work(shown: Progress, meter: Meter) -> None:
    meter.finished(400)
    shown.skipped(Header(("awards",), 0.0, pages=100, awards=2, failed=1))
    for number in range(100):
        shown.page(Encoded(f"{number}", b"", b"", awards=number % 2, failure="" if number else "empty"))
    shown.finished(100)


def test_lines_tell_pages_speed_time_left_records_and_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "_EVERY", 0.0)
    stream, meter = io.StringIO(), Meter()
    shown = show(meter, 1000, progress=True, stream=stream)
    assert isinstance(shown, ProgressLines)
    work(shown, meter)
    last = stream.getvalue().splitlines()[-1]
    assert last.startswith("200 pages, ")
    assert last.endswith("pages/s, 0 min left, 52 records, 2 failed, 100 of them before")
    assert shown.safe_pages == 200


def test_short_runs_print_no_line() -> None:
    stream, meter = io.StringIO(), Meter()
    work(show(meter, 1000, progress=True, stream=stream), meter)
    assert stream.getvalue() == ""


def test_a_terminal_shows_a_bar_and_is_left_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "_REFRESH", 0.0)
    stream, meter = Terminal(), Meter()
    shown = show(meter, 1000, progress=True, stream=stream)
    assert isinstance(shown, ProgressBar)
    work(shown, meter)
    assert "200 pages" in stream.getvalue()
    assert "52 records, 2 failed" in stream.getvalue()
    shown.close()
    assert stream.getvalue().split("\r")[-1].strip() == ""


def test_quiet_runs_count_and_say_nothing() -> None:
    stream, meter = Terminal(), Meter()
    shown = show(meter, 1000, progress=False, stream=stream)
    work(shown, meter)
    assert (shown.pages, shown.awards, shown.failures) == (200, 52, 2)
    assert stream.getvalue() == ""
