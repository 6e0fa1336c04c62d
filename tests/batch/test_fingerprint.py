from __future__ import annotations

import json
from pathlib import Path

from pipeline import __version__
from pipeline.batch.fingerprint import fingerprint, lexicon_checksum, models, versions
from pipeline.lexicon import use_packs


def test_a_run_names_the_models_that_it_uses() -> None:
    assert [model["name"] for model in models("spacy")] == ["tagger"]
    used = models("stanza")
    assert [model["name"] for model in used] == ["tagger", "stanza-tokenizer"]
    assert all(len(model["sha256"]) == 64 for model in used)


def test_package_and_lexicon_have_versions() -> None:
    assert versions()["penghargaan"] == __version__
    assert versions()["lexicon"] == lexicon_checksum()[:12]


def test_another_row_is_another_lexicon(tmp_path: Path) -> None:
    before, of_stages = lexicon_checksum(), fingerprint("spacy")
    row = {"id": "EV990", "name": "Anugerah Rajawali", "abbr": "", "aliases": [], "organiser": []}
    (tmp_path / "events.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    use_packs([tmp_path])
    try:
        assert lexicon_checksum() != before
        assert fingerprint("spacy") != of_stages
    finally:
        use_packs([])
    assert (lexicon_checksum(), fingerprint("spacy")) == (before, of_stages)
