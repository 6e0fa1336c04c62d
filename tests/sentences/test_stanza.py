from __future__ import annotations

import json
import socket
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Article, Page, Segment
from pipeline.errors import UsageError
from pipeline.sentences import split_sentences
from pipeline.sentences import stanza as engine

# The tests of the model itself need the extra, which `make test` installs: pip install '.[dev,stanza]'.


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install 'penghargaan\[stanza\]'.*--engine spacy"):
        engine.check_available()


def test_with_half_of_the_extra_it_names_the_other_half(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: object() if name == "stanza" else None)
    with pytest.raises(UsageError, match="needs torch:"):
        engine.check_available()


def test_without_the_model_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda _: object())
    with pytest.raises(UsageError, match="make train-stanza"):
        engine.check_available(tmp_path)


def test_the_model_is_small_and_says_what_it_learnt_from() -> None:
    record = json.loads((engine.MODEL / "training.json").read_text("utf-8"))
    model = engine.MODEL / "tokenizer.pt"
    assert model.stat().st_size == record["bytes"] < 1_000_000
    assert not any("test" in name for name in record["treebanks"])
    card = (engine.MODEL / "README.md").read_text("utf-8")
    assert "CC BY-SA" in card
    assert "make train-stanza" in card
    assert json.loads((engine.MODEL / "resources.json").read_text("utf-8")) == {}


def test_it_loads_and_splits_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    engine._pipeline.cache_clear()
    text = "Bupati membuka lomba desa. Acara itu berlangsung meriah. Warga pulang pada sore hari."
    assert [text[a:b] for a, b in engine.split_text(text)] == [
        "Bupati membuka lomba desa.",
        "Acara itu berlangsung meriah.",
        "Warga pulang pada sore hari.",
    ]


def test_same_contract_as_the_rules() -> None:
    text = "Hebat! Merona Juara Lagi?\nPara pemenang:\n1. Kota Merona\nWarga senang sekali. Mereka pulang."
    article = Article("x", "x", text, (Segment(0, 25, "title"), Segment(26, len(text), "body")))
    assert [text[s.start : s.end] for s in split_sentences(article, engine.split_text)] == [
        "Hebat! Merona Juara Lagi?",
        "Para pemenang:",
        "1. Kota Merona",
        "Warga senang sekali.",
        "Mereka pulang.",
    ]
    assert engine.split_text("") == engine.split_text(" \n ") == []


def test_the_pipeline_takes_it() -> None:
    from pipeline.assembly import load
    from pipeline.flow import process

    nlp = load(engine="stanza")
    assert nlp.pipe_names[0] == "penghargaan_stanza_sentences"
    text = (
        "Pemkot Malang meraih Juara 1 Anugerah Humas Rajawali 2023. Warga menyambut kabar itu dengan gembira."
    )
    result = process(Page("", "", text), engine="stanza")
    assert [text[s.start : s.end][-8:] for s in result.sentences] == ["li 2023.", "gembira."]
    assert "sentences" in result.seconds
    assert result.awards
    doc = nlp(text)
    assert (doc._.sentences, doc._.awards) == (result.sentences, result.awards)


@settings(max_examples=30)
@given(st.text(st.sampled_from(list('aAbB1 .!?…,"“”()<>\n\t\xa0\u200b\x85')) | st.characters(), max_size=80))
def test_sentences_are_ordered_disjoint_and_lose_no_word(text: str) -> None:
    spans = engine.split_text(text)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    kept = {i for a, b in spans for i in range(a, b)}
    if "<" not in text:
        assert all(i in kept for i, c in enumerate(text) if c.isalnum() and c.isascii())
