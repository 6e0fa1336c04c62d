"""Train and judge a classifier of the lines of text pages: does a line belong to the article?

    python scripts/train_boilerplate.py GOLD.jsonl... [--html HTML_GOLD.jsonl] [-o models/boilerplate-lines]

Gold files are in the form of annotations/GUIDELINES.md; ``--html`` names gold of saved HTML pages (``file``,
``outlet``, ``text``), whose text is flattened as a careless scraper does it: menus, teasers and footers
stay, a block a line. Held-out gold is refused.

Judged by leaving one outlet out: a page's repository with folder or file, or the host of an HTML page. Pages
of our own, which have no outlet, are left out ten at a time. Writes the figures (scores.json) into the
folder. The pipeline uses no such classifier; README.md there says why.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # small matrices: threads only wait for one another

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from pipeline.boilerplate.dateline import dateline_end
from pipeline.boilerplate.html_blocks import read_blocks
from pipeline.boilerplate.layout import Layout, lay_out
from pipeline.boilerplate.lines import Line, split_lines
from pipeline.boilerplate.markers import is_list_item, line_markers
from pipeline.boilerplate.publication_lines import find_date, is_date_line
from pipeline.boilerplate.text_page import segment_lines
from pipeline.boilerplate.title import content_words, normal
from pipeline.document import KEPT_KINDS

#: Lines whose kept share lies between these are cut inside; no label is learnt from them.
_MIXED = (0.2, 0.8)
#: Words that running text cannot do without.
_FUNCTION_WORDS = frozenset(
    [
        *(
            "yang",
            "dan",
            "di",
            "ke",
            "dari",
            "untuk",
            "dengan",
            "pada",
            "ini",
            "itu",
            "dalam",
            "oleh",
            "akan",
        ),
        *(
            "telah",
            "sudah",
            "juga",
            "adalah",
            "tidak",
            "bisa",
            "dapat",
            "sebagai",
            "tersebut",
            "kepada",
            "para",
        ),
        *("serta", "atau", "karena", "bahwa", "lebih", "menjadi", "ada", "saat", "kami", "kita", "ia", "dia"),
        *(
            "mereka",
            "hingga",
            "agar",
            "namun",
            "sehingga",
            "antara",
            "secara",
            "maupun",
            "bagi",
            "kata",
            "ujar",
        ),
    ]
)
_URL = re.compile(r"https?:|www\.|@\w|\.(?:com|id|net|org)\b")


@dataclass(frozen=True)
class GoldText:
    """A page with the gold kind of each character.

    Args:
        doc_id: Its id.
        outlet: Where it comes from.
        source: Which file of gold holds it.
        text: Its text.
        kept: Whether each character is title or body.
    """

    doc_id: str
    outlet: str
    source: str
    text: str
    kept: tuple[bool, ...]


def outlet_of(record: dict[str, Any]) -> str:
    """Return a gold page's outlet: repository and folder, or file of records; own pages stand alone."""
    source = record.get("source") or {}
    if not source.get("repo"):
        return str(record["doc_id"])
    parts = str(source.get("path") or "").split("/")
    folder = "/".join(parts[:-1][:2]) if len(parts) > 2 else parts[0]
    return f"{source['repo']}/{folder}"


def text_pages(path: Path) -> list[GoldText]:
    """Read gold text pages; those without annotated boilerplate are left out."""
    if "seeds" in path.name:
        sys.exit(f"{path} is held out: nothing is trained on it")
    pages = []
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        if record.get("boilerplate") is None:
            continue
        kept = [True] * len(record["text"])
        for piece in record["boilerplate"]:
            kept[piece["start"] : piece["end"]] = [False] * (piece["end"] - piece["start"])
        pages.append(
            GoldText(str(record["doc_id"]), outlet_of(record), path.name, record["text"], tuple(kept))
        )
    return pages


def html_pages(path: Path) -> list[GoldText]:
    """Read gold HTML pages as flattened text; a block is kept if the gold text holds it."""
    from resiliparse.parse.html import HTMLTree

    pages = []
    for row in path.read_text("utf-8").splitlines():
        record = json.loads(row)
        if "text" not in record:
            continue
        source = (path.parent / record["file"]).read_text("utf-8", "replace")
        tree = HTMLTree.parse(source)
        blocks = read_blocks(tree.body.html if tree.body is not None else "").blocks
        gold = re.sub(r"\W+", " ", f"{record['text']} ".lower())
        wanted = {normal(record["title"])}
        text, kept = "", []
        title_seen = False
        for block in blocks:
            flat = re.sub(r"\W+", " ", block.text.lower()).strip()
            title = not title_seen and normal(block.text) in wanted
            title_seen = title_seen or title
            inside = title or (bool(flat) and f" {flat} " in f" {gold} ")
            text += f"{block.text}\n"
            kept += [inside] * (len(block.text) + 1)
        pages.append(GoldText(record["id"], str(record["outlet"]), path.name, text, tuple(kept)))
    return pages


def _log(count: float) -> float:
    return math.log1p(count)


def _own(line: Line) -> dict[str, float]:
    text = line.bare
    size = max(1, len(text))
    words = text.lower().split()[:200] or [""]
    marker = line_markers().match(line, frozenset(("head", "tail")))
    return {
        "words": _log(line.words),
        "characters per word": size / max(1, line.words),
        "capitals": line.capitals,
        "upper case": sum(c.isupper() for c in text) / size,
        "digits": sum(c.isdigit() for c in text) / size,
        "marks": sum(not c.isalnum() and not c.isspace() for c in text) / size,
        "function words": sum(w.strip(".,") in _FUNCTION_WORDS for w in words) / len(words),
        "sentence end": float(line.terminal),
        "colon": float(text.endswith(":")),
        "question": float(text.endswith(("?", "!"))),
        "quotation": float(any(c in text for c in '“”"')),
        "commas": _log(text.count(",")),
        "stops": _log(len(re.findall(r"[.!?][”\"]? ", text))),
        "paragraph": float(line.paragraph),
        "address": float(bool(_URL.search(text))),
        "date line": float(is_date_line(text)),
        "date": float(find_date(text) is not None),
        "dateline": float(line.words > 12 and dateline_end(line.text) > 0),
        "list item": float(is_list_item(line)),
        "marker": float(marker is not None),
        "marker, strong": float(marker is not None and marker.scope != "line"),
        "linked headline": float(6 <= line.words <= 18 and line.capitals >= 0.75 and not line.terminal),
        "decorated": float(line.text[:1] in "#*>•|-–[!"),
        "gap before": float(line.gap),
    }


def features(lines: Sequence[Line]) -> list[dict[str, float]]:
    """Return the features of a page's lines, by name."""
    own = [_own(line) for line in lines]
    running = [line.words if line.paragraph else 0 for line in lines]
    total = max(1, sum(running))
    forms = [normal(line.bare) if line.words <= 60 else "" for line in lines]
    counts = Counter(forms)
    first = next((i for i, line in enumerate(lines) if line.paragraph), 0)
    lead = content_words(" ".join(line.bare[:800] for line in lines if line.paragraph)[:4000])
    before = 0
    rows = []
    strong_seen = 0.0
    for i, line in enumerate(lines):
        words = content_words(line.bare[:1000])
        row = dict(own[i])
        row |= {
            "place": i / max(1, len(lines) - 1),
            "from start": _log(i),
            "from end": _log(len(lines) - 1 - i),
            "running text before": before / total,
            "running text after": (total - before - running[i]) / total,
            "above first paragraph": _log(max(0, first - i)),
            "repeated": float(counts[forms[i]] > 1 and bool(forms[i])),
            "like the lead": len(words & lead) / max(1, len(words)),
            "like the first line": len(words & content_words(lines[0].bare[:300])) / max(1, len(words)),
            "after a strong marker": strong_seen,
        }
        for name, j in (("before", i - 1), ("after", i + 1), ("before that", i - 2), ("after that", i + 2)):
            near = own[j] if 0 <= j < len(lines) else None
            for key in ("words", "paragraph", "marker", "capitals", "linked headline"):
                row[f"{key}, line {name}"] = near[key] if near else -1.0
        window = own[max(0, i - 4) : i + 5]
        row["paragraphs around"] = sum(o["paragraph"] for o in window) / len(window)
        row["markers around"] = sum(o["marker"] for o in window) / len(window)
        rows.append(row)
        before += running[i]
        strong_seen = max(strong_seen, own[i]["marker, strong"])
    return rows


@dataclass(frozen=True)
class Sample:
    """A page's lines with what is learnt from and measured on."""

    page: GoldText
    lines: tuple[Line, ...]
    layout: Layout
    matrix: np.ndarray
    labels: np.ndarray
    weights: np.ndarray
    certain: tuple[bool, ...]


def sample(page: GoldText) -> Sample:
    """Measure a page."""
    lines = split_lines(page.text)
    rows = features(lines)
    shares, weights = [], []
    for line in lines:
        ink = [page.kept[i] for i in range(line.start, line.end) if not page.text[i].isspace()]
        share = sum(ink) / max(1, len(ink))
        shares.append(share)
        weights.append(0.0 if _MIXED[0] < share < _MIXED[1] else math.sqrt(len(ink)))
    matrix = np.array([list(row.values()) for row in rows], dtype=float).reshape(len(lines), -1)
    marked = tuple(
        line_markers().match(line, frozenset(("head", "tail"))) is not None or is_date_line(line.bare)
        for line in lines
    )
    labels = np.array([share > 0.5 for share in shares], dtype=int)
    return Sample(page, tuple(lines), lay_out(lines), matrix, labels, np.array(weights), marked)


def rules_alone(item: Sample, _probabilities: np.ndarray) -> Layout:
    """Return what the rules say."""
    return item.layout


def classifier_alone(item: Sample, probabilities: np.ndarray) -> Layout:
    """Return what the classifier says."""
    kinds = tuple("body" if p >= 0.5 else "other" for p in probabilities)
    return replace(item.layout, kinds=kinds)


def both(low: float, high: float) -> Callable[[Sample, np.ndarray], Layout]:
    """Let a confident classifier overrule the rules on lines that no marker names."""

    def decide(item: Sample, probabilities: np.ndarray) -> Layout:
        kinds = list(item.layout.kinds)
        for i, p in enumerate(probabilities):
            if item.certain[i] or i == item.layout.title:
                continue
            if kinds[i] in KEPT_KINDS and p < low:
                kinds[i] = "other"
            elif kinds[i] not in KEPT_KINDS and kinds[i] != "caption" and p > high:
                kinds[i] = "body"
        return replace(item.layout, kinds=tuple(kinds))

    return decide


def count(item: Sample, layout: Layout) -> Counter[str]:
    """Count characters other than white space as the acceptance measure does."""
    mine = [False] * len(item.page.text)
    for segment in segment_lines(item.page.text, item.lines, layout):
        if segment.kind in KEPT_KINDS:
            mine[segment.start : segment.end] = [True] * (segment.end - segment.start)
    tally: Counter[str] = Counter()
    for character, got, gold in zip(item.page.text, mine, item.page.kept, strict=True):
        if not character.isspace():
            tally["tp" if got and gold else "fp" if got else "fn" if gold else "tn"] += 1
    return tally


def f1(tally: Counter[str]) -> float:
    """Return F1 of the characters kept."""
    wrong = tally["fp"] + tally["fn"]
    return 2 * tally["tp"] / (2 * tally["tp"] + wrong) if wrong else 1.0


Decide = Callable[[Sample, np.ndarray], Layout]
Model = Callable[[], Any]
MODELS: dict[str, Model] = {
    "logistic regression": lambda: make_pipeline(
        StandardScaler(), LogisticRegression(C=0.3, max_iter=2000, random_state=0)
    ),
    "gradient boosting": lambda: HistGradientBoostingClassifier(
        max_depth=4,
        max_iter=120,
        learning_rate=0.1,
        min_samples_leaf=10,
        l2_regularization=1.0,
        random_state=0,
    ),
}


#: How sure the classifier has to be of a line without a marker to overrule the rules.
THRESHOLDS = (
    ("below 0.05 or above 0.95", 0.05, 0.95),
    ("below 0.2 or above 0.8", 0.2, 0.8),
    ("below 0.05, dropping only", 0.05, 2.0),
    ("below 0.2, dropping only", 0.2, 2.0),
)


def fit(model: Model, items: Iterable[Sample]) -> Any:  # noqa: ANN401 (an estimator)
    """Train a model."""
    chosen = list(items)
    matrix = np.concatenate([s.matrix for s in chosen])
    labels = np.concatenate([s.labels for s in chosen])
    weights = np.concatenate([s.weights for s in chosen])
    # A page counts as much as any other, however long its menus are.
    scale = np.concatenate([np.full(len(s.weights), 1 / max(1e-9, s.weights.sum())) for s in chosen])
    estimator = model()
    last = estimator.steps[-1][0] if hasattr(estimator, "steps") else None
    name = f"{last}__sample_weight" if last else "sample_weight"
    used = weights > 0
    final = (weights * scale)[used]
    estimator.fit(matrix[used], labels[used], **{name: final / final.mean()})
    return estimator


def left_out(model: Model, items: Sequence[Sample]) -> list[np.ndarray]:
    """Return every line's probability from a model that saw no page of its outlet.

    Our own pages are invented in many shapes by one hand: they are left out ten at a time.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    own = 0
    for i, item in enumerate(items):
        outlet = item.page.outlet
        if outlet == item.page.doc_id:
            outlet = f"own {own // 10}"
            own += 1
        groups[outlet].append(i)
    found: list[np.ndarray] = [np.zeros(0)] * len(items)
    for members in groups.values():
        estimator = fit(model, (s for i, s in enumerate(items) if i not in set(members)))
        for i in members:
            found[i] = estimator.predict_proba(items[i].matrix)[:, 1] if len(items[i].lines) else np.zeros(0)
    return found


def compared(items: Sequence[Sample], probabilities: Sequence[np.ndarray], decide: Decide) -> dict[str, int]:
    """Count the pages on which a decision is better or worse than the rules alone."""
    pairs = [
        (f1(count(item, decide(item, found))), f1(count(item, item.layout)))
        for item, found in zip(items, probabilities, strict=True)
    ]
    return {
        "pages better than by rules": sum(mine > rules for mine, rules in pairs),
        "pages worse than by rules": sum(mine < rules for mine, rules in pairs),
    }


def judged(items: Sequence[Sample], probabilities: Sequence[np.ndarray], decide: Decide) -> dict[str, Any]:
    """Return F1 by file of gold, and of the worst outlets."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    outlets: dict[str, Counter[str]] = defaultdict(Counter)
    for item, found in zip(items, probabilities, strict=True):
        tally = count(item, decide(item, found))
        tallies[item.page.source] += tally
        if item.page.outlet != item.page.doc_id:
            outlets[item.page.outlet] += tally
    worst = sorted((round(f1(t), 4), name) for name, t in outlets.items())[:5]
    return {
        **{name: round(f1(t), 4) for name, t in tallies.items()},
        **compared(items, probabilities, decide),
        "mean over outlets": round(sum(f1(t) for t in outlets.values()) / max(1, len(outlets)), 4),
        "worst outlets": worst,
    }


def main() -> int:
    """Train, judge, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--html", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("models/boilerplate-lines"))
    arguments = parser.parse_args()
    pages = [page for path in arguments.gold for page in text_pages(path)]
    pages += html_pages(arguments.html) if arguments.html else []
    items = [sample(page) for page in pages]
    names = list(features(split_lines("a\nb"))[0])
    scores: dict[str, Any] = {
        "pages": dict(Counter(i.page.source for i in items)),
        "lines": dict(sum((Counter({i.page.source: len(i.lines)}) for i in items), Counter())),
        "outlets": len({i.page.outlet for i in items if i.page.outlet != i.page.doc_id}),
        "features": len(names),
        "rules alone": judged(items, [np.zeros(0)] * len(items), rules_alone),
    }
    for name, model in MODELS.items():
        probabilities = left_out(model, items)
        scores[f"{name} alone"] = judged(items, probabilities, classifier_alone)
        for label, low, high in THRESHOLDS:
            scores[f"rules, overruled by {name} {label}"] = judged(items, probabilities, both(low, high))
    for name, figures in scores.items():
        print(name, json.dumps(figures, ensure_ascii=False))
    arguments.output.mkdir(parents=True, exist_ok=True)
    (arguments.output / "scores.json").write_text(
        json.dumps(scores, indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
