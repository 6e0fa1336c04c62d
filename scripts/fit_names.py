"""Fit who decides what is a name: ``scripts/fit_names.py --gold FILE ... [--more FILE] --folds FILE ...``.

Reads what the tagger said of annotated pages that it did not see (``fold-*.jsonl`` of
``scripts/train_tagger.py``), fits a logistic model by label over the features of
:mod:`pipeline.entities.decision`, prints strict F1 out of fold by source, and writes
``pipeline/lexicon/name_weights.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from tagger_data import is_unread

from pipeline.boilerplate import to_article
from pipeline.document import Page
from pipeline.entities import find_entities
from pipeline.entities.decision import (
    LABELS,
    NameCandidate,
    candidates,
    chosen,
    features,
    is_group,
    neighbours,
)
from pipeline.entities.name_finder import scopes_of
from pipeline.entities.tagger import Guess
from pipeline.filter import sentences_may_tell
from pipeline.sentences import split_sentences

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "annotations" / "dev" / "pages.jsonl"
#: No candidate less likely than this is taken: a wrong category makes a wrong record.
LEAST = 0.2


class Judged:
    """An annotated page with its candidates and their features."""

    def __init__(
        self,
        file: str,
        page: Mapping[str, Any],
        gold: Sequence[Mapping[str, Any]],
        until: int,
        guesses: Sequence[Guess],
    ) -> None:
        self.file, self.doc_id = file, page["doc_id"]
        source = page.get("source") or {}
        self.source = str(source.get("outlet") or source.get("repo") or file)
        article = to_article(Page(page["doc_id"], "", page["text"]))
        sentences = split_sentences(article)
        #: Whether the tagger reads such a page.
        self.may_tell = sentences_may_tell(article, sentences)
        scopes = scopes_of(article, sentences)
        grammar = [m for m in find_entities(article, sentences, model=False) if m.end <= until]
        grammar = [m for m in grammar if not is_group(article.text, m)]
        self.found = candidates(article.text, grammar, guesses)
        self.features = [
            features(article.text, c, near)
            for c, near in zip(self.found, neighbours(self.found), strict=True)
        ]
        self.gold = {(e["start"], e["end"], e["label"]) for e in gold if e["end"] <= until}
        reach = [(a, b) for a, b in scopes if b <= until]
        self.reachable = sum(any(a <= s and e <= b for a, b in reach) for s, e, _ in self.gold)
        self.grammar = {(c.start, c.end, c.label) for c in self.found if c.mention}
        self.right = [int((c.start, c.end, c.label) in self.gold) for c in self.found]


def read(paths: Sequence[Path], more: Path | None, folds: Sequence[Path]) -> list[Judged]:
    """Return the annotated pages that a fold's network did not see."""
    said = {
        line["doc_id"]: line["spans"]
        for path in folds
        for line in map(json.loads, path.open(encoding="utf-8"))
    }
    extra = {p["doc_id"]: p for p in map(json.loads, more.open(encoding="utf-8"))} if more else {}
    found = []
    for path in paths:
        for page in map(json.loads, path.open(encoding="utf-8")):
            added = extra.get(page["doc_id"], {})
            own = page.get("entities") is not None
            gold = page["entities"] if own else added.get("entities")
            if gold is None or page["doc_id"] not in said or is_unread(page["doc_id"]):
                continue
            until = (added.get("until") if not own else None) or len(page["text"])
            guesses = [Guess(*s) for s in said[page["doc_id"]] if s[1] <= until]
            name = path.stem if own else more.stem if more else ""
            judged = Judged(name, page, gold, until, guesses)
            if judged.may_tell:
                found.append(judged)
    return found


def fit(pages: Sequence[Judged], strength: float) -> dict[str, dict[str, float]]:
    """Return the weights of features by label."""
    weights = {}
    for label in LABELS:
        rows, right = [], []
        for page in pages:
            for c, f, y in zip(page.found, page.features, page.right, strict=True):
                if c.label == label:
                    rows.append(f)
                    right.append(y)
        if len(set(right)) < 2:
            continue
        vectors = DictVectorizer()
        x = vectors.fit_transform(rows)
        model = LogisticRegression(C=strength, max_iter=3000, fit_intercept=False).fit(x, right)
        weights[label] = {
            str(n): round(float(w), 3)
            for n, w in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
        }
    return weights


def rated(page: Judged, weights: Mapping[str, Mapping[str, float]]) -> list[tuple[float, NameCandidate]]:
    """Return the candidates with their likelihood."""
    found = []
    for c, f in zip(page.found, page.features, strict=True):
        of = weights.get(c.label, {})
        z = sum(of.get(n, 0.0) * v for n, v in f.items())
        found.append((1 / (1 + np.exp(-z)), c))
    return found


def best_limits(rated_pages: Sequence[tuple[Judged, list[tuple[float, NameCandidate]]]]) -> dict[str, float]:
    """Return for each label the least likelihood that gives the best strict F1, on candidates one by one.

    Where half of the candidates are wrong at best, one that is less likely than not is still worth its risk.
    """
    limits = {}
    for label in LABELS:
        found = sorted(
            (
                (p, (c.start, c.end, c.label) in page.gold)
                for page, rated in rated_pages
                for p, c in rated
                if c.label == label
            ),
            reverse=True,
        )
        gold = sum(s[2] == label for page, _ in rated_pages for s in page.gold)
        hits, best, limit = 0, 0.0, 0.5
        for n, (p, right) in enumerate(found, 1):
            hits += right
            if 2 * hits / (n + gold) > best:
                best, limit = 2 * hits / (n + gold), p
        limits[label] = round(float(min(max(limit, LEAST), 0.6)), 2)
    return limits


def table(pages: Sequence[Judged], found: Sequence[set[tuple[int, int, str]]]) -> dict[str, dict[str, float]]:
    """Return strict F1 by file and label."""
    counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    for page, spans in zip(pages, found, strict=True):
        for span in page.gold | spans:
            for key in (span[2], "all"):
                for file in (page.file, "total"):
                    c = counts[file][key]
                    c[0] += span in page.gold and span in spans
                    c[1] += span in spans
                    c[2] += span in page.gold
    return {f: {k: 2 * c[0] / max(1, c[1] + c[2]) for k, c in of.items()} for f, of in counts.items()}


def show(name: str, scores: Mapping[str, Mapping[str, float]]) -> None:
    """Print a table of scores."""
    print(name)
    for file, of in scores.items():
        cells = "  ".join(f"{k[:6]} {of[k]:.3f}" for k in ("all", *LABELS) if k in of)
        print(f"  {file:14} {cells}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--more", type=Path)
    parser.add_argument("--folds", type=Path, nargs="+", required=True)
    parser.add_argument("--strength", type=float, default=0.3)
    parser.add_argument("-o", "--out", type=Path)
    options = parser.parse_args(arguments)
    pages = read([OWN, *options.gold], options.more, options.folds)
    print(
        len(pages),
        "pages",
        sum(len(p.gold) for p in pages),
        "names",
        sum(p.reachable for p in pages),
        "in sentences",
    )
    show("grammar alone", table(pages, [p.grammar for p in pages]))
    show(
        "tagger alone",
        table(
            pages,
            [
                {
                    (m.start, m.end, m.label)
                    for m in chosen([(c.likely, c) for c in p.found], dict.fromkeys(LABELS, 0.5))
                }
                for p in pages
            ],
        ),
    )
    show(
        "candidates (recall bound)",
        table(pages, [p.gold & {(c.start, c.end, c.label) for c in p.found} for p in pages]),
    )
    sources = sorted({p.source for p in pages})
    parts = [set(sources[k::5]) for k in range(5)]
    of_page: dict[str, list[tuple[float, NameCandidate]]] = {}
    for part in parts:
        weights = fit([p for p in pages if p.source not in part], options.strength)
        of_page |= {p.doc_id: rated(p, weights) for p in pages if p.source in part}
    limits = best_limits([(p, of_page[p.doc_id]) for p in pages])
    print(limits)
    for name, least in (("both, .5", dict.fromkeys(LABELS, 0.5)), ("both, limits", limits)):
        found = [{(c.start, c.end, c.label) for c in chosen(of_page[p.doc_id], least)} for p in pages]
        show(name, table(pages, found))
    if options.out:
        weights = fit(pages, options.strength)
        lines = [
            json.dumps({"label": label, "least": limits[label], "weights": of}, ensure_ascii=False)
            for label, of in weights.items()
        ]
        options.out.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
