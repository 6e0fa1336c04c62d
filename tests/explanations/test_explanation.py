"""Explanations: what was found and decided, by sentence and slot, on the command line and in notebooks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import pipeline
from pipeline.cli import main
from pipeline.errors import UsageError
from pipeline.explanations import Explanation
from pipeline.lexicon import use_packs

TEXT = (
    "Pemkot Batu Raih Juara 1 Anugerah Media Humas\n\n"
    "Pemerintah Kota Batu meraih Juara 1 Anugerah Media Humas (AMH) 2024 di Bandung, Kamis (10/10/2024). "
    "Pemkot Batu gagal meraih Adipura. Warga senang."
)


@pytest.fixture(scope="module")
def told() -> Explanation:
    return pipeline.explain(TEXT, doc_id="halaman")


def test_a_sentence_shows_its_mentions_its_rendering_and_what_became_of_it(told: Explanation) -> None:
    sentence = told.sentences[1]
    assert {(m.label, told.text[m.start : m.end]) for m in sentence.mentions} >= {
        ("AGENCY", "Pemerintah Kota Batu"),
        ("RESULT", "Juara 1"),
    }
    assert sentence.rendering.startswith("[AGENCY] meraih [RESULT] [EVENT] 2024 di [PLACE], [DATE]")
    assert [(d.action, d.reason, d.by) for d in sentence.decisions if d.action == "kept"][:1] == [
        ("kept", "frame_found", "W01")
    ]


def test_a_sentence_without_record_says_why(told: Explanation) -> None:
    (lost,) = told.sentences[2].decisions
    assert (lost.action, lost.reason, lost.by) == ("dropped", "unreal", "Q01")
    assert lost.text == "Pemkot Batu gagal meraih Adipura."
    assert "A negation, or a verb of failing" in lost.why
    assert [d.reason for d in told.sentences[3].decisions] == ["no_trigger"]


def test_a_record_tells_of_each_slot_where_it_came_from_and_what_lost(told: Explanation) -> None:
    (record,) = told.records
    slots = {slot.name: slot for slot in record.slots}
    assert slots.keys() == record.award.slots.keys()
    assert (slots["year"].value, slots["year"].slot.rule) == ("2024", "Y01")
    assert "Kamis (10/10/2024)" in {rival.text for rival in slots["year"].rivals}
    assert [rival.text for rival in slots["event"].rivals] == ["Anugerah Media Humas"]
    assert [slot.name for slot in record.slots if not slot.why] == []
    (joined,) = record.joined
    assert joined.reason == "same_award"
    assert joined.text.startswith("Pemerintah Kota Batu meraih Juara 1")


def test_parts(told: Explanation) -> None:
    (record,) = told.records
    part = told.of_record(record.award.record_id[:6])
    assert (len(part.records), [s.number for s in part.sentences]) == (1, [0, 1])
    assert [s.number for s in told.of_sentence(2).sentences] == [2]
    with pytest.raises(UsageError, match=f"its records: {record.award.record_id}"):
        told.of_record("none")
    with pytest.raises(UsageError, match="it has 0 to 3"):
        told.of_sentence(4)


def test_it_reads_as_text_and_as_html(told: Explanation) -> None:
    assert repr(told) == "<Explanation of halaman: 4 sentences, 1 records>"
    lines = str(told).splitlines()
    assert lines[0] == "halaman: 4 sentences, 1 record"
    assert max(map(len, lines)) <= 110
    assert "    reads    [AGENCY] gagal meraih [EVENT]." in lines
    html = told._repr_html_()
    assert html.count("<details") == len(told.sentences) + len(told.records)


def test_pages_are_hostile() -> None:
    told = pipeline.explain("Pemkot <script>alert(1)</script> Batu \x1b[31mmeraih Juara 1 Lomba <b>Desa</b>.")
    assert "<script>" not in told._repr_html_()
    assert "<b>Desa" not in told._repr_html_()
    assert "\x1b" not in str(told)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    path = tmp_path / "pages.jsonl"
    rows = ({"id": name, "text": TEXT.replace("Batu", name)} for name in ("Batu", "Madiun"))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_the_command_tells_of_one_page(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(pages), "--page", "Madiun", "--sentence", "2"]) == 0
    assert capsys.readouterr().out.startswith("Madiun: 1 sentence, 0 records\n\n[2] Pemkot Madiun gagal")
    record = pipeline.process(TEXT, doc_id="Batu").awards[0].record_id
    assert main(["explain", str(pages), "--page", "Batu", "--record", record]) == 0
    assert f"record {record}, confidence" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "holds 2 pages; name one of them with --page: Batu, Madiun"),
        (["--page", "Agam"], "has no page 'Agam'; name one of them with --page: Batu, Madiun"),
        (["--page", "Batu", "--record", "x"], "has no record 'x'"),
    ],
)
def test_what_does_not_exist_is_told(
    options: list[str], said: str, pages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(pages), *options]) == 2
    assert said in capsys.readouterr().err


def test_a_page_that_cannot_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("", "utf-8")
    assert main(["explain", str(tmp_path / "a.txt")]) == 1
    assert "empty" in capsys.readouterr().err


def test_rules_of_a_pack_are_explained(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pack").mkdir()
    cue = {
        "id": "Q901", "meaning": "It is only dreamt of.", "cue": "future", "effect": "unreal",
        "scopes": [{"span": "before"}], "pattern": "[{agency}] $", "examples": [], "counter": [],
    }  # fmt: skip
    (tmp_path / "pack" / "award_cues.jsonl").write_text(json.dumps(cue), "utf-8")
    try:
        assert main(["explain", str(pages), "--page", "Batu", "--rules", str(tmp_path / "pack")]) == 0
    finally:
        use_packs([])
    assert "Q901: It is only dreamt of." in " ".join(capsys.readouterr().out.split())
