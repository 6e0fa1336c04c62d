from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.sentences import split_text


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("stress", Path(__file__).with_name("stress.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["stress"] = module
    spec.loader.exec_module(module)
    return module


stress = _load()
TABLE = stress.measure(split_text, stress.cases())


def test_the_set_is_as_large_and_as_hard_as_it_says() -> None:
    finals = [case for case in stress.cases() if case.phenomenon.endswith("-final")]
    assert len(stress.cases()) >= 220
    assert 3 * len(finals) >= len(stress.cases())
    assert all(len(case.sentences) >= 2 for case in finals)
    assert len({case.text for case in stress.cases()}) == len(stress.cases())


def test_all_cases_together() -> None:
    assert TABLE["all"].f1 >= 0.98, "\n" + stress.report(TABLE)


@pytest.mark.parametrize("phenomenon", sorted(TABLE))
def test_no_phenomenon_is_left_behind(phenomenon: str) -> None:
    assert TABLE[phenomenon].f1 >= 0.9, "\n" + stress.report(TABLE)


def test_the_measure_sees_errors() -> None:
    def nothing(text: str, *, headline: bool) -> list[tuple[int, int]]:  # noqa: ARG001
        return [(0, len(text))]

    def everything(text: str, *, headline: bool) -> list[tuple[int, int]]:  # noqa: ARG001
        ends = [n + 1 for n, c in enumerate(text) if c == "." and n + 1 < len(text)]
        return list(zip([0, *ends], [*ends, len(text)], strict=True))

    assert stress.measure(nothing, stress.cases())["all"].f1 < 0.6
    assert stress.measure(everything, stress.cases())["all"].f1 < 0.6


def test_the_notation() -> None:
    case = stress.parse("x\tSatu. | Dua.‖Tiga¶Empat↵lima.")
    assert [case.text[a:b] for a, b in case.sentences] == ["Satu.", "Dua.", "Tiga", "Empat\nlima."]
