"""Clean text, as the stages read it: nothing invisible, odd spaces, letters and quotation marks as usual.

Pages carry no-break spaces, zero-width characters, soft hyphens, entities of HTML in plain text, letters that
are meant as decoration, shortcodes of content management systems, words parted at line ends, and "?" where a
quotation mark was lost. The stages work on a copy without them; all that they find is told in offsets of the
page's own text, which stays as it is.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from pipeline.document import Article, Award, Mention, Segment, Sentence, Slot
from pipeline.hard_wraps import PADDING, rejoined
from pipeline.lexicon import cached, load_table

S = TypeVar("S", Segment, Sentence, Mention)

#: Zero-width characters, soft hyphens, byte order marks, marks of writing direction.
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
#: The backslash that Markdown writes before a quotation mark counts as invisible too.
_OTHER_LENGTH = re.compile(
    rf"[{_INVISIBLE}]+|\\(?=[\"'])|[\ufb00-\ufb06]|(?:(?<=\bKab)|(?<=\bKec)|(?<=\bKel)|(?<=\bProv))\.(?=[A-Z][a-z])"
)
_SPACE = re.compile(f"[{_SPACES}]")
#: Letters and digits that only look otherwise: mathematical, of full width, in circles; and other hyphens.
_DECORATED = re.compile("[\U0001d400-\U0001d7ff\uff01-\uff5e\u24b6-\u24e9\u2102-\u2138\U0001f130-\U0001f189]")
_HYPHEN = re.compile("[\u2010\u2011]")
#: A dash in a word that is said twice ("Toli–Toli").
_TWICE = re.compile(r"(?<!\w)([^\W\d_]{2,20})[\u2012\u2013](?=(?i:\1))")
#: Marks of messengers around words: "_Pemkab Batu_", "*Juara I*".
_EMPHASIS = re.compile(r"(?<![\w*_~])([*_~])(?=[^\W_])([^\n*_~]{1,300})(?<=[^\s*_~])\1(?![\w*_~])")
#: A government and its region in lower case, as people type them.
_GOVERNMENT = r"(?<!\w)(?:pemkab|pemkot|pemko|pemprov|pemerintah (?:kabupaten|kota|provinsi))"
_LIGATURE = re.compile("[\ufb00-\ufb06]")
#: What a plugin of WordPress should have replaced: ``[caption id="a"]``, ``[/caption]``.
_SHORTCODE = re.compile(
    r"\[[a-z][a-z0-9_-]{1,30}"
    r"(?:\s+[a-z_-]{1,30}=(?:\"[^\"\]\n]{0,300}\"|'[^'\]\n]{0,300}'|[^\s\]\"']{1,100})){1,30}\s*/?\]"
    r"|\[/[a-z][a-z0-9_-]{1,30}\]"
)
#: What a text needs for anything of it to be otherwise than it is.
_SUSPECT = re.compile(
    rf"[?&*_~]|{_GOVERNMENT} [a-z]|(?:Kab|Kec|Kel|Prov)\.[A-Z]|-[ \t]*\r?\n|\[/?[a-z]|[^\x00-\x7f]"
)
#: Entities of HTML, escaped once more or several times as well ("&amp;nbsp;").
_ENTITY = re.compile(r"&(?:amp;){0,3}(?:[A-Za-z]{2,8}[0-9]{0,2}|#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_MAX_ESCAPED = 4
#: Halves of characters, which no UTF-8 holds and no automaton reads; readers make them U+FFFD in files.
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Damaged marks: before a word after a space, inside a word, after the comma or stop of a quotation.
_OPENING = re.compile(r"(?<![^\s(\[])[?\ufffd](?=\w)")
_INNER = re.compile(r"(?<=[a-z])\?(?=[a-z])|(?<=\w)\ufffd(?=\w)")
_CLOSING = re.compile(r"(?<=[,.!])[?\ufffd](?![\w?!])|(?<=\w)[?\ufffd](?![\w?!])")
#: A quotation is closed within so many characters, on the same line.
_MAX_QUOTATION = 600
_LINE_BREAK = re.compile(r"[\n\r]")


def unescaped(text: str) -> str:
    """Return a text with characters in place of entities, however often these were escaped.

    Example:
        >>> unescaped("Taman &amp;ldquo;Rukun&rdquo; &aneh;")
        'Taman “Rukun” &aneh;'
    """
    return _ENTITY.sub(lambda match: _character(match.group()), text) if "&" in text else text


def _character(entity: str) -> str:
    for _ in range(_MAX_ESCAPED):
        entity = html.unescape(entity)
    return entity


def _padded(match: re.Match[str]) -> str:
    """Return what an entity stands for, and invisible characters in place of the rest of it."""
    entity = match.group()
    character = _character(entity)
    return character.ljust(len(entity), PADDING) if len(character) < len(entity) else entity


@cached
def _government() -> re.Pattern[str]:
    """Return the pattern of a government in lower case whose region is known."""
    bases = sorted({row["base"].lower() for row in load_table("regions")}, key=len, reverse=True)
    return re.compile(rf"{_GOVERNMENT} (?:{'|'.join(map(re.escape, bases))})(?!\w)")


def _usual_letters(text: str) -> str:
    """Replace decorated letters and other hyphens by the usual ones, one character by one."""

    def usual(match: re.Match[str]) -> str:
        letter = unicodedata.normalize("NFKC", match[0])
        return letter if len(letter) == 1 else match[0]

    return _TWICE.sub(r"\1-", _HYPHEN.sub("-", _DECORATED.sub(usual, text)))


def _quotation_marks(text: str) -> str:
    """Replace damaged quotation marks, one character by one."""
    characters = list(text)
    for match in _INNER.finditer(text):
        characters[match.start()] = "’"
    begin = 0
    while opening := _OPENING.search(text, begin):
        start, begin = opening.start(), opening.end()
        stop = min(len(text), start + _MAX_QUOTATION)
        line = _LINE_BREAK.search(text, begin, stop)
        closing = _CLOSING.search(text, begin, line.start() if line else stop)
        # A pair is told from a stray mark; one that only opens may have lost its other half.
        if closing and "\n" not in text[start : closing.start()]:
            characters[start], characters[closing.start()] = "“", "”"
            begin = closing.end()
        elif text[start] == "\ufffd":
            characters[start] = "“"
    return "".join(characters)


@dataclass(frozen=True, slots=True)
class CleanText:
    """A copy of a text without what disturbs reading it.

    Args:
        text: The copy.
        origins: Offset in the page's text of each of its characters; empty if they are the same.
        ends: Offset behind each of them, if some stand for several characters of the page's text.
    """

    text: str
    origins: Sequence[int] = ()
    ends: Sequence[int] = ()

    def inner(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the page's text lies in the copy."""
        if not self.origins:
            return start, end
        return bisect_left(self.origins, start), bisect_left(self.origins, end)

    def outer(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the copy lies in the page's text."""
        if not self.origins or start >= end:
            return start, end
        return self.origins[start], self.ends[end - 1] if self.ends else self.origins[end - 1] + 1


def _longer(piece: str) -> str:
    """Return what stands for a piece that has fewer characters than it is meant to have; else nothing."""
    if piece == ".":
        return ". "  # "Kab.Batu"
    return unicodedata.normalize("NFKC", piece) if _LIGATURE.match(piece) else ""


def cleaned(text: str) -> CleanText:
    r"""Return a text as the stages read it.

    Example:
        >>> cleaned("Kota\u00a0Ma\u00adlang").text
        'Kota Malang'
        >>> cleaned("?Luar biasa,? ujarnya.").text
        '“Luar biasa,” ujarnya.'
        >>> cleaned("Gedung&nbsp;Melati").text
        'Gedung Melati'
    """
    if not _SUSPECT.search(text):
        return CleanText(text)
    entities = {match.start(): match.end() for match in _ENTITY.finditer(text)} if "&" in text else {}
    text = _ENTITY.sub(_padded, text) if entities else text
    # Character by character first, then deletions: only these move offsets.
    same_length = _SURROGATE.sub("\ufffd", _SPACE.sub(" ", text))
    if not same_length.isascii():
        same_length = _usual_letters(same_length)
    same_length = _government().sub(lambda match: match[0].title(), same_length)
    same_length = _EMPHASIS.sub(rf"{PADDING}\2{PADDING}", same_length)
    same_length = rejoined(_SHORTCODE.sub(lambda match: PADDING * len(match[0]), same_length))
    if _OPENING.search(same_length) or _INNER.search(same_length):
        same_length = _quotation_marks(same_length)
    if not _OTHER_LENGTH.search(same_length):
        return CleanText(same_length)
    origins: list[int] = []
    parts: list[str] = []
    begin = 0
    for match in _OTHER_LENGTH.finditer(same_length):
        letters = _longer(match[0])
        parts += [same_length[begin : match.start()], letters]
        origins.extend(range(begin, match.start()))
        origins.extend([match.start()] * len(letters))
        begin = match.end()
    parts.append(same_length[begin:])
    origins.extend(range(begin, len(text)))
    ends = [entities.get(origin, origin + 1) for origin in origins] if entities else ()
    return CleanText("".join(parts), origins, ends)


def cleaned_article(article: Article) -> tuple[Article, CleanText]:
    """Return an article as the later stages read it; the same one if nothing changes."""
    clean = cleaned(article.text)
    if clean.text == article.text:
        return article, clean
    inner = ((s.kind, *clean.inner(s.start, s.end)) for s in article.segments)
    segments = tuple(Segment(start, end, kind) for kind, start, end in inner if start < end)
    return replace(article, text=clean.text, segments=segments), clean


def outer_spans(spans: Iterable[S], clean: CleanText) -> tuple[S, ...]:
    """Return segments, sentences or mentions of clean text with offsets of the page's text."""
    if not clean.origins:
        return tuple(spans)
    located = ((span, clean.outer(span.start, span.end)) for span in spans)
    return tuple(replace(span, start=start, end=end) for span, (start, end) in located)


def outer_awards(awards: Iterable[Award], clean: CleanText, text: str) -> tuple[Award, ...]:
    """Return awards of clean text with offsets of the page's text, and their evidence as it stands there.

    Args:
        awards: The awards.
        clean: What they were found in.
        text: The page's text.
    """

    def slot(inner: Slot) -> Slot:
        start, end = clean.outer(inner.start, inner.end)
        return replace(inner, text=text[start:end], start=start, end=end)

    told = []
    for award in awards:
        start, end = clean.outer(award.start, award.end)
        slots = {name: tuple(map(slot, given)) for name, given in award.slots.items()}
        told.append(replace(award, slots=slots, evidence=text[start:end], start=start, end=end))
    return tuple(told)
