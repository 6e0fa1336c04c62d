"""Input from outside: whatever it holds, spans are valid, results repeat, and time grows with length only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import ENTITY_LABELS, Article, Sentence
from pipeline.entities import link_entities
from pipeline.entities.name_finder import find_names
from tests.entities import markup
from tests.timing import assert_growth

_WORDS = """
Kepala Dinas Bupati Kota Malang Jatim ( ) , . dan - / Dr. S.H. H. Pemkot Hotel PT Universitas (BPK) Kamis
(10/10/2024) 10 Oktober 2024 Budi Santoso ujar mengatakan RI Republik Indonesia Kecamatan Desa Kementerian
Jl. “ ” se-Indonesia İstanbul ẞ 🏆 Komisi I DPR Perwakilan Wilayah III Plt Pj. Penjabat (Pj) Wakil Ketua
"""
WORDS = st.sampled_from([*_WORDS.split(), "\u200b"])


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_spans_lie_in_the_text_and_do_not_depend_on_the_call(text: str) -> None:
    page, sentences = markup.article(text)
    mentions = find_names(page, sentences)
    assert mentions == find_names(page, sentences)
    for mention in link_entities(page, mentions):
        surface = text[mention.start : mention.end]
        assert surface == surface.strip() != ""
        assert mention.label in ENTITY_LABELS


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    page, sentences = markup.article(text.replace("\r", " "))
    link_entities(page, find_names(page, sentences))


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_mentions_nest_and_never_cross(text: str) -> None:
    mentions = find_names(*markup.article(text))
    for a in mentions:
        for b in mentions:
            assert not a.start < b.start < a.end < b.end


UNITS = [
    "Kepala Dinas Komunikasi, Informatika, dan ",
    "Jl. Mawar, ",
    "Bupati/Wali Kota/",
    "Budi Santoso, S.H., M.H., ",
    "(((Pemkot ",
    "Kota Kabupaten ",
    "Universitas (U) ",
    "a" * 50,
    "Kamis (1/1) ",
    "1/1/",
    "S.H.,M.H.,",
    "Lubuk Besar, ",
    "Prof. Dr. H. ",
]


def _link(given: tuple[Article, tuple[Sentence, ...]]) -> None:
    page, sentences = given
    link_entities(page, find_names(page, sentences))


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear_in_one_long_sentence(unit: str) -> None:
    find_names(*markup.article("Kota Malang"))
    short, long = (markup.article(unit * (size // len(unit))) for size in (4_000, 32_000))
    # Eight times the text may take eight times as long; quadratic work would take 64 times.
    assert_growth(_link, short, long, below=40, floor=0.005)
