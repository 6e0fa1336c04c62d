"""Normal forms: ranks, result kinds, years and editions."""

from __future__ import annotations

import re

from pipeline.document import Mention
from pipeline.entities.terms import NUMBER_WORDS, ROMAN

_KINDS = (
    ("nominee", r"nomin|finalis"),
    ("overall", r"juara umum|best of the best|platinum|grand champion"),
    ("harapan", r"harapan"),
    ("medal", r"\b(?:gold|silver|bronze|emas|perak|perunggu|honou?rable)\b"),
    ("star", r"\b(?:bintang|stars?)\b"),
    ("top", r"\btop\b|\bbesar\b"),
    ("peringkat", r"peringkat|rangking|ranking|urutan|posisi|nomor"),
    ("juara", r"juara|pemenang|winner|runner|place|prize"),
    ("terbaik", r"terbaik|terkreatif|terinovatif"),
    ("special", r"favorit|best |khusus|sertifikat|apresiasi"),
)
_EDITION = re.compile(r"(?<!\w)(?:ke|edisi(?: ke)?)[- ]?(\d{1,3}|[IVXL]{1,6})(?!\w)")
_ENGLISH_EDITION = re.compile(r"(?<!\w)(\d{1,3})(?:st|nd|rd|th)(?!\w)", re.I)
_YEAR_AFTER = re.compile(
    r"(?:\s*\([^)\d]{1,30}\))?[,\s]*(?:tingkat \w+(?: \w+)?,? )?(?:(?:ke|edisi|yang ke)[- ]?\w{1,8},? )?(?:pada )?\(?(?:tahun\s{1,60}|th\.? ?|thn )?((?:19|20)\d\d)(?![\d/])",
    re.I,
)
_YEAR_BEFORE = re.compile(r"(?:(?:19|20)\d\d)(?= ?$)")
#: Top-n is a nomination unless the award itself is a Top-n (KIPP's Top 45).
_TOP_AWARD = re.compile(r"(?i)top\W")


def result_kind(surface: str) -> str:
    """Return the contract's ``result_kind`` of a result as written, "grade" if nothing else fits."""
    low = surface.lower()
    if low.strip("() .").isdigit() or low in NUMBER_WORDS:
        return "peringkat"
    return next((kind for kind, pattern in _KINDS if re.search(pattern, low)), "grade") if surface else ""


def rank_of(surface: str) -> int | None:
    """Return the rank told by ``surface`` (Roman, Arabic, spelled or ordinal), ``None`` for kinds without rank."""
    bare = re.sub(r"^ke-?(?=\d)", "", surface.strip("() .").lower())
    if bare.isdigit() and int(bare) < 200:
        return int(bare)
    if bare in NUMBER_WORDS:
        return NUMBER_WORDS[bare]
    kind = result_kind(surface)
    if kind not in {"juara", "terbaik", "peringkat", "harapan"}:
        return None
    low = surface.lower()
    if re.search(r"runner[- ]?up", low) and not re.search(r"\d|\b[ivx]+\b", low):
        return 2
    for word in re.findall(r"[\w-]+", surface):
        bare = re.sub(r"^ke-?(?=\d)", "", word.lower())
        if bare.isdigit() and int(bare) < 200:
            return int(bare)
        english = re.fullmatch(r"(\d)(?:st|nd|rd|th)", bare)
        if english:
            return int(english.group(1))
        if bare in NUMBER_WORDS:
            return NUMBER_WORDS[bare]
        if word in ROMAN:
            return ROMAN[word]
    return None


def status_of(result: Mention | None, surface: str, event: str) -> str:
    """Return "nominated" for nominations, finals and places among the last n, else "won"."""
    if result is None:
        return "won"
    kind = result_kind(surface)
    if kind == "nominee" or (kind == "top" and not _TOP_AWARD.match(surface) and "top" not in event.lower()):
        return "nominated"
    return "won"


def year_near(text: str, mention: Mention) -> tuple[int, int, int] | None:
    """Return ``(year, start, end)`` of the edition year right behind or before an event's name."""
    after = _YEAR_AFTER.match(text, mention.end, mention.end + 60)
    if after:
        return int(after.group(1)), after.start(1), after.end(1)
    before = _YEAR_BEFORE.search(text, max(0, mention.start - 6), mention.start)
    if before:
        return int(before.group()), before.start(), before.end()
    inside = re.search(r"(?:19|20)\d\d", text[mention.start : mention.end])
    if inside:
        return int(inside.group()), mention.start + inside.start(), mention.start + inside.end()
    return None


def edition_near(text: str, mention: Mention) -> tuple[int, int, int] | None:
    """Return ``(edition, start, end)`` told right behind ("ke-16") or before ("The 7th") an event's name."""
    after = _EDITION.match(text, mention.end + 1, mention.end + 16) if mention.end < len(text) else None
    if after:
        raw = after.group(1)
        number = int(raw) if raw.isdigit() else _roman(raw)
        return (number, after.start(1), after.end(1)) if number else None
    before = re.compile(r"(\d{1,3})(?:st|nd|rd|th) $", re.I).search(
        text, max(0, mention.start - 8), mention.start
    )
    if before:
        return int(before.group(1)), before.start(1), before.end(1)
    inside = _ENGLISH_EDITION.search(text, mention.start, mention.end)
    return (int(inside.group(1)), inside.start(1), inside.end(1)) if inside else None


def _roman(raw: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    total = 0
    for char, following in zip(raw, raw[1:] + " ", strict=True):
        value = values[char]
        total += -value if values.get(following, 0) > value else value
    return total


def normal(text: str) -> str:
    """Return ``text`` folded for comparison: no brackets, case, punctuation or double spaces."""
    bare = re.sub(r"\([^)]*\)", " ", text)
    return re.sub(r"\W+", " ", bare.casefold()).strip()
