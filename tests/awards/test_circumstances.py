"""Who gave and received, when and where, and which fact fits which record."""

from __future__ import annotations

import pytest

from pipeline.awards.circumstances import (
    Circumstance,
    CircumstanceIndex,
    Circumstances,
    Participant,
    read_circumstances,
)
from pipeline.awards.render_article import render_sentences
from tests.awards.story import article, sentence


def _scene(marked: str, wins: frozenset[int] = frozenset({0})) -> tuple[str, Circumstances]:
    text, rendered = sentence(marked)
    return text, read_circumstances(text, [rendered], [], wins)


def _named(text: str, people: list[Participant]) -> list[tuple[str, str]]:
    def words(found: Circumstance | None) -> str:
        return text[found.start : found.end] if found else ""

    return [(words(p.name), words(p.position)) for p in people]


@pytest.mark.parametrize(
    ("marked", "givers", "receivers"),
    [
        ("Penghargaan diserahkan [POSITION Menteri] [PERSON Sari] kepada [POSITION Bupati] [PERSON Tono].",
         [("Sari", "Menteri")], [("Tono", "Bupati")]),
        ("Penghargaan diterima [POSITION Bupati] [PERSON Tono].", [], [("Tono", "Bupati")]),
        ("Penghargaan akan diterima [POSITION Bupati] [PERSON Tono].", [], []),
        ("[POSITION Bupati] [PERSON Tono] membuka rapat.", [], []),
    ],
)  # fmt: skip
def test_people(marked: str, givers: list[tuple[str, str]], receivers: list[tuple[str, str]]) -> None:
    text, scene = _scene(marked)
    assert _named(text, scene.givers) == givers
    assert _named(text, scene.receivers) == receivers


def test_who_stands_in_for_another_is_the_receiver() -> None:
    text, scene = _scene(
        "Penghargaan diterima [POSITION Bupati] [PERSON Tono] yang diwakili [POSITION Sekda] [PERSON Sari]."
    )
    assert _named(text, scene.receivers)[0] == ("Sari", "Sekda")


def test_the_fullest_office_of_a_person_is_kept() -> None:
    made, sentences, mentions = article(
        "[POSITION Bupati] [PERSON=Tono Tono] hadir.", "[POSITION Bupati Agam] [PERSON=Tono Tono] hadir."
    )
    scene = read_circumstances(made.text, render_sentences(made, sentences, mentions), [], frozenset())
    office = scene.offices["Tono"]
    assert made.text[office.start : office.end] == "Bupati Agam"


def _fact(sentence: int, weight: float, start: int = 0, rule: str = "D01") -> Circumstance:
    return Circumstance(start, start + 1, sentence, rule, weight)


def test_the_nearest_fact_wins_unless_another_weighs_more() -> None:
    near, far, sure = _fact(4, 1.0, 40), _fact(9, 1.0, 90), _fact(9, 3.0, 91)
    assert CircumstanceIndex([far, near]).nearest([5], None) == near
    assert CircumstanceIndex([far, near, sure]).nearest([5], None) == sure
    assert CircumstanceIndex([far, near]).nearest([5], frozenset({9})) == far
    assert CircumstanceIndex([far, near]).nearest([5], None, lambda f: f.start > 50) == far
    assert CircumstanceIndex([]).nearest([5], None) is None


def test_of_equal_facts_the_first_counts() -> None:
    assert CircumstanceIndex([_fact(4, 1.0, 45), _fact(4, 1.0, 40)]).nearest([4], None) == _fact(4, 1.0, 40)


def test_facts_beside_one_come_from_its_sentence_and_rule() -> None:
    facts = CircumstanceIndex(
        [_fact(4, 1.0, 40), _fact(4, 1.0, 45), _fact(4, 1.0, 47, "D02"), _fact(5, 1.0, 50)]
    )
    assert [f.start for f in facts.beside(_fact(4, 1.0, 40))] == [40, 45]
