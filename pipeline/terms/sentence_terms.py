"""The terms of one sentence while they are found, and how names are read in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.document import Mention
from pipeline.terms.phrases import WORD, read_backwards, read_name, read_quoted
from pipeline.terms.spans import BACKWARDS, closed, trimmed, without_year
from pipeline.terms.term_patterns import term_grammar

#: A sentence with more capitalised words than this share is a headline in title case.
_MOSTLY = 0.75
_BODIES = frozenset({"AGENCY", "ORGANISATION", "PLACE", "PERSON", "POSITION"})


@dataclass(slots=True)
class SentenceTerms:
    """The terms that were found in a sentence so far.

    Args:
        text: Article text.
        start: Where the sentence starts.
        end: Where it ends.
        names: Other mentions that start in it.
        abbreviations: Rules of events by the abbreviations that count on the page.
        found: Its terms.
        blocked: Where names start that cannot be inside a term that starts before them.
    """

    text: str
    start: int
    end: int
    names: Sequence[Mention]
    abbreviations: dict[str, str]
    found: list[Mention] = field(default_factory=list)
    blocked: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        """Collect where names start that end a term."""
        self.blocked = frozenset(m.start for m in self.names if m.label in {"PERSON", "POSITION", "DATE"})

    def add(self, start: int, end: int, label: str, rule: str, kind: str = "") -> bool:
        """Keep a term unless another one has its place or it cannot be one; return whether it was kept."""
        start, end = closed(self.text, *trimmed(self.text, start, end), self.start, self.end)
        if end - start < 2 or (label == "EVENT" and not self._may_be_event(start, end, rule)):
            return False
        opinion = label == "EVENT" and kind == "opinion"
        for m in self.found:
            # an audit opinion is event and result in one
            both = opinion and m.label == "RESULT" and m.kind == "grade"
            if m.start < end and start < m.end and not both:
                return False
        self.found.append(Mention(start, end, label, rule, kind=kind))
        return True

    def _may_be_event(self, start: int, end: int, rule: str) -> bool:
        """Whether a span is not one unknown word, nor the name of a body."""
        known = rule[2:].isdigit()
        dated = rule == "EVT06"  # a rank before it and a year behind say that it is one
        if " " not in self.text[start:end].strip() and not (known or dated):
            return False
        # an agency that shares its name with an award; of other bodies only where the award is unknown
        bodies = frozenset({"AGENCY"}) if known else _BODIES
        if rule == "EVT02" and term_grammar("no_class").search(self.text, start, end):
            bodies -= {"PLACE"}  # "penghargaan Desa Lunas PBB Tercepat"
        return not any(n.start <= start and end <= n.end and n.label in bodies for n in self.names)

    def of(self, label: str, kinds: Collection[str] | None = None) -> list[Mention]:
        """Return the terms of a label so far, of some kinds only if they are given."""
        return [m for m in self.found if m.label == label and (kinds is None or m.kind in kinds)]

    def named_at(self, start: int, labels: Collection[str]) -> bool:
        """Whether another mention of one of some labels starts at ``start``."""
        return any(n.start == start and n.label in labels for n in self.names)

    def matches(self, pattern: str) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern of ``term_grammar`` in the sentence."""
        return term_grammar(pattern).finditer(self.text, self.start, self.end)

    def read(self, at: int) -> int:
        """Return the end of the name that starts at ``at``."""
        return read_name(self.text, at, self.end, self.blocked)

    def read_with_sub(self, at: int) -> int:
        """Return the end of the name that starts at ``at``, with the sub-category behind it."""
        return self.sub_behind(self.read(at))

    def sub_behind(self, end: int) -> int:
        """Return the end of a category's name that ends at ``end``, with the sub-category behind it."""
        sub = term_grammar("sub").match(self.text, end, self.end)
        return max(end, self.read(sub.end())) if sub else end

    def read_back(self, at: int) -> int:
        """Return where the name starts whose last word is at ``at``."""
        return read_backwards(self.text, at, max(self.start, at - BACKWARDS))

    def name(self, at: int) -> tuple[int, int]:
        """Return the span of the name at ``at``, without its year."""
        return without_year(self.text, at, self.read(at))

    def quoted_or_name(self, at: int, first: int | None = None) -> tuple[int, int]:
        """Return the span in quotation marks at ``at``, else of the name there, from ``first`` on."""
        quoted = read_quoted(self.text, at, self.end)
        return without_year(self.text, *(quoted or (at if first is None else first, self.read(at))))

    def in_capitals(self) -> bool:
        """Whether the sentence is a headline in title case, where capitals say nothing."""
        words = [w.group() for w in WORD.finditer(self.text, self.start, self.end) if w.group()[0].isalpha()]
        return sum(w[0].isupper() for w in words) > _MOSTLY * len(words)
