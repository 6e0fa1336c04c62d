"""A slot stands once: what the schema's rows must hold."""

from __future__ import annotations

import pytest

from pipeline import award_schema
from pipeline.award_schema import FIELD, FIELDS, AwardField, field_names
from pipeline.errors import LexiconError

_ROW = {"name": "x", "source": "slot", "doc": "a slot"}


def test_the_fields_stand_in_the_order_of_the_columns():
    columns = field_names(lambda f: f.source != "gold")
    assert columns[:3] == ("doc_id", "record_id", "source")
    assert columns.index("recipient") < columns.index("event") < columns.index("evidence")
    assert set(FIELD) == {f.name for f in FIELDS}


def test_the_text_of_a_slot_becomes_the_value_of_its_column():
    number = AwardField(name="n", doc="", source="slot", type="integer")
    assert [number.typed("12"), number.typed("")] == [12, None]
    assert [FIELD["result"].typed("Juara 12"), FIELD["status"].typed("")] == ["Juara 12", ""]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"source": "slots"}, "source 'slots' is unknown; use one of page, record, slot, gold"),
        ({"type": "int"}, "type 'int' is unknown; use one of text, integer"),
        ({"compare": "text"}, "compare 'text' is unknown; use one of words, number"),
        ({"gold": "quoted"}, "gold 'quoted' is unknown; use one of quote, value"),
        ({"merge": "vote"}, "merge 'vote' is unknown"),
        ({"written": "y"}, "written 'y' is the name of no row"),
        ({"labels": ["PERSONS"]}, "label 'PERSONS' is unknown; use some of PERSON"),
        ({"type": "choice"}, "give type and values together"),
        ({"values": {"a": {"id": "a", "en": "a"}}}, "give type and values together"),
        ({"label": {"id": "a"}}, "should have the languages en, id"),
        ({"default": "a"}, "default 'a' is none of its values"),
        ({"identity": 3}, r"identity has the places \[3\]"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line_and_what_to_write(change, message, monkeypatch):
    monkeypatch.setattr(award_schema, "load_table", lambda _name: (_ROW, {**_ROW, "name": "z", **change}))
    with pytest.raises(LexiconError, match=rf"award_fields.jsonl, line 2: .*{message}"):
        award_schema.load_fields()
