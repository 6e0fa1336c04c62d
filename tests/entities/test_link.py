"""Linking: regions to codes, bodies to canonical names, people to one name, dates to ISO dates."""

from __future__ import annotations

import pytest

from pipeline.document import Mention
from pipeline.entities import government_name, link_entities
from pipeline.entities.name_finder import find_names
from tests.entities import markup


def linked(text: str, published: str | None = None) -> dict[str, Mention]:
    """Return the linked mentions by surface."""
    page, sentences = markup.article(text, published)
    return {text[m.start : m.end]: m for m in link_entities(page, find_names(page, sentences))}


@pytest.mark.parametrize(
    ("sentence", "surface", "name", "code"),
    [
        ("Wali Kota Malang hadir.", "Malang", "Kota Malang", "35.73"),
        ("Bupati Malang hadir.", "Malang", "Kabupaten Malang", "35.07"),
        ("Pemkab Bogor menang.", "Bogor", "Kabupaten Bogor", "32.01"),
        ("Pemko Jambi menang.", "Jambi", "Kota Jambi", "15.71"),
        ("Gubernur Jambi hadir.", "Jambi", "Provinsi Jambi", "15"),
        ("Kapolresta Magelang hadir.", "Magelang", "Kota Magelang", "33.71"),
        ("Kabupaten Muba menang.", "Kabupaten Muba", "Kabupaten Musi Banyuasin", "16.06"),
        ("Inflasi Jatim naik.", "Jatim", "Provinsi Jawa Timur", "35"),
        ("Warga DIY senang.", "DIY", "Daerah Istimewa Yogyakarta", "34"),
        ("Warga Solo senang.", "Solo", "Kota Surakarta", "33.72"),
        ("Warga Padangpanjang senang.", "Padangpanjang", "Kota Padang Panjang", "13.74"),
        ("Warga Prov. Bali senang.", "Prov. Bali", "Provinsi Bali", "51"),
        ("Warga Kec. Kertek, Kabupaten Wonosobo, senang.", "Kec. Kertek", "Kecamatan Kertek", "33.07.08"),
        ("Warga Jakarta Timur senang.", "Jakarta Timur", "Kota Administrasi Jakarta Timur", "31.75"),
    ],
)
def test_places_get_their_code(sentence: str, surface: str, name: str, code: str) -> None:
    place = linked(sentence)[surface]
    assert (place.name, place.code) == (name, code)


def test_a_homonym_stays_open_when_nothing_decides() -> None:
    place = linked("Acara itu berlangsung di Malang.")["Malang"]
    assert (place.name, place.code) == ("Malang", "")


def test_a_homonym_is_decided_by_the_other_mentions_of_the_page() -> None:
    page = linked("Pemkot Tegal menang.\nWarga di Tegal senang.")
    assert page["Tegal"].code == "33.76"


def test_two_homonyms_on_one_page_leave_the_bare_name_open() -> None:
    text = "Pemkot Tegal menang.\nPemkab Tegal juga.\nWarga di Tegal senang."
    page, sentences = markup.article(text)
    bare = [m for m in link_entities(page, find_names(page, sentences)) if m.start == text.rindex("Tegal")]
    assert [m.code for m in bare if m.label == "PLACE"] == [""]


def test_the_office_of_another_region_decides_no_homonym() -> None:
    page = linked("Bupati Wonosobo menerima piala di Semarang.")
    assert (page["Wonosobo"].code, page["Semarang"].code) == ("33.07", "")


@pytest.mark.parametrize(
    ("label", "surface", "name", "code"),
    [
        ("PLACE", "Kabupaten Purwerejo", "Kabupaten Purworejo", "33.06"),
        ("PLACE", "Kota Batung", "Kota Batung", ""),
        ("PLACE", "Kabupaten Purw", "Kabupaten Purw", ""),
        ("AGENCY", "Kementerian Komunikasi dan Digitial", "Kementerian Komunikasi dan Digital", ""),
        ("AGENCY", "Kementerian Sihir", "Kementerian Sihir", ""),
    ],
)
def test_one_slip_of_the_pen_is_read(label: str, surface: str, name: str, code: str) -> None:
    page, _ = markup.article(f"Warga {surface} senang.")
    (found,) = link_entities(page, [Mention(6, 6 + len(surface), label)])
    assert (found.name, found.code) == (name, code)


def test_a_misspelt_district_is_looked_for_in_the_regencies_of_the_page() -> None:
    text = "Warga Kecamatan Mojotengahh{} senang."
    assert linked(text.format(", Kabupaten Wonosobo,"))["Kecamatan Mojotengahh"].code == "33.07.11"
    assert linked(text.format(""))["Kecamatan Mojotengahh"].code == ""


def test_a_district_lies_in_a_province_of_the_page() -> None:
    page = linked("Warga Kecamatan Kota dan Kecamatan Kertek, Kabupaten Wonosobo, senang.")
    assert (page["Kecamatan Kota"].code, page["Kecamatan Kertek"].code) == ("", "33.07.08")


def test_a_regency_that_does_not_exist_is_not_guessed() -> None:
    assert linked("Warga Kabupaten Surabaya senang.")["Kabupaten Surabaya"].code == ""


@pytest.mark.parametrize(
    ("sentence", "surface", "name", "code", "kind"),
    [
        ("Pemkot Malang menang.", "Pemkot Malang", "Pemerintah Kota Malang", "35.73", "city"),
        ("Pemprov Jatim menang.", "Pemprov Jatim", "Pemerintah Provinsi Jawa Timur", "35", "province"),
        ("Pemerintah Kota (Pemkot) Bandung.", "Pemerintah Kota (Pemkot) Bandung", "Pemerintah Kota Bandung",
         "32.73", "city"),
        ("Kata Kemkominfo begitu.", "Kemkominfo", "Kementerian Komunikasi dan Informatika", "", "ministry"),
        ("Kata Komdigi begitu.", "Komdigi", "Kementerian Komunikasi dan Digital", "", "ministry"),
        ("Kementerian Dalam Negeri RI hadir.", "Kementerian Dalam Negeri RI", "Kementerian Dalam Negeri", "",
         "ministry"),
        ("Kementerian Pendidikan Tinggi Sains dan Teknologi.",
         "Kementerian Pendidikan Tinggi Sains dan Teknologi",
         "Kementerian Pendidikan Tinggi, Sains, dan Teknologi", "", "ministry"),
        ("Diskominfo Kota Tangerang menang.", "Diskominfo Kota Tangerang",
         "Dinas Komunikasi dan Informatika Kota Tangerang", "36.71", "agency"),
        ("Kabid IKP Dinas Kominfo hadir.", "Dinas Kominfo", "Dinas Komunikasi dan Informatika", "", "agency"),
        ("DPRD Jatim bersidang.", "DPRD Jatim", "DPRD Provinsi Jawa Timur", "35", "agency"),
        ("Polres Kendal bergerak.", "Polres Kendal", "Polres Kendal", "33.24", "agency"),
    ],
)  # fmt: skip
def test_bodies_get_their_canonical_name(
    sentence: str, surface: str, name: str, code: str, kind: str
) -> None:
    body = linked(sentence)[surface]
    assert (body.name, body.code, body.kind) == (name, code, kind)


def test_people_have_one_name_on_a_page() -> None:
    page = linked(
        "Bupati Ngawi, Dr. H. Laras Kusumawati, S.H., M.H., hadir.\n"
        "Kemudian Laras pulang.\n"
        "Senyum Bupati Laras tulus."
    )
    names = {m.name for m in page.values() if m.label == "PERSON"}
    assert names == {"Laras Kusumawati"}


def test_organisations_take_the_long_name_of_their_abbreviation() -> None:
    page = linked("Universitas Tirta Kencana (UTK) menang.\nMahasiswa UTK senang.")
    assert (page["UTK"].name, page["UTK"].kind) == ("Universitas Tirta Kencana", "university")


@pytest.mark.parametrize(
    ("text", "published", "iso"),
    [
        ("Acara digelar Rabu (12/11).", "2025-11-14", "2025-11-12"),
        ("Acara digelar Rabu (12/11). Kabar dimuat Jumat (14/11/2025).", None, "2025-11-12"),
        ("Lomba tahun 2025 digelar Rabu (12/11).", None, "2025-11-12"),
        ("Acara digelar Rabu (12/11).", None, ""),
    ],
)
def test_dates_take_their_year_from_the_page(text: str, published: str | None, iso: str) -> None:
    assert linked(text, published)["Rabu (12/11)"].name == iso


def test_governments_of_places() -> None:
    page = linked("Wali Kota Malang dan Gubernur Aceh serta warga DIY dan Kabupaten Agam di Jepang.")
    governments = {m.name: government_name(m) for m in page.values() if m.label == "PLACE"}
    assert governments == {
        "Kota Malang": "Pemerintah Kota Malang",
        "Provinsi Aceh": "Pemerintah Aceh",
        "Daerah Istimewa Yogyakarta": "Pemerintah Daerah Istimewa Yogyakarta",
        "Kabupaten Agam": "Pemerintah Kabupaten Agam",
        "Jepang": "",
    }


def test_linking_works_on_mentions_made_by_hand() -> None:
    text = "Pemkot Malang menang."
    page, _ = markup.article(text)
    mentions = (Mention(0, 13, "AGENCY"), Mention(7, 13, "PLACE"))
    agency, place = link_entities(page, mentions)
    assert (agency.name, place.code) == ("Pemerintah Kota Malang", "35.73")
    assert (agency.start, agency.end, agency.label) == (0, 13, "AGENCY")
