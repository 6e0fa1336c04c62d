from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.assets import hues
from pipeline.report.highlight import slot_marks
from pipeline.report.payload import Payload, build_payload, to_json
from pipeline.report.run_data import RunData, read_run
from tests.report.runs import award, large_run, small_run, write_run

PLENTY = 10**9


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def slice16(text: str, start: int, length: int) -> str:
    return utf16(text)[2 * start : 2 * (start + length)].decode("utf-16-le")


def stretches(made: dict[str, Any], row: int) -> dict[str, str]:
    """Return what the page's script would mark for a row, by slot; the evidence under an empty name."""
    page = made["pages"][made["page"][row]]
    parts = [(page["p"][i], made["texts"][page["p"][i + 1]]) for i in range(0, len(page["p"]), 2)]

    def text(start: int, length: int) -> str:
        for first, part in parts:
            if start - first >= 0 and start - first + length <= len(utf16(part)) // 2:
                return slice16(part, start - first, length)
        raise AssertionError("a mark lies outside the texts")

    marks = made["marks"][row]
    names = list(made["slots"])
    found = {names[marks[i]]: text(marks[i + 1], marks[i + 2]) for i in range(2, len(marks), 3)}
    return {"": text(marks[0], marks[1]), **found} if marks else {}


def expected(data: RunData, row: int) -> dict[str, str]:
    text = data.pages[data.awards[row]["doc_id"]].text
    slots = {m.name: text[m.start : m.end] for m in slot_marks(data.slots[row])}
    return {"": data.awards[row]["evidence"], **slots}


def decoded(made: dict[str, Any], column: str) -> list[Any]:
    found = made["columns"][column]
    return found["v"] if "v" in found else [found["d"][i] for i in found["i"]]


@pytest.mark.parametrize("budget", [PLENTY, 9_000, 0])
def test_marks_hold_for_whole_texts_and_for_windows(tmp_path: Path, budget: int) -> None:
    data = read_run(small_run(tmp_path))
    made = json.loads(build_payload(data, budget, {}).json)
    for row in range(len(data.awards)):
        assert stretches(made, row) == expected(data, row)


def test_offsets_count_utf16_units(tmp_path: Path) -> None:
    text = "🏆🏆 Kota A juara 1 🏆 Lomba B 2024. " + "jauh 🎉 " * 90 + "Panitia C 🏆 akhir"
    row = award("a", text, 1, recipient="Kota A", result="juara 1", event="Lomba B", year=2024,
                organiser="Panitia C", evidence="Kota A juara 1 🏆 Lomba B 2024.")  # fmt: skip
    data = read_run(write_run(tmp_path, [row], {"a": text}))
    for budget in (PLENTY, 0):
        made = json.loads(build_payload(data, budget, {}).json)
        assert stretches(made, 0) == expected(data, 0)
    assert len(made["pages"][0]["p"]) == 4  # the evidence, and the organiser far below


def test_texts_shrink_until_they_fit(tmp_path: Path) -> None:
    data = read_run(large_run(tmp_path, 40))
    whole = build_payload(data, PLENTY, {})
    assert whole.context is None
    sizes = [build_payload(data, budget, {}) for budget in (whole.size - 1, whole.size // 2, whole.size // 3)]
    contexts = [payload.context for payload in sizes]
    assert contexts == sorted(contexts, key=lambda c: -(c or 0))
    assert all(isinstance(context, int) for context in contexts)
    assert all(
        p.size <= b for p, b in zip(sizes, (whole.size - 1, whole.size // 2, whole.size // 3), strict=True)
    )
    least = build_payload(data, 0, {})
    assert least.context == 0
    assert least.size < sizes[-1].size


def test_every_column_comes_back(tmp_path: Path) -> None:
    data = read_run(large_run(tmp_path, 30))
    made = json.loads(build_payload(data, PLENTY, {}).json)
    for column in made["columns"]:
        values = decoded(made, column)
        if column == "evidence":  # the text holds it
            assert values == [None] * 30
        else:
            assert values == [row[column] for row in data.awards]
    assert "i" in made["columns"]["event"] or "i" in made["columns"]["result"]


def test_a_text_of_two_pages_is_held_once(tmp_path: Path) -> None:
    text = "Kota A juara 1. " + "Isi berita yang sama. " * 50
    rows = [award(d, text, n, recipient="Kota A", evidence="Kota A juara 1.") for n, d in enumerate("ab")]
    data = read_run(write_run(tmp_path, rows, {"a": text, "b": text}))
    made = json.loads(build_payload(data, PLENTY, {}).json)
    assert made["texts"] == [text]
    assert len(made["pages"]) == 2


def test_without_texts_there_is_the_evidence(tmp_path: Path) -> None:
    data = read_run(small_run(tmp_path, articles=False, entities=None))
    payload = build_payload(data, 0, {})
    assert payload.context == -1
    made = json.loads(payload.json)
    assert made["context"] == -1
    assert stretches(made, 0)[""] == data.awards[0]["evidence"]
    assert stretches(made, 0)["event"] == "Anugerah Media Humas"
    assert "e" not in made["pages"][0]


def test_evidence_that_overlaps_is_joined_and_what_contradicts_is_said_apart(tmp_path: Path) -> None:
    text = "Kota A juara 1 Lomba B tahun 2024 di Bandung."
    rows = [
        award("a", text, 1, recipient="Kota A", evidence=text[:22]),
        award("a", text, 2, recipient="Kota A", evidence=text[7:40]),
        award("a", text, 3, recipient="Kota A", evidence=text[15:20]),
    ]
    rows[2]["evidence"] = "LOMBA"  # edited by hand
    data = read_run(write_run(tmp_path, rows, {"a": text}, articles=False))
    made = json.loads(build_payload(data, 0, {}).json)
    assert made["texts"] == [text[:40]]
    assert [stretches(made, row).get("") for row in range(3)] == [text[:22], text[7:40], None]
    assert decoded(made, "evidence") == [None, None, "LOMBA"]


@pytest.mark.parametrize(("start", "end"), [(None, None), (3, 9), (900, 950), (20, 5)])
def test_a_table_that_was_edited_by_hand_marks_nothing_wrong(
    tmp_path: Path, start: int | None, end: int | None
) -> None:
    text = "Kota A juara 1 Lomba B tahun 2024 di Bandung."
    row = award("a", text, 1, recipient="Kota A", evidence="Kota A juara 1") | {"start": start, "end": end}
    for articles in (True, False):
        data = read_run(write_run(tmp_path, [row], {"a": text}, articles=articles))
        for budget in (PLENTY, 0):
            made = json.loads(build_payload(data, budget, {}).json)
            if articles:
                assert made["marks"] == [[]]
                assert decoded(made, "evidence") == ["Kota A juara 1"]


@given(st.text())
def test_json_never_ends_its_element_and_comes_back(text: str) -> None:
    made = to_json({"x": text})
    assert not set("<>&\u2028\u2029") & set(made)
    assert json.loads(made)["x"] == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def test_entities_and_boilerplate_lie_in_the_texts(tmp_path: Path) -> None:
    data = read_run(small_run(tmp_path))
    made = json.loads(build_payload(data, PLENTY, {}).json)
    page = made["pages"][0]
    text = made["texts"][page["p"][1]]
    entities = [
        (list(hues("entity"))[page["e"][i]], slice16(text, *page["e"][i + 1 : i + 3])) for i in (0, 3)
    ]
    assert ("POSITION", "Wali Kota Malang") in entities
    grey = [(page["k"][page["g"][i]], slice16(text, *page["g"][i + 1 : i + 3])) for i in (0, 3)]
    assert grey == [("nav", "BERANDA | LOGIN"), ("related", "Baca juga: cuaca hari ini")]
    assert isinstance(build_payload(data, PLENTY, {}), Payload)
