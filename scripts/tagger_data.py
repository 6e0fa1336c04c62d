"""Read annotated pages and corpora as windows of sentences for the tagger, and exchange their names.

A window is a run of sentences of one page (:class:`Unit`); a sentence has spans with labels, which may nest,
and for each head of the tagger what of it is not annotated. Folds are made by source: an outlet, a
repository.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ner_corpora import Tagged

from pipeline.boilerplate import to_article
from pipeline.document import Page
from pipeline.entities.name_finder import scopes_of
from pipeline.entities.tagger import GROUP, NAMES, PUBLIC, ROLES, TERMS
from pipeline.lexicon import load_table
from pipeline.sentences import split_sentences

#: A stretch of a sentence with the label of a head.
Spanned = tuple[int, int, str]
#: The whole sentence is not annotated for a head.
ALL = ((0, 1 << 30),)
_SLOTS = {
    "recipient": "WINNER", "organiser": "ORGANISER", "giver": "GIVER", "received_by": "RECEIVER",
    "group": "GROUP", "event": "EVENT", "category": "CATEGORY", "result": "RESULT", "work": "WORK",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence to learn from.

    Args:
        text: Its text.
        spans: Its spans; those of different heads may overlap.
        unknown: By head the stretches that say nothing about it.
    """

    text: str
    spans: tuple[Spanned, ...]
    unknown: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    start: int = 0


@dataclass(frozen=True, slots=True)
class GoldText:
    """The sentences of an annotated page.

    Args:
        doc_id: Its name.
        source: Where it is from: what the folds are made of.
        units: Its sentences in text order.
        judged: Whether all its entities are annotated, so that it can be scored.
    """

    doc_id: str
    source: str
    units: tuple[Unit, ...]
    judged: bool


def read_gold_texts(path: Path, more: Mapping[str, Any]) -> Iterator[GoldText]:
    """Read the pages of a gold file.

    Args:
        path: The file.
        more: Pages of another file with all entities of pages that have none here (``until``: how far).
    """
    for line in path.read_text("utf-8").splitlines():
        page = json.loads(line)
        article = to_article(Page(page["doc_id"], "", page["text"]))
        if article.text != page["text"]:
            continue
        extra = more.get(page["doc_id"], {})
        entities = page.get("entities")
        entities = extra.get("entities") if entities is None else entities
        until = extra.get("until") or len(page["text"])
        source = page.get("source") or {}
        where = source.get("outlet") or source.get("repo") or path.stem
        scopes = [
            s for s in scopes_of(article, split_sentences(article)) if entities is None or s[1] <= until
        ]
        units = tuple(_unit(page, entities, a, b) for a, b in scopes)
        yield GoldText(page["doc_id"], str(where), units, entities is not None)


def is_unread(doc_id: str) -> bool:
    """Tell whether a page is of the quarter that nobody reads and nothing is trained on."""
    return hashlib.sha256(doc_id.encode()).hexdigest()[-1] in "cdef"


def _unit(page: Mapping[str, Any], entities: Sequence[Mapping[str, Any]] | None, a: int, b: int) -> Unit:
    """Return a sentence with the entities inside it and the parts that records give its names."""
    told = list(_told(page, a, b))
    parts = [t for t in told if t[2] not in TERMS]
    spans = [t for t in told if t[2] == GROUP or t[2] in ROLES]
    unknown: dict[str, tuple[tuple[int, int], ...]] = {}
    if entities is None:
        spans += [t for t in told if t[2] in TERMS]
        known = {label: [(s, e) for s, e, n in told if n == label] for label in TERMS}
        unknown = dict.fromkeys(NAMES, ALL)
        unknown |= {label: _gaps(known[label]) if page.get("awards") else ALL for label in TERMS}
    else:
        spans += [
            (e["start"] - a, e["end"] - a, e["label"])
            for e in entities
            if a <= e["start"] and e["end"] <= b and e["label"] in {*NAMES, *TERMS}
        ]
    if page.get("awards") and not parts:
        # outside the evidence a winner may be named again, in words that tell of the award or not
        mentioned = tuple(
            m.span()
            for award in page["awards"]
            for slot in ("recipient", "organiser", "giver", "received_by", "group")
            for value in _values(award.get(slot))
            for m in re.finditer(re.escape(value), page["text"][a:b])
        )
        unknown |= dict.fromkeys((*ROLES, GROUP), mentioned)
    unknown |= dict.fromkeys(PUBLIC, ALL)
    return Unit(page["text"][a:b], tuple(sorted(set(spans))), unknown, a)


def _values(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [v for v in values if isinstance(v, str) and v]


def _told(page: Mapping[str, Any], a: int, b: int) -> Iterator[Spanned]:
    """Yield the surfaces of the page's records in the part of a sentence that is evidence."""
    text = page["text"]
    for award in page.get("awards") or ():
        for evidence in _values(award.get("evidence")):
            at = text.find(evidence)
            start, end = max(a, at), min(b, at + len(evidence))
            if at < 0 or start >= end:
                continue
            for slot, label in _SLOTS.items():
                for value in _values(award.get(slot)):
                    whole = rf"(?<!\w){re.escape(value)}(?!\w)"
                    for m in re.finditer(whole, text[start:end]):
                        yield m.start() + start - a, m.end() + start - a, label


def _gaps(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return what lies between spans."""
    found, at = [], 0
    for start, end in sorted(spans):
        if start > at:
            found.append((at, start))
        at = max(at, end)
    return (*found, (at, 1 << 30))


def corpus_unit(sentence: Tagged, *, public: bool) -> Unit:
    """Return a sentence of a corpus: in the three public labels, or of nergrit-news in ours.

    nergrit-news is flat: what lies inside one of its names is not annotated, nor are dates and terms.
    """
    offsets = sentence.offsets()
    spans = [(offsets[i][0], offsets[j - 1][1], label) for i, j, label in sentence.spans()]
    if public:
        unknown = dict.fromkeys((*NAMES, *TERMS, GROUP, *ROLES), ALL)
        return Unit(sentence.text, tuple((a, b, PUBLIC_OF[label]) for a, b, label in spans), unknown)
    unknown = dict.fromkeys(("DATE", *TERMS, GROUP, *ROLES, *PUBLIC), ALL)
    for name in NAMES:
        if name not in {"DATE", "POSITION"}:
            unknown[name] = tuple((a, b) for a, b, label in spans if label != name)
    return Unit(sentence.text, tuple(s for s in spans if s[2] in NAMES), unknown)


PUBLIC_OF = {name.removeprefix("PUBLIC_"): name for name in PUBLIC}


def folds_of(texts: Iterable[GoldText], count: int) -> dict[str, int]:
    """Return the fold of every source: the largest sources first, each to the emptiest fold."""
    sizes = Counter[str]()
    for text in texts:
        sizes[text.source] += sum(len(u.spans) for u in text.units)
    filled = [0] * count
    found = {}
    for source, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        fold = min(range(count), key=lambda k: filled[k])
        found[source] = fold
        filled[fold] += size
    return found


# -- other names

#: How often a name gives way to another, by label.
_SWAPS = {
    "PERSON": 0.7, "ORGANISATION": 0.6, "AGENCY": 0.5, "PLACE": 0.6, "EVENT": 0.6, "WORK": 0.6,
    "FACILITY": 0.5, "CATEGORY": 0.35, "POSITION": 0.5, "DATE": 0.2, "RESULT": 0.2,
}  # fmt: skip
#: How often the other name is made up, where it can be.
_MADE_UP = 0.5
_ONSETS = (
    "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y", "z", "ng", "ny",
    "sy", "kh", "dr", "br", "tr", "pr",
)  # fmt: skip
_VOWELS = ["a", "e", "i", "o", "u", "a", "i", "u", "ai"]
_ENDS = ("", "", "", "n", "r", "s", "t", "ng", "k", "l", "m", "h")
_FORMS = {
    "PERSON": ("{w}", "{w} {w}", "{w} {w}", "{w} {w} {w}", "H {w} {w}", "{w} {i} {w}", "{w} bin {w}"),
    "ORGANISATION": (
        "PT {w}", "PT {w} {w} Tbk", "CV {w}", "Yayasan {w}", "Yayasan {w} {w}", "SMA Negeri {n} {r}",
        "SMAN {n} {r}", "SMPN {n} {r}",
        "SD Negeri {n} {r}",
        "SDN {r} {n}", "SMK {w}", "MTs {w} {w}", "MAN {n} {r}", "Universitas {w}",
        "Universitas {w} {w}", "Politeknik {w}",
        "Komunitas {w} {w}", "Perumda {w} {w}", "PDAM {w} {r}", "Koperasi {w}", "Bank {w}", "Klub {w}",
        "Sanggar {w} {w}",
        "Pondok Pesantren {w}", "Asosiasi {w} {w}", "{w} {w}", "{w}", "{w}.id", "Paguyuban {w}", "KIM {w}",
        "Karang Taruna {w}",
    ),
    "EVENT": (
        "Anugerah {w}", "Anugerah {w} {w}", "{w} Award", "{w} {w} Awards", "Lomba {w}", "Festival {w} {w}",
        "Penghargaan {w}",
        "Piala {w} {w}",
        "Kompetisi {w} {w}", "Olimpiade {w}", "{w} Cup", "{w} Fest", "{w} Championship", "Gala {w}",
        "Apresiasi {w} {w}",
        "Lomba Cipta {w}",
        "{w} Competition", "Pekan {w}", "Adi{l}", "{w} {w}",
    ),
    "WORK": ("{w}", "{w} {w}", "Si{w}", "E-{w}", "{w} {w} {w}", "{W}"),
    "PLACE": (
        "{r}", "{r}", "Kabupaten {r}", "Kota {r}", "Desa {w}", "Kecamatan {w}", "Kelurahan {w}", "{w}",
        "Provinsi {r}",
    ),
    "FACILITY": (
        "Hotel {w}", "Gedung {w}", "Aula {w} {w}", "Balai {w}", "Hotel {w} {r}", "Stadion {w}",
        "Lapangan {w}", "Pendopo {w}",
    ),
    "AGENCY": (
        "Dinas {w} {r}", "Pemkab {r}", "Pemkot {r}", "Pemerintah Kabupaten {r}", "RSUD {w}", "Polres {r}",
        "Puskesmas {w}", "Badan {w} {r}",
    ),
}  # fmt: skip


def _word(rng: random.Random) -> str:
    made = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(rng.choice((1, 2, 2, 3))))
    return (made + rng.choice(_ENDS)).capitalize()


class NamePool:
    """Names to put in place of others: those of the training pages, made-up ones, and regions.

    Args:
        texts: The training pages.
    """

    def __init__(self, texts: Iterable[GoldText]) -> None:
        self.by_label: dict[str, list[tuple[str, tuple[Spanned, ...]]]] = defaultdict(list)
        for unit in (u for text in texts if text.judged for u in text.units):
            for a, b, label in _outermost(unit.spans):
                inner = tuple(
                    (x - a, y - a, n) for x, y, n in unit.spans if a <= x and y <= b and n in _SWAPS
                )
                self.by_label[label].append((unit.text[a:b], inner))
        self.regions = sorted({str(row["base"]) for row in load_table("regions")})

    def draw(self, label: str, rng: random.Random) -> tuple[str, tuple[Spanned, ...]]:
        """Return a name and the spans inside it, itself among them."""
        forms = _FORMS.get(label)
        if not forms or (rng.random() >= _MADE_UP and self.by_label[label]):
            if label == "PERSON" and rng.random() < 0.5:
                first, last = (rng.choice(self.by_label[label])[0].split() for _ in "ab")
                name = " ".join((first[0], last[-1]))
                return name, ((0, len(name), label),)
            return rng.choice(self.by_label[label]) if self.by_label[label] else ("", ())
        name, inner, form = "", [], rng.choice(forms)
        for part in re.split(r"(\{\w\})", form):
            new = part
            if part == "{w}":
                new = _word(rng)
            elif part == "{l}":
                new = _word(rng).lower()
            elif part == "{W}":
                new = _word(rng).upper()
            elif part == "{i}":
                new = rng.choice("ABDFHIMNRSW") + "."
            elif part == "{n}":
                new = str(rng.randint(1, 30))
            elif part == "{r}":
                new = rng.choice(self.regions) if rng.random() < 0.7 else _word(rng)
                if label != "PLACE":
                    inner.append((len(name), len(name) + len(new), "PLACE"))
            name += new
        return name, ((0, len(name), label), *inner)


def _outermost(spans: Iterable[Spanned], labels: Iterable[str] = tuple(_SWAPS)) -> list[Spanned]:
    kept = set(labels)
    found: list[Spanned] = []
    for span in sorted((s for s in spans if s[2] in kept), key=lambda s: (s[0], -s[1])):
        if not found or span[0] >= found[-1][1]:
            found.append(span)
    return found


def swapped(units: Sequence[Unit], pool: NamePool, rng: random.Random) -> list[Unit]:
    """Return the sentences of a window with other names, the same name for the same everywhere in it."""
    drawn: dict[tuple[str, str], tuple[str, tuple[Spanned, ...]] | None] = {}
    return [_swapped(u, pool, rng, drawn) for u in units]


def _swapped(
    unit: Unit, pool: NamePool, rng: random.Random,
    drawn: dict[tuple[str, str], tuple[str, tuple[Spanned, ...]] | None],
) -> Unit:  # fmt: skip
    text, at = "", 0
    made: list[Spanned] = []
    moved: list[tuple[int, int, int, int]] = []  # old limits, new limits of what gave way
    pending = _outermost(unit.spans)[::-1]
    while pending:
        a, b, label = pending.pop()
        old = unit.text[a:b]
        key = (label, old)
        if key not in drawn:
            new = pool.draw(label, rng) if rng.random() < _SWAPS[label] else None
            drawn[key] = new if new and new[0] else None
        choice = drawn[key]
        if choice is None:
            inside = [s for s in unit.spans if a <= s[0] and s[1] <= b and s[:2] != (a, b)]
            pending += _outermost(inside)[::-1]
            continue
        name, inner = choice
        if old.isupper() and len(old) > 5 and len(name.upper()) == len(name):
            name = name.upper()
        text += unit.text[at:a]
        made += [(len(text) + x, len(text) + y, n) for x, y, n in inner]
        moved.append((a, b, len(text), len(text) + len(name)))
        text += name
        at = b
    text += unit.text[at:]

    def place(offset: int, *, end: bool) -> int:
        shift = 0
        for a, b, c, d in moved:
            if offset >= b:
                shift = d - b
            elif offset > a or (offset == a and not end):
                return c if not end else d
        return offset + shift

    spans = list(made)
    for a, b, label in unit.spans:
        around = [(x, y) for x, y, _, _ in moved if x <= a and b <= y]
        if around and label in _SWAPS:
            continue  # gave way with what is around it
        if around and (a, b) != around[0]:
            continue
        spans.append((place(a, end=False), place(b, end=True), label))
    unknown = {
        head: stretches if stretches is ALL else tuple(
            (place(a, end=False), place(b, end=True) if b < 1 << 29 else b) for a, b in stretches
        )
        for head, stretches in unit.unknown.items()
    }  # fmt: skip
    return replace(unit, text=text, spans=tuple(sorted(set(spans))), unknown=unknown)


def shouted(units: Sequence[Unit]) -> list[Unit]:
    """Return the sentences in capitals, as headlines and lists have them."""
    return [replace(u, text=u.text.upper()) if len(u.text.upper()) == len(u.text) else u for u in units]
