"""Character references of HTML (``&nbsp;``, ``&#8216;``) in what no browser shows: plain text, headlines."""

from __future__ import annotations

import html
import re

#: A reference with its semicolon; without one "&copy" may be part of an address.
REFERENCE = re.compile(r"&(?:amp;){0,3}(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});")
#: What is escaped twice in HTML: the names and numbers of characters that text has, not those of tags.
_TWICE = re.compile(
    r"&(?:amp;)+(?=(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|nbsp|[lr]dquo|[lr]squo|[bs]bquo|[lr]aquo|[mn]dash|hellip|bull|middot"
    r"|quot|apos|ensp|emsp|thinsp|shy|eacute|egrave|deg|trade|reg|copy|amp);)"
)


def character(reference: str) -> str:
    r"""Return the character that a reference stands for, itself if there is none.

    Example:
        >>> character("&ldquo;"), character("&amp;nbsp;"), character("&entah;")
        ('“', '\xa0', '&entah;')
    """
    before, found = reference, html.unescape(reference)
    while found != before and REFERENCE.fullmatch(found):
        before, found = found, html.unescape(found)
    return found


def resolved(text: str) -> str:
    """Return a text with its references resolved, also where they were escaped more than once."""
    return REFERENCE.sub(lambda match: character(match[0]), text) if "&" in text else text


def escaped_once(source: str) -> str:
    """Return HTML in which the characters of text are escaped once, so that a browser shows them.

    Example:
        >>> escaped_once("<p>&amp;ldquo;Juara&amp;rdquo; R&amp;D &amp;lt;")
        '<p>&ldquo;Juara&rdquo; R&amp;D &amp;lt;'
    """
    return _TWICE.sub("&", source) if "&amp;" in source else source
