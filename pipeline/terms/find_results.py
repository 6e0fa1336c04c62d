"""Results: ranks, medals, grades and nominations."""

from __future__ import annotations

import re

from pipeline.terms.phrases import WORD, is_name_word
from pipeline.terms.sentence_terms import SentenceTerms
from pipeline.terms.term_patterns import headed_grade, term_grammar, unsure_grade
from pipeline.terms.term_rules import TermRule

#: Kinds of results that are places in an order.
RANKS = frozenset({"rank", "peringkat"})
_CAPITAL_BEFORE = re.compile(r"([A-Z][\w-]*) $")
#: Characters behind a rank in which another one may share its noun.
_NEAR = 30
#: Characters in which the word before a grade is looked for.
_LONGEST_WORD = 30


def by_pattern(terms: SentenceTerms, rule: TermRule) -> None:
    """Add what the pattern of a rule finds."""
    if rule.pattern is None:
        return
    group = min(rule.pattern.groups, 1)
    for m in rule.pattern.finditer(terms.text, terms.start, terms.end):
        if rule.kind == "grade" and _inside_name(terms, *m.span()):
            continue
        terms.add(*m.span(group), rule.id)
        if rule.kind in RANKS:
            _add_further_ranks(terms, m.end(), rule.kind)


def headed_grades(terms: SentenceTerms) -> None:
    """Add grades behind a head noun ("predikat Baik")."""
    for pattern, rule in ((headed_grade(), "RES10"), (unsure_grade(), "RES12")):
        for m in pattern.finditer(terms.text, terms.start, terms.end):
            # in a headline the head noun belongs to the title of the grade ("Predikat Informatif")
            titled = terms.text.startswith("Predikat", m.start())
            terms.add(m.start() if titled else m.start(2), m.end(2), rule)


def _add_further_ranks(terms: SentenceTerms, end: int, kind: str) -> None:
    """Add ranks that share the noun of the one that ends at ``end`` ("terbaik kedua dan ketiga")."""
    for more in term_grammar("more_ranks").finditer(terms.text, end, min(terms.end, end + _NEAR)):
        if terms.text[end : more.start()].strip(" ,") in {"", "dan"}:
            terms.add(*more.span(1), "RES16", kind)


def _inside_name(terms: SentenceTerms, start: int, end: int) -> bool:
    """Whether a grade word stands in the middle of a name ("Praja Anindita Mahottama")."""
    text = terms.text
    if not text[start].isupper() or terms.in_capitals():
        return False
    before = _CAPITAL_BEFORE.search(text, max(terms.start, start - _LONGEST_WORD), start)
    after = WORD.match(text, end + 1, terms.end) if text[end : end + 1] == " " else None
    return (
        before is not None
        and is_name_word(before.group(1))
        and after is not None
        and is_name_word(after.group())
    )


def ordinals(terms: SentenceTerms) -> None:
    """Add ordinals before names, where the sentence lists winners: "pertama Agam, kedua Batu"."""
    bare = list(terms.matches("bare_ordinal"))
    listed = term_grammar("winners_listed").search(terms.text, terms.start, terms.end)
    if bare and listed and len(terms.of("RESULT", RANKS)) + len(bare) > 1:
        for m in bare:
            terms.add(*m.span(1), "RES16")
