"""Article text that a page holds where no reader sees it before a script has run.

Pages that scripts build keep their text in data: for search engines, for the script, or in parts of the page
that are shown later.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.clean_text import unescaped

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree

_TAG = re.compile(r"<[^<>]{1,2000}>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
#: State of a script, as its assignment to a variable of the page.
_STATE = re.compile(r"\s{0,100}(?:window\.|var\s|const\s|self\.)?\s?__?[A-Z][\w$]{2,40}\s?=\s?(?=\{)")
#: A string of data is text from so many words, and an article from so many.
_MIN_WORDS, _MIN_ARTICLE = 8, 25
#: Objects with such members are other pages when they stand in a list.
_PAGE_MEMBERS = frozenset(["title", "slug", "url", "link", "permalink", "headline", "judul"])
_MAX_DEPTH = 40


def paragraphs(text: str) -> str:
    """Return text of a page's data, which may have tags and entities, with a line for each paragraph."""
    if "<" in text or "&" in text:
        text = unescaped(_TAG.sub(" ", _BREAK.sub("\n", unescaped(text) if "&lt;" in text else text)))
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def _data(tree: HTMLTree) -> Iterator[object]:
    """Yield what the page's scripts of data hold."""
    decoder = json.JSONDecoder(strict=False)
    for script in tree.document.query_selector_all("script") if tree.document is not None else ():
        kind, text = script.getattr("type") or "", (script.text or "").strip()
        state = _STATE.match(text)
        if kind == "application/json" or state:
            try:
                # What follows the object is the script's business.
                yield decoder.raw_decode(text, state.end() if state else 0)[0]
            except (ValueError, RecursionError):
                continue


def _words(text: str) -> int:
    return text.count(" ") + 1


def _longest(value: object, depth: int = 0) -> str:
    """Return the longest text in data: a string, or the paragraphs of a list."""
    if isinstance(value, str):
        text = paragraphs(value) if value.count(" ") + 1 >= _MIN_WORDS else ""
        return text if _words(text) >= _MIN_WORDS else ""
    if depth >= _MAX_DEPTH:
        return ""
    if isinstance(value, dict):
        return max((_longest(v, depth + 1) for v in value.values()), key=len, default="")
    if isinstance(value, list):
        texts = [_longest(v, depth + 1) for v in value]
        if any(isinstance(v, dict) and _PAGE_MEMBERS & v.keys() for v in value):
            return max(texts, key=len, default="")
        return "\n".join(filter(None, texts))
    return ""


def data_text(tree: HTMLTree) -> str:
    """Return the article's text from the data of the page's scripts, a line for each paragraph.

    Args:
        tree: The parsed page.

    Returns:
        The longest text in them, empty if none is long enough for an article.
    """
    text = max((_longest(value) for value in _data(tree)), key=len, default="")
    return text if _words(text) >= _MIN_ARTICLE else ""
