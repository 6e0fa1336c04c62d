"""The gate: no figure may fall below its recorded floor, and no floor may be lowered without a reason.

``python -m pipeline.evaluation.gate [--shared DIR] [--raise]`` scores the gold files that
``annotations/floors.json`` names and compares. That file holds, per gold file, the floor of each figure
under its dotted name in the output of ``evaluate --json`` (numbers of false records are ceilings, and so is
what a score drops by when the names of the pages are exchanged, ``swap.drop``), and
``lowered``: for every floor that was ever lowered or dropped, its old and new value and the reason. What
was lowered is found in the file's history in git, where that is at hand.

Files under ``shared/`` are development pages that do not belong to the repository: they are scored only
with ``--shared DIR``, and only figures over all their pages are printed.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.errors import PenghargaanError, UsageError
from pipeline.evaluation.evaluator import evaluate
from pipeline.evaluation.manifest import annotations_folder, verify
from pipeline.evaluation.swap_scores import evaluate_swapped

NAME = "floors.json"
#: Prefix of the gold files that lie in the folder given with ``--shared``.
SHARED = "shared/"
#: Figures whose limit is a ceiling: less is better.
CEILINGS = frozenset(
    {"awards.negatives.false_records", "swap.drop.entities.strict", "swap.drop.awards.primary"}
)
#: Prefix of the figures of pages with exchanged names: measured where a file has limits for them.
_SWAP = "swap."
#: Figures that ``--raise`` records.
MEASURES = (
    "awards.slots.f1",
    "awards.primary.f1",
    "awards.core.f1",
    "awards.found.f1",
    "awards.negatives.false_records",
    "boilerplate.characters.f1",
    "sentences.exact.f1",
    "entities.strict.f1",
    "entities.overlap.f1",
    "swap.drop.entities.strict",
    "swap.drop.awards.primary",
)

#: Floors by gold file and figure.
Floors = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Lowered:
    """A floor that went down, or a ceiling that went up; ``new`` is ``None`` where it was dropped."""

    gold: str
    measure: str
    old: float
    new: float | None


@dataclass(frozen=True, slots=True)
class Check:
    """A figure beside its floor."""

    gold: str
    measure: str
    floor: float
    value: float | None

    @property
    def passed(self) -> bool:
        """Whether the figure keeps its floor. A figure that is not there does not."""
        return self.value is not None and not _worse(self.measure, self.value, self.floor)


def _worse(measure: str, value: float, than: float) -> bool:
    return value > than if measure in CEILINGS else value < than


def _limit(measure: str) -> str:
    return "ceiling" if measure in CEILINGS else "floor"


def parse_floors(text: str) -> tuple[Floors, tuple[Mapping[str, Any], ...]]:
    """Read a floors file.

    Args:
        text: Its content.

    Returns:
        The floors, and the records of lowered ones.

    Raises:
        UsageError: It is not in the form that the module describes.
    """
    try:
        content = json.loads(text)
        floors = {
            str(gold): {str(measure): float(value) for measure, value in figures.items()}
            for gold, figures in content["floors"].items()
        }
        lowered = tuple(dict(item) for item in content["lowered"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{NAME} cannot be read ({error!r}); restore it from the repository.") from error
    return floors, lowered


def lowered_between(old: Floors, new: Floors) -> tuple[Lowered, ...]:
    """Return the floors of ``old`` that ``new`` lowers or drops."""
    steps = []
    for gold, figures in old.items():
        for measure, floor in figures.items():
            now = new.get(gold, {}).get(measure)
            if now is None or _worse(measure, now, floor):
                steps.append(Lowered(gold, measure, floor, now))
    return tuple(steps)


def without_reason(history: Sequence[Floors], records: Iterable[Mapping[str, Any]]) -> tuple[Lowered, ...]:
    """Return the lowered floors that no record explains.

    Args:
        history: Versions of the floors, oldest first, the present one last.
        records: The present file's ``lowered``: gold, measure, old, new, reason.
    """
    explained = {
        Lowered(r["gold"], r["measure"], float(r["old"]), None if r["new"] is None else float(r["new"]))
        for r in records
        if str(r.get("reason") or "").strip()
    }
    steps = [step for old, new in pairwise(history) for step in lowered_between(old, new)]
    return tuple(step for step in dict.fromkeys(steps) if step not in explained)


def committed_floors(path: Path) -> list[Floors]:
    """Return the committed versions of a floors file, oldest first; none where there is no git or no history.

    Args:
        path: The file in the working tree.
    """
    git = shutil.which("git")
    if git is None:
        return []

    def call(*arguments: str) -> str:
        command = [git, "-C", str(path.parent), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
        return done.stdout if done.returncode == 0 else ""

    versions = []
    for commit in call("log", "--format=%H", "--reverse", "--", path.name).split():
        text = call("show", f"{commit}:./{path.name}")
        if text:
            try:
                versions.append(parse_floors(text)[0])
            except UsageError:
                # A broken version was committed once; the ones around it are compared with each other.
                continue
    return versions


def look_up(figures: Mapping[str, Any], measure: str) -> float | None:
    """Return a figure by its dotted name, or ``None`` where the evaluation has none."""
    value: Any = figures
    for part in measure.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return None if value is None else float(value)


def _gold_path(gold: str, folder: Path, shared: Path | None) -> Path | None:
    if gold.startswith(SHARED):
        return shared / gold.removeprefix(SHARED) if shared else None
    return folder / gold


def measure_all(floors: Floors, folder: Path, shared: Path | None = None) -> dict[str, dict[str, Any]]:
    """Evaluate every gold file that has floors and is at hand.

    Args:
        floors: Floors by gold file.
        folder: Folder of the project's gold files.
        shared: Folder of the shared development pages.

    Returns:
        Figures by gold file.
    """
    figures = {}
    for gold in floors:
        path = _gold_path(gold, folder, shared)
        if path is not None:
            result = evaluate(path, ladder=False)
            figures[gold] = result.as_dict()
            if any(measure.startswith(_SWAP) for measure in floors[gold]):
                figures[gold]["swap"] = evaluate_swapped(path, result).as_dict()
    return figures


def check(floors: Floors, figures: Mapping[str, Mapping[str, Any]]) -> tuple[Check, ...]:
    """Put every figure beside its floor.

    Args:
        floors: Floors by gold file.
        figures: Evaluations by gold file; files that are missing here are passed over.
    """
    return tuple(
        Check(gold, measure, floor, look_up(figures[gold], measure))
        for gold, of_gold in floors.items()
        if gold in figures
        for measure, floor in of_gold.items()
    )


def raised(floors: Floors, figures: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Return the floors raised to their figures where those are better; figures without floor get one."""
    new = {gold: dict(of_gold) for gold, of_gold in floors.items()}
    for gold, of_gold in figures.items():
        for measure in MEASURES:
            value = look_up(of_gold, measure)
            if value is None:
                continue
            # Rounded to the safe side, so that the floor is met by the very figure it records.
            limit = math.floor(value * 1000) / 1000
            if measure in CEILINGS:
                limit = max(0.0, math.ceil(value * 1000) / 1000)
            known = new[gold].get(measure)
            if known is None or _worse(measure, known, limit):
                new[gold][measure] = limit
    return new


def write_floors(path: Path, floors: Floors, lowered: Sequence[Mapping[str, Any]]) -> None:
    """Write a floors file."""
    content = {"floors": floors, "lowered": list(lowered)}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _print_checks(checks: Sequence[Check]) -> None:
    gold = ""
    for c in checks:
        if c.gold != gold:
            gold = c.gold
            sys.stdout.write(f"{gold}\n")
        value = "none" if c.value is None else f"{c.value:.4g}"
        sign = "<=" if c.measure in CEILINGS else ">="
        note = "" if c.passed else f"   BEYOND ITS {_limit(c.measure).upper()}"
        sys.stdout.write(f"  {c.measure:<32} {value:>7} {sign} {c.floor:.4g}{note}\n")


def run(folder: Path, shared: Path | None, *, record: bool) -> int:
    """Run the gate.

    Args:
        folder: Folder of the gold files and of the floors.
        shared: Folder of the shared development pages, or ``None``.
        record: Raise the floors to today's figures.

    Returns:
        0 when every figure keeps its floor and every lowered floor has its reason, else 1.

    Raises:
        PenghargaanError: The floors or a gold file cannot be used.
    """
    path = folder / NAME
    if not path.is_file():
        raise UsageError(f"{path} is missing; restore it from the repository.")
    floors, lowered = parse_floors(path.read_text(encoding="utf-8"))
    failures = []
    for step in without_reason([*committed_floors(path), floors], lowered):
        change = "dropped" if step.new is None else f"lowered to {step.new:.4g}"
        failures.append(
            f"the floor of {step.measure} on {step.gold}, {step.old:.4g}, was {change} without a reason: "
            f'add one under "lowered" in {NAME} (gold, measure, old, new, reason)'
        )
    bare = [gold for gold in verify(folder) if not floors.get(gold)]
    if record:
        floors = {**floors, **{gold: {} for gold in bare}}
    else:
        failures += [f"{gold} has no floors; record them with --raise" for gold in bare]
    figures = measure_all(floors, folder, shared)
    if record:
        floors = raised(floors, figures)
        write_floors(path, floors, lowered)
    checks = check(floors, figures)
    _print_checks(checks)
    for c in checks:
        if not c.passed:
            value = "missing" if c.value is None else f"{c.value:.4g}"
            failures.append(f"{c.measure} on {c.gold} is {value}, its {_limit(c.measure)} {c.floor:.4g}")
    for failure in failures:
        sys.stderr.write(f"gate: {failure}\n")
    sys.stdout.write(f"gate: {len(checks)} figures, {len(failures)} failures\n")
    return 1 if failures else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate from the command line; exit status 0, 1 (failed) or 2 (wrong usage)."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline.evaluation.gate",
        description="Fail where a figure is below its floor, or a floor was lowered without a reason.",
    )
    parser.add_argument("--shared", type=Path, metavar="DIR", help="folder with the shared development pages")
    parser.add_argument(
        "--raise", dest="record", action="store_true", help="raise the floors to today's figures"
    )
    args = parser.parse_args(arguments)
    try:
        return run(annotations_folder(), args.shared, record=args.record)
    except PenghargaanError as error:
        sys.stderr.write(f"gate: {error}\n")
        return 2 if isinstance(error, UsageError) else 1


if __name__ == "__main__":
    sys.exit(main())
