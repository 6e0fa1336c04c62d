"""How far two annotators agree: F1 of entities and award slots, and Cohen's kappa of the labels of tokens.

Neither annotator is the right one: F1 is the same whichever is taken as gold (slots are compared both ways
and pooled, since either may list accepted variants). Kappa [1]_ is taken over tokens: on the outermost
mention of each token, on tokens that at least one annotator marked, and label by label at any depth of
nesting.

.. [1] Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological
   Measurement 20(1), 37-46.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.annotate.layers import Record
from pipeline.arguments import first_names
from pipeline.document import ENTITY_LABELS
from pipeline.errors import UsageError
from pipeline.evaluation.award_scores import FAMILIES, score_page
from pipeline.evaluation.entity_scores import PARTIAL, STRICT, count
from pipeline.evaluation.gold import GoldPage, Span, parse_page
from pipeline.evaluation.measures import Counts, Figure, figure, pooled
from pipeline.evaluation.normalise import SLOTS
from pipeline.spacy_tokens import split_tokens

#: Label of a token that no mention covers.
OUTSIDE = "O"
_MATCHES = (STRICT, PARTIAL)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures over the pages that both annotated.

    Args:
        pages: Number of these pages.
        only_a: Pages that only the first has.
        only_b: Pages that only the second has.
        entity_pages: Pages of which both annotated the entities.
        entities: F1 by matching strategy (``strict``, ``partial``).
        by_label: F1 by label and strategy.
        kappa: Cohen's kappa: ``entities`` over all tokens, ``marked`` over tokens that one of them marked,
            ``boilerplate`` over kinds; ``None`` where there is nothing to agree on.
        kappa_by_label: Kappa of one label against all else.
        awards: F1 of records by family (``slots``, ``core``, ``found``).
        by_slot: F1 of the slots of records that both have.
    """

    pages: int
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    entity_pages: int
    entities: Mapping[str, Figure]
    by_label: Mapping[str, Mapping[str, float]]
    kappa: Mapping[str, float | None]
    kappa_by_label: Mapping[str, float | None]
    awards: Mapping[str, Figure]
    by_slot: Mapping[str, float]

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain data."""
        return asdict(self)


def _token_limits(text: str) -> list[tuple[int, int]]:
    words, spaces = split_tokens(text)
    limits, at = [], 0
    for word, space in zip(words, spaces, strict=True):
        if not word.isspace():
            limits.append((at, at + len(word)))
        at += len(word) + space
    return limits


def outer_labels(text: str, spans: Iterable[Span]) -> list[str]:
    """Return for each token the label of the outermost span that covers its first character.

    Example:
        >>> outer_labels("Wali Kota Batu", [Span(0, 14, "POSITION"), Span(5, 14, "PLACE")])
        ['POSITION', 'POSITION', 'POSITION']
    """
    ordered = sorted(spans, key=lambda s: (s.start - s.end, s.start, s.label))
    starts = [start for start, _ in _token_limits(text)]
    return [next((s.label for s in ordered if s.start <= at < s.end), OUTSIDE) for at in starts]


def kappa(a: Sequence[str], b: Sequence[str]) -> float | None:
    """Return Cohen's kappa of two sequences of labels.

    Returns:
        1 for full agreement, 0 for that of chance; ``None`` where only one label was used, and chance alone
        would agree.
    """
    from sklearn.metrics import cohen_kappa_score

    if len({*a, *b}) < 2:
        return None
    return round(float(cohen_kappa_score(a, b)), 4)


def _records(page: GoldPage) -> list[dict[str, Any]]:
    """Return a page's records without what would excuse a difference."""
    return [{**award, "soft": [], "timeframe": award.get("timeframe")} for award in page.awards]


def _award_counts(a: GoldPage, b: GoldPage) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    for gold, predicted in ((a, b), (b, a)):
        outcome = score_page(_records(gold), _records(predicted))
        past = [j for j, r in enumerate(gold.awards) if r.get("timeframe") == "past"]
        paired = {j for _, j, _ in outcome.pairs}
        for name, found in outcome.counts.items():
            counts[name] = counts.get(name, Counts()) + found
        for _ in [j for j in past if j not in paired]:
            # The scorer forgives a past record that was not found; between annotators it is a difference.
            for family in ("core", "found"):
                counts[family] = counts.get(family, Counts()) + Counts(0, 0, 1)
    return counts


def _paired(
    a: Sequence[Record], b: Sequence[Record]
) -> tuple[list[tuple[GoldPage, GoldPage]], tuple[str, ...], tuple[str, ...]]:
    first = {page.doc_id: page for page in map(parse_page, a)}
    second = {page.doc_id: page for page in map(parse_page, b)}
    common = [name for name in first if name in second]
    if not common:
        raise UsageError("the two have no page in common; pages are compared by their doc_id")
    for name in common:
        if first[name].text != second[name].text:
            raise UsageError(
                f"page {name!r} has another text in the second file; annotate the same text to compare"
            )
    return (
        [(first[name], second[name]) for name in common],
        tuple(name for name in first if name not in second),
        tuple(name for name in second if name not in first),
    )


def _token_kappas(
    pairs: Sequence[tuple[GoldPage, GoldPage]],
) -> tuple[dict[str, float | None], dict[str, float | None]]:
    flat: tuple[list[str], list[str]] = ([], [])
    by_label: dict[str, tuple[list[str], list[str]]] = {label: ([], []) for label in ENTITY_LABELS}
    for pages in pairs:
        for side, page in enumerate(pages):
            spans = page.entities or ()
            flat[side].extend(outer_labels(page.text, spans))
            for label, sides in by_label.items():
                sides[side].extend(outer_labels(page.text, [s for s in spans if s.label == label]))
    marked = [i for i, labels in enumerate(zip(*flat, strict=True)) if set(labels) != {OUTSIDE}]
    overall = {
        "entities": kappa(*flat),
        "marked": kappa([flat[0][i] for i in marked], [flat[1][i] for i in marked]),
    }
    used = {label: sides for label, sides in by_label.items() if {*sides[0], *sides[1]} != {OUTSIDE}}
    return overall, {label: kappa(*sides) for label, sides in used.items()}


def agreement(a: Sequence[Record], b: Sequence[Record]) -> Agreement:
    """Compare two annotations of the same pages.

    Args:
        a: Gold records of one annotator.
        b: Gold records of the other.

    Raises:
        UsageError: They have no page in common, or a page differs in its text.
    """
    pairs, only_a, only_b = _paired(a, b)
    with_entities = [(x, y) for x, y in pairs if x.entities is not None and y.entities is not None]
    entities: dict[str, Figure] = {}
    by_label: dict[str, dict[str, float]] = {}
    overall: dict[str, float | None] = {"entities": None, "marked": None}
    of_label: dict[str, float | None] = {}
    if with_entities:
        for match in _MATCHES:
            entities[match.name] = figure(
                [count(match, x.entities or (), y.entities or ()) for x, y in with_entities]
            )
        for label in ENTITY_LABELS:
            sides = [
                (
                    [s for s in x.entities or () if s.label == label],
                    [s for s in y.entities or () if s.label == label],
                )
                for x, y in with_entities
            ]
            if any(x or y for x, y in sides):
                by_label[label] = {
                    m.name: round(pooled(count(m, x, y) for x, y in sides).f1, 4) for m in _MATCHES
                }
        overall, of_label = _token_kappas(with_entities)
    both = [(x, y) for x, y in pairs if x.boilerplate is not None and y.boilerplate is not None]
    kinds = tuple(
        [label for pages in both for label in outer_labels(pages[side].text, pages[side].boilerplate or ())]
        for side in (0, 1)
    )
    counts = [_award_counts(x, y) for x, y in pairs]
    nothing = Counts()
    slots = {name: pooled(c.get(f"slot:{name}", nothing) for c in counts) for name in SLOTS}
    return Agreement(
        pages=len(pairs),
        only_a=only_a,
        only_b=only_b,
        entity_pages=len(with_entities),
        entities=entities,
        by_label=by_label,
        kappa={**overall, "boilerplate": kappa(*kinds)},
        kappa_by_label=of_label,
        awards={
            family: figure([c.get(family, nothing) for c in counts])
            for family in FAMILIES
            if family != "primary"
        },
        by_slot={name: round(c.f1, 4) for name, c in slots.items() if c},
    )


def format_agreement(result: Agreement) -> str:
    """Return the figures as a text for the terminal."""

    def line(name: str, f: Figure) -> str:
        return f"  {name:<22} F1 {f.f1:.3f}  ({f.ci95[0]:.3f} to {f.ci95[1]:.3f})"

    def number(value: float | None) -> str:
        return "   –" if value is None else f"{value:.3f}"

    lines = [f"{result.pages} pages in common; 95% bootstrap intervals over pages in brackets", ""]
    for side, names in (("first", result.only_a), ("second", result.only_b)):
        if names:
            lines.insert(1, f"  only in the {side}: {first_names(names)}")
    lines += ["Awards", *(line(name, f) for name, f in result.awards.items())]
    slots = ", ".join(f"{slot} {f1:.2f}" for slot, f1 in result.by_slot.items())
    lines += [f"  F1 by slot, records that both have: {slots or 'none'}", ""]
    lines += [f"Entities, {result.entity_pages} pages"]
    lines += [line(name, f) for name, f in result.entities.items()]
    if result.entity_pages:
        lines += [
            f"  kappa, all tokens      {number(result.kappa['entities'])}",
            f"  kappa, marked tokens   {number(result.kappa['marked'])}",
            f"  {'label':<14} {'strict':>7} {'partial':>8} {'kappa':>7}",
        ]
        lines += [
            f"  {label:<14} {f1['strict']:>7.3f} {f1['partial']:>8.3f}"
            f" {number(result.kappa_by_label[label]):>7}"
            for label, f1 in result.by_label.items()
        ]
    lines += ["", "Boilerplate", f"  kappa, kinds of tokens {number(result.kappa['boilerplate'])}"]
    return "\n".join(lines) + "\n"
