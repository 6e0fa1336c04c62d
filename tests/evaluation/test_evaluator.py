"""The whole evaluation, with the real pipeline on pages made for the purpose."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from pipeline.cli import main
from pipeline.errors import UsageError
from pipeline.evaluation.evaluator import climb, evaluate, evaluate_predictions
from pipeline.evaluation.manifest import annotations_folder
from pipeline.evaluation.predict import Prediction, gold_segments
from pipeline.evaluation.printout import format_report

TEXT = (
    "Kabupaten Mekarsari Juara Siaran Pers\n\n"
    "Pemerintah Kabupaten Mekarsari meraih Juara I kategori Siaran Pers pada Anugerah Pena Nusantara 2024. "
    "Penghargaan diterima Sari Wulandari di Kota Melati.\n\n"
    "Baca juga: Kota Melati Gelar Pasar Murah\n"
)
SENTENCES = [[0, 37], [39, 140], [141, 192]]


@pytest.fixture
def record(make_award):
    return {
        "doc_id": "own-1",
        "text": TEXT,
        "label": "positive",
        "awards": [make_award(recipient="Pemerintah Kabupaten Mekarsari", received_by="Sari Wulandari")],
        "entities": [
            {"start": TEXT.index(s), "end": TEXT.index(s) + len(s), "label": label, "text": s}
            for s, label in (
                ("Pemerintah Kabupaten Mekarsari", "AGENCY"),
                ("Anugerah Pena Nusantara", "EVENT"),
                ("Sari Wulandari", "PERSON"),
            )
        ],
        "boilerplate": [{"start": TEXT.index("Baca"), "end": len(TEXT) - 1, "kind": "related"}],
        "sentences": SENTENCES,
        "title_span": [0, 37],
    }


@pytest.fixture
def gold(tmp_path, record):
    """A gold file of one page with records and all stages, and one without anything."""
    negative = {
        "doc_id": "own-2",
        "text": "Pasar murah digelar di alun-alun. Warga datang sejak pagi.",
        "label": "negative",
        "awards": [],
        "entities": None,
        "boilerplate": [],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in (record, negative)), encoding="utf-8")
    return path


def numbers(value):
    if isinstance(value, dict):
        return [n for v in value.values() for n in numbers(v)]
    if isinstance(value, list | tuple):
        return [n for v in value for n in numbers(v)]
    return [value] if isinstance(value, float) else []


def test_every_stage_is_scored_on_the_pages_that_annotate_it(gold):
    result = evaluate(gold)
    out = result.as_dict()
    assert json.dumps(json.loads(json.dumps(out))) == json.dumps(out)
    assert (out["gold"], out["split"], out["pages"], out["failures"]) == ("gold.jsonl", None, 2, {})
    assert {stage: out[stage]["pages"] for stage in ("awards", "boilerplate", "sentences", "entities")} == {
        "awards": 2, "boilerplate": 2, "sentences": 1, "entities": 1
    }  # fmt: skip
    assert out["awards"]["negatives"]["pages"] == 1
    assert numbers(out)
    assert all(0 <= n <= 1 for n in numbers(out))


def test_the_ladder_climbs_over_the_pages_with_entities(gold):
    rungs = evaluate(gold).ladder
    assert [r.given for r in rungs] == [
        (), ("boilerplate",), ("boilerplate", "sentences"), ("boilerplate", "sentences", "entities")
    ]  # fmt: skip
    assert {r.scores.pages for r in rungs} == {1}
    assert evaluate(gold, ladder=False).ladder == ()


def test_without_annotated_entities_there_is_no_ladder(make_page):
    assert climb([make_page(TEXT)], [Prediction(gold_article(make_page(TEXT)))]) == ()


def gold_article(page):
    from pipeline.document import Article

    return Article(page.doc_id, page.doc_id, page.text, gold_segments(page))


def test_a_perfect_prediction_scores_one_in_every_stage(record, as_row):
    from pipeline.document import Mention, Sentence
    from pipeline.evaluation.gold import parse_page

    page = parse_page(record)
    perfect = Prediction(
        gold_article(page),
        tuple(Sentence(*limits) for limits in SENTENCES),
        tuple(Mention(s.start, s.end, s.label) for s in page.entities or ()),
        (),
        (as_row(record["awards"][0]),),
    )
    result = evaluate_predictions([page], [perfect], gold="own.jsonl", split="dev")
    assert result.boilerplate is not None
    assert result.sentences is not None
    assert result.entities is not None
    assert result.faults == ()
    figures = [
        result.awards.slots, result.awards.core, result.boilerplate.characters, result.boilerplate.tokens,
        result.sentences.exact, result.sentences.boundary, *result.entities.overall.values(),
        *result.boilerplate.lines.values(),
    ]  # fmt: skip
    assert {f.f1 for f in figures} == {1.0}
    report = format_report(result)
    assert report.startswith("own.jsonl (dev): 1 pages")
    assert "core                   P 1.000  R 1.000  F1 1.000  (1.000 to 1.000)" in report


def test_refused_pages_are_listed(make_page):
    page = make_page(TEXT)
    result = evaluate_predictions([page], [Prediction(gold_article(page), failure="too_long: split it")])
    assert result.as_dict()["failures"] == {"own-1": "too_long: split it"}
    assert "  own-1: too_long: split it" in format_report(result)


def test_the_command_prints_a_table_json_and_faults(gold, capsys):
    assert main(["evaluate", "--gold", str(gold)]) == 0
    table = capsys.readouterr().out
    for heading in (
        "Awards, end to end, 2 pages",
        "Awards with gold stages",
        "Boilerplate, 2",
        "Sentences, 1",
        "Entities, 1",
    ):
        assert heading in table
    assert main(["evaluate", "--gold", str(gold), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["awards"].keys() >= {"slots", "primary", "core", "found", "macro", "strict", "negatives"}
    assert "errors" not in figures
    assert figures["faults"].keys() == {"by_stage", "by_slot"}
    assert main(["evaluate", "--gold", str(gold), "--json", "--errors"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out)["errors"], list)


def test_figures_repeat(gold):
    assert evaluate(gold).as_dict() == evaluate(gold).as_dict()


def test_wrong_gold_is_wrong_usage(tmp_path, capsys):
    assert main(["evaluate", "--gold", str(tmp_path / "none.jsonl")]) == 2
    assert "--gold" in capsys.readouterr().err
    with pytest.raises(UsageError):
        evaluate(tmp_path)


def test_the_default_is_the_held_out_seeds(monkeypatch):
    from pipeline.evaluation import evaluator

    paths = []

    def stop(path):
        paths.append(path)
        raise UsageError("stop here")

    monkeypatch.setattr(evaluator, "read_gold", stop)
    with pytest.raises(UsageError):
        evaluate()
    assert paths == [annotations_folder() / "seeds.jsonl"]


def test_the_pipeline_itself_does_not_load_the_evaluation():
    heavy = ("pipeline.evaluation", "numpy", "spacy")
    code = f"import sys, pipeline; print([m for m in sys.modules if m.startswith({heavy})])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
