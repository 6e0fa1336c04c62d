"""Rules for where an Indonesian sentence ends; the words are in the lexicon.

A candidate is a run of ``. ! ? …`` with the closing quotes and brackets after it. It is a boundary unless a
rule says that the sentence goes on: numbers, abbreviations before a name or number, initials, enumerators,
brackets, attributions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import load_table

_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TAG_BREAK = re.compile(
    r"</?(?:p|li|ul|ol|div|td|th|tr|table|br|h[1-6]|dd|dt|dl|blockquote|section|article)\b[^<>]{0,400}>",
    re.IGNORECASE,
)
_CANDIDATE = re.compile(r"[.!?…]+[\"”'’»)\]*_]{0,4}")
_OPENING = "“\"‘'«([*_"
#: Marks of headings and emphasis in pages saved as Markdown.
_DECORATION = "#*_>-•"
_TRIM = " \t\xa0\x00\u200b\u200c\u200d\u2060\ufeff\u3000\u202f\u00ad"
_MARKUP = re.compile(r"^(?:#{1,6}\s+|<[^<>]{1,400}>\s*|\\(?=\"))+|(?:\s*<[^<>]{1,400}>|\\(?=\"$))+$")
_LAST_WORD = re.compile(r"[^\s(\[“\"‘'«/]{1,60}$")
_NEXT_WORD = re.compile(r"[\w’'-]{1,60}")
_DOMAIN_END = re.compile(r"(?:com|id|net|org|co|go|ac|or|tv|info|news|io|gov|edu)$", re.IGNORECASE)
_DOTTED = re.compile(r"(?:[^\W\d_]{1,5}\.){1,4}[^\W\d_]{1,5}$")
_LETTER_LIST = re.compile(r"\b[A-Z](?:, [A-Z]){0,8},? (?:dan|atau|maupun|hingga|sampai|s/d|-|–) [A-Z]$")
_ENUMERATOR_BEFORE = re.compile(
    r"(?:^|[:;,.)]|\b(?:yakni|yaitu|adalah|antara lain|meliputi|dan|serta|berikut))\s*$"
)
_BARE_DATE = re.compile(r"\(\d{1,2}/\d{1,2}(?:/\d{2,4})?\)\s{0,3}\.?\s{0,3}$")
#: Brackets longer than this are taken for unclosed ones.
_BRACKET_REACH = 200
#: Whether a straight quote opens or closes is told by those so many characters before it.
_QUOTE_REACH = 1000


@cache
def _abbreviations() -> dict[str, str]:
    return {row["form"]: row["kind"] for row in load_table("abbreviations")}


@cache
def _forms(name: str) -> frozenset[str]:
    return frozenset(row["form"] for row in load_table(name))


@dataclass(slots=True)
class _State:
    """What the rules have learnt on the line so far: the last enumerator, and where brackets are open."""

    text: str
    brackets: list[tuple[int, int]]
    enumerator: int = 0


def _brackets(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    opened = -1
    for match in re.finditer(r"[()]", text):
        if match.group() == "(":
            opened = match.start()
        elif opened >= 0:
            if match.start() - opened <= _BRACKET_REACH:
                spans.append((opened, match.start()))
            opened = -1
    return spans


def _inside(spans: list[tuple[int, int]], position: int) -> bool:
    index = bisect_right(spans, (position, len(spans) and 1 << 60)) - 1
    return index >= 0 and spans[index][0] < position < spans[index][1]


def _starts_sentence(rest: str) -> bool:
    """Whether the text after a candidate looks like the start of a sentence."""
    if rest[:1] in '“"':
        return True
    core = rest.lstrip(_OPENING + "-–—•")[:12].lstrip()
    if not core:
        return bool(rest)
    return core[0].isupper() or core[0].isdigit() or bool(re.match(r"[a-z]{1,2}-?[A-Z]", core))


def _opens_sentence(rest: str) -> bool:
    """Whether the next word opens sentences and is never part of a name."""
    match = _NEXT_WORD.search(rest[:80])
    return match is not None and match.group() in _forms("sentence_openers")


def _is_attribution(mark: str, rest: str) -> bool:
    """Whether a quotation just closed and its attribution follows, though capitalised.

    Args:
        mark: The end mark with the closing quotes before and after it.
        rest: What follows the white space after it.
    """
    word = _NEXT_WORD.match(rest[:80])
    closed = any(c in mark for c in "\"”'’»")
    return closed and word is not None and word.group().lower() in _forms("attribution_verbs")


def _after_letter(before: str, rest: str) -> bool:
    """Decide on a single capital letter and its full stop: an initial, or the end of "kategori A."."""
    if _LETTER_LIST.search(before[-60:]):
        return True
    words = before[-80:].split()
    if len(words) >= 2 and words[-2].lower().strip(",") in _forms("letter_heads"):
        return True
    return len(words) >= 2 and _opens_sentence(rest)


def _after_abbreviation(kind: str, rest: str) -> bool:
    first = rest.lstrip(_OPENING)[:1]
    if kind == "number":
        return not (first.isdigit() or bool(re.match(r"[IVXLC]+\b", rest)))
    if kind in {"title", "name", "inner"}:
        return _opens_sentence(rest)
    if kind == "place":
        return _opens_sentence(rest) and not first.isdigit()
    if rest[0] == "(":
        return False
    if kind in {"degree", "either"}:
        following = re.match(r"[^\s,]{1,12}", rest)
        word = following.group().rstrip(".,").lower() if following else ""
        return _abbreviations().get(word) != kind
    return True


def _is_enumerator(state: _State, before: str, number: str, rest: str) -> bool:
    if len(number) > 2 or rest[:1].isdigit():
        return False
    value = int(number)
    head = before[: len(before) - len(number)]
    fresh = value == 1 and bool(_ENUMERATOR_BEFORE.search(head[-24:]))
    if (
        fresh
        or (value == state.enumerator + 1 and value > 1)
        or not head.strip(_TRIM + _OPENING + _DECORATION)
    ):
        state.enumerator = value
        return True
    return False


def _full_stop_ends(state: _State, start: int, rest: str) -> bool:
    """Decide on a single full stop followed by white space and a plausible start."""
    before = state.text[max(0, start - 120) : start]
    match = _LAST_WORD.search(before)
    if not match:
        return True
    word = match.group().rstrip("\\").lstrip("*_#")
    if word.isdecimal():
        before = before.rstrip("\\")
        return not _is_enumerator(state, before, word, rest)
    if len(word) == 1 and word.isalpha() and before[-2:-1] != "/":
        return word.isupper() and _after_letter(before, rest)
    kind = _abbreviations().get(word.lower())
    if kind is None and word.isupper() and len(word) <= 4 and "." not in word:
        return True
    if kind is None and _DOTTED.fullmatch(word) and not _DOMAIN_END.search(word):
        kind = (
            "title"
            if len(word.rsplit(".", 1)[-1]) == 1 and len(word.split(".")[0]) == 1 and len(word) <= 5
            else "degree"
        )
    return kind is None or _after_abbreviation(kind, rest)


def _glued(text: str, start: int, end: int) -> bool:
    """Decide on a mark without white space after it, as in ``acara.Darto``."""
    following = text[end : end + 2]
    if text[end : end + 1] == "“" or (text[end : end + 1] in '"‘' and text[end + 1 : end + 2].isupper()):
        following = text[end + 1 : end + 3]
    if not (following[:1].isupper() and (following[1:2].islower() or following[1:2] == " ")):
        return False
    before = text[max(0, start - 40) : start]
    word = (_LAST_WORD.search(before) or re.match("", "")).group()  # type: ignore[union-attr]
    if any(c in word for c in "/@\\") or word.lower().startswith("www"):
        return False
    after = _NEXT_WORD.match(text, end)
    if after and _DOMAIN_END.fullmatch(after.group()):
        return False
    if text[start:end] != "." and text[start : start + 1] != ".":
        return len(word) > 1
    closed = end - start > 1
    letters = (
        word[-2:].isalpha()
        and word[-2:].islower()
        and len(word) >= 3
        and word.lower() not in _abbreviations()
    )
    return (
        closed
        or letters
        or bool(re.search(r"\d{4}$|\)$", word))
        or (word.isupper() and len(word) >= 3 and "." not in word)
    )


def _split_quote(text: str, start: int, end: int) -> int:
    """Return where the mark really ends: a straight quote after it may open the next quotation instead."""
    for index in range(start, end):
        if text[index] in "\"'" and end < len(text) and not text[end].isspace():
            near = max(0, index - _QUOTE_REACH)
            line = text.rfind("\n", near, index) + 1
            if text.count(text[index], line or near, index) % 2 == 0:
                return index
    return end


def _boundary(state: _State, match: re.Match[str]) -> int | None:
    """Return the end of the sentence at a candidate, or ``None`` if the sentence goes on."""
    text, start = state.text, match.start()
    end = _split_quote(text, start, match.end())
    if end >= len(text):
        return None
    mark = text[start:end]
    rest = text[end : end + 120]
    spaced = rest[0] in _TRIM
    if not spaced:
        return end if _glued(text, start, end) and not _inside(state.brackets, start) else None
    rest = rest.lstrip(_TRIM)
    if not rest or not _starts_sentence(rest) or _is_attribution(text[max(0, start - 1) : end], rest):
        return None
    if _BARE_DATE.match(rest):
        return None
    if _inside(state.brackets, start) and ")" not in mark:
        return None
    if start == 0 or text[start - 1] in _TRIM:
        # A mark on its own: old systems wrote "?" for dashes and quotes.
        return end if mark[0] != "?" and start > 0 else None
    if mark[0] == "." and mark[:2] != ".." and not _full_stop_ends(state, start, rest):
        return None
    return end


def _split_line(text: str) -> list[tuple[int, int]]:
    state = _State(text, _brackets(text))
    spans, begin = [], 0
    for match in _CANDIDATE.finditer(text):
        end = _boundary(state, match)
        if end is not None:
            spans.append((begin, end))
            begin = end
    spans.append((begin, len(text)))
    return spans


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    begin = start + len(piece) - len(piece.lstrip(_TRIM))
    stop = end - (len(piece) - len(piece.rstrip(_TRIM)))
    piece = text[begin:stop]
    if piece[:1] in "#<\\" or piece[-1:] in '>"':
        lead = _MARKUP.match(piece)
        if lead and lead.end():
            return _trim(text, begin + lead.end(), stop)
    return begin, stop


def _lines(text: str, headline: bool) -> list[tuple[int, int]]:
    """Return the stretches that sentences do not cross: lines or marked-up blocks."""
    tagged = "<" in text and _TAG_BREAK.search(text) is not None
    pattern = _TAG_BREAK if tagged else _BREAK
    spans, begin = [], 0
    for match in pattern.finditer(text):
        before, after = (
            text[begin : match.start()].rstrip(_TRIM),
            text[match.end() : match.end() + 40].lstrip(_TRIM),
        )
        wrapped = not tagged and len(before) >= 50 and before[-1:] not in '.!?:;…"”' and after[:1].islower()
        if wrapped or (headline and not tagged):
            continue
        spans.append((begin, match.start()))
        begin = match.end()
    spans.append((begin, len(text)))
    return spans


def split_text(text: str, *, headline: bool = False) -> list[tuple[int, int]]:
    """Split a stretch of text into sentences.

    Args:
        text: One or more paragraphs.
        headline: Whether it is a headline, which is one sentence even if it has a "!" or "?" inside.

    Returns:
        ``(start, end)`` of each sentence, without outer white space and markup; together they cover all
        other text.
    """
    result: list[tuple[int, int]] = []
    for start, end in _lines(text, headline):
        pieces = [(0, end - start)] if headline else _split_line(text[start:end])
        for a, b in pieces:
            begin, stop = _trim(text, start + a, start + b)
            if begin < stop and any(c.isalnum() for c in text[begin:stop]):
                result.append((begin, stop))
    return result
