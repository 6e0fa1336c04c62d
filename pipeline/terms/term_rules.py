"""Rules that make terms, as data classes: what the code asks of a rule stands on its row.

Rules are tried by their priority, and of two terms that overlap the one that was found first stays: which
rule wins is a number on its row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pipeline.document import Mention
from pipeline.lexicon import cached
from pipeline.lexicon.typed_rows import RuleRow, doc, of_table, rows
from pipeline.patterns.required_literals import Guarded
from pipeline.terms.known import EventKind, events_by_id
from pipeline.terms.phrases import is_name_word
from pipeline.terms.term_macros import expand, spaced

TermLabel = Literal["EVENT", "CATEGORY", "RESULT", "WORK"]
#: Finer kinds of terms; empty where the words of the term decide it later.
TermKind = Literal[
    "", EventKind, "group", "grade", "juara", "medal", "nominated", "overall", "peringkat", "rank", "special",
    "star", "top", "named", "quoted",
]  # fmt: skip
Body = Literal["AGENCY", "ORGANISATION", "PLACE", "PERSON", "POSITION"]
#: What in the code finds the terms of rules that have no pattern; ``page`` looks at all of a page's terms,
#: ``given`` takes those of other finders.
Reader = Literal[
    "award_list", "behind_result", "category_cue", "event_cue", "field", "given", "grade_head", "honour",
    "known_category", "known_event", "ordinal", "page", "prize", "title", "won", "work_list", "year",
]  # fmt: skip


class MentionRule(RuleRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule that makes terms."""

    id: Annotated[str, doc("rule id, kept on the mention")]
    meaning: Annotated[str, doc("why it is one, in a sentence")]
    priority: Annotated[
        int, doc("rules with lower numbers are tried first; of two terms that overlap the first stays")
    ]
    label: Annotated[TermLabel, doc("label of the term")] = "EVENT"
    kind: Annotated[TermKind, doc("finer kind of the term; empty where its words decide it")] = ""
    one_word: Annotated[bool, doc("of events: whether one word is enough")] = False
    rivals: Annotated[
        tuple[Body, ...], doc("of events: labels of other mentions that such a term is never inside of")
    ] = ("AGENCY", "ORGANISATION", "PLACE", "PERSON", "POSITION")
    over_places: Annotated[
        bool, doc("of events: whether a place around it is no rival where it is a title of honour")
    ] = False
    without_event: Annotated[
        str, doc("of categories: id of the rule that makes it an event where the page names none")
    ] = ""
    names_award: Annotated[bool, doc("of categories: whether its words alone say that an award is meant")] = (
        False
    )
    cued: Annotated[bool, doc("of categories: whether the word kategori or the like stands before it")] = (
        False
    )
    unless_cued: Annotated[
        bool, doc("of categories: whether it gives way where a clause has one with the word kategori")
    ] = False
    maybe_winner: Annotated[
        bool, doc("of categories: whether it may be the winner's name on a line below a contest")
    ] = False
    examples: Annotated[tuple[str, ...], doc("own phrases; [brackets] mark what the rule finds")]
    counter: Annotated[tuple[str, ...], doc("own phrases in which the rule finds nothing")]

    def __post_init__(self) -> None:
        """Check that the rule can be tried.

        Raises:
            ValueError: If it has no example or no counter-example.
        """
        if not (self.examples and self.counter):
            raise ValueError("a rule that makes terms needs examples and at least one counter")


@of_table("term_rules")
class TermRule(MentionRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule that finds terms by a pattern, or in code by what stands around them."""

    label: Annotated[TermLabel, doc("label of the term")]
    pattern: Annotated[
        Guarded | None,
        doc("regular expression, capitals do not matter, macros in braces; its group, if any, is the term"),
    ] = None
    reader: Annotated[
        Reader | None,
        doc("what in the code finds it where no pattern does; rules of one reader are tried with the first"),
    ] = None

    @classmethod
    def compiled(cls, pattern: str, _row: Mapping[str, Any]) -> Guarded:
        """Return a pattern with its macros replaced, from the start of a word on."""
        return Guarded(re.compile(spaced(rf"(?<!\w)(?:{expand(pattern)})"), re.IGNORECASE))

    def __post_init__(self) -> None:
        """Check that something finds its terms.

        Raises:
            ValueError: If there is neither pattern nor reader, or both, or nothing to try it on.
        """
        MentionRule.__post_init__(self)
        if (self.pattern is None) == (self.reader is None):
            raise ValueError("a rule needs a pattern or a reader, and not both")


@of_table("event_heads")
class EventHead(MentionRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Head nouns of events: the name around one is an event that no table needs to know."""

    position: Annotated[
        Literal["first", "last"], doc("first: the name starts with the word; last: it ends with it")
    ]
    kind: Annotated[EventKind, doc("what kind of event it names")]
    words: Annotated[tuple[str, ...], doc("head words as written in a name")]
    addition: Annotated[
        bool, doc("whether the word is no part of a name that has an award word of its own")
    ] = False
    one_word: Annotated[bool, doc("whether one word is enough")] = True
    rivals: Annotated[
        tuple[Body, ...], doc("labels of other mentions that such a term is never inside of")
    ] = ("AGENCY",)

    def __post_init__(self) -> None:
        """Check that names can start with the words.

        Raises:
            ValueError: If one is a word that ends names.
        """
        MentionRule.__post_init__(self)
        for word in self.words if self.position == "first" else ():
            if not is_name_word(word.split()[0]):
                raise ValueError(f"no name starts with the stop word {word.split()[0]!r}")


@cached
def term_rules() -> tuple[TermRule, ...]:
    """Return the rules of the table ``term_rules``, those tried first first."""
    return tuple(sorted(rows(TermRule), key=lambda rule: (rule.priority, rule.id)))


@cached
def _by_id() -> Mapping[str, MentionRule]:
    return {rule.id: rule for rule in (*term_rules(), *rows(EventHead))}


@cached
def _known_event() -> MentionRule:
    return next(rule for rule in term_rules() if rule.reader == "known_event")


def term_rule(name: str) -> MentionRule:
    """Return the rule of an id that a term carries; events of the lexicon share one.

    Args:
        name: Id of a row of ``term_rules``, ``event_heads`` or ``events``.

    Raises:
        KeyError: If no row has it.
    """
    return _known_event() if name in events_by_id() else _by_id()[name]


#: What is known of terms that no rule of this stage made: those of gold, of a list's heading.
_NO_RULE = MentionRule(id="", meaning="", priority=0, examples=("",), counter=("",))


def traits(mention: Mention) -> MentionRule:
    """Return the rule that made a term, for what its row says of the term; a plain one for other terms.

    Args:
        mention: Any mention.
    """
    return _by_id().get(mention.rule, _NO_RULE)
