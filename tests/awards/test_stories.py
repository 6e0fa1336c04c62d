"""Short stories from their text to their records: cases in which the pipeline was wrong once."""

from __future__ import annotations

import pytest

from pipeline.assembly import load, process
from pipeline.document import Page
from tests.awards.story import table

#: What it is about; the text, an empty line where a line ends; columns; rows.
STORIES: dict[str, tuple[str, tuple[str, ...], list[tuple[str, ...]]]] = {
    "ranks and names paired by their order": (
        """
        Lomba Siskamling 2023 tingkat Kabupaten Kediri sudah dinilai. Desa Ringinsari juara 1,
        disusul Desa Tales juara 2, dan juara 3 Desa Seketi.
        """,
        ("recipient", "result"),
        [("Desa Ringinsari", "juara 1"), ("Desa Seketi", "juara 3"), ("Desa Tales", "juara 2")],
    ),
    "a counted subject, named behind the verb": (
        """
        Tiga desa meraih penghargaan Proklim 2022, yakni Desa Sumberagung, Desa Karangrejo, dan Desa
        Tanjungsari.
        """,
        ("recipient",),
        [("Desa Karangrejo",), ("Desa Sumberagung",), ("Desa Tanjungsari",)],
    ),
    "names in brackets that share a medal": (
        """
        Rinciannya: medali emas untuk Rani Kusuma (SMA Negeri 1 Blitar, bidang Kimia), serta medali
        perunggu untuk Bima Prasetyo (SMA Negeri 2 Blitar, bidang Fisika) dan Sari Wulandari (SMA
        Negeri 3 Blitar, bidang Biologi) pada Olimpiade Sains Nasional 2023.
        """,
        ("recipient", "result", "category"),
        [
            ("Bima Prasetyo", "medali perunggu", "Fisika"),
            ("Rani Kusuma", "medali emas", "Kimia"),
            ("Sari Wulandari", "medali perunggu", "Biologi"),
        ],
    ),
    "two crowns in one sentence": (
        """
        Anugerah Humas Nusantara 2024 digelar di Jakarta. Yayasan Humas Nusantara menobatkan
        Kabupaten Lumajang sebagai Terbaik I dan menetapkan Kota Blitar sebagai Terbaik II.
        """,
        ("recipient", "result"),
        [("Kabupaten Lumajang", "Terbaik I"), ("Kota Blitar", "Terbaik II")],
    ),
    "a category pointed back at names no new one": (
        """
        Pemerintah Kota Blitar meraih Anugerah Media Humas 2023 kategori Website. Situs yang menjadi
        juara dalam kategori itu adalah Portal Blitar.
        """,
        ("recipient", "category"),
        [("Pemerintah Kota Blitar", "Website")],
    ),
    "the day of an issue is not the day of the award": (
        """
        Pemerintah Kota Blitar meraih Terbaik II Anugerah Media Humas 2024 untuk majalah edisi Maret
        2024. Penghargaan diserahkan di Hotel Melati, Bandung, Jumat (11/10/2024).
        """,
        ("recipient", "date"),
        [("Pemerintah Kota Blitar", "2024-10-11")],
    ),
    "a degree of severity is no category": (
        """
        Pemerintah Kabupaten Lumajang menyatakan kualitas udara kini masuk kategori rendah.
        """,
        ("recipient",),
        [],
    ),
    "a national ranking of prices is no award": (
        """
        Kota Blitar menduduki peringkat kedua kota dengan harga beras termahal pada 2023.
        """,
        ("recipient",),
        [],
    ),
    "an official receives, the region wins": (
        """
        Bupati Lumajang Indah Rahayu menerima penghargaan Kabupaten Layak Anak 2023 kategori Nindya
        dari Menteri PPPA di Jakarta, Sabtu (22/7/2023).
        """,
        ("recipient", "received_by", "date"),
        [("Lumajang", "Indah Rahayu", "2023-07-22")],
    ),
    "the year of a prize behind its fiscal year": (
        """
        Pemerintah Kota Blitar meraih opini WTP atas Laporan Keuangan Pemerintah Daerah Tahun
        Anggaran 2022 dari BPK, Senin (15/5/2023).
        """,
        ("recipient", "date"),
        [("Pemerintah Kota Blitar", "2023-05-15")],
    ),
    "a list without bullets": (
        """
        Berikut para pemenang Lomba Kebersihan Antar-Desa 2023 Kabupaten Blitar:

        Juara I: Desa Sumberejo

        Juara II: Desa Tulungrejo

        Juara III: Desa Wonorejo
        """,
        ("recipient", "result"),
        [("Desa Sumberejo", "Juara I"), ("Desa Tulungrejo", "Juara II"), ("Desa Wonorejo", "Juara III")],
    ),
    "headings that do not call themselves categories": (
        """
        Berikut daftar pemenang Lomba Cerdas Cermat 2024:

        🧠 Cerdas Cermat SD:

        1. Juara 1: SDN 5 Blitar (Gugus Mawar)

        2. Juara 2: SD IT Nurul Iman
        """,
        ("recipient", "category", "result"),
        [
            ("SD IT Nurul Iman", "Cerdas Cermat SD", "Juara 2"),
            ("SDN 5 Blitar", "Cerdas Cermat SD", "Juara 1"),
        ],
    ),
    "others who were counted, named in the next sentence": (
        """
        Pemkab Blitar meraih opini WTP 2019. Selain Kabupaten Blitar, ada 3 daerah lain yang hari itu juga
        mendapatkan opini WTP. Yakni, Kota Batu, Kabupaten Malang, dan Kota Kediri.
        """,
        ("recipient",),
        [("Kabupaten Malang",), ("Kota Batu",), ("Kota Kediri",), ("Pemkab Blitar",)],
    ),
    "a contest in lower case": (
        """
        Desa Sumberejo meraih juara 1 lomba kebersihan lingkungan tingkat Kabupaten Blitar tahun
        2023.
        """,
        ("recipient", "result", "year"),
        [("Desa Sumberejo", "juara 1", "2023")],
    ),
    "a nomination and a win in one clause": (
        """
        Pemerintah Kota Blitar masuk nominasi kategori Website dan meraih Terbaik I kategori Media
        Sosial pada Anugerah Media Humas 2023.
        """,
        ("category", "status"),
        [("Media Sosial", "won"), ("Website", "nominated")],
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_story(name: str) -> None:
    text, columns, rows = STORIES[name]
    lines = [" ".join(p.split()) for p in text.split("\n\n")]
    result = process(load(), Page("page", "test", "\n".join(lines)))
    assert table(result.awards, *columns) == sorted(rows)
