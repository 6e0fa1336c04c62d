"""Venues: hotels, halls, offices as buildings, stadiums, roads, with bodies and places in their names."""

from __future__ import annotations

from pipeline.document import Mention
from pipeline.entities import gazetteer as gz
from pipeline.entities.gazetteer import match_trie
from pipeline.entities.positions import PositionParser
from pipeline.entities.scope import CAPITAL, Phrase

_LONGEST = 8
#: Address parts joined by commas; more are not one venue.
_MOST_PARTS = 3


class FacilityParser(PositionParser):
    """Reads FACILITY phrases."""

    def facility(self, i: int, parts: int = 1) -> Phrase | None:
        """Parse a venue at ``i``: "Hotel X Jakarta", "Gedung DPRD Jatim", "Merlynn Park Hotel".

        Args:
            i: First token.
            parts: Which part of an address it is.
        """
        small = not self.capital(i)
        if small and not (self.low(i) in gz.words("small_venue") and self.capital(i + 1)):
            return None
        best: Phrase | None = None
        for end, entry in self.entries(i, "FACILITY")[:1]:
            best = self.facility_tail(i, end, entry.rule, parts)
        found = match_trie(gz.facility_heads(), self.tokens, i)
        if found:
            j = self.skip_dot(found[0])
            made = self.facility_tail(i, j, found[1].id, parts)
            multi = found[0] > i + 1 and self.low(i) not in gz.words("bare_venue") and not small
            named = (made.end > j or multi) and not self.is_generic(i, made.end)
            if named and (best is None or made.end > best.end):
                best = made
        return best or self.suffixed_facility(i, parts)

    def is_generic(self, i: int, end: int) -> bool:
        """Tell whether a phrase names a class of buildings ("Rumah Sakit Umum Daerah (RSUD)")."""
        if self.low(i) not in gz.words("generic_venue"):
            return False
        words = [t.low for t in self.tokens[i:end] if t.kind in CAPITAL]
        return all(w == "rsud" or gz.is_function_word(w) for w in words)

    def suffixed_facility(self, i: int, parts: int) -> Phrase | None:
        """Parse a venue whose kind comes last, after "di": "Merlynn Park Hotel"."""
        if self.scope.headline or self.low(i - 1) not in gz.words("venue_cue"):
            return None
        end = i
        seen = False
        while end - i < _LONGEST and self.capital(end) and self.low(end) not in gz.common_words():
            seen = seen or (end > i and self.low(end) in gz.facility_suffixes())
            end += 1
        return self.facility_tail(i, end, "suffix", parts) if seen else None

    def facility_tail(self, i: int, end: int, rule: str, parts: int) -> Phrase:
        """Read the rest of a venue's name, with bodies, venues and places inside."""
        inner: tuple[Mention, ...] = self.places_inside(i, end)
        start = end
        while end - start < _LONGEST:
            nested = self.nested_name(end) if self.capital(end) else None
            if nested:
                # Offices inside ("Pendopo Bupati Tegal") are no mentions, their regions are.
                inner = (*inner, *(nested.inner if nested.mention.label == "POSITION" else nested.all()))
                end = nested.end
            elif self.number(end, 6) or (
                self.capital(end) and self.low(end) != "tahun" and self.low(end) not in gz.stop_words()
            ):
                end += 1
                if len(self.tokens[end - 1].text) <= 2 and self.capital(end + 1):
                    # "Jalan A. Yani", "Hotel St. Regis"
                    end = self.skip_dot(end)
            else:
                break
        end = self.bracket(end)
        more = None
        if self.low(end) == "," and self.low(end + 1) in gz.words("address") and parts < _MOST_PARTS:
            # an address: "Gedung DPRD Jatim, Jl. Indrapura Surabaya"
            more = self.facility(end + 1, parts + 1)
        if more:
            return Phrase(more.end, self.mention(i, more.end, "FACILITY", rule), (*inner, *more.inner))
        return Phrase(end, self.mention(i, end, "FACILITY", rule), inner)

    def nested_name(self, i: int) -> Phrase | None:
        """Parse a name inside the name of a venue."""
        return self.agency(i, 1) or self.position(i, nested=True) or self.organisation(i) or self.place(i)
