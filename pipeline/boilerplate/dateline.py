"""Datelines: the place and outlet before an article's first sentence."""

from __future__ import annotations

import re

from pipeline.lexicon import cached, forms, load_table

_REACH = 100
_DASH = re.compile(r"\s{0,3}[*_]{0,3}\s{0,3}(?:[–—―]{1,3}|-{1,4}|—-)\s{0,3}[*_]{0,3}\s{0,3}")
_TLD = r"(?i:co\.id|go\.id|ac\.id|or\.id|my\.id|web\.id|sch\.id|desa\.id|com|id|net|org|co(?!m)|news|tv|info)"
_DOMAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{2,30}){0,2}?\." + _TLD + r"(?![a-z0-9])")
_GLUED = re.compile(r"[*_\s]{0,4}(" + _DOMAIN.pattern + r")[*_]{0,3}\s{0,2}(?=[A-Z“\"‘])")
_BRACKETED = re.compile(
    r"(?:\[[A-Za-z][\w.-]{2,60},\s?\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\]|\([A-Z][\w.]{2,30}-[A-Z]\w{2,20}\)(?=\s{0,3}[A-Z“\"‘]))\s{0,3}"
)
_STOP = re.compile(
    r"([A-Z][A-Za-z’'-]{2,30}(?: [A-Z][A-Za-z’'-]{2,30}){0,3})\s{0,2}"
    r"(\.|:|,\s?\d{1,2}\s\w{3,9}\s\d{4}\s?[:.])\s{1,3}(?=[A-Z“\"‘])"
)
_COLON = re.compile(r"([A-Z][A-Z’'. -]{2,40})(\s?\([A-Za-z. ]{2,20}\))?\s?:\s{1,3}(?=[A-Z“\"‘])")
_BARS = re.compile(
    r"([A-Z][A-Za-z’' -]{2,40}?)\s?\|{1,2}\s?(?:" + _DOMAIN.pattern + r"\s{1,2})?(?=[A-Z“\"‘])"
)
_COMMA = re.compile(
    r"([A-Z][A-Za-z’'-]{2,30}(?: [A-Z][A-Za-z’'-]{2,30}){0,2}),\s(?=([A-Z][a-z]+) [a-z][^,]{50})"
)
_DATE_PART = re.compile(r"\(?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\)?|\d{1,4}")
_JOINERS = frozenset(("dan", "|", "—", "–", "."))
_TOKEN = re.compile(r"[^\s,|/()\[\]*_]+")
_OPENER = re.compile(r"[A-Z0-9“\"‘'(*_\[]")


@cached
def _places() -> frozenset[str]:
    names: set[str] = set()
    for row in load_table("regions"):
        names.update((row["base"], row["name"], *row["aliases"]))
    return frozenset(name.upper() for name in names)


def _is_outlet(token: str) -> bool:
    domain, _, place = token.rpartition(".")
    if place.upper() in _places() and _DOMAIN.fullmatch(domain):
        return True
    return bool(_DOMAIN.fullmatch(token.rstrip("."))) or token.upper().strip(".") in forms("dateline_outlets")


def _plausible(prefix: str, tokens: list[str]) -> bool:
    """Whether every word could stand in a dateline: a name, an outlet, or part of a date.

    An outlet after a place and a comma may be written in lower case.
    """
    if not 0 < len(tokens) <= 9:
        return False
    place, comma, rest = prefix.partition(",")
    lower = bool(comma) and place.strip().upper() in _places() and 0 < len(rest.split()) <= 4
    return all(
        t[0].isupper() or _is_outlet(t) or _DATE_PART.fullmatch(t) or t in _JOINERS or (lower and t.isalpha())
        for t in tokens
    )


def _weak(prefix: str, tokens: list[str], dash: str) -> bool:
    """Whether a prefix without an outlet or a date is still a dateline: a place before a dash."""
    names = " ".join(tokens)
    if names.rstrip(".").upper() in _places() or any(t.upper() in _places() for t in tokens):
        return True
    spaced = dash != dash.strip() or not dash.strip().startswith("-")
    return len(tokens) <= 3 and "." not in prefix and (spaced or names.isupper())


def _dashed(text: str, strong_only: bool) -> int:
    for match in _DASH.finditer(text, 0, _REACH):
        prefix = text[: match.start()]
        if prefix.count("(") > prefix.count(")"):
            continue
        tokens = _TOKEN.findall(prefix)
        if not _plausible(prefix, tokens) or not _OPENER.match(text, match.end()):
            continue
        strong = any(_is_outlet(t) for t in tokens) or "|" in prefix
        strong = strong or bool(re.search(r"\(\s?[A-Z][\w.]{1,20}\s?\)|\d{1,2}[/ .-]\w{1,9}", prefix))
        if strong or (not strong_only and _weak(prefix, tokens, match.group())):
            return match.end() + _second_part(text[match.end() : match.end() + 40])
    return 0


def _second_part(text: str) -> int:
    """Return the length of a second part, as the place in ``OUTLET.COM – PLACE –``, 0 if there is none."""
    match = _DASH.search(text)
    if match is None or match.start() == 0:
        return 0
    part = text[: match.start()].strip()
    place = part.isupper() or part.upper() in _places() or _is_outlet(part)
    return match.end() if place and len(part.split()) <= 4 and _OPENER.match(text, match.end()) else 0


def dateline_end(text: str, *, strong_only: bool = False) -> int:
    """Return where the dateline at the start of a paragraph ends, 0 if it has none.

    Args:
        text: The paragraph.
        strong_only: Accept only datelines with an outlet or a date in them, for paragraphs other than the
            first.
    """
    head = text[: _REACH + 60]
    end = _dashed(head, strong_only)
    if end:
        return end
    for pattern in (_BRACKETED, _GLUED):
        match = pattern.match(head)
        if match and (pattern is not _GLUED or match.group(1).split(".")[0].isupper()):
            return match.end()
    if strong_only:
        return 0
    match = _STOP.match(head)
    if match and match.group(1).upper() in _places():
        return match.end()
    match = _BARS.match(head)
    if match and (match.group(1).isupper() or match.group(1).strip().upper() in _places()):
        return match.end()
    match = _COMMA.match(head)
    if match and match.group(1).upper() in _places() and match.group(2).upper() not in _places():
        return match.end()
    match = _COLON.match(head)
    if match and (match.group(2) or match.group(1).strip().upper() in _places()):
        return match.end()
    return 0
