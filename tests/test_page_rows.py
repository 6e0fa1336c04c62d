from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.document import Page
from pipeline.errors import LexiconError
from pipeline.page_rows import process_page
from tests import fakes

WON = "Kota Malang juara 2 Lomba Siaran 2023"


@pytest.fixture
def _fake_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.installed(monkeypatch)


@pytest.mark.usefixtures("_fake_pipeline")
@pytest.mark.parametrize(
    ("text", "reason"), [("GALAT", "error"), ("TOLAK", "no_article"), ("LAMBAT", "timeout")]
)
def test_what_goes_wrong_with_a_page_comes_back(text: str, reason: str) -> None:
    result = process_page(Page("a", "a.txt", text), "spacy", ["awards"], 0.1)
    assert result.failure is not None
    assert (result.doc_id, result.failure.source, result.failure.reason) == ("a", "a.txt", reason)
    assert not result.rows


@pytest.mark.usefixtures("_fake_pipeline")
def test_a_broken_lexicon_is_no_page_s_fault() -> None:
    with pytest.raises(LexiconError):
        process_page(Page("a", "a.txt", "LEKSIKON"), "spacy", ["awards"])


@pytest.mark.usefixtures("_fake_pipeline")
def test_rows_counts_and_digest() -> None:
    one, two = (process_page(Page(n, n, t), "spacy", ["awards"]) for n, t in (("a", WON), ("b", f"\n{WON} ")))
    assert len(one.rows["awards"]) == 1
    assert one.counts == {"characters": 37, "sentences": 1, "mentions": 2, "awards": 1}
    assert one.digest == two.digest != b""


def test_a_worker_does_without_spacy() -> None:
    """It takes a second to load, in every worker, and with torch installed two more."""
    code = (
        "import sys; from pipeline.page_rows import prepare_engine; prepare_engine('spacy');"
        "sys.exit(int('spacy' in sys.modules or 'torch' in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
