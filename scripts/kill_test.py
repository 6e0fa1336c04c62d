"""Kill a run again and again, at random moments, and check that nothing is lost, doubled or changed.

Usage: python scripts/kill_test.py PAGES [--kills 100] [--pages 5000] [--workers 2] [--seed 1]

PAGES are files or folders as for ``penghargaan run``; as many of their pages as asked for are used,
repeated under other ids if there are fewer. One run is left alone. Another is killed (SIGKILL, the
workers are left to find out) at random moments until it has survived the given number of kills, a
sixteenth of an undisturbed run apart in the mean, in whatever it is at: loading, reading, working,
merging. Whenever it finishes in between it is started anew. Each time that it finishes, the tables have to be
those of the run left alone, to the byte, and no shard may be lost or made twice. Exit status 1 if not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from pipeline.batch.folder import NAME
from pipeline.document import Page
from pipeline.readers import read_pages

#: Kills that an undisturbed run would see.
KILLS_A_RUN = 16


def write_pages(inputs: list[str], number: int, path: Path) -> None:
    """Write so many pages as JSON lines, repeated under other ids if need be."""
    pages = [page for page in islice(read_pages(inputs), number) if isinstance(page, Page)]
    with path.open("w", encoding="utf-8") as file:
        for n, page in enumerate(islice(cycle(pages), number)):
            field = "html" if page.kind == "html" else "text"
            record = {"id": f"{page.doc_id}~{n // len(pages)}", field: page.content, **page.metadata}
            file.write(json.dumps(record) + "\n")


def command(path: Path, output: Path, workers: int) -> list[str]:
    """Return the command line of the run."""
    options = ["--tables", "awards,entities,sentences,articles", "--workers", str(workers), "-q"]
    return [sys.executable, "-m", "pipeline", "run", str(path), "-o", str(output), *options]


def checksums(output: Path) -> dict[str, str]:
    """Return the checksums of the tables; the report is left out, since it holds times."""
    files = (p for p in sorted(output.iterdir()) if p.is_file() and p.name != "run.json")
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def shards(output: Path) -> dict[str, int]:
    """Return the finished shards and the moment at which each was made."""
    return {p.name: p.stat().st_mtime_ns for p in (output / NAME / "shards").glob("*/*") if "." not in p.name}


def main() -> int:
    """Run the test; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("inputs", nargs="+", metavar="PAGES")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)  # noqa: S311 (no secret)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = folder / "pages.jsonl"
        write_pages(arguments.inputs, arguments.pages, pages)
        started = time.monotonic()
        subprocess.run(command(pages, folder / "whole", arguments.workers), check=True)  # noqa: S603
        whole = time.monotonic() - started
        expected = checksums(folder / "whole")
        killed = wrong = repeated = finished = 0
        made: dict[str, int] = {}
        output = folder / "killed"
        while killed < arguments.kills:
            process = subprocess.Popen(command(pages, output, arguments.workers))  # noqa: S603
            try:
                process.wait(timeout=chance.uniform(0.2, 2 * whole / KILLS_A_RUN))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
            else:
                finished += 1
                wrong += checksums(output) != expected
                shutil.rmtree(output)
                made = {}
            now = shards(output)
            repeated += sum(key in made and made[key] != moment for key, moment in now.items())
            lost = sum(key not in now for key in made)
            wrong += lost
            made = now
        subprocess.run(command(pages, output, arguments.workers), check=True)  # noqa: S603
        wrong += checksums(output) != expected
        now = shards(output)
        repeated += sum(key in now and now[key] != moment for key, moment in made.items())
    print(
        f"{arguments.pages:,} pages, {killed} kills, {finished + 1} times finished;"
        f" {wrong} differences, {repeated} shards made twice; an undisturbed run took {whole:.0f} s"
    )
    return 1 if wrong or repeated else 0


if __name__ == "__main__":
    sys.exit(main())
