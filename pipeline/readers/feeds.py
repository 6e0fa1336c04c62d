"""Feeds (RSS, Atom) and exports of WordPress (WXR): an item is a page."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from pipeline.errors import PageError
from pipeline.readers.decoding import decode
from pipeline.readers.failures import LeftOut
from pipeline.readers.options import ReadOptions
from pipeline.readers.page_content import page_of
from pipeline.readers.reader import Outcome, Reader, Source, failure
from pipeline.readers.record_fields import is_html_document
from pipeline.readers.record_streams import record_page

_MAX_BYTES = 256 * 1024 * 1024
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding\s{0,5}=\s{0,5}[\"']([A-Za-z0-9_-]{1,40})")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_NAME_OF_HTML = re.compile("&[A-Za-z][A-Za-z0-9]{1,30};")
_XML_NAMES = frozenset({"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"})
#: Documents of items.
_ROOTS = frozenset({"rss", "feed", "RDF"})
#: Documents that sites have beside their pages.
_NO_PAGES = frozenset(
    {"urlset", "sitemapindex", "opml", "OpenSearchDescription", "browserconfig", "svg", "manifest"}
)
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,1000}"
    rb"(?:(?:<\?[^>]{0,500}\?>|<!--.{0,2000}?-->|<!DOCTYPE rss[^>]{0,300}>)\s{0,200}){0,9}"
    rb"<(?:[\w.-]{1,20}:)?([A-Za-z][\w.-]{0,60})[\s>/]",
    re.DOTALL,
)
#: What WordPress keeps beside articles.
_NO_ARTICLES = frozenset(
    {
        "attachment", "custom_css", "customize_changeset", "elementor_library", "feedback", "nav_menu_item",
        "oembed_cache", "revision", "user_request", "wp_block", "wp_font_face", "wp_font_family",
        "wp_global_styles", "wp_navigation", "wp_template", "wp_template_part", "wpcf7_contact_form",
    }
)  # fmt: skip
_UNPUBLISHED = frozenset({"auto-draft", "draft", "inherit", "pending", "trash"})
_BLOCK = re.compile(
    r"<(?:p|div|ul|ol|li|table|tr|td|h[1-6]|blockquote|figure|pre|section|article)\b", re.IGNORECASE
)
_BREAK = re.compile(r"\n\s*\n")


def _root(start: bytes) -> str:
    match = _START.match(start)
    return match[1].decode("ascii", "replace") if match else ""


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _cleaned(text: str) -> str:
    """Return XML without what is not allowed in it, and sites write all the same."""

    def character(match: re.Match[str]) -> str:
        return match[0] if match[0] in _XML_NAMES else html.unescape(match[0])

    return _BARE_AMPERSAND.sub("&amp;", _NAME_OF_HTML.sub(character, _CONTROL.sub(" ", text)))


def _items(text: str) -> Iterator[ET.Element]:
    parser: Any = ET.XMLPullParser(("start", "end"))  # its events are of several types
    depth = 0
    for at in range(0, len(text), 1 << 16):
        parser.feed(text[at : at + (1 << 16)])
        for event, element in parser.read_events():
            if event == "start" and _local(element.tag) in {"item", "entry"}:
                depth += 1
            elif event == "end" and _local(element.tag) in {"item", "entry"}:
                depth -= 1
                if not depth:
                    yield element
                    element.clear()
    parser.close()


def _text(element: ET.Element) -> str:
    if len(element) and element.get("type") == "xhtml":
        return "".join(ET.tostring(child, encoding="unicode") for child in element)
    return "".join(element.itertext()).strip()


def _paragraphs(body: str) -> str:
    """Give paragraphs to a text with tags that has only blank lines between them, as WordPress keeps it."""
    if _BLOCK.search(body) or not _BREAK.search(body) or "<" not in body:
        return body
    return "\n".join(f"<p>{part}</p>" for part in _BREAK.split(body))


def _record(item: ET.Element) -> dict[str, object]:
    """Return the fields of an item by the names that records have; the fullest text is its content."""
    found: dict[str, str] = {}
    for child in item:
        space, name = str(child.tag).rpartition("}")[0], _local(child.tag)
        if "mrss" in space or "itunes" in space:
            continue
        if name == "link" and child.get("rel", "alternate") != "alternate":
            continue
        if name in {"author", "creator"}:
            value = next((_text(inner) for inner in child if _local(inner.tag) == "name"), _text(child))
        else:
            value = _text(child) or child.get("href", "")
        key = "excerpt" if name == "encoded" and "excerpt" in space else name
        if value:
            found.setdefault(key, value)
    bodies = (found.get(name, "") for name in ("encoded", "content", "description", "summary"))
    guid = found.get("guid") or found.get("id", "")
    dates = (found.get(name) for name in ("pubDate", "published", "post_date", "date", "updated"))
    return {
        "id": found.get("link") or guid,
        "url": found.get("link") or guid,
        "title": found.get("title"),
        "author": found.get("creator") or found.get("author"),
        "date": next(filter(None, dates), None),
        "content": _paragraphs(next(filter(None, bodies), "")),
        "type": found.get("post_type", ""),
        "status": found.get("status", ""),
    }


def _outcome(item: ET.Element, source: Source, fallback: str, options: ReadOptions) -> Outcome:
    record = _record(item)
    if record["type"] in _NO_ARTICLES:
        return LeftOut("no_article")
    if record["type"] and record["status"] in _UNPUBLISHED:
        return LeftOut("unpublished")
    return record_page(record, source, fallback, options)


def read_feed(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read the items of a feed or export; each has its URL as id.

    Raises:
        PageError: ``unsupported`` for XML of another kind.
    """
    data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise PageError("too_long", "it is read whole; split the export")
    root = _root(data[:8_192])
    if root in _NO_PAGES:
        yield LeftOut(root)
        return
    declared = _ENCODING.match(data.lstrip()[:300])
    text, _ = decode(data, declared=declared[1].decode("ascii") if declared else "")
    if root not in _ROOTS:
        if is_html_document(text):
            yield page_of(
                data, doc_id=source.doc_id, source=source.shown, max_chars=options.max_chars, html=True
            )
            return
        kind = f"XML that is no feed (<{root}>)" if root else "no feed, nor another XML document"
        raise PageError("unsupported", f"it is {kind}; save the pages as text or HTML")
    number = 0
    damage = ""
    for attempt in (re.sub(r"\A\s*<\?xml[^>]*\?>", "", text), None):
        before = number
        number = 0
        try:
            for number, item in enumerate(_items(_cleaned(text) if attempt is None else attempt), 1):
                if number > before:
                    yield _outcome(item, source, f"{source.doc_id}#{number}", options)
            return
        except ET.ParseError as error:
            damage = str(error)
            number = max(number, before)
    hint = f"its XML is damaged after item {number} ({damage}); what comes before is read"
    yield failure(source, PageError("unreadable", hint))


FEED = Reader(
    format="feed",
    extensions=(".xml", ".rss", ".atom", ".rdf", ".wxr"),
    read=read_feed,
    claims=lambda start: _root(start) in _ROOTS | _NO_PAGES,
    certain=True,
)
