"""The recipes of docs/adding.md: their rows, as the page shows them, go into a rule pack and do what it says.

Two recipes need code as well, and have tests of their own: ``test_new_slot.py`` and
``tests/readers/test_registry.py``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pipeline.lexicon import table_names

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding.md").read_text("utf-8")
#: Recipes by heading.
RECIPES = dict(part.split("\n", 1) for part in PAGE.split("\n## ")[1:])
_ROWS = re.compile(r'^( *)```json title="(\w+)\.jsonl"\n(.*?)^\1```', re.MULTILINE | re.DOTALL)
TITLE = "Kota Malang Juara Lomba Arsip"
BODY = "Pemerintah Kota Malang meraih Juara 1 Lomba Arsip 2024 di Bandung, Kamis (10/10/2024)."
END = "Wali kota berterima kasih kepada seluruh pegawai yang telah bekerja keras sepanjang tahun untuk warga."

SCRIPT = """
import json, sys
from pipeline import flow
from pipeline.document import Page
from pipeline.lexicon import use_packs

folders, texts = json.load(sys.stdin)
use_packs(folders)
for text in texts:
    result = flow.process(Page("a", "a", text, "html" if text.startswith("<") else "text"))
    awards = [{c: award.value(c) for c in award.slots} | {"rules": award.rules} for award in result.awards]
    segments = [(s.kind, result.article.text[s.start : s.end]) for s in result.article.segments]
    print(json.dumps({"awards": awards, "segments": segments}))
"""


@dataclass(frozen=True)
class Case:
    """A page, and what its only award, or its segments, are with the recipe's rows; ``None`` for no award."""

    recipe: str
    text: str
    award: dict[str, str] | None = field(default_factory=dict)
    rule: str = ""
    segment: tuple[str, str] | None = None


CASES = [
    Case("An award event", "Kota Malang meraih Wiratama Layanan Terpadu Contoh pada ACN 2024",
         {"event": "Anugerah Contoh Nusantara", "event_abbr": "ACN", "category": "Layanan Terpadu Contoh",
          "result": "Wiratama", "result_kind": "grade", "year": "2024"}, "EV901"),
    Case("A contest heading", "Kota Malang meraih Juara 1 Cerdas Cermat Rajawali 2024",
         {"event": "Cerdas Cermat Rajawali", "rank": "1"}, "EH901"),
    Case("A contest heading",
         "Warga Batu meramaikan acara itu pada Senin pagi.\n\nBerikut daftar pemenang:\n\n"
         "Cerdas Cermat Kriya Muda\nJuara 1: Rina Wulandari\nJuara 2: Budi Hartono\n\n"
         "Acara ditutup sore hari.\n",
         {"event": "Cerdas Cermat Kriya Muda", "recipient": "Rina Wulandari"}, "EH901"),
    Case("A verb", "Kota Malang membukukan Juara 1 Anugerah Media Humas 2024",
         {"recipient": "Kota Malang", "event": "Anugerah Media Humas", "rank": "1"}, "W901"),
    Case("A rule", "Kota Malang meraih Juara 1 pada gladi resik Anugerah Media Humas 2024", None),
    Case("An outlet's boilerplate", f"{TITLE}\n\n{BODY}\n\nKirim ke papan warga Kota Malang\n\n{END}\n",
         segment=("share", "Kirim ke papan warga Kota Malang")),
    Case("An outlet's boilerplate", f"{TITLE}\n\nkabarcontoh - {BODY}\n\n{END}\n",
         segment=("dateline", "kabarcontoh -")),
    Case("An outlet's boilerplate",
         f"<title>{TITLE}</title><h1>{TITLE}</h1><p>{BODY}</p><div class='warta-pilihan'><p>{END}</p></div>",
         segment=("related", END)),
    Case("A name", "Bacontara meraih Juara 1 Anugerah Media Humas 2024",
         {"recipient": "Bacontara", "recipient_name": "Badan Contoh Nusantara", "recipient_type": "agency"}),
]  # fmt: skip


def rows(recipe: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows that a recipe shows, with their table."""
    for block in _ROWS.finditer(RECIPES[recipe]):
        rest = block[3].strip()
        while rest:
            row, end = json.JSONDecoder().raw_decode(rest)
            yield block[2], row
            rest = rest[end:].strip()


def processed(texts: Sequence[str], *packs: Path, code: Path = ROOT) -> list[dict[str, Any]]:
    """Return what a process of its own finds on pages: rule packs hold for a whole process."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=json.dumps([list(map(str, packs)), texts]),
        cwd=code,
        env={**os.environ, "PYTHONPATH": str(code)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """What is found on each page without the packs and with them."""
    packs = []
    for number, recipe in enumerate({case.recipe for case in CASES}):
        folder = tmp_path_factory.mktemp(f"pack{number}")
        for table, row in rows(recipe):
            with (folder / f"{table}.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
            packs.append(folder)
    texts = [case.text for case in CASES]
    pairs = zip(processed(texts), processed(texts, *dict.fromkeys(packs)), strict=True)
    return dict(zip(texts, pairs, strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:50])
def test_a_recipe_does_what_the_page_says(
    case: Case, found: dict[str, tuple[dict[str, Any], dict[str, Any]]]
) -> None:
    before, after = found[case.text]
    if case.segment:
        kind, text = case.segment
        assert [kind, text] in after["segments"]
        assert [kind, text] not in before["segments"]
        return
    if case.award is None:
        assert (len(before["awards"]), after["awards"]) == (1, [])
        return
    award, *_ = after["awards"]
    assert {column: award.get(column) for column in case.award} == case.award
    assert not case.rule or case.rule in award["rules"]
    # the tagger may read from its context what the row makes sure
    told = [one for one in before["awards"] if case.award.items() <= one.items()]
    assert [one for one in told if not case.rule or case.rule in one["rules"]] == []


def told(recipe: str, sentence: str) -> bool:
    """Return whether a recipe shows a sentence."""
    return f"*{sentence}*" in " ".join(RECIPES[recipe].split())


def test_the_page_shows_the_sentences_that_are_tried() -> None:
    sentences = [case for case in CASES if not case.segment and "\n" not in case.text]
    assert len(sentences) > 4
    assert [case.text for case in sentences if not told(case.recipe, case.text)] == []


def test_an_alias_of_a_region_is_built_into_the_table(tmp_path: Path) -> None:
    text = "Kota Kuda Perunggu meraih Juara 1 Anugerah Media Humas 2024"
    assert told("A region", text)
    for name in ("pipeline", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    ((table, row),) = rows("A region")
    with (tmp_path / f"pipeline/lexicon/{table}.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    subprocess.run([sys.executable, "scripts/build_regions.py"], cwd=tmp_path, check=True)
    ((before,), (after,)) = processed([text]), processed([text], code=tmp_path)
    assert [one for one in before["awards"] if one.get("recipient_code") == row["code"]] == []
    (award,) = after["awards"]
    assert (award["recipient"], award["recipient_code"]) == ("Kota Kuda Perunggu", row["code"])
    assert award["recipient_name"] == "Pemerintah Kota Batu"


def test_tables_that_the_page_names_exist() -> None:
    choice = RECIPES["A rule"].split("Choose the table")[1].split("\n3. ")[0]
    named = re.findall(r"`(\w+)`", choice) + re.findall(r"\| `(\w+)`", RECIPES["An outlet's boilerplate"])
    assert len(named) > 10
    assert set(named) <= set(table_names())


def test_every_recipe_with_rows_is_walked() -> None:
    walked = {case.recipe for case in CASES} | {"A slot", "A reader", "A region"}
    assert set(RECIPES) == walked
    tables = [table for recipe in RECIPES for table, _ in rows(recipe)]
    assert len(tables) == len(set(tables)) == 12
    assert PAGE.count("```json title=") == len(tables)
