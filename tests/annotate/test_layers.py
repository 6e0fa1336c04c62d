"""Pages as regions, relations and attributes, and back; what a person changes comes back, nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from pipeline.annotate.labels import LIST_SLOTS, SLOTS
from pipeline.annotate.layers import Layers, Link, Region, checked_links, from_layers, to_layers
from pipeline.errors import UsageError
from tests.annotate.pages import GOLD_FILES, TEXT, Record, at, award, entity, gold, page, pages


def changed(layers: Layers, **regions: dict[str, Any] | None) -> Layers:
    """Change regions by id (dashes as underscores), or remove them and their relations."""
    names = {name.replace("_", "-"): change for name, change in regions.items()}
    kept = []
    for region in layers.regions:
        change = names.get(region.id, {})
        if change is not None:
            kept.append(replace(region, **change))
    gone = {name for name, change in names.items() if change is None}
    links = tuple(link for link in layers.links if link.region not in gone and link.award not in gone)
    return replace(layers, regions=tuple(kept), links=links)


def back(layers: Layers) -> Record:
    record, notes = from_layers(layers)
    assert notes == ()
    return record


@given(pages())
def test_any_page_comes_back_as_it_was(record: Record) -> None:
    assert from_layers(to_layers(record)) == (record, ())


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.stem)
def test_gold_comes_back_as_it_was_keys_in_order(path: Path) -> None:
    for record in gold(path):
        made = back(to_layers(record))
        assert made == record
        assert list(made) == list(record)


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.stem)
def test_regions_and_relations_alone_tell_the_whole_annotation(path: Path) -> None:
    def comparable(one: Record) -> Record:
        return {
            name: sorted(value) if name in LIST_SLOTS else value
            for name, value in sorted(one.items())
            if name != "spans" and value not in (None, "", [], {})
        }

    for record in gold(path):
        layers = to_layers(record)
        # As if a person had drawn all of it on a fresh page: new names, nothing to compare with.
        names = {region.id: f"new{index}" for index, region in enumerate(layers.regions)}
        fresh = Layers(
            layers.text,
            {"doc_id": layers.doc_id},
            tuple(replace(region, id=names[region.id]) for region in layers.regions),
            tuple(Link(names[link.award], link.slot, names[link.region]) for link in layers.links),
            {names[name]: values for name, values in layers.attributes.items()},
        )
        made = back(fresh)
        key = json.dumps
        assert sorted(map(comparable, made["awards"]), key=key) == sorted(
            map(comparable, record["awards"]), key=key
        )
        assert sorted(made["entities"] or [], key=key) == sorted(record["entities"] or [], key=key)
        assert made["boilerplate"] == sorted(record["boilerplate"], key=lambda piece: piece["start"])
        assert made["label"] == record["label"]
        assert made.get("title_span") == record["title_span"]


def test_slots_lead_to_entities_with_the_same_limits_in_the_evidence() -> None:
    layers = to_layers(page())
    regions = {region.id: region for region in layers.regions}
    of_first = {link.slot: regions[link.region] for link in layers.links if link.award == "awards-0"}
    assert of_first["result"] == regions["entities-3"]
    assert of_first["recipient"] == regions["entities-1"]
    assert of_first["evidence"].label == "EVIDENCE"
    assert regions["awards-0"].limits == regions["entities-3"].limits


def test_a_slot_that_is_no_entity_has_a_region_of_its_own_that_is_none() -> None:
    layers = to_layers(page(entities=None))
    assert {region.label for region in layers.regions} == {
        "AWARD",
        "SLOT",
        "EVIDENCE",
        "title",
        "dateline",
        "related",
    }
    assert back(layers)["entities"] is None


def test_a_changed_label_comes_back() -> None:
    record = back(changed(to_layers(page()), entities_7={"label": "PLACE"}))
    expected = page()
    expected["entities"][7]["label"] = "PLACE"
    assert record == expected


def test_a_moved_entity_comes_back_with_its_words_and_in_every_slot_it_fills() -> None:
    start = at("Gedung Serbaguna")["start"]
    record = back(changed(to_layers(page()), entities_7={"start": start, "end": start + len("Gedung")}))
    assert record["entities"][7] == {"label": "FACILITY", "text": "Gedung", **at("Gedung")}
    assert [one["place"] for one in record["awards"]] == ["Gedung", "Gedung"]
    assert record["awards"][0] | {"place": "Gedung Serbaguna"} == page()["awards"][0]


def test_a_moved_piece_of_boilerplate_and_headline_come_back() -> None:
    record = back(changed(to_layers(page()), boilerplate_0={"end": at("CONTOH")["end"]}, title_0={"end": 11}))
    assert record["boilerplate"][0] == {**at("CONTOH"), "kind": "dateline"}
    assert (record["title"], record["title_span"]) == ("Kota Contoh", [0, 11])


def test_a_removed_entity_goes_and_so_does_the_slot_it_filled() -> None:
    record = back(changed(to_layers(page()), entities_4=None))
    assert entity("CATEGORY", "Siaran Pers") not in record["entities"]
    assert record["awards"][0]["category"] is None
    assert record["awards"][1] == page()["awards"][1]


def test_new_entities_take_their_place_in_the_order_of_the_text() -> None:
    layers = to_layers(page())
    new = Region("anything", **at("Situs"), label="CATEGORY")
    record = back(replace(layers, regions=(*layers.regions, new)))
    assert record["entities"][6] == entity("CATEGORY", "Situs")
    assert len(record["entities"]) == len(page()["entities"]) + 1


def test_the_first_entity_makes_the_page_an_annotated_one() -> None:
    layers = to_layers(page(entities=None))
    new = Region("anything", **at("Situs"), label="CATEGORY")
    assert back(replace(layers, regions=(*layers.regions, new)))["entities"] == [entity("CATEGORY", "Situs")]


def test_a_new_relation_fills_a_slot_and_a_second_one_a_list() -> None:
    layers = to_layers(page())
    links = (
        Link("awards-1", "giver", "entities-10"),
        Link("awards-1", "organiser", "entities-1"),
        Link("awards-1", "organiser", "entities-0"),
    )
    record = back(replace(layers, links=(*layers.links, *links)))
    assert record["awards"][1] == page()["awards"][1] | {
        "giver": "Sari Contoh",
        "organiser": ["Kota Contoh", "Pemerintah Kota Contoh"],
        "spans": {"organiser": [[0, 11], [at("Pemerintah")["start"], at("Kota Contoh", 1)["end"]]]},
    }
    assert record["awards"][0] == page()["awards"][0]


def test_a_relation_to_the_same_words_elsewhere_is_kept_as_offsets() -> None:
    layers = to_layers(page())
    links = [link for link in layers.links if (link.award, link.slot) != ("awards-0", "recipient")]
    moved = back(replace(layers, links=(*links, Link("awards-0", "recipient", "entities-0"))))
    assert moved["awards"][0]["recipient"] == "Kota Contoh"
    assert moved["awards"][0]["spans"] == {"recipient": [[0, 11]]}
    again = back(to_layers(moved))
    assert again == moved
    first = next(
        link for link in to_layers(moved).links if (link.award, link.slot) == ("awards-0", "recipient")
    )
    assert first.region == "entities-0"


def test_two_relations_for_one_value_are_told_and_the_first_in_the_text_is_taken() -> None:
    layers = to_layers(page())
    links = (*layers.links, Link("awards-0", "result", "entities-5"))
    record, notes = from_layers(replace(layers, links=links))
    assert record["awards"][0]["result"] == "Juara I"
    (note,) = notes
    assert "awards-0 has 2 relations 'result' ('Juara I', 'Terbaik II'); only the first was taken" in note


def test_attributes_are_changed_added_and_removed() -> None:
    layers = to_layers(page())
    attributes = {name: dict(values) for name, values in layers.attributes.items()}
    attributes["awards-0"] |= {"rank": 3, "event_name": "Anugerah Uji Nasional"}
    del attributes["awards-0"]["soft"]
    del attributes["awards-0"]["event_abbr"]
    record = back(replace(layers, attributes=attributes))
    assert record["awards"][0] == page()["awards"][0] | {
        "rank": 3,
        "event_name": "Anugerah Uji Nasional",
        "soft": [],
        "event_abbr": None,
    }


def test_a_new_award_gets_all_keys_and_stands_behind_the_old_ones() -> None:
    layers = to_layers(page())
    region = Region("E9", **at("Situs"), label="AWARD")
    made = back(
        replace(
            layers,
            regions=(region, *layers.regions),
            links=(*layers.links, Link("E9", "recipient", "entities-10")),
            attributes={**layers.attributes, "E9": {"recipient_type": "person", "status": "nominated"}},
        )
    )
    assert made["awards"][:2] == page()["awards"]
    new = award(date=None, date_text=None, event=None, place=None, evidence=[], year=None)
    assert made["awards"][2] == new | {
        "recipient": "Sari Contoh",
        "recipient_type": "person",
        "status": "nominated",
    }


def test_the_last_award_removed_makes_the_page_negative_and_the_first_one_positive() -> None:
    layers = to_layers(page())
    empty = back(changed(layers, awards_0=None, awards_1=None))
    assert (empty["awards"], empty["label"]) == ([], "negative")
    region = Region("new", 0, 4, "AWARD")
    again = to_layers(empty)
    assert back(replace(again, regions=(*again.regions, region)))["label"] == "positive"


def test_words_that_no_tool_can_show_stay_in_the_record() -> None:
    record = page()
    record["awards"][0] |= {"place": "nowhere", "organiser": ["nobody", "Bupati"]}
    assert back(to_layers(record)) == record
    layers = to_layers(record)
    attributes = {**layers.attributes, "awards-0": {**layers.attributes["awards-0"], "rank": 7}}
    made = back(replace(layers, attributes=attributes))["awards"][0]
    assert (made["place"], made["organiser"]) == ("nowhere", ["nobody", "Bupati"])
    link = Link("awards-0", "place", "entities-0")
    made = back(replace(layers, links=(*layers.links, link)))["awards"][0]
    assert made["place"] == "Kota Contoh"


def test_the_headline_goes_when_its_mark_is_removed() -> None:
    record = back(changed(to_layers(page()), title_0=None))
    assert (record["title"], record["title_span"]) == (None, None)
    untouched = page(title="Only known from outside", title_span=None)
    assert back(to_layers(untouched)) == untouched


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": " \n"}, "has no text"),
        ({"entities": [{"label": "PLACE", "text": "x", "start": 3, "end": 900}]}, "outside the text"),
        ({"entities": [{"label": "ORG", "text": TEXT[:4], "start": 0, "end": 4}]}, "unknown label 'ORG'"),
        ({"boilerplate": [{"kind": "nav", "start": 4, "end": 4}]}, "outside the text"),
    ],
)
def test_pages_that_cannot_be_shown_are_refused(change: Record, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        to_layers(page(**change))


def test_relations_that_make_no_sense_are_told() -> None:
    regions = to_layers(page()).regions
    found = list(
        checked_links(
            regions,
            [
                ("entities-3", "result", "awards-1"),
                ("awards-0", "winner", "entities-1"),
                ("entities-1", "result", "entities-2"),
                ("awards-0", "result", "gone"),
                ("awards-0", "result", "awards-1"),
            ],
        )
    )
    assert found[0] == Link("awards-1", "result", "entities-3")
    assert [isinstance(one, str) for one in found[1:]] == [True] * 4
    assert "'winner', which is no slot" in str(found[1])


def test_every_slot_can_be_related() -> None:
    assert set(LIST_SLOTS) <= set(SLOTS)
