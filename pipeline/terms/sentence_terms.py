"""The terms of one sentence while they are found, and how names are read in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.document import Mention
from pipeline.terms.phrases import WORD, read_backwards, read_name, read_quoted
from pipeline.terms.spans import BACKWARDS, closed, trimmed, without_year
from pipeline.terms.term_patterns import term_grammar
from pipeline.terms.term_rules import MentionRule, term_rule
from pipeline.trace import note

#: A sentence with more capitalised words than this share is a headline in title case.
_MOSTLY = 0.75
#: A term has so many characters.
_SHORTEST = 2


def excludes(term: Mention, other: Mention) -> bool:
    """Whether two terms cannot both stand: they overlap, and are no opinion, event and result in one."""
    both = term.kind == "opinion" and other.label == "RESULT" and other.kind == "grade"
    return other.start < term.end and term.start < other.end and not both


@dataclass(slots=True)
class SentenceTerms:
    """The terms that were found in a sentence so far.

    Args:
        text: Article text.
        start: Where the sentence starts.
        end: Where it ends.
        names: Other mentions that start in it.
        given: Terms by other finders that start in it.
        abbreviations: Rules of events by the abbreviations that count on the page.
        found: Its terms.
        blocked: Where names start that cannot be inside a term that starts before them.
    """

    text: str
    start: int
    end: int
    names: Sequence[Mention]
    given: Sequence[Mention]
    abbreviations: dict[str, str]
    found: list[Mention] = field(default_factory=list)
    blocked: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        """Collect where names start that end a term."""
        self.blocked = frozenset(m.start for m in self.names if m.label in {"PERSON", "POSITION", "DATE"})

    def add(self, start: int, end: int, rule: str, kind: str | None = None) -> bool:
        """Keep a term unless another one has its place or it cannot be one.

        Args:
            start: Where it starts; blanks and marks at its ends are left out.
            end: Where it ends.
            rule: Id of the rule that makes it.
            kind: Its finer kind, if not that of the rule.

        Returns:
            Whether it was kept.
        """
        row = term_rule(rule)
        start, end = closed(self.text, *trimmed(self.text, start, end), self.start, self.end)
        term = Mention(start, end, row.label, rule, kind=row.kind if kind is None else kind)
        if end - start < _SHORTEST or (row.label == "EVENT" and not self._may_be_event(term, row)):
            return False
        rival = next((other for other in self.found if excludes(term, other)), None)
        if rival is not None:
            if term.label != rival.label or not rival.start <= start <= end <= rival.end:
                note("other_term", (start, end), rival.rule, (rival.start, rival.end))
            return False
        self.found.append(term)
        return True

    def _may_be_event(self, term: Mention, rule: MentionRule) -> bool:
        """Whether a term is not one unknown word, nor the name of a body."""
        if not (rule.one_word or " " in self.text[term.start : term.end].strip()):
            note("one_unknown_word", (term.start, term.end), rule.id)
            return False
        rivals = set(rule.rivals)
        if rule.over_places and term_grammar("no_class").search(self.text, term.start, term.end):
            rivals -= {"PLACE"}  # "penghargaan Desa Lunas PBB Tercepat"
        for n in self.names:
            if n.start <= term.start and term.end <= n.end and n.label in rivals:
                note("name_of_other", (term.start, term.end), n.rule, (n.start, n.end))
                return False
        return True

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
