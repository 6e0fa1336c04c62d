"""How much boilerplate rules owe to the outlets they were written on: leave one outlet out, for rules.

    python scripts/ablate_boilerplate.py GOLD.jsonl... [--html HTML_GOLD.jsonl]

Rules cannot be trained again without an outlet. Instead every rule is taken out in turn; a rule that changes
pages of one outlet only may have been made for it. Each outlet is then scored without all such rules of its
own: the figure to expect of an outlet that nobody has seen, as far as the rules go.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest import mock

from train_boilerplate import GoldText, f1, text_pages

from pipeline.boilerplate import to_article
from pipeline.boilerplate.html_claims import _claim
from pipeline.boilerplate.inline import _rules
from pipeline.boilerplate.markers import MarkerSet
from pipeline.document import Article, Page
from pipeline.lexicon import load_table

_STRENGTHS = ("credit", "scene", "date")
_NEVER = r"(?!)"
Score = tuple[float, Counter[str]]


@contextmanager
def without(ids: Collection[str]) -> Iterator[None]:
    """Take rules out of all tables."""

    def rows(table: str) -> list[dict[str, str]]:
        return [dict(row) for row in load_table(table) if row["id"] not in ids]

    lines = MarkerSet(rows("boilerplate_lines"))
    inline = tuple(rule for rule in _rules() if rule.id not in ids)
    containers = tuple((row["kind"], re.compile(row["pattern"])) for row in rows("html_containers"))
    cues = {
        strength: re.compile(
            "|".join(f"(?:{r['pattern']})" for r in rows("caption_cues") if r["strength"] == strength)
            or _NEVER
        )
        for strength in _STRENGTHS
    }
    _claim.cache_clear()
    with ExitStack() as stack:
        for name, value in (
            ("layout.line_markers", lambda: lines),
            ("inline._rules", lambda: inline),
            ("html_claims._containers", lambda: containers),
            ("html_claims._any_kind", lambda: re.compile("")),
            ("captions._cues", lambda strength: cues[strength]),
        ):
            stack.enter_context(mock.patch(f"pipeline.boilerplate.{name}", value))
        yield
    _claim.cache_clear()


def characters(gold: GoldText, article: Article) -> Score:
    """Score a text page by the characters kept."""
    mine = [False] * len(gold.text)
    for segment in article.kept():
        mine[segment.start : segment.end] = [True] * (segment.end - segment.start)
    tally: Counter[str] = Counter()
    for character, got, kept in zip(gold.text, mine, gold.kept, strict=True):
        if not character.isspace():
            tally["tp" if got and kept else "fp" if got else "fn" if kept else "tn"] += 1
    return f1(tally), tally


def tokens(wanted: Counter[str], article: Article) -> Score:
    """Score an HTML page by the bag of its tokens."""
    body = (article.text[s.start : s.end] for s in article.segments if s.kind == "body")
    got = Counter(re.findall(r"\w+", " \n".join(body).lower()))
    tally = Counter(tp=(got & wanted).total(), fp=(got - wanted).total(), fn=(wanted - got).total())
    return f1(tally), tally


def cases(gold: list[Path], html: Path | None) -> list[tuple[str, str, Page, Callable[[Article], Score]]]:
    """Return every gold page with its set, its outlet and what scores it."""
    found: list[tuple[str, str, Page, Callable[[Article], Score]]] = []
    for text in (page for path in gold for page in text_pages(path)):
        page = Page(text.doc_id, text.doc_id, text.text)
        found.append((text.source, text.outlet, page, lambda article, text=text: characters(text, article)))
    for line in html.read_text("utf-8").splitlines() if html else ():
        record = json.loads(line)
        source = (html.parent / record["file"]).read_text("utf-8", "replace") if html else ""
        wanted = Counter(re.findall(r"\w+", record["text"].lower()))
        outlet = ".".join(str(record["outlet"]).split(".")[-2:])
        page = Page(record["id"], record["id"], source, "html")
        found.append(("HTML", outlet, page, lambda article, wanted=wanted: tokens(wanted, article)))
    return found


def main() -> int:
    """Print how the sets score with all rules, and with each outlet's own left out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--html", type=Path)
    arguments = parser.parse_args()
    every = cases(arguments.gold, arguments.html)

    def scores(ids: Collection[str]) -> list[Score]:
        with without(ids):
            return [score(to_article(page)) for _, _, page, score in every]

    base = scores(())
    outlets = [outlet for _, outlet, _, _ in every]
    tables = ("html_containers", "boilerplate_lines", "boilerplate_inline", "caption_cues")
    ids = [str(row["id"]) for table in tables for row in load_table(table)]
    owners: dict[str, set[str]] = defaultdict(set)
    for rule in ids:
        for outlet, old, new in zip(outlets, base, scores([rule]), strict=True):
            if old != new:
                owners[rule].add(outlet)
    own: dict[str, list[str]] = defaultdict(list)
    for rule, changed in owners.items():
        if len(changed) == 1:
            own[min(changed)].append(rule)
    left_out = list(base)
    for outlet, rules in own.items():
        for i, score in enumerate(scores(rules)):
            left_out[i] = score if outlets[i] == outlet else left_out[i]
    single = sum(map(len, own.values()))
    print(f"{len(ids)} rules, {len(owners)} of them change a page, {single} of one outlet only")
    for outlet, rules in sorted(own.items()):
        print(f"  {outlet}: {' '.join(rules)}")
    for name in dict.fromkeys(kind for kind, _, _, _ in every):
        chosen = [i for i, case in enumerate(every) if case[0] == name]
        for label, found in (("all rules", base), ("one outlet left out", left_out)):
            pooled = f1(sum((found[i][1] for i in chosen), Counter()))
            mean = sum(found[i][0] for i in chosen) / len(chosen)
            low = min(found[i][0] for i in chosen)
            print(f"{name}, {label}: F1 {pooled:.4f}, mean of pages {mean:.4f}, lowest {low:.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
