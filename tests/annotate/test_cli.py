"""The command line of annotation, end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli import main
from tests.annotate.pages import ROOT, gold, page


def write(path: Path, *records: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


@pytest.mark.slow
def test_from_pages_to_a_score_by_way_of_a_correction(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, tasks, made = tmp_path / "out", tmp_path / "tasks.json", tmp_path / "gold.jsonl"
    pages = str(ROOT / "seeds" / "002_b2389bc70c2d9227.txt")
    assert main(["run", pages, "-o", str(out), "-q", "--tables", "awards,articles,entities"]) == 0
    assert main(["annotate", "export", str(out), "-o", str(tasks)]) == 0
    assert capsys.readouterr().out == (
        f"1 pages, 3 records\nWritten to {tasks}\n"
        f"Labelling interface for the project's settings: {tmp_path / 'tasks.config.xml'}\n"
    )
    assert main(["annotate", "import", str(tasks), "-o", str(made)]) == 2
    assert "--with-predictions" in capsys.readouterr().err

    (task,) = json.loads(tasks.read_text("utf-8"))
    result = task["predictions"][0]["result"]
    for item in result:
        if item.get("from_name") == "rank":
            item["value"]["number"] = 2
    task["annotations"] = [{"result": result}]
    tasks.write_text(json.dumps([task]), "utf-8")
    assert main(["annotate", "import", str(tasks), "-o", str(made)]) == 0
    assert capsys.readouterr().out == f"1 pages, 3 records\nWritten to {made}\n"
    assert main(["annotate", "check", str(made)]) == 0
    assert "[rank-result]" in capsys.readouterr().out
    assert main(["evaluate", "--gold", str(made), "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert scores["awards"]["per_slot_f1"]["result"] < 1
    assert scores["awards"]["per_slot_f1"]["recipient"] == 1
    assert main(["annotate", "agreement", str(made), str(out), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["by_slot"]["result"] < 1
    assert figures["entities"]["strict"]["f1"] == 1


def test_a_run_is_gold_that_nobody_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, made = tmp_path / "out", tmp_path / "gold.jsonl"
    main(["run", str(ROOT / "seeds"), "-o", str(out), "-q", "--tables", "awards,articles"])
    assert main(["annotate", "import", str(out), "-o", str(made)]) == 0
    assert "Nobody has checked these pages" in capsys.readouterr().out
    assert [record["entities"] for record in gold(made)] == [None] * 5


def test_export_chooses_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path / "gold.jsonl", page(), page(doc_id="b"))
    assert main(["annotate", "export", str(source), "-o", str(tmp_path / "x.json"), "--page", "b"]) == 0
    (task,) = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert task["data"]["doc_id"] == "b"
    assert "annotations" in task
    assert main(["annotate", "export", str(source), "--page", "c"]) == 2
    assert "no page 'c'" in capsys.readouterr().err
    assert main(["annotate", "export", str(source), "--below", "0.5"]) == 2
    assert "gold has no confidence" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["annotate", "export", str(source), "--below", "5"])


def test_export_takes_the_doubtful_pages_of_a_run_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    main(["run", str(ROOT / "seeds"), "-o", str(out), "-q", "--tables", "awards,articles,entities"])
    rows = [json.loads(line) for line in (out / "awards.jsonl").read_text("utf-8").splitlines()]
    least: dict[str, float] = {}
    for row in rows:
        least[row["doc_id"]] = min(row["confidence"], least.get(row["doc_id"], 1))
    below = sorted(least.values())[1] + 1e-6
    target = tmp_path / "x.json"
    assert main(["annotate", "export", str(out), "-o", str(target), "--below", str(below)]) == 0
    shown = [task["data"]["doc_id"] for task in json.loads(target.read_text("utf-8"))]
    assert shown == sorted(least, key=lambda name: least[name])[:2]
    assert main(["annotate", "export", str(out), "-o", str(target), "--below", "0"]) == 2
    assert "no page is left" in capsys.readouterr().err


def test_check_says_what_is_wrong_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path / "gold.jsonl", page(), page(doc_id="b", label="negative"))
    assert main(["annotate", "check", str(source)]) == 1
    shown = capsys.readouterr().out
    assert "error: b (line 2), label: negative, and 2 records\n  [page-label] label is positive" in shown
    assert shown.endswith("    1  page-label\n2 pages, 1 errors, 0 warnings\n")
    assert main(["annotate", "check", str(source), "--json"]) == 1
    (problem,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (problem["id"], problem["doc_id"], problem["line"]) == ("page-label", "b", 2)
    assert main(["annotate", "check", str(write(tmp_path / "good.jsonl", page()))]) == 0
    assert capsys.readouterr().out == "1 pages, 0 errors, 0 warnings\n"


def test_import_tells_what_it_could_not_take(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, tasks, made = tmp_path / "gold.jsonl", tmp_path / "x.json", tmp_path / "made.jsonl"
    write(source, page(), page(doc_id="b"))
    main(["annotate", "export", str(source), "-o", str(tasks)])
    read = json.loads(tasks.read_text("utf-8"))
    read[0]["annotations"][0]["result"][0]["value"]["labels"] = ["ORG"]
    read[1]["annotations"] = []
    tasks.write_text(json.dumps(read), "utf-8")
    capsys.readouterr()
    assert main(["annotate", "import", str(tasks), "-o", str(made)]) == 1
    captured = capsys.readouterr()
    assert "Left out, not annotated yet: 1 (b)" in captured.out
    assert "unknown label 'ORG'" in captured.err
    assert len(gold(made)) == 1
    assert main(["annotate", "import", str(made), "-o", str(made)]) == 2
    assert "is the source itself" in capsys.readouterr().err
    assert main(["annotate", "import", str(made), "-o", str(tmp_path / "no" / "x.jsonl")]) == 2
    assert "cannot write" in capsys.readouterr().err


def test_import_points_at_what_breaks_the_guidelines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path / "gold.jsonl", page(label="negative"))
    assert main(["annotate", "import", str(source), "-o", str(tmp_path / "made.jsonl")]) == 1
    assert "1 errors; see them with: penghargaan annotate check" in capsys.readouterr().err


def test_agreement_prints_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path / "gold.jsonl", page())
    assert main(["annotate", "agreement", str(source), str(source)]) == 0
    assert "strict                 F1 1.000" in capsys.readouterr().out


def test_help_lists_the_actions(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["annotate", "--help"])
    assert exit_.value.code == 0
    shown = capsys.readouterr().out
    for action in ("export", "import", "check", "agreement"):
        assert action in shown
