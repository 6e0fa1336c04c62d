"""Where a headline ends that was glued into running text without a full stop."""

from __future__ import annotations

import re

from pipeline.lexicon import forms

#: No headline is longer; beyond it only the next sentence start is safe.
_REACH = 190
_WORD = re.compile(r"\S+")
_MARKER = re.compile(r"\s(?:Baca|BACA|Simak|Lihat|Tonton)\s(?:[Jj]uga|JUGA)\b|\s\(|$")
_NEXT_SENTENCE = re.compile(r"[.!?][”\"’)]{0,2}\s+(?=[A-Z“\"‘])")


def particles() -> frozenset[str]:
    """Return the words that stay lower-case in a headline."""
    return forms("headline_particles")


def _is_capital(word: str) -> bool:
    core = word.lstrip("“\"‘'(")
    return bool(core) and (core[0].isupper() or core[0].isdigit())


def _title_cased_end(text: str, words: list[re.Match[str]]) -> int | None:
    """Return where a title-cased headline ends: before the sentence of the first lower-case word."""
    for index, match in enumerate(words):
        word = match.group().strip("“”\"‘’',:;().")
        if not word or _is_capital(word) or word in particles():
            continue
        if index < 4:
            return None  # not title-cased
        start = index - 1
        while start > 1 and words[start].group() in particles():
            start -= 1
        if not _is_capital(words[start].group()):
            return None
        for earlier in range(start, max(2, start - 5), -1):
            if (
                words[earlier].group().rstrip(",") in forms("sentence_openers")
                and words[earlier - 1].group()[-1] not in ":,"
            ):
                return words[earlier - 1].end()
        # A name of several words that also occurs elsewhere opens the sentence as a whole.
        while start > 2 and _is_capital(words[start - 1].group()):
            pair = text[words[start - 1].start() : words[start].end()]
            if words[start - 1].group()[-1] in ",:;!?" or text.count(pair, 0, 200_000) < 2:
                break
            start -= 1
        return words[start - 1].end()
    return None


def headline_end(text: str, start: int) -> int:
    """Return where a headline that begins at ``start`` ends.

    Headlines have no full stop. Tried in turn: the next marker or the end of the line; the sentence opener
    after
    lower-case words (headlines in sentence case); the change from title case to running text; the next
    sentence.

    Args:
        text: The line.
        start: Where the headline begins, after its marker.
    """
    limit = min(len(text), start + _REACH)
    marker = _MARKER.search(text, start, min(len(text), limit + 1))
    stop = marker.start() if marker else limit
    full_stop = _NEXT_SENTENCE.search(text, start, stop)
    if full_stop:
        stop = full_stop.end()
    openers = forms("sentence_openers")
    words = list(_WORD.finditer(text, start, stop))
    for index, match in enumerate(words):
        word = match.group()
        before = words[index - 1].group()
        alone = before[0].islower() and before not in particles()
        opens = word[0] in '“"' or (alone and word.rstrip(",") in openers)
        if index >= 3 and opens and before[-1] not in ":,":
            return words[index - 1].end()
    cased = _title_cased_end(text, words)
    if cased is not None:
        return cased
    if marker or full_stop or stop == len(text):
        return stop
    following = _NEXT_SENTENCE.search(text, stop, min(len(text), stop + 600))
    return following.end() if following else stop
