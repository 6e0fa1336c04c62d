"""Entities: gazetteers and grammar over the sentences of an article, and the linking of what they find.

``find_entities`` returns mentions of every label, nested ones included; ``link_entities`` gives them
canonical names, Kemendagri codes and finer types. Both are pure functions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.document import Article, Mention, Sentence
from pipeline.entities.find import find_names
from pipeline.entities.link import government_name, link_entities

__all__ = ["find_entities", "government_name", "link_entities"]


def find_entities(article: Article, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
    """Find the entity mentions of an article.

    Args:
        article: The article; its title and body segments are read by sentence, its captions as a whole.
        sentences: Its sentences.

    Returns:
        Mentions sorted by start, longest first; nested ones are kept. Names, codes and kinds are filled by
        :func:`link_entities`.
    """
    mentions = find_names(article, sentences)
    terms = _find_terms()
    if terms is not None:
        mentions = (*mentions, *terms(article, sentences, mentions))
    return tuple(sorted(set(mentions), key=lambda m: (m.start, -m.end, m.label, m.rule)))


def _find_terms() -> Callable[[Article, Sequence[Sentence], Sequence[Mention]], Sequence[Mention]] | None:
    from pipeline.entities import terms

    return getattr(terms, "find_terms", None)
