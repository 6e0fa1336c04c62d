"""The outline of an article: what opens a list, what heads it, what stands below what."""

from __future__ import annotations

import pytest

from pipeline.awards.blocks.outline import OutlineBlock, opens_list, read_outline
from pipeline.awards.render_article import render_sentences
from tests.awards.story import article, sentence


def outline(*marked: str) -> tuple[str, list[OutlineBlock]]:
    """Return the text and blocks of lines."""
    made, sentences, mentions = article(*marked)
    rendered = render_sentences(made, sentences, mentions)
    return made.text, read_outline(made.text, rendered, [False] * len(rendered))


def tree(*marked: str) -> list[tuple[str, int]]:
    """Return role and depth of each block."""

    def depth(block: OutlineBlock) -> int:
        return 1 + depth(block.parent) if block.parent else 0

    return [(block.role, depth(block)) for block in outline(*marked)[1]]


@pytest.mark.parametrize(
    ("marked", "opens"),
    [
        ("Berikut daftar pemenang [EVENT Lomba Arsip]:", True),
        ("Penghargaan yang diraih [AGENCY Pemkot Batu] antara lain:", True),
        ("Untuk kategori [CATEGORY Pidato] diberikan kepada", True),
        ("Rapat dihadiri:", False),
        ("Kriteria penilaian penghargaan yakni:", False),
        ("Calon penerima penghargaan yakni:", False),
        ("Lomba akan memperebutkan:", False),
    ],
)
def test_openers_of_lists(marked: str, opens: bool) -> None:
    assert opens_list(sentence(marked)[1].text) is opens


def test_an_opener_may_go_on_with_the_sentence_before_it() -> None:
    assert opens_list("di antaranya:", "mereka meraih sejumlah prestasi.")
    assert not opens_list("di antaranya:", "rapat membahas banyak hal.")


def test_the_same_marks_stand_side_by_side_and_others_below() -> None:
    assert tree(
        "Berikut daftar pemenang [EVENT Lomba Arsip]:",
        "1. Cabang Pidato",
        "* [RESULT Juara 1]: Rina",
        "* [RESULT Juara 2]: Joko",
        "2. Cabang Puisi",
        "* [RESULT Juara 1]: Sari",
        "Acara itu ditutup bupati karena hari sudah malam.",
    ) == [
        ("opener", 0),
        ("heading", 1),
        ("item", 2),
        ("item", 2),
        ("heading", 1),
        ("item", 2),
        ("paragraph", 0),
    ]


def test_a_heading_of_the_same_kind_ends_the_one_before_and_the_contest_goes_on() -> None:
    text, blocks = outline(
        "Pemenang [EVENT Lomba Arsip]:",
        "Tingkat SD",
        "[RESULT Juara 1]: Rina",
        "[RESULT Juara 2]: Joko",
        "Tingkat SMP",
        "[RESULT Juara 1]: Sari",
    )
    scopes = [b.scope for b in blocks if b.role == "item"]
    assert [text[s.group.start : s.group.end] for s in scopes if s.group] == [
        "Tingkat SD",
        "Tingkat SD",
        "Tingkat SMP",
    ]
    assert all(s.event is not None for s in scopes)


def test_a_line_without_a_mark_ends_a_list_of_marked_lines() -> None:
    assert tree("Berikut daftar pemenang:", "1. Rina", "2. Joko", "Sumber")[-1] == ("paragraph", 0)


def test_lines_that_tell_ranks_are_a_list_without_an_opener() -> None:
    assert tree("[RESULT Juara 1]: Rina", "[RESULT Juara 2]: Joko") == [("item", 0), ("item", 0)]
    assert tree("[RESULT Juara 1]: Rina", "Panitia menutup acara itu karena hujan.")[0] == ("paragraph", 0)
    assert tree("1. Rina", "2. Joko") == [("paragraph", 0), ("paragraph", 0)]


def test_a_heading_gives_rank_and_category_to_the_names_below_it() -> None:
    text, blocks = outline(
        "[RESULT Juara 2] [CATEGORY Pidato] se-Provinsi :",
        "- Rina Sari",
        "[RESULT Juara 1] [CATEGORY Puisi] se-Provinsi :",
        "- Joko Tri",
    )
    told = [b.scope for b in blocks if b.role == "item"]
    assert [text[s.result.start : s.result.end] for s in told if s.result] == ["Juara 2", "Juara 1"]
    assert [text[s.category.start : s.category.end] for s in told if s.category] == ["Pidato", "Puisi"]


def test_a_rank_alone_heads_the_names_below_it() -> None:
    text, blocks = outline(
        "Kategori [CATEGORY Pidato]",
        "[RESULT Juara I]",
        "Desa Kedu",
        "Desa Melati",
        "[RESULT Juara II]",
        "Desa Tembi",
        "Kategori [CATEGORY Puisi]",
        "[RESULT Juara I]",
        "Desa Batur",
    )
    told = [(b.scope.result, b.scope.category) for b in blocks if b.role == "item"]
    assert [tuple(text[m.start : m.end] for m in pair if m) for pair in told] == [
        ("Juara I", "Pidato"),
        ("Juara I", "Pidato"),
        ("Juara II", "Pidato"),
        ("Juara I", "Puisi"),
    ]


def test_a_line_that_says_winners_by_its_first_words_heads_a_list() -> None:
    assert tree("Peraih [EVENT Anugerah Kencana]", "[PLACE Kota Batu]", "[PLACE Kota Solok]") == [
        ("heading", 0),
        ("item", 1),
        ("item", 1),
    ]
    assert tree("Pemenang menerima piala.", "[PLACE Kota Batu]")[0] == ("paragraph", 0)


GROUPS = ("Menyanyi", "1. [PERSON Rina Sari]", "2. [PERSON Joko Tri]", "Menari", "1. [PERSON Dewi Ayu]")


def test_groups_below_a_sentence_about_winners_are_a_list() -> None:
    story = "Bupati menyerahkan piala kepada para pemenang karena semua sudah selesai."
    assert [role for role, _ in tree(story, *GROUPS)][1:] == ["heading", "item", "item", "heading", "item"]
    story = "Panitia menyusun jadwal acara karena semua sudah selesai."
    assert {role for role, _ in tree(story, *GROUPS)} == {"paragraph"}


def test_a_list_ends_at_a_heading_of_others() -> None:
    roles = [
        role for role, _ in tree("Berikut daftar pemenang:", "Pidato", "1. Rina", "Dewan Juri", "1. Joko")
    ]
    assert roles == ["opener", "heading", "item", "paragraph", "paragraph"]
