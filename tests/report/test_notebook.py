from __future__ import annotations

import doctest
import re

import pandas as pd
import pytest

import pipeline
from pipeline.errors import UsageError
from pipeline.report import assets, highlight, notebook, payload
from pipeline.report.highlight import Mark
from pipeline.report.notebook import legend_html, text_html, written_marks

TEXT = (
    "Pemerintah Kota Malang meraih Terbaik II Anugerah Media Humas 2024 di Bandung, Kamis (10/10/2024)."
    " Wali Kota Batu hadir."
)


@pytest.fixture(scope="module")
def result() -> pipeline.document.Result:  # type: ignore[name-defined]
    return pipeline.process(TEXT)


def marked(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<mark class="(?:hl-evidence )?hl-slot hue-(\w+)">([^<]+)</mark>', html)


@pytest.mark.parametrize("module", [notebook, highlight, payload, assets])
def test_examples_are_true(module: object) -> None:
    done = doctest.testmod(module)  # type: ignore[arg-type]
    assert done.attempted > 0
    assert done.failed == 0


def test_a_result_shows_itself(result) -> None:
    html = result._repr_html_()
    assert ("who", "Pemerintah Kota Malang") in marked(html)
    assert ("result", "Terbaik II") in marked(html)
    assert '<span class="hl-entity hue-person">Wali Kota Batu</span>' in html
    assert "penerima" in html
    assert "<script" not in html


def test_a_spacy_document_shows_the_same(result) -> None:
    doc = pipeline.load()(TEXT)
    assert marked(pipeline.show(doc).html) == marked(pipeline.show(result).html)
    bare = pipeline.load().make_doc(TEXT)  # no component has seen it
    assert marked(pipeline.show(bare).html) == []
    assert "Pemerintah Kota Malang" in pipeline.show(bare).html


def test_a_data_frame_shows_its_evidence() -> None:
    frame = pipeline.extract(
        pd.DataFrame({"text": [TEXT, TEXT.replace("Malang", "Batu")], "url": ["a", "b"]})
    )
    view = pipeline.show(frame, lang="en", limit=1)
    assert ("result", "Terbaik II") in marked(view.html)
    assert "recipient" in view.html
    assert "1 of 2 records" in view.html
    assert repr(view).splitlines() == [
        "Pemerintah Kota Malang: Terbaik II · Anugerah Media Humas · 2024",
        "1 of 2 records",
    ]
    empty = pipeline.show(frame.head(0), lang="en")
    assert repr(empty) == "No awards were found."


def test_slots_of_a_row_are_found_as_written() -> None:
    row = {"evidence": "TERBAIK II diraih Kota A pada 2024", "result": "Terbaik II", "recipient": "Kota A",
           "year": 2024, "date": "2024-10", "date_text": "Oktober", "place": None}  # fmt: skip
    assert written_marks(row) == [
        Mark(0, 10, "slot", "result"),
        Mark(18, 24, "slot", "recipient"),
        Mark(30, 34, "slot", "year"),
    ]
    assert written_marks({"evidence": None}) == []


def test_letters_that_change_length_with_their_case_mark_nothing_wrong() -> None:
    frame = pipeline.extract(pd.DataFrame({"text": [TEXT]}))
    frame.loc[0, "evidence"] = "İİİ ß Terbaik II"
    assert marked(pipeline.show(frame).html) == []


def test_hostile_texts_are_texts() -> None:
    bad = "<script>alert(1)</script>{{ 7*7 }}"
    frame = pipeline.extract(pd.DataFrame({"text": [TEXT]}))
    for column in ("recipient_name", "event", "category", "result", "status", "evidence"):
        frame.loc[0, column] = f"{bad}\x1b[31m"
    view = pipeline.show(frame)
    assert "<script" not in view.html
    assert "&lt;script&gt;" in view.html
    assert "\x1b" not in repr(view)
    assert text_html(bad, [Mark(0, 8, "slot", "work")]).count("<mark") == 1


def test_the_legend_names_what_is_drawn() -> None:
    html = legend_html(
        [Mark(0, 1, "slot", "year"), Mark(2, 3, "entity", "PLACE"), Mark(0, 3, "evidence")], "en"
    )
    assert "This record:" in html
    assert html.count("<li>") == 4
    assert "year" in html
    assert "place" in html
    assert legend_html([]) == ""


def test_what_cannot_be_shown_is_told() -> None:
    with pytest.raises(UsageError, match="cannot show a int; give a data frame"):
        pipeline.show(3)
    with pytest.raises(UsageError, match=r"no table of awards \(no column 'confidence'\)"):
        pipeline.show(pd.DataFrame({"recipient": [], "event": [], "evidence": []}))
    with pytest.raises(UsageError, match="unknown language 'fr'"):
        pipeline.show(pd.DataFrame(), lang="fr")
