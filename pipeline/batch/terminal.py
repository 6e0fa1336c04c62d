"""What the terminal shows while a run is under way."""

from __future__ import annotations

import sys
import time
from typing import IO

from pipeline.batch.shards import Encoded, Header
from pipeline.readers.options import Meter

#: Without a terminal a line is printed so often, in seconds.
_EVERY = 30.0
_REFRESH = 0.25


class Progress:
    """Counts what is done; this one shows nothing."""

    def __init__(self) -> None:
        self.pages = 0
        self.skipped_pages = 0
        self.awards = 0
        self.failures = 0
        self.safe_pages = 0

    def page(self, result: Encoded) -> None:
        """Count a page that was processed just now."""
        self.pages += 1
        self.awards += result.awards
        self.failures += bool(result.failure)
        self.show()

    def skipped(self, header: Header) -> None:
        """Count the pages of a shard that an earlier run finished."""
        self.skipped_pages += header.pages
        self.arrived(header)

    def arrived(self, header: Header) -> None:
        """Count the pages of a shard that is finished as a whole."""
        self.pages += header.pages
        self.awards += header.awards
        self.failures += header.failed
        self.finished(header.pages)
        self.show()

    def finished(self, pages: int) -> None:
        """Count a shard whose file is written."""
        self.safe_pages += pages

    def show(self) -> None:
        """Show what is done by now, if it is time."""

    def close(self) -> None:
        """Leave the terminal as it was."""


class _Shown(Progress):
    """Counts, with an estimate of the pages to come.

    Args:
        meter: Bytes read.
        total: Bytes to read; 0 if not known.
    """

    def __init__(self, meter: Meter, total: int) -> None:
        super().__init__()
        self._meter, self._total = meter, total
        self._shown = self._started = time.monotonic()

    def _due(self, every: float) -> bool:
        now = time.monotonic()
        if now - self._shown < every:
            return False
        self._shown = now
        return True

    def _all_pages(self) -> int | None:
        """Estimate the number of pages from the share of the bytes that is read."""
        share = self._meter.bytes / self._total if self._total else 0.0
        return max(self.pages, round(self.pages / share)) if share > 0 else None

    def _told(self) -> str:
        skipped = f", {self.skipped_pages:,} of them before" if self.skipped_pages else ""
        return f"{self.awards:,} records, {self.failures:,} failed{skipped}"


class ProgressBar(_Shown):
    """A bar on a terminal."""

    def __init__(self, meter: Meter, total: int, stream: IO[str]) -> None:
        super().__init__(meter, total)
        from tqdm import tqdm

        self._bar = tqdm(
            unit=" pages",
            file=stream,
            dynamic_ncols=True,
            leave=False,
            bar_format="{percentage:3.0f}%|{bar}| {n_fmt} pages, {rate_fmt}, {remaining} left, {desc}",
        )

    def show(self) -> None:
        """Redraw the bar."""
        if self._due(_REFRESH):
            self._bar.total = self._all_pages()
            self._bar.initial = self.skipped_pages  # they took no time, so they tell nothing of the speed
            self._bar.n = self.pages
            self._bar.set_description_str(self._told(), refresh=False)
            self._bar.refresh()

    def close(self) -> None:
        """Remove the bar."""
        self._bar.close()


class ProgressLines(_Shown):
    """A line now and then, for log files."""

    def __init__(self, meter: Meter, total: int, stream: IO[str]) -> None:
        super().__init__(meter, total)
        self._stream = stream

    def show(self) -> None:
        """Print a line, if the last one was long ago."""
        if self._due(_EVERY):
            speed = (self.pages - self.skipped_pages) / (time.monotonic() - self._started)
            pages = self._all_pages()
            left = f", {(pages - self.pages) / speed / 60:.0f} min left" if pages and speed else ""
            line = f"{self.pages:,} pages, {speed:.1f} pages/s{left}, {self._told()}"
            print(line, file=self._stream, flush=True)


def show(meter: Meter, total: int, *, progress: bool, stream: IO[str] | None = None) -> Progress:
    """Return the display that fits: a bar on a terminal, lines elsewhere, nothing without ``progress``.

    Args:
        meter: Bytes read.
        total: Bytes to read; 0 if not known.
        progress: Whether to show it.
        stream: Where to; standard error by default.
    """
    if not progress:
        return Progress()
    stream = stream or sys.stderr
    return ProgressBar(meter, total, stream) if stream.isatty() else ProgressLines(meter, total, stream)
