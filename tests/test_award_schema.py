"""A slot stands once: what the schema's rows must hold."""

from __future__ import annotations

import pytest

from pipeline import award_schema
from pipeline.award_schema import FIELD, FIELDS, field_names
from pipeline.errors import LexiconError
from pipeline.lexicon import use_packs
from pipeline.lexicon.typed_rows import rows

_LABEL = {"id": "a", "en": "a"}
_ROW = {"name": "x", "source": "slot", "meaning": "a slot", "label": _LABEL}


def test_the_fields_stand_in_the_order_of_the_columns():
    columns = field_names(lambda f: f.source != "gold")
    assert columns[:3] == ("doc_id", "record_id", "source")
    assert columns.index("recipient") < columns.index("event") < columns.index("evidence")
    assert set(FIELD) == {f.name for f in FIELDS}


def test_the_text_of_a_slot_becomes_the_value_of_its_column():
    assert [FIELD["year"].typed("12"), FIELD["year"].typed("")] == [12, None]
    assert [FIELD["result"].typed("Juara 12"), FIELD["status"].typed("")] == ["Juara 12", ""]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"source": "slots"},
            "'source': Invalid enum value 'slots'; use one of 'page', 'record', 'slot', 'gold'",
        ),
        ({"type": "int"}, "use one of 'text', 'integer'"),
        ({"weight": 0.5}, "'weight': Expected `int`, got `float`"),
        ({"label": {"id": "a"}}, "missing key 'en'"),
        ({"labels": ["PERSONS"]}, "label 'PERSONS' is unknown; use some of PERSON"),
        ({"type": "choice"}, "give type and values together"),
        ({"values": {"a": _LABEL}}, "give type and values together"),
        ({"label": None}, "the report shows each slot; give a label"),
        ({"hue": "green"}, "'hue': Invalid enum value 'green'; use one of '', 'who'"),
        ({"default": "a"}, "default 'a' is none of its values"),
        ({"type": "choice", "values": {"a": {"id": "b", "en": "a"}}}, "value 'a' has other words"),
        ({"voted": True}, "unknown key 'voted'"),
        ({"written": "y"}, "written 'y' is the name of no row"),
        ({"identity": 1}, "identity 1 repeats"),
        ({"name": "x"}, "name 'x' repeats"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line_and_what_to_write(change, message, monkeypatch):
    table = [
        {**_ROW, "identity": 1, "type": "choice", "values": {"a": _LABEL}},
        {**_ROW, "name": "z", **change},
    ]
    where = [(f"lexicon/award_fields.jsonl, line {n}", row) for n, row in enumerate(table, 1)]
    monkeypatch.setattr("pipeline.lexicon.typed_rows.lines", lambda _table: iter(where))
    monkeypatch.setattr(award_schema, "rows", rows.__wrapped__)  # what was read before does not count
    with pytest.raises(LexiconError) as told:
        award_schema.load_fields()
    assert message in str(told.value)
    assert "award_fields.jsonl, line " in str(told.value)


def test_rule_packs_add_no_columns(tmp_path):
    (tmp_path / "award_fields.jsonl").write_text("{}", encoding="utf-8")
    with pytest.raises(LexiconError, match="no table has this name"):
        use_packs([tmp_path])
