from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Mention
from pipeline.entities.decision import (
    LABELS,
    NameCandidate,
    NameWeights,
    candidates,
    chosen,
    decide,
    features,
    is_group,
    likelihood,
    neighbours,
)
from pipeline.entities.tagger import Guess
from pipeline.lexicon.typed_rows import rows

TEXT = "Sanggar Mekar Wulung meraih Juara II kategori SMP pada Festival Lakon Wengi."


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def mention(words: str, label: str, kind: str = "", rule: str = "") -> Mention:
    return Mention(*span(words), label, rule, kind=kind)


def guessed(words: str, label: str, likely: float) -> Guess:
    return Guess(*span(words), label, likely)


def told(mentions: list[Mention]) -> set[tuple[str, str]]:
    return {(m.label, TEXT[m.start : m.end]) for m in mentions}


def test_every_label_has_weights() -> None:
    assert {row.label for row in rows(NameWeights)} == set(LABELS)


def test_a_name_that_only_the_tagger_sees_is_taken_if_it_is_sure() -> None:
    sure = guessed("Sanggar Mekar Wulung", "ORGANISATION", 0.99)
    assert told(decide(TEXT, [], [sure])) == {("ORGANISATION", "Sanggar Mekar Wulung")}
    assert decide(TEXT, [], [guessed("Sanggar Mekar Wulung", "ORGANISATION", 0.1)]) == []


def test_the_longer_of_two_limits_wins_where_the_tagger_holds_it_likely_and_keeps_the_kind() -> None:
    short = mention("Festival Lakon", "EVENT", kind="contest", rule="EH01")
    found = decide(TEXT, [short], [guessed("Festival Lakon Wengi", "EVENT", 0.99)])
    assert [(TEXT[m.start : m.end], m.kind, m.rule) for m in found] == [
        ("Festival Lakon Wengi", "contest", "tagger")
    ]


def test_a_class_of_participants_is_no_name_and_stays_as_the_grammar_has_it() -> None:
    group = mention("SMP", "CATEGORY", kind="group")
    assert is_group(TEXT, group)
    assert decide(TEXT, [group], []) == [group]


def test_names_nest_but_do_not_cross() -> None:
    outer, inner, across = (
        NameCandidate(0, 20, "AGENCY", 0.9, None),
        NameCandidate(10, 20, "PLACE", 0.8, None),
        NameCandidate(15, 30, "EVENT", 0.7, None),
    )
    assert chosen([(0.9, outer), (0.8, inner), (0.7, across)], dict.fromkeys(LABELS, 0.5)) == [outer, inner]


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 15), st.sampled_from(LABELS), st.floats(0.1, 1)),
        max_size=25,
    )
)
def test_what_is_taken_can_stand_together(drawn: list[tuple[int, int, str, float]]) -> None:
    found = [NameCandidate(a, a + n, label, p, None) for a, n, label, p in drawn]
    taken = chosen([(c.likely, c) for c in found], dict.fromkeys(LABELS, 0.3))
    for i, c in enumerate(taken):
        for other in taken[i + 1 :]:
            assert not c.crosses(other)
            assert (c.start, c.end) != (other.start, other.end) or c.label != other.label


def test_neighbours_are_what_overlaps() -> None:
    found = candidates(
        TEXT, [mention("Juara II", "RESULT")], [guessed("II", "RESULT", 0.3), guessed("SMP", "CATEGORY", 0.4)]
    )
    near = dict(zip(found, neighbours(found), strict=True))
    assert [len(of) for of in near.values()] == [1, 1, 0]


def test_likelihood_is_between_0_and_1_and_grows_with_the_taggers() -> None:
    low, high = (NameCandidate(*span("Festival Lakon Wengi"), "EVENT", p, None) for p in (0.1, 0.95))
    a, b = (likelihood("EVENT", features(TEXT, c, [])) for c in (low, high))
    assert 0 < a < b < 1


def test_rules_that_were_added_later_are_believed() -> None:
    assert told(decide(TEXT, [mention("Lakon Wengi", "EVENT", rule="my-own-row")], [])) == {
        ("EVENT", "Lakon Wengi")
    }
