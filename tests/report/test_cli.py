from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from tests.report.runs import large_run, small_run


def test_it_writes_the_report_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = small_run(tmp_path / "run")
    assert main(["report", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "3 records, 0.1 MB" in out
    assert f"Written to {folder / 'report.html'}" in out
    assert "characters around" not in out
    before = (folder / "report.html").read_bytes()
    assert main(["report", str(folder), "--lang", "en", "-q"]) == 0  # an earlier report is replaced
    assert capsys.readouterr().out == ""
    assert (folder / "report.html").read_bytes() != before
    assert not list(folder.glob(".*"))


@pytest.mark.slow
def test_another_file_and_a_smaller_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = large_run(tmp_path / "run", 100)
    target = tmp_path / "laporan.html"
    assert main(["report", str(folder), "-o", str(target)]) == 0
    size = target.stat().st_size
    capsys.readouterr()
    assert main(["report", str(folder), "-o", str(target), "--max-size", f"{(size - 50_000) / 1e6:.2f}"]) == 0
    assert target.stat().st_size <= size - 40_000
    assert "characters around the evidence; see --max-size" in capsys.readouterr().out
    assert main(["report", str(folder), "-o", str(target), "--max-size", "0.1"]) == 0
    assert "larger than 0.1 MB" in capsys.readouterr().out


def test_a_run_without_texts_is_told_how_to_get_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = small_run(tmp_path, articles=False)
    assert main(["report", str(folder)]) == 0
    assert "--tables awards,entities,articles" in capsys.readouterr().out


def test_a_file_that_is_no_report_is_never_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = small_run(tmp_path / "run")
    other = tmp_path / "tugas.html"
    other.write_text("<p>milik orang</p>", "utf-8")
    for target, message in (
        (other, "is not an earlier report"),
        (tmp_path, "is a folder"),
        (tmp_path / "tiada" / "x.html", "does not exist"),
    ):
        assert main(["report", str(folder), "-o", str(target)]) == 2
        assert message in capsys.readouterr().err
    assert other.read_text("utf-8") == "<p>milik orang</p>"


@pytest.mark.parametrize("size", ["0", "-1", "besar", "nan", "5000"])
def test_a_size_that_is_none(tmp_path: Path, size: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["report", str(tmp_path), "--max-size", size])
    assert stop.value.code == 2


def test_a_folder_that_is_no_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(tmp_path)]) == 2
    assert "not the output folder of a run" in capsys.readouterr().err
