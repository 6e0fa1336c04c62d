"""Where the names of a page stand, and what is written there instead."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.evaluation.gold import Span
from pipeline.evaluation.swap_exchange import Exchange
from pipeline.evaluation.swap_regions import cue_of, known_regions
from pipeline.evaluation.swap_surfaces import STAYING, own_words, staying_words, surfaces
from pipeline.evaluation.swap_text import (
    Edit,
    NameWord,
    adjacent,
    apart,
    fold,
    like,
    split_words,
    swap_words,
)

#: Labels whose names have short forms: their first word, standing alone.
_SHORTENED = frozenset({"ORGANISATION", "EVENT"})
#: Of two labels of one stretch, the first counts.
_RANKS = ("PERSON", "PLACE", "AGENCY", "ORGANISATION", "FACILITY", "EVENT")
_HANDLE = re.compile(r"[#@][\w.]+|(?<![\w.])[\w-]+(?:\.[\w-]{2,})+")
_SHORTEST_IN_HANDLE = 5
#: Shorter names inside an account's name stand behind one of these ("@pemprovntb").
_BEFORE_SHORT = ("pemprov", "pemkab", "pemkot", "pemko", "kominfo", "humas", "kab", "kota")
_LONGEST_LETTERS = 3


def mentions(record: Mapping[str, Any]) -> tuple[Span, ...]:
    """Return where names stand on a gold page: its entities, and other places that have a name's words."""
    text = str(record["text"])
    gold = {Span(e["start"], e["end"], e["label"]) for e in record.get("entities") or ()}
    limits = {(s.start, s.end) for s in gold}
    spans = set(gold)
    for surface in surfaces(record):
        pattern = re.escape(surface.text).replace(r"\ ", r"\s+")
        several = len(split_words(surface.text)) > 1
        for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE if several else 0):
            span = Span(*m.span(), surface.label)
            crossing = any(span.overlaps(g) and not (span.inside(g) or g.inside(span)) for g in gold)
            if m.span() not in limits and not crossing:
                spans.add(span)
    return tuple(sorted(spans))


def _innermost(words: Sequence[NameWord], spans: Sequence[Span]) -> list[Span | None]:
    found: list[Span | None] = [None] * len(words)
    ranks = {label: k for k, label in enumerate(_RANKS)}
    # The longest first, so that the shortest has the last word.
    for span in sorted(spans, key=lambda s: (s.start - s.end, -ranks.get(s.label, len(ranks)), s.label)):
        for i, word in enumerate(words):
            if span.start < word.end and word.start < span.end:
                found[i] = span
    return found


def _lettered(new: str, old: str) -> str:
    """Return new letters in the capitals of the old."""
    if len(new) == len(old):
        return "".join(n.upper() if o.isupper() else n for n, o in zip(new, old, strict=True))
    return like(new.capitalize(), old)


class _Finder:
    """Finds the edits of one text."""

    def __init__(self, text: str, spans: Sequence[Span], exchange: Exchange) -> None:
        self.text = text
        self.exchange = exchange
        self.words = split_words(text)
        names = exchange.names
        self.pairs = {run[k : k + 2] for run in names for k in range(len(run) - 1)}
        self.firsts = {run[0] for run, label in names.items() if label in _SHORTENED}
        self.persons = {w for run, label in names.items() if label == "PERSON" for w in run}
        self.inner = _innermost(self.words, spans)
        self.own = self._own()
        self.others = self._other_regions()

    def edits(self) -> Iterator[Edit]:
        """Yield the edits, word by word; of a region's name, all at once."""
        i = 0
        while i < len(self.words):
            word = self.words[i]
            end, new = self._region(i)
            if new:
                yield Edit(word.start, self.words[end - 1].end, new)
            else:
                new = self._new(i)
                end = i + 1
                if new:
                    yield Edit(word.start, word.end, new)
            i = end

    def _label(self, i: int) -> str:
        span = self.inner[i]
        return span.label if span else ""

    def _own(self) -> set[int]:
        """Return the words that make up a name where it is one by its place."""
        of_span: defaultdict[Span, list[int]] = defaultdict(list)
        for i, span in enumerate(self.inner):
            if span is not None:
                of_span[span].append(i)
        own: set[int] = set()
        for span, places in of_span.items():
            own.update(places[k] for k in own_words(self.text, span.label, [self.words[i] for i in places]))
            if span.label in STAYING:
                # A name in lower case is one where its twin in capitals has been exchanged.
                own.update(i for i in places if self._in_name(i))
        return own

    def _other_regions(self) -> set[int]:
        """Return the words of regions that stay: "Lampung" in "Bandar Lampung"."""
        found: set[int] = set()
        for i in range(len(self.words)):
            end = known_regions(self.text, self.words, i)
            if (
                end > i + 1
                and self.words[i].text[0].isupper()
                and self.exchange.regions.at(self.text, self.words, i)[0] < end
            ):
                found.update(range(i, end))
        return found

    def _region(self, i: int) -> tuple[int, str]:
        end, form = self.exchange.regions.at(self.text, self.words, i)
        if form is None or i in self.others:
            return i, ""
        cue, label = cue_of(self.text, self.words, i), self._label(i)
        key = tuple(w.low for w in self.words[i:end])
        written = self.text[self.words[i].start : self.words[end - 1].end]
        doubtful = (label == "PERSON" and not cue) or (
            len(key) == 1 and cue not in form.by_kind and self._is_common(key[0])
        )
        small = written.islower() and len(key) > 1 and key[0] not in swap_words("function")
        clear = label == "PLACE" or written[0].isupper() or small
        return (end, form.new(cue, written)) if clear and (label == "PLACE" or not doubtful) else (i, "")

    def _is_common(self, low: str) -> bool:
        regions = self.exchange.regions
        return regions.needs_cue((low,)) or (regions.is_small((low,)) and low in self.exchange.everyday)

    def _in_name(self, i: int, *, everyday: bool = True) -> bool:
        """Return whether word ``i`` stands beside another of one name; ``everyday``: even if both are."""
        return any(
            a >= 0
            and b < len(self.words)
            and (self.words[a].low, self.words[b].low) in self.pairs
            and (everyday or not {self.words[a].low, self.words[b].low} <= self.exchange.everyday)
            and adjacent(self.text, self.words[a], self.words[b])
            for a, b in ((i - 1, i), (i, i + 1))
        )

    def _new(self, i: int) -> str:
        """Return what stands for word ``i``, or an empty string."""
        word, label = self.words[i], self._label(i)
        letters = self.exchange.letters.get(word.low)
        if (
            letters
            and label not in {"PERSON", "AGENCY"}
            and (word.text.isupper() or len(word.low) > _LONGEST_LETTERS)
        ):
            return _lettered(letters, word.text)
        new = self.exchange.words.get(word.low)
        return like(new, word.text) if new and (i in self.own or self._follows(i)) else ""

    def _follows(self, i: int) -> bool:
        """Return whether a word outside the names is one in short, or part of one inside another name."""
        word, label = self.words[i], self._label(i)
        if not word.text[0].isupper() or label in {"PERSON", "DATE"}:
            return False
        if self._in_name(i, everyday=False):
            return True
        common = word.low in self.exchange.everyday or word.low in staying_words(label)
        if label == "AGENCY" or common or len(word.low) < 3:
            return False
        whole = (word.low,) in self.exchange.names
        return whole or word.low in self.persons or (not label and word.low in self.firsts and self._alone(i))

    def _alone(self, i: int) -> bool:
        """Return whether no other capital follows word ``i``."""
        after = self.words[i + 1 : i + 2]
        return not after or not after[0].text[0].isupper() or not adjacent(self.text, self.words[i], after[0])


def _joined(name: str) -> str:
    return "".join(word.text for word in split_words(name))


def _handle_edits(text: str, exchange: Exchange) -> Iterator[Edit]:
    """Yield edits inside hashtags, accounts and addresses, where names stand without spaces."""
    squeezed = {"".join(key): _joined(form.new("", "Xx")) for key, form in exchange.regions.forms.items()}
    persons = {w for run, label in exchange.names.items() if label == "PERSON" for w in run}
    for run in (*exchange.names, *((w,) for w in persons)):
        if all(w in exchange.words for w in run):
            squeezed["".join(run)] = "".join(exchange.words[w] for w in run)
    squeezed |= exchange.letters
    behind = "|".join(f"(?<={word})" for word in _BEFORE_SHORT)

    def pattern_of(name: str) -> str:
        if len(name) >= _SHORTEST_IN_HANDLE:
            return re.escape(name)
        return (
            rf"(?<![a-z]){name}" if name in persons else rf"(?:{behind}|(?<![a-z])){re.escape(name)}(?![a-z])"
        )

    found = sorted(squeezed, key=lambda s: (-len(s), s))
    pattern = re.compile("|".join(map(pattern_of, found)), re.IGNORECASE | re.ASCII)
    for handle in _HANDLE.finditer(text) if found else ():
        for m in pattern.finditer(text, *handle.span()):
            yield Edit(*m.span(), like(squeezed[fold(m[0])], m[0]))


def find_edits(text: str, spans: Sequence[Span], exchange: Exchange) -> tuple[Edit, ...]:
    """Return what changes in a text.

    Args:
        text: A page, or a surface that the page does not have.
        spans: Its names.
        exchange: What stands for them.
    """
    found = tuple(_Finder(text, spans, exchange).edits())
    inside = (
        e
        for e in _handle_edits(text, exchange)
        if not any(e.start < f.end and f.start < e.end for f in found)
    )
    return apart((*found, *inside))
