"""Frame rules: who wins and where the prize stands, seen from a verb or a shape (table ``award_rules``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pipeline.awards.pack.macros import expand, word_start
from pipeline.lexicon import cached
from pipeline.lexicon.typed_rows import RuleRow, doc, of_table, rows

#: Frames that a pattern finds by its group ``verb``.
ClauseKind = Literal[
    "active",
    "passive",
    "given",
    "give",
    "crown",
    "received",
    "relative",
    "listing",
    "title",
    "follow",
]
#: Frames of lists inside a sentence, found by pairs of groups.
PairKind = Literal["pair", "pair_number"]
#: Frames that the structure of a text shows, without a pattern.
ReadKind = Literal["aligned", "line", "part"]
FrameKind = Literal[ClauseKind, PairKind, ReadKind]
VerbClass = Literal["win", "weak", "enter", "won", "given", "give", "crown"]
#: What in the code reads the frames of a rule without a pattern.
Reader = Literal[
    "list_line", "prizes_of_one", "rank_and_winner", "ranks_beside_names", "table_row", "winner_and_rank",
    "winner_parts",
]  # fmt: skip

#: Groups that a pattern needs, by its frame.
_GROUPS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(get_args(ClauseKind), frozenset({"verb"})),
    "pair": frozenset({"res", "rec"}),
    "pair_number": frozenset({"num", "rec"}),
}
_NO_PATTERN = re.compile("(?!)")


@of_table("award_rules")
class FrameRule(RuleRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who wins and where the prize stands, seen from a verb or a shape."""

    id: Annotated[str, doc("rule id, kept on every slot it fills")]
    meaning: Annotated[str, doc("what the rule says of a clause, in a sentence")]
    frame: Annotated[
        FrameKind,
        doc(
            "where winner and prize stand: active (the subject wins), title (so in a headline, without a "
            "verb), passive (the winner follows), received (a passive of receiving), given (the winner "
            "follows kepada), give (the subject gives, the winner follows kepada), crown (the subject gives, "
            "the object wins), relative (a list of winners behind what "
            "they won), listing (the prizes alone), follow (who came next), pair, pair_number (a "
            "rank or number and a name), aligned and line (read by the structure of a list), part "
            "(read by what the tagger takes for a winner)"
        ),
    ]
    priority: Annotated[
        int, doc("rules with lower numbers are tried first; of two that overlap the first stays")
    ]
    pattern: Annotated[
        re.Pattern[str],
        doc(
            "regular expression over the rendered sentence (lower case, one private character a mention), "
            "macros in braces, {verbs} for the row's own; group verb triggers the frame, pairs have res or "
            "num, and rec"
        ),
    ] = _NO_PATTERN
    reader: Annotated[Reader | None, doc("what reads the frame where no pattern does")] = None
    verbs: Annotated[tuple[str, ...], doc("its verbs, as words or short regular expressions")] = ()
    verb_class: Annotated[
        VerbClass | None, doc("macro that the verbs join, for all patterns that name it")
    ] = None
    strength: Annotated[
        Literal["alone", "named", "award", "shape"],
        doc(
            "what makes a win of it: alone (the verb says it), named (only with an award word, result or "
            "event; places and ranks may be anybody's), award (the pattern holds an award word, which is "
            "enough), shape (the pattern holds what is won)"
        ),
    ] = "shape"
    names_others: Annotated[
        bool, doc("whether it also tells the ranks of others beside the page's winner")
    ] = False
    by_class: Annotated[bool, doc("whether it tells who won in a class of participants (kategori kota)")] = (
        False
    )
    by_context: Annotated[
        bool, doc("whether the list or hand-over it stands in says that something was won")
    ] = False
    needs_event: Annotated[
        bool, doc("whether it is no record without a result where the page names no event")
    ] = False
    award_nouns: Annotated[
        tuple[str, ...], doc("words that name an award in its clauses, beside the usual")
    ] = ()
    feature: Annotated[
        Literal["active", "weak_verb", "list", "listing"] | None,
        doc("feature of the record that the confidence is fitted on"),
    ] = None
    covers: Annotated[tuple[str, ...], doc("patterns of the catalogue of award language that it covers")] = ()
    examples: Annotated[
        tuple[str, ...],
        doc("own sentences; [LABEL text] marks a mention, [*LABEL text] the recipient the rule must find"),
    ] = ()
    counter: Annotated[tuple[str, ...], doc("own sentences in which the rule must give no frame")] = ()

    @classmethod
    def compiled(cls, pattern: str, row: Mapping[str, Any]) -> re.Pattern[str]:
        """Return a pattern with its macros replaced, from the start of a word on."""
        return word_start(expand(pattern, {"verbs": "(?:" + "|".join(row.get("verbs", ())) + ")"}))

    def __post_init__(self) -> None:
        """Check what the frame needs.

        Raises:
            ValueError: If something is missing.
        """
        read = self.frame in get_args(ReadKind)
        if read != (self.pattern is _NO_PATTERN) or read != (self.reader is not None):
            needed = "a reader and no pattern" if read else "a pattern and no reader"
            raise ValueError(f"the frame {self.frame} needs {needed}")
        missing = _GROUPS.get(self.frame, frozenset()) - self.pattern.groupindex.keys()
        if missing:
            raise ValueError(f"the frame {self.frame} needs the group (?P<{min(missing)}>...) in its pattern")
        if bool(self.verbs) != (self.verb_class is not None):
            raise ValueError("verbs need a verb_class, and a verb_class needs verbs")
        if self.strength == "alone" and not self.verbs:
            raise ValueError(
                "a rule of strength alone needs its verbs, which the search for sentences asks for"
            )
        if not (self.examples and self.counter):
            raise ValueError("a rule that makes records needs examples and at least one counter")

    @property
    def by_verb(self) -> bool:
        """Whether a verb of winning makes the subject the winner."""
        return self.frame == "active" and self.strength in {"alone", "named"}


@cached
def frame_rules() -> tuple[FrameRule, ...]:
    """Return the frame rules, those tried first first."""
    return tuple(sorted(rows(FrameRule), key=lambda rule: (rule.priority, rule.id)))


@cached
def _by_id() -> Mapping[str, FrameRule]:
    return {rule.id: rule for rule in frame_rules()}


def frame_rule(name: str) -> FrameRule | None:
    """Return the frame rule of an id, ``None`` for ids of other rules."""
    return _by_id().get(name)


@cached
def reader_rule(reader: Reader) -> FrameRule:
    """Return the rule whose frames some code reads without a pattern.

    Raises:
        LookupError: If the table has none.
    """
    found = {rule.reader: rule for rule in frame_rules()}
    return found[reader]
