"""The trace: every reason has a row and is given where it should be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pipeline
from pipeline import flow
from pipeline.awards import extract_awards
from pipeline.document import Page
from pipeline.trace import note, reasons, tracing
from tests.awards.story import article, tell

CODE = [
    path
    for stage in ("terms", "awards")
    for path in Path(pipeline.__file__).parent.joinpath(stage).rglob("*.py")
]

#: What a page says, and the reasons that its records do not say it or say it otherwise.
GIVEN = [
    ("unreal", "[AGENCY Pemkot Batu] gagal meraih [RESULT Juara 1]."),
    ("another_wins", "[AGENCY Pemkot Batu] memberi apresiasi kepada desa yang meraih [RESULT Juara 1]."),
    ("nobody_wins", "Peserta lain meraih [RESULT Juara 2]."),
    ("no_winner_there", "[ORGANISATION PWI] menobatkan warga sebagai [RESULT Terbaik I]."),
    ("only_handed_over", "Penghargaan diserahkan [POSITION Gubernur] kepada [POSITION Bupati Agam]."),
    ("goes_on", "[AGENCY Pemkot Batu] berhasil keluar sebagai meraih [RESULT Juara 1]."),
    ("one_pair_only", "[AGENCY Pemkot Batu] menjadi [RESULT juara 1] di lomba yang digelar lama."),
    ("numbers_without_prize", "Sesuai jadwal raih suara (1) [AGENCY Pemkot Batu], (2) [AGENCY Pemkab Agam]."),
    ("winners_only_counted", "Sebanyak 12 desa meraih [RESULT Juara 2]."),
    ("prize_not_named", "[AGENCY Pemkot Batu] menempati [RESULT posisi kedua]."),
    ("prizes_only_counted", "[ORGANISATION SMA 1] meraih tiga [RESULT medali emas]."),
    ("nobody_of_its_own", "[PLACE:country Indonesia] meraih [RESULT Juara 1]."),
    ("year_to_come", "[AGENCY Pemkot Batu] meraih [EVENT Adipura] tahun 2031."),
    ("winner_of_page", "[AGENCY Batu] meraih [EVENT Adipura]. Penghargaan itu adalah [RESULT Juara 1]."),
    ("event_of_page", "[AGENCY Batu] meraih [RESULT Juara 1] kategori [CATEGORY Web]. Ada [EVENT Lomba]."),
    ("same_award", "[AGENCY Batu] meraih [EVENT Adipura]. [AGENCY Batu] kembali meraih [EVENT Adipura]."),
    ("no_winner", "Penghargaan yang diraih yakni [RESULT Juara 1] kategori [CATEGORY Website]."),
    ("frame_found", "[AGENCY Pemkot Batu] meraih [EVENT Adipura]."),
    ("candidate_made", "[AGENCY Pemkot Batu] meraih [EVENT Adipura]."),
    ("record_made", "[AGENCY Pemkot Batu] meraih [EVENT Adipura]."),
    ("fuller_form", "[AGENCY=X Pemkot X] raih [EVENT A]. [AGENCY=X Pemerintah X] raih [EVENT A]."),
    ("surer_year", "[AGENCY Pemkot Batu] meraih [EVENT Adipura] tahun 2023."),
    ("surer_circumstance", "[EVENT A] digelar [AGENCY A], diraih [AGENCY B]. Ajang digelar [AGENCY C]."),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "page"), GIVEN)
def test_reason_is_given(reason: str, page: str) -> None:
    with tracing() as tracer:
        tell(*re.split(r"(?<=\.) ", page), published="2024-05-01")
    assert reason in {n.reason for n in tracer.notes}


def test_code_and_table_name_the_same_reasons() -> None:
    code = "".join(path.read_text("utf-8") for path in CODE)
    shown = Path(pipeline.__file__).parent.joinpath("explanations", "explanation.py").read_text("utf-8")
    words = set(re.findall(r'"([a-z_]+)"', code + shown))
    assert [reason for reason in reasons() if reason not in words] == []
    given = set(re.findall(r'note\(\s*"(\w+)"', code)) | set(re.findall(r'without\(\s*\w+,\s*"(\w+)"', code))
    assert given <= reasons().keys()


def test_nobody_hears_a_note_outside() -> None:
    note("unreal", (0, 1))
    with tracing() as outer:
        note("unreal", (0, 1))
        with tracing() as inner:
            note("nobody_wins", (2, 3))
        note("unreal", (4, 5))
    assert [n.start for n in outer.notes] == [0, 4]
    assert inner.left_out() == {"nobody_wins": 1}


def test_notes_are_about_words_of_the_page() -> None:
    made, sentences, mentions = article("[AGENCY Pemkot Batu] gagal meraih [RESULT Juara 1].")
    with tracing() as tracer:
        extract_awards(made, sentences, mentions)
    (told,) = (n for n in tracer.notes if n.reason == "unreal")
    assert (told.by, made.text[told.start : told.end]) == ("Q01", "Pemkot Batu gagal meraih Juara 1.")


def test_a_result_counts_what_was_left_out() -> None:
    result = flow.process(
        Page("a", "a", "Pemkot Batu gagal meraih Adipura 2024. Pemkot Batu meraih Adipura.")
    )
    assert result.left_out == {"unreal": 1}
