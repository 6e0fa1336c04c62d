"""Categories: behind the word for one, in lists, fields of a contest, known ones, and beside a result."""

from __future__ import annotations

import re

from pipeline.terms.category_reader import add_categories, known_category_end
from pipeline.terms.find_results import RANKS
from pipeline.terms.groups import opens_group
from pipeline.terms.known import category_names, event_parts
from pipeline.terms.phrases import bracket_after, read_name, read_plain
from pipeline.terms.sentence_terms import SentenceTerms
from pipeline.terms.spans import without_year
from pipeline.terms.surfaces import lower
from pipeline.terms.term_patterns import term_grammar

#: Words of a field in lower case.
_PLAIN_WORDS = 3
#: Characters between a result and the field of the contest behind it.
_NEAR = 12
#: A known category is longer, in characters.
_SHORTEST_KNOWN = 8
#: A category behind a result is longer.
_SHORTEST = 3
#: A title of honour has more words than this.
_TITLE_WORDS = 1
#: Kinds of results behind which the name of their category may stand right away.
_NAMED = RANKS | {"medal", "special"}
#: Kinds of results behind which fields are listed.
_LISTED = frozenset({"medal", "rank"})


def cued_categories(terms: SentenceTerms) -> None:
    """Add names behind the word for a category, one or a list."""
    for m in terms.matches("category_cue"):
        if not (m.group().lower().startswith("sub") and _add_sub_category(terms, m)):
            _add_behind_cue(terms, m)


def listed_awards(terms: SentenceTerms) -> None:
    """Add the categories of lists behind an event or a word for awards."""
    text = terms.text
    for event in terms.of("EVENT"):
        opener = term_grammar("event_list").match(text, event.end, terms.end)
        # "Proklim 2022, yakni Desa A dan Desa B": who won it
        if opener and not any(n.start == opener.end() and n.label != "POSITION" for n in terms.names):
            add_categories(terms, opener.end(), "CAT03")
    for m in terms.matches("award_list"):
        cue = term_grammar("category_cue").match(m.group())
        if cue and _points_back(terms, m.start(), m.group()[cue.end() :]):
            continue
        if text[m.end() : m.end() + 1].isupper():
            add_categories(terms, m.end(), "CAT03")


def _add_behind_cue(terms: SentenceTerms, cue: re.Match[str]) -> None:
    """Add the categories behind the word for one."""
    text, end = terms.text, cue.end()
    opener = term_grammar("list_opener").match(text, end, terms.end)
    if opener and _points_back(terms, cue.start(), opener.group()):
        return
    if opener and _opens_list(terms, opener):
        add_categories(terms, opener.end(), "CAT02")
    elif text[end : end + 1] in " :":
        at = end + (2 if text[end : end + 2] in {": ", " :"} else 1)
        if not term_grammar("no_category").match(text[at : at + 12]):
            add_categories(terms, at, "CAT01")


def _opens_list(terms: SentenceTerms, opener: re.Match[str]) -> bool:
    """Whether a list of categories follows: behind a bare comma only a capital opens one."""
    if not term_grammar("comma_opener").fullmatch(opener.group()):
        return True
    # "di empat dari lima kategori, Desa A ...": the subject, no class of villages
    return terms.text[opener.end() : opener.end() + 1].isupper() and not any(
        n.start == opener.end() and n.label != "DATE" for n in terms.names
    )


def _points_back(terms: SentenceTerms, at: int, opener: str) -> bool:
    """Whether the winner follows, no list ("juara dalam kategori itu adalah X"): unless many are meant.

    Args:
        terms: The terms so far.
        at: Where the word for a category starts.
        opener: What stands between it and the name.
    """
    back = term_grammar("that_category").fullmatch(opener)
    return back is not None and not term_grammar("many_before").search(terms.text, terms.start, at)


def _add_sub_category(terms: SentenceTerms, cue: re.Match[str]) -> bool:
    """Join "A sub kategori B" into one category; return whether there is an A."""
    limit = max((f.end for f in terms.found if f.end <= cue.start()), default=terms.start)
    start = max(terms.read_back(cue.start()), limit)
    end = terms.read(cue.end() + 1)
    return start < cue.start() - 3 and end > cue.end() + 1 and terms.add(start, end, "CAT09")


def fields(terms: SentenceTerms) -> None:
    """Add the field of a contest ("medali emas bidang Biologi"): only right behind a result."""
    text = terms.text
    for m in terms.matches("field_cue"):
        at = m.end() + 1
        near = any(0 <= m.start() - r.end <= _NEAR for r in terms.of("RESULT"))
        listed = m.group() == "bidang" and any(r.end <= m.start() for r in terms.of("RESULT", _LISTED))
        if near or (listed and text[at : at + 1].isupper()):
            end = terms.read(at)
            if end == at and near and term_grammar("plain_field").match(text, m.start(), terms.end):
                end = read_plain(text, at, terms.end, _PLAIN_WORDS)  # "cabang olahraga sepak bola putra"
            if end > at:
                terms.add(at if m.group().lower() != "kelas" else m.start(), end, "CAT04")


def known_categories(terms: SentenceTerms) -> None:
    """Add categories of the lexicon, in sentences that speak of an award."""
    if not any(m.label in {"EVENT", "RESULT", "CATEGORY"} for m in terms.found):
        return
    text = terms.text
    for first, last, _key in category_names().find(text[terms.start : terms.end]):
        start, end = first + terms.start, last + terms.start
        if (
            text[start].isupper()
            and end - start > _SHORTEST_KNOWN
            and lower(text[start:end]) not in event_parts()
            and not opens_group(text, start, end)
        ):
            terms.add(start, bracket_after(text, end, terms.end), "CAT05")


def won_categories(terms: SentenceTerms) -> None:
    """Add English categories behind a verb ("meraih Best Use of Video")."""
    for m in terms.matches("won_cue"):
        add_categories(terms, m.end(), "CAT10")


def titles(terms: SentenceTerms) -> None:
    """Add titles of honour ("gelar Bapak Koperasi")."""
    for m in terms.matches("title_cue"):
        # the words of a title look like an office or a name themselves ("Kepala Daerah Pendukung ...")
        start, end = without_year(terms.text, m.end(), read_name(terms.text, m.end(), terms.end))
        if len(terms.text[start:end].split()) > _TITLE_WORDS:
            terms.add(start, end, "CAT11")


def behind_results(terms: SentenceTerms) -> None:
    """Add the name right behind a rank or medal as its category ("Bronze Winner Insan PR")."""
    text = terms.text
    # where a sentence tells two ranks at least, the names behind them are winners
    ranking = len({lower(text[m.start : m.end]) for m in terms.of("RESULT", RANKS)}) > 1
    for result in terms.of("RESULT", _NAMED):
        gap = term_grammar("after_result").match(text, result.end, terms.end)
        if gap is None or terms.named_at(gap.end(), {"AGENCY", "ORGANISATION", "PERSON", "PLACE"}):
            continue
        start, end = without_year(text, gap.end(), terms.read_with_sub(gap.end()))
        listed = ranking and result.kind in RANKS and gap.group() == " "
        if end - start > _SHORTEST and not (listed and not known_category_end(terms, start)):
            kind = "group" if opens_group(text, start, end) else ""
            terms.add(start, end, "CAT07", kind)
