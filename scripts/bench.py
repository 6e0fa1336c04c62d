"""Measure speed and memory of the pipeline beside what one would use in its place, in one run.

Usage: python scripts/bench.py PAGES... [--sizes 1000,10000] [--workers 1,2] [--tables all,awards]
[--rounds 3] [--out bench]

PAGES are files or folders as for ``penghargaan run``; they are repeated under other ids to reach the
sizes. Every measurement is a process of its own; those of the first size take turns, round by round, so
that a machine whose speed drifts slows all of them alike, and the median counts. Prints a table; writes
``bench.json`` and ``bench.png``.

* ``run``: the command, all tables or awards only, by number of workers and pages; with the start of
  Python.
* ``stages``: one stage after the other in one process, each with those before it; start left out.
* ``others``: spaCy's blank pipeline with sentencizer, stanza's tokenizer alone and with its tagger of names
  (on a sample, for they are slow), and on the pages as HTML trafilatura, where it is installed, beside the
  project's own extraction. The tagger is one of stanza's default size without character language model; it
  is not trained, since its speed does not depend on its weights.

Peak memory is the greatest sum over the process and its children, sampled.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import psutil

from pipeline.document import Page
from pipeline.readers import read_pages

STAGES = ("read", "boilerplate", "sentences", "entities", "awards")
OTHERS = (
    "spacy sentencizer",
    "stanza tokenize",
    "stanza tokenize, ner",
    "html: penghargaan",
    "html: trafilatura",
)
#: Tables of a run, by the name of the measurement.
TABLES = {
    "all": ("all tables", "awards,entities,sentences,articles"),
    "awards": ("awards only", "awards"),
}
#: Tags of the tagger that stanza is measured with.
TAGS = ("O", *(f"{place}-{name}" for name in ("PER", "ORG", "LOC") for place in "BIES"))
#: Pages that slow systems are measured on.
SAMPLE = 100


def write_pages(inputs: list[str], number: int, path: Path) -> int:
    """Write so many pages as JSON lines, repeated under other ids if need be; returns their words."""
    pages = [page for page in islice(read_pages(inputs), number) if isinstance(page, Page)]
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for n, page in enumerate(islice(cycle(pages), number)):
            field = "html" if page.kind == "html" else "text"
            file.write(json.dumps({"id": f"{page.doc_id}~{n // len(pages)}", field: page.content}) + "\n")
            words += len(page.content.split())
    return words


def timed(pages: list[Any], work: Callable[[Any], object], warm_up: int = 3) -> None:
    """Print how long the work on the pages takes, once all that is loaded on first use is loaded."""
    for page in pages[:warm_up]:
        work(page)
    before = time.perf_counter()
    for page in pages:
        work(page)
    print(json.dumps({"pages": len(pages), "seconds": time.perf_counter() - before}))


def stage(name: str, path: str) -> None:
    """Measure the stages up to one of them."""
    from pipeline import flow

    depth = STAGES.index(name)

    def work(page: Page) -> None:
        analysis = flow.Analysis(page)
        for step in flow.STAGES[:depth]:
            step.run(analysis)

    if depth == 0:
        before = time.perf_counter()
        pages = sum(1 for _ in read_pages([path]))
        print(json.dumps({"pages": pages, "seconds": time.perf_counter() - before}))
    else:
        timed([p for p in read_pages([path]) if isinstance(p, Page)], work)


def stanza_ner(texts: list[str]) -> Callable[[str], object]:
    """Return stanza's tokenizer and tagger of names, of its default size, the tagger not trained."""
    import stanza
    from stanza.models import ner_tagger
    from stanza.models.common.doc import Document
    from stanza.models.ner.data import DataLoader
    from stanza.models.ner.trainer import Trainer

    from pipeline.sentences import stanza as ours

    ours.load()  # caps the threads as well
    logging.getLogger("stanza").setLevel(logging.ERROR)
    options = ner_tagger.parse_args(["--shorthand", "id_bench", "--no_pretrain"])
    # some words with each tag, for the vocabularies of characters, words and tags
    sentences = [
        [{"id": n + 1, "text": word, "ner": TAGS[n % len(TAGS)]} for n, word in enumerate(text.split()[:100])]
        for text in texts
    ]
    batches = DataLoader(Document([s for s in sentences if s]), 32, options, None, evaluation=False)
    trainer = Trainer(args=options, vocab=batches.vocab, device="cpu")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ner.pt"
        trainer.save(str(path))
        nlp: Callable[[str], object] = stanza.Pipeline(
            lang="id",
            dir=str(ours.MODEL),
            processors="tokenize,ner",
            tokenize_model_path=str(ours.MODEL / "tokenizer.pt"),
            ner_model_path=str(path),
            ner_pretrain_path=None,
            ner_forward_charlm_path=None,
            ner_backward_charlm_path=None,
            download_method=None,
            allow_unknown_language=True,
            use_gpu=False,
            verbose=False,
            logging_level="ERROR",
        )
    return nlp


def other(name: str, path: str) -> None:
    """Measure what one would use in the pipeline's place."""
    pages = [p for p in read_pages([path]) if isinstance(p, Page)]
    texts = [p.content for p in pages]
    if name == "spacy sentencizer":
        import spacy

        nlp = spacy.blank("id")
        nlp.add_pipe("sentencizer")
        nlp.max_length = 10**8
        timed(texts, nlp)
    elif name == "stanza tokenize":
        from pipeline.sentences import stanza

        stanza.load()
        timed(texts[:SAMPLE], stanza.split_text)
    elif name == "stanza tokenize, ner":
        timed(texts[:SAMPLE], stanza_ner(texts[:SAMPLE]))
    else:
        html = ["<html><body>" + "".join(f"<p>{t}</p>" for t in x.split("\n")) for x in texts]
        if name == "html: trafilatura":
            import trafilatura

            timed(html[: 10 * SAMPLE], trafilatura.extract)
        else:
            from pipeline.boilerplate import to_article

            timed([Page("a", "a", text, "html") for text in html[: 10 * SAMPLE]], to_article)


def measured(command: list[str]) -> tuple[str, float, float]:
    """Run a command; returns what it prints, its seconds and its peak memory, children included, in MB."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    before = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)  # noqa: S603
    peak = [0]

    def watch() -> None:
        parent = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                tree = [parent, *parent.children(recursive=True)]
                peak[0] = max(peak[0], sum(p.memory_info().rss for p in tree))
            except psutil.Error:
                pass
            time.sleep(0.1)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    printed, _ = process.communicate()
    seconds = time.perf_counter() - before
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with exit status {process.returncode}")
    return printed, seconds, peak[0] / 1e6


def run_command(path: Path, output: Path, tables: str, workers: int) -> list[str]:
    """Return the command line of a run."""
    command = [sys.executable, "-m", "pipeline", "run", str(path), "-o", str(output), "-q", "--fresh"]
    return [*command, "--tables", tables, "--workers", str(workers)]


def measurements(
    path: Path, output: Path, workers: list[int], tables: list[str], *, parts: bool
) -> Iterator[tuple[str, list[str]]]:
    """Yield names and commands of the measurements of one size."""
    for name, asked in (TABLES[key] for key in tables):
        for count in workers:
            plural = "worker" if count == 1 else "workers"
            yield f"run: {name}, {count} {plural}", run_command(path, output, asked, count)
    if parts:
        for name in STAGES:
            yield f"stages up to {name}", [sys.executable, __file__, "--one", name, str(path)]
        for name in OTHERS:
            if find_spec(name.rpartition(" ")[2]) is None and "trafilatura" in name:
                continue
            yield name, [sys.executable, __file__, "--one", name, str(path)]


def plot(rows: list[dict[str, Any]], path: Path) -> None:
    """Draw pages a second by system."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    rows = [row for row in rows if not row["name"].startswith("stages")]
    figure, axes = plt.subplots(figsize=(9, 0.5 + 0.35 * len(rows)))
    labels = [f"{row['name']} ({row['pages']:,} pages)" for row in rows]
    axes.barh(labels, [row["pages_per_second"] for row in rows], color="tab:blue")
    axes.bar_label(axes.containers[0], fmt="%.0f", padding=3)
    axes.set_xscale("log")
    axes.margins(x=0.1)
    axes.set_xlabel("pages a second")
    axes.invert_yaxis()
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("inputs", nargs="+", metavar="PAGES")
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tables", default="all,awards", help="which runs: all, awards")
    parser.add_argument("--out", type=Path, default=Path("bench"))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        (stage if arguments.one in STAGES else other)(arguments.one, arguments.inputs[0])
        return
    sizes = [int(size) for size in arguments.sizes.split(",")]
    workers = [int(count) for count in arguments.workers.split(",")]
    tables = arguments.tables.split(",")
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            path = folder / f"{size}.jsonl"
            words = write_pages(arguments.inputs, size, path)
            found: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
            for _ in range(arguments.rounds if size == sizes[0] else 1):
                for label, command in measurements(
                    path, folder / "out", workers, tables, parts=size == sizes[0]
                ):
                    printed, seconds, peak = measured(command)
                    told = (
                        json.loads(printed)
                        if printed.startswith("{")
                        else {"pages": size, "seconds": seconds}
                    )
                    found[label].append((told["pages"], told["seconds"], peak))
                    print(f"{size:>7,}  {label:<36} {told['seconds']:8.1f} s", file=sys.stderr, flush=True)
            for label, values in found.items():
                pages = values[0][0]
                seconds = statistics.median(value[1] for value in values)
                rows.append(
                    {
                        "name": label,
                        "size": size,
                        "pages": pages,
                        "seconds": round(seconds, 2),
                        "pages_per_second": round(pages / seconds, 1),
                        "words_per_second": round(words / size * pages / seconds),
                        "peak_mb": round(max(value[2] for value in values)),
                    }
                )
    print(f"{'':<38}{'pages':>8}{'s':>9}{'pages/s':>10}{'words/s':>10}{'peak MB':>9}")
    for row in rows:
        print(
            f"{row['name']:<38}{row['pages']:>8,}{row['seconds']:>9.1f}{row['pages_per_second']:>10.1f}"
            f"{row['words_per_second']:>10,}{row['peak_mb']:>9,}"
        )
    arguments.out.mkdir(exist_ok=True)
    (arguments.out / "bench.json").write_text(json.dumps(rows, indent=2) + "\n", "utf-8")
    plot(rows, arguments.out / "bench.png")


if __name__ == "__main__":
    main()
