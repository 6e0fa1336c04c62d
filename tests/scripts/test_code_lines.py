from __future__ import annotations

import doctest
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import code_lines

Total = Callable[..., int]

MODULE = '''"""A module.

Over lines.
"""

# a remark
import re

RULE = """
a text

over lines
"""


class Found:
    """What was found."""

    text = "#"  # no remark in it

    def one(self) -> str:
        "Return one."
        return re.sub(
            "a",
            "b",
            self.text,
        )
'''


def test_blank_lines_remarks_and_docstrings_do_not_count() -> None:
    # import, five lines of text, class, attribute, def, five lines of return
    assert code_lines.code_lines(MODULE) == 14
    assert code_lines.code_lines('def one() -> None: "Do one."\n') == 1
    assert code_lines.code_lines("") == 0
    assert doctest.testmod(code_lines).failed == 0


@pytest.fixture
def total(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Total:
    """The sum that the script prints, of a project with two packages."""
    monkeypatch.setattr(code_lines, "ROOT", tmp_path)
    for name in ("pipeline/trace", "pipeline/awards", "tests"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "one.py").write_text(MODULE, "utf-8")

    def call(*arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["code_lines.py", *arguments])
        code_lines.main()
        return int(capsys.readouterr().out.splitlines()[-1].split()[0])

    return call


def test_folders_can_be_left_out(total: Total) -> None:
    assert total() == total("pipeline") == 28
    assert total("--leave-out", "pipeline/trace", "--", "pipeline", "tests") == 28
    assert total("pipeline/awards") == 14


def test_a_commit_is_counted_as_it_was(total: Total, tmp_path: Path) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@contoh.id"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "a"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)  # noqa: S607
    (tmp_path / "pipeline/trace/one.py").write_text(MODULE * 2, "utf-8")
    assert total("--at", "HEAD") == 28
    assert total() == 28 + 18  # what was a docstring is none further down
