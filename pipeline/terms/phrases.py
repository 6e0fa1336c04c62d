"""Reading noun phrases of proper names: where does a category's or an event's name end?

Indonesian names of contests and categories are runs of capitalised words joined by a few connectives; in a
headline every word is capitalised, so that a list of words that never belong to a name has to end the run.
"""

from __future__ import annotations

import re

from pipeline.lexicon import cached, load_table

#: A word of running text: letters and digits with inner apostrophe, hyphen or dot-free slash.
WORD = re.compile(r"[^\W_](?:[\w'’&+]|[-/](?=\w))*", re.UNICODE)
#: No name is longer, in characters; a run of capitalised words without end is none.
LONGEST_NAME = 400
_BRACKET = re.compile(r" ?\([^()\n]{1,60}\)")
_GAP = re.compile(r"[ \t\r\n\xa0]{1,60}")
#: What may stand between two words of a name that is read backwards.
_NAME_GAP = " &()\n\r\t\xa0"
_QUOTED = re.compile(r"[“\"‘'`]([^“”\"‘’\n]{2,120})[”\"’'`]")


@cached
def stop_words() -> frozenset[str]:
    """Words (lower case) that never belong to a name, so that they end one."""
    return _words("stop")


@cached
def connectives() -> frozenset[str]:
    """Lower-case words that may stand inside a name, never at its end."""
    return _words("inside")


@cached
def english_links() -> frozenset[str]:
    """English words inside a name that is read backwards from its last word."""
    return _words("english")


def _words(role: str) -> frozenset[str]:
    return frozenset(w for row in load_table("name_words") if row["role"] == role for w in row["words"])


def is_name_word(word: str) -> bool:
    """Whether ``word`` looks like a word of a proper name: a capital or a digit first."""
    inner = len(word) > 3 and word[0].islower() and word[1].isupper()  # "iForte", "eSports"
    return (word[0].isupper() or word[0].isdigit() or inner) and word.lower() not in stop_words()


def bracket_after(text: str, position: int, end: int) -> int:
    """Return the end of a bracket that follows ``position`` directly, else ``position``."""
    match = _BRACKET.match(text, position, end)
    return match.end() if match else position


def read_name(text: str, position: int, end: int, blocked: frozenset[int] = frozenset()) -> int:
    """Return the end of the name that starts at ``position`` (``position`` itself if none does).

    Args:
        text: Article text.
        position: Where the name would start.
        end: Where it must end at the latest.
        blocked: Offsets at which another mention starts that cannot be part of the name.
    """
    last = position
    at = position
    after_bracket = False  # "A (a) dan B" names two things
    limit = min(end, position + LONGEST_NAME)
    while at < limit and at not in blocked:
        if text[at] == "&":
            at += 1
        else:
            match = WORD.match(text, at, end)
            if not match:
                break
            word = match.group()
            if is_name_word(word):
                last = at = match.end()
                closed = bracket_after(text, at, end)
                if closed != at:
                    after_bracket = True
                if closed != at and not re.match(r" ?\((?:\d{4}|\d{1,2}[/.-])", text[at:closed]):
                    last = at = closed
            elif last > position and not after_bracket and word.lower() in connectives():
                at = match.end()
            else:
                break
        following = _next_word(text, at, end)
        if following == at:
            break
        at = following
    return last


def _next_word(text: str, at: int, end: int) -> int:
    """Return where the next word of a name may start behind white space, hyphen or slash; else ``at``."""
    gap = _GAP.match(text, at, end)
    if gap:
        return gap.end()
    joined = at + 1 < end and text[at] in "-–/" and text[at + 1].isalnum()
    return at + 1 if joined else at


def read_backwards(text: str, position: int, first: int) -> int:
    """Return the start of the name whose last word starts at ``position``, at the earliest ``first``."""
    start = position
    for previous in reversed(list(WORD.finditer(text, first, position))):
        gap = text[previous.end() : start]
        joins = gap != "" and not gap.strip(_NAME_GAP) and is_name_word(previous.group())
        if not joins and (gap.strip() or previous.group() not in english_links()):
            break
        start = previous.start()
    return start


def read_plain(text: str, position: int, end: int, most: int = 6) -> int:
    """Return the end of a lower-case noun phrase of at most ``most`` words that starts at ``position``."""
    last = at = position
    for _ in range(most):
        match = WORD.match(text, at, end)
        if not match or match.group().lower() in stop_words():
            break
        if match.group().lower() not in connectives():
            last = match.end()
        at = match.end()
        gap = _GAP.match(text, at, end)
        if not gap:
            break
        at = gap.end()
    return bracket_after(text, last, end)


def read_quoted(text: str, position: int, end: int) -> tuple[int, int] | None:
    """Return the span inside quotation marks that open at ``position``."""
    match = _QUOTED.match(text, position, end)
    return match.span(1) if match else None
