"""Link mentions: places to codes, agencies to canonical names, people to one name each, dates to ISO dates.

Works on any mentions with labels and offsets, found by this package or annotated by hand.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.document import Article, Mention
from pipeline.entities import gazetteer as gz
from pipeline.entities.calendar_dates import resolve_date
from pipeline.entities.gazetteer import match_trie
from pipeline.entities.misspelt import nearest
from pipeline.entities.name_tokens import tokenize
from pipeline.entities.places import region_kind
from pipeline.entities.tagger import RULE
from pipeline.lexicon import cached, load_table

_BRACKET = re.compile(r"\s*\([^()]*\)")
_STATE = re.compile(r"\s+(?:RI|Republik Indonesia)\b")
#: Kinds of regions that words of an office or agency tell.
_HINTED = ("regency", "city", "province")
#: Characters; no office or agency is longer.
_LONGEST_PHRASE = 400
_YEAR = re.compile(r"(?<![\d./-])(20[0-4]\d)(?![\d/-])")


@cached
def _typed() -> re.Pattern[str]:
    """Return the pattern of a region with the word for its type."""
    words = "|".join(sorted(gz.region_types(), key=len, reverse=True))
    pattern = rf"(?P<type>(?:kota|kabupaten) administrasi|{words})\.?\s+(?P<base>.+)"
    return re.compile(pattern, re.IGNORECASE)


@cached
def _hints() -> Mapping[str, re.Pattern[str]]:
    """Return the words of an office, agency or type word that tell which kind of region follows."""
    return {
        kind: re.compile(rf"\b(?:{'|'.join(sorted(gz.words(f'region_hint:{kind}')))})\b", re.IGNORECASE)
        for kind in _HINTED
    }


@cached
def _regions() -> Mapping[str, Mapping[str, Any]]:
    return {r["code"]: r for r in load_table("regions")}


@cached
def _bases(kind: str) -> Mapping[str, str]:
    """Return the bare names of the regions of a kind, lower case, with their codes."""
    return {r["base"].lower(): r["code"] for r in load_table("regions") if r["type"] == kind}


@cached
def _bodies() -> Mapping[str, Mapping[str, Any]]:
    """National bodies by normalised name and alias."""
    return {_key(form): row for row in load_table("agencies") for form in (row["name"], *row["aliases"])}


@cached
def _local_bodies() -> Mapping[str, str]:
    return {form.lower(): row["name"] for row in load_table("local_agencies") for form in row["aliases"]}


def _key(name: str) -> str:
    """Normalise a name for look-up: no commas, no "dan", no case, no spaces."""
    return re.sub(
        r"\bdan\b|\bkementrian\b|[\W_]+",
        lambda m: "kementerian" if m[0] == "kementrian" else "",
        name.lower(),
    )


def government_name(place: Mention) -> str:
    """Return the government of a linked region: "Pemerintah Kota Malang" for "Kota Malang".

    Args:
        place: A PLACE mention that :func:`link_entities` has linked.

    Returns:
        Its government's name, or an empty string if the place is no region with a government.
    """
    return _government(place.name, place.kind)


def _government(name: str, kind: str) -> str:
    if kind not in {"province", "regency", "city", "district", "village"} or not name:
        return ""
    if name in {"Provinsi Aceh", "Daerah Istimewa Yogyakarta"}:
        return "Pemerintah " + name.removeprefix("Provinsi ")
    return "Pemerintah " + name


class _Places:
    """Resolves the places of one page together."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.places = [m for m in mentions if m.label == "PLACE"]
        outer = sorted((m for m in mentions if m.label in {"AGENCY", "POSITION"}), key=lambda m: m.start)
        self.outer = outer
        self.outer_starts = [m.start for m in outer]
        self.candidates: dict[tuple[int, int], tuple[str, ...]] = {}
        self.fixed: Counter[str] = Counter()
        for place in self.places:
            codes = self.options(place)
            self.candidates[place.start, place.end] = codes
            if len(codes) == 1:
                self.fixed[codes[0]] += 1
        hints = {kind: _hints()[kind] for kind in ("regency", "city")}
        titles = Counter(k for k, pattern in hints.items() for m in outer if pattern.match(self.surface(m)))
        self.page_kind = next((k for k in titles if titles[k] and len(titles) == 1), "")

    def surface(self, mention: Mention) -> str:
        return self.text[mention.start : mention.end]

    def options(self, place: Mention) -> tuple[str, ...]:
        """Return the codes a place may stand for, narrowed by its type word and the phrase around it."""
        surface = " ".join(_BRACKET.sub("", self.surface(place)).split())
        hint = ""
        typed = _typed().fullmatch(surface)
        whole = [e for e in gz.gazetteer().get(surface) if e.label == "PLACE"]
        if typed and not (
            whole and len(whole[0].codes) == 1 and whole[0].kind in {"province", "city", "regency"}
        ):
            hint = gz.region_types()[typed["type"].lower().split()[0]]
            surface = typed["base"]
        if hint == "district":
            return gz.districts().get(surface.lower(), ())
        if typed and not gz.gazetteer().get(surface):
            meant = nearest(surface.lower(), _bases(hint))
            return (_bases(hint)[meant],) if meant else ()
        if hint == "village":
            return ()
        entries = [e for e in gz.gazetteer().get(surface) if e.label == "PLACE" and e.table == "regions"]
        if " " in surface and not typed:  # "Karang Anyar" is Karanganyar behind the word of a region only
            entries = [e for e in entries if not e.cue or place.rule != RULE]
        codes = tuple(dict.fromkeys(c for e in entries for c in e.codes))
        known = any(e.label == "PLACE" and e.table == "places" for e in gz.gazetteer().get(surface))
        if not codes and (place.kind == "district" or (not place.kind and not known)):
            # A bare district, found after "Polsek" or before its regency.
            return gz.districts().get(surface.lower(), ())
        if len(codes) > 1:
            hint = hint or self.hint(place)
            narrowed = tuple(c for c in codes if region_kind(c) == hint)
            codes = narrowed or codes
        elif hint and codes and region_kind(codes[0]) != hint and hint in {"regency", "city"}:
            # "Kabupaten Surabaya" does not exist: the writer means something else, leave it open.
            return ()
        return codes

    def hint(self, place: Mention) -> str:
        """Return the region type that the words right before the place state: its own phrase's head."""
        best: Mention | None = None
        for k in range(bisect_right(self.outer_starts, place.start) - 1, -1, -1):
            m = self.outer[k]
            if place.start - m.start > _LONGEST_PHRASE:
                break
            if place.end <= m.end:
                best = m
                break
        before = (
            self.text[best.start : place.start] if best else self.text[max(0, place.start - 14) : place.start]
        )
        last = ""
        position = -1
        for kind, pattern in _hints().items():
            for match in pattern.finditer(before):
                if match.end() > position:
                    last, position = kind, match.end()
        if not best and position != len(before.rstrip()):
            return ""
        return last

    def resolve(self, place: Mention) -> str:
        """Return the code of a place, or an empty string if the page does not decide it."""
        codes = self.candidates[place.start, place.end]
        if len(codes) == 1:
            return codes[0] if self.is_near(codes[0]) else ""
        if not codes:
            return self.misspelt_district(place)
        voted = [c for c in codes if self.fixed[c]]
        if len(voted) == 1:
            return voted[0]
        if len(codes[0]) == 8:
            inside = [c for c in codes if c[:5] in self.fixed]
            if len(inside) == 1:
                return inside[0]
            province = {c[:2] for c in self.fixed}
            inside = [c for c in codes if c[:2] in province]
            return inside[0] if len(inside) == 1 else ""
        if self.page_kind and not voted and not any(region_kind(c) == self.page_kind for c in self.fixed):
            # "Bupati" on a page whose regency is another one says nothing about this place.
            fitting = [c for c in codes if region_kind(c) == self.page_kind]
            if len(fitting) == 1:
                return fitting[0]
        return ""

    def is_near(self, code: str) -> bool:
        """Tell whether a district lies in a province that the page names a region of, if it names any.

        "Kecamatan Kota" is the name of one district and of every district around a regency's seat.
        """
        others = {c[:2] for c in self.fixed if len(c) < len(code)}
        return len(code) <= len("35.73") or not others or code[:2] in others

    def misspelt_district(self, place: Mention) -> str:
        """Return the code of a misspelt district of a regency or city that the page names."""
        typed = _typed().fullmatch(" ".join(_BRACKET.sub("", self.surface(place)).split()))
        if not typed or gz.region_types()[typed["type"].lower().split()[0]] != "district":
            return ""
        around = {
            name: code for name, codes in gz.districts().items() for code in codes if self.fixed.get(code[:5])
        }
        return around.get(nearest(typed["base"].lower(), around), "")

    def link(self, place: Mention) -> Mention:
        code = self.resolve(place)
        surface = " ".join(_BRACKET.sub("", self.surface(place)).split())
        if code and code in _regions():
            row = _regions()[code]
            return replace(place, name=row["name"], code=code, kind=row["type"])
        if place.kind == "village" and not _typed().fullmatch(surface):
            return replace(place, name=f"Desa {surface}")
        typed = _typed().fullmatch(surface)
        if typed:
            kind = gz.region_types()[typed["type"].lower().split()[0]]
            base = typed["base"]
            word = {
                "district": "Kecamatan",
                "province": "Provinsi",
                "city": "Kota",
                "regency": "Kabupaten",
            }.get(kind, typed["type"].capitalize())
            return replace(place, name=f"{word} {base}", code=code, kind=kind)
        if code:
            return replace(place, name=f"Kecamatan {surface}", code=code, kind="district")
        if surface.lower() in {"ri", "republik indonesia"}:
            return replace(place, name="Indonesia", kind="country")
        for entry in gz.gazetteer().get(surface):
            if entry.label == "PLACE" and entry.table == "places":
                kind = {"country": "country", "town": "town"}.get(entry.kind, "")
                return replace(place, name=entry.name, code=entry.codes[0] if entry.codes else "", kind=kind)
        kinds = {region_kind(c) for c in self.candidates[place.start, place.end]}
        return replace(place, name=surface, kind=kinds.pop() if len(kinds) == 1 else "")


_GOVERNMENT = re.compile(
    r"(?:pemerintah(?:an)?(?: daerah)?(?: (?:kota(?: administrasi|madya)?|kabupaten|provinsi|propinsi"
    r"|kecamatan|desa|kelurahan|nagari|kampung))?"
    r"|pemkot|pemko|pemkab|pemprov|pemda(?: (?:provinsi|kabupaten|kota))?|pemcam|pemdes)\.?(?: \([^)]*\))? ",
    re.IGNORECASE,
)
#: Bodies whose names carry the bare name of their region.
_KEEPS_REGION = re.compile(
    r"\b(?:pol(?:res\w*|sek\w*|da)|kepolisian|kodim|korem|koramil|kejari|kejaksaan|pengadilan|pn|lapas|rutan"
    r"|rsud|puskesmas)\b",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"pemerintah ", re.IGNORECASE)


def _link_agency(
    mention: Mention, text: str, inner: Sequence[Mention], learned: Mapping[str, str]
) -> Mention:
    """Give an agency its canonical name, region code and kind."""
    surface = text[mention.start : mention.end]
    places = [m for m in inner if m.label == "PLACE" and m.kind != "country"]
    # The region a body belongs to is the last one in its name.
    place = places[-1] if places else None
    code = place.code if place else ""
    if _GOVERNMENT.match(surface) and place and place.end >= mention.end - 1:
        if place.kind in {"province", "regency", "city", "district", "village"} and place.name:
            return replace(mention, name=_government(place.name, place.kind), code=code, kind=place.kind)
        kind = next(
            (k for k, p in _hints().items() if p.search(text[mention.start : place.start])), place.kind
        )
        word = {"regency": "Kabupaten ", "city": "Kota ", "province": "Provinsi "}.get(kind, "")
        return replace(mention, name=f"Pemerintah {word}{place.name}", code=code, kind=kind)
    countries = [m for m in inner if m.label == "PLACE" and m.kind == "country"]
    if countries and _FOREIGN.match(surface):
        return replace(mention, name=f"Pemerintah {countries[0].name}", kind="agency")
    plain = " ".join(_STATE.sub("", _BRACKET.sub("", surface)).split())
    body = _bodies().get(_key(plain)) or _bodies().get(_key(" ".join(_BRACKET.sub("", surface).split())))
    if body:
        return replace(mention, name=body["name"], code=code, kind=body["kind"])
    first, _, rest = plain.partition(" ")
    if rest and first.lower() in gz.words("ministry"):
        meant = nearest(_key(plain), (k for k in _bodies() if k.startswith("kementerian")))
        if meant:
            return replace(mention, name=_bodies()[meant]["name"], code=code, kind=_bodies()[meant]["kind"])
    short = re.search(r"\(([^()]+)\)", surface)
    body = _bodies().get(_key(_STATE.sub("", short[1]))) if short and not places else None
    if body and plain.split()[0].lower() == body["name"].split()[0].lower():
        # "Badan Kepegawaian Nasional (BKN)": the abbreviation tells which body is meant.
        return replace(mention, name=body["name"], kind=body["kind"])
    if surface in learned:
        return replace(mention, name=learned[surface], code=code, kind=mention.kind or "agency")
    name = plain
    if place and place.end >= mention.end - 1 and place.kind in {"province", "regency", "city"}:
        at = surface.rfind(text[place.start : place.end])
        if at > 0:
            head = " ".join(_BRACKET.sub("", surface[:at]).split())
            national = _bodies().get(_key(_STATE.sub("", head)))
            local = head.lower() in _local_bodies()
            head = national["name"] if national and not local else _expand(head)
            region = place.name
            if _KEEPS_REGION.search(head):
                region = text[place.start : place.end]
            name = f"{head}{region}" if head.endswith("/") else f"{head} {region}"
    else:
        name = _expand(plain)
    kind = "ministry" if name.startswith("Kementerian") and not code else "agency"
    return replace(mention, name=name, code=code, kind=kind)


def _expand(head: str) -> str:
    """Write out short names in an agency's: "Diskominfo" to "Dinas Komunikasi dan Informatika"."""
    known = _local_bodies()
    if head.lower() in known:
        return known[head.lower()]
    words = head.split()
    for cut in range(len(words) - 1, 0, -1):
        first = " ".join(words[:cut])
        if first.lower() in known and words[cut] not in {"dan", "&"} and words[cut - 1][-1] != ",":
            return f"{known[first.lower()]} {' '.join(words[cut:])}"
    for cut in range(max(1, len(words) - 3), len(words)):
        # The body that a unit belongs to: "Bidang IKP Dinas Kominfo", "Itjen Kemdagri".
        tail = " ".join(words[cut:])
        if tail.lower() in known:
            long = known[tail.lower()]
            before = words[: cut - 1] if words[cut - 1] == long.split()[0] else words[:cut]
            return " ".join([*before, long])
        body = _bodies().get(_key(tail))
        if (
            body
            and body["kind"] == "ministry"
            and words[cut - 1].lower() not in {"dan", "dinas", "kementerian"}
        ):
            return f"{' '.join(words[:cut])} {body['name']}"
    return head


def _bare_name(surface: str) -> str:
    """Return a personal name without titles before it and degrees after it."""
    tokens = tokenize(surface, 0, len(surface))
    i = 0
    while i < len(tokens):
        found = gz.match_honorific(tokens, i)
        if found is None or found[0] >= len(tokens):
            break
        i = found[0]
    end = len(tokens)
    for k in range(i + 1, len(tokens)):
        if tokens[k].text == ",":
            end = k
            break
        match = gz.degree_pattern().match(surface, tokens[k].start)
        if (
            match
            and (tokens[k].kind == "upper" or "." in match[0])
            and _all_degrees(surface[tokens[k].start :])
        ):
            end = k
            break
    return surface[tokens[i].start : tokens[end - 1].end] if i < end else surface


def _all_degrees(rest: str) -> bool:
    at = 0
    while at < len(rest):
        if rest[at] in " ,.":
            at += 1
            continue
        match = gz.degree_pattern().match(rest, at)
        if match is None:
            return False
        at = match.end()
    return True


def _people(text: str, mentions: Sequence[Mention]) -> dict[tuple[int, int], str]:
    """Return the fullest name of each PERSON mention on the page."""
    bare = {(m.start, m.end): _bare_name(text[m.start : m.end]) for m in mentions if m.label == "PERSON"}
    names = sorted(set(bare.values()), key=lambda n: (-len(n.split()), n))
    first: dict[str, tuple[int, int]] = {}
    for span, name in sorted(bare.items()):
        first.setdefault(name, span)
    words = {n: [w.lower().strip(".") for w in n.split()] for n in names}
    by_word: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for word in set(words[name]):
            by_word[word].append(name)
    fullest: dict[str, str] = {}
    for name in names:
        # Longer names come first, so those that contain this one are decided already.
        rarest = min((by_word[w] for w in words[name]), key=len, default=[])
        tops = [
            o
            for o in rarest
            if len(words[o]) > len(words[name]) and fullest[o] == o and _subsequence(words[name], words[o])
        ]
        if len(tops) > 1:
            # Two people may share a word: the one named last before this mention is meant, else the first.
            before = [o for o in tops if first[o] < first[name]]
            tops = [max(before, key=lambda o: first[o])] if before else [min(tops, key=lambda o: first[o])]
        fullest[name] = tops[0] if tops else name
    return {span: _title_case(fullest[name]) for span, name in bare.items()}


def _title_case(name: str) -> str:
    return " ".join(w.capitalize() if len(w) > 3 else w for w in name.split()) if name.isupper() else name


def _subsequence(words: Sequence[str], of: Sequence[str]) -> bool:
    rest = iter(of)
    return all(any(w == o for o in rest) for w in words)


def date_anchor(article: Article, mentions: Sequence[Mention]) -> str:
    """Return the date that fills missing years: publication, else the latest full date, else the usual year.

    Args:
        article: The article.
        mentions: Its mentions; only DATE ones are read.
    """
    if article.published:
        return article.published
    full = [resolve_date(article.text[m.start : m.end], None) for m in mentions if m.label == "DATE"]
    days = [d for d in full if re.fullmatch(r"\d{4}-\d\d-\d\d", d)]
    if days:
        return max(days)
    years = Counter(_YEAR.findall(article.text))
    return max(years, key=lambda y: (years[y], y)) if years else ""


def _learned_names(text: str, mentions: Sequence[Mention]) -> dict[str, str]:
    """Return abbreviations that the page introduces in brackets, with the name before them."""
    found = {}
    for m in mentions:
        if m.label in {"AGENCY", "ORGANISATION", "EVENT"}:
            match = re.fullmatch(r"(.+?)\s*\(([A-Za-z][\w/ -]{1,20})\)", text[m.start : m.end], re.DOTALL)
            if match and match[2] not in found:
                found[match[2]] = " ".join(match[1].split())
    return found


def link_entities(article: Article, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Fill name, code and kind of mentions.

    Args:
        article: The article; ``published`` fills years that dates leave out.
        mentions: Mentions with labels and offsets into ``article.text``, nested ones included.

    Returns:
        The same mentions in the same order. What the page leaves open stays empty: a place name that a city
        and a regency share keeps its surface as name and no code.
    """
    text = article.text
    places = _Places(text, mentions)
    linked: dict[Mention, Mention] = {m: places.link(m) for m in mentions if m.label == "PLACE"}
    by_start = sorted(linked.values(), key=lambda m: (m.start, m.end))
    starts = [m.start for m in by_start]
    inside: dict[Mention, list[Mention]] = defaultdict(list)
    for m in mentions:
        if m.label in {"AGENCY", "ORGANISATION", "POSITION", "FACILITY"}:
            first, last = bisect_left(starts, m.start), bisect_left(starts, m.end)
            inside[m] = [p for p in by_start[first:last] if p.end <= m.end]
    learned = _learned_names(text, mentions)
    people = _people(text, mentions)
    anchor = date_anchor(article, mentions)
    result = []
    for m in mentions:
        surface = " ".join(text[m.start : m.end].split())
        if m.label == "PLACE":
            made = linked[m]
        elif m.label == "AGENCY":
            made = _link_agency(m, text, inside[m], learned)
        elif m.label == "PERSON":
            made = replace(m, name=people[m.start, m.end], kind="person")
        elif m.label == "DATE":
            resolved = resolve_date(surface, anchor)
            made = replace(m, name="" if resolved.startswith("--") else resolved)
        elif m.label == "ORGANISATION":
            made = _link_organisation(m, surface, inside[m], learned)
        elif m.label == "POSITION":
            regions = [p for p in inside[m] if p.kind in {"province", "regency", "city", "district"}]
            made = replace(m, name=surface, code=regions[-1].code if regions else "")
        elif m.label == "FACILITY":
            regions = [p for p in inside[m] if p.kind in {"province", "regency", "city", "district", "town"}]
            made = replace(m, name=surface, code=regions[-1].code if regions else "")
        else:
            made = m
        result.append(made)
    return tuple(result)


def _link_organisation(
    m: Mention, surface: str, inner: Sequence[Mention], learned: Mapping[str, str]
) -> Mention:
    plain = " ".join(_BRACKET.sub("", surface).split())
    regions = [p for p in inner if p.kind in {"province", "regency", "city", "district", "town"}]
    code = regions[-1].code if regions else ""
    for form in (surface, plain):
        for entry in gz.gazetteer().get(form):
            if entry.label == "ORGANISATION":
                return replace(m, name=entry.name, code=code, kind=entry.kind)
    kind = m.kind
    tokens = tokenize(plain, 0, len(plain))
    head = match_trie(gz.organisation_heads(), tokens, 0) if tokens else None
    if head:
        kind = head[1].kind
    name = learned.get(surface, plain)
    if not kind and surface in learned:
        long = tokenize(name, 0, len(name))
        head = match_trie(gz.organisation_heads(), long, 0)
        kind = head[1].kind if head else ""
    return replace(m, name=name, code=code, kind="company" if kind == "club" else kind)
