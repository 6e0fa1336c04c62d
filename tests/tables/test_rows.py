from __future__ import annotations

from pipeline.document import Article, Award, Mention, Page, Result, Sentence, Slot
from pipeline.tables.columns import TABLES
from pipeline.tables.rows import article_rows, award_document, award_rows, entity_rows, sentence_rows
from tests import fakes

TEXT = "Kota Malang juara 2 Lomba Siaran 2023\nKota Batu juara 1 Lomba Siaran 2022\n"

# The contract (design, section 3), written out once more so that no column moves by accident.
AWARD_COLUMNS = (
    "doc_id record_id source title published recipient recipient_name recipient_type recipient_code"
    " event event_abbr edition year category group result result_kind rank status timeframe work organiser"
    " giver giver_position received_by received_by_position date date_text place place_code"
    " evidence start end rules confidence"
)


def result() -> Result:
    return fakes.process(Page("d", "d.txt", TEXT, metadata={"title": "Judul"}))


def test_columns_are_the_contract() -> None:
    columns = {name: " ".join(column.name for column in table) for name, table in TABLES.items()}
    assert columns == {
        "awards": " ".join(AWARD_COLUMNS.split()),
        "entities": "doc_id sentence start end label text name code",
        "sentences": "doc_id sentence start end text",
    }


def test_award_rows_are_in_text_order_and_typed() -> None:
    rows = award_rows(result())
    assert [row["recipient"] for row in rows] == ["Kota Malang", "Kota Batu"]
    first = rows[0]
    assert list(first) == AWARD_COLUMNS.split()
    assert (first["doc_id"], first["source"], first["title"], first["published"]) == (
        "d",
        "d.txt",
        "Judul",
        "",
    )
    assert (first["year"], first["rank"], first["edition"]) == (2023, 2, None)
    assert (first["rules"], first["confidence"]) == ("fake-a fake-b", 0.9167)
    assert TEXT[first["start"] : first["end"]] == first["evidence"]
    assert first["category"] == ""


def test_several_slots_of_a_column_are_joined() -> None:
    def slot(value: str) -> Slot:
        return Slot(value, value, 0, len(value), 0, "r")

    award = Award("d", "0" * 12, {"organiser": (slot("Kemenpan"), slot("Ombudsman"))}, "x", 0, 1)
    [row] = award_rows(Result(Article("d", "d", "x"), (), (), (award,)))
    assert row["organiser"] == "Kemenpan; Ombudsman"


def test_award_documents_carry_every_slot_with_its_place() -> None:
    document = award_document(result())[0]
    assert document["category"] is None
    assert document["year"] == 2023
    assert set(document["slots"]) == {"recipient", "result", "rank", "event", "year"}
    for slots in document["slots"].values():
        for slot in slots:
            assert TEXT[slot["start"] : slot["end"]] == slot["text"]
            assert slot["sentence"] == 0
            assert slot["rule"].startswith("fake-")


def test_entity_rows() -> None:
    rows = entity_rows(result())
    assert [(r["sentence"], r["label"], r["text"]) for r in rows] == [
        (0, "AGENCY", "Kota Malang"),
        (0, "EVENT", "Lomba Siaran"),
        (1, "AGENCY", "Kota Batu"),
        (1, "EVENT", "Lomba Siaran"),
    ]
    assert (rows[0]["name"], rows[0]["code"]) == ("Kota", "35.73")


def test_nested_entities_come_outer_first_and_those_in_no_sentence_have_none() -> None:
    article = Article("d", "d", "Dinas Kota Malang. Foto: Kota Batu")
    mentions = (Mention(25, 34, "PLACE"), Mention(6, 17, "PLACE"), Mention(0, 17, "AGENCY"))
    rows = entity_rows(Result(article, (Sentence(0, 18),), mentions, ()))
    assert [(r["label"], r["text"], r["sentence"]) for r in rows] == [
        ("AGENCY", "Dinas Kota Malang", 0),
        ("PLACE", "Kota Malang", 0),
        ("PLACE", "Kota Batu", -1),
    ]


def test_sentences_and_article() -> None:
    rows = sentence_rows(result())
    assert [row["text"] for row in rows] == TEXT.splitlines()
    assert [row["sentence"] for row in rows] == [0, 1]
    (article,) = article_rows(result())
    assert list(article) == ["doc_id", "source", "title", "byline", "published", "text", "segments"]
    assert article["text"] == TEXT
    assert article["segments"] == [{"start": 0, "end": len(TEXT), "kind": "body"}]


def test_every_column_says_what_it_means() -> None:
    for columns in TABLES.values():
        assert all(column.doc for column in columns)
