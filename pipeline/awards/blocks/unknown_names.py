"""Names that nothing knows: words in a winner's place."""

from __future__ import annotations

import re

from pipeline.awards.pack import grammar
from pipeline.awards.render import Rendered
from pipeline.document import Mention
from pipeline.terms.phrases import stop_words

#: An unknown name has no more words than this, one without capitals fewer.
_LONGEST_NAME = 8
_LONGEST_PLAIN = 4
_TRIMMED = " .;·"


def unknown_name(
    text: str, rendered: Rendered, start: int, end: int, *, plain: bool = False
) -> Mention | None:
    """Return what stands in ``rendered.text[start:end]`` as a name, if it may be one.

    Args:
        text: Article text.
        rendered: Rendered sentence.
        start: Where the words start; no mention may be among them.
        end: Where they end.
        plain: Whether a few words without capitals will do.
    """
    words = rendered.text[start:end]
    bare = words.strip(_TRIMMED)
    start += len(words) - len(words.lstrip(_TRIMMED))
    name = Mention(*rendered.span(start, start + len(bare)), "NAME", "NAM04")
    told = grammar("side_field").fullmatch(bare) or grammar("narrated").search(bare)
    return None if told or not _may_be_name(text[name.start : name.end], plain) else name


def _may_be_name(words: str, plain: bool) -> bool:
    """Whether words look like a name: most with a capital, or a few of which none has one."""
    found = re.findall(r"[^\W\d_]{2,}", words)
    if not found or len(found) > _LONGEST_NAME or found[0].lower() in stop_words():
        return False
    capitals = sum(w[0].isupper() for w in found)
    return 2 * capitals > len(found) or (plain and not capitals and len(found) <= _LONGEST_PLAIN)
