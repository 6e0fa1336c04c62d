"""Rules that make terms, as data classes: what the code asks of a rule stands on its row.

Rules are tried by their priority, and of two terms that overlap the one that was found first stays: which
rule wins is a number on its row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

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
BODIES: tuple[Body, ...] = get_args(Body)
#: What finds the terms of rules without a pattern, by the function's name; ``page`` looks at all terms of a
#: page, ``given`` takes those of other finders.
Reader = Literal[
    "behind_results", "cued_categories", "cued_events", "dated_events", "fields", "given", "headed_grades",
    "honours", "known_categories", "known_events", "listed_awards", "listed_works", "ordinals", "page",
    "prizes", "titles", "won_categories",
]  # fmt: skip


class MentionRule(RuleRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule that makes terms."""

    id: Annotated[str, doc("rule id, kept on the mention")]
    meaning: Annotated[str, doc("why it is one, in a sentence")]
    priority: Annotated[int, doc("lower ones are tried first; of two terms that overlap the first stays")]
    label: Annotated[TermLabel, doc("label of the term")] = "EVENT"
    kind: Annotated[TermKind, doc("finer kind of the term; empty where its words decide it")] = ""
    one_word: Annotated[bool, doc("of events: whether one word is enough")] = False
    rivals: Annotated[tuple[Body, ...], doc("of events: labels of mentions that it never is in")] = BODIES
    over_places: Annotated[bool, doc("of events: a place is no rival of a title of honour")] = False
    without_event: Annotated[str, doc("of categories: rule of the event that it is without another")] = ""
    names_award: Annotated[bool, doc("of categories: its words alone say that an award is meant")] = False
    cued: Annotated[bool, doc("of categories: the word kategori or the like stands before it")] = False
    unless_cued: Annotated[bool, doc("of categories: gives way to one with the word kategori")] = False
    maybe_winner: Annotated[bool, doc("of categories: may be the winner on a line below a contest")] = False
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
    pattern: Annotated[Guarded | None, doc("regular expression without case; its group is the term")] = None
    reader: Annotated[Reader | None, doc("what in the code finds it, with all rules of one reader")] = None

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

    position: Annotated[Literal["first", "last"], doc("where the word stands in the name")]
    kind: Annotated[EventKind, doc("what kind of event it names")]
    words: Annotated[tuple[str, ...], doc("head words as written in a name")]
    addition: Annotated[bool, doc("whether a name with an award word of its own goes without it")] = False
    one_word: Annotated[bool, doc("whether one word is enough")] = True
    rivals: Annotated[tuple[Body, ...], doc("labels of mentions that it is never inside of")] = ("AGENCY",)

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
    return next(rule for rule in term_rules() if rule.reader == "known_events")


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
