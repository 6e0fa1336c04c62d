from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.batch.workers import Job, Workers
from pipeline.document import Page
from pipeline.errors import LexiconError, PenghargaanError
from tests import fakes

WON = "Kota Malang juara 2 Lomba Siaran 2023"


def told(texts: list[str], count: int, job: Job) -> list[str | int]:
    with closing(Workers(count, job)) as workers:
        for number, text in enumerate(texts):
            workers.submit((0, number), Page(f"d{number}", f"d{number}.txt", text))
        found = {}
        while results := workers.results():
            for token, result in results:
                assert token not in found
                found[token] = result
        assert not workers.results()
    assert [found[0, n].doc_id for n in range(len(texts))] == [f"d{n}" for n in range(len(texts))]
    return [found[0, n].failure or found[0, n].awards for n in range(len(texts))]


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_at_fault_is_isolated_and_the_others_go_on(count: int, tmp_path: Path) -> None:
    once = f"SEKALI {tmp_path / 'sudah'}"
    texts = [WON, "MATI", WON, "GALAT", "BEKU", f"{WON}\n{WON}", "LAMBAT", once, *[WON] * 40, "MATI", WON]
    expected: list[str | int] = [1, "crash", 1, "error", "timeout", 2, "timeout", 0, *[1] * 40, "crash", 1]
    assert told(texts, count, fakes.job(timeout=0.5)) == expected


def test_what_is_no_page_s_fault_ends_the_run() -> None:
    with pytest.raises(LexiconError, match="line 3"):
        told([WON, "LEKSIKON"], 1, fakes.job())
    with pytest.raises(PenghargaanError, match="end before they are ready"):
        told([WON], 1, fakes.job(prepare=fakes.prepare_badly))


def threads(page: Page, *_more: object) -> object:
    from pipeline.page_rows import PageRows

    return PageRows(page.doc_id, {"awards": [{}] * int(os.environ["OMP_NUM_THREADS"])})


def test_threads_of_numeric_libraries_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 12)
    assert told([WON], 4, fakes.job(work=threads)) == [3]
    assert "OMP_NUM_THREADS" not in os.environ
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    assert told([WON], 4, fakes.job(work=threads)) == [2]


def test_pages_are_asked_for_only_a_little_ahead() -> None:
    workers = Workers(2, fakes.job())
    asked = workers.wanted
    assert 0 < asked <= 128
    for number in range(asked):
        workers.submit((0, number), Page("d", "d", WON))
    assert workers.wanted == 0
    workers.close()


@pytest.fixture(autouse=True)
def no_worker_stays() -> Iterator[None]:
    import multiprocessing

    yield
    assert not multiprocessing.active_children()
