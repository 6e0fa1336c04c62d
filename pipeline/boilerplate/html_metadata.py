"""What an HTML page states about itself: its headline and date in tags, and its data for search engines."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.boilerplate.html_hidden import paragraphs
from pipeline.boilerplate.publication_lines import find_date
from pipeline.boilerplate.title import normal
from pipeline.clean_text import unescaped
from pipeline.lexicon import cached, load_table

if TYPE_CHECKING:
    from resiliparse.parse.html import DocumentNode, HTMLTree

_SPACES = re.compile(r"\s+")
#: A tag as the serialiser writes it, which puts each value in double quotation marks.
_META = re.compile(r"<meta((?:\s=?[^\s=>]*+=\"[^\"]*+\")*+)")
_NAME = re.compile(r"\s(?:property|name|itemprop)=\"([^\"]*)\"")
_CONTENT = re.compile(r"\scontent=\"([^\"]*)\"")
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)$")
#: Objects of JSON-LD about the page as a whole count where it has no article; so do those without a type.
_PAGE = re.compile(r"(?:WebPage|ItemPage)$")
#: Members of JSON-LD that lead to the page's own article, and not to others.
_OWN = ("@graph", "mainEntity", "mainEntityOfPage")
_MAX_DEPTH = 5
#: Dates in the addresses of articles.
_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?=[/_-])")


@dataclass(frozen=True, slots=True)
class HtmlMetadata:
    """What a page states.

    Args:
        titles: Its headline as its tags and data state it, most reliable first; the title of the window last.
        published: ISO date of publication, empty if none is stated.
        address_date: The date in the page's own address, empty if there is none.
        site: Name of the site, empty if it is not stated.
        body: Text of the article in the page's data for search engines, empty if it has none.
    """

    titles: tuple[str, ...]
    published: str
    address_date: str
    site: str
    body: str


@cached
def _slots() -> Mapping[str, tuple[str, int]]:
    return {row["name"]: (row["slot"], rank) for rank, row in enumerate(load_table("html_metadata"))}


def _clean(text: str | None) -> str:
    return _SPACES.sub(" ", unescaped(html.unescape(text or ""))).strip()


def _meta(source: str) -> dict[str, list[str]]:
    """Return the values of a page's tags by what they state, best first; of other tags by their names."""
    ranked: dict[str, list[tuple[int, str]]] = {}
    for attributes in _META.findall(source):
        content = _CONTENT.search(attributes)
        value = _clean(content[1]) if content else ""
        for name in _NAME.findall(attributes) if value else ():
            slot, rank = _slots().get(name.strip().lower(), (name, 0))
            ranked.setdefault(slot, []).append((rank, value))
    return {slot: [value for _, value in sorted(found, key=lambda f: f[0])] for slot, found in ranked.items()}


def _nodes(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    """Yield the objects of JSON-LD that may be the page's own article."""
    if isinstance(value, list) and depth < _MAX_DEPTH:
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict) and depth < _MAX_DEPTH:
        yield value
        for name in _OWN:
            yield from _nodes(value.get(name), depth + 1)


def _types(node: Mapping[str, object]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _string(node: Mapping[str, object], name: str) -> str:
    value = node.get(name)
    return value if isinstance(value, str) else ""


def _linked_data(document: DocumentNode, titles: Collection[str]) -> Mapping[str, object]:
    """Return the object of the page's JSON-LD that is its article, else the one about the page."""
    articles: list[Mapping[str, object]] = []
    pages: list[Mapping[str, object]] = []
    for script in document.query_selector_all("script[type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = _types(node)
            if any(_ARTICLE.search(kind) for kind in kinds):
                articles.append(node)
            elif not kinds or any(_PAGE.search(kind) for kind in kinds):
                pages.append(node)
    wanted = {normal(title) for title in titles}
    named = (node for node in articles if normal(_clean(_string(node, "headline"))) in wanted)
    return next(named, None) or next(iter(articles or pages), {})


def _first_date(values: Collection[str]) -> str:
    return next((day for value in values if (day := find_date(value))), "")


def _stated_dates(document: DocumentNode) -> Iterator[str]:
    for node in document.query_selector_all("[itemprop='datePublished'], time[pubdate]"):
        for attribute in ("datetime", "content", "title"):
            yield node.getattr(attribute) or ""
        yield node.text or ""


def read_metadata(tree: HTMLTree, source: str) -> HtmlMetadata:
    """Read what a page states about itself.

    Args:
        tree: The parsed page.
        source: The same as the parser writes it.
    """
    document = tree.document
    if document is None:
        return HtmlMetadata((), "", "", "", "")
    meta = _meta(source)
    heads = [_clean(node.text) for node in document.query_selector_all("h1")[:3]]
    window = _clean(tree.title)
    data = _linked_data(document, [*meta.get("title", ()), *heads])
    titles = (*meta.get("title", ()), *heads[:1], _clean(_string(data, "headline")), window)
    canonical = document.query_selector("link[rel='canonical']")
    addresses = [*meta.get("og:url", ()), (canonical.getattr("href") or "") if canonical is not None else ""]
    address = next((match for a in addresses if (match := _ADDRESS.search(a))), None)
    return HtmlMetadata(
        titles=tuple(dict.fromkeys(filter(None, titles))),
        published=_first_date(meta.get("published", ()))
        or _first_date([_string(data, "datePublished")])
        or _first_date(list(_stated_dates(document))),
        address_date=(find_date("-".join(address.groups())) or "") if address else "",
        site=next(iter(meta.get("og:site_name", ())), ""),
        body=paragraphs(_string(data, "articleBody")),
    )
