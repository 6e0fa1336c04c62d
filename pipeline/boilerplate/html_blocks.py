"""Blocks of text of an HTML page, and the elements around them.

The page is parsed by resiliparse, which closes and nests what its author did not; its serialised body is then
read as a flat sequence of tags, which costs far less than visiting every node.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field

from pipeline.clean_text import unescaped

#: Elements whose content is no text, or none that is shown before a script has run, are cut out beforehand.
_RAW, _RAW_BUT_UNSHOWN = (
    re.compile(rf"<(script|style|title|svg|textarea|select|iframe{names})\b.*?</\1\s*>|<!--.*?-->", re.DOTALL)
    for names in ("|noscript|template", "")
)
#: Elements that hold no article.
_DROPPED = frozenset(["nav", "button", "option", "object", "embed", "canvas", "label", "map"])
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
#: Attributes as the serialiser writes them: each with a value in quotation marks, which has none inside. A
#: stray mark in the page's own tag is part of a name.
_ATTRIBUTES = r"(?:\s=?[^\s=>]*+=\"[^\"]*+\")*+\s?/?"
#: Tags that part no text; links are counted and no members.
_INLINE_TAG = re.compile(
    r"</?(?:abbr|acronym|bdi|bdo|big|b|cite|code|data|dfn|em|font|ins|i|kbd|mark|nobr|q|ruby|samp|small|span|strike"
    rf"|strong|sub|sup|s|tt|u|var|wbr)(?![\w:-]){_ATTRIBUTES}>"
)
#: A tag: whether it closes, its name, its attributes. Splits the page into these and the text between them.
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*+)({_ATTRIBUTES})>")
_DATETIME = re.compile(r"\sdatetime=\"([^\"]{8,40})\"")
#: Tags that hold no text or are part of one: links, times, and elements without content.
_MARKS = frozenset(
    [
        "a",
        "time",
        "br",
        "img",
        "hr",
        "link",
        "meta",
        "source",
        "track",
        "col",
        "area",
        "base",
        "param",
        "input",
    ]
)
#: Elements that hold a single paragraph, item or cell.
LEAVES = frozenset(
    ["p", "li", "td", "th", "dd", "dt", "pre", "address", "blockquote", "figcaption"]
    + [f"h{level}" for level in range(1, 7)]
)
#: What holds all elements; no tag has this name.
_WHOLE = ""
#: Running text has at least so many words, and a share of at most so many characters inside links.
_MIN_WORDS = 8
_MAX_LINKED = 0.5


@dataclass(slots=True)
class Block:
    """A stretch of text between block-level tags.

    Args:
        text: Its text, white space collapsed.
        tag: Nearest block-level tag.
        holder: Index of that tag's element.
        linked: Share of its characters inside links.
        words: Number of its words if it is running text, else 0.
        pictured: Whether a picture stands right before it in the same element.
        kind: Segment kind of what an element around it holds, as far as these say, else empty.
    """

    text: str
    tag: str
    holder: int
    linked: float
    words: int
    pictured: bool
    kind: str = ""


@dataclass(slots=True)
class Element:
    """An element that parts text.

    Args:
        tag: Its tag.
        attributes: Its attributes, as they stand in the page.
        parent: Index of the element around it, -1 for the page's body.
        container: Index of the element around it that is no leaf (a paragraph, an item), or its own.
        first: Index of its first block.
        last: Index behind its last block.
    """

    tag: str
    attributes: str
    parent: int
    container: int
    first: int
    last: int = 0


@dataclass(slots=True)
class BlockTree:
    """A page's blocks of text and what is around them, in the page's order.

    Args:
        blocks: Its blocks.
        elements: Its elements; the first one is its body.
        times: Values of ``time`` elements, each with the index of the next block.
    """

    blocks: list[Block] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    times: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Builder:
    """Collects blocks and elements while the tags go by."""

    tree: BlockTree = field(default_factory=BlockTree)
    stack: list[int] = field(default_factory=list)
    opened: Counter[str] = field(default_factory=Counter)
    parts: list[str] = field(default_factory=list)
    links: int = 0
    linked: int = 0
    picture: int = -1

    def flush(self) -> None:
        text = "".join(self.parts)
        text = unescaped(html.unescape(text)) if "&" in text else text
        text = " ".join((text if text.isascii() else _INVISIBLE.sub("", text)).split())
        if text:
            top = self.stack[-1]
            linked = min(1.0, self.linked / len(text))
            words = text.count(" ") + 1
            running = words if words >= _MIN_WORDS and linked <= _MAX_LINKED else 0
            pictured = self.picture >= 0 and self.picture in {top, self.tree.elements[top].parent}
            self.tree.blocks.append(Block(text, self.tree.elements[top].tag, top, linked, running, pictured))
            self.picture = -1
        self.parts.clear()
        self.linked = 0

    def mark(self, tag: str, attributes: str, *, closes: bool) -> None:
        if tag == "a":
            self.links = max(0, self.links + (-1 if closes else 1))
        elif tag == "time":
            if not closes and (stated := _DATETIME.search(attributes)):
                self.tree.times.append((len(self.tree.blocks), stated[1]))
        elif tag in {"br", "hr", "img"}:
            if self.parts:
                self.flush()
            if tag == "img":
                self.picture = self.tree.elements[self.stack[-1]].container if self.stack else 0

    def text(self, piece: str) -> None:
        if piece.isspace():
            if self.parts:
                self.parts.append(" ")
        elif piece:
            self.parts.append(piece)
            if self.links:
                self.linked += len(piece.strip())

    def open(self, tag: str, attributes: str) -> None:
        if self.parts:
            self.flush()
        parent = self.stack[-1] if self.stack else -1
        elements = self.tree.elements
        container = elements[parent].container if tag in LEAVES and parent >= 0 else len(elements)
        elements.append(Element(tag, attributes, parent, container, len(self.tree.blocks)))
        self.stack.append(len(elements) - 1)
        self.opened[tag] += 1

    def close(self, tag: str) -> None:
        if self.parts:
            self.flush()
        if not self.opened[tag]:  # what it closes was cut out
            return
        closed = ""
        while closed != tag:
            element = self.tree.elements[self.stack.pop()]
            element.last = len(self.tree.blocks)
            closed = element.tag
            self.opened[closed] -= 1


def read_blocks(source: str, *, unshown: bool = False) -> BlockTree:
    """Read a page's blocks of text.

    Args:
        source: The page's body, well-formed, as :attr:`resiliparse.parse.html.DOMNode.html` writes it.
        unshown: Also read ``noscript`` and ``template``.
    """
    builder = _Builder()
    builder.open(_WHOLE, "")
    dropped = 0
    raw = _RAW_BUT_UNSHOWN if unshown else _RAW
    pieces = _TAG.split(_INLINE_TAG.sub("", raw.sub(" ", source)))
    builder.text(pieces[0])
    for i in range(1, len(pieces), 4):
        close, tag, attributes, text = pieces[i : i + 4]
        if tag in _DROPPED:
            dropped = max(0, dropped + (-1 if close else 1))
        elif dropped:
            continue
        elif tag in _MARKS:
            builder.mark(tag, attributes, closes=bool(close))
        elif close:
            builder.close(tag)
        else:
            builder.open(tag, attributes)
        if text and not dropped:
            builder.text(text)
    builder.close(_WHOLE)
    return builder.tree
