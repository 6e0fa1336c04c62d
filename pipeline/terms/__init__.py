"""Terms of award news: events, categories, groups, results and works, by the lexicon and by grammar.

``find_terms`` is the finder, beside that of names (:mod:`pipeline.entities`); ``type_term`` gives a term its
finer kind. Both are pure functions.
"""

from __future__ import annotations

from pipeline.terms.known import known_event
from pipeline.terms.term_finder import find_terms, type_term, with_subcategories

__all__ = ["find_terms", "known_event", "type_term", "with_subcategories"]
