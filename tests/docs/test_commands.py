"""Every command in README, CONTRIBUTING and docs works: each page is followed in a checkout of its own.

A block ```` ```sh ```` is run. One marked ``parsed`` (it takes long, needs corpora, a network or another
repository) is only parsed: options are looked up in the command's help, make targets with ``make -n``.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
_BLOCK = re.compile(r"^( *)```(\{[^}\n]*\}|[^\n]*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_FOLDERS = ("pipeline", "seeds", "annotations", "scripts", "models", "tests", "docs", "notebooks")
#: What a page may call besides the project's own commands, parsed only.
_OTHERS = frozenset({"git", "cd", "source"})
#: Places that stand for the reader's own, and what stands there in the test.
_BEFORE_FIRST = {"my-pages.jsonl": 3, "corrected.jsonl": 2}


@dataclass(frozen=True)
class Block:
    """A fenced block of shell commands."""

    page: Path
    line: int
    text: str
    parsed_only: bool

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks(page: Path) -> Iterator[Block]:
    content = page.read_text("utf-8")
    for match in _BLOCK.finditer(content):
        words = match[2].strip("{} ").replace(".", " ").split()
        if words[:1] == ["sh"]:
            line = content.count("\n", 0, match.start()) + 1
            indent = match[1]
            text = "".join(part.removeprefix(indent) for part in match[3].splitlines(keepends=True))
            yield Block(page, line, text, "parsed" in words)


BLOCKS = [block for page in PAGES for block in blocks(page)]
RUN_PAGES = sorted({block.page for block in BLOCKS if not block.parsed_only})


#: How the variables begin that belong to the run of the tests, not to the commands under test.
_OUTER = ("PYTEST", "COV", "MAKE", "MFLAGS", "ARGS", "INPUT", "OUT", "GOLD", "CORPORA")


class Checkout:
    """A copy of the project with an environment that runs the copy's code."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in _FOLDERS:
            ignored = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        for path in ROOT.iterdir():
            if path.is_file():
                shutil.copy2(path, folder / path.name)
        # What the docs call the reader's own pages.
        shutil.copytree(ROOT / "seeds", folder / "pages")
        shutil.copytree(ROOT / "tests" / "fixtures" / "pages", folder / "crawl" / "2026")
        (folder / "dump.jsonl").write_text(
            '{"url": "https://contoh.id/1", "isi": "Pemkot Batu menang."}\n', "utf-8"
        )
        gold = (ROOT / "annotations" / "dev" / "pages.jsonl").read_text("utf-8").splitlines(keepends=True)
        for name, count in _BEFORE_FIRST.items():
            (folder / name).write_text("".join(gold[:count]), "utf-8")
        self._environment()

    def _environment(self) -> None:
        bin_ = self.folder / ".venv" / "bin"
        bin_.mkdir(parents=True)
        for name, call in {"python": "", "penghargaan": "-m pipeline ", "mkdocs": "-m mkdocs "}.items():
            (bin_ / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {call}"$@"\n', "utf-8")
            (bin_ / name).chmod(0o755)
        later = time.time() + 60
        for name in ("core", "dev", "bench", "docs"):  # as if make had set it up
            stamp = bin_.parent / f".installed-{name}"
            stamp.touch()
            os.utime(stamp, (later, later))

    def run(self, commands: str) -> subprocess.CompletedProcess[str]:
        environment = {
            # nothing that a make around these tests was told
            **{k: v for k, v in os.environ.items() if not k.startswith(_OUTER)},
            "PATH": f"{self.folder / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(self.folder),
            "COLUMNS": "100",
        }
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],  # noqa: S607
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    return Checkout(tmp_path_factory.mktemp("checkout"))


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN_PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_run_one_after_the_other(page: Path, tmp_path: Path) -> None:
    place = Checkout(tmp_path / "penghargaan")
    for block in blocks(page):
        if not block.parsed_only:
            done = place.run(block.text)
            assert done.returncode == 0, (
                f"{block}\n{block.text}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
            )


def simple_commands(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        words = shlex.split(line, comments=True)
        if words:
            yield words


def missing_options(checkout: Checkout, command: list[str]) -> list[str]:
    """Return the options of a command that its own help does not know."""
    names = []
    for word in command[1:]:
        if not re.fullmatch(r"[a-z][a-z-]*", word):
            break
        names.append(word)
    script = command[: 3 if command[1] == "-m" else 2]
    start = [command[0], *names] if command[0] == "penghargaan" else script
    shown = checkout.run(shlex.join([*start, "--help"]))
    assert shown.returncode == 0, shown.stderr
    return [w for w in command[len(start) :] if w.startswith("-") and w.split("=")[0] not in shown.stdout]


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.parsed_only], ids=str)
def test_commands_that_are_not_run_can_be_parsed(block: Block, checkout: Checkout) -> None:
    for command in simple_commands(block.text):
        if command[0] == "make":
            done = checkout.run(shlex.join(["make", "-n", *command[1:]]))
            assert done.returncode == 0, done.stderr
        elif command[0] in {"penghargaan", "python"}:
            assert missing_options(checkout, command) == []
        else:
            assert command[0] in _OTHERS, command


def test_blocks_are_found() -> None:
    assert {page.name for page in PAGES} >= {"README.md", "CONTRIBUTING.md", "annotation.md"}
    assert sum(not block.parsed_only for block in BLOCKS) > 15
    assert any(block.parsed_only for block in BLOCKS)
    assert [b for b in BLOCKS if not b.text.strip()] == []


def test_every_fence_says_what_it_holds() -> None:
    for page in PAGES:
        opened = False
        for line in page.read_text("utf-8").splitlines():
            if line.lstrip().startswith("```"):
                assert opened or line.strip() != "```", f"{page.name}: a fence without a language: {line}"
                opened = not opened


def test_an_option_that_does_not_exist_is_noticed(checkout: Checkout) -> None:
    assert missing_options(checkout, ["penghargaan", "annotate", "export", "--formal", "x"]) == ["--formal"]
    assert missing_options(checkout, ["penghargaan", "run", "pages", "--tables=awards"]) == []
