"""Government bodies: ministries, dinas and their units, regional governments, police, courts, hospitals."""

from __future__ import annotations

from pipeline.document import Mention
from pipeline.entities import gazetteer as gz
from pipeline.entities.gazetteer import match_trie
from pipeline.entities.heads import NameHead
from pipeline.entities.places import PlaceParser
from pipeline.entities.scope import CAPITAL, Phrase

_AND = {"dan", "&", "serta"}
_DEEPEST = 3
_LONGEST_TASK = 30


class AgencyParser(PlaceParser):
    """Reads AGENCY phrases."""

    def function(self, i: int) -> int:
        """Return the end of the task words of a unit at ``i`` ("Komunikasi, Informatika, dan Statistik")."""
        end = j = i
        while j - i < _LONGEST_TASK:
            if self.is_function(j) or (end > i and self.roman(j)):
                j += 1
                end = j
                continue
            step = self.joint(j) if end > i else 0
            if not step:
                break
            j += step
        return end

    def joint(self, j: int) -> int:
        """Return how many tokens at ``j`` join two task words ("dan", ",", ", dan", "/"): 0 if none."""
        low = self.low(j)
        if low in _AND and self.is_function(j + 1):
            return 1
        if low == "," and self.low(j + 1) in _AND and self.is_function(j + 2):
            return 2
        if low == "/" and self.is_function(j + 1):
            return 1
        if low == "," and self.is_function(j + 1):
            # "Dinas Pendidikan, Kepala ...": a comma before a title or another body ends the name.
            other = match_trie(gz.titles(), self.tokens, j + 1) or self.low(j + 1) in gz.words("body")
            return 0 if other else 1
        return 0

    def is_function(self, j: int) -> bool:
        """Tell whether token ``j`` is a task word here: not the start of a region phrase or a known body."""
        token = self.at(j)
        if token is None or token.kind not in CAPITAL:
            return False
        if token.low in gz.words("ministry") or not gz.is_function_word(token.low):
            return False
        if token.low in gz.region_types() and self.place(j, cued=True):
            return False
        acronym = token.kind == "upper" and len(token.text) > 3 and not self.scope.capitals
        return not (acronym and self.entries(j, "AGENCY"))

    def agency(self, i: int, depth: int = 0, region: bool = True) -> Phrase | None:
        """Parse the name of a government body at ``i``, with its region and the body it belongs to.

        Args:
            i: First token.
            depth: How many phrases it is nested in.
            region: False where a region that follows belongs to the phrase around it
                ("Kanwil Kementerian Hukum Lampung").
        """
        if not self.capital(i) or depth > _DEEPEST:
            return None
        best: Phrase | None = None
        known = self.entries(i, "AGENCY")
        if known:
            end, entry = known[0]
            kind, rule = entry.kind, entry.rule
            local = next((e for stop, e in known if stop == end and e.kind == "local"), None)
            if local and region and kind == "ministry" and self.place(self.bracket(end), cued=True):
                # "Kominfo Kota Bogor" is the city's, "Kominfo" the ministry.
                kind, rule = local.kind, local.rule
            best = self.agency_tail(i, end, kind, rule, depth, region)
        found = match_trie(gz.agency_heads(), self.tokens, i)
        if found:
            made = self.headed_agency(i, found[0], found[1], depth)
            if made and (best is None or made.end > best.end):
                best = made
        return best

    def headed_agency(self, i: int, j: int, head: NameHead, depth: int) -> Phrase | None:
        """Parse an agency whose head ends at ``j``."""
        if head.tail == "function":
            return self.task_agency(i, j, head, depth)
        if head.tail == "country":
            return self.government(i, j, head)
        if head.tail == "region":
            return self.region_agency(i, j, head, depth)
        if head.tail == "name":
            return self.named_agency(i, j, head)
        lettered = self.low(j) in {"a", "b", "c", "d", "e"} and self.capital(j)
        if head.tail == "ordinal" and (self.roman(j) or lettered or self.number(j, 2)):
            if self.low(i) == "komisi" and self.agency(j + 1, depth + 1) is None:
                return Phrase(j + 1, self.mention(i, j + 1, "AGENCY", head.id, head.kind))
            return self.agency_tail(i, j + 1, head.kind, head.id, depth)
        return None

    def task_agency(self, i: int, j: int, head: NameHead, depth: int) -> Phrase | None:
        """Parse a body named by its task: "Dinas Komunikasi dan Informatika", "Kementerian PANRB"."""
        after = self.bracket(j)
        end = self.function(after)
        if end == after and not head.alone:
            end = self.task_acronym(j)
            return self.agency_tail(i, end, head.kind, head.id, depth) if end > j else None
        made = self.agency_tail(i, end, head.kind, head.id, depth)
        if " ".join(t.low for t in self.tokens[i:end]) in gz.generic_names():
            return made if made.inner else None
        if depth == 0 and made.end == end and self.low(i) in gz.words("small_unit"):
            # "Bidang Biologi" is a unit only under an office or with the body it belongs to.
            return None
        return made

    def task_acronym(self, j: int) -> int:
        """Return the end of an acronym in place of task words ("Dinas PUPR", "Bagian Prokopim"), or ``j``."""
        token = self.at(j)
        if token is None or token.kind not in CAPITAL:
            return j
        plain = not self.roman(j) and token.low != "ri" and token.low not in gz.words("generic_body")
        if token.kind == "upper" and 2 <= len(token.text) <= 9 and not self.scope.capitals and plain:
            return j + 1
        coined = self.low(j - 1) in gz.words("coined") and not self.scope.headline
        if coined and token.low not in gz.common_words() and not self.region_name(j):
            return j + 1
        for stop, _ in self.entries(j, "AGENCY")[:1]:
            return stop
        return j

    def government(self, i: int, j: int, head: NameHead) -> Phrase | None:
        """Parse "Pemerintah" with a country, a province or a region phrase with its type word."""
        for end, entry in self.entries(j, "PLACE"):
            if entry.kind in {"country", "province"}:
                inner = self.mention(j, end, "PLACE", "gazetteer")
                return Phrase(end, self.mention(i, end, "AGENCY", head.id, head.kind), (inner,))
        place = self.place(j, cued=True) if self.low(j) in gz.region_types() else self.state(j)
        if place is None:
            return None
        made = self.mention(i, place.end, "AGENCY", head.id, place.mention.kind)
        return Phrase(place.end, made, place.all())

    def named_agency(self, i: int, j: int, head: NameHead) -> Phrase | None:
        """Parse a hospital or health centre: "RSUD Dr. Soetomo", "Puskesmas Garung"."""
        if not self.capital(j) and self.low(j) not in {"dr", "prof"}:
            return None
        place = self.place(j, cued=True) or self.district(j)
        if place:
            end = place.end + 1 if self.number(place.end, 2) else place.end
            return Phrase(end, self.mention(i, end, "AGENCY", head.id, head.kind), place.all())
        begin = self.skip_dot(j + 1) if self.low(j) in {"dr", "prof"} else j
        end = self.open_name(begin, 4)
        if all(gz.is_function_word(t.low) for t in self.tokens[begin:end]):
            return None
        tail = self.place(end)
        inner = tail.all() if tail else ()
        end = tail.end if tail else end
        return Phrase(end, self.mention(i, end, "AGENCY", head.id, head.kind), inner)

    def region_agency(self, i: int, j: int, head: NameHead, depth: int) -> Phrase | None:
        """Parse a body named by its region: "Pemkab Agam", "Pemerintah Kota (Pemkot) Malang", "Polres X"."""
        after = self.skip_dot(j)
        if self.low(i) != "pemerintah" or self.low(after + 1).startswith("pem"):
            after = self.bracket(after)
        begin = self.type_word(j) if after == j else after
        end = after
        inner: tuple[Mention, ...] = ()
        state = self.state(end)
        if state:
            end, inner = state.end, state.all()
        if head.kind == "agency":
            end, parent = self.parent_body(end, depth)
            inner = (*inner, *parent)
        end = self.army_number(i, self.branch(end))
        place = self.place(end, cued=True)
        if place is None and head.kind in {"agency", "district", "village"} and end == after:
            place = self.district(end)
        if place:
            whole = self.place(begin, cued=True) if begin < end == after else None
            inner = (*inner, *(whole.all() if whole and whole.end == place.end else place.all()))
            end = place.end
        if end == after and not head.alone:
            return None
        return Phrase(end, self.mention(i, end, "AGENCY", head.id, head.kind), inner)

    def type_word(self, j: int) -> int:
        """Return where a region phrase starts whose type word ends the head: "Kota" of "Pemerintah Kota"."""
        if self.low(j - 1) == "administrasi":
            return j - 2
        return j - 1 if self.low(j - 1) in gz.region_types() else j

    def parent_body(self, end: int, depth: int) -> tuple[int, tuple[Mention, ...]]:
        """Read the body that a regional office belongs to ("Kantor Wilayah Kementerian Hukum")."""
        if self.low(end) in gz.region_types() or self.region_name(end):
            return end, ()
        parent = self.agency(end, depth + 1, region=False)
        return (parent.end, parent.all()) if parent else (end, ())

    def branch(self, end: int) -> int:
        """Step over "Perwakilan", "Wilayah III" and a number between an office and its region."""
        if self.low(end) == "perwakilan" or (self.low(end) == "wilayah" and self.capital(end)):
            end += 1
        return end + 1 if self.roman(end) else end

    def army_number(self, i: int, end: int) -> int:
        """Step over number and name of an army command: "Kodam IV/Diponegoro", "Kodim 0719/Jepara"."""
        if self.low(i) not in gz.words("army") or not (self.roman(end - 1) or self.number(end, 4)):
            return end
        j = end if self.roman(end - 1) else end + 1
        if self.low(j) == "/" and self.capital(j + 1):
            return j + 1 if self.region_name(j + 1) else j + 2
        named = self.capital(j) and self.low(j) not in gz.common_words() and not self.region_name(j)
        return j + 1 if named else j

    def agency_tail(self, i: int, end: int, kind: str, rule: str, depth: int, region: bool = True) -> Phrase:
        """Extend an agency name that ends at ``end`` by abbreviation, RI, parent body and region."""
        inner: list[Mention] = list(self.state_inside(i, end))
        if kind == "local" and end == i + 1 and self.capital(end) and not self.scope.capitals:
            # "Dinsos PMD", "Diskominfo SP": a short name with a part spelled out in letters
            token = self.tokens[end]
            letters = token.kind == "upper" and 2 <= len(token.text) <= 6 and not self.entries(end, "PLACE")
            if letters and not self.roman(end) and not self.state(end) and not self.entries(end, "AGENCY"):
                end += 1
        end = self.bracket(end)
        state = self.state(end)
        if state:
            end = self.bracket(state.end)
            inner += state.all()
        if self.low(end) == "pusat" and self.capital(end):
            end += 1
        if self.low(end) == "wilayah" and self.roman(end + 1):
            end += 2
        branch = self.place(end + 1, cued=True) if self.low(end) == "perwakilan" else None
        if branch:
            made = self.mention(i, branch.end, "AGENCY", rule, kind)
            return Phrase(branch.end, made, (*inner, *branch.all()))
        parent = self.agency(end, depth + 1) if kind != "ministry" else None
        if parent:
            end = parent.end
            inner += parent.all()
        elif region:
            if self.low(end) in gz.words("setda") and self.capital(end):
                end += 1
            place = self.place(end, cued=True) if not self.state(end) else None
            # A ministry has regional offices ("Kemenag Kota Batu"); its long name may stand beside a region.
            office = (
                kind != "ministry" or end == i + 1 or (place and place.mention.kind in {"city", "regency"})
            )
            if place and office:
                end = self.bracket(place.end)
                inner += place.all()
        return Phrase(end, self.mention(i, end, "AGENCY", rule, kind), tuple(inner))

    def state_inside(self, i: int, end: int) -> tuple[Mention, ...]:
        """Return the state's name at the end of a known name ("Ombudsman Republik Indonesia")."""
        for k in (end - 2, end - 1):
            state = self.state(k) if k > i else None
            if state and state.end == end:
                return state.all()
        return ()
