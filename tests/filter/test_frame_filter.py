"""What a sentence may tell is known before its mentions are; no example of a rule is passed over."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.awards.pack import frame_rules
from pipeline.document import Page
from pipeline.filter.frame_filter import Prospect, prospect, term_start
from pipeline.flow import process

ROOT = Path(__file__).parents[2]


def _prospect(sentence: str, *, title: bool = False) -> Prospect:
    return prospect(sentence, 0, len(sentence), title=title)


def _plain(example: str) -> str:
    """Return "[*AGENCY Pemkot Batu] meraih [RESULT Juara 1]" without its marks."""
    return re.sub(r"\[\*?(?:[A-Z]+ )?([^\]]*)\]", r"\1", example)


def test_no_example_of_a_frame_rule_is_passed_over() -> None:
    examples = [(r.frame, _plain(text)) for r in frame_rules() if r.frame != "line" for text in r.examples]
    assert len(examples) > 40
    assert [text for kind, text in examples if not _prospect(text, title=kind == "title").value] == []


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("Pemkot Batu meraih Juara 1 Lomba Desa.", Prospect.WIN),
        ("Kota Batu menjadi juara umum.", Prospect.WIN),
        ("Kota Batu menjadi tuan rumah Lomba Desa.", Prospect.NOTHING),
        ("Warga dapat mengikuti Lomba Desa.", Prospect.NOTHING),
        ("Rina mendapat Anugerah Humas.", Prospect.WIN),
        ("Keluarga itu masuk kategori miskin.", Prospect.NOTHING),
        ("Rumah itu masuk kategori Terbaik.", Prospect.WIN),
        ("Kami ingin memberi yang terbaik bagi warga.", Prospect.NOTHING),
        ("Juara 2, Rina Sari.", Prospect.WIN),
        ("Di Kota Batu juara 1 Rina, juara 2 Sari.", Prospect.WIN),
        ("Penerima piala (1) Kota Batu, (2) Agam", Prospect.NUMBERS),
    ],
)
def test_what_a_sentence_may_tell(sentence: str, tells: Prospect) -> None:
    assert _prospect(sentence) is tells


def test_a_headline_may_tell_by_a_result_alone() -> None:
    assert _prospect("Kota Batu Juara 3 Lomba Desa", title=True) is Prospect.WIN


def test_terms_start_where_they_may() -> None:
    """A term that starts elsewhere behind a verb would be lost: the place has to be known to ``term_start``.

    Not so the second of two ranks ("terbaik kedua dan ketiga"), behind which no verb stands.
    """
    lines = (ROOT / "annotations/dev/pages.jsonl").read_text("utf-8").splitlines()
    pages = [page["text"] for page in map(json.loads, lines) if page.get("text")]
    odd = []
    count = 0
    for text in pages:
        found = process(Page("a", "a", text))
        for m in found.mentions:
            before = found.article.text[max(0, m.start - 20) : m.start]
            if m.label in {"RESULT", "EVENT", "CATEGORY"} and before[-1:] == " " and before[-5:] != " dan ":
                count += 1
                pattern = re.compile(term_start(frozenset({m.label})), re.IGNORECASE)
                if not pattern.match(found.article.text, m.start):
                    odd.append((m.label, m.rule, before, found.article.text[m.start : m.end]))
    assert count > 100
    assert odd == []


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("Wali Kota memberikan Adipura kepada warga.", True),
        ("Wali Kota memberikan bantuan kepada warga yang menjaga Adipura.", False),
        ("Wali Kota memberikan piagam kepada warga.", True),
        ("Adipura yang kini diberikan kepada Kota Batu.", True),
        ("Bantuan diberikan kepada kota peraih Adipura.", False),
        ("Adipura untuk Kota Batu, Adipura untuk Agam.", True),
        ("Adipura untuk Kota Batu, bantuan untuk Agam.", False),
    ],
)
def test_a_term_stands_where_a_rule_needs_it(sentence: str, tells: bool) -> None:
    found = prospect(sentence, 0, len(sentence), title=False, terms=lambda line, a, b: "Adipura" in line[a:b])
    assert (found is Prospect.WIN) is tells
