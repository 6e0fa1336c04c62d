"""How the model's names and the grammar's come together; the guesses here are made by hand."""

from __future__ import annotations

from itertools import product

import pytest

from pipeline.document import ENTITY_LABELS, Mention
from pipeline.entities import hybrid
from pipeline.entities.name_finder import find_names
from pipeline.entities.tagger import Guess
from pipeline.lexicon import load_table
from tests.entities import markup


@pytest.fixture(autouse=True)
def even_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = dict.fromkeys(product(("new", "longer", "tail"), ENTITY_LABELS), 0.8)
    monkeypatch.setattr(hybrid, "policy", lambda: policy)


def guesses(text: str, *names: tuple[str, str], likely: float = 0.9) -> list[list[Guess]]:
    """Return guesses of the surfaces, in the one sentence of ``text``."""
    found = []
    for label, surface in names:
        start = text.index(surface)
        found.append(Guess(start, start + len(surface), label, likely))
    return [found]


def people(text: str, *names: tuple[str, str], likely: float = 0.9) -> list[str]:
    page, sentences = markup.article(text)
    mentions = find_names(page, sentences, guesses(text, *names, likely=likely))
    return [text[m.start : m.end] for m in mentions if m.label == "PERSON"]


def test_a_name_without_any_cue_is_the_models() -> None:
    text = "Piala itu kini milik Xqwen Zvorta sejak kemarin."
    assert people(text) == []
    assert people(text, ("PERSON", "Xqwen Zvorta")) == ["Xqwen Zvorta"]
    assert people(text, ("PERSON", "Xqwen Zvorta"), likely=0.7) == []


def test_later_mentions_of_a_name_of_the_model_are_found() -> None:
    text = "Piala itu kini milik Xqwen Zvorta sejak kemarin. Semua senang pada Zvorta itu."
    assert people(text, ("PERSON", "Xqwen Zvorta")) == ["Xqwen Zvorta", "Zvorta"]


def test_titles_stay_outside_and_degrees_inside() -> None:
    text = "Piala itu kini milik Hj. Xqwen Zvorta, S.Pd., M.Si. sejak kemarin."
    assert people(text, ("PERSON", "Hj. Xqwen Zvorta")) == ["Xqwen Zvorta, S.Pd., M.Si."]
    text = "Piala itu kini milik Dr. Xqwen Zvorta sejak kemarin."
    assert people(text, ("PERSON", "Xqwen Zvorta")) == ["Dr. Xqwen Zvorta"]


def test_what_the_grammar_reads_as_something_else_is_no_person() -> None:
    text = "Ia tinggal di Kota Malang sejak kemarin."
    assert people(text, ("PERSON", "Kota Malang")) == []


def test_a_longer_name_replaces_a_part_of_it() -> None:
    text = "Lalu Budi Santosa Negara Siregar pulang."
    assert people(text) == ["Budi Santosa"]
    assert people(text, ("PERSON", "Budi Santosa Negara Siregar")) == ["Budi Santosa Negara Siregar"]
    assert people(text, ("PERSON", "Budi Santosa Negara Siregar"), likely=0.5) == ["Budi Santosa"]


def test_a_name_loses_the_country_or_body_before_it() -> None:
    text = "Menteri Luar Negeri AS Xqwen Zvorta hadir."
    assert people(text) == ["AS Xqwen Zvorta"]
    office = ("POSITION", "Menteri Luar Negeri AS")
    assert people(text, office, ("PERSON", "Xqwen Zvorta")) == ["Xqwen Zvorta"]
    assert people(text, ("PERSON", "Xqwen Zvorta")) == ["AS Xqwen Zvorta"], "its beginning may be a name too"


def test_a_name_at_the_end_of_a_body_is_a_person() -> None:
    text = "Di sana hadir Ketua DPP Partai Demokrat Xqwen Zvorta kemarin."
    page, sentences = markup.article(text)
    names = (("POSITION", "Ketua DPP Partai Demokrat"), ("PERSON", "Xqwen Zvorta"))
    found = find_names(page, sentences, guesses(text, *names))
    surfaces = {(m.label, text[m.start : m.end]) for m in found}
    assert ("PERSON", "Xqwen Zvorta") in surfaces
    assert ("POSITION", "Ketua DPP Partai Demokrat") in surfaces
    assert all("Xqwen" not in s for label, s in surfaces if label != "PERSON")


def test_a_body_named_after_a_person_keeps_its_name() -> None:
    text = "Ia lulusan Universitas Budi Santosa tahun lalu."
    page, sentences = markup.article(text)
    before = find_names(page, sentences)
    assert find_names(page, sentences, guesses(text, ("PERSON", "Budi Santosa"))) == before


def complete(text: str, mentions: set[Mention], *names: tuple[str, str], likely: float = 0.9) -> set[Mention]:
    return hybrid.completed(text, mentions, guesses(text, *names, likely=likely))


def test_bodies_are_added_where_nothing_was_read() -> None:
    text = "Kerja sama dengan Qwerta Nusa dimulai."
    made = Mention(18, 29, "ORGANISATION", hybrid.RULE)
    assert complete(text, set(), ("ORGANISATION", "Qwerta Nusa")) == {made}
    assert complete(text, set(), ("ORGANISATION", "Qwerta Nusa"), likely=0.5) == set()
    event = Mention(18, 29, "EVENT", "event")
    assert complete(text, {event}, ("ORGANISATION", "Qwerta Nusa")) == {event}


def test_plain_and_generic_words_are_no_names() -> None:
    assert complete("Dengan badan usaha itu.", set(), ("AGENCY", "badan usaha")) == set()
    assert complete("Itu Adalah dia.", set(), ("ORGANISATION", "Adalah")) == set()


def test_a_longer_office_takes_the_place_of_a_shorter_one_and_holds_bodies() -> None:
    text = "Direktur Utama Qwerta Malang hadir."
    short, place = Mention(0, 14, "POSITION", "a"), Mention(22, 28, "PLACE", "b")
    made = Mention(0, 28, "POSITION", hybrid.RULE)
    assert complete(text, {short, place}, ("POSITION", "Direktur Utama Qwerta Malang")) == {made, place}


def test_a_longer_name_that_would_cut_another_is_left_out() -> None:
    text = "Direktur Utama Qwerta Malang hadir."
    crossing = Mention(15, 28, "ORGANISATION", "a")
    assert complete(text, {crossing}, ("POSITION", "Direktur Utama Qwerta")) == {crossing}
    person = Mention(15, 28, "PERSON", "a")
    assert complete(text, {person}, ("POSITION", "Direktur Utama Qwerta Malang")) == {person}


def test_the_policy_names_known_cases_and_labels_once() -> None:
    rows = [(r["case"], r["label"]) for r in load_table("ner_policy")]
    assert len(rows) == len(set(rows))
    assert {case for case, _ in rows} <= {"new", "longer", "tail"}
    assert {label for _, label in rows} <= set(ENTITY_LABELS)
    assert all(0 < r["least"] <= 100 for r in load_table("ner_policy"))
