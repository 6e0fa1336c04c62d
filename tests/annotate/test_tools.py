"""Every tool's format: what goes out comes back, and corrections made in it do."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import spacy
from hypothesis import given
from spacy.tokens import DocBin, Span
from spacy.vocab import Vocab

from pipeline.annotate import brat, docbin, label_studio
from pipeline.annotate.exchange import DEFAULT_TARGETS, FORMATS, Format, read_source, write_target
from pipeline.annotate.labels import AWARD, CHOICES, LABELS, NUMBERS, SLOTS
from pipeline.annotate.layers import to_layers
from pipeline.errors import UsageError
from tests.annotate.pages import GOLD_FILES, TEXT, Record, at, entity, gold, page, pages

by_format = pytest.mark.parametrize("form", FORMATS)


def through(form: Format, records: list[Record]) -> list[Record]:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / DEFAULT_TARGETS[form]
        write_target(target, form, records, reviewed=True)
        source = read_source(target)
    assert source.kind == form
    assert source.notes == ()
    return list(source.records)


@by_format
@given(record=pages())
def test_any_page_comes_back_as_it_was(form: Format, record: Record) -> None:
    assert through(form, [record]) == [record]


@by_format
@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.stem)
def test_gold_comes_back_as_it_was_pages_in_order(form: Format, path: Path) -> None:
    records = gold(path)[::-1]
    made = through(form, records)
    assert made == records
    assert [list(one) for one in made] == [list(one) for one in records]


@by_format
def test_a_page_is_told_by_one_name(form: Format, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'uji-1' is there 2 times"):
        write_target(tmp_path / "x", form, [page(), page()], reviewed=True)


# --- Label Studio


def tasks(tmp_path: Path, change: Callable[[list[dict[str, Any]]], object], **options: Any) -> Any:
    """Export the page, change the annotation's result as Label Studio would, and read it again."""
    path = tmp_path / "t.json"
    write_target(path, "label-studio", [page()], reviewed=True)
    made = json.loads(path.read_text("utf-8"))
    change(made[0]["annotations"][0]["result"])
    path.write_text(json.dumps(made), "utf-8")
    return read_source(path, **options)


def item(result: list[dict[str, Any]], **values: Any) -> dict[str, Any]:
    (found,) = [one for one in result if all(one.get(k) == v for k, v in values.items())]
    return found


def test_the_labelling_interface_has_a_control_for_everything() -> None:
    view = ET.fromstring(label_studio.config())  # noqa: S314 (our own text)
    labels = {c.get("name"): [x.get("value") for x in c] for c in view.iter("Labels")}
    assert labels == {layer: list(names) for layer, names in LABELS.items()}
    assert [r.get("value") for r in view.iter("Relation")] == list(SLOTS)
    (shown,) = [v for v in view.iter("View") if v.get("whenLabelValue") == AWARD]
    controls = {c.get("name") for c in shown if c.get("perRegion")}
    assert controls == {*CHOICES, *NUMBERS, "date", "soft", "accept", "more"}
    assert "pre-wrap" in (view.findtext("Style") or "")


def test_label_studio_corrections_come_back(tmp_path: Path) -> None:
    def correct(result: list[dict[str, Any]]) -> None:
        item(result, id="entities-7")["value"]["labels"] = ["PLACE"]
        moved = item(result, id="entities-1")["value"]
        moved |= {**at("Kota Contoh", 1), "text": "Kota Contoh"}
        item(result, id="awards-0", from_name="rank")["value"]["number"] = 4
        item(result, id="awards-0", from_name="accept")["value"]["text"].append("category: Pers")
        item(result, id="awards-0", from_name="more")["value"]["text"] = ['event_name: "Anugerah"']
        item(result, id="awards-1", from_name="status")["value"]["choices"] = ["nominated"]
        words = {**at("Situs"), "text": "Situs", "labels": ["WORK"]}
        result.append(
            {"id": "Xy1", "type": "labels", "from_name": "entity", "to_name": "text", "value": words}
        )
        result.append({"type": "relation", "from_id": "Xy1", "to_id": "awards-1", "labels": ["work"]})

    source = tasks(tmp_path, correct)
    expected = page()
    expected["entities"][7]["label"] = "PLACE"
    expected["entities"][1] = entity("AGENCY", "Kota Contoh", 1)
    expected["entities"].append(entity("WORK", "Situs"))
    expected["entities"].sort(key=lambda e: (e["start"], -e["end"]))
    first, second = expected["awards"]
    first |= {"recipient": "Kota Contoh", "rank": 4, "event_name": "Anugerah", "event_abbr": None}
    first["accept"]["category"] = ["Pers"]
    second |= {"recipient": "Kota Contoh", "status": "nominated", "work": "Situs"}
    assert source.records == (expected,)
    assert source.notes == ()


def test_label_studio_takes_the_last_annotation_that_was_not_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    write_target(path, "label-studio", [page()], reviewed=True)
    (task,) = json.loads(path.read_text("utf-8"))
    full = task["annotations"][0]["result"]
    task["annotations"] = [
        {"result": full, "updated_at": "2026-02-01"},
        {"result": [], "updated_at": "2026-01-01"},
        {"result": [], "updated_at": "2026-03-01", "was_cancelled": True},
    ]
    path.write_text(json.dumps([task]), "utf-8")
    assert read_source(path).records == (page(),)


def test_label_studio_predictions_are_no_gold_unless_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    write_target(path, "label-studio", [page()], reviewed=False)
    source = read_source(path)
    assert (source.records, source.left_out) == ((), ("uji-1",))
    assert read_source(path, predictions=True).records == (page(),)


def test_label_studio_offsets_in_utf_16_units_are_recognised_by_their_words(tmp_path: Path) -> None:
    text = "🎉 Kota Contoh"
    record = page(
        text=text, awards=[], entities=[], boilerplate=[], title=None, title_span=None, label="negative"
    )
    path = tmp_path / "t.json"
    write_target(path, "label-studio", [record], reviewed=True)
    made = json.loads(path.read_text("utf-8"))
    value = {"start": 3, "end": 14, "text": "Kota Contoh", "labels": ["PLACE"]}
    made[0]["annotations"][0]["result"] = [
        {"id": "a", "type": "labels", "from_name": "entity", "to_name": "text", "value": value}
    ]
    path.write_text(json.dumps(made), "utf-8")
    expected = {"label": "PLACE", "text": "Kota Contoh", "start": 2, "end": 13}
    assert read_source(path).records[0]["entities"] == [expected]


def test_label_studio_pages_from_scratch(tmp_path: Path) -> None:
    value = {**at("Kota Contoh"), "labels": ["PLACE"]}
    award = {"start": 0, "end": 11, "labels": ["AWARD"]}
    task = {
        "id": 7,
        "data": {"text": TEXT},
        "annotations": [
            {
                "result": [
                    {"id": "a", "type": "labels", "from_name": "entity", "to_name": "text", "value": value},
                    {"id": "b", "type": "labels", "from_name": "record", "to_name": "text", "value": award},
                    {"type": "relation", "from_id": "b", "to_id": "a", "labels": ["recipient"]},
                ]
            }
        ],
    }
    path = tmp_path / "t.json"
    path.write_text(json.dumps([task]), "utf-8")
    (record,) = read_source(path).records
    assert (record["doc_id"], record["label"]) == ("7", "positive")
    assert record["entities"] == [entity("PLACE", "Kota Contoh")]
    assert record["awards"][0]["recipient"] == "Kota Contoh"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda result: result[0]["value"].update(labels=[]), "has no label"),
        (lambda result: result[0]["value"].update(labels=["ORG"]), "unknown label 'ORG'"),
        (
            lambda result: result.append({"type": "relation", "from_id": "awards-0", "to_id": "entities-0"}),
            "'without a name', which is no slot",
        ),
    ],
)
def test_label_studio_oddities_are_told(
    tmp_path: Path, change: Callable[[list[dict[str, Any]]], object], said: str
) -> None:
    (note,) = tasks(tmp_path, change).notes
    assert note.startswith("uji-1: ")
    assert said in note


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda result: result[0]["value"].update(text="Kabupaten"), "says 'Kabupaten', the text has 'Kota"),
        (lambda result: result[0].pop("value"), "is not as Label Studio writes it"),
        (
            lambda result: item(result, id="awards-0", from_name="more")["value"].update(text=["rank = 2"]),
            "a name, a colon and JSON",
        ),
    ],
)
def test_label_studio_damage_is_refused(
    tmp_path: Path, change: Callable[[list[dict[str, Any]]], object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        tasks(tmp_path, change)


@pytest.mark.parametrize(
    ("content", "said"), [("[", "as JSON"), ('[{"text": "x"}]', "JSON-MIN"), ("[[1]]", "JSON-MIN")]
)
def test_label_studio_files_of_another_kind_are_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "t.json"
    path.write_text(content, "utf-8")
    with pytest.raises(UsageError, match=said):
        read_source(path)


# --- brat


def standoff(tmp_path: Path, *changes: tuple[str, str]) -> Any:
    """Export the page, change the standoff file, and read it again."""
    folder = tmp_path / "brat"
    write_target(folder, "brat", [page()], reviewed=True)
    path = folder / "uji-1.ann"
    lines = path.read_text("utf-8")
    for old, new in changes:
        assert old in lines
        lines = lines.replace(old, new, 1)
    path.write_text(lines, "utf-8")
    return read_source(folder)


def test_brat_files_say_what_brat_expects(tmp_path: Path) -> None:
    standoff(tmp_path)
    lines = (tmp_path / "brat" / "uji-1.ann").read_text("utf-8").splitlines()
    assert "T4\tRESULT 59 66\tJuara I" in lines
    assert lines[-1].startswith("#2\tAnnotatorNotes E2\t{")
    (event,) = [line for line in lines if line.startswith("E1\t")]
    assert "recipient:T2" in event
    assert "A5\tsoft_category E1" in lines
    text = (tmp_path / "brat" / "uji-1.txt").read_bytes().decode("utf-8")
    assert text == TEXT
    for line in lines:
        if line.startswith("T"):
            _, head, words = line.split("\t")
            parts = head.split(" ", 1)[1].split(";")
            assert words == " ".join(text[slice(*map(int, part.split()))] for part in parts)


def test_brat_settings_name_every_label_slot_and_choice() -> None:
    settings = brat.annotation_conf()
    assert [name for names in LABELS.values() for name in names if name not in settings] == []
    assert [name for name in (*SLOTS, *CHOICES, "soft_rank") if name not in settings] == []
    for label in LABELS["entity"]:
        assert f"{label}\tbgColor:#" in brat.visual_conf()


def test_brat_corrections_come_back(tmp_path: Path) -> None:
    source = standoff(
        tmp_path,
        ("T8\tFACILITY", "T8\tPLACE"),
        ("T4\tRESULT 59 66\tJuara I", "T4\tRESULT 59 64\tJuara"),
        ("A5\tsoft_category E1\n", ""),
        ("timeframe E2 current", "timeframe E2 past"),
        ('"rank": 2', '"rank": 2, "edition": 5'),
        ("E1\tAWARD:", "T99\tWORK 112 117\tSitus\nE1\tAWARD:"),
        ("place:T8\nA7", "place:T8 work:T99\nA7"),
    )
    assert source.notes == ()
    expected = page()
    expected["entities"][7]["label"] = "PLACE"
    expected["entities"][3] = entity("RESULT", "Juara")
    expected["entities"].append(entity("WORK", "Situs"))
    expected["entities"].sort(key=lambda e: (e["start"], -e["end"]))
    first, second = expected["awards"]
    first |= {"result": "Juara", "soft": ["rank"]}
    second |= {"timeframe": "past", "edition": 5, "work": "Situs"}
    assert source.records == (expected,)


def test_brat_spans_over_lines_are_fragments_and_come_back_whole(tmp_path: Path) -> None:
    record = page(boilerplate=[{"start": 0, "end": at("CONTOH")["start"], "kind": "nav"}], title_span=None)
    folder = tmp_path / "brat"
    write_target(folder, "brat", [record], reviewed=True)
    start = at("CONTOH")["start"]
    assert brat.fragments(TEXT, 0, start) == [(0, 18)]
    assert brat.fragments("a\r\n \nb\u2028c", 0, 8) == [(0, 1), (5, 6), (7, 8)]
    assert read_source(folder).records == (record,)


def test_brat_pages_from_scratch_and_events_that_share_a_trigger(tmp_path: Path) -> None:
    (tmp_path / "berita.txt").write_text(TEXT, "utf-8")
    (tmp_path / "berita.ann").write_text(
        "T1\tAWARD 59 66\tJuara I\nT2\tRESULT 59 66\tJuara I\n"
        "E1\tAWARD:T1 result:T2\nE2\tAWARD:T1 result:T2\n"
        "E3\tAWARD:T9\nR1\tOverlap Arg1:T1 Arg2:T2\n\n",
        "utf-8",
    )
    source = read_source(tmp_path)
    (record,) = source.records
    assert record["doc_id"] == "berita"
    assert [award["result"] for award in record["awards"]] == ["Juara I", "Juara I"]
    assert source.notes == ("berita: E3 has no trigger; it was left out",)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("T1\tPLACE 0 11", "T1\tPLACE 0 9999", "outside the text"),
        ("T1\tPLACE 0 11", "T1\tPLACE zero", "line 1 is not as brat writes it"),
        ("AnnotatorNotes E1\t{", "AnnotatorNotes E1\tyear 2025 {", "should be a JSON object"),
    ],
)
def test_brat_damage_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        standoff(tmp_path, (old, new))


def test_brat_text_must_stay_as_it_was(tmp_path: Path) -> None:
    standoff(tmp_path)
    path = tmp_path / "brat" / "uji-1.txt"
    path.write_text(TEXT.replace("Kota Lain", "Kota"), "utf-8")
    with pytest.raises(UsageError, match=r"was changed since the export"):
        read_source(tmp_path / "brat")
    path.unlink()
    with pytest.raises(UsageError, match="copy both"):
        read_source(tmp_path / "brat")


def test_brat_unknown_labels_are_told(tmp_path: Path) -> None:
    source = standoff(tmp_path, ("T8\tFACILITY", "T8\tVENUE"))
    assert "unknown label 'VENUE'" in source.notes[0]
    assert source.records[0]["awards"][0]["place"] is None


def test_brat_never_writes_into_a_folder_in_use(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    with pytest.raises(UsageError, match="no empty folder"):
        write_target(tmp_path, "brat", [page()], reviewed=True)


@pytest.mark.parametrize(
    ("doc_id", "name"),
    [("dev-001", "dev-001"), ("a_b", "a_b"), ("berita/1", None), ("..", None), ("x" * 300, None)],
)
def test_brat_file_names_are_safe_and_differ(doc_id: str, name: str | None) -> None:
    made = brat.file_name(doc_id)
    assert made == name or (name is None and len(made) < 100 and made != brat.file_name(doc_id + "x"))
    assert "/" not in made
    assert not made.startswith(".")


# --- spaCy


def test_docbin_is_what_spacy_expects(tmp_path: Path) -> None:
    path = tmp_path / "x.spacy"
    write_target(path, "docbin", [page()], reviewed=True)
    (doc,) = DocBin(store_user_data=True).from_bytes(path.read_bytes()).get_docs(Vocab())
    assert doc.text == TEXT
    assert [(span.text, span.label_) for span in doc.spans["sc"]][:2] == [
        ("Kota Contoh", "PLACE"),
        ("Pemerintah Kota Contoh", "AGENCY"),
    ]
    assert ("Pemerintah Kota Contoh", "AGENCY") in [(span.text, span.label_) for span in doc.ents]
    assert [span.label_ for span in doc.spans["layout"]] == ["title", "dateline", "related"]
    assert {span.label_ for span in doc.spans["record"]} == {"AWARD", "EVIDENCE", "SLOT"}
    assert ["awards-0", "giver", "entities-10"] in [list(x) for x in doc.user_data["penghargaan"]["links"]]


def test_docbin_corrections_come_back(tmp_path: Path) -> None:
    path = tmp_path / "x.spacy"
    write_target(path, "docbin", [page()], reviewed=True)
    vocab = Vocab()
    (doc,) = DocBin(store_user_data=True).from_bytes(path.read_bytes()).get_docs(vocab)
    spans = list(doc.spans["sc"])
    spans[7] = Span(doc, spans[7].start, spans[7].end, "PLACE", span_id=spans[7].id_)
    doc.spans["sc"] = [*spans, doc.char_span(*at("Situs").values(), label="CATEGORY")]
    name = docbin.from_doc(doc).regions[len(spans)].id
    rest = doc.user_data["penghargaan"]
    doc.user_data["penghargaan"] = {**rest, "links": [*rest["links"], ["awards-1", "work", name]]}
    store = DocBin(store_user_data=True, docs=[doc])
    store.to_disk(path)
    (record,) = read_source(path).records
    expected = page()
    expected["entities"][7]["label"] = "PLACE"
    expected["entities"].insert(6, entity("CATEGORY", "Situs"))
    expected["entities"].sort(key=lambda e: (e["start"], -e["end"]))
    expected["awards"][1]["work"] = "Situs"
    assert record == expected


def test_docbin_tokens_are_cut_where_a_region_ends(tmp_path: Path) -> None:
    del tmp_path
    record = page(
        awards=[], label="negative", entities=[entity("PLACE", "Kota Con"), entity("DATE", " Uji ")]
    )
    doc = docbin.to_doc(to_layers(record), Vocab())
    assert [span.text for span in doc.spans["sc"]] == ["Kota Con", " Uji "]
    assert doc.text == TEXT


def test_docbin_pages_from_scratch_and_unknown_labels() -> None:
    doc = spacy.blank("id")("Kota Contoh menang")
    doc.spans["sc"] = [Span(doc, 0, 2, "PLACE"), Span(doc, 0, 2, "PLACE"), Span(doc, 2, 3, "ORG")]
    layers = docbin.from_doc(doc, 3)
    assert layers.doc_id == "page-3"
    assert [region.label for region in layers.regions] == ["PLACE", "PLACE"]
    assert layers.notes == ("unknown label 'ORG' at 12; it was left out",)


def test_docbin_damage_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.spacy"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(UsageError, match="no DocBin"):
        read_source(path)


# --- what it is


def test_sources_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        read_source(tmp_path / "nothing")
    with pytest.raises(UsageError, match="neither the output folder of a run"):
        read_source(tmp_path)
    path = tmp_path / "gold.jsonl"
    for content, said in (("\n", "holds no page"), ("{", "line 1 is no JSON"), ("\n[]", "line 2 is no page")):
        path.write_text(content, "utf-8")
        with pytest.raises(UsageError, match=said):
            read_source(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="cannot be read"):
        read_source(path)


@by_format
def test_half_a_character_is_refused(form: Format, tmp_path: Path) -> None:
    record = page(text=TEXT + "\ud800")
    with pytest.raises(UsageError, match="half a character"):
        write_target(tmp_path / "x", form, [record], reviewed=True)


@by_format
def test_targets_that_cannot_be_written(form: Format, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(UsageError, match=r"cannot write|no empty folder"):
        write_target(tmp_path / "file" / "x", form, [page()], reviewed=True)
