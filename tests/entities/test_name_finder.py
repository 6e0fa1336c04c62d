"""Names in sentences of our own: every mention, nested ones included, and nothing else."""

from __future__ import annotations

import pytest

from pipeline.document import Article, Segment
from pipeline.entities import find_entities
from pipeline.entities.name_finder import find_names
from tests.entities import markup

POSITIONS = [
    "[POSITION Bupati [PLACE Agam]] [PERSON Rina Wulandari] membuka acara itu.",
    "[POSITION Pj. Wali Kota [PLACE Tegal]], [PERSON Dr. Bayu Nugraha, M.Si.], menerima tamu.",
    "[POSITION Plt Kepala [AGENCY Bappeda [PLACE Kota Sabang]]] [PERSON Yusra Hanum] hadir.",
    "[POSITION Kepala [AGENCY Dinas Komunikasi, dan Statistik (Diskominfotik) [PLACE Riau]]] hadir.",
    "[POSITION Direktur Bina Media, [AGENCY Kementerian Komunikasi dan Informatika [PLACE RI]]] hadir.",
    "[POSITION Sekretaris Daerah (Sekda) [PLACE Kabupaten Alor]] [PERSON Yance Malaka] tiba lebih dulu.",
    "Sambutan [POSITION Menteri Dalam Negeri (Mendagri)] dibacakan.",
    "[POSITION Menteri Kesehatan [PLACE RI]] datang ke sana.",
    "Piagam dibawa [POSITION Kapolres [PLACE Kendal]] AKBP [PERSON Made Suwirta].",
    "[POSITION Ketua [AGENCY DPRD [PLACE Kota Madiun]]] [PERSON Endah Purwanti] ikut serta.",
    "[POSITION Ketua [AGENCY Komisi I [AGENCY DPR [PLACE RI]]]] hadir.",
    "[POSITION Wakil Rektor III [ORGANISATION Universitas Airlangga]] [PERSON Budi Hartono] hadir.",
    "[POSITION Wali Kota] menilai hal itu baik.",
    "Menurut [POSITION bupati], kerja itu belum selesai.",
    "Mereka bertemu [POSITION Dandim 0719/[PLACE Jepara]] pagi itu.",
    "Ia menyapa [POSITION Sekretaris Jenderal [ORGANISATION ACSB]] [PERSON Wulan Astuti] di sana.",
    "[POSITION Kepala [AGENCY Bagian Prokopim [AGENCY Setda [PLACE Kota Batu]]]], [PERSON Rudi], hadir.",
    "[POSITION Bupati/Wali Kota se-[PLACE Jambi]] diundang.",
]

AGENCIES = [
    "[AGENCY Pemkot [PLACE Malang]] bersiap.",
    "[AGENCY Pemerintah Kota (Pemkot) [PLACE Bandung]] bersiap.",
    "[AGENCY Pemerintah [PLACE Kabupaten Ngawi]] dan [AGENCY Pemprov [PLACE Jatim]] bersepakat.",
    "[AGENCY Kementerian Pendidikan Tinggi, Sains, dan Teknologi (Kemdiktisaintek)] mengumumkan hal itu.",
    "Ia bekerja di [AGENCY Biro Umum, Humas, dan Pengadaan Barang Jasa (UHPBJ) [AGENCY Kemdiktisaintek]].",
    "Surat [AGENCY BPK [PLACE RI] Perwakilan [PLACE Jatim]] diterima.",
    "[AGENCY Kantor Wilayah [AGENCY Kementerian Hukum] [PLACE Lampung]] menggelar bakti sosial.",
    "[AGENCY Polsek [PLACE Lubuk Besar]] mencatat kejadian itu.",
    "Dokter dari [AGENCY RSUD Dr. Soetomo] hadir.",
    "Anak-anak dibawa petugas [AGENCY Puskesmas [PLACE Garung]] pulang.",
    "[AGENCY LLDIKTI Wilayah III] mengundang kampus.",
    "[AGENCY Komisi Informasi [PLACE DKI Jakarta]] menilai badan publik.",
    "Bantuan [AGENCY Pemerintah [PLACE Jepang]] tiba.",
    "Program [AGENCY Dinas PUPR [PLACE Kabupaten Blora]] selesai.",
    "[AGENCY Kominfo [PLACE Kota Bogor]] dan [AGENCY Kominfo] berbeda.",
    "[AGENCY Kemenag [PLACE Kota Batu]] menggelar manasik.",
    "Prajurit [AGENCY Kodim 0707/[PLACE Wonosobo]] dan [AGENCY Kodam IV Diponegoro] membantu warga.",
    "[AGENCY Puskesmas [PLACE Kepil] 1] menang.",
    "[AGENCY Lembaga Layanan Pendidikan Tinggi (LLDIKTI) Wilayah IX] mengundang kampus.",
    "[AGENCY Dinas Sosial Pemberdayaan Masyarakat dan Desa (Dinsos PMD)] menyalurkan bantuan.",
    "[AGENCY Ombudsman [PLACE Republik Indonesia]] menilai layanan.",
    "Ia melapor ke [AGENCY Seksi Penilaian [AGENCY Bidang Informatika [AGENCY Diskominfo]]] kemarin.",
    "Sikap [AGENCY Pemerintah [PLACE RI]] jelas.",
]

OTHERS = [
    "[ORGANISATION PT Maju Sentosa (Persero) Tbk] membangun pabrik.",
    "[ORGANISATION Universitas Negeri [PLACE Yogyakarta]] membuka kelas.",
    "[ORGANISATION SMK Negeri 3 [PLACE Pontianak]] menang.",
    "[ORGANISATION Institut Sains Nusa (ISN) [PLACE Kupang]] berdiri lama.",
    "Kabar itu dimuat [ORGANISATION Kompas.com] kemarin.",
    "[POSITION Ketua [ORGANISATION TP PKK [PLACE Kabupaten Brebes]]] hadir.",
    "[POSITION Pendiri [ORGANISATION Sinar Corp]], [PERSON Chandra Wijaya], hadir.",
    "Acara di [FACILITY Hotel Mawar Indah [PLACE Semarang]], [PLACE Jawa Tengah], berjalan lancar.",
    "Rapat di [FACILITY Pendopo [PLACE Kabupaten Rembang]] selesai.",
    "Rapat di [FACILITY Gedung [AGENCY DPRD [PLACE Jatim]], Jl. Melati [PLACE Surabaya]] selesai.",
    "Mereka menginap di [FACILITY Grand Park Hotel [PLACE Jakarta]] semalam.",
    "Kantor itu di [FACILITY Jalan A. Yani 12], [PLACE Kebumen].",
    "[POSITION Kepala Desa [PLACE Sumberejo]], [PERSON Suwarno], hadir.",
    "[POSITION Perdana Menteri [PLACE Jepang]] tiba.",
    "Siaran dari [FACILITY studio [ORGANISATION Radio Swara]] terdengar.",
    "Ia pulang ke [PLACE Desa Sukamaju], [PLACE Kecamatan Kejajar], [PLACE Kabupaten Wonosobo].",
    "Ia pulang ke [PLACE Kejajar], [PLACE Kabupaten Wonosobo].",
    "Warga se-[PLACE Indonesia] ikut serta.",
    "Inflasi [PLACE Sumatera Utara (Sumut)] naik.",
    "Pelajar dari [PLACE Batu], [PLACE Kediri], dan [PLACE Serang] hadir.",
    "[POSITION Pimpinan [ORGANISATION Bank [PLACE Jateng] Cabang [PLACE Wonosobo]]], [PERSON Wahyu], hadir.",
    "[POSITION Ketua [ORGANISATION DPC IPWI [PLACE Kabupaten Sleman]]] hadir.",
    "[POSITION Direktur [ORGANISATION Taman Satwa [PLACE Bogor]]], [PERSON Maruli Tarigan], hadir.",
    "Mereka menimba ilmu di [ORGANISATION Sekolah Dasar (SD) Negeri 2 [PLACE Kertek]] itu.",
]

PERSONS = [
    'Kami senang," ujar [PERSON Wulan] di [PLACE Solo], [DATE Rabu (24/9/2025)].',
    "[PERSON Prof. Dr. Ir. Bambang Sutejo, M.Sc., Ph.D.] memberi kuliah.",
    "[PERSON Indah Permata, S.Sos., M.AP.], [POSITION Camat [PLACE Kertek]], hadir.",
    "Penghargaan diterima H. [PERSON Samsul Arifin, S.H., M.H.] di sana.",
    "Piala dibawa [PERSON dr. Lestari Handayani, Sp.A.] pulang.",
    "[PERSON Siti Nurhaliza Rahmawati] menjadi juara.",
    "[PERSON Yanto Subagyo] dan [PERSON Karmila] tampil bergantian.",
    "Menurut [PERSON Ratna], hasil itu wajar.",
    "Mayjen TNI [PERSON Agus Firmansyah] tiba.",
    "Ia akrab disapa [PERSON Kunto] oleh tetangga.",
    "Pengamat [PERSON Djarot Widiasmoro] berpendapat lain.",
    "[PERSON M. Anwar] tidak hadir.",
    "Bantuan itu disampaikan [PERSON Prof. Dr. Fathullah Akbar] dari podium.",
    "Rencana itu dipaparkan [POSITION Wamen] [PERSON Fauzan] kemarin.",
    "[PERSON Ramdan Denny Pratiwi] membaca doa.",
]

NOTHING = [
    "Pemerintah daerah dan seluruh OPD bekerja keras.",
    "Kategori Bidang Biologi dilombakan tahun ini.",
    "Seluruh badan publik wajib terbuka.",
    "Penghargaan itu diserahkan pada tahun 2023 kepada para peserta.",
    "Mereka belajar bahasa Prancis setiap Senin.",
    "Batu besar itu menghalangi jalan.",
    "Nomor surat itu SEK.UM.04.01-04.",
    "Selamat kepada para pemenang!",
    "Revisi UU Cagar Budaya dan UU Perfilman dibahas.",
    "Menurut Kamus Besar, inovasi berarti temuan baru.",
    "Rumah Sakit Umum Daerah (RSUD) tipe A dan B ikut dinilai.",
    "Kawasan Hutan Lindung dijaga bersama.",
]


@pytest.mark.parametrize("marked", [*POSITIONS, *AGENCIES, *OTHERS, *PERSONS, *NOTHING])
def test_every_mention_and_no_other(marked: str) -> None:
    text, expected = markup.read(marked)
    found = markup.spans(find_names(*markup.article(text)))
    assert markup.show(text, found) == markup.show(text, expected)


def test_a_name_is_known_again_by_one_word() -> None:
    text, expected = markup.read(
        "[POSITION Bupati [PLACE Ngawi]], [PERSON Laras Kusumawati], hadir.\nSenyum [PERSON Laras] merekah."
    )
    assert markup.spans(find_names(*markup.article(text))) == expected


def test_an_abbreviation_in_brackets_is_known_later() -> None:
    text, expected = markup.read(
        "[ORGANISATION Universitas Tirta Kencana (UTK)] menang.\n"
        "[POSITION Rektor [ORGANISATION UTK]], [PERSON Joko Lelono], bangga."
    )
    assert markup.spans(find_names(*markup.article(text))) == expected


def test_headline_verbs_are_no_names() -> None:
    text, expected = markup.read(
        "[POSITION Bupati [PLACE Tuban]] Terima Penghargaan, Ajak Warga Terus Berkarya"
    )
    assert markup.spans(find_names(*markup.article(text))) == expected


def test_captions_are_read_and_boilerplate_is_not() -> None:
    text = "Bupati Agam hadir.\nWali Kota Malang tersenyum.\nBupati Ngawi pulang."
    lines = [(0, 18), (19, 46), (47, 67)]
    segments = tuple(
        Segment(a, b, kind) for (a, b), kind in zip(lines, ("body", "caption", "related"), strict=True)
    )
    page, sentences = markup.article(text)
    page = Article(page.doc_id, page.source, text, segments)
    found = {text[m.start : m.end] for m in find_names(page, sentences[:1])}
    assert found == {"Bupati Agam", "Agam", "Wali Kota Malang", "Malang"}


def test_mentions_come_sorted_with_the_outer_one_first() -> None:
    text = "Kepala Diskominfo Kota Bogor Rini Astuti hadir di Hotel Salak Bogor, Kamis (10/10/2024)."
    mentions = find_entities(*markup.article(text), model=False)
    assert [m.label for m in mentions[:3]] == ["POSITION", "AGENCY", "PLACE"]
    assert list(mentions) == sorted(mentions, key=lambda m: (m.start, -m.end, m.label, m.rule))
    assert all(m.rule for m in mentions)
