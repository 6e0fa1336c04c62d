"""The terms of award news: EVENT, CATEGORY, RESULT and WORK mentions.

Known names come from the lexicon (``events``, ``categories``, ``grades``); unknown ones from grammar: rank and
medal patterns (``term_rules``), runs of capitalised words around a head noun (``event_heads``), phrases after
"kategori", titles in quotation marks after a word for a work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.document import Article, Mention, Sentence
from pipeline.entities.phrases import WORD, bracket_after, is_name_word, read_name, read_plain, read_quoted
from pipeline.lexicon import load_table

NUMBER_WORDS = {
    "pertama": 1, "kesatu": 1, "satu": 1, "kedua": 2, "dua": 2, "ketiga": 3, "tiga": 3, "keempat": 4, "empat": 4,
    "kelima": 5, "lima": 5, "keenam": 6, "enam": 6, "ketujuh": 7, "tujuh": 7, "kedelapan": 8, "delapan": 8,
    "kesembilan": 9, "sembilan": 9, "kesepuluh": 10, "sepuluh": 10,
}  # fmt: skip
ROMAN = {r: i for i, r in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}

_MACROS = {
    "numword": "(?:" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + ")",
    "card": "(?:tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)",
    "roman": "(?-i:VIII|VII|VI|IV|IX|XII|XI|X|V|III|II|I)",
    "quoted": r"[“\"‘'`]([^“”\"‘\n]{2,120}?)[”\"’'`](?!\w)",
}
_MACROS["num"] = rf"(?:ke[- ]?\d{{1,3}}|\d{{1,3}}(?![\d.,]*\d)|{_MACROS['numword']}|{_MACROS['roman']})"


def spaced(pattern: str) -> str:
    """Let every literal space of a pattern match a line break with its indent as well: pages wrap their lines."""
    return re.sub(r"(\[[^\]]*\]|\(\?<[=!][^)]*\))| ", lambda m: m.group(1) or r"\s{1,60}", pattern)


_GRADE_HEAD = r"(?:predikat|opini|gelar|status|kualifikasi|tingkat|level|kategori|peringkat|hasil|penilaian)(?: (?:nilai|sebagai|utama))?"
_CATEGORY_CUE = re.compile(
    spaced(
        r"(?<!\w)(?:(?:sub|mata)[ -]?)?(?:kategori(?:nya)?|katagori|kategpri|ketegori|kategory)(?!\w)(?: lomba)?"
    ),
    re.I,
)
_FIELD_CUE = re.compile(r"(?<!\w)(?:bidang|cabang(?: lomba| olahraga)?|kelas|klaster|nomor|sub)(?= )", re.I)
_LIST_OPENER = re.compile(
    spaced(
        r"(?: lain(?:nya)?| sekaligus| tersebut| itu| ini)?"
        r"(?:,|:|,? (?:yakni|yaitu|adalah|antara lain|di ?antaranya|meliputi|berupa|masing[- ]masing|terdiri (?:dari|atas)))"
        r"(?: (?:kategori|bidang|untuk))?:? "
    ),
    re.I,
)
_AWARD_LIST = re.compile(
    spaced(
        r"(?<!\w)(?:penghargaan|prestasi|piala|trofi|kategori)(?: (?:tersebut|itu|ini|sekaligus|nasional|bergengsi|lainnya|berbeda)){0,2},? "
        r"(?:adalah|yakni|yaitu|di ?antaranya|antara lain|meliputi|berupa)(?: (?:kategori|untuk|sebagai))?:? "
    ),
    re.I,
)
_ITEM_GAP = re.compile(
    spaced(
        r",? (?:dan|serta|juga) (?:kategori |bidang |untuk kategori )?|[,;] (?:kategori |bidang )?|, (?:dan|serta) "
    )
)
_GROUP = re.compile(
    r"(?:wilayah|pemerintah(?:an)?(?: daerah)?|pemda|kabupaten|kota|kab|provinsi|kecamatan|kelurahan|desa|nagari|kementerian|lembaga"
    r"|instansi|badan publik|perguruan tinggi|universitas|rumah sakit|rsud|bumn|bumd|puskesmas|sekolah|sd|smp|sma|smk|ptn|pts"
    r"|pagu|tingkat|satker|dinas|opd|perangkat daerah|daerah|kl|k/l)(?!\w)",
    re.I,
)
_EVENT_CUE = re.compile(
    spaced(
        r"(?<!\w)(?:ajang|acara|gelaran|perhelatan|kompetisi|kejuaraan|lomba|kontes|malam penganugerahan|penganugerahan|event|turnamen)"
        r"(?: (?:bergengsi|tahunan|perlombaan|nasional|internasional|penghargaan|kompetisi|lomba|tingkat nasional|puncak)){0,3} "
        r"(?=[“\"‘']?(?:The |[A-Z0-9]))"
    ),
    re.I,
)
_YEAR_TAIL = re.compile(
    r"(?: tahun| th\.?)?(?: (?:ke|edisi)[- ]?(?:\d{1,3}|[IVXL]+))?[ ,]*(?:(?:tahun )?(?:19|20)\d\d(?:/\d{4})?)?$",
    re.I,
)
_EVENT_OPENER = re.compile(spaced(r"(?:Penganugerahan |Penghargaan |Opini |opini )$"))
_OWN_HEAD = re.compile(r"(?i:award|anugerah|anugrah|penghargaan|lomba|kompetisi|festival)")
_SUB = re.compile(spaced(r" \(?sub[- ]?(?:kategori)? ?"), re.I)
_AFTER_RESULT = re.compile(spaced(r" (?:Lomba |Bidang )?(?=[A-Z])| ?[-–] ?(?=[A-Z])"))
_HONOUR_CUE = re.compile(
    spaced(
        r"(?<!\w)(?:dianugerahi|tanda jasa|tanda kehormatan|bintang kehormatan|gelar kehormatan)(?: (?:kehormatan|penghargaan|gelar))? (?=[A-Z])"
    )
)
_TAIL_HEAD = re.compile(r"(?i:awards?|anugerah|satyalancana|prize)(?!\w)")
_MORE_RANKS = re.compile(rf"(?:, ?|,? dan )({_MACROS['numword']})(?!\w)", re.I)
_LOWER_LEAD = re.compile(r"(?:[a-z][\w-]* )+(?=[A-Z])")
_NO_CLASS = re.compile(
    r"(?i)(?:terbaik|berkinerja|berprestasi|layak|peduli|sehat|terinovatif|teladan|informatif)(?!\w)"
)
_TRIM = " ,;:.-–—“”\"'"


@dataclass(frozen=True)
class _Rule:
    id: str
    label: str
    kind: str
    pattern: re.Pattern[str]


@cache
def term_rules() -> tuple[_Rule, ...]:
    """Return the compiled pattern rules of the ``term_rules`` table."""
    grades = _sure_grades()
    rules = []
    for row in load_table("term_rules"):
        pattern = row["pattern"].replace("{grade}", f"(?:{grades})")
        for name, macro in _MACROS.items():
            pattern = pattern.replace("{" + name + "}", macro)
        rules.append(
            _Rule(
                row["id"],
                row["label"],
                row.get("kind", ""),
                re.compile(spaced(r"(?<!\w)(?:" + pattern + ")"), re.I),
            )
        )
    return tuple(rules)


@cache
def _grade_surfaces(sure: bool) -> tuple[str, ...]:
    """Grade words longest first; ``sure`` ones need no head noun before them."""
    found = {
        g["surface"]
        for row in load_table("grade_words")
        for g in ({"surface": s} for s in row["surfaces"])
        if bool(row.get("sure")) is sure
    }
    return tuple(sorted(found, key=lambda s: (-len(s), s)))


def _sure_grades() -> str:
    """Alternatives for the sure grade words: as written or in capitals; of several words also in lower case."""
    forms = {
        f
        for g in _grade_surfaces(sure=True)
        for f in ((g, g.upper(), g.lower()) if " " in g else (g, g.upper()))
    }
    return "|".join(re.escape(f) for f in sorted(forms, key=lambda f: (-len(f), f)))


@cache
def _unsure_grade() -> re.Pattern[str]:
    words = "|".join(re.escape(g) for g in _grade_surfaces(sure=False))
    return re.compile(spaced(rf"(?<!\w)(?:{_GRADE_HEAD}) [“\"‘']?((?-i:{words}))[”\"’']?(?!\w)"), re.I)


@cache
def _headed_grade() -> re.Pattern[str]:
    return re.compile(
        spaced(rf"(?<!\w)({_GRADE_HEAD}) [“\"‘']?((?-i:{_sure_grades()})(?: ?\([A-Z]{{2,4}}\))?)(?!\w)"), re.I
    )


def lower(text: str) -> str:
    """Lower-case ``text`` without changing its length, so that offsets stay valid."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Gazetteer:
    """Whole-word, longest-first look-up of many surfaces at once (Aho-Corasick automaton)."""

    def __init__(self, surfaces: Mapping[str, Any]) -> None:
        self._keys = sorted(surfaces)
        self._values = surfaces
        self._automaton = AhoCorasick([k.lower() for k in self._keys], matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[tuple[int, int, Any]]:
        """Yield ``(start, end, value)`` of each whole-word hit in ``text``."""
        for number, start, end in self._automaton.find_matches_as_indexes(lower(text)):
            before, after = text[start - 1 : start], text[end : end + 1]
            if not before.isalnum() and not after.isalnum():
                yield start, end, self._values[self._keys[number]]


@cache
def events_by_id() -> Mapping[str, Mapping[str, Any]]:
    """Return the rows of the ``events`` table by id."""
    return {row["id"]: row for row in load_table("events")}


@cache
def _event_names() -> Gazetteer:
    surfaces: dict[str, str] = {}
    for row in load_table("events"):
        for surface in (row["name"], *row.get("aliases", [])):
            if " " in surface or len(surface) > 6:
                surfaces.setdefault(surface, row["id"])
    return Gazetteer(surfaces)


@cache
def _event_abbreviations() -> Mapping[str, Mapping[str, Any]]:
    table: dict[str, Mapping[str, Any]] = {}
    for row in load_table("events"):
        for surface in (row.get("abbr", ""), *row.get("aliases", [])):
            if surface and " " not in surface and len(surface) <= 8 and surface.upper() == surface:
                table.setdefault(surface, row)
    return table


@cache
def _category_names() -> Gazetteer:
    return Gazetteer(
        {s: row["id"] for row in load_table("categories") for s in (row["name"], *row.get("variants", []))}
    )


@cache
def _event_parts() -> frozenset[str]:
    """Category names that are also part of an event's name ("Keterbukaan Informasi Publik")."""
    events = [lower(s) for row in load_table("events") for s in (row["name"], *row.get("aliases", []))]
    names = {lower(s) for row in load_table("categories") for s in (row["name"], *row.get("variants", []))}
    return frozenset(n for n in names if any(n in e for e in events))


def known_event(name: str) -> Mapping[str, Any] | None:
    """Return the ``events`` row whose name, alias or abbreviation is ``name`` (bracketed alias ignored)."""
    bare = re.sub(r"\s*\([^)]*\)", "", name).strip()
    for start, end, key in _event_names().find(bare):
        if start == 0 and end >= len(bare) - 1:
            return events_by_id()[key]
    row = _event_abbreviations().get(bare)
    if row is not None:
        return row
    inside = re.search(r"\(([A-Z][A-Za-z]{1,9})\)", name)
    return _event_abbreviations().get(inside.group(1)) if inside else None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end


def _without_year(text: str, start: int, end: int) -> tuple[int, int]:
    match = _YEAR_TAIL.search(text[start:end])
    if match and match.start() > 0 and match.group().strip():
        end = start + match.start()
    return _trim(text, start, end)


class _Finder:
    """Collects the terms of one sentence."""

    def __init__(self, text: str, sentence: Sentence, outer: Sequence[Mention]) -> None:
        self.text, self.start, self.end = text, sentence.start, sentence.end
        self.found: list[Mention] = []
        self.outer = [m for m in outer if self.start <= m.start < self.end]
        self.places = [m for m in outer if m.label == "PLACE" and self.start <= m.start < self.end]
        #: names of agencies, persons and dates cannot be inside a term that starts before them
        self.blocked = frozenset(
            m.start
            for m in outer
            if m.label in {"PERSON", "POSITION", "DATE"} and self.start <= m.start < self.end
        )

    def add(self, start: int, end: int, label: str, rule: str, kind: str = "", name: str = "") -> bool:
        start, end = _trim(self.text, start, end)
        if (
            label == "EVENT"
            and " " not in self.text[start:end].strip()
            and not rule.startswith("EV0")
            and not rule[2:].isdigit()
        ):
            return False
        if label == "EVENT":
            # an agency that shares its name with an award; of other bodies only where the award is unknown
            bodies = {"AGENCY"} if rule[2:].isdigit() else {"AGENCY", "ORGANISATION"}
            if any(o.start <= start and end <= o.end and o.label in bodies for o in self.outer):
                return False
        if end - start < 2 or any(
            m.start < end and start < m.end
            for m in self.found
            if not (
                m.label == "RESULT"
                and label == "EVENT"
                and kind == "opinion"
                and m.rule in {"RES10", "RES12"}
            )
        ):
            return False
        self.found.append(Mention(start, end, label, rule, name=name, kind=kind))
        return True

    def works(self) -> None:
        for rule in term_rules():
            if rule.label == "WORK":
                for m in rule.pattern.finditer(self.text, self.start, self.end):
                    self.add(*m.span(1), "WORK", rule.id)

    def known_events(self, abbreviations: Mapping[str, str]) -> None:
        part = self.text[self.start : self.end]
        for start, end, key in _event_names().find(part):
            start, end = start + self.start, end + self.start
            row = events_by_id()[key]
            if row["kind"] != "opinion":
                # "penghargaan Adiwiyata": the name proper starts at its first capital
                lead = _LOWER_LEAD.match(self.text, start, end)
                start = lead.end() if lead else start
                if start >= end or not self.text[start].isupper():
                    continue
            full = bracket_after(self.text, end, self.end)
            if full > end and re.fullmatch(r" ?\([A-Z][\w&-]{1,12}\)", self.text[end:full]):
                end = full
            after = [m for m in self.places if m.start == end + 1 and self.text[end] == " "]
            if after and end - start > 8 and row["kind"] != "opinion":
                end = max(m.end for m in after)
            opener = _EVENT_OPENER.search(self.text, max(self.start, start - 24), start)
            if opener and row["kind"] != "host" and not _OWN_HEAD.search(self.text, start, end):
                start = opener.start()
            self.add(start, end, "EVENT", key, row["kind"])
        for m in re.finditer(r"(?<![\w(])[A-Z][A-Z0-9]{2,7}(?!\w)", part):
            key_or_none = abbreviations.get(m.group())
            if key_or_none:
                kind = events_by_id()[key_or_none]["kind"] if key_or_none in events_by_id() else ""
                self.add(self.start + m.start(), self.start + m.end(), "EVENT", key_or_none, kind)

    def results(self) -> None:
        for m in _headed_grade().finditer(self.text, self.start, self.end):
            # in a headline the head noun belongs to the title of the grade ("Predikat Informatif")
            self.add(
                m.start() if m.group(1) == "Predikat" else m.start(2), m.end(), "RESULT", "RES10", "grade"
            )
        for m in _unsure_grade().finditer(self.text, self.start, self.end):
            start = m.start() if self.text.startswith("Predikat", m.start()) else m.start(1)
            self.add(start, m.end(1), "RESULT", "RES12", "grade")
        for rule in term_rules():
            if rule.label == "RESULT":
                for m in rule.pattern.finditer(self.text, self.start, self.end):
                    self.add(*m.span(), "RESULT", rule.id, rule.kind)
                    if rule.kind in {"rank", "peringkat"}:
                        # "terbaik kedua dan ketiga": the second rank shares the noun of the first
                        for more in _MORE_RANKS.finditer(self.text, m.end(), min(self.end, m.end() + 30)):
                            if self.text[m.end() : more.start()].strip(" ,") in {"", "dan"}:
                                self.add(*more.span(1), "RESULT", "RES16", rule.kind)

    def _category(self, start: int, rule: str) -> int:
        """Read one category name at ``start``; return its end, or ``start``."""
        text = self.text
        quoted = read_quoted(text, start, self.end)
        if quoted:
            if self.add(*quoted, "CATEGORY", rule):
                return quoted[1] + 1
            return start
        if start >= self.end:
            return start
        if _GROUP.match(text, start, self.end):
            if text[start].isupper():
                end = read_name(text, start, self.end, self.blocked)
            else:
                end = read_plain(text, start, self.end, 4)
            end = self._pairs(end)
            if text.startswith(" Sebagai ", end):
                # "Pemerintah Provinsi Sebagai Pembina Terbaik" names a category, not a class
                end = read_name(text, end + 9, self.end, self.blocked)
                return end if self.add(start, end, "CATEGORY", rule) else start
            kind = "" if _NO_CLASS.search(text, start, end) else "group"
            return end if end > start and self.add(start, end, "CATEGORY", rule, kind) else start
        end = self._known_category_end(start) or read_name(text, start, self.end, self.blocked)
        if end == start:
            end = read_plain(text, start, self.end, 4)
        sub = _SUB.match(text, end, self.end)
        if sub:
            end = max(end, read_name(text, sub.end(), self.end, self.blocked))
        return end if end > start and self.add(start, end, "CATEGORY", rule) else start

    def _pairs(self, end: int) -> int:
        """Extend a class of participants over "/" ("Provinsi/Kabupaten/Kota")."""
        while self.text[end : end + 1] == "/" and end + 1 < self.end:
            match = WORD.match(self.text, end + 1, self.end)
            if not match:
                break
            end = match.end()
        return end

    def _known_category_end(self, start: int) -> int:
        """Return the end of the lexicon's category that starts at ``start``, with its bracket; else 0."""
        part = self.text[start : min(self.end, start + 90)]
        for at, end, _key in _category_names().find(part):
            if at == 0:
                full = bracket_after(self.text, start + end, self.end)
                follows = self.text[full : full + 6]
                # a longer name than the lexicon knows wins ("Media Sosial Kementerian")
                if full > start + end or not re.match(r" [A-Z]", follows):
                    return full
        return 0

    def _list(self, start: int, rule: str) -> None:
        at = start
        while True:
            end = self._category(at, rule)
            if end == at:
                return
            gap = _ITEM_GAP.match(self.text, end, self.end)
            if not gap or not (
                self.text[gap.end() : gap.end() + 1].isupper()
                or self.text[gap.end() : gap.end() + 1] in "“\"'‘"
            ):
                return
            at = gap.end()

    def categories(self) -> None:
        for m in _CATEGORY_CUE.finditer(self.text, self.start, self.end):
            if m.group().lower().startswith("sub") and self._sub_category(m):
                continue
            opener = _LIST_OPENER.match(self.text, m.end(), self.end)
            if opener and (
                not opener.group().startswith(",") or self.text[opener.end() : opener.end() + 1].isupper()
            ):
                self._list(opener.end(), "CAT02")
            elif self.text[m.end() : m.end() + 1] in " :":
                at = m.end() + (2 if self.text[m.end() : m.end() + 2] in {": ", " :"} else 1)
                if not re.match(
                    r"(?:yang|ini|itu|tersebut|lain|berbeda|serupa|untuk|dan|pada|dalam|di|dengan|(?-i:penghargaan))\b",
                    self.text[at : at + 12],
                    re.I,
                ):
                    self._list(at, "CAT01")
        for m in _AWARD_LIST.finditer(self.text, self.start, self.end):
            if self.text[m.end() : m.end() + 1].isupper():
                self._list(m.end(), "CAT03")

    def _sub_category(self, cue: re.Match[str]) -> bool:
        """Join "A sub kategori B" into one category; return whether there is an A."""
        limit = max((f.end for f in self.found if f.end <= cue.start()), default=self.start)
        start = max(self._backwards(cue.start()), limit)
        end = read_name(self.text, cue.end() + 1, self.end, self.blocked)
        return start < cue.start() - 3 and end > cue.end() + 1 and self.add(start, end, "CATEGORY", "CAT09")

    def fields(self) -> None:
        """Field of a contest ("medali emas bidang Biologi"): only right behind a result."""
        for m in _FIELD_CUE.finditer(self.text, self.start, self.end):
            near = any(r.label == "RESULT" and 0 <= m.start() - r.end <= 12 for r in self.found)
            listed = m.group() == "bidang" and any(
                r.kind in {"medal", "rank"} and r.end <= m.start() for r in self.found
            )
            if near or (listed and self.text[m.end() + 1 : m.end() + 2].isupper()):
                at = m.end() + 1
                end = read_name(self.text, at, self.end, self.blocked)
                if end > at:
                    self.add(at if m.group().lower() != "kelas" else m.start(), end, "CATEGORY", "CAT04")

    def behind_results(self) -> None:
        """A name right behind a rank or medal is its category ("Bronze Winner Insan PR")."""
        for result in [
            r
            for r in self.found
            if r.label == "RESULT" and r.kind in {"rank", "medal", "special", "peringkat"}
        ]:
            gap = _AFTER_RESULT.match(self.text, result.end, self.end)
            if gap and not any(
                o.start == gap.end() and o.label in {"AGENCY", "ORGANISATION", "PERSON"} for o in self.outer
            ):
                start = gap.end()
                end = read_name(self.text, start, self.end, self.blocked)
                sub = _SUB.match(self.text, end, self.end)
                if sub:
                    end = max(end, read_name(self.text, sub.end(), self.end, self.blocked))
                start, end = _without_year(self.text, start, end)
                if end - start > 3:
                    kind = "group" if _GROUP.match(self.text, start, end) else ""
                    self.add(start, end, "CATEGORY", "CAT07", kind)

    def known_categories(self) -> None:
        if not any(m.label in {"EVENT", "RESULT", "CATEGORY"} for m in self.found):
            return
        for start, end, _key in _category_names().find(self.text[self.start : self.end]):
            start, end = start + self.start, end + self.start
            inside_event = lower(self.text[start:end]) in _event_parts()
            if (
                self.text[start].isupper()
                and end - start > 8
                and not inside_event
                and not _GROUP.match(self.text, start, end)
            ):
                self.add(start, bracket_after(self.text, end, self.end), "CATEGORY", "CAT05")

    def new_events(self) -> None:
        """Events that no lexicon knows: a cue or a head noun with a run of capitalised words."""
        cued = False
        for m in _EVENT_CUE.finditer(self.text, self.start, self.end):
            at = m.end()
            quoted = read_quoted(self.text, at, self.end)
            head_start = (
                m.start()
                if re.match(r"(?:kejuaraan|lomba|turnamen)", m.group(), re.I) and m.group()[0].isupper()
                else at
            )
            start, end = quoted or (head_start, read_name(self.text, at, self.end, self.blocked))
            start, end = _without_year(self.text, start, end)
            cued |= end - start > 3 and self.add(start, end, "EVENT", "EVT01")
        for row in load_table("event_heads"):
            for word in row["words"]:
                for m in re.finditer(
                    rf"(?<!\w){re.escape(word)}(?!\w)|(?<!\w){re.escape(word.upper())}(?!\w)",
                    self.text[self.start : self.end],
                ):
                    at = m.start() + self.start
                    if row["position"] == "first":
                        start, end = at, read_name(self.text, at, self.end, self.blocked)
                    else:
                        start, end = self._backwards(at), read_name(self.text, at, self.end, self.blocked)
                    start, end = _without_year(self.text, start, end)
                    if word in {"Penghargaan", "Pengghargaan"} and _TAIL_HEAD.search(
                        self.text, start + len(word), end
                    ):
                        start += len(word) + 1
                    if end - start > len(word) + 2:
                        self.add(start, end, "EVENT", row["id"], row["strength"])
        for m in _HONOUR_CUE.finditer(self.text, self.start, self.end):
            start, end = _without_year(
                self.text, m.end(), read_name(self.text, m.end(), self.end, self.blocked)
            )
            if end - start > 5 and not any(o.start == start for o in self.outer):
                self.add(start, end, "EVENT", "EVT03")
        for m in re.finditer(r"(?<!\w)penghargaan (?=[A-Z“\"‘'])", self.text[self.start : self.end]):
            at = m.end() + self.start
            quoted = read_quoted(self.text, at, self.end)
            start, end = quoted or (at, read_name(self.text, at, self.end, self.blocked))
            start, end = _without_year(self.text, start, end)
            if end - start > 3:
                other = cued or any(f.label == "EVENT" and f.kind != "host" for f in self.found)
                self.add(start, end, "CATEGORY" if other else "EVENT", "CAT06" if other else "EVT02")

    def _backwards(self, at: int) -> int:
        start = at
        words = list(WORD.finditer(self.text, max(self.start, start - 120), at))
        for previous in reversed(words):
            gap = self.text[previous.end() : start]
            if gap.strip(" &()") or not gap or not is_name_word(previous.group()):
                if previous.group() in {"of", "for", "the", "and", "&"} and not gap.strip():
                    start = previous.start()
                    continue
                break
            start = previous.start()
        return start


def page_abbreviations(text: str) -> dict[str, str]:
    """Event abbreviations that count on this page: unambiguous ones, and those the page spells out."""
    known = {a: row["id"] for a, row in _event_abbreviations().items() if not row.get("abbr_ambiguous")}
    for _start, _end, key in _event_names().find(text):
        row = events_by_id()[key]
        for surface in (row.get("abbr", ""), *row.get("aliases", [])):
            if surface and surface in _event_abbreviations():
                known[surface] = key
    return known


def find_terms(
    article: Article, sentences: Iterable[Sentence], mentions: Sequence[Mention] = ()
) -> tuple[Mention, ...]:
    """Find EVENT, CATEGORY, RESULT and WORK mentions.

    Args:
        article: Article whose ``text`` the offsets refer to.
        sentences: Its sentences.
        mentions: Mentions already found; persons, positions and dates end a term that would run into them.

    Returns:
        Mentions in text order. ``rule`` is the lexicon row that made it (event id for known events),
        ``kind`` the finer kind (rank, medal, grade ... for RESULT; group for a CATEGORY that names a class of
        participants).
    """
    text = article.text
    abbreviations = page_abbreviations(text)
    found: list[Mention] = []
    for sentence in sentences:
        finder = _Finder(text, sentence, mentions)
        finder.works()
        finder.results()
        finder.known_events(abbreviations)
        finder.categories()
        finder.fields()
        finder.known_categories()
        finder.new_events()
        finder.behind_results()
        for mention in finder.found:
            alias = re.search(r"\(([A-Z][A-Z0-9]{2,9})\)$", text[mention.start : mention.end])
            if mention.label == "EVENT" and alias:
                abbreviations.setdefault(alias.group(1), mention.rule)
        found.extend(finder.found)
    return tuple(sorted(_settle(text, found), key=lambda m: (m.start, -m.end)))


def _settle(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Make "Penghargaan X" a category where the page names X as one."""
    categories = {text[m.start : m.end].lower() for m in found if m.label == "CATEGORY"}
    for m in found:
        rest = re.match(r"Peng+h?argaan ", text[m.start : m.end])
        if m.label == "EVENT" and rest and text[m.start + rest.end() : m.end].lower() in categories:
            yield Mention(m.start + rest.end(), m.end, "CATEGORY", "CAT08")
        else:
            yield m
