"""Figures of small cases, worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nervaluate import Evaluator

from pipeline.document import ENTITY_LABELS
from pipeline.evaluation.entity_scores import STRATEGIES, count, count_overlaps, score_entities
from pipeline.evaluation.gold import Span
from pipeline.evaluation.measures import Counts, pooled

BY_NAME = {s.name: s for s in STRATEGIES}


def all_counts(predicted, gold, arguable=()):
    return {name: count(strategy, predicted, gold, arguable) for name, strategy in BY_NAME.items()}


def test_perfect_and_empty():
    gold = [Span(0, 5, "PERSON"), Span(8, 20, "AGENCY")]
    assert set(all_counts(gold, gold).values()) == {Counts(2, 0, 0)}
    assert set(all_counts([], gold).values()) == {Counts(0, 0, 2)}
    assert set(all_counts(gold, []).values()) == {Counts(0, 2, 0)}


def test_wrong_label_right_limits():
    found = all_counts([Span(0, 5, "PLACE")], [Span(0, 5, "AGENCY")])
    assert found["strict"] == found["type"] == Counts(0, 1, 1)
    assert found["exact"] == found["partial"] == Counts(1, 0, 0)


def test_right_label_wrong_limits():
    found = all_counts([Span(0, 4, "AGENCY")], [Span(0, 5, "AGENCY")])
    assert found["strict"] == found["exact"] == Counts(0, 1, 1)
    assert found["partial"] == Counts(0.5, 0.5, 0.5)
    assert found["type"] == Counts(1, 0, 0)


def test_touching_spans_do_not_overlap():
    assert all_counts([Span(0, 5, "DATE")], [Span(5, 9, "DATE")])["type"] == Counts(0, 1, 1)


def test_nested_mentions_are_matched_level_by_level():
    gold = [Span(0, 30, "POSITION"), Span(7, 30, "AGENCY"), Span(20, 30, "PLACE")]
    # One of three levels found: nothing else is right, whatever it overlaps.
    found = all_counts([Span(7, 30, "AGENCY")], gold)
    assert found["strict"] == found["exact"] == found["type"] == Counts(1, 0, 2)
    assert set(all_counts(gold[::-1], gold).values()) == {Counts(3, 0, 0)}


def test_one_gold_mention_answers_one_prediction_only():
    gold = [Span(0, 10, "PERSON")]
    halves = [Span(0, 4, "PERSON"), Span(5, 10, "PERSON")]
    found = all_counts(halves, gold)
    assert found["type"] == Counts(1, 1, 0)
    assert found["partial"] == Counts(0.5, 1.5, 0.5)
    assert count_overlaps(halves, gold) == Counts(2, 0, 0), "this measure does not pair"


def test_pairs_are_chosen_for_the_highest_credit():
    # The long prediction overlaps both; taken for the first, it would leave the other without partner.
    gold = [Span(0, 5, "DATE"), Span(6, 12, "DATE")]
    assert count(BY_NAME["type"], [Span(0, 12, "DATE"), Span(0, 5, "DATE")], gold) == Counts(2, 0, 0)


def test_arguable_spans_count_neither_way():
    gold = [Span(0, 5, "PERSON"), Span(10, 20, "PLACE")]
    arguable = {Span(10, 20, "PLACE"), Span(10, 20, "AGENCY")}
    for predicted in ([gold[0]], gold, [gold[0], Span(10, 20, "AGENCY")]):
        assert set(all_counts(predicted, gold, arguable).values()) == {Counts(1, 0, 0)}
    # Other limits: wrong where limits count, neutral where they do not.
    near = all_counts([gold[0], Span(12, 20, "PLACE")], gold, arguable)
    assert near["strict"] == near["exact"] == Counts(1, 1, 0)
    assert near["partial"] == near["type"] == Counts(1, 0, 0)
    # Another label: wrong where labels count.
    other = all_counts([gold[0], Span(10, 20, "WORK")], gold, arguable)
    assert other["strict"] == other["type"] == Counts(1, 1, 0)
    assert other["partial"] == Counts(1, 0, 0)


def test_arguable_spans_answer_overlaps_but_are_not_missed():
    gold, arguable = [Span(0, 5, "PLACE")], [Span(0, 5, "PLACE"), Span(0, 5, "AGENCY")]
    assert count_overlaps([Span(1, 5, "AGENCY")], gold, arguable) == Counts(1, 0, 0)
    assert count_overlaps([], gold, arguable) == Counts()


def test_mentions_in_boilerplate_and_pages_without_gold_are_left_out(make_page):
    text = "Pewarta: Budi Santosa\nKota Melati menang."
    page = make_page(
        text,
        boilerplate=(("Pewarta: Budi Santosa", "byline"),),
        entities=(("Budi Santosa", "PERSON"), ("Kota Melati", "PLACE")),
    )
    other = make_page(text, doc_id="own-2")
    place = Span(22, 33, "PLACE")
    scores = score_entities([page, other], [[place, Span(0, 7, "PERSON")], [Span(0, 3, "WORK")]])
    assert scores is not None
    assert (scores.pages, scores.overall["strict"].f1) == (1, 1.0)
    assert set(scores.by_label) == {"PLACE"}
    assert score_entities([other], [[place]]) is None


def test_figures_by_label_and_as_plain_data(make_page):
    text = "Kota Melati menerima piala dari Budi Santosa."
    page = make_page(text, entities=(("Kota Melati", "PLACE"), ("Budi Santosa", "PERSON")))
    scores = score_entities([page], [[Span(0, 11, "AGENCY"), Span(32, 44, "PERSON")]])
    assert scores is not None
    out = scores.as_dict()
    assert out["strict"] == {"p": 0.5, "r": 0.5, "f1": 0.5, "ci95": (0.5, 0.5)}
    assert out["exact"]["f1"] == 1.0
    assert {label: f["strict"]["f1"] for label, f in out["by_label"].items()} == {
        "PERSON": 1.0, "AGENCY": 0.0, "PLACE": 0.0
    }  # fmt: skip


spans = st.builds(
    lambda start, length, label: Span(start, start + length, label),
    st.integers(0, 30),
    st.integers(1, 12),
    st.sampled_from(ENTITY_LABELS[:3]),
)
mentions = st.lists(spans, max_size=8, unique=True)


@given(mentions, mentions, mentions)
def test_counts_are_sound_and_looser_strategies_never_score_less(predicted, gold, arguable):
    found = all_counts(predicted, gold, arguable)
    for c in (*found.values(), count_overlaps(predicted, gold, arguable)):
        assert min(c.tp, c.fp, c.fn) >= 0
        assert 0 <= c.f1 <= 1
    assert found["strict"].tp <= min(found["exact"].tp, found["type"].tp)
    assert found["exact"].tp <= found["partial"].tp


@given(mentions, mentions, mentions, st.randoms(use_true_random=False))
def test_the_order_of_mentions_never_matters(predicted, gold, arguable, rng):
    def shuffled(items):
        return rng.sample(items, len(items))

    assert all_counts(shuffled(predicted), shuffled(gold), shuffled(arguable)) == all_counts(
        predicted, gold, arguable
    )


@given(mentions, mentions)
def test_perfect_mentions_score_one_whatever_is_arguable(gold, arguable):
    for c in all_counts(gold, gold, arguable).values():
        assert (c.fp, c.fn) == (0, 0)


@st.composite
def flat_pages(draw):
    """Gold mentions that stand apart, and at most one prediction near each."""
    gold, predicted, at = [], [], 0
    for _ in range(draw(st.integers(0, 5))):
        start = at + draw(st.integers(4, 9))
        at = start + draw(st.integers(3, 12))
        kind = draw(st.sampled_from(("both", "gold", "predicted")))
        if kind != "predicted":
            gold.append(Span(start, at, draw(st.sampled_from(ENTITY_LABELS[:3]))))
        if kind != "gold":
            shift = draw(st.integers(-1, 1))
            predicted.append(Span(start + shift, at + 1, draw(st.sampled_from(ENTITY_LABELS[:3]))))
    return predicted, gold


@given(st.lists(flat_pages(), min_size=1, max_size=3))
def test_flat_mentions_score_as_with_nervaluate(case):
    def listed(spans):
        # nervaluate counts the last character in.
        return [{"label": s.label, "start": s.start, "end": s.end - 1} for s in spans]

    evaluator = Evaluator(
        [listed(g) for _, g in case], [listed(p) for p, _ in case], ENTITY_LABELS, loader="dict"
    )
    theirs = evaluator.evaluate()["overall"]
    for name, key in (("strict", "strict"), ("exact", "exact"), ("partial", "partial"), ("type", "ent_type")):
        ours = pooled(count(BY_NAME[name], p, g) for p, g in case)
        assert ours.precision == pytest.approx(theirs[key].precision)
        assert ours.recall == pytest.approx(theirs[key].recall)
        assert ours.f1 == pytest.approx(theirs[key].f1)
