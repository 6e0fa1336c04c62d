"""Regions for the exchange of names: which a text names, and which others of their kind stand for them.

A region gives way to a real one: a province to a province, a city to a city. Where a page names the province
of a regency, the new regency lies in the new province, so that both can be linked to codes. Villages come
from a list of their own, since no table that pages are read with knows them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Protocol

from pipeline.evaluation.swap_text import NameWord, Words, adjacent, fold, keys, like, split_words, swap_words
from pipeline.lexicon import cached, load_table

#: Kinds of regions; of one name without a cue, the first is meant.
KINDS = ("regency", "city", "province", "district", "village")
#: Jakarta is also named where the city is meant, the seat of ministries and venues.
_JAKARTA = "31.00"
#: Regions in the capital have no government of their own: none stands for another.
_CAPITAL = "31"
_LONGEST_NAME = 6
_LONGEST_VILLAGE = 3
_ROMAN = re.compile("[IVX]+")
_TYPES = frozenset({"kota", "provinsi"})
#: Words between the word for a kind and the name.
_BETWEEN = frozenset({"administrasi", "wisata", "adat"})
#: "Desa Tingkat Nasional".
_NO_NAMES = frozenset({"tingkat", "nasional"})
#: Before "Desa" they make it the business of a ministry.
_MINISTRY = frozenset({"kementerian", "menteri", "kemen"})
#: Labels of names that may hold villages and districts which no table has.
_OPEN = frozenset({"PLACE", "AGENCY", "POSITION", "ORGANISATION"})


@dataclass(frozen=True, slots=True, order=True)
class KnownRegion:
    """A region that names can be exchanged with.

    Args:
        code: Kemendagri code; empty for a village or district that no table has.
        kind: One of :data:`KINDS`.
        base: Name without the word for its kind.
        short: Abbreviation in use ("Jatim"), or empty.
        forms: Its other names.
        common: Whether the name is a common word as well ("Batu").
        shared: Whether other regions have the same name ("Malang").
    """

    code: str
    kind: str
    base: str
    short: str = ""
    forms: tuple[str, ...] = ()
    common: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class NamedRegion:
    """A region as a text names it: words folded, the regions it may be, and the kind its cue states."""

    words: Words
    options: tuple[KnownRegion, ...]
    cue: str = ""


class RegionDrawing(Protocol):
    """The part of a drawing that chooses regions."""

    def region(self, old: KnownRegion, choices: Sequence[KnownRegion]) -> KnownRegion:
        """Return one of the regions that fit."""


def _squeezed(name: str) -> str:
    return "".join(keys(name))


def _short(row: Mapping[str, object], aliases: Sequence[str]) -> str:
    for alias in aliases:
        if " " not in alias and _squeezed(alias) != _squeezed(str(row["base"])) and alias.isalpha():
            return alias
    return ""


def _is_name(alias: str, base: str) -> bool:
    """Return whether an alias is a name, and no epithet ("Kota Pahlawan")."""
    starts = tuple(word[:2] for word in keys(base))
    return len(keys(alias)) == 1 or (
        keys(alias)[0] not in _TYPES and any(w.startswith(starts) for w in keys(alias))
    )


@cached
def _regions() -> tuple[KnownRegion, ...]:
    found = []
    for row in load_table("regions"):
        kind, base = row["type"], row["base"]
        forms = [a for a in row["aliases"] if fold(a) != "jakarta" and _is_name(a, base)]
        clear = [a for a in forms if a not in row["cue"]]
        if row["code"].startswith(f"{_CAPITAL}."):
            forms.append(f"Administrasi {base}")
        marks = base in row["cue"], bool(row["homonyms"])
        found.append(KnownRegion(row["code"], kind, base, _short(row, clear), tuple(forms), *marks))
    found.append(KnownRegion(_JAKARTA, "city", "Jakarta"))
    return tuple(found)


@cached
def _towns() -> frozenset[Words]:
    return frozenset(keys(row["name"]) for row in load_table("places") if row["kind"] == "town")


@cached
def _districts() -> tuple[KnownRegion, ...]:
    towns = [r["name"] for r in load_table("places") if r["kind"] == "town"]
    rows = [*((r["code"], r["name"]) for r in load_table("regions_district")), *(("", t) for t in towns)]
    return tuple(KnownRegion(code, "district", name) for code, name in rows)


@cache
def _villages() -> tuple[KnownRegion, ...]:
    lines = files(__package__).joinpath("villages.jsonl").read_text("utf-8").splitlines()
    return tuple(KnownRegion(r["code"], "village", r["name"]) for r in map(json.loads, lines))


@cached
def _index(kind: str) -> Mapping[Words, tuple[KnownRegion, ...]]:
    index: dict[Words, list[KnownRegion]] = {}
    for region in _districts() if kind == "district" else _regions():
        for name in (region.base, *region.forms):
            index.setdefault(keys(name), []).append(region)
    return {words: tuple(dict.fromkeys(found)) for words, found in index.items()}


@cached
def _common_names() -> frozenset[Words]:
    """Names that are common words as well."""
    return frozenset(keys(name) for row in load_table("regions") for name in row["cue"])


def _starts_like_another(key: Words) -> bool:
    return any(key[:n] in _index("region") for n in range(1, len(key) + 1))


@cached
def other_places() -> frozenset[Words]:
    """Return names of places that stay: countries, cities abroad, islands."""
    return frozenset(keys(row["name"]) for row in load_table("places") if row["kind"] != "town")


def cue_of(text: str, words: Sequence[NameWord], i: int) -> str:
    """Return the kind of region that the word before word ``i`` calls for, or an empty string."""
    if i and words[i - 1].low in _BETWEEN:
        i -= 1
    if not i or not adjacent(text, words[i - 1], words[i]) or (i > 1 and words[i - 2].low in _MINISTRY):
        return ""
    return next((kind for kind in KINDS if words[i - 1].low in swap_words(f"cue:{kind}")), "")


def _longest(
    text: str, words: Sequence[NameWord], i: int, index: Collection[Words], most: int = _LONGEST_NAME
) -> int:
    """Return the end of the longest name of an index at word ``i``, or ``i``."""
    best, end = i, i + 1
    while end <= min(len(words), i + most):
        if end > i + 1 and not adjacent(text, words[end - 2], words[end - 1]):
            break
        if tuple(w.low for w in words[i:end]) in index:
            best = end
        end += 1
    return best


def known_regions(text: str, words: Sequence[NameWord], i: int) -> int:
    """Return the end of the longest name of a province, regency or city at word ``i``, or ``i``."""
    return _longest(text, words, i, _index("region"))


def _capitals(text: str, words: Sequence[NameWord], i: int) -> int:
    end = i
    while end < min(len(words), i + _LONGEST_VILLAGE) and words[end].text[0].isupper():
        other = words[end].low in _cues() or (end > i and _ROMAN.fullmatch(words[end].text))
        if other or (end > i and not text[words[end - 1].end : words[end].start].isspace()):
            break
        end += 1
    return end


@cache
def _cues() -> frozenset[str]:
    return frozenset(chain.from_iterable(swap_words(f"cue:{kind}") for kind in KINDS))


def _small_region(
    text: str, words: Sequence[NameWord], i: int, cue: str
) -> tuple[int, tuple[KnownRegion, ...]]:
    """Return the end of the village or district at word ``i`` and what it may be."""
    index = _index("district") if cue == "district" else {}
    if words[i].low in _NO_NAMES or words[i].low in swap_words("function"):
        return i, ()
    end = _longest(text, words, i, index)
    end = end if end > i else _capitals(text, words, i)
    key = tuple(w.low for w in words[i:end])
    if all(word in swap_words("everyday") for word in key):
        return i, ()
    return end, index.get(key, (KnownRegion("", cue, text[words[i].start : words[end - 1].end]),))


def _known_region(
    text: str, words: Sequence[NameWord], i: int, cue: str, label: str
) -> tuple[int, tuple[KnownRegion, ...]]:
    """Return the end of the known region at word ``i`` and what it may be: in a place, a district as well."""
    ends = {kind: _longest(text, words, i, _index(kind)) for kind in ("region", "district")}
    kind = max(ends, key=ends.__getitem__)
    key = tuple(w.low for w in words[i : ends[kind]])
    seat = label == "AGENCY" and i and key in _towns()
    class_word = len(key) == 1 and any(key[0] in swap_words(role) for role in ("scope", "body", "facility"))
    if kind == "district" and (class_word or (label != "PLACE" and not seat)):
        kind, key = "region", tuple(w.low for w in words[i : ends["region"]])
    options = _index(kind).get(key, ())
    clear = words[i].text[0].isupper() and key not in _common_names() and kind == "region"
    cued = cue in KINDS[:3] and (key not in _common_names() or any(o.kind == cue for o in options))
    wanted = label == "PLACE" or cued or clear or seat
    if not key or not wanted or key in other_places():
        return i, ()
    return i + len(key), options


def named_regions(text: str, label: str) -> Iterator[NamedRegion]:
    """Yield the regions that a name holds.

    Args:
        text: A mention or the words of a slot.
        label: Its entity label. In a place, names count that are also common words, and districts without a
            cue; in events and categories no name counts that no table has.
    """
    words = split_words(text)
    i = 0
    while i < len(words):
        cue = cue_of(text, words, i)
        end, options = i, tuple[KnownRegion, ...]()
        if cue in {"village", "district"} and label in _OPEN and words[i].low not in _BETWEEN:
            end, options = _small_region(text, words, i, cue)
        if end == i and words[i].low not in _cues():
            end, options = _known_region(text, words, i, cue, label)
        if end > i:
            yield NamedRegion(tuple(w.low for w in words[i:end]), options, cue)
        i = max(end, i + 1)


@dataclass(frozen=True, slots=True)
class RegionForm:
    """What stands for a region's name.

    Args:
        old: The name.
        by_kind: New name by the kind that a cue states; the first also where none does.
    """

    old: str
    by_kind: Mapping[str, str]

    def new(self, cue: str, written: str) -> str:
        """Return the new name, in upper case where the old is written so."""
        new = self.by_kind.get(cue) or next(iter(self.by_kind.values()))
        return new if self.old.isupper() else like(new, written)


@dataclass(frozen=True, slots=True)
class RegionExchange:
    """What stands for the regions of a page.

    Args:
        codes: New code by old code.
        forms: New names by the words of the old.
    """

    codes: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[Words, RegionForm] = field(default_factory=dict)

    def at(self, text: str, words: Sequence[NameWord], i: int) -> tuple[int, RegionForm | None]:
        """Return the end of the region's name at word ``i`` and what stands for it."""
        end = _longest(text, words, i, self.forms)
        form = self.forms.get(tuple(w.low for w in words[i:end]))
        return (end, form) if form else (i, None)

    def is_small(self, key: Words) -> bool:
        """Return whether a name is that of a village or a district."""
        return not {"regency", "city", "province"} & set(self.forms[key].by_kind)

    def needs_cue(self, key: Words) -> bool:
        """Return whether a name is a common word as well, so that it counts after a cue or as a place."""
        return key in _common_names()


def _resolve(named: Sequence[NamedRegion], hint: str) -> dict[Words, dict[str, KnownRegion]]:
    """Return the regions each name stands for by kind, the likeliest first."""
    cued: dict[Words, dict[str, KnownRegion]] = {}
    for n in named:
        for region in n.options:
            if region.kind == n.cue:
                cued.setdefault(n.words, {})[n.cue] = region
    found: dict[Words, dict[str, KnownRegion]] = {}
    present = {r.code for kinds in cued.values() for r in kinds.values()}
    for n in named:
        kinds = cued.get(n.words)
        if kinds is None:
            order = sorted(
                n.options,
                key=lambda r: (
                    r.code not in present,
                    r.code != hint,
                    r.code[:5] not in present,
                    r.kind != "city",
                    r.code,
                ),
            )
            kinds = {order[0].kind: order[0]}
        found[n.words] = dict(sorted(kinds.items(), key=lambda k: (k[1].code != hint, KINDS.index(k[0]))))
    return found


class _Choice:
    """Chooses regions one after the other; none twice, none that the page names already."""

    def __init__(
        self, text: str, olds: Collection[KnownRegion], called: Collection[Words], drawing: RegionDrawing
    ) -> None:
        self.named = f" {' '.join(w.low for w in split_words(text))} "
        self.olds = olds
        self.called = called
        self.drawing = drawing
        self.new: dict[KnownRegion, KnownRegion] = {}

    def free(self, regions: Iterable[KnownRegion]) -> list[KnownRegion]:
        """Return the regions that are not taken and not named."""
        taken = {*self.new.values(), *self.olds}
        return [
            r
            for r in regions
            if r not in taken and r.code != _JAKARTA and f" {' '.join(keys(r.base))} " not in self.named
        ]

    def draw(self, old: KnownRegion, *choices: Sequence[KnownRegion]) -> None:
        """Draw from the first choices that leave any, at best a region that has an abbreviation as well."""
        for some in choices:
            called = [r for r in some if r.short] if keys(old.short) in self.called else []
            if some:
                self.new[old] = self.drawing.region(old, called or some)
                return

    def province(self, old: KnownRegion, children: Sequence[KnownRegion]) -> None:
        """Draw a province that has enough regencies and cities of the sort that give way in the old one."""
        provinces = self.free(r for r in _regions() if r.kind == "province" and r.code != _CAPITAL)
        wanted = Counter((c.kind, c.common) for c in children)
        inside = Counter((r.code[:2], r.kind, r.common) for r in self.free(_regions()))
        fits = [p for p in provinces if all(inside[p.code, *sort] >= n for sort, n in wanted.items())]
        self.draw(old, fits, provinces)

    def twins(self, city: KnownRegion, regency: KnownRegion, provinces: Mapping[str, str]) -> None:
        """Draw a city and a regency of one name for two of one name."""
        inside = provinces.get(city.code[:2], "")
        regencies = {r.base: r for r in _regions() if r.kind == "regency"}
        cities = self.free(r for r in _regions() if r.kind == "city" and r.base in regencies)
        pairs = {r: regencies[r.base] for r in cities}
        self.draw(city, [r for r in pairs if r.code.startswith(inside)] if inside else list(pairs))
        if city in self.new:
            self.new[regency] = pairs.get(self.new[city], regency)

    def regency(self, old: KnownRegion, provinces: Mapping[str, str]) -> None:
        """Draw a regency or a city, in the new province, at best one whose name is as clear as the old."""
        inside = provinces.get(old.code[:2], "")
        alike = [
            r for r in self.free(_regions()) if r.kind == old.kind and not r.code.startswith(f"{_CAPITAL}.")
        ]
        near = [r for r in alike if inside and r.code.startswith(f"{inside}.")]

        def best(regions: Sequence[KnownRegion]) -> Sequence[KnownRegion]:
            same = [r for r in regions if r.common == old.common]
            return [r for r in same if r.shared == old.shared] or same or regions

        self.draw(old, best(near), best(alike))

    def district(self, old: KnownRegion) -> None:
        """Draw a district, at best of the regency that stands for the old one's."""
        around = {o.code: n.code for o, n in self.new.items() if o.kind in {"regency", "city"}}
        inside = around.get(old.code[:5])
        free = [d for d in self.free(_districts()) if d.code and keys(d.base) not in other_places()]
        free = [
            d for d in free if d.base.replace(" ", "").isalpha() and not _starts_like_another(keys(d.base))
        ]
        self.draw(old, [d for d in free if inside and d.code.startswith(f"{inside}.")], free)


def exchange_regions(
    named: Sequence[NamedRegion], text: str, drawing: RegionDrawing, hint: str = ""
) -> RegionExchange:
    """Choose other regions for those of a page.

    Args:
        named: What the page's mentions and records name.
        text: The page: no region that it names stands for another.
        drawing: Chooses.
        hint: Code of the recipient's region, if the gold has it.
    """
    names = _resolve(named, hint)
    olds = sorted({region for kinds in names.values() for region in kinds.values()})
    by_kind = {kind: [r for r in olds if r.kind == kind] for kind in KINDS}
    units = [*by_kind["regency"], *by_kind["city"]]
    choice = _Choice(text, olds, {n.words for n in named}, drawing)
    inside = {p: [u for u in units if u.code.startswith(f"{p.code}.")] for p in by_kind["province"]}
    for province in sorted(inside, key=lambda p: (-len(inside[p]), p.code)):
        choice.province(province, inside[province])
    provinces = {o.code: n.code for o, n in choice.new.items()}
    for city in by_kind["city"]:
        twin = next((r for r in by_kind["regency"] if r.base == city.base), None)
        if twin:
            choice.twins(city, twin, provinces)
    for old in units:
        if old not in choice.new:
            choice.regency(old, provinces)
    for old in by_kind["district"]:
        choice.district(old)
    for old in by_kind["village"]:
        choice.draw(old, choice.free(_villages()))
    return _forms(names, choice.new)


def _forms(
    names: Mapping[Words, Mapping[str, KnownRegion]], new: Mapping[KnownRegion, KnownRegion]
) -> RegionExchange:
    codes, forms = {}, {}
    by_base: dict[Words, dict[str, KnownRegion]] = {}
    for kinds in names.values():
        for kind, old in kinds.items():
            if old in new and new[old] != old:
                codes[old.code] = new[old].code
                for name in (old.base, *old.forms):
                    by_base.setdefault(keys(name), {})[kind] = old
    for words, kinds in by_base.items():
        old = next(iter(kinds.values()))
        written = next(n for n in (old.base, *old.forms) if keys(n) == words)
        is_short = len(words) == 1 and "".join(words) != _squeezed(old.base)
        news = {kind: new[o].short if is_short and new[o].short else new[o].base for kind, o in kinds.items()}
        # Without a cue a name is the one that the page's own words prefer, a city before a province.
        first = next(iter(names.get(words, news)))
        order = sorted(news, key=lambda kind: (kind != first, KINDS.index(kind)))
        forms[words] = RegionForm(written, {kind: news[kind] for kind in order})
    codes.pop("", None)
    return RegionExchange(codes, forms)
