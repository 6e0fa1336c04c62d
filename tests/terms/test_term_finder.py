"""The finder of terms: what is read from grammar, what the page decides, what overlaps."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Article, Mention, Segment, Sentence
from pipeline.entities import find_entities
from pipeline.lexicon.typed_rows import rows
from pipeline.terms import find_terms, known_event, with_subcategories
from pipeline.terms.known import Event
from pipeline.terms.surfaces import SurfaceMatcher, lower
from pipeline.trace import tracing

#: Short single words are known by abbreviation only: as names they would be found in any text.
NAMED = [row for row in rows(Event) if " " in row.name or len(row.name) > 6]


def _terms(text: str, mentions: tuple[Mention, ...] = ()) -> list[tuple[str, str]]:
    """Return label and text of the terms of a text of one sentence."""
    article = Article("page", "test", text, (Segment(0, len(text), "body"),))
    found = find_terms(article, [Sentence(0, len(text))], mentions)
    return [(m.label, text[m.start : m.end]) for m in found]


def _of(label: str, text: str, mentions: tuple[Mention, ...] = ()) -> list[str]:
    return [term for kind, term in _terms(text, mentions) if kind == label]


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("meraih Juara 1 kategori Media Sosial pada ajang itu", ["Media Sosial"]),
        ("untuk kategori “Humas Teladan” tahun ini", ["Humas Teladan"]),
        ("dalam kategori: Website, Media Sosial, dan Majalah Dinding.",
         ["Website", "Media Sosial", "Majalah Dinding"]),
        ("tiga kategori, yakni Website, Media Sosial dan Siaran Pers.",
         ["Website", "Media Sosial", "Siaran Pers"]),
        ("Penghargaan tersebut adalah Arsip Rapi, Humas Ramah.", ["Arsip Rapi", "Humas Ramah"]),
        ("Juara 1 kategori Media Sosial sub kategori Video Pendek",
         ["Media Sosial sub kategori Video Pendek"]),
        ("meraih kategori Media\n    Sosial kemarin", ["Media\n    Sosial"]),
        ("meraih medali emas bidang Biologi", ["Biologi"]),
        ("meraih Bronze Winner Insan Humas", ["Insan Humas"]),
        ("kategori yang sama", []),
        ("kategori tersebut", []),
        ("bekerja di bidang Biologi", []),
    ],
)  # fmt: skip
def test_categories(text: str, categories: list[str]) -> None:
    assert _of("CATEGORY", text) == categories


def test_a_class_of_participants_is_marked_as_one() -> None:
    text = "Terbaik I kategori Kabupaten Kecil dan kategori Kota Layak Huni"
    article = Article("page", "test", text, (Segment(0, len(text), "body"),))
    found = find_terms(article, [Sentence(0, len(text))])
    kinds = {text[m.start : m.end]: m.kind for m in found if m.label == "CATEGORY"}
    assert kinds == {"Kabupaten Kecil": "group", "Kota Layak Huni": ""}


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("pada ajang Rajawali Media Summit 2023 kemarin", ["Rajawali Media Summit"]),
        ("dalam kompetisi “Desa Kreatif Mandiri” di Batu", ["Desa Kreatif Mandiri"]),
        ("meraih Anugerah Desa Rajawali tahun 2022", ["Anugerah Desa Rajawali"]),
        ("menerima Rajawali Media Award", ["Rajawali Media Award"]),
        ("menerima Rajawali Media\n   Award", ["Rajawali Media\n   Award"]),
        ("menerima Rajawali\xa0Media\xa0Award\xa02023", ["Rajawali\xa0Media\xa0Award"]),
        ("mengikuti Lomba Cerdas Rajawali ke-5 tahun 2022", ["Lomba Cerdas Rajawali"]),
        ("menerima penghargaan Rajawali Muda", ["Rajawali Muda"]),
        ("acara pembukaan di gedung", []),
        ("penghargaan itu", []),
        ("dalam lomba", []),
    ],
)
def test_events_that_no_table_knows(text: str, events: list[str]) -> None:
    assert _of("EVENT", text) == events


@pytest.mark.parametrize("row", NAMED[::12], ids=lambda row: row.id)
def test_events_of_the_table_are_known_by_name(row: Event) -> None:
    assert known_event(row.name) == row


def test_the_bracket_behind_a_new_event_is_its_abbreviation_further_on() -> None:
    first, second = "Anugerah Rajawali Media (ARMX) dibuka.", "Pada ARMX itu Batu menang."
    text = f"{first} {second}"
    article = Article("page", "test", text, (Segment(0, len(text), "body"),))
    sentences = [Sentence(0, len(first)), Sentence(len(first) + 1, len(text))]
    events = [text[m.start : m.end] for m in find_terms(article, sentences) if m.label == "EVENT"]
    assert events == ["Anugerah Rajawali Media (ARMX)", "ARMX"]
    assert _of("EVENT", second) == []


@pytest.mark.parametrize("label", ["AGENCY", "ORGANISATION"])
def test_a_body_that_shares_its_name_with_a_new_event_stays_a_body(label: str) -> None:
    text = "pada ajang Rajawali Muda"
    assert _of("EVENT", text) == ["Rajawali Muda"]
    assert _of("EVENT", text, (Mention(11, len(text), label, "test"),)) == []


def test_a_person_ends_a_name() -> None:
    text = "meraih Anugerah Desa Rajawali Tono Aji"
    person = Mention(text.index("Tono"), len(text), "PERSON", "test")
    assert _of("EVENT", text, (person,)) == ["Anugerah Desa Rajawali"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("meraih juara 1 kategori Kota Malang Award", ("other_term", "Kota Malang Award", "CAT01")),
        ("meraih penghargaan Rajawali", ("one_unknown_word", "Rajawali", "EVT02")),
        ("ikut ajang Kota Malang", ("name_of_other", "Kota Malang", "gazetteer")),
        ("meraih Best Tourism Village", ("event_of_its_own", "Best Tourism Village", "EVT07")),
        ("meraih TOP CEO BUMD pada TOP BUMD Awards", ("category_of_other", "TOP CEO BUMD", "CAT12")),
    ],
)
def test_what_becomes_of_a_term_is_told(text: str, told: tuple[str, str, str]) -> None:
    article = Article("page", "test", text, (Segment(0, len(text), "body"),))
    with tracing() as tracer:
        find_entities(article, [Sentence(0, len(text))], model=False)
    assert told in [(note.reason, text[note.start : note.end], note.by) for note in tracer.notes]


def test_the_second_rank_shares_the_noun_of_the_first() -> None:
    assert _of("RESULT", "meraih juara pertama dan ketiga") == ["juara pertama", "ketiga"]


def test_whole_words_only_and_the_longest_first() -> None:
    names = SurfaceMatcher({"lomba arsip": 1, "lomba arsip daerah": 2})
    assert list(names.find("Lomba Arsip Daerah, lomba arsipku, LOMBA ARSIP")) == [(0, 18, 2), (35, 46, 1)]


@given(st.text(max_size=40))
def test_lower_case_keeps_the_length(text: str) -> None:
    assert len(lower(text)) == len(text)


WORDS = st.sampled_from(
    [
        "kategori", "Website", "Juara", "1", "I", "emas", "bidang", "Lomba", "Arsip", "Award", "ajang", "“",
        "”", "(", ")", ",", ":", "dan", "/", "&", "penghargaan", "Anugerah", "predikat", "Baik", "WTP",
        "opini", "2023", "tahun", "ke-5", "sub", "meraih", "Desa", "-", "3", "\n", ".",
    ]
)  # fmt: skip


@given(st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=60))
def test_terms_of_any_text_are_inside_and_apart(text: str) -> None:
    article = Article("page", "test", text, (Segment(0, len(text), "body"),))
    found = find_terms(article, [Sentence(0, len(text))])
    assert list(found) == sorted(found, key=lambda m: (m.start, -m.end))
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert {m.label for m in found} <= {"EVENT", "CATEGORY", "RESULT", "WORK"}
    for first, second in pairwise(found):
        both = {first.label, second.label} == {"EVENT", "RESULT"}
        assert both or first.end <= second.start


def test_a_category_and_its_sub_category_are_one() -> None:
    text = "kategori Media Cetak, sub-kategori Majalah Internal, dan kategori Laman"
    spans = [(9, 20), (35, 51), (66, 71)]
    assert [text[a:b] for a, b in spans] == ["Media Cetak", "Majalah Internal", "Laman"]
    found = with_subcategories(text, [Mention(a, b, "CATEGORY") for a, b in spans])
    told = sorted(text[m.start : m.end] for m in found)
    assert told == ["Laman", "Media Cetak, sub-kategori Majalah Internal"]
