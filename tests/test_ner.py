"""The model that comes with the project, as a spaCy pipeline of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import pipeline.ner
from pipeline.entities import tagger
from pipeline.errors import UsageError

TEXT = "Piala itu kini dipegang Ratna Kusumaningrum. Warga Kabupaten Wonosobo senang."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(tagger.MODEL)


def names(nlp: Language) -> list[tuple[str, str]]:
    return [(e.label_, e.text) for e in nlp(TEXT).ents]


def test_spacy_loads_it_and_finds_names(nlp: Language) -> None:
    assert names(nlp) == [("PERSON", "Ratna Kusumaningrum"), ("PLACE", "Kabupaten Wonosobo")]


def test_it_survives_saving(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert names(again) == names(nlp)
    assert names(spacy.blank("id", config=nlp.config).from_bytes(nlp.to_bytes())) == names(nlp)


def test_it_works_on_other_tokens(nlp: Language) -> None:
    other = spacy.blank("xx")
    component = other.add_pipe("penghargaan_ner")
    assert isinstance(component, pipeline.ner.NerComponent)
    component.network = tagger.network()
    assert names(other) == names(nlp)


def test_without_weights_it_says_what_to_do() -> None:
    empty = spacy.blank("xx")
    empty.add_pipe("penghargaan_ner")
    with pytest.raises(UsageError, match=r"spacy\.load"):
        empty(TEXT)


def test_a_page_without_words_has_no_names() -> None:
    assert tagger.guess("   \n ", [(0, 5)]) == [[]]
    assert tagger.guess("", []) == []


def test_guesses_of_a_long_stretch_are_those_of_its_pieces() -> None:
    text = "Ratna Kusumaningrum datang. " * 200
    found = tagger.guess(text, [(0, len(text))])[0]
    assert [text[g.start : g.end] for g in found] == ["Ratna Kusumaningrum"] * 200
    assert all(0 < g.likely <= 1 and g.label == "PERSON" for g in found)
