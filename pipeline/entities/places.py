"""Places: regions with and without their type word, districts, natural areas, the state."""

from __future__ import annotations

from pipeline.document import Mention
from pipeline.entities import gazetteer as gz
from pipeline.entities.scope import CAPITAL, Cursor, Phrase

#: Types whose names are read from capitals when no gazetteer has them.
_OPEN_TYPES = {"district", "village"}


def region_kind(code: str) -> str:
    """Return the region type of a Kemendagri code: province, city, regency, district or village."""
    if len(code) == 2:
        return "province"
    if len(code) == 5:
        return "city" if code[3] == "7" else "regency"
    return "district" if len(code) == 8 else "village"


class PlaceParser(Cursor):
    """Reads PLACE phrases."""

    def region_name(self, i: int, kinds: frozenset[str] | None = None, cued: bool = True) -> int | None:
        """Return the end of the longest known region name at ``i``.

        Args:
            i: First token.
            kinds: Region types that are wanted, or ``None`` for any.
            cued: False where names that are also common words do not count.
        """
        for end, entry in self.entries(i, "PLACE"):
            if entry.cue and not cued:
                continue
            if kinds is None or entry.kind in kinds or any(region_kind(c) in kinds for c in entry.codes):
                return end
        return None

    def open_name(self, i: int, most: int = 3) -> int:
        """Return the end of a run of capitals at ``i`` that may name a small place, or ``i``."""
        end = i
        while end - i < most and self.capital(end):
            low = self.low(end)
            if not (end > i and low in gz.words("name_end")) and (
                low in gz.region_types()
                or low in gz.titles()
                or low in gz.agency_heads()
                or low in gz.common_words()
            ):
                break
            end += 1
        return end

    def district_name(self, i: int) -> int | None:
        """Return the end of the longest kecamatan name at ``i``."""
        if not self.capital(i):
            return None
        words = [t.low for t in self.tokens[i : i + 4]]
        for length in range(len(words), 0, -1):
            if " ".join(words[:length]) in gz.districts():
                return i + length
        return None

    def district(self, i: int) -> Phrase | None:
        """Parse a bare district at ``i``, where the words before call for one ("Polsek", "Puskesmas")."""
        end = self.district_name(i)
        return Phrase(end, self.mention(i, end, "PLACE", "district", "district")) if end else None

    def place(self, i: int, cued: bool = False) -> Phrase | None:
        """Parse a place at ``i``: "Kota Malang", "Kecamatan Lowokwaru", "Jatim", "Sumatera Utara (Sumut)".

        Args:
            i: First token.
            cued: True where the words before already call for a region, so that ambiguous names count.
        """
        token = self.at(i)
        if token is None or token.kind not in CAPITAL:
            return None
        whole = self.region_name(i, cued=cued)
        kind = gz.region_types().get(token.low)
        if kind and (whole is None or whole == i + 1):
            return self.typed_place(i, kind)
        if self.low(i - 1) == "bahasa":
            return None
        if whole is None and token.low in gz.words("area"):
            return self.area(i)
        if whole is None:
            return self.chained_district(i)
        whole = self.alias_bracket(whole)
        return Phrase(whole, self.mention(i, whole, "PLACE", "gazetteer"))

    def typed_place(self, i: int, kind: str) -> Phrase | None:
        """Parse a region with its type word at ``i``: "Kab. Agam", "Kota Administrasi Jakarta Timur"."""
        j = self.skip_dot(i + 1)
        if self.low(j) == "administrasi":
            j += 1
        if kind in _OPEN_TYPES:
            end = self.small_region(j, kind)
        else:
            end = self.region_name(j, frozenset({kind})) or self.region_name(j)
        if end is None or end == j:
            return None
        end = self.alias_bracket(end)
        return Phrase(end, self.mention(i, end, "PLACE", f"region-{kind}", kind))

    def small_region(self, j: int, kind: str) -> int | None:
        """Return the end of the name of a district or village at ``j``, known or read from capitals."""
        if self.low(j) in gz.region_types() and self.capital(j + 1):
            return None
        known = self.district_name(j)
        if self.scope.headline:
            return known or self.region_name(j) or self.open_name(j, 1)
        if known and kind == "district":
            return known
        return max(self.open_name(j), known or j)

    def area(self, i: int) -> Phrase | None:
        """Parse a natural area at ``i``: "Pulau Samosir"."""
        end = self.open_name(i + 1, 2)
        words = self.tokens[i + 1 : end]
        if not words or self.scope.headline or any(gz.is_function_word(t.low) for t in words):
            return None
        return Phrase(end, self.mention(i, end, "PLACE", "area"))

    def chained_district(self, i: int) -> Phrase | None:
        """Parse a bare district before its region: "Soreang, Kabupaten Bandung"; the codes must agree."""
        end = self.district_name(i)
        if end is None or self.low(end) != ",":
            return None
        codes = gz.districts()[" ".join(t.low for t in self.tokens[i:end])]
        same = self.low(end + 1) in {"kecamatan", "kec"} and self.district_name(self.skip_dot(end + 2))
        j = end + 1
        if self.low(j) in {"kabupaten", "kota", "kab"}:
            j = self.skip_dot(j + 1)
        regions = {c for _, e in self.entries(j, "PLACE") for c in e.codes}
        if not same and not any(code.startswith(f"{region}.") for code in codes for region in regions):
            return None
        return Phrase(end, self.mention(i, end, "PLACE", "district-chain", "district"))

    def alias_bracket(self, i: int) -> int:
        """Step over "(Sumut)" after "Sumatera Utara"."""
        if self.low(i) == "(" and self.low(i + 2) == ")" and self.region_name(i + 1) == i + 2:
            return i + 3
        return i

    def state(self, i: int) -> Phrase | None:
        """Parse "RI" or "Republik Indonesia" after the name of a national body."""
        token = self.at(i)
        if token and token.text == "RI":
            return Phrase(i + 1, self.mention(i, i + 1, "PLACE", "state"))
        if token and token.low == "republik" and token.kind in CAPITAL and self.low(i + 1) == "indonesia":
            return Phrase(i + 2, self.mention(i, i + 2, "PLACE", "state"))
        return None

    def places_inside(self, start: int, end: int, known: tuple[Mention, ...] = ()) -> tuple[Mention, ...]:
        """Return known places among the tokens ``start`` to ``end``, besides those in ``known``.

        A place in capitals in running text belongs to a brand ("PR INDONESIA") and is left out.
        """
        found: list[Mention] = []
        for k in range(start, end):
            token = self.tokens[k]
            brand = token.kind == "upper" and len(token.text) > 4 and not self.scope.headline
            for stop, entry in self.entries(k, "PLACE"):
                a, b = token.start, self.tokens[stop - 1].end
                covered = any(m.start <= a and b <= m.end for m in (*known, *found))
                if stop <= end and not entry.cue and not brand and not covered:
                    found.append(Mention(a, b, "PLACE", "gazetteer"))
                    break
        return tuple(found)
