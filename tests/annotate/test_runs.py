"""What a run found as gold pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.annotate.check import check_records
from pipeline.annotate.exchange import DEFAULT_TARGETS, FORMATS, Format, read_source, write_target
from pipeline.annotate.layers import to_layers
from pipeline.annotate.runs import read_run
from pipeline.batch.settings import TableFormat
from pipeline.errors import UsageError
from pipeline.run import Settings, run

TABLES = ("awards", "articles", "entities")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = tmp_path_factory.mktemp("pages")
    (pages / "satu.txt").write_text(
        "Pemkot Malang Sabet Terbaik II AMH 2024\n\n"
        "Pemerintah Kota Malang meraih Terbaik II kategori Siaran Pers pada Anugerah Media Humas (AMH) 2024"
        " di Bandung, Kamis (10/10/2024).\nBaca juga: Pasar Murah Digelar\n",
        "utf-8",
    )
    (pages / "dua.txt").write_text("Pasar murah digelar di Kota Batu, Senin (3/3/2025).\n", "utf-8")
    folder = tmp_path_factory.mktemp("run") / "out"
    run(Settings(inputs=(str(pages),), output=folder, tables=TABLES))
    return folder


def test_pages_are_gold_that_keeps_the_guidelines(out: Path) -> None:
    records = list(read_run(out))
    assert [record["doc_id"] for record in records] == ["dua", "satu"]
    assert [problem for problem in check_records(records) if problem.level == "error"] == []
    (award,) = records[1]["awards"]
    assert award["recipient"] == "Pemerintah Kota Malang"
    assert (award["result"], award["rank"], award["year"]) == ("Terbaik II", 2, 2024)
    assert (award["recipient_name"], award["recipient_region_code"]) == ("Pemerintah Kota Malang", "35.73")
    assert records[0]["label"] == "negative"
    assert records[1]["title"] == "Pemkot Malang Sabet Terbaik II AMH 2024"
    assert [piece["kind"] for piece in records[1]["boilerplate"]] == ["related"]


def test_slots_are_related_where_the_pipeline_found_them(out: Path) -> None:
    record = list(read_run(out))[1]
    (row,) = [json.loads(line) for line in (out / "awards.jsonl").read_text("utf-8").splitlines()]
    layers = to_layers(record)
    regions = {region.id: region.limits for region in layers.regions}
    for link in layers.links:
        if link.slot != "evidence":
            assert regions[link.region] in [(s["start"], s["end"]) for s in row["slots"][link.slot]]
    assert regions[next(link.region for link in layers.links if link.slot == "evidence")] == (
        row["start"],
        row["end"],
    )


@pytest.mark.parametrize("form", FORMATS)
def test_predictions_come_back_from_every_tool_as_they_went(form: Format, out: Path, tmp_path: Path) -> None:
    records = list(read_run(out))
    target = tmp_path / DEFAULT_TARGETS[form]
    write_target(target, form, records, reviewed=False)
    assert list(read_source(target, predictions=True).records) == records


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_the_form_of_the_tables_does_not_matter(form: TableFormat, out: Path, tmp_path: Path) -> None:
    pages = tmp_path / "satu.txt"
    pages.write_text("Pemkot Malang meraih Terbaik II AMH 2024 di Bandung.\n", "utf-8")
    run(Settings(inputs=(str(pages),), output=tmp_path / "out", tables=TABLES, format=form))
    (record,) = read_run(tmp_path / "out")
    assert {"label": "PLACE", "text": "Bandung", "start": 44, "end": 51} in record["entities"]
    assert out.exists()


def test_without_entities_the_page_says_that_nobody_marked_them(tmp_path: Path) -> None:
    pages = tmp_path / "satu.txt"
    pages.write_text("Pemkot Malang meraih Terbaik II AMH 2024 di Bandung.\n", "utf-8")
    run(Settings(inputs=(str(pages),), output=tmp_path / "out", tables=("awards", "articles")))
    (record,) = read_run(tmp_path / "out")
    assert record["entities"] is None
    assert record["awards"]


def test_folders_that_are_no_run_or_lack_a_table(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="penghargaan run PAGES"):
        list(read_run(tmp_path))
    (tmp_path / "run.json").write_text('{"project": "penghargaan"}', "utf-8")
    with pytest.raises(
        UsageError, match=r"holds no awards\.jsonl; run again with: .* awards,articles,entities"
    ):
        list(read_run(tmp_path))
    (tmp_path / "articles.jsonl").write_text("", "utf-8")
    (tmp_path / "awards.jsonl").write_text('{"evidence": ""}\n', "utf-8")
    with pytest.raises(UsageError, match="not of this version"):
        list(read_run(tmp_path))
    (tmp_path / "awards.jsonl").write_text("{\n", "utf-8")
    with pytest.raises(UsageError, match="line 1"):
        list(read_run(tmp_path))
