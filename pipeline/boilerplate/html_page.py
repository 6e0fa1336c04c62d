"""Article text of an HTML page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from pipeline.boilerplate.html_blocks import Block, read_blocks
from pipeline.boilerplate.publication_lines import find_date, is_date_line
from pipeline.boilerplate.text_page import strip_lines
from pipeline.boilerplate.title import normal
from pipeline.document import Article, Page

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree

#: Where pages state headline and date, most reliable first: CSS selector and attribute ("" for the text).
_TITLES = (
    ("meta[property='og:title']", "content"),
    ("meta[name='title']", "content"),
    ("h1", ""),
    ("title", ""),
)
_DATES = (
    ("meta[property='article:published_time']", "content"),
    ("meta[itemprop='datePublished']", "content"),
    ("meta[name='publishdate']", "content"),
    ("meta[name='pubdate']", "content"),
    ("meta[name='content_PublishedDate']", "content"),
    ("time[datetime]", "datetime"),
)
_LD_DATE = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d{2}-\d{2})')
_ISO = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})")
_SITE = re.compile(r"(?<!\s)\s+(?:[|»·]\s+[^|»·]{2,60}|[-–—]\s+[\w.]{2,40}(?:\s[\w.]{2,20}){0,3})$")
_SPACES = re.compile(r"\s+")
#: Captions and dates between headline and article stand within so many blocks before it.
_ABOVE = 30
#: Some pages have them as the article's first blocks.
_INSIDE = 6
_MIN_TITLE = 12
#: Links that fill a block stand alone there.
_LINKED = 0.7
_MAX_LINK_WORDS = 30


def _value(tree: HTMLTree, selector: str, attribute: str) -> str:
    node = tree.document.query_selector(selector) if tree.document is not None else None
    if node is None:
        return ""
    text = node.getattr(attribute) if attribute else node.text
    return _SPACES.sub(" ", html.unescape(text or "")).strip()


def _titles(tree: HTMLTree) -> list[str]:
    """Return the headlines that the page states, each also without the site's name."""
    stated = [value for selector, attribute in _TITLES if (value := _value(tree, selector, attribute))]
    return list(dict.fromkeys(form for value in stated for form in (value, _SITE.sub("", value))))


def _shown(titles: list[str], blocks: list[Block]) -> str | None:
    """Return the first form of the headline that stands on the page itself, else the first one stated."""
    texts = {block.text for block in blocks}
    shown = next((form for form in titles if form in texts and len(form) >= _MIN_TITLE), None)
    return shown or (_SITE.sub("", titles[0]) if titles else None)


def _published(tree: HTMLTree, source: str, near: list[Block]) -> str | None:
    """Return the date that the page's metadata states, else that of the first date line near the headline."""
    for selector, attribute in _DATES:
        match = _ISO.search(_value(tree, selector, attribute)[:40])
        if match:
            return "-".join(match.groups())
    match = _LD_DATE.search(source)
    if match:
        return match.group(1)
    return next((find_date(block.text) for block in near if is_date_line(block.text)), None)


def _chosen(blocks: list[Block], article: range, title: str | None) -> list[Block]:
    """Return the article's blocks, with captions and dates above it."""
    wanted = normal(title) if title else ""
    above = [
        block
        for block in blocks[max(0, article.start - _ABOVE) : article.start]
        if block.kind in {"caption", "byline"} and normal(block.text) != wanted
    ]
    return above + [block for block in blocks[article.start : article.stop] if normal(block.text) != wanted]


def _kind(block: Block) -> str | None:
    if block.kind:
        return block.kind
    alone = block.linked > _LINKED and block.text.count(" ") < _MAX_LINK_WORDS
    return "related" if alone else None


def strip_html(page: Page) -> Article:
    """Extract an HTML page's text and label its segments as those of a text page.

    Args:
        page: A page of kind ``html``.

    Returns:
        The article; ``text`` is the headline and the blocks of the element that holds it, one a line.
    """
    from resiliparse.parse.html import HTMLTree

    source = page.content.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    tree = HTMLTree.parse(source)
    titles = _titles(tree)
    blocks, article = read_blocks(
        tree.body.html if tree.body is not None else "", {normal(t) for t in titles}
    )
    title = page.metadata.get("title") or _shown(titles, blocks)
    near = blocks[max(0, article.start - _ABOVE) : article.start + _INSIDE]
    published = page.metadata.get("published") or _published(tree, source, near)
    chosen = _chosen(blocks, article, title)
    rows: list[tuple[str, str | None]] = [(title, None)] if title else []
    rows += [(block.text, _kind(block)) for block in chosen]
    metadata = dict(page.metadata)
    metadata |= {"title": title} if title else {}
    metadata |= {"published": published} if published else {}
    text = "\n".join(text for text, _ in rows)
    return strip_lines(Page(page.doc_id, page.source, text, "text", metadata), [kind for _, kind in rows])
