"""Measure the names: rules, model and both together, on gold pages and on public test sets.

    python scripts/evaluate_ner.py [CORPORA] [--gold FILE ...]

Gold pages (nested mentions): micro figures and labels by ``pipeline.evaluation.entity_scores``.
Public test sets below ``CORPORA/ner`` (flat, three labels): by nervaluate, with bootstrap intervals over
sentences. The sentences that the model was trained on and that repeat a test sentence are counted
first: there must be none.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ner_corpora import PUBLIC, Held, Tagged, bio_spans, read_idner, read_nergrit, read_nerui, to_bio, unique
from nervaluate import Evaluator

from pipeline.boilerplate import to_article
from pipeline.document import Article, Mention, Page, Segment, Sentence
from pipeline.entities import find_entities
from pipeline.entities.name_finder import scopes_of
from pipeline.entities.tagger import NAMES, TERMS, guess
from pipeline.entities.tagger import PUBLIC as PUBLIC_HEADS
from pipeline.evaluation.entity_scores import EntityScores, score_entities
from pipeline.evaluation.gold import GoldPage, Span, read_gold
from pipeline.evaluation.measures import Counts, figure
from pipeline.ner import flat
from pipeline.sentences import split_sentences

ROOT = Path(__file__).resolve().parents[1]
#: Kinds of matching, as nervaluate calls them, in the order of the table.
MEASURES = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}
SYSTEMS = ("rules", "model", "both")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, nargs="?", help="folder that holds ner/")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="more gold pages than our own")
    options = parser.parse_args(arguments)
    for path in (ROOT / "annotations" / "seeds.jsonl", *options.gold):
        on_pages(path)
    if options.corpora:
        on_idner(options.corpora)
        on_nerui(options.corpora)
    return 0


# -- gold pages
# ------------------------------------------------------------------------------------------------


def on_pages(path: Path) -> None:
    """Print the figures of the three systems on the annotated pages of a file."""
    pages = [p for p in read_gold(path) if p.entities is not None]
    table: dict[str, EntityScores] = {}
    speeds = {}
    for system in SYSTEMS:
        before = time.process_time()
        found = [_spans(p, system) for p in pages]
        speeds[system] = sum(len(p.text.split()) for p in pages) / max(time.process_time() - before, 1e-6)
        scores = score_entities(pages, found)
        if scores is not None:
            table[system] = scores
    print(f"\n{path.name}: {len(pages)} pages, nested mentions")
    told = ", ".join(f"{system} {speed:,.0f}" for system, speed in speeds.items())
    print(f"  text to names, words a second of one core: {told}")
    for system, scores in table.items():
        told = "  ".join(f"{m} {scores.overall[m].f1:.3f}" for m in MEASURES)
        low, high = scores.overall["strict"].ci95
        print(f"  {system:6} {told}  (strict: {low:.3f} to {high:.3f})")
    print("  by label, strict P R F1 / type F1")
    for label in table["both"].by_label:
        cells = []
        for scores in table.values():
            of = scores.by_label.get(label)
            cells.append(
                f"{of['strict'].p:.3f} {of['strict'].r:.3f} {of['strict'].f1:.3f} / {of['type'].f1:.3f}"
                if of
                else "-"
            )
        print(f"    {label:13} " + "   ".join(f"{s}: {c:26}" for s, c in zip(table, cells, strict=True)))


def _spans(page: GoldPage, system: str) -> set[Span]:
    article = to_article(Page(page.doc_id, "", page.text))
    sentences = split_sentences(article)
    return {Span(m.start, m.end, m.label) for m in mentions_of(article, sentences, system)}


def mentions_of(article: Article, sentences: Sequence[Sentence], system: str) -> list[Mention]:
    """Return the mentions by the rules, by the model alone, or by both."""
    if system == "model":
        found = guess(article.text, scopes_of(article, sentences))
        labels = (*NAMES, *TERMS)
        return [
            Mention(g.start, g.end, label)
            for of_sentence in found
            for label in labels
            for g in flat(of_sentence, [label])
        ]
    return list(find_entities(article, sentences, model=system == "both"))


# -- public test sets
# ------------------------------------------------------------------------------------------

#: Our labels in the terms of the public sets, which know no agencies and no venues.
_TO_PUBLIC = {
    "PERSON": "PERSON",
    "ORGANISATION": "ORGANISATION",
    "AGENCY": "ORGANISATION",
    "PLACE": "PLACE",
    "FACILITY": "PLACE",
}


def by_pipeline(sentences: Iterable[Tagged], system: str) -> list[Tagged]:
    """Return the sentences tagged by a system of ours, its labels turned into the public three."""
    found = []
    for s in sentences:
        text, offsets = s.text, s.offsets()
        page = Article("", "", text, (Segment(0, len(text), "body"),))
        mentions = sorted(
            (m for m in mentions_of(page, (Sentence(0, len(text)),), system) if m.label in _TO_PUBLIC),
            key=lambda m: (m.start, -m.end),
        )
        spans: list[tuple[int, int, str]] = []
        for m in mentions:
            inside = [i for i, (a, b) in enumerate(offsets) if a < m.end and m.start < b]
            if inside and (not spans or inside[0] >= spans[-1][1]):
                spans.append((inside[0], inside[-1] + 1, _TO_PUBLIC[m.label]))
        found.append(Tagged(s.words, s.spaced, to_bio(len(s.words), spans)))
    return found


def flat_scores(gold: Sequence[Tagged], predicted: Sequence[Tagged]) -> dict[str, Any]:
    """Return F1 by measure and label (``all`` for all), and the bootstrap interval of the strict one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = Evaluator(
            [list(s.tags) for s in gold], [list(s.tags) for s in predicted], tags=list(PUBLIC), loader="list"
        ).evaluate()
    out: dict[str, Any] = {}
    for name, theirs in MEASURES.items():
        out[name] = {"all": result["overall"][theirs].f1} | {
            label: result["entities"][label][theirs].f1 for label in PUBLIC if label in result["entities"]
        }
    counts = []
    for g, p in zip(gold, predicted, strict=True):
        want, got = set(bio_spans(g.tags)), set(bio_spans(p.tags))
        counts.append(Counts(len(want & got), len(got - want), len(want - got)))
    out["ci95"] = figure(counts).ci95
    return out


def show(name: str, scores: dict[str, Any]) -> None:
    """Print a row."""
    told = "  ".join(f"{m} {scores[m]['all']:.4f}" for m in MEASURES)
    labels = "  ".join(f"{label} {scores['strict'].get(label, 0):.3f}" for label in PUBLIC)
    low, high = scores["ci95"]
    print(f"  {name:44} {told}  (strict: {low:.3f} to {high:.3f})  {labels}")


def trained_on(corpora: Path) -> list[Tagged]:
    """Return the labelled sentences that the model that comes with the project was trained on."""
    from train_tagger import labelled

    return [s for sentences in labelled(corpora).values() for s in sentences]


def by_public_heads(sentences: Sequence[Tagged]) -> list[Tagged]:
    """Return the sentences tagged by the tagger's heads for the public labels."""
    found = []
    for s in sentences:
        spans = []
        offsets = s.offsets()
        for g in flat(guess(s.text, [(0, len(s.text))])[0], PUBLIC_HEADS):
            inside = [i for i, (a, b) in enumerate(offsets) if a < g.end and g.start < b]
            spans.append((inside[0], inside[-1] + 1, g.label.removeprefix("PUBLIC_")))
        found.append(Tagged(s.words, s.spaced, to_bio(len(s.words), spans)))
    return found


def on_idner(corpora: Path) -> None:
    """Print the figures on the test part of idner-news-2k."""
    test = read_idner(corpora, "test")
    print(f"\nidner-news-2k, test: {len(test)} sentences")
    raw = Held(test).without(
        [*read_nergrit(corpora), *read_idner(corpora, "train"), *read_idner(corpora, "dev")]
    )
    print(
        f"  overlap with the corpora as they come: {raw[1]}; with what was trained on: "
        f"{Held(test).without(trained_on(corpora))[1]}"
    )
    show("model, head of the public labels", flat_scores(test, by_public_heads(test)))
    for system in SYSTEMS:
        show(f"{system}, our labels mapped, no training", flat_scores(test, by_pipeline(test, system)))


def on_nerui(corpora: Path) -> None:
    """Print the figures on the five test parts of nerui, of which nothing was trained on."""
    everything = unique(s for k in range(1, 6) for s in read_nerui(corpora, "test", k))
    overlap = Held(everything).without(trained_on(corpora))[1]
    print(
        f"\nnerui: {len(everything)} sentences in five test parts; "
        f"overlap with what was trained on: {overlap}"
    )
    show("model, heads of the public labels", flat_scores(everything, by_public_heads(everything)))
    for system in SYSTEMS:
        scores = flat_scores(everything, by_pipeline(everything, system))
        show(f"{system}, our labels mapped, no training", scores)


if __name__ == "__main__":
    sys.exit(main())
