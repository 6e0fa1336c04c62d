"""Blocks of text of an HTML page, and the element that holds the article.

The page is parsed by resiliparse, which closes and nests what its author did not; its serialised body is then
read as a flat sequence of tags, which costs far less than visiting every node.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.boilerplate.title import normal
from pipeline.lexicon import cached, load_table

#: Elements whose content is no text, cut out before tags are read.
_RAW = re.compile(
    r"<(script|style|noscript|template|svg|textarea|select|iframe)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL
)
#: Elements that hold no article.
_DROPPED = frozenset(["nav", "button", "option", "object", "embed", "canvas", "label", "map"])
_NAMES = re.compile(r"\s(?:class|id)=\"([^\"]*)\"")
_HIDDEN = re.compile(r"\shidden(?:=|\s|$)|display:\s?none|aria-hidden=\"true\"")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
#: Tags that part no text; links are counted and no members.
_INLINE = frozenset(
    [
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "nobr",
        "q",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_ATTRIBUTES = r"[^\"<>]*+(?:\"[^\"]*+\"[^\"<>]*+)*+"
_INLINE_TAG = re.compile(
    rf"</?(?:{'|'.join(sorted(_INLINE, key=len, reverse=True))})(?![\w:-]){_ATTRIBUTES}>"
)
#: A tag: whether it closes, its name, its attributes. Splits the page into these and the text between them.
_TAG = re.compile(rf"<(/?)([a-zA-Z][\w:-]*+)({_ATTRIBUTES})>")
_VOID = frozenset(
    ["br", "img", "hr", "wbr", "link", "meta", "source", "track", "col", "area", "base", "param", "input"]
)
_LEAVES = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "td",
        "th",
        "dd",
        "dt",
        "figcaption",
        "pre",
        "address",
        "blockquote",
    ]
)
#: Tags that say what they hold.
_KINDS = {"figcaption": "caption", "aside": "related", "footer": "footer", "form": "comments", "header": ""}
_MIN_WORDS = 8
_MAX_LINKED = 0.5
#: How much of a paragraph's weight its first, second and third containers get.
_SHARES = (1.0, 0.6, 0.3)
_MAX_COUNTED = 80
#: Containers are looked for so many elements up: enough for lists in quotations, bounded on hostile nesting.
_MAX_CLIMB = 12
#: An element that holds a larger share of the page's running text is no sidebar, whatever its class says.
_MAX_CLAIMED = 0.4
_WITH_HEADLINE = 0.1
_HEADINGS = frozenset(("h1", "h2", "h3"))


@dataclass(slots=True)
class Block:
    """A stretch of text between block-level tags.

    Args:
        text: Its text, white space collapsed.
        tag: Nearest block-level tag.
        holder: Index of that tag's element.
        linked: Share of its characters inside links.
        kind: Kind that an element around it claims by its class or tag, else empty.
    """

    text: str
    tag: str
    holder: int
    linked: float
    kind: str = ""

    @property
    def words(self) -> int:
        """Number of its words if it is running text, else 0."""
        words = self.text.count(" ") + 1
        return words if words >= _MIN_WORDS and self.linked <= _MAX_LINKED else 0


@dataclass(slots=True)
class _Element:
    tag: str
    claim: str
    parent: int
    first: int
    last: int = 0
    words: int = 0
    score: float = 0.0


@dataclass(slots=True)
class _Builder:
    """Collects blocks and elements while the tags go by."""

    blocks: list[Block] = field(default_factory=list)
    elements: list[_Element] = field(default_factory=list)
    stack: list[int] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    links: int = 0
    linked: int = 0

    def flush(self) -> None:
        if not self.parts:
            return
        text = "".join(self.parts)
        text = html.unescape(text) if "&" in text else text
        text = " ".join((text if text.isascii() else _INVISIBLE.sub("", text)).split())
        if text:
            top = self.stack[-1] if self.stack else 0
            share = min(1.0, self.linked / len(text))
            self.blocks.append(Block(text, self.elements[top].tag, top, share))
        self.parts.clear()
        self.linked = 0

    def text(self, piece: str) -> None:
        if piece.isspace():
            if self.parts:
                self.parts.append(" ")
        elif piece:
            self.parts.append(piece)
            if self.links:
                self.linked += len(piece.strip())

    def open(self, tag: str, attrs: str) -> None:
        self.flush()
        parent = self.stack[-1] if self.stack else -1
        self.elements.append(_Element(tag, _claim(tag, attrs), parent, len(self.blocks)))
        self.stack.append(len(self.elements) - 1)

    def close(self, tag: str) -> None:
        self.flush()
        while self.stack:
            element = self.elements[self.stack.pop()]
            element.last = len(self.blocks)
            if element.tag == tag:
                return


@cached
def _containers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["pattern"])) for row in load_table("html_containers"))


@lru_cache(maxsize=4096)
def _kind_of_names(names: str) -> str:
    return next((kind for kind, pattern in _containers() if pattern.search(names)), "")


def _claim(tag: str, attrs: str) -> str:
    """Return the kind of content that an element's tag, class or id names, else an empty string."""
    if tag in _KINDS or not attrs:
        return _KINDS.get(tag, "")
    if _HIDDEN.search(attrs):
        return "other"
    if tag in {"body", "html", "main", "article"}:
        return ""
    names = " ".join(_NAMES.findall(attrs)).lower()
    return _kind_of_names(names[:200]) if names else ""


def _settle(builder: _Builder, headlines: Collection[str]) -> None:
    """Give blocks the kinds that elements around them claim by their names.

    Pages wrap everything in elements called "sidebar-right": one that holds the headline and some running
    text, or without a headline most of the running text, is believed in nothing but being hidden.
    """
    elements = builder.elements
    for block in builder.blocks:
        elements[block.holder].words += block.words
    for element in reversed(elements[1:]):
        elements[element.parent].words += element.words
    total = elements[0].words
    titled = _around_headline(builder, headlines)
    for index, element in enumerate(elements[1:], 1):
        wrapper = (
            element.words > (_WITH_HEADLINE if index in titled else 1 if titled else _MAX_CLAIMED) * total
        )
        if wrapper and element.claim != "other":
            element.claim = ""
        element.claim = elements[element.parent].claim or element.claim
    for block in builder.blocks:
        block.kind = elements[block.holder].claim


def _around_headline(builder: _Builder, headlines: Collection[str]) -> set[int]:
    """Return the elements around the headline, each visited once however often it stands on the page."""
    titled: set[int] = set()
    for block in builder.blocks:
        if block.tag in _HEADINGS and normal(block.text) in headlines:
            index = block.holder
            while index >= 0 and index not in titled:
                titled.add(index)
                index = builder.elements[index].parent
    return titled


def _weigh(builder: _Builder) -> None:
    """Share each paragraph's words among the elements around it."""
    elements = builder.elements
    for block in builder.blocks:
        if not block.words or block.kind:
            continue
        index = block.holder
        shares = iter(_SHARES)
        share = next(shares)
        for _ in range(_MAX_CLIMB):
            if index < 0 or not share:
                break
            if elements[index].tag not in _LEAVES:
                elements[index].score += share * min(block.words, _MAX_COUNTED) * (1 - block.linked)
                share = next(shares, 0.0)
            index = elements[index].parent


def _build(source: str) -> _Builder:
    builder = _Builder()
    builder.open("body", "")
    dropped = 0
    pieces = _TAG.split(_INLINE_TAG.sub("", _RAW.sub(" ", source)))
    builder.text(pieces[0])
    for i in range(1, len(pieces), 4):
        close, tag, attributes, text = pieces[i : i + 4]
        if tag in _DROPPED:
            dropped = max(0, dropped + (-1 if close else 1))
        elif dropped:
            continue
        elif tag == "a":
            builder.links = max(0, builder.links + (-1 if close else 1))
        elif tag in {"br", "hr"}:
            builder.flush()
        elif tag not in _VOID:
            if close:
                builder.close(tag)
            else:
                builder.open(tag, attributes)
        if text and not dropped:
            builder.text(text)
    while builder.stack:
        builder.close("body")
    return builder


def read_blocks(source: str, headlines: Collection[str]) -> tuple[list[Block], range]:
    """Read a page's blocks and find the article among them.

    Args:
        source: The page's body, well-formed.
        headlines: Forms of the page's headline as :func:`pipeline.boilerplate.title.normal` makes them.

    Returns:
        All blocks, and the range of those inside the element that holds most running text; of all blocks if
        none does.
    """
    builder = _build(source)
    _settle(builder, headlines)
    _weigh(builder)
    best = max(builder.elements, key=lambda element: element.score)
    return builder.blocks, range(best.first, best.last) if best.score else range(len(builder.blocks))
