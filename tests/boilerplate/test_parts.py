"""Datelines, dates, glued links and sign-offs, one by one."""

from __future__ import annotations

import pytest

from pipeline.boilerplate.captions import is_caption
from pipeline.boilerplate.dateline import dateline_end
from pipeline.boilerplate.inline import inline_spans
from pipeline.boilerplate.lines import split_lines
from pipeline.boilerplate.publication_lines import find_date, is_date_line

BODY = "Pemerintah Kota Contoh meraih penghargaan tingkat nasional."


@pytest.mark.parametrize(
    "dateline",
    [
        "JAKARTA, KABARKU.com -- ",
        "JAKARTA, KABARKU.COM – ",
        "KABARKU.ID, BATU – ",
        "KABARKU.COM- ",
        "KABARKU.COM",
        "KOTA (kabarku.co.id). – ",
        "Bandarlampung (ANTARA) - ",
        "Koba, Babel, (ANTARA) - ",
        "UNDIP, Semarang (20/2) – ",
        "Merona, 12 Januari 2026 — ",
        "Surabaya – ",
        "Yogyakarta-",
        "Depok–",
        "SUNGAI PENUH-",
        "WONOSOBO. ",
        "Purwakarta || Kabar-media.com – ",
        "VISI.NEWS | JAKARTA – ",
        "POSKABAR.COM – DAIRI  – ",
        "Unesa.ac.id. SURABAYA—",
        "[contoh.ac.id, 26/10/2019] ",
        "**JAKARTA, KABARKU.com** - ",
        "JAKARTA: ",
        "REPUBLIKA.CO.ID,YOGYAKARTA--",
        "Jakarta, ANTARA - ",
        "Bojonegoro, kabar nusantara – ",
        "kabarku.com - JAKARTA - ",
        "TANGERANG || ",
        "Tangerang||Kabarku.com ",
        "KABARKU.COM.BATU- ",
        "SUARAKU.COM – ",
        "Batu (Kabarku-Nasional) – ",
        "(Kabarku-Daerah) ",
    ],
)
def test_a_dateline_ends_where_the_first_sentence_begins(dateline: str) -> None:
    assert dateline_end(dateline + BODY) == len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "Se-Indonesia hanya ada tiga pemenang dalam lomba itu.",
        "Anak-anak Merona menari di panggung.",
        "Kabarku.com melaporkan bahwa lomba ditunda.",
        "Bupati Merona – yang juga ketua panitia – membuka acara.",
        "Juara 1: Kota Contoh",
        "Jakarta, Bogor, dan Depok meraih piala lomba taman tingkat nasional tahun ini.",
        "Surabaya, ibu kota provinsi itu, meraih piala lomba taman tingkat nasional tahun ini.",
        "Lomba itu digelar dua hari - Sabtu dan Minggu.",
        "Menurut Budi. Rina juga hadir.",
        "Nama-Nama Pemenang Lomba Taman Kota Merona",
        "(Senin-Kamis) warga desa bekerja bersama.",
        "",
    ],
)
def test_running_text_has_no_dateline(text: str) -> None:
    assert dateline_end(text) == 0


def test_later_paragraphs_need_an_outlet_or_a_date() -> None:
    assert dateline_end("Surabaya – " + BODY, strong_only=True) == 0
    assert dateline_end("SURABAYA, KABARKU.COM – " + BODY, strong_only=True) > 0


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Jumat, 14 November 2025 | 14:15 WIB", "2025-11-14"),
        ("Kamis, 09 Sep 2021 16:51 WIB", "2021-09-09"),
        ("Minggu 27-03-2022,08:46 WIB", "2022-03-27"),
        ("Kabarku.com - 27/11/2021, 20:23 WIB", "2021-11-27"),
        ("Rabu, Agustus 30, 2023, 14:51 WIB", "2023-08-30"),
        ("28-May-2024 12:51 WIB", "2024-05-28"),
        ("12 Nopember 2019", "2019-11-12"),
        ("2021-11-27T20:23:00+07:00", "2021-11-27"),
        ("31 Februari 2022", None),
        ("13/13/2022", None),
        ("pukul 08.30 WIB", None),
        ("", None),
    ],
)
def test_find_date(text: str, iso: str | None) -> None:
    assert find_date(text) == iso


def test_a_line_of_running_text_with_a_date_is_no_date_line() -> None:
    assert is_date_line("Berita • 13 Sep 2024")
    assert is_date_line("Diterbitkan pada Senin, 3 Mei 2021 pukul 10.00 WIB", strict=True)
    assert not is_date_line("Lomba itu digelar di halaman kantor bupati pada 3 Mei 2021")
    assert not is_date_line("Berita • 13 Sep 2024", strict=True)


def cut(text: str, *, tail: bool = False) -> str:
    for start, end, _ in reversed(inline_spans(text, tail=tail)):
        text = text[:start] + "⟂" + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "Acara usai. Baca juga: Dua Desa Wakili Provinsi Menurut Budi, warga senang.",
            "Acara usai. ⟂ Menurut Budi, warga senang.",
        ),
        (
            "Acara usai. Baca juga: Bupati buka lomba desa di alun-alun kota Ia lalu pulang.",
            "Acara usai. ⟂ Ia lalu pulang.",
        ),
        ("Usai. Baca juga: Satu Dua Tiga Baca juga: Empat Lima Enam", "Usai. ⟂ ⟂"),
        ("Acara usai. Baca juga: Dua Desa Menang. Warga senang.", "Acara usai. ⟂Warga senang."),
        ("Acara usai. SCROLL TO CONTINUE WITH CONTENT Warga senang.", "Acara usai. ⟂ Warga senang."),
        ("Acara usai. (red)", "Acara usai.⟂"),
        ("Acara usai.(***)", "Acara usai.⟂"),
        ("lembaga yang menaungi kampus […]", "lembaga yang menaungi kampus ⟂"),
        ("Acara usai. Ikuti berita Kabarku di Google News", "Acara usai.⟂"),
    ],
)
def test_what_is_cut_out_of_a_paragraph(text: str, left: str) -> None:
    assert cut(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Acara digelar Jumat (16/7).",
        "Piala untuk World Class University (WCU)",
        "Peserta berasal dari Merona (Jawa) dan Rindang (Sumatra).",
        "Warga juga membaca buku. Bacalah setiap hari.",
    ],
)
def test_brackets_of_the_text_stay(text: str) -> None:
    assert cut(text, tail=True) == text


def test_a_sign_off_without_a_clear_word_goes_only_at_the_end_of_the_article() -> None:
    text = "Acara usai. (Rina)"
    assert cut(text) == text
    assert cut(text, tail=True) == "Acara usai. ⟂"


def test_a_photo_credit_takes_its_dated_caption() -> None:
    text = (
        "Lomba usai. Para juara di alun-alun, 30 Juni 2018. Mereka senang. Tempo/Rina Wulan. Hadiah menyusul."
    )
    assert cut(text) == "Lomba usai. ⟂ Hadiah menyusul."


def test_wrapped_lines_are_joined_and_blank_characters_left_out() -> None:
    wrapped = "Bupati Merona menyerahkan piala bergilir kepada para juara lomba\nyang digelar kemarin."
    text = f"\ufeff{wrapped}\n\n \u200b \nUsai."
    lines = split_lines(text)
    assert [line.text for line in lines] == [wrapped, "Usai."]
    assert all(text[line.start : line.end] == line.text for line in lines)
    assert lines[1].gap


def test_a_caption_that_opens_like_a_dateline_is_still_a_caption() -> None:
    line = split_lines("BUPATI MERONA - Rina Wulan menyerahkan hadiah lomba desa. (KBR/Ist)")[0]
    assert is_caption(line, above=False, beside=False)
    assert not is_caption(
        split_lines("Bupati menyerahkan hadiah, Senin (3/5).")[0], above=False, beside=False
    )
    assert is_caption(split_lines("Bupati menyerahkan hadiah, Senin (3/5/2021).")[0], above=True, beside=True)


def test_a_comma_after_a_place_makes_a_dateline_of_it_only_before_a_whole_clause() -> None:
    assert (
        dateline_end("Pacitan, Tim penilai dari kementerian menyambangi kabupaten untuk menilai kesiapan.")
        == 9
    )
    assert (
        dateline_end("Pacitan, Kota Contoh, dan Merona meraih piala lomba taman tingkat nasional itu.") == 0
    )


@pytest.mark.parametrize(
    "aside", ["oleh Admin Kabar • 31 Juli 2025", "kabarku.co | 29/08/2025 | 07.00", "kotacontoh - 14/10/2024"]
)
def test_what_stands_below_a_headline_in_lower_case_is_not_joined_to_it(aside: str) -> None:
    title = "Desa Sejuk dan Kelurahan Rindang Juara Lomba Desa Tahun Ini"
    assert [line.text for line in split_lines(f"{title}\n{aside}")] == [title, aside]
