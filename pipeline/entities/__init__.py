"""Entities: gazetteers, grammar and a tagger over an article's sentences; linking of their finds.

``find_entities`` returns mentions of every label, nested ones included; ``link_entities`` gives them
canonical names, Kemendagri codes and finer types. Both are pure functions.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Article, Mention, Sentence
from pipeline.entities.decision import decide
from pipeline.entities.link import government_name
from pipeline.entities.link import link_entities as _link_names
from pipeline.entities.name_finder import find_names, scopes_of
from pipeline.entities.tagger import guess
from pipeline.sentences.overlong import in_parts
from pipeline.terms import find_terms, type_term

__all__ = ["find_entities", "government_name", "link_entities"]


def find_entities(
    article: Article, sentences: Sequence[Sentence], *, model: bool = True
) -> tuple[Mention, ...]:
    """Find the entity mentions of an article.

    Args:
        article: The article; its title and body segments are read by sentence, its captions as a whole.
        sentences: Its sentences.
        model: Let the tagger read the sentences as well; who is believed is told in
            :mod:`pipeline.entities.decision`. Without it the grammar decides alone.

    Returns:
        Mentions sorted by start, longest first; nested ones are kept. Names, codes and kinds are filled by
        :func:`link_entities`.
    """
    sentences = list(in_parts(article.text, sentences))
    names = find_names(article, sentences)
    mentions = {*names, *find_terms(article, sentences, names)}
    if model:
        found = guess(article.text, scopes_of(article, sentences))
        mentions = set(decide(article.text, mentions, (g for sentence in found for g in sentence)))
    return tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.label, m.rule)))


def link_entities(article: Article, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Fill name, code and kind of mentions, found by this package or annotated by hand.

    Args:
        article: The article; ``published`` fills years that dates leave out.
        mentions: Mentions with labels and offsets into ``article.text``, nested ones included.

    Returns:
        The same mentions in the same order. What the page leaves open stays empty: a place name that a city
        and a regency share keeps its surface as name and no code.
    """
    return tuple(type_term(article.text, m) for m in _link_names(article, mentions))
