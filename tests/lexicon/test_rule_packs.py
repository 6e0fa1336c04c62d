"""Rule packs: rows from outside the package, in a notebook, on the command line, in workers."""

from __future__ import annotations

import csv
import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline.batch.cluster import _Reader
from pipeline.cli import main
from pipeline.errors import LexiconError, UsageError
from pipeline.lexicon import lines, packs, use_packs
from pipeline.readers import ReadOptions, pages_from_records
from pipeline.readers.reader import Source

TEXT = "Pemkot Batu meraih Melkira di Kota Malang, Kamis (10/10/2024)."
#: The recipe of docs/adding.md with another name.
EVENT = {
    "id": "EV901", "name": "Zorvan Melkira", "abbr": "", "aliases": ["Melkira"], "organiser": [],
    "grades": "", "kind": "award", "recipient": "any", "abbr_ambiguous": False, "weak": [],
    "shared_aliases": [], "note": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_tables_only() -> Iterator[None]:
    yield
    use_packs([])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    known = next(row for _, row in lines("events"))
    made = tmp_path / "pack"
    made.mkdir()
    row = {**{key: value for key, value in EVENT.items() if key in known}, "id": "EV901"}
    (made / "events.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    return made


def _events(text: str) -> list[str]:
    return [award.value("event") for award in pipeline.process(text).awards]


def test_an_event_of_a_pack_is_known_until_it_is_taken_away(folder: Path) -> None:
    assert _events(TEXT) != ["Zorvan Melkira"]
    pipeline.load(rules=[folder])
    assert packs() == (folder,)
    assert _events(TEXT) == ["Zorvan Melkira"]
    assert pipeline.process(TEXT).awards[0].slots["event"][0].rule == "EV901"
    assert pipeline.load()(TEXT)._.awards[0].value("event") == "Zorvan Melkira"
    pipeline.load(rules=[])
    assert _events(TEXT) != ["Zorvan Melkira"]


def test_a_run_hands_the_packs_to_its_workers(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    out = tmp_path / "out"
    command = ["run", "-q", "--workers", "1", "-o", str(out), str(tmp_path / "a.txt")]

    def told() -> tuple[list[str], str]:
        with (out / "awards.csv").open(encoding="utf-8-sig", newline="") as file:
            events = [row["event"] for row in csv.DictReader(file)]
        return events, json.loads((out / "run.json").read_text("utf-8"))["versions"]["lexicon"]

    assert main(command) == 0
    plain = told()
    assert main([*command, "--rules", str(folder)]) == 0
    # pages that were finished with other rules are read again
    assert told()[0] == ["Zorvan Melkira"]
    assert told()[1] != plain[1]


def test_a_pack_names_fields_of_records_on_every_node(tmp_path: Path) -> None:
    row = {"field": "text", "meaning": "the office's own", "names": ["naskah_humas"]}
    (tmp_path / "record_fields.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (tmp_path / "pages").write_text(json.dumps({"naskah_humas": TEXT}) + "\n", "utf-8")
    (without,) = pages_from_records([{"naskah_humas": TEXT}])
    assert without.reason == "no_text"
    source = Source("pages", tmp_path / "pages", "pages", "jsonl")
    reader = _Reader(ReadOptions(), "salt", frozenset(), (str(tmp_path),))
    (told,) = reader({"number": [0], "sources": [pickle.dumps([source])]})
    (page,) = pickle.loads(told["data"][0]).outcomes  # noqa: S301 (ours)
    assert page.content == TEXT


def test_a_wrong_row_ends_before_the_first_page_and_changes_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "award_cues.jsonl").write_text('{"id": "Q901"}\n', "utf-8")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    out = tmp_path / "out"
    assert main(["run", "-o", str(out), "--rules", str(folder), str(tmp_path / "a.txt")]) == 1
    assert "award_cues.jsonl, line 1: missing key 'meaning'" in capsys.readouterr().err
    assert not out.exists()
    with pytest.raises(LexiconError, match=r"award_cues\.jsonl, line 1"):
        pipeline.load(rules=[folder])
    assert packs() == ()


def test_a_folder_that_does_not_exist_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--rules", str(tmp_path / "none"), "seeds"]) == 2
    assert "none is no folder; name one that holds tables" in capsys.readouterr().err
    with pytest.raises(UsageError):
        pipeline.load(rules=[tmp_path / "none"])
