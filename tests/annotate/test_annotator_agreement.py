"""F1 and kappa between annotators."""

from __future__ import annotations

import pytest
from hypothesis import given

from pipeline.annotate.annotator_agreement import agreement, format_agreement, kappa, outer_labels
from pipeline.errors import UsageError
from pipeline.evaluation.gold import Span
from tests.annotate.pages import Record, at, entity, page, pages


def test_an_annotator_agrees_with_herself() -> None:
    result = agreement([page()], [page()])
    assert {name: figure.f1 for name, figure in result.entities.items()} == {"strict": 1.0, "partial": 1.0}
    assert {name: figure.f1 for name, figure in result.awards.items()} == {
        "slots": 1.0,
        "core": 1.0,
        "found": 1.0,
    }
    assert result.kappa == {"entities": 1.0, "marked": 1.0, "boilerplate": 1.0}
    assert set(result.by_slot.values()) == {1.0}
    assert "kappa, all tokens      1.000" in format_agreement(result)


@given(pages(), pages())
def test_the_order_of_the_annotators_does_not_matter(first: Record, second: Record) -> None:
    second = {**second, "text": first["text"], "doc_id": first["doc_id"], "entities": None, "boilerplate": []}
    one, other = agreement([first], [second]), agreement([second], [first])
    assert {n: f.f1 for n, f in one.awards.items()} == {n: f.f1 for n, f in other.awards.items()}
    assert one.kappa == other.kappa


def test_differences_cost_what_they_should() -> None:
    other = page()
    other["entities"][1] = entity("AGENCY", "Pemerintah Kota")  # half a match under partial
    other["entities"][7] = entity("PLACE", "Gedung Serbaguna")  # another label
    result = agreement([page()], [other])
    assert result.entity_pages == 1
    assert result.entities["strict"].f1 == pytest.approx(9 / 11, abs=1e-4)
    assert result.entities["partial"].f1 == pytest.approx((9 + 0.5 + 1) / 11, abs=1e-4)
    assert result.by_label["FACILITY"] == {"strict": 0.0, "partial": 0.0}
    assert result.kappa_by_label["PERSON"] == 1.0
    assert result.kappa_by_label["FACILITY"] == 0.0
    marked, everything = result.kappa["marked"], result.kappa["entities"]
    assert marked is not None
    assert everything is not None
    assert 0 < marked < everything < 1


def test_softness_and_history_excuse_nothing() -> None:
    other = page()
    other["awards"][0] |= {"category": "Situs", "soft": ["category"]}
    one = page()
    one["awards"][0]["soft"] = ["category"]
    assert agreement([one], [other]).awards["core"].f1 == 0.5
    past = page()
    past["awards"][1]["timeframe"] = "past"
    alone = page(awards=past["awards"][:1])
    assert agreement([past], [alone]).awards["found"].f1 == pytest.approx(2 / 3, abs=1e-4)
    assert agreement([alone], [past]).awards["found"].f1 == pytest.approx(2 / 3, abs=1e-4)


def test_wordings_that_either_accepts_are_no_difference() -> None:
    other = page()
    other["awards"][0]["event"] = "AU"
    assert agreement([page()], [other]).by_slot["event"] < 1  # accepted one way, not the other
    both = page()
    both["awards"][0] |= {"event": "AU", "accept": {"event": ["Anugerah Uji"]}}
    assert agreement([page()], [both]).by_slot["event"] == 1.0


def test_only_common_pages_count_and_the_others_are_named() -> None:
    result = agreement([page(), page(doc_id="a")], [page(doc_id="b"), page()])
    assert (result.pages, result.only_a, result.only_b) == (1, ("a",), ("b",))
    shown = format_agreement(result)
    assert "only in the first: a" in shown
    assert "only in the second: b" in shown


def test_pages_without_entities_leave_their_figures_out() -> None:
    result = agreement([page(entities=None)], [page()])
    assert (result.entity_pages, result.entities, result.kappa["entities"]) == (0, {}, None)
    assert "Entities, 0 pages" in format_agreement(result)


def test_what_cannot_be_compared() -> None:
    with pytest.raises(UsageError, match="no page in common"):
        agreement([page()], [page(doc_id="b")])
    with pytest.raises(UsageError, match="another text"):
        agreement([page()], [page(text="Lain")])


def test_labels_of_tokens_are_those_of_the_outermost_mention() -> None:
    text = "Kepala Dinas Kota Contoh hadir"
    spans = [Span(18, 24, "PLACE"), Span(7, 24, "AGENCY"), Span(0, 24, "POSITION")]
    assert outer_labels(text, spans) == ["POSITION"] * 4 + ["O"]
    assert outer_labels(text, [*spans[:2]]) == ["O", "AGENCY", "AGENCY", "AGENCY", "O"]
    assert at("Kota Contoh")["start"] == 0


def test_kappa_by_hand() -> None:
    # 10 tokens, agreement 0.7; chance 0.5 * 0.4 + 0.5 * 0.6 = 0.5
    a = ["x"] * 5 + ["O"] * 5
    b = ["x"] * 3 + ["O"] * 2 + ["x"] + ["O"] * 4
    assert kappa(a, b) == pytest.approx((0.7 - 0.5) / (1 - 0.5))
    assert kappa(["O", "O"], ["O", "O"]) is None
    assert kappa([], []) is None
