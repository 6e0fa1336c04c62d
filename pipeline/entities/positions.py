"""Offices: a title, its acting prefix, and the body or region it governs."""

from __future__ import annotations

from pipeline.document import Mention
from pipeline.entities import gazetteer as gz
from pipeline.entities.gazetteer import match_trie
from pipeline.entities.heads import NameHead
from pipeline.entities.organisations import OrganisationParser
from pipeline.entities.scope import Phrase

Tail = tuple[int, tuple[Mention, ...]]


class PositionParser(OrganisationParser):
    """Reads POSITION phrases."""

    def acting(self, i: int) -> int:
        """Return the index after an acting prefix at ``i`` ("Pj.", "Pelaksana Tugas (Plt)"), or ``i``."""
        prefixes = gz.words("acting")
        if self.low(i) not in prefixes or not self.capital(i):
            return i
        j = self.skip_dot(i + 1)
        if self.low(i) == "pelaksana":
            if self.low(i + 1) not in {"tugas", "harian"}:
                return i
            j = i + 2
        if self.low(i) == "penjabat" and self.low(j) == "sementara":
            j += 1
        if self.low(j) == "(" and self.low(j + 1) in prefixes:
            k = self.skip_dot(j + 2)
            j = k + 1 if self.low(k) == ")" else j
        return j

    def position(self, i: int, nested: bool = False) -> Phrase | None:
        """Parse an office at ``i``, acting prefix and governed body included.

        Args:
            i: First token.
            nested: True inside the name of a venue, where a bare title is enough.
        """
        begin = self.acting(i)
        found = match_trie(gz.titles(), self.tokens, begin) if begin < len(self.tokens) else None
        if found is None:
            return None
        j, head = found
        small = self.tokens[begin].kind == "lower"
        if small and not head.lower and self.low(begin) not in gz.words("lower_title"):
            return None
        j, head = self.joined_titles(j, head)
        after = self.bracket(j)
        end, inner = self.position_tail(after, head)
        if end == after and not nested and not self.stands_alone(i, begin, after > j, head):
            return None
        return Phrase(end, self.mention(i, end, "POSITION", head.id, head.kind), inner)

    def joined_titles(self, j: int, head: NameHead) -> tuple[int, NameHead]:
        """Step over further titles after a slash: "Bupati/Wali Kota", "Menteri ATR/Kepala BPN"."""
        while self.low(j) == "/":
            other = match_trie(gz.titles(), self.tokens, j + 1) if j + 1 < len(self.tokens) else None
            if other is None:
                break
            j, head = other
        return j, head

    def stands_alone(self, i: int, begin: int, abbreviated: bool, head: NameHead) -> bool:
        """Tell whether a title without what it governs is a mention."""
        if self.tokens[begin].kind == "lower":
            return head.lower and self.low(begin - 1) not in gz.words("candidate")
        if head.alone or head.lower:
            return True
        return abbreviated and begin == i

    def position_tail(self, i: int, head: NameHead) -> Tail:
        """Read what the office governs, from token ``i``."""
        if head.tail == "none":
            return self.state_tail(i, head)
        if head.tail == "region":
            return self.region_tail(i, head)
        start = i + 1 if self.roman(i) else i
        if head.tail == "function":
            return self.task_tail(start, i, head)
        return self.body_tail(start, i, head)

    def state_tail(self, i: int, head: NameHead) -> Tail:
        """Read "RI" or a country after a national office."""
        state = self.state(i)
        if state:
            return state.end, state.all()
        if head.kind == "country":
            for stop, entry in self.entries(i, "PLACE"):
                if entry.kind == "country":
                    return stop, (self.mention(i, stop, "PLACE", "gazetteer"),)
        return i, ()

    def region_tail(self, i: int, head: NameHead) -> Tail:
        """Read the region of a head of region or of a police or army office."""
        j = i + 1 if self.low(i) == "terpilih" else i
        token = self.at(j)
        if token and token.kind == "num" and len(token.text) == 4:
            # "Dandim 0417/Kerinci"
            if self.low(j + 1) == "/" and self.capital(j + 2):
                area = self.place(j + 2, cued=True)
                return (area.end, area.all()) if area else (j + 3, ())
            return j + 1, ()
        if self.low(j) == "se":
            j += 2 if self.low(j + 1) == "-" else 1
        place = self.place(j, cued=True)
        if place is None and head.kind in {"district", "village"}:
            place = self.district(j)
        if place is None and head.kind == "":
            place = self.agency(i, 1)
        if place is None and head.kind == "village":
            place = self.village_before_name(j)
        return (place.end, place.all()) if place else (i, ())

    def village_before_name(self, j: int) -> Phrase | None:
        """Parse an unknown village between a title and a name: "Kepala Desa Sumberejo, Suwarno"."""
        end = self.open_name(j, 2)
        if end == j or self.low(end) != "," or not self.capital(end + 1) or gz.looks_personal(self.low(j)):
            return None
        return Phrase(end, self.mention(j, end, "PLACE", "village-office", "village"))

    def task_tail(self, start: int, i: int, head: NameHead) -> Tail:
        """Read the task of a minister, an assistant or an adviser, and the body after it."""
        end = start + 1 if self.low(start) == "bidang" and self.capital(start) else start
        stop = self.function(end)
        if stop == end and self.capital(end) and gz.gazetteer().get(f"Kementerian {self.tokens[end].text}"):
            # "Menteri Imipas", "Menteri ESDM": short for the ministry
            stop = end + 1
        if stop > end:
            end = self.bracket(stop)
        body = self.state(end) or self.agency(end, 1)
        if body is None and end > i and head.kind != "country":
            body = self.place(end, cued=True)
        if body:
            return body.end, body.all()
        return self.comma_body(i, end, ())

    def body_tail(self, start: int, i: int, head: NameHead) -> Tail:
        """Read the body, unit or organisation that an office leads."""
        body = self.agency(start, 1)
        if body:
            if self.low(start) in gz.words("unit"):
                return self.comma_body(i, body.end, body.all())
            return body.end, body.all()
        organisation = self.organisation(start, officer=True)
        if organisation:
            return organisation.end, organisation.all()
        stop = self.function(start)
        if stop > start:
            end = self.bracket(stop)
            body = self.agency(end, 1) or self.organisation(end) or self.place(end, cued=True)
            return (body.end, body.all()) if body else self.comma_body(i, end, ())
        state = self.state(start) if head.alone else None
        if state:
            return state.end, state.all()
        stop = self.acronyms(start)
        if stop > start:
            known = self.organisation_tail(start, stop, "", "acronym", ())
            return known.end, known.all()
        place = self.place(start, cued=True)
        if place:
            typed = place.mention.kind and (start == i or head.alone)
            return (place.end, place.all()) if typed else (start, ())
        unknown = self.unknown_body(start)
        return (unknown.end, unknown.all()) if unknown else (start, ())

    def unknown_body(self, i: int) -> Phrase | None:
        """Parse a body of no known form between an office and a comma: "Direktur Taman Safari Bogor, ...".

        A place or a common noun in it tells it from the name of the officer.
        """
        if self.scope.headline or gz.looks_personal(self.low(i)) or gz.match_honorific(self.tokens, i):
            return None
        end, inner = self.name_run(i, 6, officer=True)
        words = [t.low for t in self.tokens[i:end]]
        if len(words) < 2 or self.low(end) not in {",", "("} or any(gz.looks_personal(w) for w in words):
            return None
        if not inner and not any(gz.is_function_word(w) or w in gz.common_words() for w in words):
            return None
        return Phrase(end, self.mention(i, end, "ORGANISATION", "unknown-body"), inner)

    def acronyms(self, i: int) -> int:
        """Return the end of a run of acronyms at ``i`` ("Sekretaris Jenderal UCLG ASPAC").

        Personal names are not written in capitals in running text.
        """
        end = i
        if self.scope.capitals or self.low(i) in gz.words("generic_body"):
            return i
        while end - i < 3 and end < len(self.tokens):
            token = self.tokens[end]
            if token.kind != "upper" or len(token.text) < 3:
                break
            end += 1
        token_after = self.at(end)
        crowded = token_after is not None and token_after.kind == "upper"
        return i if crowded or (end == i + 1 and self.roman(i)) else end

    def comma_body(self, i: int, end: int, inner: tuple[Mention, ...]) -> Tail:
        """Extend a unit's office by ", Kementerian X" or ", Dinas Y" after a comma."""
        j = end + 1
        if end == i or self.low(end) != "," or not self.capital(j):
            return end, inner
        if match_trie(gz.titles(), self.tokens, j):
            return end, inner
        body = self.agency(j, 1)
        named = body is not None and body.mention.kind in {"ministry", "local"}
        if body and (named or self.low(j) in gz.words("parent")):
            return body.end, (*inner, *body.all())
        return end, inner
