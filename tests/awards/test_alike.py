"""Two rows that differ in their verbs alone behave alike: *membukukan* as a row gives what *meraih* gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline.lexicon import lines, use_packs
from tests.awards.story import table, tell

COLUMNS = ("recipient", "event", "category", "result", "work", "year", "status", "timeframe", "organiser")

#: Lines of small pages; ``{verb}`` is the verb. Some tell wins, some do not.
PAGES = [
    ("[AGENCY Pemkot Batu] {verb} [RESULT Juara 1] [EVENT Lomba Arsip].",),
    ("[AGENCY Pemkot Batu] kembali {verb} [EVENT Anugerah Humas].",),
    ("[AGENCY Pemkot Batu] akan {verb} [RESULT Juara 1] [EVENT Lomba Arsip].",),
    ("[AGENCY Pemkot Batu] gagal {verb} [EVENT Anugerah Humas].",),
    ("[AGENCY Pemkot Batu] {verb} dukungan penuh warga.",),
    ("[AGENCY Pemkot Batu] {verb} penghargaan dari [AGENCY Kementerian Sosial].",),
    ("Sebelumnya, [AGENCY Pemkot Batu] {verb} [RESULT Juara 2] [EVENT Lomba Arsip].",),
    ("[AGENCY Pemkot Batu] {verb} [RESULT Juara 1] dan [AGENCY Pemkab Agam] {verb} [RESULT Juara 2].",),
    ("Di [EVENT Lomba Arsip], [PERSON Rina Sari] {verb} [RESULT Juara 1], disusul [PERSON Joko Tri].",),
    ("Tiga siswa {verb} [RESULT medali emas] [EVENT Lomba], yakni [PERSON Rina Sari] dan [PERSON Joko].",),
    ("[ORGANISATION SMA 1 Batu] {verb} tiga [RESULT medali emas].",),
    ("Peserta yang {verb} [RESULT Top Five] adalah [AGENCY RSUD Cempaka] dan [AGENCY Puskesmas Kedu].",),
    ("Setelah {verb} [RESULT Juara 1] [EVENT Lomba Arsip], [PERSON Rina Sari] pulang.",),
    ("Unit yang {verb} [RESULT predikat A] [EVENT Lomba Arsip] antara lain:", "- [AGENCY Dinas Kesehatan]",
     "- [AGENCY Dinas Sosial]"),
    ("[AGENCY Pemkot Batu] {verb} [RESULT Juara 1] kategori [CATEGORY Website] [EVENT Lomba Arsip].",
     "Ia juga {verb} [RESULT Juara 2] kategori [CATEGORY Majalah]."),
    ("Kemudian ia {verb} [RESULT Juara 1] [EVENT Lomba Arsip].",),
    ("[PERSON Rina Sari] {verb} [RESULT Juara 1] dan [PERSON Joko] [RESULT Juara 2] [EVENT Lomba].",),
    ("Lewat video “[WORK Senja]”, [PLACE Kota Batu] {verb} [RESULT Terbaik II] [EVENT Lomba Arsip].",),
]  # fmt: skip

TEXTS = [
    "Pemerintah Kota Malang {verb} Juara 1 Anugerah Media Humas 2024 di Bandung, Kamis (10/10/2024).",
    "Kabupaten Bantul {verb} Adipura 2023. Kabupaten itu sebelumnya belum pernah {verb} Adipura.",
    "Dinas Kesehatan Kota Batu berhasil {verb} penghargaan Terbaik II kategori Inovasi.",
]


@pytest.fixture
def _membukukan(tmp_path: Path) -> Iterator[None]:
    """A rule pack with one row: the row of *meraih* with another verb, and examples of its own."""
    row = next(row for _, row in lines("award_rules") if row["id"] == "W01")
    own = {**row, "id": "W901", "verbs": ["membukukan"], "priority": row["priority"] + 1}
    (tmp_path / "award_rules.jsonl").write_text(json.dumps(own), "utf-8")
    use_packs([tmp_path])
    yield
    use_packs([])


@pytest.mark.usefixtures("_membukukan")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[0][:60])
def test_a_new_verb_gives_the_same_records(page: tuple[str, ...]) -> None:
    known, new = (tell(*(line.format(verb=verb) for line in page)) for verb in ("meraih", "membukukan"))
    assert table(new, *COLUMNS) == table(known, *COLUMNS)


@pytest.mark.usefixtures("_membukukan")
@pytest.mark.parametrize("text", TEXTS)
def test_a_new_verb_gives_the_same_table(text: str) -> None:
    known, new = (pipeline.process(text.format(verb=verb)).awards for verb in ("meraih", "membukukan"))
    assert known
    assert table(new, *COLUMNS) == table(known, *COLUMNS)


@pytest.mark.usefixtures("_membukukan")
def test_the_table_tells_wins() -> None:
    told = [tell(*(line.format(verb="membukukan") for line in page)) for page in PAGES]
    assert sum(map(bool, told)) > 10
    assert any("W901" in award.rules for awards in told for award in awards)


def test_without_the_row_it_is_no_verb_of_winning() -> None:
    assert tell(PAGES[1][0].format(verb="membukukan")) == ()
