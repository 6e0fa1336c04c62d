"""What makes an award distinct: the key of a record, in folded and canonical names."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from pipeline.consolidate.folding import (
    Words,
    body_name,
    category_name,
    event_name,
    fold,
    forms,
    grade_name,
    is_generic_body,
    is_known_body,
    joined,
    own_grade,
    person_name,
    place_name,
    region_of,
)
from pipeline.tables.run_tables import Row
from pipeline.terms.numerals import number_words

_GOVERNMENTS = frozenset({"province", "regency", "city"})
#: Many places have one of the same name: without a region code it may be any of them.
_LOCAL_TYPES = frozenset({"village", "district", "school"})
_SMALL_PLACES = frozenset({"village", "district"})
_RANKED_KINDS = frozenset({"juara", "terbaik", "peringkat"})
#: Results that one recipient alone can have in a category.
UNIQUE_FAMILIES = frozenset({"rank", "harapan", "overall"})
_YEAR_OF_DATE = re.compile(r"((?:19|20)\d\d)(?:-\d\d){0,2}(?:T.*)?$")
_NUMBER = re.compile(r"\d+")
_FEWEST_WORDS = 5  # of an evidence that is a page's own and not a stock phrase
_LONG = 8  # words of an evidence that two pages have in common only if one copied the other
_LONG_MARK = "long "


class Edition(NamedTuple):
    """Which edition of the event: the best that a record says.

    Args:
        kind: ``year`` (stated), ``number`` (edition number), ``hint`` (year of the award's or the page's
            date), or empty: nothing tells.
        value: The year or number, 0 if nothing tells.
    """

    kind: str = ""
    value: int = 0


class Key(NamedTuple):
    """What makes an award distinct. Names are canonical, folded and joined.

    Args:
        recipient: Name; empty for the government of a region, which its code names.
        code: Region code, or empty.
        event: Event, or empty.
        edition: Edition.
        status: ``won`` or ``nominated``.
        category: Category, or empty.
        family: Family of the result: ``rank`` (juara, terbaik and peringkat tell the same), ``harapan``,
            ``overall``, ``medal``, ``star``, ``top``, ``grade``, ``special``, ``nominee``, or empty: not
            stated.
        detail: Rank, colour, number or grade; empty if only the family is stated.
        apart: Empty; or what keeps a record apart that says too little to be recognised on another page.
    """

    recipient: str
    code: str
    event: str
    edition: Edition
    status: str
    category: str
    family: str
    detail: str
    apart: str = ""


def digest(*parts: str) -> str:
    """Return 12 hex digits that stand for the parts."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=6).hexdigest()


def telling_of(row: Row) -> str:
    """Return what stands for the text of a record: copies of a page have the same.

    Case, punctuation and spaces do not matter; a record without evidence stands for its page.
    """
    words = fold(row["evidence"])
    if not words:
        return digest("page", row["doc_id"])
    return f"{_LONG_MARK if len(words) >= _LONG else ''}{digest(*words)}"


def shows_copy(telling: str) -> bool:
    """Return whether a telling is long enough to show that pages which share it are copies of each other."""
    return telling.startswith(_LONG_MARK)


def _recipient(row: Row) -> tuple[Words, str, bool]:
    """Return the recipient's words, its region code, and whether it may be any of several of that name."""
    name, kind, code = row["recipient_name"] or row["recipient"], row["recipient_type"], row["recipient_code"]
    if kind == "person":
        words = person_name(name)
        return words, code, not words
    if kind in _GOVERNMENTS and code:
        return (), code, False
    if kind in _GOVERNMENTS or not kind:
        region = region_of(name)
        if region and code in {"", region}:
            return (), region, False
    words = place_name(name) if kind in _SMALL_PLACES else body_name(name)
    if not words:
        return (), "", True
    local = kind in _LOCAL_TYPES or (kind == "agency" and not is_known_body(words))
    return words, code, not code and (local or is_generic_body(words))


def _edition(row: Row) -> Edition:
    if row["year"] is not None:
        return Edition("year", row["year"])
    if row["edition"] is not None:
        return Edition("number", row["edition"])
    if row["timeframe"] != "past":
        for column in ("date", "published"):
            if match := _YEAR_OF_DATE.match(row[column]):
                return Edition("hint", int(match.group(1)))
    return Edition()


def _number(result: str) -> str:
    """Return the number in a result: "6 besar", "Top Six", "Bintang Lima"."""
    match = _NUMBER.search(result)
    if match:
        return str(int(match.group()))
    numbers = number_words()
    return next((str(numbers[w]) for w in fold(result) if w in numbers), "")


def result_key(row: Row, event: str) -> tuple[str, str]:
    """Return family and detail of a record's result; both empty if it states none.

    A bare nomination has the family ``nominee`` and no detail.
    """
    result, kind, rank = row["result"], row["result_kind"], row["rank"]
    if result and not kind:  # a table that people have added to
        from pipeline.awards.normal import rank_of, result_kind

        kind, rank = result_kind(result), rank if rank is not None else rank_of(result)
    if row["status"] == "nominated" and kind in {"", "nominee"}:
        return "nominee", ""
    if not kind:
        return "", ""
    if kind in _RANKED_KINDS:
        grade = "" if rank else own_grade(result, event)
        return ("grade", grade) if grade else ("rank", str(rank or ""))
    if kind == "harapan":
        return kind, str(rank or "")
    if kind in {"star", "top"}:
        return kind, _number(result) or grade_name(result, event)
    if kind in {"medal", "overall"}:
        known = forms(kind)
        found = next((known[w] for w in fold(result) if w in known), "")
        if kind == "overall" and not found:
            number = _number(result)  # "Juara Umum 2"
            found = "umum" if number in {"", "1"} else f"umum{number}"
        return kind, found
    return kind, grade_name(result, event)


def identify(row: Row) -> tuple[Key, dict[str, Words]]:
    """Return a record's key and the words behind its names, by field, for the comparison of spellings."""
    recipient, code, ambiguous = _recipient(row)
    event_words = event_name(row["event"], row["event_abbr"])
    event = joined(event_words)
    category_words = category_name(row["category"], event)
    category = joined(category_words)
    family, detail = result_key(row, event)
    edition = _edition(row)
    past = row["timeframe"] == "past"

    # A record that says too little is the same award only on a copy of its page.
    vague = (
        not (recipient or code)
        or (ambiguous and not (event and category and family in UNIQUE_FAMILIES and detail))
        or (not event and not (category and family))
        or (past and not edition.kind)
    )
    apart = ""
    if vague:
        apart = telling_of(row)
        if len(fold(row["evidence"])) < _FEWEST_WORDS:
            apart = digest(apart, row["doc_id"])
    key = Key(
        joined(recipient), code, event, edition, row["status"] or "won", category, family, detail, apart
    )
    return key, {"recipient": recipient, "event": event_words, "category": category_words}


def award_id(key: Key) -> str:
    """Return the award's stable id."""
    return digest(*(part if isinstance(part, str) else f"{part.kind}{part.value}" for part in key))
