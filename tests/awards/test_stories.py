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
    "a medal that came from a team": (
        """
        Universitas Merapi memborong dua medali di Pekan Ilmiah Mahasiswa Nasional 2023. Medali emas diraih
        tim PKM Karsa Cipta. Satu medali perunggu lagi datang dari kategori PKM Kewirausahaan.
        """,
        ("recipient", "result", "category"),
        [
            ("Universitas Merapi", "Medali emas", "PKM Karsa Cipta"),
            ("Universitas Merapi", "medali perunggu", "PKM Kewirausahaan"),
        ],
    ),
    "English categories behind the verb": (
        """
        Pemerintah Kota Blitar meraih penghargaan di Anugerah Humas Nusantara 2023. Akun kota itu
        juga meraih Most Engaging dan Best Use of Video.
        """,
        ("recipient", "category"),
        [("Pemerintah Kota Blitar", "Best Use of Video"), ("Pemerintah Kota Blitar", "Most Engaging")],
    ),
    "a chain of category, sub-category, work and result": (
        """
        Pemerintah Kota Blitar meraih penghargaan Anugerah Humas Nusantara 2023, yaitu kategori Media
        Cetak, sub-kategori Majalah Internal, Kabar Blitar, edisi Mei 2023, predikat Gold Winner.
        """,
        ("category", "work", "result"),
        [("Media Cetak, sub-kategori Majalah Internal", "Kabar Blitar", "Gold Winner")],
    ),
    "one prize more is a record of its own": (
        """
        Desa Karangrejo masuk 50 besar Anugerah Desa Wisata Indonesia 2023. Desa Karangrejo juga menjadi
        finalis kategori Homestay.
        """,
        ("result", "category"),
        [("50 besar", ""), ("finalis", "Homestay")],
    ),
    "the score behind a rank is no second prize": (
        """
        Kota Blitar menempati peringkat kedua Digital Government Award 2024. Pemkot Blitar mengantongi
        indeks 4,41 dengan predikat Memuaskan.
        """,
        ("result",),
        [("peringkat kedua",)],
    ),
    "who wins beside a subject without a name": (
        """
        Universitas Merapi memenangkan kategori Website pada Anugerah Humas Nusantara 2023. Kampus ini juga
        menjuarai kategori Media Sosial bersama Universitas Bromo.
        """,
        ("recipient", "category"),
        [
            ("Universitas Bromo", "Media Sosial"),
            ("Universitas Merapi", "Media Sosial"),
            ("Universitas Merapi", "Website"),
        ],
    ),
    "the speaker of a quotation wins": (
        """
        Setiap malam Rina Kusuma menggelar tikar di Desa Karangrejo. “Tahun lalu saya meraih juara 1 Lomba
        Karya Ilmiah Remaja,” kata Rina Kusuma.
        """,
        ("recipient", "result"),
        [("Rina Kusuma", "juara 1")],
    ),
    "an edition to come has another year": (
        """
        Kabupaten Lumajang keluar sebagai juara umum MTQ tingkat provinsi tahun 2023. MTQ tahun 2025 akan
        digelar di Kota Blitar.
        """,
        ("recipient", "year", "place"),
        [("Kabupaten Lumajang", "2023", "")],
    ),
    "a receiver is no winner where the winner is named": (
        """
        Perumda Tirta Blitar meraih dua trofi TOP BUMD Awards 2023. Penghargaan TOP Pembina BUMD
        diberikan kepada Bupati Lumajang Joko Susanto. Trofi TOP Pembina BUMD diterima Asisten
        Perekonomian, Tono Wijaya.
        """,
        ("recipient", "category"),
        [("Joko Susanto", "TOP Pembina BUMD"), ("Perumda Tirta Blitar", "")],
    ),
    "somebody else in the headline has the next rank": (
        """
        Lumajang Juara Umum MTQ Jawa Timur, tuan rumah Posisi Ketiga

        Kafilah Kabupaten Lumajang keluar sebagai juara umum MTQ tingkat Jawa Timur tahun 2023.
        """,
        ("recipient", "result"),
        [("Kabupaten Lumajang", "juara umum")],
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_story(name: str) -> None:
    text, columns, rows = STORIES[name]
    lines = [" ".join(p.split()) for p in text.split("\n\n")]
    result = process(load(), Page("page", "test", "\n".join(lines)))
    assert table(result.awards, *columns) == sorted(rows)
