"""What headings say of the lines below them."""

from __future__ import annotations

import pytest

from pipeline.awards.blocks.headings import ListScope, read_heading, read_opener, under_event
from pipeline.awards.blocks.list_lines import read_line
from tests.awards.story import sentence


def told(marked: str) -> dict[str, str]:
    text, rendered = sentence(marked)
    return _words(text, read_heading(text, read_line(text, rendered)))


def _words(text: str, scope: ListScope) -> dict[str, str]:
    return {
        kind: text[getattr(scope, kind).start : getattr(scope, kind).end] for kind in sorted(scope.kinds())
    }


@pytest.mark.parametrize(
    ("marked", "says"),
    [
        ("Kategori [CATEGORY Website]:", {"category": "Website"}),
        ("1. Cabang Menyanyi Solo", {"category": "Menyanyi Solo"}),
        ("Pidato Bahasa Daerah :", {"category": "Pidato Bahasa Daerah"}),
        ("Senam Ceria dilaksanakan secara daring.", {"category": "Senam Ceria"}),
        ("Kabupaten Sedang (penduduk 1 juta):", {"group": "Kabupaten Sedang (penduduk 1 juta)"}),
        ("Jenjang SMP/MTs", {"group": "Jenjang SMP/MTs"}),
        ("Pemenang [EVENT Lomba Arsip]", {"event": "Lomba Arsip"}),
        ("[RESULT Medali Perak]:", {"result": "Medali Perak"}),
        ("[ORGANISATION SMA Rajawali]:", {"owner": "SMA Rajawali"}),
        ("Tahun 2019", {}),
        ("-----", {}),
    ],
)
def test_headings(marked: str, says: dict[str, str]) -> None:
    assert told(marked) == says


def test_an_opener_says_what_the_names_below_it_won() -> None:
    text, rendered = sentence("Unit yang menerima [RESULT predikat A] antara lain:")
    scope = read_opener(text, rendered)
    assert _words(text, scope) == {"result": "predikat A"}
    assert scope.winners
    assert not read_opener(*sentence("Kategori yang dilombakan:")).winners


def test_the_nearest_heading_counts() -> None:
    text, rendered = sentence("Kategori [CATEGORY Website]:")
    inner = read_heading(text, read_line(text, rendered))
    outer = ListScope(ranked=True, winners=True)
    assert inner.within(outer).category == inner.category
    assert inner.within(outer).ranked


@pytest.mark.parametrize(
    ("marked", "medal"),
    [("Emas:", "Emas"), ("Peraih Medali Perak", "Medali Perak"), ("Emas Batangan:", None)],
)
def test_a_medal_as_heading(marked: str, medal: str | None) -> None:
    assert told(marked).get("result") == medal


@pytest.mark.parametrize(
    ("contest", "event", "part"),
    [
        ("Lomba Pidato", "Festival Anak", True),
        ("Lomba Desa", "Lomba Desa Nasional", False),
        ("Anugerah Humas", "Festival Anak", False),
    ],
)
def test_a_contest_of_a_larger_event(contest: str, event: str, part: bool) -> None:
    text, rendered = sentence(f"[EVENT {contest}] dan [EVENT {event}]")
    first, second = (m for _, m in sorted(rendered.mentions.items()))
    assert under_event(text, first, second) is part
    assert not under_event(text, first, None)
