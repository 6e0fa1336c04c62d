"""What others meet who join: hooks before a commit, forms for issues."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FORMS = sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")
HOOKS = [
    hook
    for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    for hook in repo["hooks"]
]


def form(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def test_there_is_a_form_for_what_people_come_with() -> None:
    assert [path.stem for path in FORMS] == ["lost-page", "question", "wrong-record"]
    assert len({form(path)["name"] for path in FORMS}) == 3


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_one_that_the_forge_takes(path: Path) -> None:
    given = form(path)
    assert set(given) == {"name", "description", "labels", "body"}
    asked = [part for part in given["body"] if part["type"] != "markdown"]
    assert asked
    assert len({part["id"] for part in asked}) == len(asked)
    for part in asked:
        assert part["type"] in {"input", "textarea", "dropdown"}
        assert set(part) <= {"type", "id", "attributes", "validations"}
        assert part["attributes"]["label"]
        assert (part["type"] == "dropdown") == bool(part["attributes"].get("options"))
    assert any(part.get("validations", {}).get("required") is True for part in asked)


def test_hooks_are_tools_of_ours() -> None:
    """No repository of others is cloned, no environment made."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    assert {hook["language"] for hook in HOOKS} == {"system"}
    assert {hook["id"] for hook in HOOKS} == {"ruff", "ruff-format", "mypy", "lexicon"}
    assert all(hook["entry"].startswith(".venv/bin/") for hook in HOOKS)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository of the project's tables and configuration, with tools that run its code."""
    for name in ("pipeline", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (".pre-commit-config.yaml", ".gitignore", "pyproject.toml"):
        shutil.copy2(ROOT / name, tmp_path / name)
    bin_ = tmp_path / ".venv" / "bin"
    bin_.mkdir(parents=True)
    for name, call in {"python": "", "ruff": "-m ruff ", "mypy": "-m mypy "}.items():
        (bin_ / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {call}"$@"\n', "utf-8")
        (bin_ / name).chmod(0o755)
    for command in ("init -q", "add ."):
        subprocess.run(["git", *command.split()], cwd=tmp_path, check=True)  # noqa: S607
    return tmp_path


def failed_hooks(checkout: Path, *files: str) -> set[str]:
    subprocess.run(["git", "add", "."], cwd=checkout, check=True)  # noqa: S607
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    environment |= {"PYTHONPATH": str(checkout), "PRE_COMMIT_HOME": str(checkout / ".kept"), "SKIP": "mypy"}
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--color", "never", "--files", *files],
        cwd=checkout, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert any("Passed" in line or "Failed" in line for line in lines), done.stdout + done.stderr
    failed = {line.removeprefix("- hook id: ") for line in lines if line.startswith("- hook id: ")}
    assert bool(failed) == (done.returncode != 0), done.stdout
    return failed


def test_hooks_stop_a_wrong_commit_and_let_a_sound_one_pass(checkout: Path) -> None:
    table, module = "pipeline/lexicon/events.jsonl", "pipeline/errors.py"
    assert failed_hooks(checkout, table, module) == set()
    with (checkout / table).open("a", encoding="utf-8") as file:
        file.write('{"id": "EV901", "nama": "Anugerah Contoh"}\n')
    assert failed_hooks(checkout, table, module) == {"lexicon"}
    assert failed_hooks(checkout, module) == set()
    with (checkout / module).open("a", encoding="utf-8") as file:
        file.write("import os\nkept = {'a' : 1}\n")
    assert failed_hooks(checkout, module) == {"ruff", "ruff-format"}
