"""Each fault is put down to the stage that caused it."""

from __future__ import annotations

import pytest

from pipeline.document import Article, Award, Mention, Segment, Sentence, Slot
from pipeline.evaluation.award_scores import score_page
from pipeline.evaluation.faults import (
    award_faults,
    boilerplate_faults,
    count_faults,
    count_slots,
    entity_faults,
    page_faults,
    sentence_faults,
)
from pipeline.evaluation.predict import Prediction
from pipeline.evaluation.printout import format_faults

WIN = "Kabupaten Mekarsari meraih Juara I Siaran Pers pada Anugerah Pena Nusantara 2024."
RELATED = "Baca juga: Kota Melati meraih Juara II"
TEXT = f"{WIN}\n{RELATED}"
ENTITIES = (
    ("Kabupaten Mekarsari", "PLACE"),
    ("Juara I", "RESULT"),
    ("Siaran Pers", "CATEGORY"),
    ("Anugerah Pena Nusantara", "EVENT"),
)


def limits(surface):
    start = TEXT.index(surface)
    return start, start + len(surface)


def mention(surface, label):
    return Mention(*limits(surface), label)


def article(win="body", related="related"):
    end = len(WIN)
    return Article("own-1", "own-1", TEXT, (Segment(0, end, win), Segment(end + 1, len(TEXT), related)))


def award(**surfaces):
    slots = {name: (Slot(s, s, *limits(s), 0, "r1"),) for name, s in surfaces.items()}
    return Award("own-1", "0" * 12, slots, WIN, 0, len(WIN))


@pytest.fixture
def page(make_page, make_award):
    return make_page(
        TEXT,
        awards=(make_award(evidence=[WIN]),),
        boilerplate=((RELATED, "related"),),
        entities=ENTITIES,
        sentences=[[0, len(WIN)]],
    )


@pytest.fixture
def faults(page):
    """The faults in records of a prediction that consists of the given parts."""

    def find(article, mentions=(), records=(), gold=page):
        rows = [{**row, "status": row.get("status", "won")} for row, _ in records]
        prediction = Prediction(article, (), tuple(mentions), tuple(a for _, a in records), tuple(rows))
        return award_faults(gold, prediction, score_page(gold.awards, rows))

    return find


GOLD_MENTIONS = tuple(mention(*e) for e in ENTITIES)


def summary(found):
    return [(f.level, f.kind, f.stage, f.what) for f in found]


def test_nothing_wrong(faults, page, as_row):
    row = as_row(page.awards[0])
    assert faults(article(), GOLD_MENTIONS, [(row, award())]) == ()


def test_a_record_whose_text_was_dropped(faults):
    assert summary(faults(article(win="footer"))) == [("record", "missed", "boilerplate", "")]


def test_a_record_whose_mentions_were_not_found(faults):
    without_event = [m for m in GOLD_MENTIONS if m.label != "EVENT"]
    assert summary(faults(article(), without_event)) == [("record", "missed", "entities", "")]


def test_a_record_that_had_all_its_mentions(faults):
    (fault,) = faults(article(), GOLD_MENTIONS)
    assert summary([fault]) == [("record", "missed", "relations", "")]
    assert fault.gold.startswith(
        "Kabupaten Mekarsari | Anugerah Pena Nusantara | 2024 | Siaran Pers | Juara I"
    )


def test_a_mention_in_another_sentence_does_not_excuse_the_evidence(faults, make_page, make_award):
    # The recipient's name occurs twice; only the one outside the evidence was found.
    text = f"{WIN}\nBupati Kabupaten Mekarsari senang."
    gold = make_page(text, awards=(make_award(evidence=[WIN]),))
    far = text.rindex("Kabupaten")
    kept = Article("own-1", "own-1", text, (Segment(0, len(text), "body"),))
    others = [m for m in GOLD_MENTIONS if m.label != "PLACE"]
    found = faults(kept, [*others, Mention(far, far + 19, "PLACE")], gold=gold)
    assert summary(found) == [("record", "missed", "entities", "")]


def test_a_record_made_from_boilerplate(faults, page, as_row):
    good = as_row(page.awards[0])
    false = {"recipient": "Kota Melati", "result": "Juara II"}
    found = faults(
        article(related="body"), GOLD_MENTIONS, [(good, award()), (false, award(recipient="Kota Melati"))]
    )
    assert summary(found) == [("record", "invented", "boilerplate", "")]


def test_a_record_made_from_a_false_mention(faults, page, as_row):
    good = as_row(page.awards[0])
    false = {"recipient": "Pena", "result": "Juara I"}
    found = faults(article(), GOLD_MENTIONS, [(good, award()), (false, award(recipient="meraih"))])
    assert summary(found) == [("record", "invented", "entities", "")]


def test_a_record_made_from_right_mentions(faults, page, as_row):
    good = as_row(page.awards[0])
    again = award(recipient="Kabupaten Mekarsari", result="Juara I")
    found = faults(article(), GOLD_MENTIONS, [(good, award()), (good, again)])
    assert summary(found) == [("record", "invented", "relations", "")]


def test_slots_missed_invented_and_mixed_up(faults, page, as_row):
    row = as_row(page.awards[0], category="Anugerah", year="", giver="Budi Santosa")
    found = faults(article(), GOLD_MENTIONS, [(row, award())])
    assert summary(found) == [
        ("slot", "mixed up", "relations", "category"),
        ("slot", "missed", "relations", "year"),
        ("slot", "invented", "relations", "giver"),
    ]
    assert (found[0].predicted, found[0].gold) == ("Anugerah", "Siaran Pers")
    assert found[0].record == "Kabupaten Mekarsari | Siaran Pers | Juara I"
    assert "slot year of Kabupaten Mekarsari | Siaran Pers | Juara I: '2024'" in format_faults(found)
    no_category = [m for m in GOLD_MENTIONS if m.label != "CATEGORY"]
    assert faults(article(), no_category, [(row, award())])[0].stage == "entities"


def test_mentions_missed_invented_and_mixed_up(page):
    found = [
        mention("Kabupaten Mekarsari", "AGENCY"),
        mention("Anugerah Pena", "EVENT"),
        mention("meraih", "WORK"),
        mention("Juara I", "RESULT"),
    ]
    faults = entity_faults(page, Prediction(article(), (), tuple(found)))
    assert [(f.kind, f.what, f.predicted, f.gold) for f in faults] == [
        ("mixed up", "PLACE", "AGENCY Kabupaten Mekarsari", "PLACE Kabupaten Mekarsari"),
        ("invented", "WORK", "WORK meraih", ""),
        ("mixed up", "EVENT", "EVENT Anugerah Pena", "EVENT Anugerah Pena Nusantara"),
        ("missed", "CATEGORY", "", "CATEGORY Siaran Pers"),
    ]
    dropped = entity_faults(page, Prediction(article(win="footer")))
    assert {(f.kind, f.stage) for f in dropped} == {("missed", "boilerplate")}


def test_sentences_missed_and_invented(page):
    cut = (Sentence(0, 46), Sentence(47, len(WIN)))
    found = sentence_faults(page, Prediction(article(), cut))
    assert [(f.kind, f.predicted or f.gold) for f in found] == [
        ("invented", WIN[:46]), ("missed", WIN), ("invented", WIN[47:])
    ]  # fmt: skip
    assert sentence_faults(page, Prediction(article(), (Sentence(0, len(WIN)),))) == ()


def test_a_sentence_that_boilerplate_spoilt_is_not_the_splitters_fault(page):
    grown = Prediction(article(related="body"), (Sentence(0, len(TEXT)),))
    assert [(f.kind, f.stage) for f in sentence_faults(page, grown)] == [
        ("missed", "boilerplate"), ("invented", "boilerplate")
    ]  # fmt: skip
    dropped = Prediction(article(win="footer"))
    assert [(f.kind, f.stage) for f in sentence_faults(page, dropped)] == [("missed", "boilerplate")]
    cut = Prediction(article(related="body"), (Sentence(0, 46), Sentence(47, len(WIN))))
    assert {f.stage for f in sentence_faults(page, cut)} == {"sentences"}


def test_boilerplate_kept_and_text_dropped(page):
    (fault,) = boilerplate_faults(page, Prediction(article(related="body")))
    assert (fault.kind, fault.what, fault.predicted) == ("invented", "related", RELATED)
    (fault,) = boilerplate_faults(page, Prediction(article(win="footer")))
    assert (fault.kind, fault.what, fault.gold) == ("missed", "footer", WIN)
    assert boilerplate_faults(page, Prediction(article())) == ()


def test_counts_by_slot_start_with_the_worst(faults, page, as_row):
    first = as_row(page.awards[0], category="Anugerah", year="", giver="Budi Santosa")
    found = [*faults(article(), GOLD_MENTIONS, [(first, award())])] * 2
    found += faults(article(), GOLD_MENTIONS, [(as_row(page.awards[0], year="2020"), award())])
    assert count_slots(found) == {
        "year": {"missed": 2, "invented": 0, "mixed up": 1},
        "category": {"missed": 0, "invented": 0, "mixed up": 2},
        "giver": {"missed": 0, "invented": 2, "mixed up": 0},
    }
    assert next(iter(count_slots(found))) == "year"


def test_a_page_without_annotation_of_a_stage_has_no_faults_in_it(make_page):
    bare = make_page(TEXT, boilerplate=None)
    prediction = Prediction(article(win="footer"), (Sentence(0, 3),), (Mention(0, 3, "WORK"),))
    assert page_faults(bare, prediction, score_page((), ())) == ()


def test_counts_by_stage_are_about_records_only(page):
    prediction = Prediction(article(win="footer"))
    counted = count_faults(page_faults(page, prediction, score_page(page.awards, ())))
    assert counted == {
        "boilerplate": {"missed": 1, "invented": 0, "mixed up": 0},
        "entities": {"missed": 0, "invented": 0, "mixed up": 0},
        "relations": {"missed": 0, "invented": 0, "mixed up": 0},
    }


def test_the_list_goes_page_by_page_and_names_the_stage(faults, page):
    found = entity_faults(page, Prediction(article(), (), (mention("Kabupaten Mekarsari", "AGENCY"),)))
    lines = format_faults([*found[:1], *faults(article(win="footer"))]).splitlines()
    assert lines[0] == "own-1"
    assert lines[1] == (
        "  mixed up  entities PLACE: 'AGENCY Kabupaten Mekarsari' for 'PLACE Kabupaten Mekarsari'"
    )
    assert lines[2].startswith("  missed    record: 'Kabupaten Mekarsari | Anugerah")
    assert lines[2].endswith("[boilerplate]")
    assert format_faults([]) == "No faults.\n"


def test_control_characters_of_a_page_do_not_reach_the_terminal(make_page):
    text = "Desa \x1b[31mmerah"
    page = make_page(text, entities=((text, "WORK"),))
    kept = Article("own-1", "own-1", text, (Segment(0, len(text), "body"),))
    assert "\x1b" not in format_faults(entity_faults(page, Prediction(kept)))
