"""Who wins, by grammar: before the verb, behind it, in a list."""

from __future__ import annotations

import pytest

from pipeline.awards.frame_arguments import following, given, listed, subject
from pipeline.document import Mention
from tests.awards.story import sentence


def _words(text: str, mentions: list[Mention]) -> list[str]:
    return [text[m.start : m.end] for m in mentions]


@pytest.mark.parametrize(
    ("before", "heads"),
    [
        ("[AGENCY Pemkot Batu] berhasil ", ["Pemkot Batu"]),
        ("[AGENCY Pemkot Batu] melalui [AGENCY Dinas Sosial] ", ["Pemkot Batu"]),
        ("[AGENCY Pemkot Batu] dan [AGENCY Pemkab Agam] ", ["Pemkot Batu", "Pemkab Agam"]),
        ("[AGENCY Pemkot Batu], [AGENCY Pemkab Agam], dan [AGENCY Pemkot Solo] ",
         ["Pemkot Batu", "Pemkab Agam", "Pemkot Solo"]),
        ("[POSITION Bupati Agam] H. [PERSON Tono Aji] ", ["Bupati Agam", "Tono Aji"]),
        ("[ORGANISATION SMA Batu], [PLACE Jawa Timur], ", ["SMA Batu"]),
        ("Di [PLACE Malang], [AGENCY Pemkot Batu] ", ["Pemkot Batu"]),
        ("Tim dari [ORGANISATION SMA Batu] ", ["SMA Batu"]),
        ("bantuan dari [ORGANISATION SMA Batu] ", []),
        ("ajang di [FACILITY Hotel Melati], [PLACE Malang] ", []),
        ("kemarin ", []),
    ],
)  # fmt: skip
def test_heads_of_a_subject(before: str, heads: list[str]) -> None:
    text, rendered = sentence(before)
    assert _words(text, subject(rendered, 0, len(rendered.text))[0]) == heads


def test_a_subject_starts_at_its_first_head() -> None:
    _text, rendered = sentence("Kemarin [AGENCY Pemkot Batu] dan [AGENCY Pemkab Agam] meraih")
    verb = rendered.text.index("meraih")
    assert subject(rendered, 0, verb)[1] == len("kemarin ")
    assert subject(rendered, verb - 1, verb) == ([], verb)


def test_the_region_right_behind_a_name_belongs_to_it() -> None:
    text, rendered = sentence("[PLACE:village Desa Mekar] [PLACE Kecamatan Bumi] meraih")
    assert _words(text, subject(rendered, 0, rendered.text.index("meraih"))[0]) == [
        "Desa Mekar Kecamatan Bumi"
    ]


@pytest.mark.parametrize(
    ("after", "names"),
    [
        ("oleh [AGENCY Pemkot Batu]", ["Pemkot Batu"]),
        (" [AGENCY Pemkot Batu], [AGENCY Pemkab Agam] dan [AGENCY Pemkot Solo] kemarin",
         ["Pemkot Batu", "Pemkab Agam", "Pemkot Solo"]),
        (" [AGENCY Pemkot Batu] (juara bertahan) serta [AGENCY Pemkab Agam]", ["Pemkot Batu", "Pemkab Agam"]),
        (" [POSITION Bupati Agam] [PERSON Tono Aji]", ["Bupati Agam", "Tono Aji"]),
        (" [ORGANISATION SMA Batu], [PLACE Malang]", ["SMA Batu"]),
        (" oleh tim dari [ORGANISATION SMA Batu]", ["SMA Batu"]),
        (" pada ajang di [PLACE Malang]", []),
        (" sesudah sekian lama menanti dengan sabar [AGENCY Pemkot Batu]", []),
        (" kemarin", []),
    ],
)  # fmt: skip
def test_names_that_follow(after: str, names: list[str]) -> None:
    text, rendered = sentence(after)
    assert _words(text, following(rendered, 0, len(rendered.text))) == names


def test_items_of_a_list_stand_behind_commas_and_conjunctions() -> None:
    text, rendered = sentence(
        "[AGENCY Pemkot Batu], [ORGANISATION SMA Batu], [PLACE Malang], warga [PLACE Solo], dan [AGENCY Agam]"
    )
    assert _words(text, listed(rendered, 0, len(rendered.text))) == ["Pemkot Batu", "SMA Batu", "Agam"]


def test_a_count_announces_who_is_given_something() -> None:
    text, rendered = sentence("tiga desa, yakni [PLACE Mekar], [PLACE Bumi] dan [PLACE Tirta]")
    assert _words(text, given(rendered, 0, len(rendered.text))) == ["Mekar", "Bumi", "Tirta"]
    _text, rendered = sentence("tiga desa yang rajin sekali dan belum pernah mendapat apa-apa: [PLACE Mekar]")
    assert given(rendered, 0, len(rendered.text)) == []
