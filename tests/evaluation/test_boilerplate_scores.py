from __future__ import annotations

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import SEGMENT_KINDS, Article, Segment
from pipeline.evaluation.boilerplate_scores import (
    count_characters,
    count_lines,
    count_tokens,
    score_boilerplate,
)
from pipeline.evaluation.gold import GoldPage, Span
from pipeline.evaluation.measures import Counts

# Lines: navigation, headline, body after a dateline, related story.
TEXT = "Beranda Berita\nDesa Menang\nMELATI - Desa itu juara.\nBaca juga: Kota Kalah\n"
NAV, TITLE, DATELINE, BODY, RELATED = (0, 14), (15, 26), (27, 35), (36, 51), (52, 73)


def page(title=TITLE):
    drop = (Span(*NAV, "nav"), Span(*DATELINE, "dateline"), Span(*RELATED, "related"))
    return GoldPage("own-1", TEXT, boilerplate=drop, title_span=title)


def article(*segments, text=TEXT):
    return Article("own-1", "own-1", text, tuple(Segment(*limits, kind) for limits, kind in segments))


PERFECT = article(
    (NAV, "nav"), (TITLE, "title"), (DATELINE, "dateline"), (BODY, "body"), (RELATED, "related")
)


def test_the_offsets_of_this_test():
    assert [TEXT[a:b] for a, b in (NAV, TITLE, DATELINE, BODY, RELATED)] == [
        "Beranda Berita", "Desa Menang", "MELATI -", "Desa itu juara.", "Baca juga: Kota Kalah"
    ]  # fmt: skip


def test_perfect():
    scores = score_boilerplate([page()], [PERFECT])
    assert scores is not None
    assert scores.characters.f1 == scores.tokens.f1 == 1.0
    assert {kind: f.f1 for kind, f in scores.lines.items()} == dict.fromkeys(
        ("body", "dateline", "nav", "related", "title"), 1.0
    )
    assert scores.pages_whose_text_differs == 0


def test_characters_by_hand():
    # Kept: 10 letters of the headline, 13 of the body; white space never counts.
    assert count_characters(page(), PERFECT) == Counts(23, 0, 0)
    assert count_characters(page(), article()) == Counts(0, 0, 23)
    everything = article(((0, len(TEXT)), "body"))
    # 13 of navigation, 7 of the dateline, 18 of the related line are too many.
    assert count_characters(page(), everything) == Counts(23, 38, 0)
    assert count_characters(page(), article((TITLE, "caption"), (BODY, "body"))) == Counts(13, 0, 10)


def test_tokens_by_hand():
    assert count_tokens(page(), PERFECT) == Counts(5, 0, 0)
    # Two of navigation, one of the dateline, four of the related line.
    assert count_tokens(page(), article(((0, len(TEXT)), "body"))) == Counts(5, 7, 0)


def test_dropped_text_parts_the_words_beside_it():
    gold = GoldPage("own-1", "juara(iklan)satu", boilerplate=(Span(5, 12, "ad"),))
    kept = article(((0, 5), "body"), ((12, 16), "body"), text=gold.text)
    assert count_tokens(gold, kept) == Counts(2, 0, 0)


def test_lines_by_hand():
    confused = article((NAV, "footer"), (TITLE, "title"), ((27, 51), "body"), (RELATED, "related"))
    counts = count_lines(page(), confused)
    assert (counts["nav"], counts["footer"]) == (Counts(0, 0, 1), Counts(0, 1, 0))
    assert (counts["dateline"], counts["body"]) == (Counts(0, 0, 1), Counts(1, 0, 0))
    assert counts["related"] == counts["title"] == Counts(1, 0, 0)


def test_without_a_marked_headline_title_and_body_are_one_kind():
    counts = count_lines(page(title=None), PERFECT)
    assert (counts["body"], counts["title"]) == (Counts(2, 0, 0), Counts())


def test_another_text_is_reported():
    scores = score_boilerplate([page()], [article(((0, 11), "body"), text="Desa Menang")])
    assert scores is not None
    assert asdict(scores)["pages_whose_text_differs"] == 1


def test_pages_without_gold_boilerplate_are_left_out():
    assert score_boilerplate([GoldPage("own-1", TEXT)], [PERFECT]) is None


@given(
    st.lists(st.tuples(st.integers(1, 30), st.sampled_from(sorted(SEGMENT_KINDS))), max_size=8),
    st.randoms(use_true_random=False),
)
def test_any_segments_give_sound_scores_in_any_order(parts, rng):
    segments, at = [], 0
    for length, kind in parts:
        segments.append(((at, at + length), kind))
        at += length
    for counter in (count_characters, count_tokens):
        c = counter(page(), article(*segments))
        assert 0 <= c.f1 <= 1
        assert c.tp + c.fn == pytest.approx(23 if counter is count_characters else 5)
        assert counter(page(), article(*rng.sample(segments, len(segments)))) == c
