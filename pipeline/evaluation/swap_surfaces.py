"""The names of a gold page: which surfaces it has, and which of their words make up the name itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.award_schema import FIELDS
from pipeline.evaluation.swap_regions import known_regions, other_places
from pipeline.evaluation.swap_text import NameWord, Words, fold, keys, split_words, swap_words
from pipeline.lexicon import cached, load_table

#: Words of a name that stay, by the roles of ``swap_words.jsonl``. Other labels have no words of their own.
STAYING: Mapping[str, tuple[str, ...]] = {
    "PERSON": ("title",),
    "ORGANISATION": ("function", "scope", "body"),
    "FACILITY": ("function", "scope", "facility", "body"),
    "HOSPITAL": ("function", "scope", "body", "title"),
    "EVENT": ("function", "scope", "event", "sport", "government"),
    "WORK": ("function", "scope", "work", "government"),
}
_TYPE_LABELS = {
    "person": "PERSON",
    **dict.fromkeys(("province", "regency", "city", "district", "village"), "PLACE"),
    **dict.fromkeys(("ministry", "agency"), "AGENCY"),
    **dict.fromkeys(("soe", "university", "school", "company", "community"), "ORGANISATION"),
}
_SLOT_LABELS = {
    "event": "EVENT",
    "category": "CATEGORY",
    "work": "WORK",
    "giver": "PERSON",
    "received_by": "PERSON",
    "giver_position": "POSITION",
    "received_by_position": "POSITION",
    "group": "GROUP",
    "result": "RESULT",
    "place": "FACILITY",
    "organiser": "ORGANISATION",
    "recipient": "ORGANISATION",
}
#: Keys of a record whose values quote the page or name what it names, with their slot.
QUOTES = {
    **{f.name: f.form_of or f.name for f in FIELDS if (f.form_of or f.name) in _SLOT_LABELS},
    "event_abbr": "event",
    "works": "work",
}
_BRACKET = re.compile(r"(?P<outer>[^()]+?)\s*\(\s*(?P<inner>[^()]+?)\s*\)")
_LONGEST_DEGREE = 3


@dataclass(frozen=True, slots=True)
class Surface:
    """A name as the page or its gold writes it.

    Args:
        text: Its words.
        label: Entity label.
        inside: Limits of the entities inside it.
    """

    text: str
    label: str
    inside: tuple[tuple[int, int], ...] = ()


def values(value: object) -> list[str]:
    """Return the texts that a value of a record holds."""
    return [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str) and v.strip()]


def quotes(award: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield slot and surface of all that a gold record names, accepted variants as well."""
    for key, slot in QUOTES.items():
        for value in values(award.get(key)):
            yield slot, value
    for slot, items in (award.get("accept") or {}).items():
        for value in values(items):
            yield slot, value


def _is_government(surface: str) -> bool:
    words = split_words(surface)
    return bool(words) and (words[0].low in swap_words("government") or 0 in closed_words(words))


def slot_surfaces(slot: str, value: str, award: Mapping[str, Any]) -> Iterator[Surface]:
    """Yield the names in a value of a record with the label that the slot calls for."""
    label = _SLOT_LABELS.get(slot, "")
    if slot == "place":
        for part in value.split(","):
            is_venue = any(w.low in swap_words("facility") for w in split_words(part))
            yield Surface(part.strip(), "FACILITY" if is_venue else "PLACE")
        return
    if slot == "recipient":
        label = _TYPE_LABELS.get(str(award.get("recipient_type")), label)
    if label == "PERSON" and any(w.low in swap_words("team") for w in split_words(value)):
        label = "ORGANISATION"  # "satu regu SMPN 1 Contoh"
    if slot in {"recipient", "organiser"} and label in {"PLACE", "ORGANISATION"} and _is_government(value):
        label = "AGENCY"
    if label:
        yield Surface(value, label)


def surfaces(record: Mapping[str, Any]) -> tuple[Surface, ...]:
    """Return the names of a gold page: its entities', and what its records name besides."""
    entities: dict[str, Surface] = {}
    items = record.get("entities") or ()
    for e in items:
        inside = (
            (i["start"] - e["start"], i["end"] - e["start"])
            for i in items
            if i is not e and e["start"] <= i["start"] and i["end"] <= e["end"] and i["label"] != e["label"]
        )
        entities.setdefault(e["text"], Surface(e["text"], e["label"], tuple(inside)))
    found = list(entities.values())
    for award in record.get("awards") or ():
        for slot, value in quotes(award):
            found += [
                s
                for s in slot_surfaces(slot, value, award)
                # What holds an entity of its sort ("Bupati Contoh Sari Wulandari") says nothing new.
                if s.text not in {"", *entities}
                and not any(s.label == e.label and e.text in s.text for e in entities.values())
            ]
    agencies = {long_and_short(s.text)[1] for s in found if s.label == "AGENCY"}
    again = (Surface(s.text, "AGENCY", s.inside) if s.text in agencies else s for s in found)
    return tuple(dict.fromkeys(again))


def align(short: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return how an abbreviation is made of words: numbers of words with the letters taken from each.

    Args:
        short: Letters, folded.
        words: Words of the long form, folded.

    Returns:
        The way that uses the most words; empty where there is none.

    Example:
        >>> align("pimnas", ("pekan", "ilmiah", "mahasiswa", "nasional"))
        ((0, 1), (1, 1), (2, 1), (3, 3))
    """

    @cache
    def best(at: int, k: int) -> tuple[tuple[int, int], ...] | None:
        if at == len(short):
            return ()
        if k == len(words):
            return None
        ways = [best(at, k + 1)]
        for n in range(1, len(short) - at + 1):
            if not words[k].startswith(short[at : at + n]):
                break
            rest = best(at + n, k + 1)
            ways.append(None if rest is None else ((k, n), *rest))
        return max((way for way in ways if way is not None), key=len, default=None)

    way = best(0, 0)
    return way if way and len(way) > 1 else ()


def long_and_short(surface: str) -> tuple[str, str]:
    """Return the long and the short form of a name with its abbreviation, or two empty strings.

    Example:
        >>> long_and_short("Anugerah Media Humas (AMH)")
        ('Anugerah Media Humas', 'AMH')
    """
    match = _BRACKET.match(surface)
    if not match:
        return "", ""
    outer, inner = match["outer"], match["inner"]
    if len(split_words(outer)) == 1 < len(split_words(inner)):
        outer, inner = inner, outer
    if [w.text for w in split_words(inner)] != [inner] or len(split_words(outer)) == 1:
        return "", ""
    return (
        (outer, inner) if sum(c.isupper() for c in inner) > 1 or align(fold(inner), keys(outer)) else ("", "")
    )


@cached
def closed_phrases() -> frozenset[Words]:
    """Return the names that stay, word by word: of ministries and other bodies of the state, of countries."""
    names = (name for row in load_table("agencies") for name in (row["name"], *row["aliases"]))
    return frozenset(map(keys, names)) | frozenset(map(keys, swap_words("closed"))) | other_places()


@cached
def degrees() -> frozenset[str]:
    """Return the words of academic degrees, folded."""
    return frozenset(w.low for row in load_table("degrees") for w in split_words(row["degree"]))


def closed_words(words: Sequence[NameWord]) -> set[int]:
    """Return the positions of the words that belong to names which stay."""
    closed: set[int] = set()
    for i, word in enumerate(words):
        for end in range(len(words), i, -1):
            key = tuple(w.low for w in words[i:end])
            # Abbreviations of two letters are also words and parts of names.
            if key in closed_phrases() and (len("".join(key)) > 2 or word.text.isupper()):
                closed.update(range(i, end))
                break
    return closed


def _is_title(text: str, words: Sequence[NameWord], i: int) -> bool:
    """Return whether a word of a person's mention is a degree, an initial or part of an abbreviated title."""
    word = words[i]
    is_last = i == len(words) - 1
    dotted = text[word.end : word.end + 1] == "." and len(word.low) <= (1 if is_last else _LONGEST_DEGREE)
    shouted = text[words[0].start : words[-1].end].isupper()
    return dotted or word.low in degrees() or (word.text.isupper() and len(word.text) <= 3 and not shouted)


@cache
def staying_words(label: str) -> frozenset[str]:
    """Return the class words and small words in names of a label; none where names are not its own."""
    return frozenset[str]().union(*(swap_words(role) for role in STAYING.get(label, ())))


def _office_end(text: str, words: Sequence[NameWord]) -> int:
    """Return the end of the office before a person's name: "Kepala Kejaksaan Tinggi Jawa Timur"."""
    end = max((i + 1 for i, w in enumerate(words) if w.low in swap_words("government")), default=0)
    while end and end < len(words):
        after = max(known_regions(text, words, end), end + (words[end].low in staying_words("ORGANISATION")))
        if after == end:
            break
        end = after
    return end


def own_words(text: str, label: str, words: Sequence[NameWord]) -> tuple[int, ...]:
    """Return which words make up the name itself.

    Args:
        text: The page, or a surface.
        label: Entity label.
        words: Words of the mention.

    Returns:
        Positions of the words that are no class word, number, legal form, title, small word or closed name.
    """
    if label == "AGENCY" and any(w.low in swap_words("hospital") for w in words):
        label = "HOSPITAL"
    if label not in STAYING or not words:
        return ()
    closed = closed_words(words)
    last = len(words)
    if label == "PERSON":
        gaps = (text[words[i - 1].end : words[i].start] for i in range(1, last))
        last = next((i for i, gap in enumerate(gaps, 1) if {",", "("} & set(gap)), last)
        closed.update(range(_office_end(text, words[:last])))
        closed.update(i for i in range(last) if _is_title(text, words, i))
    if label == "ORGANISATION":
        last = next((i for i, w in enumerate(words) if w.low in swap_words("field")), last)
    own = [
        i
        for i in range(last)
        if words[i].low not in staying_words(label) and i not in closed and len(words[i].low) > 1
    ]
    if label == "PERSON" or (label == "ORGANISATION" and text[words[0].start : words[-1].end].islower()):
        return tuple(own)
    return tuple(i for i in own if words[i].text[0].isupper())
