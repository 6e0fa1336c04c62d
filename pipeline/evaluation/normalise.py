"""When a predicted slot value says the same as the gold value.

The rules are those of the project's acceptance measure: case, brackets, quotation marks and spelling variants
never matter, a region stands for its government, small words are ignored, and text slots match from a token
F1 of 0.75.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from pipeline.award_schema import FIELD, FIELDS

#: All scored slots, those compared by their words first.
SLOTS = tuple(f.name for f in sorted(FIELDS, key=lambda f: f.compare != "words") if f.compare)

#: Token F1 from which two texts are the same.
SAME_TEXT = 0.75
#: The same for grades ("Sangat Baik"), where wording varies more.
SAME_GRADE = 0.6

#: Abbreviations and spelling variants, written out before the comparison.
_EXPANSIONS = {
    "pemkot": "pemerintah kota",
    "pemko": "pemerintah kota",
    "pemkab": "pemerintah kabupaten",
    "pemprov": "pemerintah provinsi",
    "pemda": "pemerintah daerah",
    "kab": "kabupaten",
    "prov": "provinsi",
    "walikota": "wali kota",
    "diskominfo": "dinas komunikasi dan informatika",
    "dinkominfo": "dinas komunikasi dan informatika",
    "kemkominfo": "kementerian komunikasi dan informatika",
    "kemenkominfo": "kementerian komunikasi dan informatika",
    "komdigi": "kementerian komunikasi dan digital",
    "kemkomdigi": "kementerian komunikasi dan digital",
    "kemenkomdigi": "kementerian komunikasi dan digital",
    "pj": "penjabat",
    "plt": "pelaksana tugas",
    "sekda": "sekretaris daerah",
    "ri": "republik indonesia",
    "diy": "daerah istimewa yogyakarta",
    "medsos": "media sosial",
    "audio visual": "audiovisual",
    "audio-visual": "audiovisual",
}
#: Abbreviations that are also written with a full stop, which then belongs to them.
_DOTTED = frozenset({"kab", "prov", "pj", "plt"})
_ABBREVIATION = re.compile(
    r"\b(?:("
    + "|".join(sorted(_DOTTED))
    + r")\b\.?|("
    + "|".join(sorted(_EXPANSIONS.keys() - _DOTTED, key=lambda w: (-len(w), w)))
    + r")\b)"
)

_SMALL_WORDS = frozenset(
    {"pada", "di", "dari", "yang", "dan", "the", "untuk", "oleh", "indonesia", "republik"}
    | {"kategori", "penghargaan", "ajang", "kelompok", "klasifikasi"}
)
_GOVERNMENT_WORDS = frozenset({"pemerintah", "provinsi", "daerah"})
_DEGREES = frozenset({"drs", "dra", "msi", "sos", "prof", "spd", "mpd"})
_EDITION = re.compile(r"(?:19|20)\d\d|tahun|ke|\d+")

#: Keys under which a gold record may hold other right forms of a slot's value.
_FORMS = {slot: tuple(f.name for f in FIELDS if f.form_of == slot) for slot in SLOTS}

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_WORDS = ("satu", "dua", "tiga", "empat", "lima")
_LARGER = ("enam", "tujuh", "delapan", "sembilan", "sepuluh")
_ORDINALS = ("pertama", *(f"ke{word}" for word in (*_WORDS[1:], *_LARGER)))
_NUMBERS = {w: n for words in (_ROMAN, _WORDS, _ORDINALS) for n, w in enumerate(words, 1)} | {"kesatu": 1}
_LARGEST_RANK = 199
#: Families of results, the first that matches counts.
_RESULT_FAMILIES = (
    ("nominated", re.compile(r"nomin|finalis")),
    ("overall", re.compile(r"juara umum|best of the best|platinum")),
    ("harapan", re.compile(r"harapan")),
    ("medal", re.compile(r"\b(?:gold|silver|bronze|emas|perak|perunggu)\b")),
    ("rank", re.compile(r"juara|terbaik|peringkat|urutan|ranking|posisi|pemenang|winner")),
)


@lru_cache(maxsize=20_000)
def clean(value: str) -> str:
    """Return ``value`` folded, without brackets and punctuation, abbreviations written out."""
    value = unicodedata.normalize("NFKC", value).casefold()
    value = re.sub(r"\([^)]*\)", " ", value)
    value = re.sub(r"[“”‘’\"'`]", "", value)
    value = _ABBREVIATION.sub(lambda m: _EXPANSIONS[m[1] or m[2]], value)
    return re.sub(r"[^\w%]+", " ", value).strip()


@lru_cache(maxsize=20_000)
def tokens(value: str, slot: str) -> Counter[str]:
    """Return the tokens of ``value`` that count in ``slot``. Callers must not change the counter."""
    words = [w for w in clean(value).split() if w not in _SMALL_WORDS]
    named = FIELD[slot].names
    if named in {"region", "office"}:
        words = [w for w in words if w not in _GOVERNMENT_WORDS] or words
    if named == "person":
        words = [w for w in words if len(w) > 2 and w not in _DEGREES] or words
    if named == "event":
        words = [w for w in words if not _EDITION.fullmatch(w)] or words
    return Counter(words)


def token_f1(a: Counter[str], b: Counter[str]) -> float:
    """Return the F1 of two bags of tokens; 0 where either is empty."""
    if not a or not b:
        return 0.0
    return 2 * (a & b).total() / (a.total() + b.total())


def values(value: object) -> list[str]:
    """Return the values of a cell: the items of a list, or the parts of a text joined by semicolons."""
    if value is None:
        return []
    items = value if isinstance(value, list) else str(value).split(";")
    stripped = (str(item).strip() for item in items)
    return [item for item in stripped if item and item.lower() not in {"nan", "none"}]


def slot_value(record: Mapping[str, Any], slot: str) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """Return what a record holds in ``slot``, or its default, or ``None``."""
    value = record.get(slot) or FIELD[slot].default
    return value if values(value) else None


def _integer(value: object) -> str:
    return str(value).split(".")[0]


def parse_result(result: str, rank: object) -> tuple[str, int | None, str] | None:
    """Return family, rank and folded text of a result, or ``None`` for an empty one.

    Args:
        result: As written ("Juara II", "Terbaik ke-3", "Nindya").
        rank: The record's own rank, which wins over one read from the text.
    """
    text = clean(result)
    if not text:
        return None
    family = next((name for name, pattern in _RESULT_FAMILIES if pattern.search(text)), "grade")
    stated = _integer(rank or "")
    if stated.isdigit():
        return family, int(stated), text
    if family in {"rank", "harapan"}:
        for word in text.replace("ke ", "ke").split():
            digits = word[2:] if re.fullmatch(r"ke\d+", word) else word
            if digits.isdecimal() and int(digits) <= _LARGEST_RANK:
                return family, int(digits), text
            if word in _NUMBERS:
                return family, _NUMBERS[word], text
    return family, None, text


def _same_result(result: str, rank: object, gold_result: str, gold_rank: object) -> bool:
    a, b = parse_result(result, rank), parse_result(gold_result, gold_rank)
    if a is None or b is None:
        return False
    if a[0] == b[0] == "nominated":
        return True
    if a[1] is not None or b[1] is not None:
        return a[:2] == b[:2]
    bag_a, bag_b = Counter(a[2].split()), Counter(b[2].split())
    return token_f1(bag_a, bag_b) >= SAME_GRADE or a[2] in b[2] or b[2] in a[2]


def _same_text(slot: str, value: object, accepted: Iterable[str]) -> bool:
    right = [tokens(v, slot) for v in accepted]
    for mine in (tokens(v, slot) for v in values(value)):
        for gold in right:
            if token_f1(mine, gold) >= SAME_TEXT:
                return True
            nested = mine and gold and not (mine - gold and gold - mine)
            if FIELD[slot].part and nested:
                return (mine & gold).total() >= min(2, gold.total())
    return False


def _accepted(slot: str, gold: Mapping[str, Any]) -> list[Any]:
    found = [slot_value(gold, slot)]
    for extra in ((gold.get("accept") or {}).get(slot), *(gold.get(form) for form in _FORMS[slot])):
        found += extra if isinstance(extra, list) else [extra] if extra else []
    return found


def same(slot: str, value: object, record: Mapping[str, Any], gold: Mapping[str, Any]) -> bool:
    """Return whether ``value`` is right for ``slot``.

    Args:
        slot: One of :data:`SLOTS`.
        value: Predicted value, not empty.
        record: The predicted record it belongs to (a result is read together with its rank).
        gold: Gold record; its ``accept`` lists and canonical names count as well as the surface.
    """
    accepted = _accepted(slot, gold)
    compare = FIELD[slot].compare
    if compare == "number":
        return any(_integer(value) == _integer(v) for v in accepted)
    if compare == "value":
        return any(clean(str(value)) == clean(str(v)) for v in accepted)
    if compare == "date":
        day = str(value)
        return any(
            day == str(v) or (len(str(v)) < len("2025-01-01") and day.startswith(str(v))) for v in accepted
        )
    if compare == "result":
        return any(_same_result(str(value), record.get("rank"), str(v), gold.get("rank")) for v in accepted)
    return any(_same_text(slot, value, values(v)) for v in accepted)
