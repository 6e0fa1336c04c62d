"""What stands for the names of a gold page: drawn word by word, so that short forms and mentions follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pipeline.evaluation.made_up_names import NameDrawing
from pipeline.evaluation.swap_regions import RegionExchange, cue_of, exchange_regions, named_regions
from pipeline.evaluation.swap_surfaces import (
    Surface,
    align,
    closed_phrases,
    degrees,
    long_and_short,
    own_words,
    staying_words,
    surfaces,
)
from pipeline.evaluation.swap_text import NameWord, Words, adjacent, fold, keys, split_words, swap_words
from pipeline.lexicon import cached, lines, table_names

#: How often a name is drawn anew because the page or the lexicon has it.
_ATTEMPTS = 40
_LONGEST_ABBREVIATION = 5
#: In a name that is all in capitals only these are read as abbreviations.
_SHORT_ABBREVIATION = 3
_UNSPEAKABLE = re.compile("[^aiueo]{4}")
#: Labels in the order in which their words are drawn: a word of a person is one everywhere.
_ORDER = ("PERSON", "ORGANISATION", "AGENCY", "FACILITY", "EVENT", "WORK")
#: Before a word in lower case, they make it part of a hashtag, an account or an address.
_IN_HANDLE = frozenset("#@./")
#: Labels that are searched for regions.
_REGIONAL = frozenset(
    {"PLACE", "AGENCY", "POSITION", "ORGANISATION", "FACILITY", "EVENT", "CATEGORY", "GROUP"}
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What stands for the names of a page; all old words are folded.

    Args:
        regions: For regions.
        words: For the words of all other names.
        letters: For abbreviations, in lower case.
        names: Words that follow each other in names, with the label of the name.
        everyday: Words that are no short form of a name where they stand alone.
    """

    regions: RegionExchange = field(default_factory=RegionExchange)
    words: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[Words, str] = field(default_factory=dict)
    everyday: frozenset[str] = frozenset()


def shortened(short: str, old: Words, new: Words) -> str:
    """Return the abbreviation of new words that is made like one of old words, or an empty string.

    Example:
        >>> shortened("amh", ("anugerah", "media", "humas"), ("anugerah", "xara", "zuma"))
        'axz'
    """
    way = align(short, old)
    if len(way) * 2 < len([w for w in old if w not in swap_words("function")]):
        return ""
    made = "".join(new[k][:n] for k, n in way)
    speakable = len(short) < 5 or _UNSPEAKABLE.search(short) or not _UNSPEAKABLE.search(made)
    return made if len(made) == len(short) and speakable else ""


@cached
def known_words() -> frozenset[str]:
    """Return the words of all lexicon tables, folded: no new abbreviation may be one."""

    def texts(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from (text for item in value.values() for text in texts(item))
        elif isinstance(value, list):
            yield from (text for item in value for text in texts(item))

    rows = (row for name in table_names() for _, row in lines(name))
    return frozenset(w.low for row in rows for text in texts(row) for w in split_words(text))


def is_abbreviation(word: NameWord, surface: str) -> bool:
    """Return whether a word of a name is an abbreviation by its capitals."""
    alone = word.text == surface or any(c.islower() for c in surface)
    return word.text.isupper() and len(word.text) <= (_LONGEST_ABBREVIATION if alone else _SHORT_ABBREVIATION)


class _Draw:
    """Draws names word by word; a word has one other word on the whole page."""

    def __init__(self, text: str, drawing: NameDrawing, regions: RegionExchange) -> None:
        self.drawing = drawing
        self.regions = regions
        self.present = {w.low for w in split_words(text)}
        self.words: dict[str, str] = {}
        self.letters: dict[str, str] = {}
        self.names: dict[Words, str] = {}
        self.long: dict[Words, Words] = {}

    def own(self, surface: Surface) -> list[NameWord]:
        """Return the words of the name itself, without those of regions and of other entities inside."""
        words = split_words(surface.text)
        regional: set[int] = set()
        for i in range(len(words)):
            end, form = self.regions.at(surface.text, words, i)
            if form and (surface.label != "PERSON" or cue_of(surface.text, words, i)):
                regional.update(range(i, end))
        own = [words[i] for i in own_words(surface.text, surface.label, words) if i not in regional]
        return [w for w in own if not any(s <= w.start and w.end <= e for s, e in surface.inside)]

    def name(self, surface: Surface, short: str = "") -> None:
        """Draw what a name lacks, with an abbreviation that is made like the old one."""
        own = self.own(surface)
        mine = [w for w in own if surface.label == "PERSON" or not self._is_short(w, surface.text)]
        for run in sequences(mine, surface.text):
            self.names.setdefault(tuple(w.low for w in run), surface.label)
        known, old = dict(self.words), keys(surface.text)
        # The first words whose abbreviation fits; the very first where none does.
        for first in (*range(0, _ATTEMPTS, 4), 0):
            self.words = dict(known)
            for word in mine:
                if word.low not in self.words:
                    self.words[word.low] = self._word(surface.label, word.low, first)
            new = self._new(surface)
            made = shortened(fold(short), old, new) if short else ""
            if not made or old == new or self._fits(made):
                break
        if len(old) > 1:
            self.long[old] = new
        for word in own:
            if word not in mine:
                self.abbreviation(word.text, surface.label)
        if short:
            self.abbreviation(short, surface.label, made, same=old == new)

    def abbreviation(self, short: str, label: str, made: str = "", *, same: bool = False) -> None:
        """Draw for an abbreviation: made of a long form of the page, or of new letters.

        Args:
            short: The abbreviation.
            label: Label of the name that it is in, or is.
            made: What its own long form makes, if it has one.
            same: Whether that long form stays, and the abbreviation with it.
        """
        low = fold(short)
        staying = staying_words(label) | staying_words("ORGANISATION")
        if (
            low in self.letters
            or low in staying
            or (low,) in closed_phrases()
            or (low,) in self.regions.forms
        ):
            return
        same = same or any(old == new and shortened(low, old, new) for old, new in self.long.items())
        ways = (made, *(shortened(low, old, new) for old, new in self.long.items()))
        new = low if same else next((way for way in ways if way and self._fits(way)), "")
        for attempt in range(_ATTEMPTS if not new else 0):
            new = self.drawing.letters(low, attempt)
            if new == low or self._fits(new):
                break
        self.letters[low] = new

    def _is_short(self, word: NameWord, surface: str) -> bool:
        """Return whether a word is an abbreviation, by its capitals or by a long form of the page."""
        alone = word.text == surface and any(shortened(word.low, old, old) for old in self.long)
        return word.low in self.letters or alone or is_abbreviation(word, surface)

    def _word(self, label: str, low: str, first: int) -> str:
        taken = {fold(w) for w in self.words.values()}
        new = low
        for attempt in range(first, first + _ATTEMPTS):
            new = self.drawing.word(label, low, attempt)
            if fold(new) == low or (fold(new) not in taken and fold(new) not in self.present):
                break
        return new

    def _fits(self, made: str) -> bool:
        return made not in known_words() and made not in self.present and made not in self.letters.values()

    def _new(self, surface: Surface) -> Words:
        """Return the new words of a surface, as many as it has; a region of fewer words repeats its last."""
        words = split_words(surface.text)
        new = [fold(self.words.get(w.low, w.low)) for w in words]
        for i in range(len(words)):
            end, form = self.regions.at(surface.text, words, i)
            parts = keys(form.new("", "x")) if form else ()
            for k in range(i, end):
                new[k] = parts[min(k - i, len(parts) - 1)]
        return tuple(new)


def sequences(words: Sequence[NameWord], text: str) -> Iterator[tuple[NameWord, ...]]:
    """Yield the runs of words that are adjacent in a text."""
    cuts = [k for k, (a, b) in enumerate(pairwise(words), 1) if not adjacent(text, a, b)]
    for start, end in pairwise([0, *cuts, len(words)]):
        if start < end:
            yield tuple(words[start:end])


def draw_exchange(record: Mapping[str, Any], drawing: NameDrawing) -> Exchange:
    """Draw other names for those of a gold page.

    Args:
        record: A JSON object of a gold file.
        drawing: Where they come from.
    """
    text = str(record["text"])
    found = surfaces(record)
    awards = record.get("awards") or ()
    named = [n for s in found if s.label in _REGIONAL for n in named_regions(s.text, s.label)]
    hint = next((str(a["recipient_region_code"]) for a in awards if a.get("recipient_region_code")), "")
    draw = _Draw(text, drawing, exchange_regions(named, text, drawing, hint))
    mine = sorted(
        (s for s in found if s.label in _ORDER),
        key=lambda s: (
            s.label != "PERSON",
            len(split_words(s.text)) == 1,
            _ORDER.index(s.label),
            -len(s.text),
        ),
    )
    both = [(Surface(long, s.label), short) for s in mine for long, short in [long_and_short(s.text)]]
    both += [(Surface(a.get("event_name") or "", "EVENT"), a.get("event_abbr") or "") for a in awards]
    persons = [(s, "") for s in mine if s.label == "PERSON"]
    others = [(s, "") for s in mine if s.label != "PERSON"]
    for surface, short in (*persons, *both, *others):
        if surface.text and len(split_words(short)) <= 1:
            draw.name(surface, short)
    lower = {
        w.low for w in split_words(text) if w.text.islower() and text[w.start - 1 : w.start] not in _IN_HANDLE
    }
    return Exchange(
        draw.regions,
        {old: new for old, new in draw.words.items() if fold(new) != old},
        {old: new for old, new in draw.letters.items() if new != old},
        draw.names,
        frozenset(lower | swap_words("everyday") | degrees()),
    )
