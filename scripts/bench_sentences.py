"""Compare sentence splitters on treebank news: ``scripts/bench_sentences.py CORPORA [--json FILE]``.

The sentences of a test part are run together with single spaces; a sentence counts if both its ends are
right. Speed is gold sentences a second on one thread, the best of some rounds, without loading. Each is
used as its documentation says, with Indonesian where it knows it; one that is not installed is left out.
The stress set is the project's own (tests/sentences/stress.txt), made for the rules to be tested on.

The stanza tokenizer is measured twice: the project's own, trained on the training parts of all treebanks, and
trained on the other treebanks only, which says more about text from elsewhere (``--train-others`` makes these
models, some 15 minutes each).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from treebanks import TEST, TRAINING, joined, read

ROOT = Path(__file__).resolve().parents[1]
STRESS = "stress set"
#: Characters; a quotation that is open for longer lacks its closing mark.
LONGEST_QUOTATION = 600
OTHERS = ROOT / "build" / "stanza-others"
Spans = list[tuple[int, int]]
Split = Callable[[str], Spans]


def located(text: str, pieces: Iterable[str]) -> Spans:
    """Find pieces of a text again, in order."""
    spans, at = [], 0
    for piece in pieces:
        core = piece.strip()
        start = text.find(core, at)
        if core and start >= 0:
            at = start + len(core)
            spans.append((start, at))
    return spans


def rules() -> Split:
    """Return this project's rules."""
    from pipeline.sentences import split_text

    return split_text


def rules_whole() -> Split:
    """Return the rules with the sentences of a quotation joined again, which is how CSUI reads them."""
    split = rules()

    def joined_again(text: str) -> Spans:
        merged: Spans = []
        for start, end in split(text):
            if merged and _quotation_open(text[merged[-1][0] : merged[-1][1]]):
                merged[-1] = (merged[-1][0], end)
            else:
                merged.append((start, end))
        return merged

    return joined_again


def _quotation_open(piece: str) -> bool:
    unclosed = piece.count('"') % 2 == 1 or piece.count("“") > piece.count("”")
    return unclosed and len(piece) < LONGEST_QUOTATION


def stanza(model: Path | None = None) -> Split:
    """Return stanza with the project's model or another."""
    from pipeline.errors import UsageError
    from pipeline.sentences import stanza as engine

    folder = model or engine.MODEL
    try:
        engine.check_available(folder)
    except UsageError as error:
        raise ImportError(str(error)) from error
    return partial(engine.split_text, model=folder)


def spacy() -> Split:
    """Return spaCy's sentencizer."""
    import spacy as library

    nlp = library.blank("id")
    nlp.add_pipe("sentencizer")
    nlp.max_length = 10**8
    return lambda text: [(s.start_char, s.end_char) for s in nlp(text).sents]


def pysbd() -> Split:
    """Return pySBD; it has no Indonesian, English is nearest."""
    import pysbd as library

    segmenter = library.Segmenter(language="en", clean=False, char_span=True)
    return lambda text: [(s.start, s.end) for s in segmenter.segment(text)]


def syntok() -> Split:
    """Return syntok's segmenter."""
    from syntok import segmenter

    def split(text: str) -> Spans:
        return [
            (tokens[0].offset, tokens[-1].offset + len(tokens[-1].value))
            for paragraph in segmenter.process(text)
            for tokens in paragraph
        ]

    return split


def blingfire() -> Split:
    """Return BlingFire's default sentence model."""
    import blingfire as library

    return lambda text: list(library.text_to_sentences_and_offsets(text)[1])


def sentencex() -> Split:
    """Return sentencex for Indonesian."""
    from sentencex import segment

    return lambda text: located(text, segment("id", text))


SPLITTERS: dict[str, tuple[str, Callable[[], Split]]] = {
    "rules (this project)": ("", rules),
    "rules, quotations kept whole": ("", rules_whole),
    "stanza (this project's model)": ("stanza", stanza),
    "spaCy sentencizer": ("spacy", spacy),
    "pysbd (en)": ("pysbd", pysbd),
    "syntok": ("syntok", syntok),
    "blingfire": ("blingfire", blingfire),
    "sentencex (id)": ("sentencex", sentencex),
}


def trimmed(text: str, spans: Spans) -> set[tuple[int, int]]:
    """Take outer white space off spans."""
    kept = set()
    for start, end in spans:
        piece = text[start:end]
        begin = start + len(piece) - len(piece.lstrip())
        stop = start + len(piece.rstrip())
        if begin < stop:
            kept.add((begin, stop))
    return kept


def measure(split: Split, text: str, gold: Spans, rounds: int) -> dict[str, float]:
    """Score a splitter on one text.

    Returns:
        ``f1``, ``precision``, ``recall`` and ``sentences_per_second``.
    """
    wanted = set(gold)
    found = trimmed(text, split(text))
    right = len(found & wanted)
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        split(text)
        seconds.append(time.perf_counter() - started)
    return {
        "f1": round(2 * right / (len(found) + len(wanted)), 4),
        "precision": round(right / len(found), 4) if found else 0.0,
        "recall": round(right / len(wanted), 4),
        "sentences_per_second": float(f"{len(wanted) / min(seconds):.3g}"),
    }


def stress_cases() -> list[tuple[str, Spans]]:
    """Return the project's own stress set, its cases on one line only: not all splitters see to lines."""
    sys.path.insert(0, str(ROOT / "tests" / "sentences"))
    from stress import cases

    lines = [case for case in cases() if case.phenomenon != "headline" and "\n" not in case.text]
    return [(case.text, list(case.sentences)) for case in lines]


def measure_cases(split: Split, cases: list[tuple[str, Spans]]) -> dict[str, float]:
    """Score a splitter on short texts, one by one.

    Returns:
        ``f1``.
    """
    right = both = 0
    for text, gold in cases:
        found = trimmed(text, split(text))
        right += len(found & set(gold))
        both += len(found) + len(gold)
    return {"f1": round(2 * right / both, 4)}


def table(results: dict[str, dict[str, dict[str, float]]]) -> str:
    """Return the results as a text table."""
    head = "".join(f"{f'{part} F1':>14}{'P':>8}{'R':>8}{'sent/s':>10}" for part in TEST)
    lines = [f"{'splitter':<34}{head}{f'{STRESS} F1':>15}"]
    for name, parts in results.items():
        line = f"{name:<34}"
        for part in TEST:
            if part in parts:
                row = parts[part]
                line += f"{row['f1']:>14.4f}{row['precision']:>8.4f}{row['recall']:>8.4f}"
                line += f"{row['sentences_per_second']:>10,.0f}"
            else:
                line += f"{'-':>14}{'-':>8}{'-':>8}{'-':>10}"
        line += f"{parts[STRESS]['f1']:>15.4f}" if STRESS in parts else f"{'-':>15}"
        lines.append(line)
    return "\n".join(lines)


def other_model(part: str) -> Path:
    """Return the folder of the model that saw nothing of a part's treebank."""
    return OTHERS / f"without-{part.split(maxsplit=1)[0].lower()}"


def train_others(corpora: Path) -> None:
    """Train the models that :func:`other_model` names, unless they are there."""
    from train_stanza import train

    for part in TEST:
        folder = other_model(part)
        if not (folder / "tokenizer.pt").is_file():
            train(corpora, folder, [name for name in TRAINING if name.split()[0] != part.split()[0]])


def versions() -> dict[str, str]:
    """Return the installed versions of what is compared."""
    found = {}
    for package, _ in SPLITTERS.values():
        try:
            found[package] = version(package)
        except (PackageNotFoundError, ValueError):
            continue
    return found


def main() -> None:
    """Read the command line, measure, print the table, write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", type=Path, help="folder that holds ud/")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "bench-sentences.json")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--train-others", action="store_true")
    arguments = parser.parse_args()
    if arguments.train_others:
        train_others(arguments.corpora)
    texts = {part: joined(s.text for s in read(arguments.corpora, part)) for part in TEST}
    stress = stress_cases()
    results: dict[str, dict[str, dict[str, float]]] = {}
    for name, (package, make) in SPLITTERS.items():
        try:
            split = make()
        except ImportError:
            print(f"{name}: left out, {package} is not installed (pip install 'penghargaan[bench]')")
            continue
        results[name] = {part: measure(split, *texts[part], arguments.rounds) for part in TEST}
        results[name][STRESS] = measure_cases(split, stress)
    others = "stanza (trained on the others)"
    for part in TEST:
        if "stanza (this project's model)" in results and (other_model(part) / "tokenizer.pt").is_file():
            split = stanza(other_model(part))
            results.setdefault(others, {})[part] = measure(split, *texts[part], arguments.rounds)
    if others not in results:
        print(f"{others}: left out, no models in build/ (--train-others makes them)")
    print(table(results))
    report: dict[str, Any] = {
        "sentences": {
            **{part: len(texts[part][1]) for part in TEST},
            STRESS: sum(len(gold) for _, gold in stress),
        },
        "versions": versions(),
        "results": results,
    }
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
