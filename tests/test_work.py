from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.document import Page
from pipeline.errors import UsageError
from pipeline.readers import PageFailure
from pipeline.work import PageRows, check_engine, in_processes, in_this_process
from tests import fakes


def outcomes(*texts: str) -> Iterator[Page | PageFailure]:
    for number, text in enumerate(texts):
        doc_id = f"d{number:02}"
        yield Page(doc_id, doc_id, text) if text else PageFailure(doc_id, doc_id, "empty", "kosong")


def told(results: Iterator[PageRows]) -> list[tuple[str, str | int]]:
    return [(r.doc_id, r.failure.reason if r.failure else len(r.rows["awards"])) for r in results]


WON = "Kota Malang juara 2 Lomba Siaran 2023"
TEXTS = [WON, "", "tidak ada", "GALAT", f"{WON}\n{WON}"] + [WON] * 12
EXPECTED = ["empty" if not t else "error" if t == "GALAT" else t.count("juara") for t in TEXTS]


def test_processes_give_what_one_process_gives_in_the_same_order() -> None:
    expected = [(f"d{n:02}", e) for n, e in enumerate(EXPECTED)]
    assert told(in_this_process(outcomes(*TEXTS), "spacy", ["awards"], fakes.work)) == expected
    assert told(in_processes(outcomes(*TEXTS), "spacy", ["awards"], 2, fakes.work)) == expected


def test_a_page_that_kills_its_process_is_told_and_the_others_go_on() -> None:
    texts = [WON, "MATI", WON, "", WON, "MATI", *[WON] * 10]
    results = told(in_processes(outcomes(*texts), "spacy", ["awards"], 2, fakes.work))
    assert [what for _, what in results] == [
        "crash" if t == "MATI" else "empty" if not t else 1 for t in texts
    ]
    assert [doc_id for doc_id, _ in results] == sorted(doc_id for doc_id, _ in results)


def test_pages_are_read_only_a_little_ahead() -> None:
    read = 0

    def source() -> Iterator[Page | PageFailure]:
        nonlocal read
        for outcome in outcomes(*[WON] * 100):
            read += 1
            yield outcome

    results = in_processes(source(), "spacy", ["awards"], 1, fakes.work)
    next(results)
    assert read <= 8
    results.close()  # type: ignore[attr-defined]  # a generator: stops the workers


def test_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    check_engine("spacy")
    monkeypatch.setattr("pipeline.sentences.stanza.find_spec", lambda _: None)
    with pytest.raises(UsageError, match="pip install"):
        check_engine("stanza")
    with pytest.raises(UsageError, match="unknown engine 'flair'; use one of spacy"):
        check_engine("flair")
