from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.errors import PenghargaanError, UsageError
from pipeline.evaluation import agreement
from pipeline.evaluation.agreement import as_stage_scores, compare, differences, flatten, write_pages
from pipeline.evaluation.gold import GoldPage

FIGURES = {
    "awards": {"pages": 1, "core": {"p": 0.5, "r": 0.5, "f1": 0.5, "ci95": [0.25, 0.75]}},
    "boilerplate": {
        "pages": 1,
        "characters": {"p": 1.0, "r": 0.9, "f1": 0.9474},
        "pages_whose_text_differs": 0,
    },
    "sentences": None,
    "entities": {
        "pages": 1,
        "strict": {"p": 0.1, "r": 0.2, "f1": 0.1333},
        "overlap": {"p": 0.3, "r": 0.4, "f1": 0.3429},
        "by_label": {"PLACE": {"strict": {"f1": 0.1333}, "overlap": {"f1": 0.3429}}},
    },
}
STAGES = {
    "pages": {"boilerplate": 1, "entities": 1},
    "boilerplate": {"p": 1.0, "r": 0.9, "f1": 0.9474, "pages_whose_text_differs": 0},
    "entities_strict": {"p": 0.1, "r": 0.2, "f1": 0.1333},
    "entities_strict_by_label": {"PLACE": 0.1333, "WORK": 0.0},
    "entities_partial": {"p": 0.3, "r": 0.4, "f1": 0.3429},
    "entities_partial_by_label": {"PLACE": 0.3429},
}


def test_nested_figures_get_dotted_names():
    assert dict(flatten({"a": {"b": 1, "c": [2, 0.5]}, "d": "text", "e": None})) == {
        "a.b": 1,
        "a.c.0": 2,
        "a.c.1": 0.5,
    }


def test_our_figures_are_translated_to_the_scorers_names():
    assert differences(as_stage_scores(FIGURES), dict(flatten(STAGES)), 0) == ()


@pytest.mark.parametrize(
    ("ours", "differ"),
    [
        ({"f1": 0.5}, 0),
        ({"f1": 0.5004}, 0),
        ({"f1": 0.5006}, 1),
        ({"f1": 0.4994}, 1),
        ({}, 1),
        ({"f1": 0.5, "x": 1}, 0),
    ],
)
def test_figures_may_differ_by_the_tolerance(ours, differ):
    assert len(differences(ours, {"f1": 0.5})) == differ


def test_pages_are_written_character_by_character(tmp_path):
    text = "satu\r\ndua\n\ttiga \u201ckutip\u201d\n"
    write_pages([GoldPage("own-1", text)], tmp_path)
    assert (tmp_path / "own-1.txt").read_bytes() == text.encode("utf-8")
    with pytest.raises(UsageError, match="no file name"):
        write_pages([GoldPage("../own-1", text)], tmp_path)


@pytest.fixture
def folder(tmp_path):
    """A folder as CI has it, with scorers that print fixed figures, if the pipeline wrote their input."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "tools").mkdir()
    page = {
        "doc_id": "own-1",
        "text": "Pasar murah digelar.",
        "awards": [],
        "entities": [],
        "boilerplate": [],
    }
    (tmp_path / "gold" / "seeds.jsonl").write_text(json.dumps(page) + "\n", encoding="utf-8")
    for name, needed, figures in (
        ("score_awards.py", "awards.csv", FIGURES["awards"]),
        ("score_stages.py", "articles.jsonl", STAGES),
    ):
        code = (
            "import pathlib, sys\n"
            "path = pathlib.Path(sys.argv[2])\n"
            f"assert (path if path.is_file() else path / {needed!r}).is_file()\n"
            f"print({json.dumps(figures)!r})\n"
        )
        (tmp_path / "tools" / name).write_text(code, encoding="utf-8")
    return tmp_path


@pytest.fixture
def ours(monkeypatch):
    """Fixed figures in place of an evaluation."""
    figures = json.loads(json.dumps(FIGURES))
    outcome = SimpleNamespace(as_dict=lambda: figures)
    monkeypatch.setattr(agreement, "evaluate", lambda *_, **__: outcome)
    return figures


@pytest.fixture
def quick_run(monkeypatch):
    """Empty tables in place of a run of the pipeline, for the tests that are about the scorers."""
    call = agreement._call

    def stub(command, *rest):
        if "run" not in command:
            return call(command, *rest)
        out = Path(command[command.index("-o") + 1])
        out.mkdir()
        for name in ("awards.csv", "articles.jsonl"):
            (out / name).touch()
        return ""

    monkeypatch.setattr(agreement, "_call", stub)


@pytest.mark.usefixtures("ours")
def test_the_written_tables_are_scored_and_agree(folder, capsys):
    assert agreement.main([str(folder)]) == 0
    assert "seeds.jsonl: 21 figures, 0 differ" in capsys.readouterr().out


@pytest.mark.usefixtures("quick_run")
def test_a_difference_fails_and_is_named(folder, ours, capsys):
    ours["awards"]["core"]["f1"] = 0.51
    assert agreement.main([str(folder)]) == 1
    assert "awards core.f1: ours 0.51, theirs 0.5" in capsys.readouterr().out


@pytest.mark.usefixtures("ours", "quick_run")
def test_a_scorer_that_fails_is_no_agreement(folder):
    (folder / "tools" / "score_stages.py").write_text("raise SystemExit('no such thing')", encoding="utf-8")
    with pytest.raises(PenghargaanError, match="no such thing"):
        compare(folder / "gold" / "seeds.jsonl", folder / "tools")


def test_a_folder_without_gold_or_scorers_is_wrong_usage(tmp_path, capsys):
    assert agreement.main([str(tmp_path)]) == 2
    assert "holds no gold" in capsys.readouterr().err
