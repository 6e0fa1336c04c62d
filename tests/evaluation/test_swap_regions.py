from __future__ import annotations

import random

import pytest

from pipeline.evaluation.swap_regions import RegionExchange, exchange_regions, named_regions
from pipeline.lexicon import load_table
from tests.evaluation.swap_pages import Telling, swapped

REGIONS = {row["code"]: row for row in load_table("regions")}


class Chance:
    """Draws by a seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 (a test)

    def region(self, _old, choices):
        return self.random.choice(choices)


def exchanged(text: str, *surfaces: str, drawing=None, hint: str = "") -> RegionExchange:
    named = [n for surface in surfaces for n in named_regions(surface, "PLACE")]
    return exchange_regions(named, text, drawing or Chance(1), hint)


@pytest.mark.parametrize(
    ("surface", "label", "words", "kind"),
    [("Kota Malang", "PLACE", "malang", "city"), ("Kab. Malang", "PLACE", "malang", "regency"),
     ("Walikota Administrasi Jakarta Timur", "POSITION", "administrasi jakarta timur", "city"),
     ("Pemprov Jatim", "AGENCY", "jatim", "province"), ("Jakarta", "PLACE", "jakarta", "city"),
     ("Pemprov DKI Jakarta", "AGENCY", "dki jakarta", "province"),
     ("Kecamatan Lowokwaru", "PLACE", "lowokwaru", "district"),
     ("Camat Karangsewu", "POSITION", "karangsewu", "district"),
     ("Desa Wisata Lembah Sari", "PLACE", "lembah sari", "village"),
     ("Kepala Desa Karangsewu", "POSITION", "karangsewu", "village"),
     ("Pulau Jawa", "PLACE", "", ""), ("Prancis", "PLACE", "", ""),
     ("Anugerah Desa Digital Provinsi Bali", "EVENT", "bali", "province"),
     ("Kementerian Desa PDTT", "AGENCY", "", ""), ("Polda Metro Jaya", "AGENCY", "", ""),
     ("Lomba Batu Bata", "EVENT", "", "")],
)  # fmt: skip
def test_regions_are_found_with_their_kind(surface, label, words, kind):
    found = [(" ".join(n.words), n.options[0].kind if len(n.options) == 1 else n.cue)
             for n in named_regions(surface, label)]  # fmt: skip
    assert found == ([(words, kind)] if words else [])


@pytest.mark.parametrize("seed", range(20))
def test_a_regency_lies_in_the_province_that_stands_for_its_own(seed):
    text = "Kabupaten Kulon Progo, Kota Yogyakarta, Provinsi Daerah Istimewa Yogyakarta, Kabupaten Agam, Aceh"
    codes = exchanged(text, *text.split(", "), drawing=Chance(seed)).codes
    assert codes.keys() == {"34.01", "34.71", "34", "13.06", "11"}
    assert [old for old, new in codes.items() if old == new] == []
    assert len(set(codes.values())) == len(codes)
    assert codes["34.01"][:2] == codes["34.71"][:2] == codes["34"]
    assert all(REGIONS[old]["type"] == REGIONS[new]["type"] for old, new in codes.items())
    for new in codes.values():
        assert REGIONS[new]["base"] not in text


@pytest.mark.parametrize("seed", range(40))
def test_no_region_stands_for_itself_or_another_of_the_page_under_whatever_name(seed):
    codes = exchanged("Jatim, Solo, Tangsel", "Jatim", "Solo", "Tangsel", drawing=Chance(seed)).codes
    assert codes.keys() == {"35", "33.72", "36.74"}
    assert not codes.keys() & set(codes.values())


@pytest.mark.parametrize("seed", range(10))
def test_city_and_regency_of_one_name_give_way_to_two_of_one_name(seed):
    text = "Kota Malang dan Kabupaten Malang"
    codes = exchanged(text, "Kota Malang", "Kabupaten Malang", drawing=Chance(seed)).codes
    city, regency = REGIONS[codes["35.73"]], REGIONS[codes["35.07"]]
    assert (city["type"], regency["type"], city["base"]) == ("city", "regency", regency["base"])


def test_a_name_of_two_regions_is_told_apart_by_its_cue():
    text = "Provinsi Jambi, Kota Jambi, Gubernur Jambi dan Wali Kota Jambi di Jambi"
    new = swapped(text, ("Provinsi Jambi", "PLACE"), ("Kota Jambi", "PLACE"), regions={"Jambi": "Bengkulu"})
    assert "Provinsi Bengkulu, Kota Bengkulu, Gubernur Bengkulu" in new
    other = exchanged(text, "Provinsi Jambi", "Kota Jambi", drawing=Telling()).forms["jambi",].by_kind
    assert other.keys() == {"province", "city"}


def test_a_name_without_cue_is_the_recipients_region():
    assert exchanged("Malang", "Malang", hint="35.07").codes.keys() == {"35.07"}
    assert exchanged("Malang", "Malang").codes.keys() == {"35.73"}
    assert exchanged("Malang, Bupati Malang", "Malang", "Bupati Malang").codes.keys() == {"35.07"}


def test_abbreviations_give_way_to_abbreviations():
    text = "Provinsi Jawa Timur (Jatim), JATIM; NTB dan Provinsi Nusa Tenggara Barat"
    new = swapped(
        text, ("Provinsi Jawa Timur (Jatim)", "PLACE"), ("NTB", "PLACE"),
        regions={"Jawa Timur": "Nusa Tenggara Timur", "Nusa Tenggara Barat": "Sumatera Utara"},
    )  # fmt: skip
    assert new == "Provinsi Nusa Tenggara Timur (NTT), NTT; Sumut dan Provinsi Sumatera Utara"


def test_joined_and_longer_names_and_common_words():
    places = [("Kota Padang", "PLACE"), ("Kota Batu", "PLACE")]
    text = "Kota Padang, Padang Panjang dan Kota Batu. Batu itu besar. Bandara Padang. KOTA BATU"
    new = swapped(text, *places, regions={"Padang": "Medan", "Batu": "Metro"})
    assert new == "Kota Medan, Padang Panjang dan Kota Metro. Batu itu besar. Bandara Medan. KOTA METRO"
    joined = swapped("Kulonprogo, Kabupaten Kulon Progo", ("Kabupaten Kulon Progo", "PLACE"))
    assert "ulon" not in joined


def test_small_regions_are_real_ones_and_a_district_lies_in_the_new_regency():
    text = "Desa Karangsewu, Kecamatan Galur, Kabupaten Kulon Progo"
    found = exchanged(text, *text.split(", "), drawing=Chance(3))
    regency = found.codes["34.01"]
    districts = {row["name"] for row in load_table("regions_district") if row["code"].startswith(regency)}
    assert found.forms["galur",].by_kind["district"] in districts
    assert found.forms["karangsewu",].by_kind["village"] not in {"", "Karangsewu"}


def test_administrative_cities_of_the_capital_give_way_to_cities():
    mayor = "Walikota Administrasi Jakarta Timur"
    new = swapped(f"{mayor}, Jaktim", (mayor, "POSITION"), regions={"Jakarta Timur": "Surakarta"})
    assert new == "Walikota Surakarta, Solo"
