"""The filter may let a page through for nothing; it must never lose a record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.awards.pack import frame_rules
from pipeline.document import Article, Page, Sentence
from pipeline.filter.page_filter import (
    _OPENERS,
    _aliases,
    _words,
    may_tell,
    sentences_may_tell,
)
from pipeline.flow import process
from pipeline.lexicon import lines
from pipeline.lexicon.typed_rows import rows
from pipeline.terms.term_patterns import TermPattern
from tests.timing import assert_growth

ROOT = Path(__file__).parents[2]


def _pages() -> Iterator[str]:
    """Yield our own pages, whole and sentence by sentence, and the examples of the rules."""
    for path in sorted(ROOT.glob("annotations/dev/*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            text = json.loads(line).get("text")
            if text:
                yield text
                yield from (part for part in re.split(r"\n|(?<=\.) ", text) if part.strip())
    for path in sorted((ROOT / "tests/fixtures/pages").rglob("*.txt")):
        yield path.read_text("utf-8")
    for table in ("award_rules", "term_rules"):
        for _, row in lines(table):
            # "[*AGENCY Pemkot Batu] meraih [RESULT Juara 1]" without its marks
            yield from (re.sub(r"\[\*?(?:[A-Z]+ )?([^\]]*)\]", r"\1", text) for text in row["examples"])


PAGES = list(dict.fromkeys(_pages()))


def _lost(text: str) -> bool:
    page = Page("a", "a", text)
    plain, quick = process(page), process(page, only_awards=True)
    return plain.awards != quick.awards


@pytest.mark.slow
def test_no_record_of_our_own_pages_is_lost() -> None:
    assert len(PAGES) > 500
    assert [text for text in PAGES if _lost(text)] == []


#: What stands between two pieces: also links, which are cut out, and lines of a page that was wrapped.
GLUE = ["", " ", "\n", "\n1. ", "Baca juga: Harga Beras Naik di Pasar Induk\n", "\n\nPENGUMUMAN, BATU - "]
_PIECES = sorted({piece for text in PAGES for piece in re.findall(r"[^.;\n]{3,90}[.;:\n]?", text)})


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=8), st.sampled_from(GLUE))
def test_no_record_of_pages_thrown_together_is_lost(pieces: list[str], glue: str) -> None:
    assert not _lost(glue.join(pieces))


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Bupati Agam membuka rapat koordinasi di aula, Senin (3/3/2025).", False),
        ("Harga beras naik menjadi Rp15.000 per kilogram di pasar induk.", False),
        ("Pemkot Batu meraih Juara 1 Lomba Desa 2024.", True),
        ("Pemkab Agam menerima penghargaan dari Kementerian Sosial.", True),
        ("Berikut adalah para pemenang yang diumumkan panitia kemarin.\n1. Kota Batu\n2. Kota Malang", True),
    ],
)
def test_what_passes(text: str, tells: bool) -> None:
    found = process(Page("a", "a", text))
    assert (may_tell(text) and sentences_may_tell(found.article, found.sentences)) is tells
    assert process(Page("a", "a", text), only_awards=True).passed_over is not tells


@pytest.mark.parametrize("kind", ["text", "html"])
def test_what_is_passed_over_keeps_its_text(kind: str) -> None:
    text = "Harga beras naik di pasar induk."
    page = Page("a", "s", f"<p>{text}" if kind == "html" else text, kind)  # type: ignore[arg-type]
    result = process(page, only_awards=True)
    assert result.passed_over
    assert (result.article.doc_id, result.article.source, result.article.text.strip()) == ("a", "s", text)


#: Patterns of ``term_grammar`` that find terms where no other term stands, and are read apart.
_APART = {"bare_ordinal", "event_cue", "winning", "year_behind"}
#: Those that say how far a term goes or what kind it is, or find a term beside another one.
_PARTS = frozenset(
    {
        "after_result", "comma_opener", "contest_cue", "contest_head", "event_inside",
        "event_list", "event_opener", "event_tail", "field_cue", "grade_head", "group", "item_gap",
        "list_opener", "many_before", "more_ranks", "next_best", "no_category", "no_class",
        "own_head", "penghargaan", "period", "plain_field", "sub", "subject_verb", "tail_head",
        "that_category", "winners_listed", "won_before", "work_behind", "works_ahead",
    }
)  # fmt: skip
#: Kinds of frames of which the above is true; in those of ``pair_number`` a number is what is won, and
#: ``part`` needs a winner that the tagger sees, which it does on pages only that passed the filter.
_FRAMES = frozenset(
    {
        "active", "aligned", "crown", "follow", "give", "given", "listing", "pair",
        "part", "pair_number", "passive", "received", "relative", "title",
    }
)  # fmt: skip


def test_new_rules_are_known_to_the_filter() -> None:
    """A row that is new has to be placed in ``pipeline/filter``: does it find terms by itself?"""
    assert {row.id for row in rows(TermPattern)} == {*_OPENERS, *_APART, *_PARTS}
    assert {rule.frame for rule in frame_rules()} == _FRAMES | {"line"}


@pytest.mark.parametrize(
    "text",
    [
        "Pemkot Batu meraih\nJuara 1 Lomba Desa 2024 yang digelar di Kota\nMalang pada hari Senin",
        "Pemkot Batu meraih Juara 1 Lomba Desa 2024.Baca juga: Harga Beras Naik",
        "BATU, KABAR - Juara 2, Rina Sari dari SMA 1 Batu.",
    ],
)
def test_a_line_tells_what_a_sentence_in_it_does(text: str) -> None:
    """The first step asks the lines of a text, before links and datelines are cut out of them."""
    found = process(Page("a", "a", text))
    assert may_tell(text) or not sentences_may_tell(found.article, found.sentences)
    assert not _lost(text)


@pytest.mark.parametrize(
    "line",
    [
        "Warga (AB{0}) menerima bantuan (CD{0}) di balai desa.\n",  # aliases without an event
        "Warga (AB{0}) menerima (CD{0}) dan (EF{0}), ",  # the same in one sentence
    ],
)
def test_time_grows_with_the_length_of_a_page(line: str) -> None:
    """Aliases are read once a page, and not asked for one by one in each line."""
    texts = ["Ada Lomba Desa di balai.\n" + "".join(line.format(n) for n in range(k)) for k in (250, 2_000)]

    def ask(text: str) -> None:
        may_tell(text)
        sentences_may_tell(Article("a", "a", text), [Sentence(0, len(text))])
        _aliases(text, [Sentence(0, len(text))], _words(loose=False))

    ask(texts[0])
    assert_growth(ask, *texts, below=24, floor=0.005)
