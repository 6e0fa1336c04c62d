from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.report.run_data import read_evaluation, read_run
from pipeline.run import Settings, run
from tests.report.runs import small_run


def test_all_that_a_run_left(tmp_path: Path) -> None:
    data = read_run(small_run(tmp_path))
    assert [row["record_id"] for row in data.awards] == [f"{n:012x}" for n in (1, 2, 3)]
    assert ("event", 83, 103) in data.slots[0]
    assert data.pages["a"].dropped[0] == (0, 15, "nav")
    assert data.entities is not None
    assert data.entities["b"][0][2] == "PLACE"
    assert data.evaluation is None
    assert data.report["counts"]["read"] == 2


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl"])
def test_every_format_of_a_real_run_reads_the_same(tmp_path: Path, form: str) -> None:
    page = tmp_path / "in" / "halaman.txt"
    page.parent.mkdir()
    page.write_text("Pemerintah Kota Malang meraih Terbaik II Anugerah Media Humas 2024 di Bandung.", "utf-8")
    tables = ("awards", "entities", "articles")
    out = tmp_path / "out"
    run(Settings(inputs=(str(page),), output=out, tables=tables, format=form))  # type: ignore[arg-type]
    data = read_run(out)
    assert [row["result"] for row in data.awards] == ["Terbaik II"]
    assert ("recipient", 0, 22) in data.slots[0]
    assert data.entities is not None
    assert (0, 22, "AGENCY") in data.entities["halaman"]
    assert data.pages["halaman"].text.startswith("Pemerintah Kota Malang")


def test_pages_without_awards_are_not_held(tmp_path: Path) -> None:
    folder = small_run(tmp_path)
    with (folder / "articles.jsonl").open("a") as file:
        file.write(json.dumps({"doc_id": "lain", "text": "x", "segments": []}) + "\n")
    assert set(read_run(folder).pages) == {"a", "b"}


def test_what_a_run_did_not_write_is_empty(tmp_path: Path) -> None:
    folder = small_run(tmp_path, articles=False, entities=None)
    (folder / "awards.jsonl").unlink()
    data = read_run(folder)
    assert (dict(data.pages), data.entities) == ({}, None)
    assert list(data.slots) == [[], [], []]


def test_a_folder_that_is_not_ours_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not the output folder of a run"):
        read_run(tmp_path)
    with pytest.raises(UsageError, match="does not exist"):
        read_run(tmp_path / "tiada")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("articles.jsonl", "{", "line 1: .*run again"),
        ("articles.jsonl", "[]\n", "line 1 is no line of ours"),
        ("articles.jsonl", '{"doc_id": "a"}\n', "holds a table that is not ours"),
        ("awards.jsonl", '{"doc_id": "a", "slots": {"event": [1]}}\n', "holds a table that is not ours"),
        ("entities.csv", "doc_id,start\na,x\n", "holds a table that is not ours"),
    ],
)
def test_broken_tables_are_told(tmp_path: Path, name: str, content: str, message: str) -> None:
    folder = small_run(tmp_path)
    (folder / name).write_text(content, "utf-8")
    with pytest.raises(UsageError, match=message):
        read_run(folder)


def test_the_evaluation_is_found_or_named(tmp_path: Path) -> None:
    folder = small_run(tmp_path / "run")
    figures = {"gold": "g.jsonl", "awards": {}}
    (folder / "evaluation.json").write_text(json.dumps(figures), "utf-8")
    assert read_run(folder).evaluation == figures
    other = tmp_path / "lain.json"
    other.write_text(json.dumps(figures | {"gold": "h.jsonl"}), "utf-8")
    named = read_run(folder, other).evaluation
    assert named is not None
    assert named["gold"] == "h.jsonl"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot read .*name a file"),
        ("x", "is not JSON"),
        ("{}", "not an evaluation"),
        ('["awards"]', "not an"),
    ],
)
def test_what_is_no_evaluation_is_told(tmp_path: Path, content: str | None, message: str) -> None:
    path = tmp_path / "nilai.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(UsageError, match=message):
        read_evaluation(path)
