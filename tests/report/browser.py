"""A Chromium for the browser tests: found, or its absence explained."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: Set to make the lack of a browser a failure, as CI does.
REQUIRED = "PENGHARGAAN_BROWSER_TESTS"

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# No call home, no first-run pages: what the browser does is what the page does.
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Return the path of a Chromium or Chrome: the variable CHROMIUM, or one of the usual names."""
    if named := os.environ.get("CHROMIUM"):
        return named
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or (_MAC if os.path.exists(_MAC) else None)  # noqa: PTH110 (a name, not a path of ours)


_TOLD = (
    "no Chromium found: the report's browser tests do not run;"
    " install one (Debian: apt-get install chromium) or name one in CHROMIUM"
)


def skip_without_chromium() -> None:
    """Skip the module that asks, where there is no browser and none is required."""
    if find_chromium() is None and not os.environ.get(REQUIRED):
        pytest.skip(_TOLD, allow_module_level=True)


def require_chromium() -> str:
    """Return the browser's path, or fail the test that asks."""
    path = find_chromium()
    if path is None:
        pytest.fail(f"{_TOLD}; {REQUIRED} is set")
    return path


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Start the browser."""
    from playwright.sync_api import sync_playwright

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = [*_FLAGS, *(["--no-sandbox"] if root else [])]  # Chromium's sandbox refuses to run as root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        try:
            yield browser
        finally:
            browser.close()
