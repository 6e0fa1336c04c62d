"""How to read: limits, and the names of fields that no list of usual names has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from pipeline.readers.failures import DEFAULT_MAX_CHARS

#: What a record may say about its page, and an option may name.
Field = Literal["id", "url", "text", "content", "html", "title", "published", "byline"]
FIELDS: tuple[Field, ...] = get_args(Field)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read.

    Args:
        max_chars: Longest page to accept, in characters.
        fields: Name of a field by what it holds, for records whose fields have unusual names; a field inside
            an object goes by both names, ``"data.isi"``. What is not named is found by its usual names.
    """

    max_chars: int = DEFAULT_MAX_CHARS
    fields: Mapping[Field, str] = field(default_factory=dict)
