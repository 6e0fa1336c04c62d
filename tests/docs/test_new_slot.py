"""The recipe "A slot" of docs/adding.md, walked in a copy of the package: one row and one rule."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent, indent
from xml.etree import ElementTree as ET

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
RECIPE = (ROOT / "docs" / "adding.md").read_text("utf-8").split("\n## A slot\n")[1].split("\n## ")[0]
#: Slots of other kinds: a whole number, and words of the page that may be several.
MORE_ROWS = (
    {"name": "points", "type": "integer", "meaning": "points", "gold": "value", "compare": "number"},
    {"name": "sponsor", "several": True, "meaning": "sponsors", "gold": "quote", "compare": "words",
     "names": "body", "labels": ["ORGANISATION"]},
)  # fmt: skip
MORE_RULES = """
for told in re.compile(r"dengan (\\d+) poin").finditer(article.text):
    slots.put("points", told[1], *told.span(1), rule)
for told in re.compile(r"disponsori (\\w+)").finditer(article.text):
    slots.put("sponsor", told[1], *told.span(1), rule)
"""
PAGES = {
    "satu": "Kota Malang meraih Terbaik II Anugerah Media Humas 2024 tingkat nasional dengan 95 poin. "
    "Acara itu disponsori Sinarjaya dan disponsori Teguhraya.",
    "dua": "Pemerintah Kota Malang meraih Terbaik II tingkat nasional pada Anugerah Media Humas 2024.",
    "tiga": "Pemerintah Kota Malang meraih Terbaik II Anugerah Media Humas 2024 di Jakarta.",
}
#: What is done with the grown package; each command's exit status goes to the last line.
SCRIPT = """
import json
from pathlib import Path
from pipeline.cli import main
from pipeline.evaluation.award_scores import score_page

done = [main(["run", "-q", "pages", "-o", "out", "--tables", "awards,articles,entities", "--workers", "1"])]
done += [main(["consolidate", "-q", "out"]), main(["report", "out"])]
for tool, target in (("label-studio", "tasks.json"), ("brat", "brat"), ("docbin", "pages.spacy")):
    done.append(main(["annotate", "export", "out", "-o", target, "--format", tool]))
    predictions = ["--with-predictions"] if tool == "label-studio" else []
    done.append(main(["annotate", "import", target, "-o", f"{tool}.jsonl", *predictions]))
done.append(main(["annotate", "check", "brat.jsonl"]))
(row,) = [r for r in map(json.loads, Path("out/awards.jsonl").open()) if r["doc_id"] == "satu"]
golds = [{**row, "level": level} for level in ("national", "province", None)]
counts = [score_page([gold], [row]).counts["slot:level"] for gold in golds]
print(json.dumps({"done": done, "scored": [[c.tp, c.fp, c.fn] for c in counts]}))
"""


def block(language: str) -> str:
    """Return the first block of a language in the recipe."""
    found = re.search(rf"```{language}\n(.*?)```", RECIPE, re.DOTALL)
    assert found
    return dedent(found[1])


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    folder = tmp_path_factory.mktemp("grown")
    shutil.copytree(ROOT / "pipeline", folder / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    schema = folder / "pipeline" / "lexicon" / "award_fields.jsonl"
    more = [{**r, "source": "slot", "merge": "voted", "label": {"id": "x", "en": "x"}} for r in MORE_ROWS]
    lines = "".join(f"{json.dumps(row)}\n" for row in (*more, json.loads(block("json"))))
    schema.write_text(schema.read_text("utf-8") + lines, "utf-8")
    rules = folder / "pipeline" / "awards" / "records.py"
    before, line, after = rules.read_text("utf-8").partition('    slots.put("timeframe"')
    rules.write_text(before + indent(block("python") + MORE_RULES, "    ") + line + after, "utf-8")
    (folder / "pages").mkdir()
    for name, text in PAGES.items():
        (folder / "pages" / f"{name}.txt").write_text(text, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return folder, json.loads(ran.stdout.splitlines()[-1])


def rows(path: Path) -> dict[str, dict]:
    """Return the rows of a table or gold file by their page."""
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file)) if path.suffix == ".csv" else [json.loads(line) for line in file]
    return {row.get("doc_id", ""): row for row in found}


def test_all_commands_take_it(grown):
    assert set(grown[1]["done"]) == {0}, grown[1]


def test_it_is_a_column_of_the_tables(grown):
    folder, _ = grown
    table = rows(folder / "out" / "awards.csv")
    assert {name: row["level"] for name, row in table.items()} == {
        "satu": "national",
        "dua": "national",
        "tiga": "",
    }
    assert list(table["satu"])[-1] == "level"
    (slot,) = rows(folder / "out" / "awards.jsonl")["satu"]["slots"]["level"]
    assert (slot["value"], slot["text"]) == ("national", "tingkat nasional")
    assert (table["satu"]["points"], table["satu"]["sponsor"]) == ("95", "Sinarjaya; Teguhraya")
    assert rows(folder / "out" / "awards.jsonl")["satu"]["points"] == 95


def test_it_is_scored(grown):
    assert grown[1]["scored"] == [[1, 0, 0], [0, 1, 1], [0, 1, 0]]


def test_consolidation_votes_on_it(grown):
    (award,) = rows(grown[0] / "out" / "consolidated.csv").values()
    assert (award["points"], award["sponsor"]) == ("95", "Sinarjaya; Teguhraya")
    assert (award["level"], json.loads(award["agreement"])["level"]) == ("national", "2/2")


def test_annotation_tools_show_it_and_give_it_back(grown):
    folder, _ = grown
    for tool in ("label-studio", "brat", "docbin"):
        gold = rows(folder / f"{tool}.jsonl")
        assert [gold[name]["awards"][0]["level"] for name in PAGES] == ["national", "national", None], tool
        assert [gold[name]["awards"][0]["points"] for name in PAGES] == [95, None, None], tool
        assert gold["satu"]["awards"][0]["sponsor"] == ["Sinarjaya", "Teguhraya"], tool
    config = ET.parse(folder / "tasks.config.xml")  # noqa: S314 (our own file)
    control = config.find(".//Choices[@name='level']")
    assert control is not None
    assert [choice.get("value") for choice in control] == ["province", "national"]
    assert "level\tArg:AWARD, Value:province|national" in (folder / "brat" / "annotation.conf").read_text(
        "utf-8"
    )


def test_the_report_shows_it(grown):
    page = (grown[0] / "out" / "report.html").read_text("utf-8")
    data = json.loads(page.split('id="data">')[1].split("</script>")[0])
    assert [data["strings"][lang]["slot.level"] for lang in ("id", "en")] == ["tingkat", "level"]
    assert data["strings"]["id"]["value.national"] == "nasional"
    assert (data["types"]["level"], data["slots"]["level"]) == ("choice", "event")
    assert "level" in data["columns"]
    assert "level" in data["searched"]
