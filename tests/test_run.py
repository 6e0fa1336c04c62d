from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch.fingerprint import lexicon_checksum
from pipeline.batch.folder import NAME
from pipeline.entities.tagger import ENCODER, MODEL
from pipeline.errors import LexiconError, UsageError
from pipeline.run import Settings, Summary
from pipeline.run import run as run_batch
from tests import fakes

WON = "Kota Malang juara 2 Lomba Siaran 2023\n"


@pytest.fixture(autouse=True)
def fake_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.installed(monkeypatch)


def run(settings: Settings) -> Summary:
    return run_batch(settings, start=fakes.Inline)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "b.txt").write_text(f"{WON}Kota Batu juara 1 Lomba Siaran 2022\n", "utf-8")
    (folder / "a.txt").write_text(WON, "utf-8")
    (folder / "c.txt").write_text("tidak ada\n", "utf-8")
    return folder


def settings(pages: Path, **more: Any) -> Settings:
    return Settings(**{"inputs": (str(pages),), "output": pages.parent / "out", **more})


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name != NAME)


def test_the_default_writes_awards_their_evidence_and_the_report(pages: Path, tmp_path: Path) -> None:
    summary = run(settings(pages))
    assert names(tmp_path / "out") == ["awards.csv", "awards.jsonl", "run.json"]
    with (tmp_path / "out/awards.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["doc_id"], r["recipient"]) for r in rows] == [
        ("a", "Kota Malang"),
        ("b", "Kota Malang"),
        ("b", "Kota Batu"),
    ]
    lines = (tmp_path / "out/awards.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["record_id"] for line in lines] == [r["record_id"] for r in rows]
    assert summary.exit_status == 0
    assert len(summary.awards) == 3


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "csv",
            ["articles.jsonl", "awards.csv", "awards.jsonl", "entities.csv", "run.json", "sentences.csv"],
        ),
        (
            "parquet",
            [
                "articles.jsonl",
                "awards.jsonl",
                "awards.parquet",
                "entities.parquet",
                "run.json",
                "sentences.parquet",
            ],
        ),
        ("jsonl", ["articles.jsonl", "awards.jsonl", "entities.jsonl", "run.json", "sentences.jsonl"]),
    ],
)
def test_all_tables_in_every_format(pages: Path, tmp_path: Path, kind: Any, expected: list[str]) -> None:
    run(settings(pages, tables=("awards", "entities", "sentences", "articles"), format=kind))
    assert names(tmp_path / "out") == expected


def test_two_runs_give_the_same_bytes(pages: Path, tmp_path: Path) -> None:
    every = ("awards", "entities", "sentences", "articles")
    for name in ("x", "y"):
        run(settings(pages, tables=every, output=tmp_path / name))
    for path in (tmp_path / "x").iterdir():
        if path.is_file() and path.name != "run.json":
            assert path.read_bytes() == (tmp_path / "y" / path.name).read_bytes(), path.name


def test_bad_pages_are_reported_and_the_others_done(pages: Path, tmp_path: Path) -> None:
    (pages / "kosong.txt").write_bytes(b"")
    (pages / "gambar.bin").write_bytes(b"\x89PNG\r\n")
    (pages / "panjang.txt").write_bytes(b"a" * 10_000_000)
    (pages / "galat.txt").write_text("GALAT", "utf-8")
    (pages / "tolak.txt").write_text("TOLAK", "utf-8")
    (pages / "foto.jpg").write_bytes(b"\xff\xd8\xff")
    summary = run(settings(pages))
    assert summary.exit_status == 1
    assert len(summary.awards) == 3
    report = json.loads((tmp_path / "out/run.json").read_text("utf-8"))
    assert report["counts"] == {
        "read": 8,
        "kept": 3,
        "failed": 5,
        "failed_by_reason": {"binary": 1, "empty": 1, "error": 1, "no_article": 1, "too_long": 1},
        "skipped_by_extension": {".jpg": 1},
        "records_left_out": {},
        "inputs_without_pages": 0,
        "without_body": 0,
        "duplicates": 0,
        "with_awards": 2,
        "awards": 3,
    }
    told = {failure["doc_id"]: failure for failure in report["failures"]}
    assert list(told) == ["galat", "gambar.bin", "kosong", "panjang", "tolak"]
    assert "ZeroDivisionError: pembagi nol" in told["galat"]["message"]
    assert told["tolak"]["message"] == "no article on the page; check the scraper"
    assert told["kosong"]["source"].endswith("pages/kosong.txt")


def test_what_is_no_page_is_told_and_no_failure(pages: Path, tmp_path: Path) -> None:
    block = b"HTTP/1.1 301 Moved\r\nLocation: /baru\r\n\r\n"
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://contoh.id/\r\n"
    head += b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n" % len(block)
    (pages / "rayap.warc").write_bytes((head + block + b"\r\n\r\n") * 2)
    summary = run(settings(pages))
    assert summary.exit_status == 0
    report = json.loads((tmp_path / "out/run.json").read_text("utf-8"))
    assert report["counts"]["read"] == 3
    assert report["counts"]["records_left_out"] == {"redirect": 2}
    assert report["counts"]["inputs_without_pages"] == 1
    [told] = report["inputs_without_pages"]
    assert told["source"].endswith("pages/rayap.warc")
    assert told["left_out"] == {"redirect": 2}
    again = run(settings(pages))
    assert again.report["counts"] == summary.report["counts"]


def test_the_report_says_how_it_was_made(pages: Path, tmp_path: Path) -> None:
    run(settings(pages, max_chars=500))
    report = json.loads((tmp_path / "out/run.json").read_text("utf-8"))
    assert report["settings"]["max_chars"] == 500
    assert report["settings"]["tables"] == ["awards"]
    assert {"python", "spacy", "pandas", "penghargaan"} <= set(report["versions"])
    assert report["versions"]["lexicon"] == lexicon_checksum()[:12]
    weights = hashlib.sha256((MODEL / ENCODER).read_bytes()).hexdigest()
    assert report["models"] == [{"name": "tagger", "sha256": weights}]
    assert report["lexicon_sha256"] == lexicon_checksum()
    assert {"read", "fake", "write", "total"} <= set(report["seconds"])
    assert report["files"] == ["awards.csv", "awards.jsonl", "run.json"]


def test_tables_of_an_earlier_run_do_not_stay_behind(pages: Path, tmp_path: Path) -> None:
    run(settings(pages, tables=("awards", "entities")))
    (tmp_path / "out/catatan.txt").write_text("milik saya", "utf-8")
    run(settings(pages, format="jsonl"))
    assert names(tmp_path / "out") == ["awards.jsonl", "catatan.txt", "run.json"]


def test_files_that_are_not_ours_are_never_replaced(pages: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/awards.csv").write_text("milik saya", "utf-8")
    with pytest.raises(UsageError, match=r"holds awards\.csv, not written by an earlier run"):
        run(settings(pages))
    (tmp_path / "out/run.json").write_text('{"project": "lain"}', "utf-8")
    with pytest.raises(UsageError, match="not written by an earlier run"):
        run(settings(pages))
    assert (tmp_path / "out/awards.csv").read_text("utf-8") == "milik saya"


def test_a_forged_report_removes_nothing_else(pages: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "penting.txt").write_text("penting", "utf-8")
    forged = {"project": "penghargaan", "files": ["../penting.txt", "../pages/a.txt", 3, "entities.csv"]}
    (tmp_path / "out/run.json").write_text(json.dumps(forged), "utf-8")
    run(settings(pages))
    assert (tmp_path / "penting.txt").exists()
    assert (pages / "a.txt").exists()


def test_the_output_may_lie_inside_the_input(pages: Path) -> None:
    for _ in range(2):
        summary = run(settings(pages, output=pages / "hasil"))
        assert summary.report["counts"]["read"] == 3


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"inputs": ("tiada",)}, "does not exist"),
        ({"engine": "flair"}, "unknown engine"),
        ({"tables": ("award",)}, "unknown table 'award'"),
        ({"tables": ()}, "no table"),
        ({"format": "xlsx"}, "unknown format"),
        ({"workers": 0}, "at least 1"),
        ({"max_chars": 0}, "at least 1"),
    ],
)
def test_wrong_settings_say_what_is_right(pages: Path, wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        run(settings(pages, **wrong))
    assert not (pages.parent / "out").exists()


def test_an_output_that_cannot_be_written_is_told_before_the_work(pages: Path, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("", "utf-8")
    for output in (tmp_path / "berkas", tmp_path / "berkas/dalam"):
        with pytest.raises(UsageError, match=r"cannot write to .*name another folder with -o"):
            run(settings(pages, output=output))


def test_a_broken_lexicon_stops_the_run_since_no_page_is_at_fault(pages: Path, tmp_path: Path) -> None:
    (pages / "aa.txt").write_text("LEKSIKON", "utf-8")
    with pytest.raises(LexiconError, match="line 3"):
        run(settings(pages))
    assert names(tmp_path / "out") == []


def test_a_run_of_failures_only_still_writes_its_tables(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/a.txt").write_bytes(b"")
    summary = run(settings(tmp_path / "pages"))
    assert summary.exit_status == 1
    assert (tmp_path / "out/awards.csv").read_text("utf-8").startswith("doc_id,record_id,")


def test_pages_of_the_same_text_are_marked_and_kept(pages: Path, tmp_path: Path) -> None:
    (pages / "a2.md").write_text(f"\n{WON}", "utf-8")
    (pages / "z.jsonl").write_text(json.dumps({"text": WON.strip(), "id": "0"}) + "\n", "utf-8")
    summary = run(settings(pages, tables=("awards", "articles")))
    articles = [
        json.loads(line) for line in (tmp_path / "out/articles.jsonl").read_text("utf-8").splitlines()
    ]
    assert [(a["doc_id"], a["duplicate_of"]) for a in articles] == [
        ("0", None),
        ("a", "0"),
        ("a2", "0"),
        ("b", None),
        ("c", None),
    ]
    assert summary.report["counts"]["duplicates"] == 2
    assert len(summary.awards) == 5


def test_a_page_that_takes_too_long_is_reported(pages: Path) -> None:
    (pages / "d.txt").write_text("LAMBAT", "utf-8")
    summary = run(settings(pages, timeout=0.2))
    assert [(f.doc_id, f.reason) for f in summary.failures] == [("d", "timeout")]
    assert summary.report["counts"]["failed_by_reason"] == {"timeout": 1}
    assert len(summary.awards) == 3


def test_fields_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.jsonl").write_text(json.dumps({"naskah": WON, "kode": 7}) + "\n", "utf-8")
    summary = run(settings(tmp_path / "in", fields={"content": "naskah", "id": "kode"}))
    assert [row["doc_id"] for row in summary.awards] == ["7"]
