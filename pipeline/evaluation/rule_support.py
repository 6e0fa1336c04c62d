"""What each rule is worth: it is switched off, and the pages are told on which the records change.

A rule that changes nothing, or helps on a single page, is no rule of the language. Some cannot be switched
off, as other rules or the code ask for them by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.document import Page
from pipeline.errors import LexiconError, PageError
from pipeline.evaluation.award_scores import Record, score_page
from pipeline.evaluation.gold import parse_page, read_records
from pipeline.flow import STAGES, Analysis
from pipeline.lexicon import lines, without_rows
from pipeline.tables.rows import award_rows
from pipeline.trace import tracing

#: Tables whose rules are switched off; with those of terms the names are looked for again.
AWARD_TABLES = ("award_rules", "award_cues", "handover_rules", "circumstance_rules")
TERM_TABLES = ("term_rules", "event_heads")
#: From so many pages on a rule is one of the language.
_SEVERAL = 2
#: Tables whose rules are tried on all pages, since the trace does not tell of each match.
_TRIED_EVERYWHERE = frozenset({"handover_rules", "circumstance_rules"})


@dataclass(frozen=True, slots=True)
class RuleSupport:
    """What a rule is worth on a set of pages.

    Args:
        table: Its table.
        rule: Its id.
        meaning: What it means, as its row says.
        helped: Pages whose records are better with it, by their ids, with the source of each.
        hurt: Pages whose records are worse with it.
        changed: Number of pages whose records it changes.
        needed: Whether others cannot be without it, so that it was not switched off.
    """

    table: str
    rule: str
    meaning: str
    helped: Mapping[str, str]
    hurt: Mapping[str, str]
    changed: int
    needed: bool = False

    @property
    def sources(self) -> tuple[int, int]:
        """Return the numbers of sources on whose pages it helps, and hurts."""
        return len(set(self.helped.values())), len(set(self.hurt.values()))


@dataclass(frozen=True, slots=True)
class _Case:
    """A gold page as the stages before the awards read it, and what all rules make of it."""

    source: str
    records: tuple[Record, ...]
    analysis: Analysis
    rows: tuple[Record, ...]
    rules: frozenset[str]

    @property
    def value(self) -> float:
        """Return what the records are worth: right slots, less half of those that are wrong or missed."""
        return _value(self.records, self.rows)


def rule_support(
    golds: Iterable[str | Path], tables: Sequence[str] = (*AWARD_TABLES, *TERM_TABLES)
) -> tuple[RuleSupport, ...]:
    """Switch off each rule in turn and score the records of all pages that may change.

    Args:
        golds: Gold files.
        tables: Tables whose rules are switched off, of :data:`AWARD_TABLES` and :data:`TERM_TABLES`.

    Returns:
        One entry a rule, in the order of the tables.

    Raises:
        UsageError: A file is missing, or is no gold.
    """
    cases = [
        _case(record, Path(path).name) for path in golds for record in read_records(path) if record["text"]
    ]
    return tuple(_support(table, row, cases) for table in tables for _where, row in list(lines(table)))


def _case(record: Mapping[str, Any], file: str) -> _Case:
    page = parse_page(record)
    told = record.get("source") or {}
    outlet = told.get("outlet")
    source = str((outlet if outlet and outlet != "?" else None) or told.get("repo") or file)
    analysis = Analysis(Page(page.doc_id, page.doc_id, page.text))
    with tracing() as tracer:
        try:
            for stage in STAGES:
                stage.run(analysis)
        except PageError:
            pass  # a page that is refused has no records, with any rule and without it
    rules = {note.by for note in tracer.notes} | {m.rule for m in analysis.mentions}
    rules |= {rule for award in analysis.awards for rule in award.rules}
    return _Case(source, page.awards, analysis, _rows(analysis), frozenset(rules))


def _rows(analysis: Analysis) -> tuple[Record, ...]:
    return tuple(award_rows(analysis.result({})))


def _value(records: Sequence[Record], rows: Sequence[Record]) -> float:
    counts = score_page(records, rows).counts.get("slots")
    return counts.tp - (counts.fp + counts.fn) / 2 if counts else 0.0


def _support(table: str, row: Mapping[str, Any], cases: Sequence[_Case]) -> RuleSupport:
    rule = str(row["id"])
    asked = [c for c in cases if table in _TRIED_EVERYWHERE or rule in c.rules]
    helped: dict[str, str] = {}
    hurt: dict[str, str] = {}
    changed = 0
    with without_rows(table, rule):
        for case in asked:
            try:
                rows = _again(case.analysis, names=table in TERM_TABLES)
            except (LexiconError, LookupError):  # other rules, or the code, ask for it
                return RuleSupport(table, rule, str(row["meaning"]), {}, {}, 0, needed=True)
            if rows == case.rows:
                continue
            changed += 1
            loss = case.value - _value(case.records, rows)
            if loss:
                (helped if loss > 0 else hurt)[case.analysis.page.doc_id] = case.source
    return RuleSupport(table, rule, str(row["meaning"]), helped, hurt, changed)


def _again(analysis: Analysis, *, names: bool) -> tuple[Record, ...]:
    """Return the records of a page that was read before, with names looked for again or not."""
    anew = copy(analysis)
    for stage in STAGES[-2:] if names else STAGES[-1:]:
        stage.run(anew)
    return _rows(anew)


def format_support(found: Sequence[RuleSupport]) -> str:
    """Return what each rule is worth as a table of plain text, the weakest first."""
    tried = [s for s in found if not s.needed]
    idle = sum(not s.changed for s in tried)
    lonely = sum(len(s.helped) < _SEVERAL for s in tried if s.changed)
    doubtful = sum(len(s.hurt) >= len(s.helped) for s in tried if s.changed)
    told = [
        f"{len(tried)} rules switched off in turn",
        f"  {idle} change nothing, {lonely} help on one page at most, {doubtful} hurt as often as they help",
        f"  needed by others: {', '.join(s.rule for s in found if s.needed) or 'none'}",
        "",
        f"  {'rule':<7} {'table':<18} {'changes':>7} {'helps':>6} {'sources':>7} {'hurts':>6} {'sources':>7}",
    ]
    for s in sorted(tried, key=lambda s: (len(s.helped) - len(s.hurt), s.changed, s.table, s.rule)):
        helps, hurts = s.sources
        figures = f"{s.changed:>7} {len(s.helped):>6} {helps:>7} {len(s.hurt):>6} {hurts:>7}"
        told.append(f"  {s.rule:<7} {s.table:<18} {figures}  {s.meaning}")
    return "\n".join(told) + "\n"
