"""Swapped pages end to end, with the real pipeline on a page made for the purpose."""

from __future__ import annotations

import json

import pytest

from pipeline.cli import main
from pipeline.evaluation.evaluator import evaluate
from pipeline.evaluation.made_up_names import SameNames
from pipeline.evaluation.printout import format_swap
from pipeline.evaluation.swap_scores import evaluate_swapped
from tests.evaluation.swap_pages import page

TEXT = (
    "Pemerintah Kabupaten Kulon Progo meraih Juara I kategori Siaran Pers pada Anugerah Media Humas 2024. "
    "Penghargaan diterima Bupati Kulon Progo Sari Wulandari di Jakarta, Rabu (4/12/2024)."
)
AWARD = {
    "recipient": "Pemerintah Kabupaten Kulon Progo", "recipient_type": "regency",
    "event": "Anugerah Media Humas",
    "edition": None, "year": 2024, "category": "Siaran Pers", "result": "Juara I", "rank": 1, "status": "won",
    "timeframe": "current", "organiser": [], "received_by": "Sari Wulandari", "place": "Jakarta",
    "scope": "primary", "soft": [], "evidence": [TEXT],
}  # fmt: skip
NAMES = (
    ("Pemerintah Kabupaten Kulon Progo", "AGENCY"), ("Kabupaten Kulon Progo", "PLACE"),
    ("Anugerah Media Humas", "EVENT"), ("Sari Wulandari", "PERSON"), ("Jakarta", "PLACE"),
)  # fmt: skip


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(page(TEXT, *NAMES, awards=[AWARD])) + "\n", encoding="utf-8")
    return path


def test_both_scores_and_the_drop_are_told_by_label_and_slot(gold):
    scores = evaluate_swapped(gold)
    out = scores.as_dict()
    assert json.loads(json.dumps(out)) == out
    assert (out["gold"], out["pages"]) == ("gold.jsonl", 1)
    for part in ("as_it_is", "swapped", "drop"):
        assert out[part]["entities"].keys() >= {"strict", "PERSON", "PLACE", "EVENT", "AGENCY"}
        assert out[part]["awards"].keys() == {"slots", "primary", "core", "found"}
        assert out[part]["slots"].keys() >= {"recipient", "event", "received_by"}
    for part, figures in out["drop"].items():
        for name, drop in figures.items():
            assert drop == pytest.approx(out["as_it_is"][part][name] - out["swapped"][part][name], abs=1e-4)
    report = format_swap(scores)
    assert report.startswith("gold.jsonl: 1 pages as they are and with their names exchanged (F1)")
    assert "\nEntities, strict\n  strict  " in report
    assert scores.as_it_is.as_dict() == evaluate(gold, ladder=False).as_dict()


def test_a_name_that_no_list_knows_costs_the_event_which_the_printout_shows(gold):
    """The list of events knows Anugerah Media Humas; the same page with another name has to be read."""
    known = evaluate_swapped(gold)
    assert known.as_it_is.awards.per_slot_f1["event"] == 1
    assert "Kulon Progo" not in json.dumps([fault.gold for fault in known.swapped.faults])


def test_without_other_names_nothing_drops(gold):
    scores = evaluate_swapped(gold, drawing=lambda _page: SameNames())
    assert scores.swapped.as_dict() == scores.as_it_is.as_dict()
    assert {drop for part in scores.as_dict()["drop"].values() for drop in part.values()} == {0}


def test_figures_repeat_and_an_evaluation_that_is_there_is_taken(gold):
    before = evaluate(gold, ladder=False)
    scores = evaluate_swapped(gold, before)
    assert scores.as_it_is is before
    assert scores.as_dict() == evaluate_swapped(gold).as_dict()


def test_pages_without_entities_have_no_part_for_them(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(page("Pasar murah digelar di alun-alun.")) + "\n", encoding="utf-8")
    assert evaluate_swapped(path).table().keys() == {"awards"}


def test_the_command(gold, capsys):
    assert main(["evaluate", "--gold", str(gold), "--swap"]) == 0
    assert "as it is  swapped     drop" in capsys.readouterr().out
    assert main(["evaluate", "--gold", str(gold), "--swap", "--json", "--errors"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert out.keys() == {"gold", "pages", "as_it_is", "swapped", "drop", "errors"}
    assert main(["evaluate", "--gold", str(gold), "--swap", "--errors"]) == 0
    assert "Kulon Progo" not in capsys.readouterr().out, "the errors are those of the swapped page"
    assert main(["evaluate", "--gold", str(gold) + "x", "--swap"]) == 2
