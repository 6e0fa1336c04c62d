"""Lines of a page with the features that tell an article from what surrounds it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.lexicon import cached, load_table

#: Line separators: the usual ones and those of Unicode. Runs of other characters are lines.
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
#: What surrounds a line without being part of it: white space, NUL, zero-width characters, byte order mark.
_BLANK = " \t\xa0\x00\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u3000\u2002\u2003\u2009\u202f\x1f"
#: Decoration around a marker ("**Baca juga:**", "> Tags").
_DECORATION = " *_#>•▪■►▶→»·«|\\\t\xa0\u200b"
_TERMINAL = re.compile(r"[.!?…:;][\"”'’»)\]*_]{0,4}$|[,.!?…][\"”'’»]{1,2}$")
_SIGN_OFF = re.compile(r"\s?[(\[*]{1,2}[^()\[\]\n]{0,60}[)\]*]{1,2}[.*]{0,3}$")
_TAG = re.compile(r"<[/!?]?[a-zA-Z$][^<>]{0,2000}>|<\?php.{0,4000}\?>")
_OPEN_TAG = re.compile(r"<(?:p|li|td|th|dd|dt|div|h[1-6]|blockquote)\b[^<>]{0,400}>", re.IGNORECASE)
_CLOSE_TAG = re.compile(r"</(?:p|li|td|th|dd|dt|div|h[1-6]|blockquote|ul|ol|table|tr)\s*>", re.IGNORECASE)
#: What authors, dates and addresses in lower case look like.
_ASIDE = re.compile(
    r"(?:oleh|by|diposting|ditulis|published|posted|foto|dok|sumber)\b|\S{1,60}\s?[|•/,–-]\s|[\w.-]{2,40}\.\w{2,4}\b"
)
#: How lines of authors and sources begin, which end where they end.
_CREDIT = re.compile(
    r"(?:oleh|by|di ?posting|dipublikasikan|ditulis|published|posted|foto|dok|sumber)\b", re.IGNORECASE
)
#: A wrapped line is about this long; shorter ones end a paragraph or stand alone.
_WRAP_MIN, _WRAP_MAX = 50, 130
#: Share of lines in lower case from which a page of uneven lines counts as wrapped.
_RUN_ON = 0.3
#: Features of words are not needed on longer lines: these are paragraphs whatever they say.
_LONG = 1500


@cached
def _verb() -> re.Pattern[str]:
    """Return the pattern of a verb in lower case: headlines in title case capitalise theirs."""
    words = next(row["words"] for row in load_table("grammar_words") if row["role"] == "verb_prefix")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})[a-z]{{4,}}(?![\w-])")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, or a paragraph that was hard-wrapped into several.

    Args:
        start: First character that is not blank.
        end: One past the last such character.
        text: The page's text between them.
        bare: The same without markup tags and outer decoration.
        words: Number of space-separated words in ``bare``.
        capitals: Share of its words that begin with a capital letter (0 for very long lines).
        terminal: Whether it ends like a sentence.
        gap: Whether a blank line stands before it.
    """

    start: int
    end: int
    text: str
    bare: str
    words: int
    capitals: float
    terminal: bool
    gap: bool

    @property
    def states(self) -> bool:
        """Whether it is a statement however many names it has: a full stop, and a verb in lower case."""
        return self.terminal and self.bare.endswith(".") and bool(_verb().search(self.bare))

    @property
    def paragraph(self) -> bool:
        """Whether it reads like running text rather than a headline, a label or a list item."""
        if self.terminal and self.words >= (5 if self.bare.endswith(":") else 8):
            # Headlines ask and exclaim as well.
            limit = 0.6 if self.bare.endswith(("?", "!")) else 0.8
            return self.capitals < limit or self.words >= 18 or self.states
        if self.terminal and self.words >= 4 and self.bare[0] in '“"':
            return True
        if self.words >= 20:
            return self.capitals < 0.75 or self.words >= 40
        return self.words >= 14 and self.capitals < 0.5


def _measure(text: str, start: int, end: int, gap: bool) -> Line:
    piece = text[start:end]
    bare = _TAG.sub(" ", piece) if "<" in piece else piece
    bare = bare.strip(_DECORATION)
    words = bare.split() if len(bare) <= _LONG else []
    alphabetic = [w for w in (w.lstrip("“\"'‘(") for w in words) if w[:1].isalpha()]
    capitals = sum(w[0].isupper() for w in alphabetic) / len(alphabetic) if alphabetic else 0.0
    count = len(words) if words or not bare else bare.count(" ") + 1
    tail = bare[-90:]
    terminal = bool(_TERMINAL.search(tail) or _TERMINAL.search(_SIGN_OFF.sub("", tail)))
    return Line(start, end, piece, bare, count, capitals, terminal, gap)


def _physical(text: str) -> list[tuple[int, int]]:
    spans = []
    for match in _LINE.finditer(text):
        piece = match.group()
        start = match.start() + len(piece) - len(piece.lstrip(_BLANK))
        end = match.end() - (len(piece) - len(piece.rstrip(_BLANK)))
        if start < end:
            spans.append((start, end))
    return spans


def _is_wrapped(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether the page was wrapped: most lines are about as long as the longest, or go on in lower case."""
    lengths = [end - start for start, end in spans]
    longest = max(lengths, default=0)
    if len(lengths) < 8 or not _WRAP_MIN <= longest <= _WRAP_MAX:
        return False
    if sum(n >= 0.75 * longest for n in lengths) >= 0.6 * len(lengths):
        return True
    run_on = sum(text[start].islower() for start, _end in spans[1:])
    return run_on >= _RUN_ON * (len(spans) - 1)


def _continues(text: str, before: tuple[int, int], here: tuple[int, int], wrapped: bool) -> bool:
    gap = text.count("\n", before[1], here[0])
    if gap > 1:
        return False
    last, first = text[before[0] : before[1]], text[here[0] : here[1]]
    if _CLOSE_TAG.search(last[-40:]) or _OPEN_TAG.match(first) or _CLOSE_TAG.match(first):
        return False
    if _OPEN_TAG.match(last):
        return True
    if _TERMINAL.search(last[-12:]):
        return False
    if wrapped:
        return not _CREDIT.match(last)
    if len(last) < _WRAP_MIN:
        return False
    return len(last) <= _WRAP_MAX and _runs_on(last, first)


def _runs_on(last: str, first: str) -> bool:
    """Whether a line goes on in the next, on a page that was not wrapped throughout.

    Headlines have no full stop either, and outlets and authors below them may be in lower case.
    """
    if not first[0].islower() or " " not in first or _ASIDE.match(first):
        return False
    words = [word for word in last.split()[-12:] if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) <= 0.6 * len(words)


@lru_cache(maxsize=1)  # the filter of awards-only runs asks first
def line_spans(text: str, *, joined: bool = True) -> tuple[tuple[int, int, bool], ...]:
    """Return where the lines of :func:`split_lines` are, and whether a blank one is above each."""
    spans = _physical(text)
    wrapped = _is_wrapped(text, spans)
    lines: list[tuple[int, int, bool]] = []
    start = 0
    while start < len(spans):
        stop = start + 1
        while joined and stop < len(spans) and _continues(text, spans[stop - 1], spans[stop], wrapped):
            stop += 1
        gap = start > 0 and text.count("\n", spans[start - 1][1], spans[start][0]) > 1
        lines.append((spans[start][0], spans[stop - 1][1], gap))
        start = stop
    return tuple(lines)


def split_lines(text: str, *, joined: bool = True) -> list[Line]:
    """Split a page's text into lines, joining paragraphs that were hard-wrapped.

    Args:
        text: The page's plain text.
        joined: Whether to join at all.

    Returns:
        Its lines in order, without blank ones and without outer white space.
    """
    return [_measure(text, start, end, gap) for start, end, gap in line_spans(text, joined=joined)]
