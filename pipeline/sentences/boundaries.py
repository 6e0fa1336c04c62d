"""Rules for where an Indonesian sentence ends; the words are in the lexicon.

A candidate is a run of ``. ! ? …`` with the closing quotes and brackets after it. It is a boundary unless a
rule says that the sentence goes on: numbers, abbreviations before a name or number, initials, enumerators,
brackets, attributions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from pipeline.lexicon import cached, forms, load_table
from pipeline.sentences.text_lines import TRIM, text_lines, trimmed_spans

_CANDIDATE = re.compile(r"[.!?…]+[\"”'’»)\]*_]{0,4}")
_OPENING = "“\"‘'`«([*_"
#: Marks of headings and emphasis in pages saved as Markdown.
_DECORATION = "#*_>-•"
_LAST_WORD = re.compile(r"[^\s(\[“\"‘'«/]{1,60}$")
_NEXT_WORD = re.compile(r"[\w’'-]{1,60}")
_DOMAIN_END = re.compile(r"(?:com|id|net|org|co|go|ac|or|tv|info|news|io|gov|edu)$", re.IGNORECASE)
_DOTTED = re.compile(r"(?:[^\W\d_]{1,5}\.){1,4}[^\W\d_]{1,5}$")
_LETTER_LIST = re.compile(r"\b[A-Z](?:, [A-Z]){0,8},? (?:dan|atau|maupun|hingga|sampai|s/d|-|–) [A-Z]$")
_ENUMERATOR_BEFORE = re.compile(
    r"(?:^|[:;,.)]|\b(?:yakni|yaitu|adalah|antara lain|meliputi|dan|serta|berikut))\s*$"
)
#: A number and its unit or calendar: "Rp 5 M", "abad ke-20 M", "1441 H", not the initial of a name.
_UNIT = re.compile(
    r"(?:\bRp\.?\s?\d[\d.,]{0,15}|\babad\s(?:ke-?\s?)?\w{1,6}|\btahun\s(?:\d{3}|1[0-8]\d\d))\s[MT]$"
    r"|\b1[34]\d\d\s?H/\d{4}\sM$|\b1[34]\d\d\sH$|\d\s?[mgl]$"
)
_NUMBERED = re.compile(r"[A-Z]\.\s?\d")
_ROMAN = re.compile(r"[IVXLC]{1,6}")
#: Nouns made from verbs, and nouns with "its": they open sentences where a word in lower case follows.
_DERIVED = re.compile(r"(?:[PK]e\w{4,20}an(?:nya)?|[A-Z]\w{4,20}nya)\s[a-z]")
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z]){1,2}")
#: A word that is no abbreviation: four letters, or five with a capital, with a vowel.
_ORDINARY_END = re.compile(r"\s(?=\w*[aeiou])(?:[a-z][a-z-]{3,30}|[A-Z][a-z]{4,30})$")
#: Words that a clause has at least.
_CLAUSE_WORDS = 5
#: The outlet of a dateline after its place and a full stop: "Jakarta. Kabarku.com - ".
_OUTLET = re.compile(
    r"[\w.]{2,30}\.(?:com|id|net|org|co|go|tv|info|news)(?:\.id)?\s{0,2}[-–—]", re.IGNORECASE
)
#: A place and outlet are no longer than this.
_DATELINE_REACH = 40
_BARE_DATE = re.compile(r"\(\d{1,2}/\d{1,2}(?:/\d{2,4})?\)\s{0,3}\.?\s{0,3}$")
#: Brackets longer than this are taken for unclosed ones.
_BRACKET_REACH = 200
#: Whether a straight quote opens or closes is told by those so many characters before it.
_QUOTE_REACH = 1000


@cached
def _abbreviations() -> dict[str, str]:
    return {row["form"]: row["kind"] for row in load_table("abbreviations")}


def _kind(word: str) -> str | None:
    """Return the kind of an abbreviation, by its own spelling first."""
    kinds = _abbreviations()
    return kinds.get(word) or kinds.get(word.lower())


@cached
def _letter_heads(*, roman: bool) -> frozenset[str]:
    rows = load_table("letter_heads")
    return frozenset(row["form"] for row in rows if roman or not row.get("roman"))


@dataclass(slots=True)
class _State:
    """What the rules have learnt on the line so far: the last enumerator, and where brackets are open."""

    text: str
    brackets: list[tuple[int, int]]
    enumerator: int = 0


def _brackets(text: str) -> list[tuple[int, int]]:
    """Return the outermost brackets; one that is not closed within reach counts as none."""
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in re.finditer(r"[()]", text):
        if match.group() == "(":
            if opened and match.start() - opened[0] > _BRACKET_REACH:
                opened = []
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if match.start() - start <= _BRACKET_REACH:
                while spans and spans[-1][0] > start:
                    spans.pop()
                spans.append((start, match.start()))
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


def _lower_sentence(before: str, rest: str) -> bool:
    """Whether a sentence starts in lower case, as on hasty pages: after a clause and an ordinary word.

    Args:
        before: What comes before the full stop.
        rest: What follows the white space after it.
    """
    if not _ORDINARY_END.search(before) or len(before.rsplit(". ", 1)[-1].split()) < _CLAUSE_WORDS:
        return False
    word = _NEXT_WORD.match(rest)
    if word is None or not word.group().islower() or rest[word.end() : word.end() + 1] not in {" ", ","}:
        return False
    form = word.group()
    return (
        form not in forms("continuation_words") and form not in forms("attribution_verbs") and len(form) > 1
    )


def _opens_sentence(rest: str) -> bool:
    """Whether the next word opens sentences and is no part of a name."""
    match = _NEXT_WORD.search(rest[:80])
    if match is None:
        return False
    word, after = match.group(), rest[match.end() : match.end() + 2]
    if word in forms("sentence_openers"):
        return True
    followed = after[:1] == " " and after[1:].islower()
    return followed and word in forms("sentence_nouns")


def _is_attribution(mark: str, rest: str) -> bool:
    """Whether a quotation just closed and its attribution follows, though capitalised.

    Args:
        mark: The end mark with the closing quotes before and after it.
        rest: What follows the white space after it.
    """
    word = _NEXT_WORD.match(rest[:80])
    closed = any(c in mark for c in "\"”'’»")
    return closed and word is not None and word.group().lower() in forms("attribution_verbs")


def _after_letter(before: str, rest: str) -> bool:
    """Decide on a single letter and its full stop: an initial, or the end of "kategori A.", "4 m."."""
    if _LETTER_LIST.search(before[-60:]) or _UNIT.search(before[-40:]):
        return True
    words = before[-80:].split()
    if len(words) < 2:
        return False
    letter, head = words[-1], words[-2].lower().strip(",")
    valued = head in _letter_heads(roman=letter in {"I", "V", "X"})
    if letter.islower():  # mostly an item of a list
        return valued and _opens_sentence(rest)
    following = _NEXT_WORD.match(rest)
    if valued or (following is not None and following.group().lower() == head):  # "tersangka Z. Tersangka Y"
        return True
    return _opens_sentence(rest) or (head[-1:].isdigit() and _DERIVED.match(rest) is not None)


def _after_abbreviation(kind: str, rest: str) -> bool:
    first = rest.lstrip(_OPENING)[:1]
    if kind == "number":
        return not (first.isdigit() or bool(re.match(r"[IVXLC]+\b", rest)))
    if kind == "acronym":
        return True
    if kind == "title":
        return _opens_sentence(rest) or _DERIVED.match(rest) is not None
    if kind in {"name", "inner"}:
        return _opens_sentence(rest)
    if kind == "place":
        return _opens_sentence(rest) and not first.isdigit()
    if rest[0] == "(":
        return False
    if kind in {"degree", "either"}:
        following = re.match(r"[^\s,]{1,12}", rest)
        return _kind(following.group().rstrip(".,") if following else "") != kind
    return True


def _after_name(head: str) -> bool:
    """Whether a degree can stand here: after a comma, a name or another degree, not after "Jl." or "oleh"."""
    previous = head.split()[-1:]
    if not previous:
        return False
    word = previous[0]
    if word[-1] == ".":
        return _kind(word[:-1]) in {"degree", None}
    return word[-1] == "," or word[0].isupper()


def _is_split_degree(word: str, rest: str) -> bool:
    """Whether a degree goes on after a space, as in "Ph. D."."""
    following = re.match(r"([^\W\d_]{1,5})\b", rest)
    return following is not None and _kind(f"{word}.{following.group()}") == "degree" and len(word) <= 3


def _is_enumerator(state: _State, before: str, number: str, rest: str) -> bool:
    if len(number) > 2 or rest[:1].isdigit():
        return False
    value = int(number)
    head = before[: len(before) - len(number)]
    fresh = value == 1 and bool(_ENUMERATOR_BEFORE.search(head[-24:]))
    if (
        fresh
        or (value == state.enumerator + 1 and value > 1)
        or not head.strip(TRIM + _OPENING + _DECORATION)
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
        return _after_letter(before, rest)
    head = before[: match.start()]
    if _ROMAN.fullmatch(word) and (not head.strip(TRIM + _OPENING + _DECORATION) or _NUMBERED.match(rest)):
        # "II. Kategori Kota" at the start of a line; "Peraturan No. XI. B. 2".
        return False
    kind = _kind(word)
    if kind == "degree" and _INITIALS.fullmatch(word) and not _after_name(head):
        kind = "title"
    if kind is None and _is_split_degree(word, rest):
        return False
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
    if after and (_DOMAIN_END.fullmatch(after.group()) or text[after.end() : after.end() + 1] in {"=", "&"}):
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
    spaced = rest[0] in TRIM
    if not spaced:
        return end if _glued(text, start, end) and not _inside(state.brackets, start) else None
    rest = rest.lstrip(TRIM)
    if not rest or _is_attribution(text[max(0, start - 1) : end], rest):
        return None
    if not _starts_sentence(rest) and not (
        mark == "." and _lower_sentence(text[max(0, start - 160) : start], rest)
    ):
        return None
    if _BARE_DATE.match(rest) or (end < _DATELINE_REACH and _OUTLET.match(rest)):
        return None
    if _inside(state.brackets, start) and ")" not in mark:
        return None
    if start == 0 or text[start - 1] in TRIM:
        # A mark on its own: old systems wrote "?" for dashes and quotes, "…" marks a pause.
        return None if start == 0 or mark[0] in "?…" or mark[:2] == ".." else end
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


def split_text(text: str, *, headline: bool = False) -> list[tuple[int, int]]:
    """Split a stretch of text into sentences.

    Args:
        text: One or more paragraphs.
        headline: Whether it is a headline, which is one sentence even if it has a "!" or "?" inside.

    Returns:
        ``(start, end)`` of each sentence, without outer white space and markup; together they cover all
        other text.
    """
    lines = text_lines(text, headline=headline)
    if not headline:
        lines = [(start + a, start + b) for start, end in lines for a, b in _split_line(text[start:end])]
    return trimmed_spans(text, lines)
