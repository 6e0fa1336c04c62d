"""From the records of many pages to one row a distinct award."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import prod
from typing import Any

from pipeline.award_schema import FIELD, FIELDS, field_names
from pipeline.consolidate.consolidated_table import COLUMNS
from pipeline.consolidate.keys import UNIQUE_FAMILIES, Key, award_id, identify, shows_copy
from pipeline.consolidate.matching import (
    Cells,
    open_records,
    reconciled,
    with_codes,
    with_event_names,
    with_recipient_names,
    with_years,
)
from pipeline.consolidate.tellings import VOTED, Tellings, independent
from pipeline.consolidate.votes import Verdict, total, vote, vote_all, weights, without
from pipeline.tables.run_tables import Row

#: Slots whose different values are a conflict; those of the others are spellings of what the key says.
_CONTESTED = field_names(lambda f: f.merge == "voted")
#: A position belongs to a person: tellings that name another person have no say in it.
_POSITIONS = {f.name: f.person for f in FIELDS if f.person}
#: How far a further independent telling counts: outlets often work from the same press release.
_SECOND = 0.5
#: The same for a record that leaves category or result open.
_OPEN = 0.25
#: Nothing is sure: all pages may be wrong together.
_SUREST = 0.99


def combined_confidence(full: Iterable[float], open_: Iterable[float]) -> float:
    """Return the confidence of an award that several independent tellings carry.

    The surest telling counts whole, each further one half, each open record (without category or result) a
    quarter: ``1 - (1 - c1) * (1 - c2/2) * (1 - c3/2) ...``, at most 0.99 unless one telling alone is surer.

    Args:
        full: Confidence of each independent telling.
        open_: Confidence of each independent open record that was joined to it.
    """
    first, *rest = sorted(full, reverse=True)
    doubt = (1 - first) * prod(1 - _SECOND * c for c in rest) * prod(1 - _OPEN * c for c in sorted(open_))
    return max(first, min(1 - doubt, _SUREST))


def gather(rows: Iterable[Row]) -> Cells:
    """Return what is told under each key; memory grows with the distinct awards and what is told of them."""
    cells: Cells = {}
    for row in rows:
        key, words = identify(row)
        cells.setdefault(key, Tellings()).add(row, words)
    return cells


def page_groups(cells: Cells, texts: Mapping[str, str]) -> dict[str, str]:
    """Return what stands for each page and its copies: of the same text, or sharing a long evidence."""
    shared: defaultdict[str, set[str]] = defaultdict(set)
    for cell in cells.values():
        for doc_id, tellings in cell.told_by.items():
            shared[doc_id].update(t for t in tellings if shows_copy(t))
            if doc_id in texts:
                shared[doc_id].add(texts[doc_id])
    told_by = {doc_id: found for doc_id, found in shared.items() if found}
    roots = independent(told_by.values())
    return {doc_id: f"page {roots[min(found)]}" for doc_id, found in told_by.items()}


def _verdicts(everything: Tellings, roots: Mapping[str, str]) -> dict[str, Verdict]:
    """Return the verdict on each slot but the result."""
    verdicts: dict[str, Verdict] = {}
    for slot, values in everything.votes.items():
        if FIELD[slot].several:
            verdicts[slot] = vote_all(slot, values, roots)
        elif slot not in _POSITIONS:
            verdicts[slot] = vote(slot, values, roots)
    for slot, person in _POSITIONS.items():
        values = everything.votes.get(slot, {})
        named = verdicts.get(person, Verdict())
        verdicts[slot] = vote(slot, without(values, named.stating - named.agreeing, roots), roots)
    return verdicts


def _best_result(core: Tellings, roots: Mapping[str, str]) -> tuple[str, str, str]:
    """Return result, kind and rank as most full records have them; open ones may leave out the rank."""
    if not core.results:
        return "", "", ""
    return min(core.results, key=lambda r: (-total(weights(core.results[r], roots)), -len(r[0]), r))


def _as_json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""


def _joined(items: Iterable[str]) -> str:
    return "; ".join(item.replace("; ", "%3B ") for item in items)


def _row(key: Key, core: Tellings, opened: Tellings | None, groups: Mapping[str, str]) -> dict[str, Any]:
    everything = Tellings()
    everything.absorb(core)
    if opened is not None:
        everything.absorb(opened)
    roots = independent(
        found | {groups[doc_id]} if doc_id in groups else found
        for doc_id, found in everything.told_by.items()
    )
    full = weights(core.confidence, roots)
    others = {t: c for t, c in weights(opened.confidence, roots).items() if t not in full} if opened else {}
    verdicts = _verdicts(everything, roots)
    result, kind, rank = _best_result(core, roots)
    pages = sorted(everything.pages)
    published = sorted(date for _, date in everything.pages.values() if date)
    evidence, evidence_doc_id, start, end = core.best

    row: dict[str, Any] = dict.fromkeys((column.name for column in COLUMNS), "")
    row.update({slot: FIELD[slot].typed(verdicts.get(slot, Verdict()).value) for slot in VOTED})
    several = {s: v for s in _CONTESTED if len((v := verdicts.get(s, Verdict())).stating) > 1}
    conflicts = {s: v for s in _CONTESTED if len((v := verdicts.get(s, Verdict())).values) > 1}
    confidences = sorted([*full.values(), *others.values()])
    row.update(
        award_id=award_id(key),
        recipient_code=key.code,
        year=key.edition.value if key.edition.kind == "year" else None,
        result=result,
        result_kind=kind,
        rank=int(rank) if rank else None,
        status=key.status,
        timeframe="current" if everything.current else "past",
        pages=len(pages),
        tellings=len(full) + len(others),
        agreement=_as_json({s: f"{len(v.agreeing)}/{len(v.stating)}" for s, v in several.items()}),
        conflicts=_as_json({s: {value: len(t) for value, t in v.values} for s, v in conflicts.items()}),
        first_published=published[0] if published else "",
        last_published=published[-1] if published else "",
        evidence=evidence,
        evidence_doc_id=evidence_doc_id,
        start=start,
        end=end,
        confidence=round(combined_confidence(full.values(), others.values()), 4),
        confidence_mean=round(sum(confidences) / len(confidences), 4),
        confidence_max=confidences[-1],
        doc_ids=_joined(pages),
        record_ids=" ".join(sorted(everything.records)),
        sources=_joined(everything.pages[page][0] for page in pages),
    )
    return row


def _sort_key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        row["recipient_name"] or row["recipient"],
        row["event"],
        row["year"] or 0,
        row["category"],
        row["status"],
        row["result"],
        row["award_id"],
    )


def merged(cells: Cells) -> Iterator[tuple[Key, Tellings, Tellings | None]]:
    """Yield each distinct award's key, what full records tell of it, and what open records tell, if any."""
    cells = with_years(with_codes(with_recipient_names(with_event_names(cells))))
    for field in ("event", "category", "recipient"):
        cells = reconciled(cells, field)
    joins = open_records(cells)
    joined: defaultdict[Key, list[Key]] = defaultdict(list)
    for key, fuller in joins.items():
        joined[fuller].append(key)
    for key, cell in cells.items():
        if key in joins:
            continue
        opened: Tellings | None = None
        for other in joined.get(key, ()):
            opened = opened or Tellings()
            opened.absorb(cells[other])
        yield key, cell, opened


def consolidate(rows: Iterable[Row], texts: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """Return one row a distinct award, sorted by recipient, event, year, category and result.

    Args:
        rows: Rows of the awards table, in any order.
        texts: What stands for the text of each page, by ``doc_id``, as far as known: pages with the same are
            copies. So are pages that share the evidence of an award, or a long evidence of any.

    Returns:
        Rows with the columns of :data:`~pipeline.consolidate.consolidated_table.COLUMNS`, the same for any
        order of ``rows``.
    """
    found: list[dict[str, Any]] = []
    ranks: defaultdict[Key, list[dict[str, Any]]] = defaultdict(list)
    cells = gather(rows)
    groups = page_groups(cells, texts or {})
    for key, core, opened in merged(cells):
        row = _row(key, core, opened, groups)
        found.append(row)
        if key.event and key.category and key.detail and key.family in UNIQUE_FAMILIES and not key.apart:
            ranks[key._replace(family="", detail="")].append(row)
    for several in ranks.values():
        for row in several:
            row["rivals"] = " ".join(sorted(other["award_id"] for other in several if other is not row))
    return sorted(found, key=_sort_key)
