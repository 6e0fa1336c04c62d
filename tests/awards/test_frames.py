"""Clauses that tell of a win: where they start and end, and what they say."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pipeline.awards.frames import find_frames
from pipeline.document import Mention
from tests.awards.story import sentence


def _frames(marked: str, title: bool = False) -> list[tuple[list[str], list[str], list[str]]]:
    """Return winners, results and organisers of the frames of a sentence."""
    text, rendered = sentence(marked)

    def words(mentions: Iterable[Mention | None]) -> list[str]:
        return [text[m.start : m.end] for m in mentions if m]

    return [
        (words([*f.recipients, *f.beside]), words(p.result for p in f.prizes), words(f.organisers))
        for f in find_frames(text, rendered, title)
    ]


@pytest.mark.parametrize(
    ("marked", "frames"),
    [
        ("[AGENCY Pemkot Batu] meraih [RESULT Juara 1].", [(["Pemkot Batu"], ["Juara 1"], [])]),
        ("[RESULT Juara 1] diraih [AGENCY Pemkot Batu].", [(["Pemkot Batu"], ["Juara 1"], [])]),
        ("[ORGANISATION Yayasan Humas] menobatkan [AGENCY Pemkot Batu] sebagai [RESULT Terbaik I].",
         [(["Pemkot Batu"], ["Terbaik I"], ["Yayasan Humas"])]),
        ("[ORGANISATION Yayasan Humas] menyerahkan piala [RESULT Juara 1] kepada [AGENCY Pemkot Batu].",
         [(["Pemkot Batu"], ["Juara 1"], ["Yayasan Humas"])]),
        ("[AGENCY Pemkot Batu] meraih [RESULT Juara 1] dan [AGENCY Pemkab Agam] meraih [RESULT Juara 2].",
         [(["Pemkot Batu"], ["Juara 1"], []), (["Pemkab Agam"], ["Juara 2"], [])]),
        ("[AGENCY Pemkot Batu] meraih [RESULT Juara 1], sedangkan [AGENCY Agam] meraih [RESULT Juara 2].",
         [(["Pemkot Batu"], ["Juara 1"], []), (["Agam"], ["Juara 2"], [])]),
        ("[AGENCY Pemkot Batu] meraih [RESULT Juara 1] dan menyabet [RESULT medali emas].",
         [(["Pemkot Batu"], ["Juara 1"], []), (["Pemkot Batu"], ["medali emas"], [])]),
        ("[AGENCY Pemkot Batu] berhasil keluar sebagai [RESULT Juara Umum].",
         [(["Pemkot Batu"], ["Juara Umum"], [])]),
        ("[ORGANISATION SMA Batu] meraih [RESULT Juara 1] bersama [ORGANISATION SMA Agam].",
         [(["SMA Batu", "SMA Agam"], ["Juara 1"], [])]),
        ("Peserta lain meraih [RESULT Juara 2].", []),
        # who is only counted may be named in the next sentence
        ("Sebanyak 12 desa meraih [RESULT Juara 2].", [([], ["Juara 2"], [])]),
        ("[AGENCY Pemkot Batu] tidak meraih [RESULT Juara 1].", []),
        ("Ia mengalahkan [AGENCY Pemkab Agam] meraih [RESULT Juara 1].", []),
        ("[AGENCY Pemkot Batu] membuka rapat.", []),
    ],
)  # fmt: skip
def test_frames(marked: str, frames: list[tuple[list[str], list[str], list[str]]]) -> None:
    assert _frames(marked) == frames


def test_a_headline_may_leave_out_the_verb() -> None:
    headline = "[AGENCY Pemkot Batu] [RESULT Juara 1] [EVENT Lomba Arsip]"
    assert _frames(headline, title=True) == [(["Pemkot Batu"], ["Juara 1"], [])]
    assert _frames(headline) == []


def test_history_and_pronouns_are_marked() -> None:
    text, rendered = sentence("Sebelumnya, [AGENCY Pemkot Batu] meraih [RESULT Juara 1].")
    frame = find_frames(text, rendered)[0]
    assert (frame.past, frame.cues, frame.pronoun) == (True, ("Q04",), "")
    text, rendered = sentence("Kemudian ia meraih [RESULT Juara 1].")
    frame = find_frames(text, rendered)[0]
    assert (frame.past, frame.cues, frame.pronoun) == (False, (), "third")


def test_the_span_of_a_frame_is_its_clause() -> None:
    text, rendered = sentence(
        "[AGENCY Pemkot Batu] meraih [RESULT Juara 1], sedangkan [AGENCY Agam] meraih [RESULT Juara 2]."
    )
    first, second = (text[slice(*f.span)] for f in find_frames(text, rendered))
    assert "Juara 1" in first
    assert "Juara 2" not in first
    assert "Agam meraih Juara 2" in second
    assert "Pemkot Batu" not in second
