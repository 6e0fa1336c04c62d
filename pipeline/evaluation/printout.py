"""Evaluations for people: a table of the figures, and the list of faults page by page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from itertools import groupby

from pipeline.evaluation.award_scores import FAMILIES
from pipeline.evaluation.evaluator import Evaluation
from pipeline.evaluation.faults import Fault, count_faults, count_slots
from pipeline.evaluation.measures import Figure
from pipeline.evaluation.swap_scores import SwapScores

#: Characters of a value that the list of faults shows.
_SHOWN = 110


def _row(name: str, f: Figure) -> str:
    return f"  {name:<22} P {f.p:.3f}  R {f.r:.3f}  F1 {f.f1:.3f}  ({f.ci95[0]:.3f} to {f.ci95[1]:.3f})"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent="  ", subsequent_indent="    ")


def _awards(e: Evaluation) -> list[str]:
    a = e.awards
    lines = [f"Awards, end to end, {a.pages} pages"]
    lines += [_row(name, getattr(a, name)) for name in FAMILIES]
    low, high = a.macro.ci95
    lines.append(f"  {'macro':<22} {'':17}  F1 {a.macro.f1:.3f}  ({low:.3f} to {high:.3f})")
    slots, primary, core = a.strict.values()
    lines.append(f"  soft slots counted     slots F1 {slots:.3f}, primary {primary:.3f}, core {core:.3f}")
    false, pages = a.negatives["false_records"], a.negatives["pages"]
    lines.append(f"  false records          {false} on {pages} pages without awards")
    if e.confidence:
        c = e.confidence
        lines.append(
            f"  confidence             mean {c.mean_confidence:.3f}, right {c.right:.3f}, "
            f"calibration error {c.calibration_error:.3f}, Brier {c.brier:.3f}"
        )
    if a.per_slot_f1:
        by_slot = ", ".join(f"{slot} {f1:.2f}" for slot, f1 in a.per_slot_f1.items())
        lines += _wrapped(f"F1 by slot, aligned records: {by_slot}")
    return lines


def _ladder(e: Evaluation) -> list[str]:
    if not e.ladder:
        return []
    lines = [
        f"Awards with gold stages, {e.ladder[0].scores.pages} pages (F1; each step is what the stage costs)"
    ]
    for rung in e.ladder:
        s = rung.scores
        given = "gold " + ", ".join(rung.given) if rung.given else "nothing given"
        figures = "  ".join(f"{name} {getattr(s, name).f1:.3f}" for name in FAMILIES)
        lines.append(f"  {given:<38} {figures}")
    return lines


def _stages(e: Evaluation) -> list[str]:
    lines: list[str] = []
    if e.boilerplate:
        b = e.boilerplate
        lines += [
            "",
            f"Boilerplate, {b.pages} pages",
            _row("characters kept", b.characters),
            _row("tokens kept", b.tokens),
        ]
        kinds = ", ".join(f"{kind} {f.f1:.2f}" for kind, f in b.lines.items())
        lines += _wrapped(f"F1 of lines by kind: {kinds}")
        if b.pages_whose_text_differs:
            lines.append(f"  the text of {b.pages_whose_text_differs} pages differs from the gold text")
    if e.sentences:
        s = e.sentences
        lines += ["", f"Sentences, {s.pages} pages", _row("both limits", s.exact), _row("ends", s.boundary)]
    if e.entities:
        n = e.entities
        lines += ["", f"Entities, {n.pages} pages"]
        lines += [_row(name, f) for name, f in n.overall.items()]
        names = tuple(n.overall)
        lines.append("  F1 by label            " + "".join(f"{name:>9}" for name in names))
        for label, figures in n.by_label.items():
            lines.append(f"    {label:<20} " + "".join(f"{figures[name].f1:>9.3f}" for name in names))
    return lines


def _fault_table(faults: Sequence[Fault]) -> list[str]:
    tally = count_faults(faults)
    lines = ["Faults in records and slots, by the first stage at fault"]
    for stage, kinds in tally.items():
        lines.append(f"  {stage:<22} " + ", ".join(f"{n} {kind}" for kind, n in kinds.items()))
    slots = ", ".join(f"{slot} {sum(kinds.values())}" for slot, kinds in count_slots(faults).items())
    if slots:
        lines += _wrapped(f"by slot: {slots}")
    return lines


def format_report(e: Evaluation) -> str:
    """Return the figures as a table of plain text."""
    name = f"{e.gold} ({'held out' if e.split == 'test' else e.split})" if e.split else e.gold
    lines = [f"{name}: {e.pages} pages; 95% bootstrap intervals over pages in brackets", "", *_awards(e)]
    ladder = _ladder(e)
    lines += ["", *ladder] if ladder else []
    lines += [*_stages(e), "", *_fault_table(e.faults)]
    if e.failures:
        lines += ["", "Pages the pipeline refused"]
        lines += [f"  {doc_id}: {reason}" for doc_id, reason in e.failures.items()]
    return "\n".join(lines) + "\n"


def format_swap(s: SwapScores) -> str:
    """Return the scores as they are and with the names exchanged as a table of plain text."""
    lines = [
        f"{s.as_it_is.gold}: {s.as_it_is.pages} pages as they are and with their names exchanged (F1)",
        "",
        f"  {'':<32} {'as it is':>8} {'swapped':>8} {'drop':>8}",
    ]
    titles = {
        "entities": "Entities, strict",
        "awards": "Awards, end to end",
        "slots": "  by slot, aligned records",
    }
    for part, rows in s.table().items():
        lines.append(titles[part])
        lines += [
            f"  {name:<32} {before:>8.3f} {after:>8.3f} {before - after:>+8.3f}"
            for name, before, after in rows
        ]
    return "\n".join(lines) + "\n"


def _shown(text: str) -> str:
    # Page text may hold control characters, which must not reach a terminal.
    text = "".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in text)
    return textwrap.shorten(text, _SHOWN, placeholder=" ...")


def _fault_line(fault: Fault) -> str:
    where = f"{fault.level} {fault.what}".strip()
    if fault.record:
        where += f" of {_shown(fault.record)}"
    if fault.kind == "mixed up":
        what = f"{_shown(fault.predicted)!r} for {_shown(fault.gold)!r}"
    else:
        what = repr(_shown(fault.gold if fault.kind == "missed" else fault.predicted))
    blame = "" if fault.level == fault.stage else f"  [{fault.stage}]"
    return f"  {fault.kind:<9} {where}: {what}{blame}"


def format_faults(faults: Iterable[Fault]) -> str:
    """Return the faults page by page: missed, invented or mixed up, with the stage at fault in brackets."""
    lines: list[str] = []
    for doc_id, of_page in groupby(faults, key=lambda f: f.doc_id):
        lines += ["", doc_id, *map(_fault_line, of_page)]
    return "\n".join(lines).lstrip("\n") + "\n" if lines else "No faults.\n"
