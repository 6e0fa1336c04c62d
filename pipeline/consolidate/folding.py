"""Folded names: what stays of a name when two pages' spellings of it are compared.

The words it knows lie in ``lexicon/consolidate_words.jsonl``, canonical names in the tables of events,
categories, grades, regions, agencies and organisations.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from pipeline.lexicon import lines, load_table
from pipeline.lexicon.typed_rows import rows
from pipeline.terms.known import Category, Event, GradeScale

Words = tuple[str, ...]

_BRACKETS = re.compile(r"\(([^()]{0,200})\)")
_QUOTES = re.compile("[\"'`´‘’“”„«»]")
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"(?:\b(?:tahun|thn|th)\b\.? ?)?\b(?:19|20)\d\d\b")
_EDITION = re.compile(r"\bke[- ]?(?:\d{1,3}|[ivxl]{1,6})\b|\b\d{1,3}(?:st|nd|rd|th)\b")


@cache
def _words(role: str) -> frozenset[str]:
    found = (row for row in load_table("consolidate_words") if row["role"] == role)
    return frozenset(word for row in found for word in row["words"])


@cache
def forms(role: str) -> Mapping[str, str]:
    """Return the words of a role and what each is compared as."""
    return {
        word: str(form)
        for row in load_table("consolidate_words")
        if row["role"] == role
        for word, form in row["forms"].items()
    }


def _plain(text: str) -> str:
    return _QUOTES.sub("", unicodedata.normalize("NFKC", text).casefold())


def _split(text: str) -> Words:
    """Return the folded words of ``text``, abbreviations written out, small words left out."""
    expand, small = forms("expand"), _words("small")
    found: list[str] = []
    for word in _WORD.findall(text):
        found.extend(expand.get(word, word).split())
    return tuple(w for w in found if w not in small) or tuple(found)


def _without_brackets(text: str) -> str:
    bare = _BRACKETS.sub(" ", text)
    return bare if _WORD.search(bare) else text


def _without_acronyms(text: str) -> str:
    """Drop bracketed abbreviations of the words before them: "Rencana Kerja (RK)"."""

    def keep(match: re.Match[str]) -> str:
        letters = match.group(1).strip()
        before = text[max(0, match.start() - 200) : match.start()]
        initials = iter([word[0] for word in _WORD.findall(before)])
        short = 2 <= len(letters) <= 10 and letters.isalpha()
        return " " if short and all(letter in initials for letter in letters) else match.group()

    return _BRACKETS.sub(keep, text)


def _without_lead(words: Words, role: str) -> Words:
    lead = _words(role)
    at = 0
    while at < len(words) - 1 and words[at] in lead:
        at += 1
    return words[at:]


def joined(words: Words) -> str:
    """Return the words without the spaces, which pages set differently ("audio visual")."""
    return "".join(words)


@lru_cache(maxsize=50_000)
def fold(text: str) -> Words:
    """Return the words of any cell, for comparing two tellings of it."""
    return _split(_without_brackets(_plain(text)))


def _owned(surfaces: Iterable[tuple[str, Words]]) -> dict[str, Words]:
    """Return canonical words by surface, for the surfaces that one name alone has."""
    owners: defaultdict[str, set[Words]] = defaultdict(set)
    for surface, words in surfaces:
        if surface:
            owners[surface].add(words)
    return {surface: next(iter(found)) for surface, found in owners.items() if len(found) == 1}


# Events


def _event_words(text: str) -> Words:
    plain = _without_brackets(_plain(text))
    words = _split(_YEAR.sub(" ", _EDITION.sub(" ", plain))) or _split(plain)
    return _without_lead(words, "event_lead")


@cache
def _events() -> Mapping[str, Words]:
    def surfaces() -> Iterable[tuple[str, Words]]:
        for row in rows(Event):
            name = _event_words(row.name)
            yield joined(name), name
            if row.abbr and not row.abbr_ambiguous:
                yield joined(_event_words(row.abbr)), name
            for alias in row.aliases:
                yield joined(_event_words(alias)), name

    return _owned(surfaces())


@cache
def _event_rows() -> Mapping[str, Event]:
    return {joined(_event_words(row.name)): row for row in rows(Event)}


@lru_cache(maxsize=20_000)
def event_name(event: str, abbr: str) -> Words:
    """Return an event's canonical words: those of the events table if it knows it, else as folded."""
    words = _event_words(event or abbr)
    return _events().get(joined(words), words)


def is_known_event(name: str) -> bool:
    """Return whether joined words are the canonical name of an event of the events table."""
    return name in _event_rows()


# Categories


def _category_words(text: str) -> Words:
    return _without_lead(_split(text), "category_lead")


@cache
def _categories() -> tuple[Mapping[str, Words], Mapping[tuple[str, str], Words]]:
    anywhere: list[tuple[str, Words]] = []
    by_event: dict[tuple[str, str], Words] = {}
    for row in rows(Category):
        name = _category_words(_plain(row.name))
        for surface in row.names:
            folded = joined(_category_words(_plain(surface)))
            anywhere.append((folded, name))
            for event in row.events:
                by_event.setdefault((event, folded), name)
    return _owned(anywhere), by_event


@lru_cache(maxsize=20_000)
def category_name(category: str, event: str) -> Words:
    """Return a category's canonical words.

    Args:
        category: As in the awards table.
        event: The event's canonical words, joined.

    Returns:
        The words of the categories table if it knows the category, as written or without what stands in
        brackets; else as folded, with the brackets' content ("Tunggal (Putri)").
    """
    if not category:
        return ()
    row = _event_rows().get(event)
    number = row.id if row else ""
    anywhere, by_event = _categories()
    plain = _plain(category)
    full = _category_words(_without_acronyms(plain))
    for words in (full, _category_words(_without_brackets(plain))):
        surface = joined(words)
        known = by_event.get((number, surface)) or anywhere.get(surface)
        if known:
            return known
    return full


# Grades


@cache
def _grades() -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, str]]:
    by_scale: dict[str, dict[str, str]] = {}
    anywhere: list[tuple[str, Words]] = []
    for row in rows(GradeScale):
        scale = by_scale.setdefault(row.id, {})
        for grade, surfaces in row.surfaces.items():
            name = _grade_words(grade)
            for surface in (grade, *surfaces):
                if not _grade_words(surface):
                    continue
                scale.setdefault(joined(_grade_words(surface)), joined(name))
                anywhere.append((joined(_grade_words(surface)), name))
    return by_scale, {surface: joined(words) for surface, words in _owned(anywhere).items()}


def _grade_words(text: str) -> Words:
    heads = _words("result_head")
    words = _split(_without_acronyms(_plain(text)))
    return tuple(w for w in words if w not in heads)


def own_grade(result: str, event: str) -> str:
    """Return a grade's canonical words, joined, if the event's own scale has it, else an empty string."""
    row = _event_rows().get(event)
    scale = _grades()[0].get(row.grades, {}) if row else {}
    return scale.get(joined(_grade_words(result)), "")


@lru_cache(maxsize=20_000)
def grade_name(result: str, event: str) -> str:
    """Return a grade's canonical words, joined: by the event's own scale, by any scale, or as folded.

    Empty where the result holds nothing but head nouns ("Penghargaan").
    """
    surface = joined(_grade_words(result))
    return own_grade(result, event) or _grades()[1].get(surface, surface)


# Recipients


@cache
def _regions() -> Mapping[str, str]:
    """Return the codes of provinces, regencies and cities by the full names of their governments."""
    found: list[tuple[str, Words]] = []
    for row in load_table("regions"):
        name = _split(_plain(row["name"]))
        found.append((joined(name), (row["code"],)))
        found.append((joined(("pemerintah", *name)), (row["code"],)))
    return {surface: code for surface, (code, *_) in _owned(found).items()}


@cache
def _bodies() -> Mapping[str, Words]:
    return _owned(
        (joined(_body_words(surface)), _body_words(row["name"]))
        for row in (*load_table("agencies"), *load_table("organisations"))
        for surface in (row["name"], *row["aliases"])
    )


@cache
def _local_bodies() -> Mapping[str, Words]:
    return _owned(
        (joined(_split(_plain(surface))), _split(_plain(row["name"])))
        for row in (*load_table("local_agencies"), *load_table("generic_names"))
        for surface in (row["name"], *row.get("aliases", ()))
    )


def _body_words(text: str) -> Words:
    words = _split(_without_brackets(_plain(text)))
    for tail in _words("state_tail"):
        ending = tuple(tail.split())
        if len(words) > len(ending) + 1 and words[-len(ending) :] == ending:
            words = words[: -len(ending)]
    form = _words("company_form")
    return tuple(w for w in words if w not in form) or words


@cache
def _short_names() -> Mapping[str, Words]:
    """Return agencies' names by their abbreviations of one word."""
    return _owned(
        (short[0], _split(_plain(row["name"])))
        for row in (*load_table("agencies"), *load_table("local_agencies"))
        for short in map(_split, map(_plain, row["aliases"]))
        if len(short) == 1
    )


@lru_cache(maxsize=50_000)
def office_name(text: str) -> Words:
    """Return the words of an office or body, agencies' abbreviations written out ("Kepala Diskominfo")."""
    short = _short_names()
    return tuple(part for word in fold(text) for part in short.get(word, (word,)))


def region_of(name: str) -> str:
    """Return the code of the province, regency or city whose government ``name`` names in full, else ""."""
    return _regions().get(joined(_split(_without_brackets(_plain(name)))), "")


@lru_cache(maxsize=20_000)
def body_name(name: str) -> Words:
    """Return the canonical words of an agency, company, university, school or group."""
    words = _body_words(name)
    known = _bodies().get(joined(words))
    if known:
        return known
    local = _local_bodies()
    for length in range(min(len(words), 6), 0, -1):  # "Diskominfo Kota Depok": the head alone is in the table
        head = local.get(joined(words[:length]))
        if head:
            return (*head, *words[length:])
    return words


def place_name(name: str) -> Words:
    """Return the words of a village or district, which stands for its government."""
    return _without_lead(_body_words(name), "government_lead")


def is_generic_body(words: Words) -> bool:
    """Return whether a name says no more than which kind of body it is ("Dinas Kesehatan")."""
    return joined(words) in _local_bodies()


def is_known_body(words: Words) -> bool:
    """Return whether the name is one of a national agency or of a well-known organisation."""
    return joined(words) in _bodies()


@lru_cache(maxsize=20_000)
def person_name(name: str) -> Words:
    """Return a person's name without titles in front and degrees behind."""
    words = _split(_plain(name.split(",", maxsplit=1)[0]))
    return _without_lead(words, "person_title")


@cache
def vocabulary() -> frozenset[str]:
    """Return the words, from five letters, that are spelled right: none is a slip for another."""
    tables = dict.fromkeys(("events", "categories", "agencies", "local_agencies", "organisations"), "name")
    tables |= {"regions": "base", "common_words": "word", "function_words": "word"}
    names = [row[key] for table, key in tables.items() for _, row in lines(table)]
    return frozenset(word for name in names for word in _WORD.findall(_plain(name)) if len(word) >= 5)
