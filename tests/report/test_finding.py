"""What happens where there is no browser."""

from __future__ import annotations

import pytest

from tests.report import browser
from tests.report.browser import REQUIRED, find_chromium, require_chromium, skip_without_chromium


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(browser, "_MAC", "/tiada")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv(REQUIRED, raising=False)


def test_without_a_browser_the_tests_are_skipped_and_say_so() -> None:
    with pytest.raises(pytest.skip.Exception, match=r"no Chromium found: .*apt-get install chromium"):
        skip_without_chromium()


def test_where_one_is_required_its_lack_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REQUIRED, "required")
    skip_without_chromium()
    with pytest.raises(pytest.fail.Exception, match="no Chromium found"):
        require_chromium()


def test_one_may_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_chromium() is None
    monkeypatch.setenv("CHROMIUM", "/opt/chromium")
    skip_without_chromium()
    assert require_chromium() == "/opt/chromium"
