"""Whether our own figures are those of the acceptance measure.

``python -m pipeline.evaluation.agreement DIR`` takes the gold files of ``DIR/gold``, writes their pages to
a temporary folder, runs ``python -m pipeline run`` on them, scores its output with
``DIR/tools/score_awards.py`` and ``score_stages.py``, and compares with what ``evaluate`` reports. The two
share no code: the scorers read the written tables, ``evaluate`` the objects in memory, so that a fault in
the tables shows as well. Only figures are printed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import PenghargaanError, UsageError
from pipeline.evaluation.evaluator import evaluate
from pipeline.evaluation.gold import GoldPage, read_gold

#: Gold files below ``DIR/gold`` with text pages.
GOLD_FILES = ("seeds.jsonl", "dev-pages.jsonl")
#: The most that two figures may differ.
TOLERANCE = 0.0005
#: Names of the stage scorer's results, and where ours lie in the evaluation.
STAGE_NAMES = {
    "boilerplate": "boilerplate.characters",
    "boilerplate.pages_whose_text_differs": "boilerplate.pages_whose_text_differs",
    "sentences": "sentences.exact",
    "entities_strict": "entities.strict",
    "entities_partial": "entities.overlap",
}
#: Strategies whose figures the stage scorer gives by label as well.
LABEL_NAMES = {"entities_strict_by_label": "strict", "entities_partial_by_label": "overlap"}


def flatten(figures: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    """Return all numbers of nested figures under their dotted names."""
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{prefix}{name}.")
        elif isinstance(value, list | tuple):
            yield from flatten(dict(zip(map(str, range(len(value))), value, strict=True)), f"{prefix}{name}.")
        elif isinstance(value, int | float):
            yield f"{prefix}{name}", float(value)


def as_stage_scores(figures: Mapping[str, Any]) -> dict[str, float]:
    """Return our figures under the names of the stage scorer.

    Args:
        figures: What :meth:`~pipeline.evaluation.evaluator.Evaluation.as_dict` returned.
    """
    flat = dict(flatten({k: figures[k] for k in ("boilerplate", "sentences", "entities") if figures.get(k)}))
    scores = {}
    for theirs, ours in STAGE_NAMES.items():
        for suffix in ("", ".p", ".r", ".f1"):
            if ours + suffix in flat:
                scores[theirs + suffix] = flat[ours + suffix]
    for name, strategy in LABEL_NAMES.items():
        for label, of_label in ((figures.get("entities") or {}).get("by_label") or {}).items():
            scores[f"{name}.{label}"] = of_label[strategy]["f1"]
    for stage in ("boilerplate", "sentences", "entities"):
        if figures.get(stage):
            scores[f"pages.{stage}"] = figures[stage]["pages"]
    return scores


def differences(
    ours: Mapping[str, float], theirs: Mapping[str, float], tolerance: float = TOLERANCE
) -> tuple[str, ...]:
    """Return where two sets of figures differ, in words; a figure that ours lack differs, unless it is 0."""
    return tuple(
        f"{name}: ours {ours.get(name)}, theirs {value}"
        for name, value in theirs.items()
        if abs(ours.get(name, 0.0) - value) > tolerance
    )


def _call(command: Sequence[str], allowed: frozenset[int] = frozenset({0})) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    if done.returncode not in allowed:
        raise PenghargaanError(f"{' '.join(command)} failed:\n{done.stderr.strip()}")
    return done.stdout


def write_pages(pages: Sequence[GoldPage], folder: Path) -> None:
    """Write each page's text to ``<doc_id>.txt``, character by character as in the gold.

    Raises:
        UsageError: A doc_id is no file name.
    """
    for page in pages:
        if page.doc_id != Path(page.doc_id).name:
            raise UsageError(f"the page {page.doc_id!r} cannot be written: its id is no file name")
        (folder / f"{page.doc_id}.txt").write_text(page.text, encoding="utf-8", newline="")


def compare(gold: Path, tools: Path) -> tuple[int, tuple[str, ...]]:
    """Compare the figures of one gold file.

    Args:
        gold: Gold file.
        tools: Folder of the two scorers.

    Returns:
        The number of figures compared, and the differences in words.

    Raises:
        PenghargaanError: The pipeline or a scorer failed.
    """
    with tempfile.TemporaryDirectory() as name:
        pages, out = Path(name) / "pages", Path(name) / "out"
        pages.mkdir()
        write_pages(read_gold(gold), pages)
        tables = ["--tables", "awards,entities,sentences,articles"]
        # Status 1 is a refused page, which then has no records for either side.
        _call(
            [sys.executable, "-m", "pipeline", "run", str(pages), "-o", str(out), *tables, "--quiet"],
            frozenset({0, 1}),
        )
        awards = [str(tools / "score_awards.py"), str(gold), str(out / "awards.csv"), "--json"]
        stages = [str(tools / "score_stages.py"), str(gold), str(out), "--json"]
        theirs_awards = dict(flatten(json.loads(_call([sys.executable, *awards]))))
        theirs_stages = dict(flatten(json.loads(_call([sys.executable, *stages]))))
    figures = evaluate(gold, ladder=False).as_dict()
    found = [f"awards {d}" for d in differences(dict(flatten(figures["awards"])), theirs_awards)]
    found += [f"stages {d}" for d in differences(as_stage_scores(figures), theirs_stages)]
    return len(theirs_awards) + len(theirs_stages), tuple(found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare all gold files of a folder; exit status 0, 1 (figures differ) or 2 (wrong usage)."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline.evaluation.agreement",
        description="Fail where our figures differ from those of the acceptance measure on the same pages.",
    )
    parser.add_argument("shared", type=Path, metavar="DIR", help="folder with gold/ and tools/")
    args = parser.parse_args(arguments)
    golds = [path for name in GOLD_FILES if (path := args.shared / "gold" / name).is_file()]
    tools = args.shared / "tools"
    failed = False
    try:
        if not golds or not (tools / "score_awards.py").is_file():
            raise UsageError(f"{args.shared} holds no gold/*.jsonl or no tools/score_awards.py")
        for gold in golds:
            compared, found = compare(gold, tools)
            sys.stdout.write(
                f"{gold.name}: {compared} figures, {len(found)} differ by more than {TOLERANCE}\n"
            )
            for difference in found:
                sys.stdout.write(f"  {difference}\n")
            failed = failed or bool(found)
    except PenghargaanError as error:
        sys.stderr.write(f"agreement: {error}\n")
        return 2 if isinstance(error, UsageError) else 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
