"""Organisations outside government: companies, universities, schools, associations, parties, media, clubs."""

from __future__ import annotations

from pipeline.document import Mention
from pipeline.entities import gazetteer as gz
from pipeline.entities.agencies import AgencyParser
from pipeline.entities.gazetteer import match_trie
from pipeline.entities.heads import NameHead
from pipeline.entities.scope import Phrase


class OrganisationParser(AgencyParser):
    """Reads ORGANISATION phrases."""

    def name_run(self, i: int, most: int = 8, officer: bool = False) -> tuple[int, tuple[Mention, ...]]:
        """Read the capitalised words of a name at ``i``: (index after it, known places inside).

        Args:
            i: First token.
            most: Greatest number of tokens.
            officer: True after an office, where the officer's name may follow without a comma.
        """
        end = i
        inner: tuple[Mention, ...] = ()
        while end - i < most:
            if self.capital(end):
                low = self.low(end)
                if low in gz.stop_words() or (end > i and self.breaks_name(end)):
                    break
                if (
                    officer
                    and end > i
                    and gz.looks_personal(low)
                    and not gz.looks_personal(self.low(end - 1))
                ):
                    break
                place = self.place(end)
                if place:
                    inner = (*inner, *place.all())
                    end = place.end
                    if not gz.is_function_word(self.low(end)) and not self.place(end):
                        break
                    continue
                end += 1
                if low in {"dr", "prof", "h"}:
                    end = self.skip_dot(end)
            elif end > i and (self.number(end) or self.joins_name(end)):
                end += 1
            else:
                break
        return end, inner

    def joins_name(self, i: int) -> bool:
        """Tell whether a small word at ``i`` joins parts of a name ("Universitas Sains dan Teknologi")."""
        low = self.low(i)
        if low not in gz.words("name_joint") or not self.capital(i + 1) or self.breaks_name(i + 1):
            return False
        return low not in {"dan", "untuk"} or gz.is_function_word(self.low(i + 1))

    def breaks_name(self, i: int) -> bool:
        """Tell whether a title, an honorific or a year word starts at ``i``."""
        if self.low(i) in gz.words("name_break") or match_trie(gz.titles(), self.tokens, i):
            return True
        honorific = gz.match_honorific(self.tokens, i)
        return honorific is not None and len(self.tokens[i].text) > 1 and self.low(i) not in {"dr", "prof"}

    def organisation(self, i: int, officer: bool = False) -> Phrase | None:
        """Parse an organisation at ``i``: "PT Maju (Persero) Tbk", "Universitas X (UX)", "SMK Negeri 3 Y".

        Args:
            i: First token.
            officer: True after an office, where the officer's name may follow without a comma.
        """
        best: Phrase | None = None
        listed = False
        for end, entry in self.entries(i, "ORGANISATION")[:1]:
            best = self.organisation_tail(i, end, entry.kind, entry.rule, ())
            listed = entry.table != ""
        if not self.capital(i) or (listed and officer):
            return best
        found = match_trie(gz.organisation_heads(), self.tokens, i)
        if found:
            made = self.headed_organisation(i, found[0], found[1], officer)
            if made and (best is None or made.end > best.end):
                best = made
        suffixed = self.suffixed_organisation(i)
        if suffixed and (best is None or (suffixed.end > best.end and not found)):
            best = suffixed
        return best

    def headed_organisation(self, i: int, j: int, head: NameHead, officer: bool) -> Phrase | None:
        """Parse an organisation whose head ends at ``j``."""
        if self.low(j - 1) in gz.words("dotted"):
            j = self.skip_dot(j)
        inner: tuple[Mention, ...] = ()
        if head.tail == "school":
            j = self.bracket(j)
            end, inner = self.school_name(j)
        elif head.alone:
            end = j
        else:
            after = self.bracket(j)
            if self.low(after) in gz.words("name_break"):
                return None  # "BUMD Bintang 5"
            end, inner = self.name_run(after, officer=officer)
            end = j if end == after else end
        if end == j and not head.alone:
            return None
        return self.organisation_tail(i, end, head.kind, head.id, inner)

    def school_name(self, j: int) -> tuple[int, tuple[Mention, ...]]:
        """Read number, name and place of a school: "3 Pontianak", "Al Azhar 1", "1 Gerung Kabupaten X"."""
        if self.low(j) in {"negeri", "swasta"}:
            j += 1
        end = j + 1 if self.number(j) else j
        place = self.place(end) or self.district(end)
        end, inner = (place.end, place.all()) if place else self.name_run(end, 4)
        second = self.place(end) if end > j else None
        return (second.end, (*inner, *second.all())) if second else (end, inner)

    def suffixed_organisation(self, i: int) -> Phrase | None:
        """Parse a name that ends in a company word: "CT Corp", "Arema FC"."""
        if self.scope.headline:
            return None
        end = i + 1
        while end - i < 5 and self.capital(end) and self.low(end) not in gz.stop_words():
            rule = gz.organisation_suffixes().get(self.low(end))
            end += 1
            if rule and not self.capital(end):
                return self.organisation_tail(i, end, rule.kind, rule.id, ())
        return None

    def branch_office(self, end: int) -> int:
        """Step over "Cabang", "Cabang Pembantu" or "Kantor Cabang" before the place of a branch."""
        j = end + 1 if self.low(end) in {"kantor", "kc", "kcp"} and self.capital(end) else end
        if self.low(j) == "cabang" and self.capital(j):
            return j + 2 if self.low(j + 1) in {"pembantu", "utama"} else j + 1
        return j if self.low(end) in {"kc", "kcp"} else end

    def organisation_tail(self, i: int, end: int, kind: str, rule: str, inner: tuple[Mention, ...]) -> Phrase:
        """Extend an organisation name by "(Persero)", "Tbk", its abbreviation and its place."""
        if (
            self.low(end) == "("
            and self.low(end + 1) in {"persero", "perseroda"}
            and self.low(end + 2) == ")"
        ):
            end += 3
        if self.low(end) in {"tbk", "persero"}:
            end = self.skip_dot(end + 1) if self.low(end) == "tbk" else end + 1
        branch = self.branch_office(end)
        place = self.place(branch, cued=branch > end) or (self.district(branch) if branch > end else None)
        if place:
            inner = (*inner, *place.all())
            end = place.end
        after = self.bracket(end)
        if after > end:
            # "Institut Kesehatan (IKES) Muhammadiyah Palembang": the name goes on up to its place.
            end = after
            more, places = self.name_run(end, 4)
            if places and places[-1].end == self.tokens[more - 1].end:
                inner = (*inner, *places)
                end = more
        inner = (*inner, *self.places_inside(i + 1, end, inner))
        return Phrase(end, self.mention(i, end, "ORGANISATION", rule, kind), inner)
