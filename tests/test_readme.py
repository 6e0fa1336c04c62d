from __future__ import annotations

import doctest
import importlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from pipeline.tables.columns import TABLES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_python_examples_are_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    results = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert results.attempted > 8
    assert results.failed == 0


def test_columns_are_listed_as_they_are() -> None:
    listed = re.findall(
        r"^\| `(\w+)` \| (.+) \|$", README.split("## Columns")[1].split("A text cell")[0], re.MULTILINE
    )
    assert listed == [(column.name, column.doc) for column in TABLES["awards"]]


def test_output_and_scores_are_shown() -> None:
    shown = README.split("output of make run: begin")[1].split("output of make run: end")[0]
    assert "Juara 1" in shown
    scores = README.split("output of make evaluate: begin")[1].split("output of make evaluate: end")[0]
    assert re.search(r"core +P [01]\.\d{3}", scores)


def test_every_make_target_has_its_help_and_runs_something() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    declared = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert declared
    for target in declared[1].split():
        assert re.search(rf"^{target}:[^#\n]*## .+\n\t@", makefile, re.MULTILINE), target
    done = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    for target in declared[1].split():
        assert f"make {target} " in done.stdout


def test_entry_points_lead_to_what_they_name() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [project["scripts"], *project["entry-points"].values()]
    for group in groups:
        for target in group.values():
            module, name = target.split(":")
            assert callable(getattr(importlib.import_module(module), name))


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = {
        line.split("==")[0].lower().replace("_", "-")
        for file in (
            "constraints.txt",
            *(f"constraints-{extra}.txt" for extra in ("bench", "cluster", "train")),
        )
        for line in (ROOT / file).read_text("utf-8").splitlines()
        if not line.startswith("#")
    }
    wanted = [
        *project["dependencies"],
        *(d for extra in project["optional-dependencies"].values() for d in extra),
    ]
    names = {re.split(r"[<>=\[]", dependency)[0].lower() for dependency in wanted}
    assert names <= pinned
