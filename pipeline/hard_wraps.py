"""Lines that a printer or PDF broke by width: words parted at their ends, sentences that go on below."""

from __future__ import annotations

import re

#: Takes the place of what is dropped, so that offsets stay; it is no character of any text.
PADDING = "\u2060"
_HYPHENS = "-\u2010\u2011\u00ad\u00ac"
#: A word parted at the end of a line, between letters in lower case.
_PARTED = re.compile(
    rf"(?P<before>[^\W\d_]{{0,40}}[a-zà-öø-ÿ])(?P<gap>[{_HYPHENS}][ \t]{{0,3}}\r?\n[ \t]{{0,40}})"
    r"(?P<after>[a-zà-öø-ÿ]{2,40})"
)
#: A word with a hyphen of its own there: twice the same ("Toli-Toli"), a prefix before a name or number.
_HYPHENATED = re.compile(r"(?<=[a-z]-)\r?\n(?=[A-Z0-9])")
#: So many parted words show that the lines of a page were broken by width.
_ENOUGH = 2
_LINE_END = re.compile(r"(?<![\n\r])\r?\n(?![\n\r])")
_ENDS = re.compile(r"[.!?:;][\"”'’)\]]{0,3}[ \t]*\Z")
_WORD = re.compile(r"[ \t]*(\S{1,60})")
_ITEM = re.compile(r"[ \t]*(?:[-*•–]|\d{1,3}[.)])[ \t]")
#: A line counts as full where the next word would have made it longer than this share of the longest.
_FULL = 0.9


def _joined(match: re.Match[str]) -> str:
    before, gap, after = match["before"], match["gap"], match["after"]
    doubled = gap[0] == "-" and after.lower().startswith(before.lower())
    kept = gap[0] if doubled else ""
    return before + kept + PADDING * (len(gap) - len(kept)) + after


def rejoined(text: str) -> str:
    r"""Return a text of the same length: parted words in one, a space where a line was broken by width.

    Example:
        >>> rejoined("meraih peng-\nhargaan").replace(PADDING, "")
        'meraih penghargaan'
        >>> rejoined("anak-\nanak").replace(PADDING, "")
        'anak-anak'
    """
    whole, parted = _PARTED.subn(_joined, text)
    if parted < _ENOUGH:
        return whole
    whole = _HYPHENATED.sub(lambda match: PADDING * len(match[0]), whole)
    width = max((len(line) for line in text.splitlines()), default=0)
    pieces: list[str] = []
    begin = 0
    for end in _LINE_END.finditer(whole):
        line = whole[whole.rfind("\n", 0, end.start()) + 1 : end.start()]
        word = _WORD.match(whole, end.end())
        # a word that was joined stands in two lines of the page
        length = len(line) - line.rfind(PADDING) - 1
        full = word is not None and length + 1 + len(word[1]) > _FULL * width
        if full and not _ENDS.search(line) and not _ITEM.match(whole, end.end()):
            pieces += [whole[begin : end.start()], " " * len(end[0])]
            begin = end.end()
    return "".join(pieces) + whole[begin:]
