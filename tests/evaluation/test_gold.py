from __future__ import annotations

import json

import pytest

from pipeline.errors import UsageError
from pipeline.evaluation.gold import Span, occurrences, read_gold, read_records


@pytest.fixture
def record(make_award):
    text = "Desa Menang\nKabupaten Mekarsari meraih Juara I Siaran Pers pada Anugerah Pena Nusantara 2024."
    return {
        "doc_id": "own-1",
        "text": text,
        "label": "positive",
        "awards": [make_award(evidence=["Kabupaten Mekarsari meraih Juara I"])],
        "entities": [{"label": "PLACE", "text": "Kabupaten Mekarsari", "start": 12, "end": 31}],
        "boilerplate": [{"start": 0, "end": 11, "kind": "nav"}],
        "sentences": [[12, len(text)]],
    }


def write(path, *records):
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records) + "\n\n", encoding="utf-8")
    return path


def test_a_sound_page_is_read(tmp_path, record):
    (page,) = read_gold(write(tmp_path / "gold.jsonl", record))
    assert page.entities == (Span(12, 31, "PLACE"),)
    assert page.boilerplate == (Span(0, 11, "nav"),)
    assert page.sentences == (((12, len(record["text"])),),)
    assert page.in_boilerplate(Span(0, 4, "x"))
    assert not page.in_boilerplate(Span(8, 14, "x"))


def test_pages_can_be_had_as_their_objects(tmp_path, record):
    assert read_records(write(tmp_path / "gold.jsonl", record)) == (record,)


def test_what_nobody_annotated_is_none_and_not_empty(tmp_path, record):
    bare = {k: v for k, v in record.items() if k != "sentences"} | {
        "entities": None,
        "boilerplate": None,
    }
    (page,) = read_gold(write(tmp_path / "gold.jsonl", bare))
    assert (page.entities, page.boilerplate, page.sentences) == (None, None, ())


def test_arguable_spans_are_kept_under_every_label(tmp_path, record):
    record["arguable_entities"] = [
        {"label": "PLACE", "start": 12, "end": 31, "alternative": "AGENCY"},
        {"label": "WORK", "start": 0, "end": 4, "alternative": None},
    ]
    (page,) = read_gold(write(tmp_path / "gold.jsonl", record))
    assert page.arguable == {Span(12, 31, "PLACE"), Span(12, 31, "AGENCY"), Span(0, 4, "WORK")}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "gold.jsonl:1 cannot be read"),
        ("[1]", "gold.jsonl:1 cannot be read"),
        ('{"doc_id": "x"}', "misses the key 'text'"),
        ("", "holds no page"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path, line, message):
    path = tmp_path / "gold.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(UsageError, match=r"gold\.jsonl") as caught:
        read_gold(path)
    assert message in str(caught.value)


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(UsageError, match="--gold"):
        read_gold(tmp_path / "none.jsonl")


def test_a_repeated_page_is_refused(tmp_path, record):
    with pytest.raises(UsageError, match="repeats"):
        read_gold(write(tmp_path / "gold.jsonl", record, record))


def test_a_file_that_is_not_text_says_so(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="UTF-8"):
        read_gold(path)


@pytest.mark.parametrize(
    ("words", "limits", "found"),
    [
        ("ana", (), [(1, 4), (3, 6)]),
        ("ana", (2,), [(3, 6)]),
        ("ana", (0, 5), [(1, 4)]),
        ("x", (), []),
    ],
)
def test_words_are_found_wherever_they_stand(words, limits, found):
    assert list(occurrences("banana", words, *limits)) == found
