"""The tagger alone, as a component of other spaCy pipelines."""

from __future__ import annotations

import pytest
import spacy

import pipeline.ner
from pipeline.entities.tagger import Guess

TEXT = "Piala itu kini dipegang Ratna Kusumaningrum. Warga Kabupaten Wonosobo senang."


@pytest.mark.parametrize("language", ["id", "xx"])
def test_it_finds_names_on_any_tokens(language: str) -> None:
    nlp = spacy.blank(language)
    nlp.add_pipe("penghargaan_ner")
    found = [(e.label_, e.text) for e in nlp(TEXT).ents]
    assert found == [("PERSON", "Ratna Kusumaningrum"), ("PLACE", "Kabupaten Wonosobo")]


def test_sentences_are_read_one_by_one_where_they_are_known() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("penghargaan_ner")
    assert len(nlp(TEXT).ents) == 2


def test_of_names_that_overlap_the_longest_stays() -> None:
    outer, inner, other = (
        Guess(0, 20, "POSITION", 0.7),
        Guess(7, 20, "PLACE", 0.9),
        Guess(30, 34, "PERSON", 0.4),
    )
    assert pipeline.ner.flat([inner, outer, other]) == [outer]
