from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from pipeline.errors import UsageError
from pipeline.evaluation import gate
from pipeline.evaluation.gate import (
    Lowered,
    check,
    committed_floors,
    look_up,
    lowered_between,
    parse_floors,
    raised,
    without_reason,
)
from pipeline.evaluation.manifest import annotations_folder

CORE, FALSE = "awards.core.f1", "awards.negatives.false_records"
DROP = "swap.drop.awards.primary"


def test_committed_floors_hold_what_was_promised():
    folder = annotations_folder()
    floors, lowered = parse_floors((folder / "floors.json").read_text(encoding="utf-8"))
    assert floors["seeds.jsonl"][CORE] >= 0.95 or lowered
    assert floors["seeds.jsonl"]["boilerplate.characters.f1"] >= 0.98
    assert without_reason([*committed_floors(folder / "floors.json"), floors], lowered) == ()


def test_a_floor_goes_down_a_ceiling_up_or_either_away():
    old = {"a": {CORE: 0.9, FALSE: 2, "awards.slots.f1": 0.5}, "b": {CORE: 0.1}}
    new = {"a": {CORE: 0.8, FALSE: 3, "awards.slots.f1": 0.6}}
    assert lowered_between(old, new) == (
        Lowered("a", CORE, 0.9, 0.8), Lowered("a", FALSE, 2, 3), Lowered("b", CORE, 0.1, None)
    )  # fmt: skip
    assert lowered_between(new, {"a": {CORE: 0.8, FALSE: 1, "awards.slots.f1": 0.9}, "c": {}}) == ()


def test_every_step_down_in_the_history_needs_its_reason():
    history = [{"a": {CORE: 0.9}}, {"a": {CORE: 0.8}}, {"a": {CORE: 0.95}}, {"a": {CORE: 0.7}}]
    reason = {
        "gold": "a",
        "measure": CORE,
        "old": 0.9,
        "new": 0.8,
        "reason": "gold mended: two records were wrong",
    }
    assert without_reason(history, [reason]) == (Lowered("a", CORE, 0.95, 0.7),)
    empty = {**reason, "old": 0.95, "new": 0.7, "reason": "  "}
    assert without_reason(history, [reason, empty]) == (Lowered("a", CORE, 0.95, 0.7),)
    assert without_reason(history, [reason, {**empty, "reason": "page withdrawn"}]) == ()
    dropped = {"gold": "a", "measure": CORE, "old": 0.9, "new": None, "reason": "no longer measured"}
    assert without_reason([history[0], {}], [dropped]) == ()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"floors": {}}', '{"floors": {"a": 1}, "lowered": []}'])
def test_a_broken_floors_file_says_so(text):
    with pytest.raises(UsageError, match=r"floors\.json cannot be read"):
        parse_floors(text)


FIGURES = {"awards": {"core": {"f1": 0.9237}, "negatives": {"false_records": 3}}, "sentences": None}


def test_figures_are_found_by_dotted_name():
    assert (look_up(FIGURES, CORE), look_up(FIGURES, FALSE)) == (0.9237, 3)
    assert look_up(FIGURES, "sentences.exact.f1") is None


@pytest.mark.parametrize(
    ("measure", "floor", "passed"),
    [(CORE, 0.92, True), (CORE, 0.9237, True), (CORE, 0.93, False), (FALSE, 3, True), (FALSE, 2, False),
     ("sentences.exact.f1", 0.0, False)],
)  # fmt: skip
def test_a_figure_keeps_its_floor_or_not(measure, floor, passed):
    (result,) = check({"a": {measure: floor}, "elsewhere": {CORE: 1}}, {"a": FIGURES})
    assert result.passed is passed


def test_raising_never_lowers_and_rounds_to_the_safe_side():
    floors = {"a": {CORE: 0.5, FALSE: 9}, "b": {CORE: 0.1}}
    assert raised(floors, {"a": FIGURES}) == {"a": {CORE: 0.923, FALSE: 3}, "b": {CORE: 0.1}}
    high = {"a": {CORE: 0.99, FALSE: 0}}
    assert raised(high, {"a": FIGURES}) == high
    assert raised({"a": {}}, {"a": FIGURES}) == {"a": {CORE: 0.923, FALSE: 3}}


def test_a_drop_is_a_ceiling_of_three_places_and_never_below_nothing():
    figures = {"swap": {"drop": {"awards": {"primary": 0.0304}, "entities": {"strict": -0.01}}}}
    floors = raised({"a": {DROP: 0.5}}, {"a": figures})
    assert floors == {"a": {DROP: 0.031, "swap.drop.entities.strict": 0.0}}
    assert raised({"a": {DROP: 0.02}}, {"a": figures})["a"][DROP] == 0.02
    assert all(c.passed for c in check(floors, {"a": figures}))
    assert not check({"a": {DROP: 0.03}}, {"a": figures})[0].passed
    assert lowered_between({"a": {DROP: 0.02}}, {"a": {DROP: 0.03}}) == (Lowered("a", DROP, 0.02, 0.03),)


@pytest.fixture
def repository(tmp_path):
    """A git repository with two committed versions of a floors file."""
    git = shutil.which("git")
    if git is None:
        pytest.fail("git is needed to look up committed floors")
    folder = tmp_path / "annotations"
    folder.mkdir()

    def call(*arguments):
        identity = [
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.org",
            "-c",
            "commit.gpgsign=false",
            "-c",
            "core.hooksPath=",
        ]
        subprocess.run([git, "-C", str(tmp_path), *identity, *arguments], check=True, capture_output=True)

    def commit(floors, lowered=()):
        (folder / "floors.json").write_text(
            json.dumps({"floors": floors, "lowered": list(lowered)}), encoding="utf-8"
        )
        call("add", "annotations")
        call("commit", "-q", "-m", "floors")

    call("init", "-q")
    commit({"gold.jsonl": {CORE: 0.6}})
    commit({"gold.jsonl": {CORE: 0.9}})
    return folder


def test_committed_versions_come_oldest_first(repository, tmp_path):
    versions = [{"gold.jsonl": {CORE: 0.6}}, {"gold.jsonl": {CORE: 0.9}}]
    assert committed_floors(repository / "floors.json") == versions
    assert committed_floors(tmp_path / "nowhere" / "floors.json") == []


@pytest.fixture
def run(repository, monkeypatch):
    """The gate on that repository, with figures in place of an evaluation."""
    scored = []

    class Outcome:
        def as_dict(self):
            return FIGURES

    def evaluate(path, **_options):
        scored.append(path)
        return Outcome()

    monkeypatch.setattr(gate, "annotations_folder", lambda: repository)
    monkeypatch.setattr(gate, "verify", lambda _folder: {"gold.jsonl": None})
    monkeypatch.setattr(gate, "evaluate", evaluate)

    class Drop:
        def as_dict(self):
            return {"drop": {"awards": {"primary": 0.04}}}

    monkeypatch.setattr(
        gate, "evaluate_swapped", lambda path, _result: scored.append(f"swap {path.name}") or Drop()
    )

    def call(*arguments, floors=None, lowered=()):
        if floors is not None:
            text = json.dumps({"floors": floors, "lowered": list(lowered)})
            (repository / "floors.json").write_text(text, encoding="utf-8")
        scored.clear()
        return gate.main(arguments), list(scored)

    return call


def test_the_gate_passes_and_prints_figures(run, repository, capsys):
    status, scored = run()
    assert (status, scored) == (0, [repository / "gold.jsonl"])
    out = capsys.readouterr().out
    assert "awards.core.f1                    0.9237 >= 0.9\n" in out
    assert out.endswith("gate: 1 figures, 0 failures\n")


def test_the_gate_fails_below_a_floor(run, capsys):
    assert run(floors={"gold.jsonl": {CORE: 0.95}})[0] == 1
    assert "awards.core.f1 on gold.jsonl is 0.9237, its floor 0.95" in capsys.readouterr().err


def test_the_gate_refuses_a_lowered_floor_without_a_reason(run, capsys):
    lower = {"gold.jsonl": {CORE: 0.7}}
    assert run(floors=lower)[0] == 1
    assert "was lowered to 0.7 without a reason" in capsys.readouterr().err
    assert run(floors={"gold.jsonl": {FALSE: 5}})[0] == 1
    assert "was dropped without a reason" in capsys.readouterr().err
    reason = {"gold": "gold.jsonl", "measure": CORE, "old": 0.9, "new": 0.7, "reason": "gold mended"}
    assert run(floors=lower, lowered=[reason])[0] == 0


def test_the_gate_wants_floors_for_every_gold_file(run, repository, capsys):
    keep = {"gold": "gold.jsonl", "measure": CORE, "old": 0.9, "new": None, "reason": "test"}
    assert run(floors={"other.jsonl": {CORE: 0.5}}, lowered=[keep])[0] == 1
    assert "gold.jsonl has no floors" in capsys.readouterr().err
    assert run("--raise")[0] == 0
    floors, lowered = parse_floors((repository / "floors.json").read_text(encoding="utf-8"))
    assert floors["gold.jsonl"] == {CORE: 0.923, FALSE: 3}
    assert lowered == (keep,)


def test_shared_pages_are_scored_where_they_are_at_hand(run, tmp_path):
    floors = {"gold.jsonl": {CORE: 0.9}, "shared/gold/pages.jsonl": {CORE: 0.9}}
    assert len(run(floors=floors)[1]) == 1
    status, scored = run("--shared", str(tmp_path / "x"))
    assert (status, scored[1]) == (0, tmp_path / "x" / "gold" / "pages.jsonl")


def test_names_are_exchanged_where_a_file_has_a_limit_for_the_drop(run, repository, capsys):
    keep = {CORE: 0.9}
    assert run(floors={"gold.jsonl": {**keep, DROP: 0.05}}) == (
        0,
        [repository / "gold.jsonl", "swap gold.jsonl"],
    )
    assert f"{DROP}            0.04 <= 0.05\n" in capsys.readouterr().out
    assert run(floors={"gold.jsonl": {**keep, DROP: 0.03}})[0] == 1
    assert f"{DROP} on gold.jsonl is 0.04, its ceiling 0.03" in capsys.readouterr().err


def test_a_missing_floors_file_is_wrong_usage(run, repository, capsys):
    (repository / "floors.json").unlink()
    assert run()[0] == 2
    assert "is missing" in capsys.readouterr().err
