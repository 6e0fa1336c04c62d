"""Normal forms: ranks, result kinds, folded names."""

from __future__ import annotations

import re
from typing import Annotated

from pipeline.document import Mention
from pipeline.lexicon import cached
from pipeline.lexicon.typed_rows import RuleRow, doc, of_table, rows
from pipeline.terms.numerals import ROMAN, number_words

#: Top-n is a nomination unless the award itself is a Top-n (KIPP's Top 45).
_TOP_AWARD = re.compile(r"top\W", re.IGNORECASE)
_ORDINAL = re.compile(r"^ke-?(?=\d)")
_ENGLISH_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th)")
_RUNNER_UP = re.compile(r"runner[- ]?up")
_ANY_NUMBER = re.compile(r"\d|\b[ivx]+\b")
_MEDAL_PLACES = {"emas": 1, "gold": 1, "perak": 2, "silver": 2, "perunggu": 3, "bronze": 3}
_MEDAL = re.compile(r"\b(?:" + "|".join(_MEDAL_PLACES) + r")\b", re.IGNORECASE)
#: Higher numbers in a result are years or counts.
_HIGHEST_RANK = 199


@of_table("result_kinds")
class ResultKind(RuleRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of results, told by its words."""

    id: Annotated[str, doc("value of result_kind")]
    meaning: Annotated[str, doc("what it is")]
    priority: Annotated[int, doc("kinds with lower numbers are tried first; the first that fits counts")]
    ranked: Annotated[bool, doc("whether its number is a rank")] = False
    pattern: Annotated[re.Pattern[str], doc("regular expression over the lower-cased result")]
    examples: Annotated[tuple[str, ...], doc("own results in which it is found")]
    counter: Annotated[tuple[str, ...], doc("own phrases in which it is not")]


@cached
def _kinds() -> tuple[ResultKind, ...]:
    return tuple(sorted(rows(ResultKind), key=lambda row: (row.priority, row.id)))


def result_kind(surface: str) -> str:
    """Return the contract's ``result_kind`` of a result as written, "grade" if nothing else fits."""
    low = surface.lower()
    if low.strip("() .").isdigit() or low in number_words():
        return "peringkat"
    return next((kind.id for kind in _kinds() if kind.pattern.search(low)), "grade") if surface else ""


def rank_of(surface: str) -> int | None:
    """Return the rank in ``surface`` (Roman, Arabic, spelled or ordinal), ``None`` for kinds without rank."""
    alone = _number(surface.strip("() .").lower())
    if alone is not None:
        return alone
    low = surface.lower()
    if not next((kind.ranked for kind in _kinds() if kind.pattern.search(low)), False):
        return None
    if _RUNNER_UP.search(low) and not _ANY_NUMBER.search(low):
        return 2
    ranks = (_rank(word) for word in re.findall(r"[\w-]+", surface))
    rank = next((rank for rank in ranks if rank is not None), None)
    # the first runner-up is second
    return rank + 1 if rank is not None and _RUNNER_UP.search(low) else rank


def place_of(surface: str) -> int | None:
    """Return the place that a result stands for: its rank, or that of a medal (gold is the first)."""
    medal = _MEDAL.search(surface)
    return _MEDAL_PLACES[medal.group().lower()] if medal else rank_of(surface)


def _number(word: str) -> int | None:
    """Read a number in digits ("3", "ke-3") or letters ("ketiga")."""
    bare = _ORDINAL.sub("", word)
    if bare.isdecimal() and int(bare) <= _HIGHEST_RANK:
        return int(bare)
    return number_words().get(bare)


def _rank(word: str) -> int | None:
    """Read a word of a result as a rank; Roman numerals only in capitals."""
    english = _ENGLISH_ORDINAL.fullmatch(word.lower())
    if english:
        return int(english.group(1))
    number = _number(word.lower())
    return ROMAN.get(word) if number is None else number


def status_of(result: Mention | None, surface: str, event: str) -> str:
    """Return "nominated" for nominations, finals and places among the last n, else "won"."""
    if result is None:
        return "won"
    kind = result_kind(surface)
    if kind == "nominee" or (kind == "top" and not _TOP_AWARD.match(surface) and "top" not in event.lower()):
        return "nominated"
    return "won"


def normal(text: str) -> str:
    """Return ``text`` folded for comparison: no brackets, case, punctuation or double spaces."""
    bare = re.sub(r"\([^)]*\)", " ", text)
    return re.sub(r"\W+", " ", bare.casefold()).strip()
