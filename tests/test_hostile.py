"""Hostile text costs time by its length, whatever it is made of, through all stages."""

from __future__ import annotations

import pytest

from pipeline.clean_text import cleaned
from pipeline.document import Page
from pipeline.filter.page_filter import may_tell
from pipeline.flow import process
from pipeline.terms.term_patterns import term_grammar
from tests.timing import assert_growth, cpu_seconds

#: Units that are repeated: runs of one class, words and marks in turn, things that open and do not close.
UNITS = (
    "a", "A", "1", " ", "\n", ".", ",", "-", "(", "“", "<", '"', "a ", "A ", "1 ", "a, ", "A, ", "A. ",
    "A.", "1.", "1/", "a-", "aB", "Aa ", "Aa, ", "Aa dan ", "Aa, dan ", "(A) ", "“A ", "“A” ", "a\n",
    "A\n", " \n", "<a ", "<p>", "&a", "x@", "\u00a0", "?a", "a? ", "\ue000", "\ue000 ", "\ue005 ",
    "\ue006, ", "\ue002 dan ",
)  # fmt: skip
#: Units on which a stage once took time by the square of the length.
FOUND = (
    "Juara 1, ", "Lomba ", "Festival ", "Penghargaan ", "ANUGERAH ", "Satya Lencana ",
    "di gedung Aa, dan Aa, ", "|x|a", "(A) ", "walkot ", " bergengsi", "sub  ", "1/1/", "kategori ",
    "meraih ", "foto ", "copyright ",
)  # fmt: skip
#: Private characters stand for mentions in the award stage; no page has them.
WORDS = [unit for unit in dict.fromkeys((*UNITS, *FOUND)) if not "\ue000" <= unit[0] <= "\uf8ff"]


def _process(page: Page) -> None:
    process(page)


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    process(Page("a", "a", "Pemkot Batu meraih Juara 1 Anugerah Humas 2024, Kamis (10/10/2024)."))


@pytest.mark.slow
@pytest.mark.parametrize("unit", WORDS)
@pytest.mark.parametrize("kind", ["text", "html"])
def test_time_grows_with_the_length(unit: str, kind: str) -> None:
    short, long = (Page("a", "a", unit * (size // len(unit)), kind) for size in (6_000, 36_000))  # type: ignore[arg-type]
    # Six times the text may take six times as long; quadratic work would take 36 times.
    assert_growth(_process, short, long, below=18, floor=0.02)


@pytest.mark.parametrize("unit", WORDS)
def test_a_megabyte_passes_the_filter_in_seconds(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    assert cpu_seconds(lambda: may_tell(cleaned(text).text), tries=1) < 10


@pytest.mark.slow
def test_many_different_events_are_told_apart_in_time() -> None:
    """Names of events are compared in pairs, which must stay the smaller part of the work."""
    first = ("Sinar", "Cakra", "Bina", "Wira", "Tirta", "Arga")
    words = [a + b for a in first for b in ("jaya", "karya", "mitra", "loka", "wana", "sari")]

    def page(count: int) -> Page:
        chosen = ((n % 36, (7 * n + n // 36) % 36, n // 7 % 36) for n in range(count))
        names = (" ".join(words[at] for at in three) for three in chosen)
        return Page("a", "a", " ".join(f"Kota Malang meraih Lomba {name} 2023." for name in names))

    # Eight times as many: eleven times as long here, thirty-eight when each pair was compared in Python.
    assert_growth(_process, page(200), page(1600), below=24, floor=0.05)


def test_many_digits_before_a_category_take_time_by_their_number() -> None:
    """Every start among the digits was tried to their end: minutes for as many as these."""
    digits = "1" * 100_000
    assert cpu_seconds(lambda: term_grammar("many_before").search(digits), tries=1) < 2
    assert not term_grammar("many_before").search(digits)
