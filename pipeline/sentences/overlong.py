"""Overlong sentences in parts: what is done a sentence takes time by its length, not by its square."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.document import Sentence

#: No sentence of a newspaper is as long, in characters; text without full stops, or an attack, is.
LONGEST = 3000


def in_parts(text: str, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield sentences, overlong ones in parts that end at a blank where there is one.

    Args:
        text: Article text.
        sentences: Its sentences, in order.

    Example:
        >>> list(in_parts("Kota Batu.", [Sentence(0, 10)]))
        [Sentence(start=0, end=10)]
    """
    for sentence in sentences:
        start = sentence.start
        while sentence.end - start > LONGEST:
            cut = text.rfind(" ", start + 1, start + LONGEST)
            cut = cut if cut > start else start + LONGEST
            yield Sentence(start, cut)
            start = cut
        yield Sentence(start, sentence.end)
