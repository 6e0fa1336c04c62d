"""Results: ranks, medals, grades and nominations."""

from __future__ import annotations

import re

from pipeline.terms.phrases import WORD, is_name_word
from pipeline.terms.sentence_terms import SentenceTerms
from pipeline.terms.term_patterns import headed_grade, term_grammar, term_rules, unsure_grade

#: Kinds of results that are places in an order.
RANKS = frozenset({"rank", "peringkat"})
_CAPITAL_BEFORE = re.compile(r"([A-Z][\w-]*) $")
#: Characters behind a rank in which another one may share its noun.
_NEAR = 30
#: Characters in which the word before a grade is looked for.
_LONGEST_WORD = 30


def find_results(terms: SentenceTerms) -> None:
    """Add ranks, medals, grades and nominations."""
    text = terms.text
    for m in headed_grade().finditer(text, terms.start, terms.end):
        # in a headline the head noun belongs to the title of the grade ("Predikat Informatif")
        start = m.start() if m.group(1) == "Predikat" else m.start(2)
        terms.add(start, m.end(), "RESULT", "RES10", "grade")
    for m in unsure_grade().finditer(text, terms.start, terms.end):
        start = m.start() if text.startswith("Predikat", m.start()) else m.start(1)
        terms.add(start, m.end(1), "RESULT", "RES12", "grade")
    for rule in term_rules():
        if rule.label == "RESULT":
            for m in rule.pattern.finditer(text, terms.start, terms.end):
                if rule.kind == "grade" and _inside_name(terms, *m.span()):
                    continue
                terms.add(*m.span(), "RESULT", rule.id, rule.kind)
                if rule.kind in RANKS:
                    _add_further_ranks(terms, m.end(), rule.kind)
    _add_ordinals(terms)


def _add_further_ranks(terms: SentenceTerms, end: int, kind: str) -> None:
    """Add ranks that share the noun of the one that ends at ``end`` ("terbaik kedua dan ketiga")."""
    for more in term_grammar("more_ranks").finditer(terms.text, end, min(terms.end, end + _NEAR)):
        if terms.text[end : more.start()].strip(" ,") in {"", "dan"}:
            terms.add(*more.span(1), "RESULT", "RES16", kind)


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


def _add_ordinals(terms: SentenceTerms) -> None:
    """Add ordinals before names, where the sentence lists winners: "pertama Agam, kedua Batu"."""
    bare = list(terms.matches("bare_ordinal"))
    listed = term_grammar("winners_listed").search(terms.text, terms.start, terms.end)
    if bare and listed and len(terms.of("RESULT", RANKS)) + len(bare) > 1:
        for m in bare:
            terms.add(*m.span(1), "RESULT", "RES16", "peringkat")
