"""Groups: classes of participants that a category may name ("kategori kabupaten/kota")."""

from __future__ import annotations

from pipeline.terms.phrases import WORD, read_plain
from pipeline.terms.sentence_terms import SentenceTerms
from pipeline.terms.term_patterns import term_grammar

#: Words of a class in lower case.
_PLAIN_WORDS = 4
#: Behind a class: goes on to what its best member is.
_AS = " Sebagai "


def opens_group(text: str, start: int, end: int) -> bool:
    """Whether the name of a class of participants opens at ``start``."""
    return term_grammar("group").match(text, start, end) is not None


def group_kind(text: str, start: int, end: int) -> str:
    """Return the kind of a category that opens like a class: none for a title ("Kota Layak Anak")."""
    return "" if term_grammar("no_class").search(text, start, end) else "group"


def read_group(terms: SentenceTerms, start: int) -> tuple[int, str]:
    """Return end and kind of the category at ``start`` that opens like a class of participants."""
    text = terms.text
    upper = text[start].isupper()
    end = terms.read(start) if upper else read_plain(text, start, terms.end, _PLAIN_WORDS)
    while text[end : end + 1] == "/" and end + 1 < terms.end:  # "Provinsi/Kabupaten/Kota"
        match = WORD.match(text, end + 1, terms.end)
        if not match:
            break
        end = match.end()
    if text.startswith(_AS, end):
        # "Pemerintah Provinsi Sebagai Pembina Terbaik" names a category, not a class
        return terms.read(end + len(_AS)), ""
    return end, group_kind(text, start, end)
