from __future__ import annotations

import pytest

from pipeline.errors import UsageError
from pipeline.sentences import split_text
from pipeline.sentences.engines import check_engine, splitter


def test_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    check_engine("spacy")
    monkeypatch.setattr("pipeline.sentences.stanza.find_spec", lambda _: None)
    with pytest.raises(UsageError, match="pip install"):
        check_engine("stanza")
    with pytest.raises(UsageError, match="unknown engine 'flair'; use one of spacy"):
        check_engine("flair")


def test_the_engine_of_the_rules_is_their_splitter() -> None:
    assert splitter("spacy") is split_text
    with pytest.raises(UsageError, match="unknown engine"):
        splitter("flair")
