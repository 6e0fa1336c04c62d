"""The grammar of government names: positions, agencies, organisations, venues and places, one inside the other.

Each ``parse`` method reads one phrase that starts at a given token and returns a :class:`Phrase` with its own mention
and all nested ones, or ``None``. Every method moves forward only, so a page is read in linear time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.document import Mention
from pipeline.entities import gazetteer as gz
from pipeline.entities.gazetteer import Entry, Head, match_trie
from pipeline.entities.tokens import Token

#: Words that make a region phrase with the name after them, and the region type they state.
REGION_TYPES = {
    "provinsi": "province", "prov": "province", "propinsi": "province", "kota": "city", "kotamadya": "city",
    "kabupaten": "regency", "kab": "regency", "kecamatan": "district", "kec": "district", "distrik": "district",
    "kapanewon": "district", "kemantren": "district", "desa": "village", "kelurahan": "village", "kel": "village",
    "nagari": "village", "gampong": "village", "kampung": "village", "kalurahan": "village", "dusun": "village",
    "pekon": "village",
}  # fmt: skip
#: Types whose names are read from capitals when no gazetteer has them.
_OPEN_TYPES = {"district", "village"}
_AREA_WORDS = {
    "pulau",
    "kepulauan",
    "kawasan",
    "selat",
    "laut",
    "sungai",
    "teluk",
    "semenanjung",
    "pegunungan",
}
_ACTING = {"pj", "plt", "plh", "pjs", "pgs", "penjabat", "plt.", "pelaksana"}
_ROMAN = {
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
}
_AND = {"dan", "&", "serta"}
_CAPITAL = {"cap", "upper"}
_OPENERS = {".", ":", "-", "–", "—", '"', "“", "(", "\n", "!", "?", "‘", "'", "*", "/"}
_SMALL = {
    "dari", "untuk", "yang", "pada", "dalam", "dengan", "oleh", "atas", "bagi", "sebagai", "dan", "serta", "kepada", "tahun",
    "tingkat", "antara", "bersama", "secara", "hingga", "lewat", "melalui", "tentang", "saat",
}  # fmt: skip
#: Words that occur at the end of names of villages and districts although they are common words.
_NAME_ENDS = {
    "besar",
    "baru",
    "lama",
    "tinggi",
    "tengah",
    "utara",
    "selatan",
    "satu",
    "dua",
    "tiga",
    "maju",
    "utama",
    "indah",
}
#: Lower-case heads of venues that make a name with the capitalised words after them ("studio Radio X").
_SMALL_VENUES = {
    "hotel", "gedung", "stadion", "pendopo", "pendapa", "aula", "ballroom", "auditorium", "lapangan", "studio", "jalan",
    "masjid", "museum", "candi", "gelora", "wisma", "graha", "alun-alun",
}  # fmt: skip
#: Bracketed words that are no abbreviation of the name before them.
_NOT_ABBREVIATIONS = {
    "kiri", "kanan", "tengah", "foto", "ist", "red", "dua", "tiga", "empat", "lima", "kedua", "satu", "persero", "purn",
    "juara", "terbaik", "wtp", "tengah)", "baju", "berdiri", "duduk", "alm", "almarhum", "istimewa",
}  # fmt: skip
_SMALL_UNITS = {
    "bidang",
    "seksi",
    "bagian",
    "divisi",
    "departemen",
    "deputi",
    "subbagian",
    "subbag",
    "sub",
    "unit",
    "asisten",
}
#: Acronyms of classes of bodies, not of one body.
GENERIC_BODIES = {
    "opd",
    "skpd",
    "upt",
    "uptd",
    "asn",
    "pns",
    "rt",
    "rw",
    "umkm",
    "bumn",
    "bumd",
    "ppid",
    "plt",
}
_UNITS = (
    "biro",
    "bagian",
    "bidang",
    "direktorat",
    "divisi",
    "pusat",
    "seksi",
    "subdirektorat",
    "deputi",
    "sekretariat",
    "subbagian",
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A parsed phrase.

    Args:
        end: Index of the token after it.
        mention: The phrase itself.
        inner: Mentions nested in it.
    """

    end: int
    mention: Mention
    inner: tuple[Mention, ...] = ()

    def all(self) -> tuple[Mention, ...]:
        """Return the mention and the nested ones."""
        return (self.mention, *self.inner)


@dataclass(frozen=True, slots=True)
class Scope:
    """A sentence (or caption) under parsing.

    Args:
        tokens: Its tokens.
        names: Known names by first token: (index after the last token, entries), longest first.
        headline: True if most of its words are capitalised, so that capitals tell nothing.
    """

    tokens: Sequence[Token]
    names: Mapping[int, Sequence[tuple[int, tuple[Entry, ...]]]]
    headline: bool


def make_scope(
    tokens: Sequence[Token], hits: Sequence[tuple[int, int, tuple[Entry, ...]]], stops: frozenset[str]
) -> Scope:
    """Build a scope from its tokens and the gazetteer hits inside it.

    Args:
        tokens: Tokens of the sentence.
        hits: Gazetteer hits that lie in it.
        stops: Words that are capitalised in headlines only.
    """
    starts = {t.start: i for i, t in enumerate(tokens)}
    ends = {t.end: i + 1 for i, t in enumerate(tokens)}
    names: dict[int, list[tuple[int, tuple[Entry, ...]]]] = defaultdict(list)
    for start, end, entries in hits:
        if start in starts and end in ends:
            names[starts[start]].append((ends[end], entries))
    for found in names.values():
        found.sort(key=lambda item: -item[0])
    # In a headline verbs and common nouns are capitalised as well; small words (dari, untuk, yang) need not be.
    small = sum(t.kind == "lower" and len(t.text) > 3 and t.low not in _SMALL for t in tokens)
    raised = sum(
        t.kind in _CAPITAL
        and i > 0
        and tokens[i - 1].text not in _OPENERS
        and t.low in stops
        and not (gz.is_function_word(t.low) or t.low in gz.titles() or t.low in gz.agency_heads())
        for i, t in enumerate(tokens)
    )
    return Scope(tokens, names, raised > 0 and small * 3 <= raised)


class Parser:
    """Reads phrases of one scope.

    Args:
        scope: The sentence.
        learned: Abbreviations that the page itself introduced ("Universitas Panca Bhakti (UPB)"): text to entry.
    """

    def __init__(self, scope: Scope, learned: Mapping[str, Entry]) -> None:
        self.scope = scope
        self.tokens = scope.tokens
        self.learned = learned
        self.officer = False

    # -- helpers ---------------------------------------------------------------------------------------------------

    def at(self, i: int) -> Token | None:
        """Return token ``i``, or ``None`` past the end."""
        return self.tokens[i] if 0 <= i < len(self.tokens) else None

    def low(self, i: int) -> str:
        """Return the lower-cased text of token ``i``, or an empty string."""
        token = self.at(i)
        return token.low if token else ""

    def capital(self, i: int) -> bool:
        """Tell whether token ``i`` is a capitalised word."""
        token = self.at(i)
        return token is not None and token.kind in _CAPITAL

    def mention(self, start: int, end: int, label: str, rule: str, kind: str = "") -> Mention:
        """Make a mention of the tokens ``start`` to ``end``."""
        return Mention(self.tokens[start].start, self.tokens[end - 1].end, label, rule, kind=kind)

    def skip_dot(self, i: int) -> int:
        """Step over the full stop of an abbreviation."""
        return i + 1 if self.low(i) == "." and self.tokens[i].start == self.tokens[i - 1].end else i

    def bracket(self, i: int) -> int:
        """Return the index after a bracketed abbreviation at ``i`` ("(Diskominfo)", "(BKPSDM)"), or ``i``."""
        if self.low(i) != "(" or not self.capital(i + 1):
            return i
        end = i + 2
        while end < len(self.tokens) and end <= i + 4 and self.low(end) != ")":
            end += 1
        if self.low(end) != ")":
            return i
        first = self.tokens[i + 1]
        if first.low in _NOT_ABBREVIATIONS or len(first.text) < 2 or first.low in gz.given_names():
            return i
        initials = {t.low[0] for t in self.tokens[max(0, i - 10) : i] if t.kind in _CAPITAL}
        if first.low[0] not in initials:
            # "(LKPD)" after "Laporan Keuangan Pemerintah Daerah" abbreviates more than the agency in it.
            return i
        if end > i + 2 and not all(
            t.kind == "upper" or t.text in {"/", "-", "&"} for t in self.tokens[i + 1 : end]
        ):
            # "(Diskominfo SP)" is one, "(Terbaik II)" and "(Dewi Sartika)" are not.
            if not (self.scope.names.get(i + 1) and self.scope.names[i + 1][0][0] == end):
                return i
        return end + 1

    def entries(self, i: int, label: str) -> list[tuple[int, Entry]]:
        """Return known names of a label that start at token ``i``, longest first."""
        found = [
            (end, e) for end, entries in self.scope.names.get(i, ()) for e in entries if e.label == label
        ]
        token = self.at(i)
        if token and token.text in self.learned and self.learned[token.text].label == label:
            found.append((i + 1, self.learned[token.text]))
        return found

    # -- places ----------------------------------------------------------------------------------------------------

    def region_name(self, i: int, kinds: frozenset[str] | None = None, cued: bool = True) -> int | None:
        """Return the end of a bare region name at ``i``: longest known name whose type is in ``kinds``."""
        for end, entry in self.entries(i, "PLACE"):
            if not cued and entry.cue:
                continue
            if kinds is None or entry.kind in kinds or any(region_kind(c) in kinds for c in entry.codes):
                return end
        return None

    def open_name(self, i: int, most: int = 3) -> int:
        """Return the end of a run of capitalised words that may name a small place; ``i`` if there is none."""
        end = i
        while end < len(self.tokens) and end - i < most and self.capital(end):
            low = self.low(end)
            if end > i and low in _NAME_ENDS:
                end += 1
                continue
            if (
                low in REGION_TYPES
                or low in gz.titles()
                or low in gz.agency_heads()
                or low in gz.common_words()
            ):
                break
            end += 1
        return end

    def district_name(self, i: int) -> int | None:
        """Return the end of a kecamatan name at ``i``, longest first."""
        for length in (4, 3, 2, 1):
            words = self.tokens[i : i + length]
            if (
                len(words) == length
                and words[0].kind in _CAPITAL
                and " ".join(t.low for t in words) in gz.districts()
            ):
                return i + length
        return None

    def place(self, i: int, cued: bool = False) -> Phrase | None:
        """Parse a place at ``i``: "Kota Malang", "Kecamatan Lowokwaru", "Jatim", "Sumatera Utara (Sumut)".

        Args:
            i: First token.
            cued: True where the words before already call for a region, so that ambiguous names count.
        """
        token = self.at(i)
        if token is None or token.kind not in _CAPITAL:
            return None
        start = i
        kind = REGION_TYPES.get(token.low)
        whole = self.region_name(i, cued=cued)
        if kind and (whole is None or whole == i + 1):
            j = self.skip_dot(i + 1)
            if self.low(j) == "administrasi":
                j += 1
            end: int | None
            if kind in _OPEN_TYPES:
                known = self.district_name(j)
                if self.low(j) in REGION_TYPES and self.capital(j + 1):
                    return None
                end = known if known and (kind == "district" or self.scope.headline) else self.open_name(j)
                if known and end and known > end:
                    end = known
                if self.scope.headline and known is None:
                    end = self.region_name(j)
            else:
                end = self.region_name(j, frozenset({kind})) or self.region_name(j)
            if end is None or end == j:
                return None
            end = self.alias_bracket(end)
            return Phrase(end, self.mention(start, end, "PLACE", f"region-{kind}", kind))
        if self.low(i - 1) == "bahasa":
            return None
        if token.low in _AREA_WORDS and whole is None:
            end = self.open_name(i + 1, 2)
            if any(gz.is_function_word(t.low) for t in self.tokens[i + 1 : end]):
                return None
            if end > i + 1 and not self.scope.headline:
                return Phrase(end, self.mention(start, end, "PLACE", "area"))
            return None
        if whole is None and cued:
            whole = self.region_name(i, cued=True)
        if whole is None:
            return self.chained_district(i)
        whole = self.alias_bracket(whole)
        return Phrase(whole, self.mention(i, whole, "PLACE", "gazetteer"))

    def chained_district(self, i: int) -> Phrase | None:
        """Parse a bare district before its region: "Soreang, Kabupaten Bandung"; the codes must agree."""
        end = self.district_name(i)
        if end is None or self.low(end) != "," or self.tokens[i].kind not in _CAPITAL:
            return None
        codes = gz.districts()[" ".join(t.low for t in self.tokens[i:end])]
        same = self.low(end + 1) in {"kecamatan", "kec"} and self.district_name(self.skip_dot(end + 2))
        j = end + 1
        if self.low(j) in {"kabupaten", "kota", "kab"}:
            j = self.skip_dot(j + 1)
        regions = {c for _, e in self.entries(j, "PLACE") for c in e.codes}
        if not same and not any(code.startswith(region + ".") for code in codes for region in regions):
            return None
        return Phrase(end, self.mention(i, end, "PLACE", "district-chain", "district"))

    def alias_bracket(self, i: int) -> int:
        """Step over "(Sumut)" after "Sumatera Utara"."""
        if self.low(i) == "(" and self.low(i + 2) == ")" and self.region_name(i + 1) == i + 2:
            return i + 3
        return i

    def state(self, i: int) -> Phrase | None:
        """Parse "RI" or "Republik Indonesia" after the name of a national body."""
        if self.low(i) == "ri" and self.tokens[i].kind == "upper":
            return Phrase(i + 1, self.mention(i, i + 1, "PLACE", "state"))
        if self.low(i) == "republik" and self.low(i + 1) == "indonesia":
            return Phrase(i + 2, self.mention(i, i + 2, "PLACE", "state"))
        return None

    # -- agencies --------------------------------------------------------------------------------------------------

    def function(self, i: int) -> int:
        """Return the end of the task words of a unit at ``i`` ("Komunikasi, Informatika, dan Statistik")."""
        end = i
        j = i
        while j < len(self.tokens):
            token = self.tokens[j]
            if token.kind in _CAPITAL and self.is_function(j):
                j += 1
                end = j
            elif end > i and token.low in _AND and self.capital(j + 1) and self.is_function(j + 1):
                j += 1
            elif end > i and token.text in {",", "/"} and self.capital(j + 1) and self.is_function(j + 1):
                # "Dinas Pendidikan, Kepala ..." : a comma before a title or another body ends the name.
                if token.text == "," and (
                    match_trie(gz.titles(), self.tokens, j + 1) or self.starts_body(j + 1)
                ):
                    break
                j += 1
            elif (
                end > i
                and token.text == ","
                and self.low(j + 1) in _AND
                and self.is_function(j + 2)
                and self.capital(j + 2)
            ):
                j += 2
            elif end > i and token.kind == "lower" and token.low in {"pada", "dalam", "dan/atau"}:
                break
            elif end > i and token.text in _ROMAN:
                j += 1
                end = j
            else:
                break
        return end

    def starts_body(self, j: int) -> bool:
        """Tell whether a ministry, badan or dinas of its own starts at token ``j``."""
        return self.low(j) in {
            "kementerian",
            "kementrian",
            "dinas",
            "badan",
            "sekretariat",
            "inspektorat",
            "biro",
            "direktorat",
        }

    def is_function(self, j: int) -> bool:
        """Tell whether token ``j`` is a task word here: not the start of a region phrase or a known body."""
        token = self.tokens[j]
        if not gz.is_function_word(token.low) or token.low in {
            "kementerian",
            "kementrian",
            "kepolisian",
            "kejaksaan",
        }:
            return False
        if token.low in REGION_TYPES or token.low in {"ri", "republik", "daerah"}:
            if token.low in REGION_TYPES and self.place(j, cued=True):
                return False
        if token.text == token.low:
            return False
        return not (
            len(token.text) > 3
            and token.kind == "upper"
            and not self.scope.headline
            and self.entries(j, "AGENCY")
        )

    def agency_head(self, i: int) -> tuple[int, Head] | None:
        """Return the head of an agency name at ``i``."""
        return match_trie(gz.agency_heads(), self.tokens, i) if self.capital(i) else None

    def agency(self, i: int, depth: int = 0, region: bool = True) -> Phrase | None:
        """Parse the name of a government body at ``i``, with its region and the body it belongs to.

        Args:
            i: First token.
            depth: How many phrases it is nested in.
            region: False where a region that follows belongs to the phrase around ("Kanwil Kementerian Hukum Lampung").
        """
        if not self.capital(i) or depth > 3:
            return None
        best: Phrase | None = None
        for end, entry in self.entries(i, "AGENCY")[:1]:
            best = self.agency_tail(i, end, entry.kind, entry.rule, depth, region)
        head = self.agency_head(i)
        if head:
            made = self.headed_agency(i, head[0], head[1], depth)
            if made and (best is None or made.end > best.end):
                best = made
        return best

    def headed_agency(self, i: int, j: int, head: Head, depth: int) -> Phrase | None:
        """Parse an agency whose head ends at ``j``."""
        if head.tail == "function":
            after = self.bracket(j)
            end = self.function(after)
            if end == after:
                if not head.alone:
                    # "Kementerian PANRB", "Dinas PUPR", "Bagian Prokopim": an abbreviation in place of the words
                    token = self.at(j)
                    if (
                        token
                        and token.kind == "upper"
                        and 2 <= len(token.text) <= 9
                        and not self.scope.headline
                    ) and token.text not in _ROMAN and token.low not in GENERIC_BODIES | {"ri"}:
                        return self.agency_tail(i, j + 1, head.kind, head.rule, depth)
                    for stop, _ in self.entries(j, "AGENCY")[:1]:
                        return self.agency_tail(i, stop, head.kind, head.rule, depth)
                    return None
                end = after
            if " ".join(t.low for t in self.tokens[i:end]) in gz.generic_names():
                made = self.agency_tail(i, end, head.kind, head.rule, depth)
                return made if made.end > self.bracket(end) and made.inner else None
            made = self.agency_tail(i, end, head.kind, head.rule, depth)
            if depth == 0 and made.end == end and self.low(i) in _SMALL_UNITS:
                # "Bidang Biologi" is a unit only under an office or with the body it belongs to.
                return None
            return made
        if head.tail == "country":
            for end, entry in self.entries(j, "PLACE"):
                if entry.kind in {"country", "province"} and entry.name != "Indonesia":
                    inner = self.mention(j, end, "PLACE", "gazetteer")
                    return Phrase(end, self.mention(i, end, "AGENCY", head.rule, head.kind), (inner,))
            return self.region_government(i, j, head)
        if head.tail == "region":
            return self.region_agency(i, j, head, depth)
        if head.tail == "name":
            end = j
            inner: tuple[Mention, ...] = ()
            token = self.at(j)
            if self.low(j) in {"dr", "prof"} or (token and token.kind in _CAPITAL):
                end = self.skip_dot(j + 1) if self.low(j) in {"dr", "prof"} else j
                place = self.place(end, cued=True) if end == j else None
                district = self.district_name(end) if end == j and not place else None
                if place:
                    end, inner = place.end, place.all()
                elif district:
                    end, inner = district, (self.mention(j, district, "PLACE", "district", "district"),)
                else:
                    end = self.open_name(end, 4)
                    tail_place = self.place(end) if end > j else None
                    if tail_place:
                        end, inner = tail_place.end, tail_place.all()
            if end == j:
                return None
            return Phrase(end, self.mention(i, end, "AGENCY", head.rule, head.kind), inner)
        if head.tail == "ordinal":
            token = self.at(j)
            if token and token.text in _ROMAN | {"A", "B", "C", "D", "E"}:
                j += 1
                if self.low(i) == "komisi" and self.agency(j, depth + 1) is None:
                    return Phrase(j, self.mention(i, j, "AGENCY", head.rule, head.kind))
                return self.agency_tail(i, j, head.kind, head.rule, depth)
        return None

    def region_government(self, i: int, j: int, head: Head) -> Phrase | None:
        """Parse "Pemerintah" + region phrase with its type word."""
        if self.low(j) in REGION_TYPES:
            place = self.place(j, cued=True)
            if place:
                return Phrase(
                    place.end,
                    self.mention(i, place.end, "AGENCY", head.rule, place.mention.kind),
                    place.all(),
                )
        return None

    def region_agency(self, i: int, j: int, head: Head, depth: int) -> Phrase | None:
        """Parse a body named by its region: "Pemkot Malang", "Pemerintah Kota (Pemkot) Malang", "Polres X", "DPRD"."""
        region_word = self.tokens[j - 1].low in REGION_TYPES and self.low(j) != "("
        start_of_place = j - 1 if region_word else j
        if self.low(j) == "administrasi" or self.low(j - 1) == "administrasi":
            start_of_place = j - 2 if self.low(j - 1) == "administrasi" else j - 1
        after = self.skip_dot(j)
        bracketed = (
            self.bracket(after)
            if self.low(i) != "pemerintah" or self.low(after + 1).startswith("pem")
            else after
        )
        if bracketed > after:
            start_of_place = after = bracketed
        inner: tuple[Mention, ...] = ()
        end = after
        state = self.state(after)
        if state:
            end, inner = state.end, state.all()
        parent = None
        if self.low(end) not in REGION_TYPES and not self.region_name(end):
            parent = self.agency(end, depth + 1, region=False)
        if parent and head.kind == "agency":
            end, inner = parent.end, (*inner, *parent.all())
        if self.low(end) == "perwakilan":
            end += 1
        if self.low(end) == "wilayah" and self.capital(end):
            end += 1
            token = self.at(end)
            if token and token.text in _ROMAN:
                end += 1
        token = self.at(end)
        if token and token.text in _ROMAN:
            end += 1
        comma = (
            end + 1
            if self.low(end) == "," and head.kind == "agency" and self.low(end - 1) == "indonesia"
            else end
        )
        place = self.place(comma, cued=True)
        if place:
            end = place.end
            inner = (*inner, *self.place_mentions(start_of_place if start_of_place < after else comma, place))
        elif head.kind in {"agency", "district", "village"} and end == after:
            district = self.district_name(after)
            if district:
                end = district
                inner = (self.mention(after, district, "PLACE", "district", "district"),)
        if end == after and not head.alone and bracketed == self.skip_dot(j):
            return None
        if end == after and not head.alone:
            return None
        return Phrase(end, self.mention(i, end, "AGENCY", head.rule, head.kind), inner)

    def place_mentions(self, start: int, place: Phrase) -> tuple[Mention, ...]:
        """Return the place with a type word before it ("Kota" of "Pemerintah Kota Malang") drawn in."""
        whole = self.place(start, cued=True) if self.tokens[start].start < place.mention.start else None
        return whole.all() if whole and whole.end == place.end else place.all()

    def agency_tail(self, i: int, end: int, kind: str, rule: str, depth: int, region: bool = True) -> Phrase:
        """Extend an agency name that ends at ``end`` by abbreviation, RI, parent body and region."""
        inner: list[Mention] = []
        end = self.bracket(end)
        state = self.state(end)
        if state:
            end = self.bracket(state.end)
            inner += state.all()
        if self.low(end) == "pusat" and self.capital(end):
            end += 1
        if self.low(end) == "perwakilan" and self.capital(end):
            place = self.place(end + 1, cued=True)
            if place:
                return Phrase(
                    place.end, self.mention(i, place.end, "AGENCY", rule, kind), (*inner, *place.all())
                )
        parent = self.agency(end, depth + 1) if kind != "ministry" else None
        if parent:
            end = parent.end
            inner += parent.all()
        elif kind != "ministry" and region:
            unit = self.low(end) in {"setda", "setdakab", "setdako", "setdaprov"}
            if unit and self.capital(end):
                end += 1
            place = self.place(end, cued=True)
            if place and not self.state(end):
                end = self.bracket(place.end)
                inner += place.all()
        return Phrase(end, self.mention(i, end, "AGENCY", rule, kind), tuple(inner))

    # -- organisations ---------------------------------------------------------------------------------------------

    def name_run(self, i: int, most: int = 8) -> tuple[int, list[Mention]]:
        """Read the capitalised words of a name at ``i``, noting known places inside."""
        end = i
        inner: list[Mention] = []
        while end < len(self.tokens) and end - i < most:
            token = self.tokens[end]
            if token.kind in _CAPITAL:
                if token.low in gz.stop_words() or (end > i and self.breaks_name(end)):
                    break
                if end > i + 1 and gz.looks_personal(token.low) and self.officer:
                    # "Rektor Universitas Maju Jaya Budi Santoso": the name of the officer follows
                    break
                place = self.place(end, cued=False)
                if place and (place.end > end + 1 or not place.mention.kind):
                    inner += place.all()
                    end = place.end
                    if not gz.is_function_word(self.low(end)) and not self.place(end):
                        break
                    continue
                end += 1
                if token.low in {"dr", "prof", "jl", "h"}:
                    end = self.skip_dot(end)
            elif token.kind == "num" and end > i and len(token.text) <= 3:
                end += 1
            elif end > i and token.low in {"dan", "&", "of", "the", "untuk"} and self.capital(end + 1):
                if self.breaks_name(end + 1) or (
                    token.low in {"dan", "untuk"} and not gz.is_function_word(self.low(end + 1))
                ):
                    break
                end += 1
            else:
                break
        return end, inner

    def breaks_name(self, i: int) -> bool:
        """Tell whether a title or the head of another name starts at ``i``."""
        if self.low(i) in {"tahun", "periode", "kategori"} or match_trie(gz.titles(), self.tokens, i):
            return True
        honorific = gz.match_honorific(self.tokens, i)
        return honorific is not None and len(self.tokens[i].text) > 1 and self.low(i) not in {"dr", "prof"}

    def organisation(self, i: int) -> Phrase | None:
        """Parse an organisation at ``i``: "PT Maju Jaya (Persero) Tbk", "Universitas X (UX)", "SMK Negeri 3 Pontianak"."""
        if not self.capital(i):
            token = self.at(i)
            if token is None or not self.entries(i, "ORGANISATION"):
                return None
        best: Phrase | None = None
        for end, entry in self.entries(i, "ORGANISATION")[:1]:
            best = self.organisation_tail(i, end, entry.kind, entry.rule, [])
        head = match_trie(gz.organisation_heads(), self.tokens, i) if self.capital(i) else None
        if head:
            j = self.skip_dot(head[0]) if self.low(head[0] - 1) in {"pt", "cv", "univ", "ud"} else head[0]
            if head[1].tail == "school":
                token = self.at(j)
                end = j + 1 if token and token.kind == "num" else j
                place = self.place(end)
                district = self.district_name(end) if not place else None
                inner: list[Mention] = []
                if place:
                    end = place.end
                    inner = list(place.all())
                elif district:
                    inner = [self.mention(end, district, "PLACE", "district", "district")]
                    end = district
                else:
                    end, inner = self.name_run(end, 4)
                second = self.place(end) if end > j else None
                if second:
                    inner += second.all()
                    end = second.end
            elif head[1].alone:
                end, inner = j, []
            else:
                after = self.bracket(j)
                end, inner = self.name_run(after)
                if end == after:
                    end = j
            if end > j or head[1].alone:
                made = self.organisation_tail(i, end, head[1].kind, head[1].rule, inner)
                if best is None or made.end > best.end:
                    best = made
        if best is None and not self.scope.headline and self.capital(i):
            end = i + 1
            while (
                end < len(self.tokens)
                and end - i < 5
                and self.capital(end)
                and self.low(end) not in gz.stop_words()
            ):
                rule = gz.organisation_suffixes().get(self.low(end))
                end += 1
                if rule and self.low(end) not in gz.organisation_suffixes():
                    return self.organisation_tail(i, end, "company", rule, [])
        return best

    def organisation_tail(self, i: int, end: int, kind: str, rule: str, inner: list[Mention]) -> Phrase:
        """Extend an organisation name by "(Persero)", "Tbk", its abbreviation and its place."""
        if (
            self.low(end) == "("
            and self.low(end + 1) in {"persero", "perseroda"}
            and self.low(end + 2) == ")"
        ):
            end += 3
        if self.low(end) == "tbk":
            end = self.skip_dot(end + 1)
        place = self.place(end)
        if place and place.end > end:
            inner = [*inner, *place.all()]
            end = place.end
        if self.low(end) == "persero":
            end += 1
        after = self.bracket(end)
        if after > end:
            # "Institut Kesehatan (IKES) Muhammadiyah Palembang": the name goes on up to its place
            end = after
            more, places = self.name_run(end, 4)
            if places and places[-1].end == self.tokens[more - 1].end:
                inner = [*inner, *places]
                end = more
        known = {(m.start, m.end) for m in inner}
        for k in range(i + 1, end):
            for stop, entry in self.entries(k, "PLACE"):
                span = (self.tokens[k].start, self.tokens[stop - 1].end)
                brand = (
                    self.tokens[k].kind == "upper"
                    and len(self.tokens[k].text) > 4
                    and not self.scope.headline
                )
                if (
                    stop <= end
                    and not entry.cue
                    and not brand
                    and not any(a <= span[0] and span[1] <= b for a, b in known)
                ):
                    known.add(span)
                    inner = [*inner, Mention(*span, "PLACE", "gazetteer")]
                    break
        return Phrase(end, self.mention(i, end, "ORGANISATION", rule, kind), tuple(inner))

    # -- facilities ------------------------------------------------------------------------------------------------

    def facility(self, i: int) -> Phrase | None:
        """Parse a venue at ``i``: "Hotel X Jakarta", "Gedung DPRD Jatim", "Merlynn Park Hotel"."""
        small = not self.capital(i)
        if small and not (self.low(i) in _SMALL_VENUES and self.capital(i + 1)):
            return None
        best: Phrase | None = None
        for end, entry in self.entries(i, "FACILITY")[:1]:
            best = self.facility_tail(i, end, entry.rule)
        head = match_trie(gz.facility_heads(), self.tokens, i)
        if head:
            j = self.skip_dot(head[0])
            made = self.facility_tail(i, j, head[1].rule)
            multi = head[0] > i + 1 and self.low(i) not in {"jalan", "jl", "rumah", "ruang"} and not small
            words = [t.low for t in self.tokens[i : made.end] if t.kind in _CAPITAL]
            if self.low(i) in {"rumah", "ruang", "kantor"} and all(
                w == "rsud" or gz.is_function_word(w) for w in words
            ):
                multi, made = False, Phrase(j, made.mention)
            if (made.end > j or multi) and (best is None or made.end > best.end):
                best = made
        if best is None and not self.scope.headline and self.low(i - 1) in {"di", "ke", "bertempat"}:
            end = i
            seen = False
            while (
                end < len(self.tokens)
                and end - i < 8
                and self.capital(end)
                and self.low(end) not in gz.common_words()
            ):
                seen = seen or (end > i and self.low(end) in gz.facility_suffixes())
                end += 1
            if seen:
                best = self.facility_tail(i, end, "suffix")
        return best

    def facility_tail(self, i: int, end: int, rule: str) -> Phrase:
        """Read the rest of a venue's name, with bodies, venues and places inside."""
        inner: list[Mention] = []
        for k in range(i, end):
            for stop, entry in self.entries(k, "PLACE"):
                if stop <= end and not entry.cue:
                    inner.append(self.mention(k, stop, "PLACE", "gazetteer"))
                    break
        start = end
        while end < len(self.tokens) and end - start < 8:
            token = self.tokens[end]
            if token.kind in _CAPITAL:
                nested = (
                    self.agency(end, 1)
                    or self.position(end, nested=True)
                    or self.organisation(end)
                    or self.place(end)
                )
                if nested:
                    inner += nested.all() if nested.mention.label != "POSITION" else nested.inner
                    end = nested.end
                    continue
                if token.low in gz.stop_words() or token.low == "tahun":
                    break
                end += 1
            elif token.kind == "num" and end > i:
                end += 1
            else:
                break
        end = self.bracket(end)
        if self.low(end) == "," and self.low(end + 1) in {
            "jalan",
            "jl",
            "jln",
            "balaikota",
            "kompleks",
            "komplek",
            "gedung",
        }:
            # an address: "Gedung DPRD Jatim, Jl. Indrapura Surabaya"
            more = self.facility(end + 1)
            if more:
                return Phrase(more.end, self.mention(i, more.end, "FACILITY", rule), (*inner, *more.inner))
        return Phrase(end, self.mention(i, end, "FACILITY", rule), tuple(inner))

    # -- positions -------------------------------------------------------------------------------------------------

    def acting(self, i: int) -> int:
        """Return the index after an acting prefix at ``i`` ("Pj.", "Plt", "Pelaksana Tugas (Plt)"), or ``i``."""
        if self.low(i) not in _ACTING or not self.capital(i):
            return i
        j = self.skip_dot(i + 1)
        if self.low(i) == "pelaksana":
            if self.low(i + 1) not in {"tugas", "harian"}:
                return i
            j = i + 2
        if self.low(i) == "penjabat" and self.low(j) == "sementara":
            j += 1
        if self.low(j) == "(" and self.low(j + 1) in _ACTING:
            k = self.skip_dot(j + 2)
            if self.low(k) == ")":
                j = k + 1
        return j

    def position(self, i: int, nested: bool = False) -> Phrase | None:
        """Parse an office at ``i``, acting prefix and governed body included.

        Args:
            i: First token.
            nested: True inside the name of a venue, where a bare title is enough.
        """
        token = self.at(i)
        if token is None or token.kind not in {"cap", "upper", "lower"}:
            return None
        begin = self.acting(i)
        if begin >= len(self.tokens):
            return None
        found = match_trie(gz.titles(), self.tokens, begin)
        if found is None:
            return None
        j, head = found
        small = self.tokens[begin].kind == "lower"
        if small and not head.lower and self.tokens[begin].low not in {
            "anggota",
            "pimpinan",
            "ketua",
            "kepala",
            "sekretaris",
            "direktur",
        }:
            return None
        # "Bupati/Wali Kota"
        while self.low(j) == "/" and j + 1 < len(self.tokens):
            other = match_trie(gz.titles(), self.tokens, j + 1)
            if other is None:
                break
            j = other[0]
        after = self.bracket(j)
        end, inner = self.position_tail(after, head)
        bare = end == after
        if bare and small and (not head.lower or self.low(begin - 1) in {"calon", "pemilihan", "bakal"}):
            return None
        if bare and not head.alone and after == j and not nested and begin == i and not head.lower:
            return None
        if bare and begin > i and not head.alone and not head.lower:
            return None
        return Phrase(end, self.mention(i, end, "POSITION", head.rule, head.kind), tuple(inner))

    def position_tail(self, i: int, head: Head) -> tuple[int, list[Mention]]:
        """Read what the office governs, from token ``i``."""
        inner: list[Mention] = []
        end = i
        if head.tail == "none":
            if self.low(i) == "ri" and self.state(i):
                state = self.state(i)
                assert state is not None
                return state.end, list(state.all())
            if head.kind == "country" and self.low(i - 1) == "presiden":
                for stop, entry in self.entries(i, "PLACE"):
                    if entry.kind == "country":
                        return stop, [self.mention(i, stop, "PLACE", "gazetteer")]
                state = self.state(i)
                if state:
                    return state.end, list(state.all())
            return end, inner
        if head.tail == "region":
            j = i
            if self.low(j) == "terpilih":
                j += 1
            token = self.at(j)
            if token and token.kind == "num" and len(token.text) == 4:
                # "Dandim 0417/Kerinci", "Danrem 042/Gapu"
                if self.low(j + 1) == "/" and self.capital(j + 2):
                    area = self.place(j + 2, cued=True)
                    return (area.end, list(area.all())) if area else (j + 3, inner)
                return j + 1, inner
            if self.low(j) == "se" or (self.low(j) == "se" and self.low(j + 1) == "-"):
                j += 2 if self.low(j + 1) == "-" else 1
            place = self.place(j, cued=True)
            if place is None and head.kind in {"district", "village", ""}:
                district = self.district_name(j) if self.capital(j) else None
                if district and head.kind:
                    return district, [self.mention(j, district, "PLACE", "district", "district")]
            if place:
                end = place.end
                inner = list(place.all())
                return end, inner
            if head.kind == "":
                body = self.agency(i, 1)
                if body:
                    return body.end, list(body.all())
            return end, inner
        token = self.at(end)
        if token and token.text in _ROMAN:
            end += 1
        if head.tail == "function" and self.low(end) == "bidang" and self.capital(end):
            end += 1
        if head.tail == "function":
            stop = self.function(end)
            known = (
                self.capital(end) and gz.gazetteer().get("Kementerian " + self.tokens[end].text)
                if stop == end
                else ()
            )
            if known:
                # "Menteri Imipas", "Menteri ESDM": short for the ministry
                stop = end + 1
            if stop > end:
                end = self.bracket(stop)
            state = self.state(end)
            if state:
                return state.end, list(state.all())
            body = self.agency(end, 1)
            if body:
                return body.end, list(body.all())
            if end > i or head.rule:
                place = self.place(end, cued=True) if head.kind != "country" and end > i else None
                if place:
                    return place.end, list(place.all())
            return self.comma_body(i, end, inner)
        # head.tail == "agency"
        body = self.agency(end, 1)
        if body:
            return self.comma_body(i, body.end, list(body.all()), self.low(end) in _UNITS)
        self.officer = True
        organisation = self.organisation(end)
        self.officer = False
        if organisation:
            return organisation.end, list(organisation.all())
        stop = self.function(end)
        if stop > end:
            end = self.bracket(stop)
            body = self.agency(end, 1) or self.organisation(end) or self.place(end, cued=True)
            if body:
                return body.end, list(body.all())
            return self.comma_body(i, end, inner)
        state = self.state(end)
        if state and head.alone:
            return state.end, list(state.all())
        stop = self.acronyms(end)
        if stop > end:
            return stop, [self.mention(end, stop, "ORGANISATION", "acronym")]
        place = self.place(end, cued=True) if end == i or head.alone else None
        if place and place.mention.kind:
            return place.end, list(place.all())
        return end, inner

    def acronyms(self, i: int) -> int:
        """Return the end of a run of acronyms at ``i`` ("Sekretaris Jenderal UCLG ASPAC"); personal names are not in capitals."""
        end = i
        if self.scope.headline or self.low(i) in GENERIC_BODIES:
            return i
        while (
            end < len(self.tokens)
            and end - i < 3
            and self.tokens[end].kind == "upper"
            and len(self.tokens[end].text) > 2
        ):
            end += 1
        token = self.at(end)
        crowded = token is not None and token.kind == "upper"
        return i if crowded or (end == i + 1 and self.tokens[i].text in _ROMAN) else end

    def comma_body(
        self, i: int, end: int, inner: list[Mention], unit: bool = True
    ) -> tuple[int, list[Mention]]:
        """Extend a unit's office by ", Kementerian X" or ", Pemkot Y" after a comma."""
        if not unit or end == i or self.low(end) != "," or not self.capital(end + 1):
            return end, inner
        if match_trie(gz.titles(), self.tokens, end + 1):
            return end, inner
        body = self.agency(end + 1, 1)
        if body and (
            body.mention.kind in {"ministry", "local"}
            or self.low(end + 1) in {"dinas", "badan", "sekretariat"}
        ):
            return body.end, [*inner, *body.all()]
        return end, inner

    # -- all -------------------------------------------------------------------------------------------------------

    def phrases(self) -> list[tuple[int, Phrase]]:
        """Return the outermost phrases of the scope, with the index of their first token."""
        found: list[tuple[int, Phrase]] = []
        i = 0
        after_place = False
        while i < len(self.tokens):
            token = self.tokens[i]
            phrase = None
            if token.kind in {"cap", "upper"}:
                options = [
                    self.position(i),
                    self.agency(i),
                    self.facility(i),
                    self.organisation(i),
                    self.state(i),
                ]
                cued = self.low(i - 1) in {"di", "ke", "dari", "se-", "se", "-"} and self.low(i - 1) != "-"
                cued = cued or (after_place and self.low(i - 1) in {",", "dan"})
                options.append(self.place(i, cued=cued))
                made = [p for p in options if p]
                phrase = max(made, key=lambda p: p.end) if made else None
            elif token.kind == "lower":
                phrase = (
                    self.position(i)
                    or (self.organisation(i) if self.scope.names.get(i) else None)
                    or self.facility(i)
                )
            if phrase:
                found.append((i, phrase))
                after_place = phrase.mention.label == "PLACE"
                i = phrase.end
            else:
                if token.low not in {",", "dan", "serta"}:
                    after_place = False
                i += 1
        return found


def region_kind(code: str) -> str:
    """Return the region type of a Kemendagri code: province, city, regency, district or village."""
    if len(code) == 2:
        return "province"
    if len(code) == 5:
        return "city" if code[3] == "7" else "regency"
    return "district" if len(code) == 8 else "village"
