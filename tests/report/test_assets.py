from __future__ import annotations

import re
from importlib.resources import files
from typing import get_args

import pytest

from pipeline.document import ENTITY_LABELS, KEPT_KINDS, SEGMENT_KINDS
from pipeline.errors import LexiconError, UsageError
from pipeline.report import assets
from pipeline.report.assets import hues, number, provinces, say, strings, tiles
from pipeline.report.highlight import Kind
from pipeline.tables.columns import TABLES

TEMPLATES = files("pipeline.report").joinpath("templates")
TEXTS = {item.name: item.read_text("utf-8") for item in TEMPLATES.iterdir()}
CODE = "\n".join(
    item.read_text("utf-8") for item in files("pipeline.report").iterdir() if item.name.endswith(".py")
)


def test_every_string_that_is_asked_for_is_there() -> None:
    asked = set(
        re.findall(r"""(?:tr|plain|say)\(\s*["']([\w.]+)["'][,)]""", "\n".join([*TEXTS.values(), CODE]))
    )
    asked |= set(re.findall(r'data-t-(?:label|hint)="([\w.]+)"', TEXTS["report.html.jinja"]))
    assert len(asked) > 80
    assert asked <= set(strings()["id"])


def test_no_string_is_there_for_nothing() -> None:
    text = "\n".join([*TEXTS.values(), CODE])
    # asked for by the name of a slot, a label, a figure ...
    families = ("slot.", "entity.", "value.", "kind.", "reason.", "column.", "filter.", "quality.", "chart.")
    unused = [key for key in strings()["id"] if not key.startswith(families) and f'"{key}"' not in text]
    assert [key for key in unused if not key.startswith("evidence.legend.group.")] == []


def test_what_the_tables_hold_has_words_in_both_languages() -> None:
    for lang in ("id", "en"):
        known = strings()[lang]
        assert {f"slot.{name}" for name in [column.name for column in TABLES["awards"]]} - set(known) == {
            "slot.evidence", "slot.start", "slot.end", "slot.rules"
        }  # fmt: skip
        assert {f"entity.{label}" for label in ENTITY_LABELS} <= set(known)
        assert {f"kind.{kind}" for kind in SEGMENT_KINDS - KEPT_KINDS} <= set(known)
        for column in ("recipient_type", "result_kind", "status"):
            doc = next(c.doc for c in TABLES["awards"] if c.name == column)
            values = re.split(r", | or ", doc)
            assert {f"value.{value.strip()}" for value in values} <= set(known), column
        assert all(text.strip() for text in known.values())


def test_reasons_of_readers_and_workers_have_words() -> None:
    readme = (files("pipeline").joinpath("..", "README.md")).read_text("utf-8")  # it lists them
    listed = readme.split("Reasons for failures in `run.json`:")[1].split(". The time limit")[0]
    reasons = set(re.findall(r"`(\w+)`", listed))
    assert len(reasons) > 10
    assert {f"reason.{reason}" for reason in reasons} <= set(strings()["en"])


def test_marks_are_entity_labels_and_columns_each_with_a_hue_of_the_style_sheet() -> None:
    assert set(hues("entity")) == set(ENTITY_LABELS)
    assert set(hues("slot")) <= {column.name for column in TABLES["awards"]}
    for hue in {*hues("slot").values(), *hues("entity").values()}:
        assert f".hue-{hue} {{" in TEXTS["highlight.css"]
        assert (
            TEXTS["highlight.css"].count(f"--hue-{hue}: #") == 3
        )  # light, dark, and a notebook's dark theme
    assert {"entity", "slot"} < set(get_args(Kind))


def test_every_province_has_a_tile_of_its_own() -> None:
    assert set(tiles()) == set(provinces())
    assert len({place[1:] for place in tiles().values()}) == len(tiles()) == 38


def test_numbers_and_sentences_as_the_language_writes_them() -> None:
    assert number(1234.5, "id", 1) == "1.234,5"
    assert number(1234.5, "en", 1) == "1,234.5"
    assert say("table.shown", "id", n=1000, total=5000) == "1.000 dari 5.000 catatan"
    assert say("made", "en", version="{folder}", folder="out") == (  # a value's braces are no placeholder
        "Made with penghargaan {folder} from the results in out."
        " This file is complete: it fetches nothing from the network."
    )
    with pytest.raises(UsageError, match="unknown language 'fr'; use one of id, en"):
        say("title", "fr")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"key": "a", "id": "x", "en": "x"}] * 2, "'a' repeats"),
        ([{"key": "a", "id": "{n} x", "en": "x"}], "placeholders of 'a' differ"),
    ],
)
def test_broken_strings_are_refused(
    monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, str]], message: str
) -> None:
    monkeypatch.setattr(assets, "_rows", lambda _name, _keys: rows)
    with pytest.raises(LexiconError, match=message):
        strings.__wrapped__()


def test_regions_outside_the_list_lie_in_no_province() -> None:
    assert [assets.province_of(code) for code in ("35", "35.73.01", None, "", "0", "x")] == [
        "35",
        "35",
        "",
        "",
        "",
        "",
    ]
