"""Article text of an HTML page, through resiliparse (Apache-2.0): a fast parser with a main-content heuristic."""

from __future__ import annotations

import html
import re
from typing import Any

from pipeline.boilerplate.text_page import strip_text
from pipeline.document import Article, Page

#: Where pages state their headline and date, most reliable first: CSS selector and attribute ("" for the text).
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
_SITE = re.compile(r"\s+[|»·]\s+[^|»·]{2,60}$|\s+[-–—]\s+[\w.]{2,40}(?:\s[\w.]{2,20}){0,3}$")
_SPACES = re.compile(r"[ \t\xa0]+")


def _value(tree: Any, selector: str, attribute: str) -> str:
    node = tree.document.query_selector(selector)
    if node is None:
        return ""
    text = node.getattr(attribute) if attribute else node.text
    return _SPACES.sub(" ", html.unescape(text or "").replace("\n", " ")).strip()


def _title(tree: Any, text: str) -> str | None:
    """Return the stated headline without the site's name, preferring a form that the page's text repeats."""
    stated = [value for selector, attribute in _TITLES if (value := _value(tree, selector, attribute))]
    for value in stated:
        for form in (value, _SITE.sub("", value)):
            if len(form) > 12 and form in text:
                return form
    return _SITE.sub("", stated[0]) if stated else None


def _published(tree: Any, source: str) -> str | None:
    for selector, attribute in _DATES:
        match = _ISO.search(_value(tree, selector, attribute)[:40])
        if match:
            return "-".join(match.groups())
    match = _LD_DATE.search(source)
    return match.group(1) if match else None


def strip_html(page: Page) -> Article:
    """Extract an HTML page's text and label its segments as those of a text page.

    Args:
        page: A page of kind ``html``.

    Returns:
        The article; ``text`` is the extracted text, one block a line.
    """
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    source = page.content.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    tree = HTMLTree.parse(source)
    main = extract_plain_text(
        tree, main_content=True, preserve_formatting=True, alt_texts=False, list_bullets=False
    )
    title = page.metadata.get("title") or _title(tree, main)
    text = main if not title or title in main else f"{title}\n\n{main}"
    metadata = dict(page.metadata)
    if title:
        metadata["title"] = title
    if "published" not in metadata and (published := _published(tree, source)):
        metadata["published"] = published
    return strip_text(Page(page.doc_id, page.source, text, "text", metadata))
