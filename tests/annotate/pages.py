"""Gold pages for the tests: one by hand, and a strategy for any."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pipeline.annotate.labels import CHOICES, KINDS, LIST_SLOTS, NUMBERS, SLOTS, SOFT_NAMES
from pipeline.annotate.layers import new_record
from pipeline.document import ENTITY_LABELS

Record = dict[str, Any]

ROOT = Path(__file__).parents[2]
GOLD_FILES = (ROOT / "annotations" / "seeds.jsonl", ROOT / "annotations" / "dev" / "pages.jsonl")

TEXT = (
    "Kota Contoh Menang\n\n"
    "CONTOH – Pemerintah Kota Contoh meraih Juara I kategori Siaran Pers dan Terbaik II kategori Situs "
    "pada Anugerah Uji 2025 di Gedung Serbaguna, Senin (3/3/2025). Piala diserahkan Bupati Sari Contoh.\n"
    "Baca juga: Kota Lain Gelar Pasar\n"
)


def at(words: str, nth: int = 0) -> dict[str, Any]:
    """Return the limits of the nth occurrence of words in TEXT."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"start": start, "end": start + len(words)}


def entity(label: str, words: str, nth: int = 0) -> dict[str, Any]:
    return {"label": label, "text": words, **at(words, nth)}


def award(**slots: Any) -> Record:
    return {
        "recipient": "Pemerintah Kota Contoh",
        "recipient_type": "city",
        "event": "Anugerah Uji",
        "edition": None,
        "year": 2025,
        "category": None,
        "group": None,
        "result": None,
        "rank": None,
        "status": "won",
        "timeframe": "current",
        "work": None,
        "organiser": [],
        "giver": None,
        "giver_position": None,
        "received_by": None,
        "received_by_position": None,
        "date": "2025-03-03",
        "date_text": "Senin (3/3/2025)",
        "place": "Gedung Serbaguna",
        "scope": "primary",
        "soft": [],
        "evidence": [TEXT[TEXT.index("Pemerintah") : TEXT.index(" Piala")]],
    } | slots


_PAGE: Record = {
    **new_record("uji-1", TEXT),
    "title": "Kota Contoh Menang",
    "title_span": [0, 18],
    "published": "2025-03-04",
    "label": "positive",
    "awards": [
        award(
            category="Siaran Pers",
            result="Juara I",
            rank=1,
            soft=["category", "rank"],
            accept={"event": ["AU"], "recipient": ["Pemkot Contoh", "Kota Contoh"]},
            event_abbr="AU",
            giver="Sari Contoh",
            giver_position="Bupati",
        ),
        award(category="Situs", result="Terbaik II", rank=2, scope="secondary"),
    ],
    "entities": [
        entity("PLACE", "Kota Contoh"),
        entity("AGENCY", "Pemerintah Kota Contoh"),
        entity("PLACE", "Kota Contoh", 1),
        entity("RESULT", "Juara I"),
        entity("CATEGORY", "Siaran Pers"),
        entity("RESULT", "Terbaik II"),
        entity("EVENT", "Anugerah Uji"),
        entity("FACILITY", "Gedung Serbaguna"),
        entity("DATE", "Senin (3/3/2025)"),
        entity("POSITION", "Bupati"),
        entity("PERSON", "Sari Contoh"),
    ],
    "boilerplate": [
        {**at("CONTOH –"), "kind": "dateline"},
        {**at("Baca juga: Kota Lain Gelar Pasar"), "kind": "related"},
    ],
    "must_not_extract": ["Bupati as recipient"],
}


def page(**changes: Any) -> Record:
    """Return a gold page that keeps the guidelines."""
    return {**copy.deepcopy(_PAGE), **changes}


def gold(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


_WORDS = st.sampled_from(
    [
        "Kota",
        "Contoh",
        "Juara",
        "I",
        "Anugerah",
        "Uji",
        "2025",
        ".",
        "“",
        "é",
        "🏆",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\u2028",
        "\t",
    ]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
_ACCEPT = st.dictionaries(
    st.sampled_from(["event", "recipient", "a: b"]),
    st.lists(st.sampled_from(["AU", " x", "a: b", "Ü\n"]), max_size=3),
)


def _limits(draw: st.DrawFn, text: str) -> tuple[int, int]:
    start = draw(st.integers(0, len(text) - 1))
    return start, draw(st.integers(start + 1, min(len(text), start + 25)))


def _surface(draw: st.DrawFn, text: str) -> str:
    found = text[slice(*_limits(draw, text))]
    return found if draw(st.integers(0, 4)) else draw(st.sampled_from(["", "nowhere", "\n"]))


def _slots(draw: st.DrawFn, text: str) -> Record:
    made: Record = {}
    for slot in SLOTS:
        choice = draw(st.integers(0, 4))
        if slot in LIST_SLOTS and choice:
            made[slot] = [_surface(draw, text) for _ in range(draw(st.integers(0, 3)))]
        elif choice:
            made[slot] = _surface(draw, text) if choice > 2 else None
    return made


def _award(draw: st.DrawFn, text: str) -> Record:
    made = _slots(draw, text)
    for name, values in CHOICES.items():
        made[name] = draw(st.sampled_from([*values, None, "unheard of"]))
    for name in NUMBERS:
        made[name] = draw(st.none() | st.integers(-3, 3000))
    if draw(st.booleans()):
        made["soft"] = draw(st.lists(st.sampled_from([*SOFT_NAMES[:4], "unheard of"]), max_size=4))
        made["accept"] = draw(_ACCEPT)
        made["date"] = draw(st.sampled_from([None, "2025-03", " 2025", 7]))
        made |= draw(st.dictionaries(st.sampled_from(["event_name", "works", "odd: name"]), _JSON))
    if draw(st.booleans()):
        start, end = _limits(draw, text)
        made |= {"recipient": text[start:end], "spans": {"recipient": [[start, end]]}}
    return made


def _spans(draw: st.DrawFn, text: str, kind: str, labels: tuple[str, ...]) -> list[Record]:
    made = []
    for _ in range(draw(st.integers(0, 5))):
        start, end = _limits(draw, text)
        words = {"text": text[start:end]} if kind == "label" else {}
        made.append({kind: draw(st.sampled_from(labels)), **words, "start": start, "end": end})
    return made


@st.composite
def pages(draw: st.DrawFn) -> Record:
    """Draw any page that can be shown in a tool: spans nest, cross, repeat and end in white space."""
    words = draw(st.lists(_WORDS, min_size=1, max_size=25))
    text = "x" + "".join(word + draw(st.sampled_from(["", " "])) for word in words)
    record = new_record(draw(st.sampled_from(["p", "berita/1", "https://contoh.id/?a=1&b=é", "."])), text)
    record["label"] = draw(st.sampled_from(["positive", "negative"]))
    record["awards"] = [_award(draw, text) for _ in range(draw(st.integers(0, 3)))]
    marked = draw(st.integers(0, 3))
    record["entities"] = (
        _spans(draw, text, "label", ENTITY_LABELS) if marked else draw(st.none() | st.just([]))
    )
    record["boilerplate"] = _spans(draw, text, "kind", KINDS)
    if draw(st.booleans()):
        record["title_span"] = list(_limits(draw, text))
        record["sentences"] = [[0, len(text)]]
    return record
