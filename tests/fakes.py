"""A pipeline in miniature: a line that says "juara" is an award, to test runs without the language."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from unittest import mock

from pipeline.document import Article, Award, Mention, Page, Result, Segment, Sentence, Slot
from pipeline.errors import LexiconError, PageError
from pipeline.readers import PageFailure
from pipeline.tables.rows import rows_of
from pipeline.work import PageRows, process_page

_WON = re.compile(
    r"(?P<recipient>[^\n]*?) (?P<result>[Jj]uara (?P<rank>\d+)) (?P<event>[^\n]*?) (?P<year>\d{4})\b"
)


def load(engine: str = "spacy") -> str:  # noqa: ARG001 (the real one takes it)
    return "nlp"


def process(nlp: str, page: Page) -> Result:
    assert nlp == "nlp"
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


def work(page: Page, engine: str, tables: Sequence[str], timeout: float) -> PageRows:
    assert engine == "spacy"
    assert timeout >= 0
    if "MATI" in page.content:
        os._exit(9)
    if "GALAT" in page.content:
        return PageRows(page.doc_id, failure=PageFailure(page.doc_id, page.source, "error", "galat"))
    result = process(load(), page)
    return PageRows(page.doc_id, {table: rows_of(table, result) for table in tables})


def real_work(page: Page, engine: str, tables: Sequence[str], timeout: float) -> PageRows:
    """The real worker around this pipeline."""
    with (
        mock.patch("pipeline.work.load_engine", return_value=load()),
        mock.patch("pipeline.assembly.process", process),
    ):
        return process_page(page, engine, tables, timeout)
