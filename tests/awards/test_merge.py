"""Which tellings are one award, and what the merged one knows."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from pipeline.awards.coreference import Coreference
from pipeline.awards.merge import MOST_TELLINGS, merge, merge_all, mergeable
from pipeline.awards.structures import Candidate, Prize
from pipeline.document import Mention

TEXT = (
    "Juara 1|Juara 2|Website|Majalah|Situs Website|nominasi|6 besar|predikat Baik|Baik|Kota Kecil|Kota Besar|"
)
NAMES = Coreference(TEXT, ())


def _mention(surface: str, label: str) -> Mention:
    start = TEXT.index(surface + "|")
    return Mention(start, start + len(surface), label, "test")


def _draft(result: str = "", category: str = "", group: str = "", **known: object) -> Candidate:
    prize = Prize(
        _mention(result, "RESULT") if result else None,
        _mention(category, "CATEGORY") if category else None,
        _mention(group, "CATEGORY") if group else None,
    )
    candidate = Candidate(None, "R:1", prize, None, "", 0, ((0, 5),), ("W01",), sentences=(0,))
    return replace(candidate, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (_draft("Juara 1"), _draft(category="Website"), True),
        (_draft("Juara 1"), _draft("Juara 2"), False),
        (_draft("Juara 1"), _draft("nominasi"), False),
        (_draft("nominasi"), _draft("6 besar"), True),
        (_draft("predikat Baik"), _draft("Baik"), True),
        (_draft(category="Website"), _draft(category="Majalah"), False),
        (_draft(category="Website"), _draft(category="Situs Website", sentences=(3,)), True),
        (_draft(category="Website"), _draft(category="Situs Website"), False),
        (_draft(group="Kota Kecil"), _draft(group="Kota Besar"), False),
        (_draft("Juara 1"), _draft("Juara 1", key="R:2"), False),
        (_draft("Juara 1"), _draft("Juara 1", past=True), False),
        (_draft("Juara 1", event_key="lomba arsip"), _draft("Juara 1", event_key="lomba arsip daerah"), True),
        (_draft("Juara 1", event_key="lomba arsip"), _draft("Juara 1", event_key="anugerah humas"), False),
        (_draft("Juara 1", year=(2022, 0, 4)), _draft("Juara 1", year=(2022, 9, 13)), True),
        (_draft("Juara 1", year=(2022, 0, 4)), _draft("Juara 1", year=(2023, 0, 4)), False),
    ],
)
def test_mergeable(a: Candidate, b: Candidate, same: bool) -> None:
    assert mergeable(a, b, TEXT) is same
    assert mergeable(b, a, TEXT) is same


def test_the_merged_draft_knows_what_both_tell() -> None:
    a = _draft("Juara 1", category="Website", rules=("W01",), sentence=4, sentences=(4,))
    b = _draft(
        category="Situs Website",
        rules=("W01", "W03"),
        sentence=2,
        sentences=(2,),
        year=(2022, 0, 4),
        title=True,
    )
    both = merge(a, b)
    assert both.prize.result == a.prize.result
    assert both.prize.category == b.prize.category
    assert (both.rules, both.sentence, both.sentences) == (("W01", "W03"), 2, (4, 2))
    assert (both.year, both.title, both.tellings) == ((2022, 0, 4), False, 2)


def test_the_body_s_result_counts_more_than_the_headline_s() -> None:
    title, body = _draft("predikat Baik", title=True), _draft("Baik")
    assert merge(title, body).prize.result == body.prize.result
    assert merge(body, title).prize.result == body.prize.result


def test_a_page_that_repeats_itself_keeps_so_many_places() -> None:
    (one,) = merge_all([_draft("Juara 1", sentence=n, sentences=(n,)) for n in range(50)], NAMES)
    assert len(one.spans) == len(one.sentences) == MOST_TELLINGS
    assert one.tellings == 50


def test_a_bare_telling_joins_the_win_before_the_nomination_in_any_order() -> None:
    candidates = [
        _draft("Juara 1", category="Website", sentence=1, sentences=(1,)),
        _draft("nominasi", category="Majalah", sentence=2, sentences=(2,)),
        _draft(sentence=3, sentences=(3,)),
    ]
    for order in permutations(candidates):
        merged = merge_all(order, NAMES)
        assert sorted(d.sentences for d in merged) == [(1, 3), (2,)]
