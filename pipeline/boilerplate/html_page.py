"""Article text of an HTML page."""

from __future__ import annotations

import re

from pipeline.boilerplate.html_article import SUBHEADINGS, HtmlArticle, find_article, find_headline
from pipeline.boilerplate.html_blocks import LEAVES, Block, BlockTree, read_blocks
from pipeline.boilerplate.html_claims import settle_kinds
from pipeline.boilerplate.html_hidden import data_text
from pipeline.boilerplate.html_metadata import HtmlMetadata, read_metadata
from pipeline.boilerplate.publication_lines import find_date, is_date_line
from pipeline.boilerplate.text_page import strip_lines
from pipeline.boilerplate.title import content_words, normal
from pipeline.document import Article, Page

_SITE = re.compile(r"(?<!\s)\s+[-–—]\s+[\w.]{2,40}(?:\s[\w.]{2,20}){0,3}$")
_BARS = re.compile(r"\s+[|»·]\s+")
#: Captions and dates between headline and article stand within so many blocks before it.
_ABOVE = 30
#: Some pages have them as the article's first blocks.
_INSIDE = 6
_MIN_TITLE, _MAX_TITLE = 12, 400
_ALIKE = 0.5
_CHANGED = re.compile(r"diperbarui|diperbaharui|diubah|diedit|updated?|modified|terakhir|last", re.IGNORECASE)
#: Links that fill a block stand alone there.
_LINKED = 0.7
_MAX_LINK_WORDS = 30
#: Short texts without links in such elements are parts of the article they stand in.
_PARTS = LEAVES - frozenset(["figcaption", *SUBHEADINGS])
_PART_LINKED = 0.3
#: A page with fewer words of running text shows its article elsewhere, if anywhere.
_MIN_TEXT, _WEAK_WORDS, _MUCH_MORE = 8, 40, 3


def _bare(title: str) -> str:
    """Return a headline without the site's name before or behind it."""
    return _SITE.sub("", max(_BARS.split(title), key=len))


def _forms(metadata: HtmlMetadata) -> list[str]:
    """Return the headlines that the page states, each also without the site's name."""
    forms = dict.fromkeys(form for value in metadata.titles for form in (value, _bare(value)))
    site = normal(metadata.site)
    return [form for form in forms if normal(form) != site]


def _title(metadata: HtmlMetadata, blocks: list[Block], article: HtmlArticle) -> str | None:
    """Return the headline: of what the page states the form that it shows, else what heads its text.

    Tags that share less than half of its words with a heading state something else, as the site's name.
    """
    forms = _forms(metadata)
    stated = _bare(forms[0]) if forms else None
    if article.headline is None:
        return stated
    shown = blocks[article.headline].text
    if len(shown) < _MIN_TITLE:
        return stated or shown
    said = next((form for form in forms if normal(form) == normal(shown)), None)
    said = said if shown.isupper() or said is None else shown
    words = content_words(shown)
    alike = stated is not None and len(words & content_words(stated)) >= _ALIKE * len(words)
    return said or (stated if alike else shown)


def _published(metadata: HtmlMetadata, tree: BlockTree, article: HtmlArticle) -> str | None:
    """Return the date that the page shows by its headline, else what its tags, times or address state."""
    blocks, start = tree.blocks, max(0, article.start - _ABOVE)
    head = range(article.start, min(article.stop, article.start + _INSIDE))
    stop = next((i for i in head if blocks[i].words and not is_date_line(blocks[i].text)), head.stop)
    lines = [(i, b.text) for i, b in enumerate(blocks[start:stop], start) if is_date_line(b.text)]
    if article.headline is not None:
        own = (text for i, text in lines if i > article.headline and not _CHANGED.search(text))
        if shown := next(map(find_date, own), None):
            return shown
    times = (find_date(value) for index, value in tree.times if start <= index <= stop)
    return (
        metadata.published
        or next(filter(None, times), None)
        or next((find_date(text) for _, text in lines), None)
        or metadata.address_date
        or None
    )


def _chosen(blocks: list[Block], article: HtmlArticle, title: str | None) -> list[Block]:
    """Return the article's blocks, with captions and dates above it."""
    wanted = normal(title) if title else ""
    above = [
        index
        for index in range(max(0, article.start - _ABOVE), article.start)
        if blocks[index].kind in {"caption", "byline"}
    ]
    chosen = [blocks[index] for index in sorted({*above, *article.indices()})]
    return [block for block in chosen if len(block.text) > _MAX_TITLE or normal(block.text) != wanted]


def _kind(block: Block, following: Block | None) -> str | None:
    """Return the kind of a block's line, ``None`` where this is for its words to say."""
    if block.kind:
        return block.kind
    if block.linked > _LINKED and block.text.count(" ") < _MAX_LINK_WORDS:
        return "related"
    heads = block.tag in SUBHEADINGS and following is not None and following.words and not following.kind
    part = not block.words and block.tag in _PARTS and block.linked < _PART_LINKED
    return "body" if heads or part else None


def _lines(blocks: list[Block]) -> list[tuple[str, str | None]]:
    following: list[Block | None] = [*blocks[1:], None]
    return [(block.text, _kind(block, after)) for block, after in zip(blocks, following, strict=False)]


def _located(
    body: str, metadata: HtmlMetadata, *, unshown: bool = False
) -> tuple[BlockTree, HtmlArticle, int]:
    """Return the page's blocks, its article, and how many words of running text this has."""
    blocks = read_blocks(body, unshown=unshown)
    headline = find_headline(blocks, {normal(form) for form in _forms(metadata)})
    settle_kinds(blocks, headline)
    article = find_article(blocks, headline)
    return blocks, article, article.words(blocks)


def strip_html(page: Page) -> Article:
    """Extract an HTML page's text and label its segments as those of a text page.

    Args:
        page: A page of kind ``html``.

    Returns:
        The article; ``text`` is the headline and the blocks of the element that holds it, one a line. A page
        that shows no text has that of its data.
    """
    from resiliparse.parse.html import HTMLTree

    source = page.content.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    tree = HTMLTree.parse(source)
    head, inner = (node.html if node is not None else "" for node in (tree.head, tree.body))
    stated = read_metadata(tree, head + inner)
    blocks, article, words = _located(inner, stated)
    if words < _MIN_TEXT and ("<noscript" in inner or "<template" in inner):
        blocks, article, words = _located(inner, stated, unshown=True)
    body = stated.body or (data_text(tree) if words < _MIN_TEXT else "")
    title = page.metadata.get("title") or _title(stated, blocks.blocks, article)
    published = page.metadata.get("published") or _published(stated, blocks, article)
    if words < _WEAK_WORDS and body.count(" ") + 1 > max(_MIN_TEXT, _MUCH_MORE * words):
        rows: list[tuple[str, str | None]] = [(line, None) for line in body.split("\n")]
    else:
        rows = _lines(_chosen(blocks.blocks, article, title))
    rows = [(title, None), *rows] if title else rows
    metadata = dict(page.metadata)
    metadata |= {"title": title} if title else {}
    metadata |= {"published": published} if published else {}
    text = "\n".join(text for text, _ in rows)
    return strip_lines(Page(page.doc_id, page.source, text, "text", metadata), [kind for _, kind in rows])
