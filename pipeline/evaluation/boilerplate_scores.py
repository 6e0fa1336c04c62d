"""Scores of boilerplate stripping: the characters and tokens kept, and the kind of each line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.document import KEPT_KINDS, SEGMENT_KINDS, Article
from pipeline.evaluation.gold import GoldPage
from pipeline.evaluation.measures import Bootstrap, Counts, Figure, Score, figure, pooled, score

_TOKEN = re.compile(r"\w+")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class BoilerplateScores:
    """Figures over the pages with gold boilerplate.

    Args:
        pages: Number of such pages.
        pages_whose_text_differs: From the gold text, so that offsets mean little.
        characters: Characters other than white space that are kept as title or body.
        tokens: Bag of lower-case tokens of what is kept (the usual measure of main-text extraction).
        lines: Per kind, the lines that hold text of the kind. Where the gold does not mark the headline,
            title and body are one kind, ``body``.
    """

    pages: int
    pages_whose_text_differs: int
    characters: Figure
    tokens: Figure
    lines: dict[str, Score]


def kinds_of_characters(length: int, article: Article) -> list[str]:
    """Return the kind of each of the first ``length`` characters; ``""`` between segments."""
    kinds = [""] * length
    for segment in article.segments:
        end = min(segment.end, length)
        kinds[segment.start : end] = [segment.kind] * max(0, end - segment.start)
    return kinds


def gold_kinds(page: GoldPage) -> list[str]:
    """Return the gold kind of each character."""
    kinds = ["body"] * len(page.text)
    if page.title_span:
        start, end = page.title_span
        kinds[start:end] = ["title"] * (end - start)
    for piece in page.boilerplate or ():
        kinds[piece.start : piece.end] = [piece.label] * (piece.end - piece.start)
    return kinds


def count_characters(page: GoldPage, article: Article) -> Counts:
    """Count the characters, white space aside, that are kept."""
    mine, right = kinds_of_characters(len(page.text), article), gold_kinds(page)
    tally = Counter(
        (m in KEPT_KINDS, g in KEPT_KINDS)
        for ch, m, g in zip(page.text, mine, right, strict=True)
        if not ch.isspace()
    )
    return Counts(tally[True, True], tally[True, False], tally[False, True])


def _kept_tokens(text: str, kinds: Sequence[str]) -> Counter[str]:
    # What is dropped becomes white space, so that the words on its two sides do not grow together.
    kept = "".join(ch if kind in KEPT_KINDS else " " for ch, kind in zip(text, kinds, strict=True))
    return Counter(_TOKEN.findall(kept.lower()))


def count_tokens(page: GoldPage, article: Article) -> Counts:
    """Count the tokens that are kept, as a bag (so it holds for differing texts as well)."""
    mine = _kept_tokens(article.text, kinds_of_characters(len(article.text), article))
    right = _kept_tokens(page.text, gold_kinds(page))
    hits = (mine & right).total()
    return Counts(hits, mine.total() - hits, right.total() - hits)


def _lines_of_kinds(text: str, kinds: Sequence[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(_LINE.finditer(text)):
        found = {kinds[i] for i in range(*line.span()) if not text[i].isspace()}
        yield from ((number, kind) for kind in found if kind)


def count_lines(page: GoldPage, article: Article) -> dict[str, Counts]:
    """Count, per kind, the lines of the page that hold text of the kind."""
    mine, right = kinds_of_characters(len(page.text), article), gold_kinds(page)
    if page.title_span is None:
        mine = ["body" if kind == "title" else kind for kind in mine]
    mine_lines, gold_lines = set(_lines_of_kinds(page.text, mine)), set(_lines_of_kinds(page.text, right))
    counts = {}
    for kind in sorted(SEGMENT_KINDS):
        a, b = ({item for item in lines if item[1] == kind} for lines in (mine_lines, gold_lines))
        counts[kind] = Counts(len(a & b), len(a - b), len(b - a))
    return counts


def score_boilerplate(pages: Sequence[GoldPage], predicted: Sequence[Article]) -> BoilerplateScores | None:
    """Score the articles of several pages.

    Args:
        pages: Gold pages; those without gold boilerplate are passed over.
        predicted: Articles in the same order.

    Returns:
        The figures, or ``None`` where no page has gold boilerplate.
    """
    cases = [(p, a) for p, a in zip(pages, predicted, strict=True) if p.boilerplate is not None]
    if not cases:
        return None
    bootstrap = Bootstrap(len(cases))
    lines = [count_lines(page, article) for page, article in cases]
    return BoilerplateScores(
        len(cases),
        sum(page.text != article.text for page, article in cases),
        characters=figure([count_characters(*case) for case in cases], bootstrap),
        tokens=figure([count_tokens(*case) for case in cases], bootstrap),
        lines={
            kind: score(counts[kind] for counts in lines)
            for kind in sorted(SEGMENT_KINDS)
            if pooled(counts[kind] for counts in lines)
        },
    )
