"""The report by which later commands know an output folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.run_report import RUN_FILE, read_report


def test_a_report_of_ours(tmp_path: Path) -> None:
    (tmp_path / RUN_FILE).write_text('{"project": "penghargaan", "files": []}', "utf-8")
    assert read_report(tmp_path) == {"project": "penghargaan", "files": []}


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"project": "lain"}', "{}", "\ud800"])
def test_any_other_file_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / RUN_FILE).write_bytes(content.encode("utf-8", "surrogatepass"))
    assert read_report(tmp_path) is None


def test_no_file_is_none(tmp_path: Path) -> None:
    assert read_report(tmp_path) is None
