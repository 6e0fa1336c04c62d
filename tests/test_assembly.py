"""The pipeline as spaCy knows it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.assembly import COMPONENTS, SPANS_KEY, NewsTokenizer, load
from pipeline.document import Page
from pipeline.flow import STAGES, process

TEXT = """Pemkot Batu Raih Juara 1 Anugerah Humas Rajawali 2023

BATU – Pemerintah Kota Batu meraih Juara 1 Anugerah Humas Rajawali 2023 kategori Website pada 10 Mei 2023.
Penghargaan diterima Wali Kota Batu Rahma Dewi di Hotel Melati, Kota Malang.

Warga menyambut kabar itu dengan gembira di alun-alun kota.
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def test_the_text_is_kept_and_every_part_filled(doc: Doc) -> None:
    assert doc.text == TEXT
    assert doc.has_annotation("SENT_START")
    starts = [sentence.text.split()[0] for sentence in doc.sents]
    assert {"Pemkot", "Penghargaan", "Warga"} <= set(starts)


def test_spans_are_the_mentions_with_label_rule_and_link(doc: Doc) -> None:
    spans = [(s.start_char, s.end_char, s.label_, s.id_) for s in doc.spans[SPANS_KEY]]
    assert spans == [(m.start, m.end, m.label, m.rule) for m in doc._.mentions]
    linked = {s.text: s.kb_id_ for s in doc.spans[SPANS_KEY] if s.label_ == "AGENCY"}
    assert linked["Pemerintah Kota Batu"] == "35.79"


def test_entities_are_the_outermost_mentions(doc: Doc) -> None:
    assert all(first.end <= second.start for first, second in pairwise(doc.ents))
    assert {e.text for e in doc.ents if e.label_ == "EVENT"} == {"Anugerah Humas Rajawali"}
    spans = {(s.start, s.end) for s in doc.spans[SPANS_KEY]}
    assert {(e.start, e.end) for e in doc.ents} <= spans
    assert len(doc.ents) < len(doc.spans[SPANS_KEY])


def test_awards_are_on_the_document(doc: Doc) -> None:
    (award,) = doc._.awards
    slots = {
        column: award.slots[column][0].value for column in ("recipient_code", "category", "rank", "date")
    }
    assert slots == {"recipient_code": "35.79", "category": "Website", "rank": "1", "date": "2023-05-10"}


def test_a_stream_of_pages_gives_what_single_pages_give(nlp: Language, doc: Doc) -> None:
    first, empty, second = nlp.pipe([TEXT, "", TEXT.replace("Juara 1", "Juara 2")])
    assert first._.awards == doc._.awards
    assert (len(empty), empty._.awards) == (0, ())
    assert [a.slots["rank"][0].value for a in second._.awards] == ["2"]


def test_components_declare_what_they_need_and_set(nlp: Language) -> None:
    analysis = nlp.analyze_pipes()
    assert nlp.pipe_names == list(COMPONENTS)
    assert not any(analysis["problems"].values())
    assert analysis["summary"]["penghargaan_awards"]["requires"] == ["doc._.mentions", "doc._.sentences"]
    alone = load(exclude=["penghargaan_entities"]).analyze_pipes()
    assert alone["problems"]["penghargaan_awards"] == ["doc._.mentions"]


def test_stages_can_be_left_out() -> None:
    doc = load(exclude=["penghargaan_entities", "penghargaan_awards"])(TEXT)
    assert (doc._.awards, doc._.mentions) == (None, None)
    assert len(list(doc.sents)) > 3


def test_the_pipeline_comes_back_from_disk_and_bytes(nlp: Language, doc: Doc, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    for again in (spacy.load(tmp_path / "model"), load().from_bytes(nlp.to_bytes())):
        read = again(TEXT)
        assert again.pipe_names == nlp.pipe_names
        assert [t.text for t in read] == [t.text for t in doc]
        assert read._.awards == doc._.awards


@given(text=st.text(max_size=120))
def test_any_text_is_read(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    for span in doc.spans[SPANS_KEY]:
        assert text[span.start_char : span.end_char] == span.text


@pytest.mark.parametrize(
    "page",
    [
        Page("a", "a", TEXT),
        Page("b", "b", f"<html><body><article>{TEXT}</article>", "html"),
        Page("c", "c", "x\u00adx"),
    ],
)
def test_the_components_find_what_the_flow_finds(nlp: Language, page: Page) -> None:
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, NewsTokenizer)
    doc, result = nlp(tokenizer.page(page)), process(page)
    found = doc._.article, doc._.sentences, doc._.mentions, doc._.awards
    assert found == (result.article, result.sentences, result.mentions, result.awards)
    assert list(COMPONENTS.values()) == [stage.name for stage in STAGES[1:]]


def test_documents_of_another_tokenizer_are_read() -> None:
    nlp = spacy.blank("id")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    assert [award.value("rank") for award in nlp(TEXT)._.awards] == ["1"]
