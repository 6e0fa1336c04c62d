from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from pipeline.arguments import check_target, confidence
from pipeline.errors import UsageError


@pytest.mark.parametrize(("text", "value"), [("0", 0.0), ("0.75", 0.75), ("1", 1.0)])
def test_a_confidence(text: str, value: float) -> None:
    assert confidence(text) == value


@pytest.mark.parametrize("text", ["1.1", "-0.1", "", "tinggi", "nan"])
def test_no_confidence(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="0 to 1"):
        confidence(text)


def _check(path: Path) -> None:
    check_target(path, lambda head: head.startswith("ours"), 4, "is not ours")


@pytest.mark.parametrize("content", [None, "", "ours, whatever follows"])
def test_new_empty_and_own_files_may_be_written(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "file").write_text(content, "utf-8")
    _check(tmp_path / "file")


def test_anything_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("somebody else's", "utf-8")
    for path, told in (("file", "is not ours"), ("no/file", "does not exist"), (".", "is a folder")):
        with pytest.raises(UsageError, match=told):
            _check(tmp_path / path)
