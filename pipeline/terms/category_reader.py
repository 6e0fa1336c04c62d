"""Reading one category, or a list of them, from where it starts."""

from __future__ import annotations

import re

from pipeline.terms.find_works import add_work_behind
from pipeline.terms.groups import opens_group, read_group
from pipeline.terms.known import category_names
from pipeline.terms.phrases import bracket_after, read_plain, read_quoted
from pipeline.terms.sentence_terms import SentenceTerms
from pipeline.terms.term_patterns import term_grammar

#: The longest end of a name that shows that an award's name has begun in a category's.
_AWARD_WORD = 16
#: Characters in which a known category is looked for.
_LONGEST_KNOWN = 90
#: Words of a category in lower case.
_PLAIN_WORDS = 4
_CAPITAL_NEXT = re.compile(r" [A-Z]")
#: A conjunction at the end of a name that was cut off.
_JOINT = re.compile(r"[ ,]+(?:dan|serta|&)\s*$")


def cut(text: str, at: int, end: int) -> int:
    """Return the end of a name at ``at`` that another one cuts off at ``end``."""
    joint = _JOINT.search(text, at, end)
    return joint.start() if joint else end


def add_category(terms: SentenceTerms, start: int, rule: str) -> int:
    """Add the category whose name starts at ``start``; return its end, or ``start`` if there is none."""
    text = terms.text
    quoted = read_quoted(text, start, terms.end)
    if quoted:
        return quoted[1] + 1 if terms.add(*quoted, rule) else start
    if start >= terms.end:
        return start
    group = opens_group(text, start, terms.end)
    end, kind = read_group(terms, start) if group else (_read_category(terms, start), "")
    return end if end > start and terms.add(start, end, rule, kind) else start


def _read_category(terms: SentenceTerms, start: int) -> int:
    """Return the end of the category at ``start``, which is no class of participants."""
    text = terms.text
    end = known_category_end(terms, start) or terms.read(start)
    if end == start:
        end = read_plain(text, start, terms.end, _PLAIN_WORDS)
    results = [f.start for f in terms.of("RESULT") if start < f.start < end]
    end = cut(text, start, min(results, default=end))
    for pattern in (term_grammar("event_inside"), term_grammar("next_best")):
        other = pattern.search(text, start, min(terms.end, end + _AWARD_WORD))
        end = min(end, other.start()) if other else end
    return terms.sub_behind(end)


def known_category_end(terms: SentenceTerms, start: int) -> int:
    """Return the end of the lexicon's category that starts at ``start``, with its bracket; else 0."""
    text = terms.text
    for at, end, _key in category_names().find(text[start : min(terms.end, start + _LONGEST_KNOWN)]):
        if at == 0:
            full = bracket_after(text, start + end, terms.end)
            # a longer name than the lexicon knows wins ("Media Sosial Kementerian")
            if full > start + end or not _CAPITAL_NEXT.match(text[full : full + 2]):
                return full
    return 0


def add_categories(terms: SentenceTerms, start: int, rule: str) -> None:
    """Add the categories of the list that starts at ``start``."""
    text = terms.text
    at = start
    while (end := add_category(terms, at, rule)) != at:
        gap = term_grammar("item_gap").match(text, end, terms.end)
        if not gap:
            return
        at = gap.end()
        opening = text[at : at + 1]
        if not (opening.isupper() or opening in "“\"'‘"):
            return
        if add_work_behind(terms, at) or _next_subject(terms, at):
            return


def _next_subject(terms: SentenceTerms, at: int) -> bool:
    """Whether what stands at ``at`` is the subject of the next clause ("..., Ditjen A meraih ...")."""
    if terms.named_at(at, {"AGENCY", "ORGANISATION"}):
        return True
    end = terms.read(at)
    return end > at and bool(term_grammar("subject_verb").match(terms.text, end, terms.end))
