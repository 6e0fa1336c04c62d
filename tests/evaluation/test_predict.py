from __future__ import annotations

import pytest

from pipeline import flow
from pipeline.document import Article, Award, Mention, Result, Segment, Sentence, Slot
from pipeline.errors import PageError
from pipeline.evaluation import predict as module
from pipeline.evaluation.predict import Prediction, gold_segments, predict, predict_with_gold

TEXT = "Beranda\nDesa Menang\n\nMELATI - Desa itu juara.\nSelesai sudah.\nFoto: Budi Santosa"


@pytest.fixture
def page(make_page):
    return make_page(
        TEXT,
        title="Desa Menang",
        boilerplate=(("Beranda", "nav"), ("MELATI -", "dateline"), ("Foto: Budi Santosa", "caption")),
        entities=(("Desa", "PLACE"), ("MELATI", "PLACE"), ("Budi Santosa", "PERSON")),
        sentences=[[8, 19], [30, 45], [46, 60]],
    )


def award(start, record_id):
    slot = Slot("Desa", "Desa", 8, 12, 0, "r1")
    return Award("own-1", record_id, {"recipient": (slot,)}, "Desa Menang", start, 19, ("r1",), 0.5)


def test_the_pipeline_sees_the_text_and_nothing_else(page, monkeypatch):
    seen = []

    def process(raw, *, engine):
        seen.append((engine, raw))
        return Result(Article(raw.doc_id, raw.source, raw.content), (), (), (award(9, "b"), award(8, "a")))

    monkeypatch.setattr(module, "process", process)
    prediction = predict(page, "stanza")
    ((engine, raw),) = seen
    assert (engine, raw.content, raw.kind, dict(raw.metadata)) == ("stanza", TEXT, "text", {})
    # Records and rows go together, by position.
    assert [a.record_id for a in prediction.awards] == [r["record_id"] for r in prediction.rows] == ["a", "b"]
    assert prediction.rows[0]["recipient"] == "Desa"


def test_a_refused_page_is_an_empty_prediction_with_the_reason(page, monkeypatch):
    def process(_raw, **_options):
        raise PageError("too_long", "split it")

    monkeypatch.setattr(module, "process", process)
    prediction = predict(page)
    assert (prediction.rows, prediction.failure) == ((), "too_long: split it")
    assert prediction.article.text == TEXT


def test_gold_segments_are_the_annotated_pieces_and_a_body_segment_a_line(page):
    assert [(TEXT[s.start : s.end], s.kind) for s in gold_segments(page)] == [
        ("Beranda", "nav"),
        ("Desa Menang", "title"),
        ("MELATI -", "dateline"),
        ("Desa itu juara.", "body"),
        ("Selesai sudah.", "body"),
        ("Foto: Budi Santosa", "caption"),
    ]


def test_gold_segments_of_a_page_without_boilerplate(make_page):
    assert gold_segments(make_page(" a b \n\n c")) == (Segment(1, 4, "body"), Segment(8, 9, "body"))


@pytest.fixture
def received(monkeypatch):
    """What the relation rules were given; the stages before them are stubs."""
    calls = []

    def extract_awards(article, sentences, mentions):
        calls.append((article, sentences, mentions))
        return ()

    monkeypatch.setattr(flow, "extract_awards", extract_awards)
    monkeypatch.setattr(flow, "split_sentences", lambda *_: (Sentence(0, 3),))
    monkeypatch.setattr(flow, "find_entities", lambda *_, **_options: (Mention(0, 2, "WORK"),))
    for home in (flow, module):
        monkeypatch.setattr(home, "link_entities", lambda _article, mentions: mentions)
    return calls


BASE = Prediction(
    Article("own-1", "own-1", TEXT, (Segment(0, 5, "body"),), title="x", published="2024-05-17")
)


def test_nothing_given_runs_the_stages_on_the_predicted_article(page, received):
    predict_with_gold(page, BASE, ())
    assert received == [(BASE.article, (Sentence(0, 3),), (Mention(0, 2, "WORK"),))]


def test_gold_of_every_stage_goes_to_the_relation_rules(page, received):
    predict_with_gold(page, BASE, ("boilerplate", "sentences", "entities"))
    ((article, sentences, mentions),) = received
    assert (article.segments, article.title) == (gold_segments(page), "Desa Menang")
    assert article.published == "2024-05-17", "the gold does not mark the date, so it stays the pipeline's"
    assert sentences == (Sentence(8, 19), Sentence(30, 45), Sentence(46, 60))
    # The dateline's place is boilerplate; captions may be read.
    assert [(TEXT[m.start : m.end], m.label, m.rule) for m in mentions] == [
        ("Desa", "PLACE", "gold"), ("Budi Santosa", "PERSON", "gold")
    ]  # fmt: skip


def test_a_stage_without_gold_runs_as_usual(make_page, received):
    bare = make_page(TEXT, boilerplate=None)
    predict_with_gold(bare, BASE, ("boilerplate", "sentences", "entities"))
    assert received == [(BASE.article, (Sentence(0, 3),), (Mention(0, 2, "WORK"),))]


def test_gold_is_read_in_clean_text_and_told_in_the_page_s(make_page):
    text = "Ko\u00adta Batu juara.\u00a0Warga senang."
    page = make_page(text, entities=(("Ko\u00adta Batu", "PLACE"),), sentences=[[0, 17], [18, 31]])
    base = Prediction(Article("own-1", "own-1", text, (Segment(0, len(text), "body"),)))
    found = predict_with_gold(page, base, ("sentences", "entities"))
    assert [text[s.start : s.end] for s in found.sentences] == ["Ko\u00adta Batu juara.", "Warga senang."]
    assert [(text[m.start : m.end], m.name) for m in found.mentions] == [("Ko\u00adta Batu", "Kota Batu")]
