"""Works: titles in quotation marks behind a word for a work, and in a list of what was won."""

from __future__ import annotations

from pipeline.terms.phrases import read_quoted
from pipeline.terms.sentence_terms import SentenceTerms
from pipeline.terms.term_patterns import term_grammar


def listed_works(terms: SentenceTerms) -> None:
    """Add the titles of a list behind a word for works."""
    for opener in terms.matches("works_ahead"):
        at = opener.end()
        while (quoted := read_quoted(terms.text, at, terms.end)) and terms.add(*quoted, "WRK05"):
            gap = term_grammar("item_gap").match(terms.text, quoted[1] + 1, terms.end)
            at = gap.end() if gap else terms.end


def add_work_behind(terms: SentenceTerms, at: int) -> bool:
    """Add the work that a chain of commas names behind its category ("..., Senja Kita, edisi Mei").

    Returns:
        Whether there is one.
    """
    quoted = read_quoted(terms.text, at, terms.end)
    start, end = quoted or (at, terms.read(at))
    last = end + 1 if quoted else end
    if end == start or not term_grammar("work_behind").match(terms.text, last, terms.end):
        return False
    return terms.add(start, end, "WRK04")
