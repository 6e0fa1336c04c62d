from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
from pathlib import Path

sys.path.insert(0, "scripts")
import check_expressions
import pipeline

check_expressions.note_expressions(Path(pipeline.__file__).parent)
import check_hostile

check_hostile._load_everything()
for noted in check_expressions.Noted.found.values():
    print(noted.where.split(":")[0], noted.longest > 0)
"""


@pytest.mark.slow
def test_expressions_of_modules_and_of_rows_are_noted() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    noted = [line.split() for line in done.stdout.splitlines()]
    assert len(noted) > 500
    files = {file for file, _ in noted}
    assert {"entities/link.py", "terms/term_patterns.py", "boilerplate/html_blocks.py"} <= files
    assert sum(used == "True" for _, used in noted) > 200  # the sample page goes through all stages
