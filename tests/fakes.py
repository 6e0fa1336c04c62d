"""A pipeline in miniature: a line that says "juara" is an award, to test runs without the language."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline import flow
from pipeline.batch.shards import Encoded
from pipeline.batch.workers import Job, Token
from pipeline.document import Article, Award, Mention, Page, Result, Segment, Sentence, Slot
from pipeline.errors import LexiconError, PageError
from pipeline.page_rows import PageRows, process_page

_WON = re.compile(
    r"(?P<recipient>[^\n]*?) (?P<result>[Jj]uara (?P<rank>\d+)) (?P<event>[^\n]*?) (?P<year>\d{4})\b"
)


def process(page: Page, *, engine: str = "spacy", only_awards: bool = False) -> Result:
    assert isinstance(only_awards, bool)
    assert engine == "spacy"
    if "GALAT" in page.content:
        raise ZeroDivisionError("pembagi nol")
    while "LAMBAT" in page.content:
        pass
    if "LEKSIKON" in page.content:
        raise LexiconError("lexicon/regions.jsonl, line 3: missing key 'code'")
    if "TOLAK" in page.content:
        raise PageError("no_article", "no article on the page; check the scraper")
    text = page.content
    sentences = tuple(Sentence(m.start(), m.end()) for m in re.finditer(r"\S[^\n]*", text))
    awards = []
    mentions = []
    for index, sentence in enumerate(sentences):
        if not (match := _WON.match(text, sentence.start, sentence.end)):
            continue
        slots = {
            name: (Slot(value, value, match.start(name), match.end(name), index, f"fake-{name}"),)
            for name, value in match.groupdict().items()
        }
        record_id = hashlib.sha256(f"{page.doc_id}{match[0]}".encode()).hexdigest()[:12]
        mentions.append(
            Mention(match.start("recipient"), match.end("recipient"), "AGENCY", "fake", "Kota", "35.73")
        )
        mentions.append(Mention(match.start("event"), match.end("event"), "EVENT", "fake"))
        awards.append(
            Award(
                page.doc_id,
                record_id,
                slots,
                match[0],
                match.start(),
                match.end(),
                ("fake-a", "fake-b"),
                0.91666,
            )
        )
    segments = (Segment(0, len(text), "body"),)
    article = Article(page.doc_id, page.source, text, segments, page.metadata.get("title"))
    # The tables put them in order, whatever the stages do.
    return Result(article, sentences, tuple(reversed(mentions)), tuple(reversed(awards)), {"fake": 0.001})


def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this pipeline in the place of the real one."""
    monkeypatch.setattr(flow, "process", process)


def prepare(engine: str) -> None:
    """Make a worker ready."""
    assert engine == "spacy"
    flow.process = process  # type: ignore[assignment]


def prepare_badly(engine: str) -> None:
    """Die while loading."""
    os._exit(len(engine))


def work(page: Page, engine: str, tables: Sequence[str], timeout: float) -> PageRows:
    """The real work around this pipeline, on pages that harm the process they are in as well."""
    if "MATI" in page.content:
        os._exit(9)
    if "SEKALI" in page.content:  # harms once; the page names a file to remember by
        mark = Path(page.content.split()[-1])
        if not mark.exists():
            mark.touch()
            os._exit(9)
    if "BEKU" in page.content:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})  # as compiled code that never returns
        while True:
            time.sleep(1)
    return process_page(page, engine, tables, timeout)


def job(tables: Sequence[str] = ("awards",), timeout: float = 60.0, **more: Any) -> Job:
    given = {"prepare": prepare, "work": work, "grace": 0.3} | more
    return Job(engine="spacy", tables=tuple(tables), timeout=timeout, **given)


class Inline:
    """Workers that are this very process."""

    def __init__(self, count: int, job: Job) -> None:
        assert count >= 1
        self._job = job
        self._waiting: deque[tuple[Token, Page]] = deque()

    @property
    def wanted(self) -> int:
        return max(0, 3 - len(self._waiting))

    def submit(self, token: Token, page: Page) -> None:
        self._waiting.append((token, page))

    def results(self) -> list[tuple[Token, Encoded]]:
        if not self._waiting:
            return []
        token, page = self._waiting.popleft()
        return [(token, self._job(page))]

    def close(self) -> None:
        self._waiting.clear()
