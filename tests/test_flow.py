"""The flow: one order of the stages, on all ways through them the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline import flow
from pipeline.document import Page
from pipeline.flow import STAGES, Analysis, process
from tests.timing import cpu_seconds

TEXT = """Pemkot Batu Raih Juara 1 Anugerah Humas Rajawali 2023

BATU – Pemerintah Kota Batu meraih Juara 1 Anugerah Humas Rajawali 2023 kategori Website pada 10 Mei 2023.

Warga menyambut kabar itu dengan gembira di alun-alun kota.
"""


def test_each_stage_needs_what_earlier_ones_set() -> None:
    known = {"page"}
    for stage in STAGES:
        assert known.issuperset(stage.needs), stage.name
        known.add(stage.sets)
        assert known <= set(Analysis.__dataclass_fields__)


def test_stages_leave_what_they_set_alone_before_and_after() -> None:
    analysis = Analysis(Page("a", "a", TEXT))
    for stage in STAGES:
        before = {other.sets: getattr(analysis, other.sets) for other in STAGES}
        stage.run(analysis)
        changed = {name for name, value in before.items() if getattr(analysis, name) != value}
        assert changed == {stage.sets}


def test_a_result_holds_what_was_found_and_the_time_of_each_stage() -> None:
    result = process(Page("a", "a.txt", TEXT))
    assert [a.value("result") for a in result.awards] == ["Juara 1"]
    assert list(result.seconds) == [stage.name for stage in STAGES]
    assert all(seconds >= 0 for seconds in result.seconds.values())
    quick = process(Page("a", "a.txt", TEXT), only_awards=True)
    assert list(quick.seconds) == ["filter", *result.seconds]
    assert quick.awards == result.awards


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("Hujan turun di Kota Batu.", []),
        (f"{TEXT}\nFoto: juara", ["boilerplate", "sentences", "entities", "awards"]),
    ],
)
def test_a_page_that_cannot_tell_is_passed_over_as_early_as_may_be(text: str, stages: list[str]) -> None:
    result = process(Page("a", "a", text), only_awards=True)
    assert list(result.seconds) == ["filter", *stages]
    assert result.passed_over is not bool(stages)
    assert result.article.text == text


def test_a_stage_can_be_done_by_something_else() -> None:
    def nothing(analysis: Analysis) -> None:
        analysis.sentences = ()

    result = process(Page("a", "a", TEXT), instead={"sentences": nothing})
    assert (result.sentences, result.awards) == ((), ())


def test_the_engine_splits_the_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    def split(text: str, *, headline: bool = False) -> list[tuple[int, int]]:
        return [] if headline else [(0, len(text))]

    monkeypatch.setattr(flow, "splitter", {"other": split}.get)
    result = process(Page("a", "a", TEXT), engine="other")
    assert [s.start for s in result.sentences] == [s.start for s in result.article.kept() if s.kind == "body"]


def test_offsets_are_the_page_s() -> None:
    text = TEXT.replace("Kota Batu", "Ko\u00adta\u00a0Batu")
    result, plain = process(Page("a", "a", text)), process(Page("a", "a", TEXT))
    assert len(result.mentions) == len(plain.mentions)
    assert result.article.text == text
    (award,) = result.awards
    (recipient,) = award.slots["recipient"]
    assert text[recipient.start : recipient.end] == "Pemerintah Ko\u00adta\u00a0Batu"


def test_it_does_without_spacy() -> None:
    """It takes a second to load, in every worker, and with torch installed two more."""
    code = (
        "import sys, pipeline; pipeline.process('Pemkot Batu meraih Juara 1 Anugerah Humas 2024.');"
        "sys.exit(int('spacy' in sys.modules or 'torch' in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


HOSTILE = {
    "one word": "a",
    "open brackets": "(",
    "open quotes": "“",
    "capitals": "Juara Kota ",
    "numbers": "1. ",
    "win words": "meraih juara kategori ",
    "names": "Bupati Agam Rahma Dewi, ",
    "awards": "Pemkot Batu meraih Juara 1 Anugerah Humas kategori Website. ",
    "line breaks": "\n \n",
    "commas": "dan, ",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_end_quickly(unit: str) -> None:
    page = Page("", "", unit * (20_000 // len(unit)))
    # a fraction of a second; what is quadratic or worse takes minutes
    assert cpu_seconds(lambda: process(page), tries=1) < 30
