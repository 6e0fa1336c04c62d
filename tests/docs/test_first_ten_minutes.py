"""The newcomer's path by the command line: run, report, evidence, a correction that comes back and counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli import main

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_correction_in_an_exported_file_is_what_the_score_speaks_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, folder, gold = tmp_path / "out", tmp_path / "to-correct", tmp_path / "corrected.jsonl"
    tables = "awards,articles,entities"
    assert main(["run", str(ROOT / "seeds"), "-o", str(out), "-q", "--tables", tables]) == 0
    assert main(["report", str(out)]) == 0
    assert (out / "report.html").stat().st_size > 10_000

    record = json.loads((out / "awards.jsonl").read_text("utf-8").splitlines()[0])
    page = (ROOT / "seeds" / f"{record['doc_id']}.txt").read_text("utf-8")
    assert page[record["start"] : record["end"]] == record["evidence"]
    for found in record["slots"].values():
        for piece in found:
            assert page[piece["start"] : piece["end"]] == piece["text"]

    chosen = ["--format", "brat", "--page", record["doc_id"]]
    assert main(["annotate", "export", str(out), "-o", str(folder), *chosen]) == 0
    path = folder / f"{record['doc_id']}.ann"
    lines = path.read_text("utf-8")
    assert " E1 won" in lines
    path.write_text(lines.replace(" E1 won", " E1 nominated"), "utf-8")
    assert main(["annotate", "import", str(folder), "-o", str(gold)]) == 0
    assert main(["annotate", "check", str(gold)]) == 0
    capsys.readouterr()
    assert main(["evaluate", "--gold", str(gold), "--json", "--errors"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert scores["entities"]["strict"]["f1"] == 1
    assert scores["awards"]["per_slot_f1"]["recipient"] == 1
    assert scores["awards"]["per_slot_f1"]["status"] < 1
    assert scores["errors"]
