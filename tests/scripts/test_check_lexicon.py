from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_FIRST = (ROOT / "pipeline" / "lexicon" / "events.jsonl").read_text("utf-8").splitlines()[0]
EVENT = json.loads(_FIRST) | {"id": "EV901", "name": "Anugerah Contoh", "abbr": "", "aliases": []}


def checked(*folders: Path) -> subprocess.CompletedProcess[str]:
    """Run the script in a process of its own: rule packs hold for a whole process."""
    return subprocess.run(
        [sys.executable, "scripts/check_lexicon.py", *map(str, folders)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_our_own_tables_are_sound() -> None:
    done = checked()
    assert (done.returncode, done.stderr) == (0, "")
    assert "tables are sound" in done.stdout


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A rule pack with an event."""
    (tmp_path / "events.jsonl").write_text(json.dumps(EVENT) + "\n", "utf-8")
    return tmp_path


def test_a_pack_is_checked_with_them(pack: Path) -> None:
    assert checked(pack).returncode == 0


def test_the_first_problem_of_each_table_is_told(pack: Path) -> None:
    events, rules = pack / "events.jsonl", pack / "award_rules.jsonl"
    events.write_text(
        json.dumps(EVENT) + "\n" + json.dumps(EVENT | {"id": "EV902", "nama": "x"}) + "\n", "utf-8"
    )
    rules.write_text('{"id": "W901", "frame": "tidak-ada", "pattern": "(", "examples": []}\n', "utf-8")
    done = checked(pack)
    assert done.returncode == 1
    told = done.stdout.splitlines()
    assert [line.split(": ")[0] for line in told] == [f"{rules}, line 1", f"{events}, line 2"]
    assert "unknown key 'nama'" in told[1]


def test_what_is_no_pack(tmp_path: Path) -> None:
    done = checked(tmp_path / "tiada")
    assert done.returncode == 2
    assert "is no folder" in done.stderr
