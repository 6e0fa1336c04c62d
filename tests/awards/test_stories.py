"""Short stories from their text to their records: cases in which the pipeline was wrong once."""

from __future__ import annotations

import pytest

from pipeline.document import Page
from pipeline.flow import process
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
    "a grade left behind is no result": (
        """
        Kabupaten Ngada naik level dari kategori Pratama menjadi Madya dalam penilaian Kabupaten Layak
        Anak (KLA) 2025.
        """,
        ("recipient", "result"),
        [("Kabupaten Ngada", "Madya")],
    ),
    "winners beside the subject": (
        """
        Kabupaten Sleman bersama Kabupaten Bantul dan Kota Yogyakarta meraih UHC Awards 2024 kategori
        Utama.
        """,
        ("recipient",),
        [("Kabupaten Bantul",), ("Kabupaten Sleman",), ("Kota Yogyakarta",)],
    ),
    "a list of ranks beside a list of names": (
        """
        Terbaik pertama kategori Video diraih Kecamatan Menteng, serta terbaik kedua dan ketiga
        Kecamatan Gambir dan Kecamatan Senen pada Lomba Konten Humas 2024.
        """,
        ("recipient", "result", "category"),
        [
            ("Kecamatan Gambir", "terbaik kedua", "Video"),
            ("Kecamatan Menteng", "Terbaik pertama", "Video"),
            ("Kecamatan Senen", "ketiga", "Video"),
        ],
    ),
    "who followed a first has no rank of its own": (
        """
        Pada Lomba Desa Digital 2023, posisi pertama ditempati Desa Krandegan, disusul Desa Purwosari
        dan Desa Tanjungsari.
        """,
        ("recipient", "result"),
        [("Desa Krandegan", "posisi pertama"), ("Desa Purwosari", ""), ("Desa Tanjungsari", "")],
    ),
    "an assessment that places somebody": (
        """
        Hasil penilaian Ombudsman RI menempatkan Pemkab Pakpak Bharat sebagai peringkat pertama nasional
        kepatuhan pelayanan publik tahun 2023.
        """,
        ("recipient", "result"),
        [("Pemkab Pakpak Bharat", "peringkat pertama nasional")],
    ),
    "a giver before the one who is given": (
        """
        Penghargaan diserahkan Gubernur Jawa Tengah Bambang Lesmana kepada Pemkab Batang yang diwakili
        Kepala Dinas Kesehatan, Sekar Wulandari, pada malam penganugerahan Kabupaten Sehat 2023 di
        Hotel Patra, Semarang, Rabu (8/11/2023).
        """,
        ("recipient", "giver", "received_by"),
        [("Pemkab Batang", "Bambang Lesmana", "Sekar Wulandari")],
    ),
    "receivers by category": (
        """
        Pemkab Kubu Raya meraih tiga penghargaan PPID Award 2024. Kategori Video diterima Camat Sungai
        Raya, kategori Website diterima Kepala Diskominfo, sedangkan kategori Layanan diterima
        Sekretaris Dinas Kesehatan.
        """,
        ("recipient", "category"),
        [("Pemkab Kubu Raya", "Layanan"), ("Pemkab Kubu Raya", "Video"), ("Pemkab Kubu Raya", "Website")],
    ),
    "classes of participants told one after another": (
        """
        Kategori Kabupaten diraih Kabupaten Magelang pada Anugerah Desa Wisata Jateng 2023. Kemudian
        kategori Kota diraih Kota Salatiga. Sementara untuk kategori Desa yaitu Desa Candirejo.
        """,
        ("recipient", "group"),
        [("Desa Candirejo", "Desa"), ("Kabupaten Magelang", "Kabupaten"), ("Kota Salatiga", "Kota")],
    ),
    "a rank without a number in a list": (
        """
        Para juara Festival Film Pendek 2023:

        - Juara 1: SMK Negeri 1 Purwokerto

        - Juara 2: SMA Negeri 2 Cilacap

        - Juara Harapan: SMA Negeri 1 Kroya
        """,
        ("recipient", "result"),
        [
            ("SMA Negeri 1 Kroya", "Juara Harapan"),
            ("SMA Negeri 2 Cilacap", "Juara 2"),
            ("SMK Negeri 1 Purwokerto", "Juara 1"),
        ],
    ),
    "winners by class, the event last": (
        """
        Kategori provinsi yaitu Jawa Barat, Jawa Tengah, dan Bali. Kategori kota yaitu Kota Bandung dan
        Kota Surabaya. Mereka menerima Smart City Award 2024.
        """,
        ("recipient", "group"),
        [
            ("Bali", "provinsi"),
            ("Jawa Barat", "provinsi"),
            ("Jawa Tengah", "provinsi"),
            ("Kota Bandung", "kota"),
            ("Kota Surabaya", "kota"),
        ],
    ),
    "an award that its grade names": (
        """
        5 Prestasi Kota Blitar Sepanjang 2024

        1. Dapat penghargaan Adipura Kencana

        Kota Blitar mendapat Adipura Kencana dari Kementerian Lingkungan Hidup pada Maret 2024.

        2. Raih opini WTP

        Opini WTP diterima dari BPK pada Mei 2024.
        """,
        ("recipient", "event", "result"),
        [
            ("Kota Blitar", "Adipura", "Adipura Kencana"),
            ("Kota Blitar", "Opini Wajar Tanpa Pengecualian", "WTP"),
        ],
    ),
    "finals are counted, wins are named": (
        """
        Pemkab Blora menjadi finalis di tiga kategori, dan berhasil menjadi pemenang di dua kategori,
        yaitu Website dan Podcast pada Jateng PR Award 2024.
        """,
        ("category", "result", "status"),
        [("Podcast", "pemenang", "won"), ("Website", "pemenang", "won")],
    ),
    "a lesser result": (
        """
        Sementara Kabupaten Rembang hanya mampu bertahan sampai nominasi pada Jateng PR Award 2024.
        """,
        ("recipient", "result", "status"),
        [("Kabupaten Rembang", "nominasi", "nominated")],
    ),
    "the owner of a magazine wins": (
        """
        Majalah Suara Bahari milik Pemkab Natuna menjadi juara II kategori Media Cetak pada Anugerah
        Humas Kepri 2023.
        """,
        ("recipient", "result"),
        [("Pemkab Natuna", "juara II")],
    ),
    "a contest of one word before a year": (
        """
        Raih Nilai Tertinggi, Kabupaten Sinjai Sabet Juara Umum Porseni 2023

        Kabupaten Sinjai keluar sebagai juara umum Porseni Sulawesi Selatan 2023.
        """,
        ("recipient", "event", "year"),
        [("Kabupaten Sinjai", "Porseni Sulawesi Selatan", "2023")],
    ),
    "a kind of village is a category": (
        """
        Desa Pujon Kidul, Kecamatan Pujon, Kabupaten Malang terpilih sebagai Juara 1 kategori Desa
        Wisata Mandiri dalam ADWI 2021.
        """,
        ("recipient", "category", "result"),
        [("Desa Pujon Kidul", "Desa Wisata Mandiri", "Juara 1")],
    ),
    "details of a count": (
        """
        UNS Borong 12 Penghargaan Anugerah Diktisaintek 2025

        Universitas Sebelas Maret (UNS) Surakarta memborong 12 penghargaan dalam Anugerah Diktisaintek
        2025 yang digelar di Jakarta, Jumat (19/12/2025). Rinciannya, Gold Winner kategori Media Sosial,
        Gold Winner kategori Majalah, Silver Winner kategori Siaran Pers, dan Bronze Winner kategori
        Laman pada kelompok PTN BH.
        """,
        ("category", "result"),
        [
            ("Laman", "Bronze Winner"),
            ("Majalah", "Gold Winner"),
            ("Media Sosial", "Gold Winner"),
            ("Siaran Pers", "Silver Winner"),
        ],
    ),
    "people counted for a body win for themselves": (
        """
        Sejumlah pegawai Pemkot Probolinggo menerima Satyalancana Karya Satya dari Presiden RI yang
        diserahkan Wali Kota, Senin (14/8/2023). Sebanyak 45 PNS menerima untuk masa kerja 30 tahun.
        """,
        ("recipient",),
        [],
    ),
    "English categories in a row": (
        """
        PT PLN (Persero) UID Jawa Timur meraih dua penghargaan di ajang Surabaya PR Award 2024, yakni
        Best CSR Program dan Best Media Relations.
        """,
        ("category",),
        [("Best CSR Program",), ("Best Media Relations",)],
    ),
    "a village of a regency, with those it left behind": (
        """
        Nagari Sungai Kamuyang dari Kabupaten Lima Puluh Kota keluar sebagai juara pertama Lomba Nagari
        Berprestasi Sumbar 2023, mengungguli Nagari Koto Tinggi (juara dua) dan Nagari Lunang (juara
        tiga).
        """,
        ("recipient", "result"),
        [
            ("Nagari Koto Tinggi", "juara dua"),
            ("Nagari Lunang", "juara tiga"),
            ("Nagari Sungai Kamuyang", "juara pertama"),
        ],
    ),
    "a count of works is its maker's": (
        """
        Dua inovasi Kota Yogyakarta, yakni "Gandeng Gendong" dan "Jogja Smart Service", masuk Top 45
        Inovasi Pelayanan Publik 2023.
        """,
        ("recipient", "result", "work"),
        [
            ("Kota Yogyakarta", "Top 45", "Gandeng Gendong"),
            ("Kota Yogyakarta", "Top 45", "Jogja Smart Service"),
        ],
    ),
    "a body behind a person's name says who she is": (
        """
        BONTANG - Nur Hidayati, guru Bahasa Indonesia SMP Negeri 4 Bontang, meraih juara II Lomba
        Inovasi Pembelajaran tingkat nasional 2024.
        """,
        ("recipient", "result"),
        [("Nur Hidayati", "juara II")],
    ),
    "a category ends at the next result": (
        """
        Bank Jatim Sabet Dua Penghargaan di Ajang PR Indonesia Awards 2023

        SURABAYA - PT Bank Pembangunan Daerah Jawa Timur Tbk (Bank Jatim) sukses menyabet dua
        penghargaan di ajang PR Indonesia Awards (PRIA) 2023. Kedua penghargaan tersebut yakni Silver
        Winner untuk Sub Kategori Annual Report dan Bronze Winner untuk Sub Kategori Media Relations.
        Corporate Secretary Bank Jatim Tono Wijaya hadir langsung menerima penghargaan tersebut di
        Hotel Bidakara, Jakarta, Jumat (24/3/2023).
        """,
        ("category", "result"),
        [("Annual Report", "Silver Winner"), ("Media Relations", "Bronze Winner")],
    ),
    "a title that no award stands over": (
        """
        Desa Wisata Nglanggeran Harumkan Nama Indonesia

        Desa Wisata Nglanggeran, Kecamatan Patuk, Gunungkidul terpilih menjadi salah satu Best Tourism
        Village 2021 versi UNWTO. Pengumuman disampaikan di Madrid, Spanyol, Kamis (2/12/2021).
        """,
        ("recipient", "year"),
        [("Desa Wisata Nglanggeran", "2021")],
    ),
    "ranks of others beside the winner": (
        """
        PPID Kota Surakarta menjadi yang terbaik kedua dalam PPID Award Jawa Tengah 2023 kategori kota.
        Posisi pertama diraih PPID Kota Magelang, sedangkan terbaik ketiga PPID Kota Salatiga.
        """,
        ("recipient", "result"),
        [
            ("PPID Kota Magelang", "Posisi pertama"),
            ("PPID Kota Salatiga", "terbaik ketiga"),
            ("PPID Kota Surakarta", "terbaik kedua"),
        ],
    ),
    "a title of a person with an office": (
        """
        Kepala Dinas Kominfo Kota Bandung, Dimas Prayoga, dinobatkan sebagai The Best Government
        Communicator dalam ajang Anugerah Humas Jabar 2023.
        """,
        ("recipient", "category"),
        [("Dimas Prayoga", "The Best Government Communicator")],
    ),
    "members of a team do not win for themselves": (
        """
        Mahasiswa Universitas Mataram Raih Juara Harapan I LKTIN

        Tim mahasiswa Universitas Mataram yang terdiri dari Baiq Anggi, Lalu Rizki, dan Siti Maesarah
        berhasil meraih Juara Harapan I dalam Lomba Karya Tulis Ilmiah Nasional (LKTIN) 2024 di
        Universitas Brawijaya.
        """,
        ("recipient",),
        [("Universitas Mataram",)],
    ),
    "money for performance is no award": (
        """
        Pemerintah Kota Tebing Tinggi mendapat Dana Insentif Fiskal sebesar Rp6,2 miliar dari
        Kementerian Keuangan karena kinerja penurunan stunting.
        """,
        ("recipient",),
        [],
    ),
    "a falling grade is no award": (
        """
        Peringkat keterbukaan informasi Kabupaten Ende turun dari Informatif menjadi Cukup Informatif
        pada 2024.
        """,
        ("recipient",),
        [],
    ),
    "the subject of the main clause": (
        """
        Penghargaan kepada atlet berprestasi diserahkan Wali Kota Metro. Atlet taekwondo Rizky Ananda
        menerima Rp10 juta karena meraih emas Popnas 2023.
        """,
        ("recipient", "event"),
        [("Rizky Ananda", "Popnas")],
    ),
    "the subject stands behind the comma": (
        """
        Setelah meraih juara 1 Lomba Desa tingkat Kabupaten Blitar 2023, Desa Karangsono bersiap maju ke
        tingkat provinsi.
        """,
        ("recipient", "result"),
        [("Desa Karangsono", "juara 1")],
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_story(name: str) -> None:
    text, columns, rows = STORIES[name]
    lines = [" ".join(p.split()) for p in text.split("\n\n")]
    result = process(Page("page", "test", "\n".join(lines)))
    assert table(result.awards, *columns) == sorted(rows)
