"""Measure each row of ``ner_policy.jsonl``: what the names gain or lose by it, and at other likelihoods.

    python scripts/ner_policy.py CORPORA --gold FILE ...

One row at a time is changed to each of ``LEVELS`` or left out, the others stay as they are. Printed are the
right and the wrong names that the row adds against leaving it out: on the entities of the annotated pages
(strict, nested), and on the sentences of nergrit-news that were held out from training (outermost names).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

from ner_corpora import Held, Tagged, bio_spans, read_idner, read_nergrit, read_nerui, unique
from train_ner import HELD_OUT

from pipeline.boilerplate import to_article
from pipeline.document import Article, Page, Segment, Sentence
from pipeline.entities import find_entities, hybrid
from pipeline.evaluation.gold import GoldPage, read_gold
from pipeline.lexicon import load_table
from pipeline.sentences import split_sentences

LEVELS = (60, 70, 80, 90, 95)
_LABELS = ("PERSON", "POSITION", "AGENCY", "ORGANISATION", "PLACE", "FACILITY")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, help="folder that holds ner/")
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="annotated pages")
    options = parser.parse_args(arguments)
    pages = [p for path in options.gold for p in read_gold(path) if p.entities is not None]
    held = _held_out(options.corpora)
    rows = {(r["case"], r["label"]): r["least"] / 100 for r in load_table("ner_policy")}
    print(f"{len(pages)} pages, {len(held)} sentences: right + and wrong - names against leaving the row out")
    for key, least in rows.items():
        others = {k: v for k, v in rows.items() if k != key}
        base = _counts(others, pages, held)
        cells = []
        for level in sorted({*LEVELS, round(100 * least)}):
            found = _counts({**others, key: level / 100}, pages, held)
            gains = [f"{n[0] - o[0]:+d} {n[1] - o[1]:+d}" for n, o in zip(found, base, strict=True)]
            cells.append(f"{level}: {' | '.join(gains)}")
        print(f"{key[0]:7}{key[1]:13}" + "   ".join(f"{c:18}" for c in cells), flush=True)
    return 0


def _held_out(corpora: Path) -> list[Tagged]:
    """Return the sentences of nergrit-news that ``train_ner.py`` keeps for judging."""
    nerui = [s for fold in range(1, 6) for s in read_nerui(corpora, "test", fold)]
    kept, _ = Held(unique(nerui) + read_idner(corpora, "test")).without(unique(read_nergrit(corpora)))
    random.Random(7).shuffle(kept)  # noqa: S311 (the same split)
    return kept[:HELD_OUT]


def _counts(
    policy: dict[tuple[str, str], float], pages: Sequence[GoldPage], held: Sequence[Tagged]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return right and wrong names on the pages, and on the sentences."""
    hybrid.policy.cache_clear()
    original = hybrid.policy
    hybrid.policy = lambda: policy  # type: ignore[assignment]
    try:
        return _on_pages(pages), _on_sentences(held)
    finally:
        hybrid.policy = original


def _on_pages(pages: Sequence[GoldPage]) -> tuple[int, int]:
    right = wrong = 0
    for page in pages:
        article = to_article(Page(page.doc_id, "", page.text))
        found = {(m.start, m.end, m.label) for m in find_entities(article, split_sentences(article))}
        gold = {(e.start, e.end, e.label) for e in page.entities or ()}
        right, wrong = right + len(found & gold), wrong + len(found - gold)
    return right, wrong


def _on_sentences(held: Sequence[Tagged]) -> tuple[int, int]:
    right = wrong = 0
    for s in held:
        text, offsets = s.text, s.offsets()
        page = Article("", "", text, (Segment(0, len(text), "body"),))
        mentions = [m for m in find_entities(page, (Sentence(0, len(text)),)) if m.label in _LABELS]
        outer = {
            (m.start, m.end, m.label)
            for m in mentions
            if not any(o is not m and o.start <= m.start and m.end <= o.end and o != m for o in mentions)
        }
        gold = {
            (offsets[first][0], offsets[last - 1][1], label)
            for first, last, label in bio_spans(s.tags)
            if label in _LABELS
        }
        right, wrong = right + len(outer & gold), wrong + len(outer - gold)
    return right, wrong


if __name__ == "__main__":
    raise SystemExit(main())
