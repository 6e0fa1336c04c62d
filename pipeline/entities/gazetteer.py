"""Gazetteers and word lists of the entity grammar, compiled once from the lexicon.

Names of regions, bodies, organisations, venues and countries go into one Aho-Corasick automaton, so that a
page is read once however many names there are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ahocorasick_rs import AhoCorasick

from pipeline.entities.heads import AgencyHead, FacilityHead, NameHead, OfficeTitle, OrganisationHead
from pipeline.entities.name_tokens import Token, tokenize
from pipeline.errors import LexiconError
from pipeline.lexicon import cached, load_table
from pipeline.lexicon.typed_rows import rows
from pipeline.terms.surfaces import lower


@dataclass(frozen=True, slots=True)
class KnownName:
    """A known name.

    Args:
        surface: The name as the lexicon writes it.
        label: Entity label.
        name: Canonical name.
        kind: Finer type ("city", "ministry", "media", ...).
        codes: Kemendagri codes it may stand for, most likely first; empty unless a region or town.
        rule: Id of its row.
        cue: True when it counts only after a cue word.
        table: The table it stands in; empty for a name that the page itself introduces.
    """

    surface: str
    label: str
    name: str
    kind: str
    codes: tuple[str, ...]
    rule: str
    cue: bool = False
    table: str = ""


#: Tables of bodies by name, and their label; local agencies have no kind of their own.
_BODIES = {"agencies": "AGENCY", "local_agencies": "AGENCY", "organisations": "ORGANISATION"}

Trie = Mapping[str, Sequence[tuple[tuple[str, ...], NameHead]]]


class Gazetteer:
    """All known names behind one automaton."""

    def __init__(self, entries: Iterable[KnownName]) -> None:
        by_form: dict[str, list[KnownName]] = defaultdict(list)
        for entry in entries:
            by_form[lower(entry.surface)].append(entry)
        self._by_form = {form: tuple(entries) for form, entries in by_form.items()}
        self.entries = list(self._by_form.values())
        self._automaton = AhoCorasick(list(by_form))

    def get(self, surface: str) -> tuple[KnownName, ...]:
        """Return the entries of exactly this name, letter case aside."""
        return self._by_form.get(lower(surface), ())

    def find(self, text: str) -> list[tuple[int, int, tuple[KnownName, ...]]]:
        """Return (start, end, entries) of every hit between word boundaries, overlaps included."""
        found = []
        for number, start, end in self._automaton.find_matches_as_indexes(lower(text), overlapping=True):
            before = text[start - 1] if start else " "
            after = text[end] if end < len(text) else " "
            if before.isalnum() or before in "@#_" or after.isalnum() or after == "_":
                continue
            if before == "." and start > 1 and text[start - 2].isalnum():
                # part of a file number or an address: "SEK.UM.04", "www.antara.id"
                continue
            surface = text[start:end]
            entries = tuple(e for e in self.entries[number] if _case_fits(surface, e.surface))
            if entries:
                found.append((start, end, entries))
        return found


def _case_fits(written: str, surface: str) -> bool:
    """Tell whether ``written`` is a way to write ``surface``: same case, or capitals for all but acronyms."""
    if written == surface:
        return True
    if not written[0].isupper():
        return False
    capitals = sum(c.isupper() for c in surface)
    if surface.isupper() or (capitals > 1 and " " not in surface and len(surface) <= 5):
        # An acronym: DIY is the province, "Diy" or "diy" is not. Longer ones may be all capitals.
        return len(surface) > 4 and written.isupper()
    return True


def _region_entries() -> Iterable[KnownName]:
    by_form: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    surface: dict[str, str] = {}
    for row in load_table("regions"):
        for form in (row["base"], row["name"], *row["aliases"]):
            if row not in by_form[form.lower()]:
                by_form[form.lower()].append(row)
                surface.setdefault(form.lower(), form)
    for key, regions in by_form.items():
        form, first = surface[key], regions[0]
        codes = tuple(r["code"] for r in regions)
        cue = all(form in r["cue"] for r in regions)
        yield KnownName(form, "PLACE", first["name"], first["type"], codes, "gazetteer", cue, "regions")


def _entries() -> Iterable[KnownName]:
    yield from _region_entries()
    known = {lower(e.surface) for e in _region_entries()}
    for row in load_table("places"):
        if lower(row["name"]) not in known:
            name, kind = row["name"], row["kind"]
            codes = (row["code"],) if "code" in row else ()
            yield KnownName(name, "PLACE", name, kind, codes, "gazetteer", kind == "town", "places")
    for table, label in _BODIES.items():
        for row in load_table(table):
            for form in dict.fromkeys((row["name"], *row["aliases"])):
                yield KnownName(
                    form, label, row["name"], row.get("kind", "local"), (), row["id"], table=table
                )
    for venue in (row for row in rows(FacilityHead) if row.tail == "none"):
        for form in venue.heads:
            yield KnownName(form, "FACILITY", form, "", (), venue.id, table=FacilityHead.table)


@cached
def gazetteer() -> Gazetteer:
    """Return the gazetteer of all known names."""
    return Gazetteer(_entries())


@cached
def districts() -> Mapping[str, tuple[str, ...]]:
    """Return kecamatan names (lower case) with the codes of all districts of that name."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in load_table("regions_district"):
        found[row["name"].lower()].append(row["code"])
    return {k: tuple(v) for k, v in found.items()}


def _trie(heads: Iterable[NameHead]) -> Trie:
    found: dict[str, list[tuple[tuple[str, ...], NameHead]]] = defaultdict(list)
    for head in heads:
        for form in head.heads:
            words = tuple(t.low for t in tokenize(form, 0, len(form)))
            found[words[0]].append((words, head))
    return {k: sorted(v, key=lambda item: -len(item[0])) for k, v in found.items()}


@cached
def agency_heads() -> Trie:
    """Return the heads of agency names."""
    return _trie(rows(AgencyHead))


@cached
def organisation_heads() -> Trie:
    """Return the heads of organisation names."""
    return _trie(row for row in rows(OrganisationHead) if row.tail != "suffix")


@cached
def organisation_suffixes() -> Mapping[str, NameHead]:
    """Return the words that end a company's or institute's name (lower case), with their rule."""
    return {f.lower(): row for row in rows(OrganisationHead) if row.tail == "suffix" for f in row.heads}


@cached
def facility_heads() -> Trie:
    """Return the heads of facility names."""
    return _trie(row for row in rows(FacilityHead) if row.tail == "name")


@cached
def facility_suffixes() -> frozenset[str]:
    """Return the words that end the name of a venue (first word of each form, lower case)."""
    return frozenset(f.lower() for row in rows(FacilityHead) if row.tail == "suffix" for f in row.heads)


@cached
def titles() -> Trie:
    """Return the titles of positions."""
    return _trie(rows(OfficeTitle))


@cached
def words(role: str) -> frozenset[str]:
    """Return the words that the grammar uses in a role (see ``grammar_words.jsonl``), lower case."""
    return _of_role("grammar_words", role)


def _of_role(table: str, role: str) -> frozenset[str]:
    found = [r["words"] for r in load_table(table) if r["role"] == role]
    if not found:
        raise LexiconError(f"lexicon/{table}.jsonl has no role {role!r}")
    return frozenset(w for words in found for w in words)


@cached
def region_types() -> Mapping[str, str]:
    """Return the type words of regions with the type they state: "kab" to "regency"."""
    prefix = "region_type:"
    rows = [r for r in load_table("grammar_words") if r["role"].startswith(prefix)]
    return {word: r["role"].removeprefix(prefix) for r in rows for word in r["words"]}


@cached
def generic_names() -> frozenset[str]:
    """Return phrases that name a class of bodies rather than one of them, lower case."""
    return frozenset(r["name"] for r in load_table("generic_names"))


@cached
def head_words() -> frozenset[str]:
    """Return the first words of titles and of names of bodies and venues: no words of personal names."""
    tries = (titles(), agency_heads(), organisation_heads(), facility_heads())
    return frozenset(w for trie in tries for w in trie if len(w) > 2) - given_names()


@cached
def function_words() -> frozenset[str]:
    """Return the words that names of government units are made of."""
    return frozenset(r["word"] for r in load_table("function_words"))


# Nominalisations ("Pemberdayaan", "Keterbukaan") are function words too, far too many to list.
_NOMINAL = re.compile(
    r"(?:pe[mnrl]?[a-z]{4,}an|penge?[a-z]{3,}an|ke[a-z]{4,}an|[a-z]{4,}isasi|[a-z]{3,}logi|[a-z]{4,}tika)"
)


@cached
def given_names() -> frozenset[str]:
    """Return common personal names, lower case."""
    return frozenset(r["name"] for r in load_table("given_names"))


@cached
def _endings() -> re.Pattern[str]:
    return re.compile(rf"[a-z]{{3,}}(?:{'|'.join(sorted(cue_words('ending')))})")


def looks_personal(low: str) -> bool:
    """Tell whether a lower-cased word is a common given name or family name, or ends like one."""
    if low in given_names() or low in cue_words("surname"):
        return True
    return bool(_endings().fullmatch(low)) and low not in common_words() and low not in function_words()


def is_function_word(low: str) -> bool:
    """Tell whether a lower-cased word may be part of the name of a government unit."""
    if low in function_words():
        return True
    if "-" in low or "/" in low:
        return all(is_function_word(p) for p in re.split(r"[-/]", low) if p)
    return bool(_NOMINAL.fullmatch(low)) and low not in given_names()


@cached
def common_words() -> frozenset[str]:
    """Return the words that are never part of a name, lower case."""
    return frozenset(r["word"] for r in load_table("common_words"))


@cached
def stop_words() -> frozenset[str]:
    """Return the common words that end the name of a body or venue too: verbs, adverbs, conjunctions."""
    return frozenset(r["word"] for r in load_table("common_words") if not r.get("noun"))


@cached
def cue_words(role: str) -> frozenset[str]:
    """Return the person cues of a role (see ``person_cues.jsonl``)."""
    return _of_role("person_cues", role)


@cached
def _honorifics() -> Mapping[str, Sequence[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for row in load_table("honorifics"):
        form = row["form"].rstrip(".")
        words = tuple(t.text for t in tokenize(form, 0, len(form)))
        if (words, row["role"]) not in found[words[0]]:
            found[words[0]].append((words, row["role"]))
    return {k: sorted(v, key=lambda item: -len(item[0])) for k, v in found.items()}


def match_honorific(tokens: Sequence[Token], i: int) -> tuple[int, str] | None:
    """Return (end index, role) of the honorific, rank or degree at token ``i``, its full stop included.

    Letter case counts: "dr." is a physician, "Dr." a doctorate, and "h" no "H.".
    """
    if not 0 <= i < len(tokens):
        return None
    for words, role in _honorifics().get(tokens[i].text, ()):
        end = i + len(words)
        if end <= len(tokens) and all(tokens[i + k].text == w for k, w in enumerate(words)):
            if end < len(tokens) and tokens[end].text == ".":
                end += 1
            elif (
                len(words) == 1
                and len(words[0]) == 1
                and (end == len(tokens) or tokens[end].kind not in {"cap", "upper"})
            ):
                continue
            return end, role
    return None


@cached
def degree_pattern() -> re.Pattern[str]:
    """Return a pattern of one academic degree after a name, full stops and inner spaces optional."""
    forms = []
    for row in sorted(load_table("degrees"), key=lambda r: -len(r["degree"])):
        parts = [p for p in re.split(r"\.", row["degree"]) if p]
        forms.append(r"\.?[ ]?".join(re.escape(p) for p in parts))
    return re.compile(rf"(?:{'|'.join(forms)})(?![\w])\.?")


def match_trie(trie: Trie, tokens: Sequence[Token], i: int) -> tuple[int, NameHead] | None:
    """Return (end index, head) of the longest sequence of ``trie`` that starts at token ``i``."""
    if not 0 <= i < len(tokens):
        return None
    for words, head in trie.get(tokens[i].low, ()):
        end = i + len(words)
        if end <= len(tokens) and all(tokens[i + k].low == w for k, w in enumerate(words)):
            return end, head
    return None
