"""Runs that are stopped, and go on; of the real command, in processes of their own."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import folder as folder_module
from pipeline.batch.folder import NAME, WorkFolder
from pipeline.errors import UsageError
from pipeline.run import Settings, Summary
from pipeline.run import run as run_batch
from tests import fakes

COMMAND = """
import sys
from functools import partial
from pathlib import Path
sys.path.insert(0, {root!r})
from pipeline.batch.workers import Workers
from pipeline.run import Settings, run
from tests import fakes

def start(count, job):
    return Workers(count, fakes.job(job.tables, job.timeout))

if __name__ == "__main__":
    run(Settings(inputs=(sys.argv[1],), output=Path(sys.argv[2]), workers=2,
        tables=("awards", "entities", "sentences", "articles")), start=start)
"""
ROOT = Path(__file__).parents[2]
EVERY = ("awards", "entities", "sentences", "articles")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    path = tmp_path / "pages.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for n in range(1500):
            text = f"Kota Malang juara {n % 3} Lomba Siaran {2000 + n % 25}\n" * (n % 4) + f"Berita {n % 900}"
            file.write(json.dumps({"id": f"b{n * 7919 % 1500}", "text": text}) + "\n")
    return path


def contents(output: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in output.iterdir() if p.is_file() and p.name != "run.json"}


def shards(output: Path) -> dict[str, int]:
    """Return the finished shards; what a killed run was writing has a suffix and does not count."""
    found = (output / NAME).glob("shards/*/*")
    return {p.name: p.stat().st_mtime_ns for p in found if "." not in p.name}


class Counting(fakes.Inline):
    """Workers that know how many pages they were given."""

    pages = 0

    def submit(self, token: Any, page: Any) -> None:
        type(self).pages += 1
        super().submit(token, page)


@pytest.fixture
def fake_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    Counting.pages = 0
    fakes.installed(monkeypatch)


def run(pages: Path, **more: Any) -> tuple[Summary, int]:
    """Run, and return the summary and the number of pages that were worked on."""
    given = {"inputs": (str(pages),), "output": pages.parent / "out", "tables": EVERY, "workers": 1} | more
    Counting.pages = 0
    return run_batch(Settings(**given), start=Counting), Counting.pages


@pytest.mark.slow
def test_killed_runs_lose_and_repeat_nothing(pages: Path, tmp_path: Path) -> None:
    script = tmp_path / "jalankan.py"
    script.write_text(COMMAND.format(root=str(ROOT)), "utf-8")
    command = [sys.executable, str(script), str(pages)]
    started = time.monotonic()
    subprocess.run([*command, str(tmp_path / "whole")], check=True, cwd=ROOT)
    seconds = time.monotonic() - started
    chance = random.Random(3)  # noqa: S311 (no secret)
    output = tmp_path / "killed"
    made: dict[str, int] = {}
    kills = 0
    for _ in range(5):
        process = subprocess.Popen([*command, str(output)], cwd=ROOT)
        try:
            process.wait(timeout=chance.uniform(0.3, 0.9) * seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
        now = shards(output)
        assert made.items() <= now.items()
        made = now
    subprocess.run([*command, str(output)], check=True, cwd=ROOT)
    assert kills
    assert made.items() <= shards(output).items()
    assert contents(output) == contents(tmp_path / "whole")
    assert not list((output / NAME).rglob("*.part"))
    assert not list(output.glob(".*.part"))


@pytest.mark.slow
@pytest.mark.usefixtures("fake_pipeline")
def test_a_second_run_works_on_what_changed_only(pages: Path) -> None:
    first, worked = run(pages)
    assert worked == first.report["counts"]["read"] == 1500
    before = contents(pages.parent / "out")
    assert run(pages)[1] == 0
    # another format, fewer tables, a higher limit: nothing to work on
    assert run(pages, tables=("awards",), format="parquet", timeout=90.0)[1] == 0
    assert run(pages)[1] == 0
    assert contents(pages.parent / "out") == before
    lines = pages.read_text("utf-8").splitlines(keepends=True)
    lines[700] = json.dumps({"id": "baru", "text": "Kota Batu juara 1 Lomba Siaran 2024"}) + "\n"
    pages.write_text("".join(lines), "utf-8")
    _, worked = run(pages)
    assert 1 <= worked <= 512
    changed = contents(pages.parent / "out")
    assert changed != before
    shutil.rmtree(pages.parent / "out")
    assert run(pages)[1] == 1500
    assert contents(pages.parent / "out") == changed
    assert run(pages, fresh=True)[1] == 1500


@pytest.mark.slow
@pytest.mark.usefixtures("fake_pipeline")
def test_more_tables_or_another_lexicon_are_worked_on_again(
    pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(pages, tables=("awards",))[1] == 1500
    assert run(pages)[1] == 1500
    assert run(pages, tables=("awards",))[1] == 0
    monkeypatch.setattr("pipeline.run.fingerprint", lambda engine: f"{engine}, lain")
    assert run(pages, tables=("awards",))[1] == 1500
    # what no run needs any more is removed
    assert run(pages, tables=("awards",))[1] == 0
    assert sum(1 for _ in shards(pages.parent / "out")) < 100


@pytest.mark.slow
@pytest.mark.usefixtures("fake_pipeline")
def test_workers_do_not_show_in_the_tables(pages: Path, tmp_path: Path) -> None:
    run(pages, output=tmp_path / "inline")
    script = tmp_path / "jalankan.py"
    for count in (1, 3):
        code = COMMAND.format(root=str(ROOT)).replace("workers=2", f"workers={count}")
        script.write_text(code, "utf-8")
        subprocess.run(
            [sys.executable, str(script), str(pages), str(tmp_path / f"{count}")], check=True, cwd=ROOT
        )
        assert contents(tmp_path / f"{count}") == contents(tmp_path / "inline")


@pytest.mark.usefixtures("fake_pipeline")
def test_a_full_disk_is_told_and_what_is_done_stays(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = os.fsync
    left = [4]

    def full(descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        synced(descriptor)

    monkeypatch.setattr(folder_module.os, "fsync", full)
    with pytest.raises(
        UsageError, match=r"No space left on device\); [\d,]+ pages are done and kept; free some"
    ):
        run(pages)
    monkeypatch.setattr(folder_module.os, "fsync", synced)
    summary, worked = run(pages)
    assert summary.report["counts"]["read"] == 1500
    assert worked < 1500


@pytest.mark.usefixtures("fake_pipeline")
def test_stopped_by_hand_it_says_how_to_go_on(pages: Path) -> None:
    class Stopped(Counting):
        def results(self) -> Any:
            if self.pages > 1000:
                raise KeyboardInterrupt
            return super().results()

    settings = Settings(inputs=(str(pages),), output=pages.parent / "out", workers=1, tables=EVERY)
    Counting.pages = Stopped.pages = 0
    with pytest.raises(
        KeyboardInterrupt, match=r"[\d,]+ pages are done and kept in .*run the same command again"
    ):
        run_batch(settings, start=Stopped)
    assert not (pages.parent / "out/awards.csv").exists()
    _, worked = run(pages)
    assert 0 < worked < 900


@pytest.mark.usefixtures("fake_pipeline")
def test_a_run_that_was_killed_while_it_wrote_the_tables_is_finished(pages: Path) -> None:
    run(pages)
    expected = contents(pages.parent / "out")
    (pages.parent / "out/run.json").unlink()  # written last
    (pages.parent / "out/entities.csv").unlink()
    (pages.parent / "out/.sentences.csv.part").write_text("setengah", "utf-8")
    assert run(pages)[1] == 0
    assert contents(pages.parent / "out") == expected


@pytest.mark.usefixtures("fake_pipeline")
def test_folders_that_are_not_ours_are_left_alone(pages: Path) -> None:
    other = pages.parent / "out" / NAME
    other.mkdir(parents=True)
    (other / "catatan.txt").write_text("milik saya", "utf-8")
    with pytest.raises(UsageError, match="not a work folder of ours"):
        run(pages)
    assert (other / "catatan.txt").read_text("utf-8") == "milik saya"
    assert [p.name for p in other.iterdir()] == ["catatan.txt"]


def test_two_runs_into_one_folder_are_told_apart(tmp_path: Path) -> None:
    one, other = WorkFolder(tmp_path), WorkFolder(tmp_path)
    with (
        one.locked(["awards.csv"]),
        pytest.raises(UsageError, match="another run writes to"),
        other.locked([]),
    ):
        pass
    with other.locked(["entities.csv"]):
        assert other.promised() == {"awards.csv", "entities.csv"}
