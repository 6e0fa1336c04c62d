"""The committed gold files: as the manifest says, and as the guidelines promise."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from pipeline.annotate.check import check_records
from pipeline.evaluation.gold import read_gold
from pipeline.evaluation.manifest import annotations_folder, gold_files, read_manifest, sha256, verify

FOLDER = annotations_folder()
FILES = gold_files(FOLDER)


def records(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def test_every_gold_file_is_what_the_manifest_says_and_the_splits_share_nothing():
    assert set(verify(FOLDER)) == set(FILES)


def test_held_out_seeds_are_pinned():
    entry = read_manifest(FOLDER)["seeds.jsonl"]
    assert (entry.split, entry.pages) == ("test", 5)
    # Repeated here on purpose: whoever updates the manifest has to change the held-out gold knowingly.
    assert entry.sha256 == "4d1622e13b9bf264f1a2c3a9c6c68ab504d588a14b5bdfee8a9f87a0c4370cb7"
    assert sha256(FOLDER / "seeds.jsonl") == entry.sha256


def test_nothing_but_the_seeds_is_held_out():
    assert [name for name, entry in read_manifest(FOLDER).items() if entry.split == "test"] == ["seeds.jsonl"]


@pytest.mark.parametrize("name", FILES)
def test_every_page_keeps_the_guidelines(name):
    assert [str(p) for p in check_records(records(FILES[name])) if p.level == "error"] == []


def test_doc_ids_are_unique_over_all_files():
    ids = Counter(page.doc_id for path in FILES.values() for page in read_gold(path))
    assert [doc_id for doc_id, n in ids.items() if n > 1] == []


def test_seed_gold_annotates_the_seed_pages_as_they_came():
    for page in read_gold(FOLDER / "seeds.jsonl"):
        raw = (FOLDER.parent / "seeds" / f"{page.doc_id}.txt").read_bytes()
        assert raw.decode("utf-8") == page.text


def test_guidelines_name_every_label_and_slot():
    from pipeline.award_schema import field_names
    from pipeline.document import ENTITY_LABELS, SEGMENT_KINDS

    text = (FOLDER / "GUIDELINES.md").read_text(encoding="utf-8")
    assert [label for label in ENTITY_LABELS if label not in text] == []
    assert [name for name in field_names(lambda f: f.gold) if f"`{name}`" not in text] == []
    assert [kind for kind in sorted(SEGMENT_KINDS - {"title", "body"}) if f"`{kind}`" not in text] == []
