"""The real pipeline on our own pages: what no test of a single stage shows."""

from __future__ import annotations

import csv
import doctest
import json
from pathlib import Path

import pytest

import pipeline
from pipeline import api
from pipeline.cli import main
from pipeline.readers import file_names, pages, record_fields
from pipeline.tables import writers

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "tests" / "fixtures" / "pages"
EVERY = "awards,entities,sentences,articles"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "out"
    assert main(["run", str(PAGES), "-o", str(folder), "--tables", EVERY, "--quiet"]) == 0
    return folder


def test_awards_of_our_own_pages(out: Path) -> None:
    told = [(r["doc_id"], r["recipient_name"], r["result"], r["year"]) for r in rows(out / "awards.csv")]
    assert ("daerah/kota-lestari", "Pemerintah Kota Pekalongan", "Juara 2", "2023") in told
    assert not [r for r in told if r[0] == "pelatihan"]


def test_every_offset_points_at_its_text(out: Path) -> None:
    texts = {}
    for line in (out / "articles.jsonl").read_text("utf-8").splitlines():
        article = json.loads(line)
        texts[article["doc_id"]] = article["text"]
    assert texts["pelatihan"] == (PAGES / "pelatihan.txt").read_bytes().decode("utf-8")
    for table in ("entities", "sentences"):
        found = rows(out / f"{table}.csv")
        assert found
        for row in found:
            span = texts[row["doc_id"]][int(row["start"]) : int(row["end"])]
            assert row["text"].removeprefix("'") in {span, span.removeprefix("'")}
    slots = 0
    for line in (out / "awards.jsonl").read_text("utf-8").splitlines():
        award = json.loads(line)
        text = texts[award["doc_id"]]
        assert text[award["start"] : award["end"]] == award["evidence"]
        for column in award["slots"].values():
            for slot in column:
                assert text[slot["start"] : slot["end"]] == slot["text"]
                slots += 1
    assert slots > 5


def test_any_number_of_workers_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    arguments = [
        "run",
        str(PAGES),
        "-o",
        str(tmp_path / "out"),
        "--tables",
        EVERY,
        "--quiet",
        "--workers",
        "2",
    ]
    assert main(arguments) == 0
    for path in out.iterdir():
        if path.is_file() and path.name != "run.json":
            assert path.read_bytes() == (tmp_path / "out" / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    "module", [pipeline, api, pages, record_fields, file_names, writers], ids=lambda m: m.__name__
)
def test_examples_in_docstrings(module: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)  # where "seeds" is
    results = doctest.testmod(module)
    assert results.attempted > 0
    assert results.failed == 0


def test_seed_pages_are_the_gold_pages_byte_for_byte() -> None:
    gold = [json.loads(line) for line in (ROOT / "annotations/seeds.jsonl").read_text("utf-8").splitlines()]
    assert [f"{page['doc_id']}.txt" for page in gold] == sorted(p.name for p in (ROOT / "seeds").iterdir())
    for page in gold:
        assert (ROOT / "seeds" / f"{page['doc_id']}.txt").read_bytes() == page["text"].encode("utf-8")
