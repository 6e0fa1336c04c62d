"""Figures of small cases, worked out by hand. A plain record has six filled slots."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.award_scores import FAMILIES, compare, score_awards, score_page, similarity
from pipeline.evaluation.measures import Bootstrap


def figures(gold, rows):
    """The figures of one page."""
    return asdict(score_awards([gold], [rows])[0])


def f1s(scores):
    return {name: scores[name]["f1"] for name in FAMILIES}


def test_perfect(make_award, as_row):
    award = make_award(organiser=["Badan Pena", "Dewan Kata"], place="Hotel Melati, Kota Mekarsari")
    scores = figures([award], [as_row(award)])
    assert f1s(scores) == dict.fromkeys(FAMILIES, 1.0)
    assert scores["macro"]["f1"] == scores["strict"]["core_f1"] == 1.0
    assert scores["negatives"] == {"pages": 0, "false_records": 0}
    assert set(scores["per_slot_f1"]) == {
        "recipient", "event", "category", "year", "result", "status", "organiser", "place"
    }  # fmt: skip


def test_nothing_found(make_award):
    page = score_page([make_award()], [])
    assert (page.counts["slots"].fn, page.counts["core"].fn, page.missed) == (6, 1, (0,))
    assert f1s(figures([make_award()], [])) == dict.fromkeys(FAMILIES, 0.0)


def test_a_wrong_slot_is_a_false_and_a_missed_one(make_award, as_row):
    award = make_award()
    scores = figures([award], [as_row(award, category="Fotografi")])
    # 5 of 6 found and 5 of 6 right.
    assert scores["slots"]["p"] == scores["slots"]["r"] == 0.8333
    assert (scores["core"]["f1"], scores["found"]["f1"]) == (0.0, 1.0)
    assert scores["per_slot_f1"]["category"] == 0.0


def test_a_missing_slot_costs_recall_only_and_an_extra_one_precision_only(make_award, as_row):
    award = make_award()
    missing = figures([award], [as_row(award, year="")])
    assert (missing["slots"]["p"], missing["slots"]["r"]) == (1.0, 0.8333)
    extra = figures([award], [as_row(award, giver="Sari Wulandari")])
    assert (extra["slots"]["p"], extra["slots"]["r"]) == (0.8571, 1.0)
    assert extra["core"]["f1"] == 1.0, "the giver is no core slot"


def test_a_soft_slot_is_never_wrong_but_counts_when_right(make_award, as_row):
    award = make_award(soft=["category", "event"])
    wrong = as_row(award, category="Fotografi", event="Lomba Lain Sekali")
    page = score_page([award], [wrong])
    assert (page.counts["slots"].tp, page.counts["slots"].fp, page.counts["slots"].fn) == (4, 0, 0)
    scores = figures([award], [wrong])
    assert f1s(scores) == dict.fromkeys(FAMILIES, 1.0)
    # Strictly, 4 of 6 are right.
    assert scores["strict"] == {"slots_f1": 0.6667, "primary_f1": 0.6667, "core_f1": 0.0}
    assert score_page([award], [as_row(award)]).counts["slots"].tp == 6


def test_soft_slots_of_a_missed_record_are_not_missed(make_award):
    assert score_page([make_award(soft=["year"])], []).counts["slots"].fn == 5


def test_past_records_are_optional(make_award, as_row):
    now, past = make_award(), make_award(year=2021, timeframe="past")
    left_out = figures([now, past], [as_row(now)])
    assert f1s(left_out) == dict.fromkeys(FAMILIES, 1.0)
    found = score_page([now, past], [as_row(now), as_row(past)])
    assert (found.counts["core"].tp, found.invented) == (2, ())
    # Found, but wrong: counts against us.
    wrong = figures([now, past], [as_row(now), as_row(past, result="Juara III", rank="3")])
    assert wrong["core"]["f1"] == 0.5


def test_a_page_with_past_records_alone_is_not_negative(make_award):
    scores = figures([make_award(timeframe="past")], [])
    assert scores["negatives"]["pages"] == 0


def test_records_on_a_page_without_awards_are_false(make_award, as_row):
    page = make_award()
    scores, _ = score_awards([[page], []], [[as_row(page)], [as_row(page), as_row(page, year="")]])
    out = asdict(scores)
    assert out["negatives"] == {"pages": 1, "false_records": 2}
    # 6 slots right; 6 + 5 invented.
    assert out["slots"]["p"] == round(6 / 17, 4)
    assert out["slots"]["r"] == 1.0
    assert out["core"]["p"] == round(1 / 3, 4)
    assert out["macro"]["f1"] == 1.0, "negative pages are no part of the page mean"


def test_swapped_results_keep_the_records_but_lose_the_results(make_award, as_row):
    first = make_award()
    second = make_award(category="Fotografi", result="Juara II", rank=2)
    rows = [as_row(first, result="Juara II", rank="2"), as_row(second, result="Juara I", rank="1")]
    scores = figures([first, second], rows)
    # The category weighs more than the result, so it decides who is who: 5 of 6 slots in both.
    assert scores["slots"]["f1"] == 0.8333
    assert (scores["core"]["f1"], scores["found"]["f1"]) == (0.0, 1.0)
    assert (scores["per_slot_f1"]["category"], scores["per_slot_f1"]["result"]) == (1.0, 0.0)


def test_a_repeated_record_is_invented(make_award, as_row):
    award = make_award()
    scores = figures([award], [as_row(award), as_row(award)])
    assert scores["slots"] == {"p": 0.5, "r": 1.0, "f1": 0.6667, "ci95": (0.6667, 0.6667)}
    assert scores["core"]["p"] == 0.5


def test_without_recipient_or_category_in_common_records_are_not_aligned(make_award, as_row):
    award = make_award()
    row = as_row(award, recipient="Kota Melati", category="Fotografi")
    assert similarity(compare(row, award)) == 0
    page = score_page([award], [row])
    assert (page.pairs, page.invented, page.missed) == ((), (0,), (0,))


def test_primary_leaves_out_missed_and_aligned_co_winners_but_not_inventions(make_award, as_row):
    focal, other = make_award(), make_award(recipient="Kota Melati", scope="secondary")
    assert figures([focal, other], [as_row(focal)])["primary"]["f1"] == 1.0
    both = score_page([focal, other], [as_row(focal), as_row(other)])
    assert (both.counts["slots"].tp, both.counts["primary"].tp) == (12, 6)
    invented = score_page([focal], [as_row(focal), as_row(other)])
    assert invented.counts["primary"].fp == 6


def test_either_name_of_the_recipient_will_do(make_award, as_row):
    award = make_award(recipient="Diskominfo Mekarsari")
    good = as_row(award, recipient="Diskominfo Mekarsari", recipient_name="Pemerintah Kabupaten Mekarsari")
    assert "recipient" in compare(good, award).right
    assert (
        "recipient"
        in compare(as_row(award, recipient="x", recipient_name="Diskominfo Mekarsari"), award).right
    )
    assert "recipient" in compare(as_row(award, recipient="", recipient_name="y"), award).wrong


def test_detection_needs_the_event_only_where_there_is_a_firm_one(make_award, as_row):
    nameless = make_award(event=None)
    page = score_page([nameless], [as_row(nameless, event="Lomba Lain Sekali")])
    assert (page.counts["found"].tp, page.counts["core"].tp) == (1, 0)
    named = make_award()
    assert score_page([named], [as_row(named, event="Lomba Lain Sekali")]).counts["found"].tp == 0


def test_macro_weighs_pages_alike(make_award, as_row):
    one = make_award()
    many = [make_award(category=f"Bidang nomor {i}") for i in range(9)]
    scores, _ = score_awards([[one], many], [[as_row(one)], []])
    assert scores.macro.f1 == 0.5
    assert scores.slots.r == 0.1


def test_no_pages_is_an_error():
    with pytest.raises(ValueError, match="no pages"):
        score_awards([], [])


def test_gold_and_predictions_must_be_the_same_pages(make_award):
    with pytest.raises(ValueError, match="argument"):
        score_awards([[make_award()]], [])


RECIPIENTS = ("Kota Melati", "Kabupaten Mekarsari", "Provinsi Nusa Raya", "Desa Sukawana", "RSUD Kenanga")
CATEGORIES = ("Siaran Pers", "Fotografi", "Video Pendek", "Media Sosial", None)
RESULTS = ("Juara I", "Terbaik II", "Harapan III", "Nindya", "nominasi", None)


@st.composite
def records(draw):
    return {
        "recipient": draw(st.sampled_from(RECIPIENTS)),
        "event": draw(st.sampled_from(("Anugerah Pena", "Lomba Kamera", None))),
        "year": draw(st.sampled_from((2023, 2024, None))),
        "category": draw(st.sampled_from(CATEGORIES)),
        "result": draw(st.sampled_from(RESULTS)),
        "status": draw(st.sampled_from(("won", "nominated"))),
        "timeframe": draw(st.sampled_from(("current", "past"))),
        "scope": draw(st.sampled_from(("primary", "secondary"))),
        "soft": draw(st.lists(st.sampled_from(("event", "category", "year")), unique=True)),
        "giver": draw(st.sampled_from(("Sari Wulandari", "Budi Santosa", None))),
    }


pages = st.lists(
    st.tuples(st.lists(records(), max_size=4), st.lists(records(), max_size=4)), min_size=1, max_size=3
)


def quick(gold, rows):
    """Figures with few resamples, as the intervals matter little here."""
    return asdict(score_awards(gold, rows, Bootstrap(len(gold), rounds=20))[0])


def numbers(value):
    if isinstance(value, dict):
        return [n for v in value.values() for n in numbers(v)]
    if isinstance(value, list | tuple):
        return [n for v in value for n in numbers(v)]
    return [value]


@given(pages)
def test_all_scores_lie_between_0_and_1(case):
    out = quick([g for g, _ in case], [p for _, p in case])
    assert all(0 <= n <= 1 for name in out.keys() - {"pages", "negatives"} for n in numbers(out[name]))


@given(
    st.lists(st.lists(records(), max_size=5, unique_by=str), min_size=1, max_size=3),
    st.randoms(use_true_random=False),
)
def test_a_perfect_prediction_in_any_order_scores_one(gold, rng):
    rows = [rng.sample(records, len(records)) for records in gold]
    out = quick(gold, rows)
    expected = 1.0 if any(gold) else 0.0
    assert f1s(out).keys() == set(FAMILIES)
    assert out["slots"]["f1"] == out["core"]["f1"] == out["found"]["f1"] == expected


@given(pages, st.randoms(use_true_random=False))
def test_the_order_of_pages_never_matters(case, rng):
    shuffled = rng.sample(case, len(case))
    one, two = (quick([g for g, _ in c], [p for _, p in c]) for c in (case, shuffled))
    for name in FAMILIES:
        assert [one[name][k] for k in ("p", "r", "f1")] == [two[name][k] for k in ("p", "r", "f1")]
    assert one["macro"]["f1"] == pytest.approx(two["macro"]["f1"], abs=1e-4)
    assert (one["negatives"], one["per_slot_f1"]) == (two["negatives"], two["per_slot_f1"])


@given(pages, st.randoms(use_true_random=False))
def test_the_order_of_records_never_changes_how_well_they_are_aligned(case, rng):
    def total(gold, rows):
        return sum(similarity(c) for _, _, c in score_page(gold, rows).pairs)

    for gold, rows in case:
        assert total(rng.sample(gold, len(gold)), rng.sample(rows, len(rows))) == total(gold, rows)


@given(st.lists(records(), max_size=5, unique_by=lambda r: r["recipient"]), st.data())
def test_where_the_best_alignment_is_the_only_one_order_changes_nothing_at_all(gold, data):
    # Recipients differ and so do the categories of different recipients: no record fits two others.
    own = {r["recipient"]: f"Bidang {i}" for i, r in enumerate(gold)}
    gold = [{**r, "category": f"{own[r['recipient']]} {r['recipient']}"} for r in gold]
    rows = [{**r, "year": data.draw(st.sampled_from((2023, 2024, None)))} for r in gold]
    rows = rows[: data.draw(st.integers(0, len(rows)))]
    rng = data.draw(st.randoms(use_true_random=False))
    one = score_page(gold, rows)
    two = score_page(rng.sample(gold, len(gold)), rng.sample(rows, len(rows)))
    assert {k: v for k, v in one.counts.items() if v} == {k: v for k, v in two.counts.items() if v}
