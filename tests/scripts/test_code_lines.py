from __future__ import annotations

import doctest
import subprocess
from pathlib import Path

import pytest

from scripts import code_lines

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


def test_folders_can_be_left_out(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def total(*arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["code_lines.py", *arguments])
        code_lines.main()
        return int(capsys.readouterr().out.splitlines()[-1].split()[0].replace(",", ""))

    assert (
        total() == total("pipeline") > total("--leave-out", "pipeline/awards") > total("pipeline/awards") > 0
    )


def test_a_commit_is_counted_as_it_was(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(code_lines, "ROOT", tmp_path)
    (tmp_path / "pipeline").mkdir()
    (tmp_path / "pipeline/one.py").write_text(MODULE, "utf-8")
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)  # noqa: S607
    (tmp_path / "pipeline/one.py").write_text(MODULE * 2, "utf-8")
    for arguments, lines in ((["--at", "HEAD"], 14), ([], 32)):  # the second docstring is none
        monkeypatch.setattr("sys.argv", ["code_lines.py", *arguments])
        code_lines.main()
        assert capsys.readouterr().out.endswith(f"{lines:7,}  in all\n")
