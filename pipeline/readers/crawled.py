"""What a crawler fetched to a page, or why it is none: shared by the formats that crawlers write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from pipeline.document import Page
from pipeline.readers.failures import LeftOut
from pipeline.readers.http_message import Response
from pipeline.readers.page_content import page_of
from pipeline.readers.record_fields import has_html_tags, is_html_document
from pipeline.readers.signatures import START, foreign

_HTML = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_TEXT = frozenset({"text/plain", "text/markdown"})
#: Types that say nothing: the body tells what it is.
_UNTOLD = frozenset(
    {
        "",
        "application/octet-stream",
        "application/x-unknown",
        "unknown/unknown",
        "content/unknown",
        "application/force-download",
    }
)
#: Types under which pages of XHTML are served as well.
_XML = frozenset({"text/xml", "application/xml"})
_ACCEPTED = frozenset({200, 203})
#: Schemes of addresses that pages have; others are a crawler's own (``urn:``, ``metadata:``, ``dns:`` ...).
_SCHEMES = frozenset({"", "http", "https", "ftp", "file"})
_MACHINES = re.compile(r"/(?:robots\.txt|ads\.txt|\.well-known/.*|sitemap[^/]*\.xml)", re.IGNORECASE)


def _is_html(response: Response) -> bool | None:
    """Whether the body is HTML (text if not), ``None`` if it is neither; what it looks like counts most."""
    start = response.body[:16_384].decode("latin-1")
    if foreign(response.body[:START]):
        return None
    if is_html_document(start):
        return True
    if response.media_type in _HTML:
        return True
    if response.media_type in _TEXT:
        return False
    return True if response.media_type in _UNTOLD and has_html_tags(start) else None


def crawled_page(
    response: Response,
    address: str,
    *,
    doc_id: str,
    source: str,
    max_chars: int,
    metadata: Mapping[str, str] | None = None,
) -> Page | LeftOut:
    """Make a page of a response.

    Args:
        response: The response.
        address: Its URL; empty if it is not known.
        doc_id: Id of the page if it has no address.
        source: What to give as its source if it has no address.
        max_chars: Longest page to accept, in characters.
        metadata: What else is known of the page.

    Raises:
        PageError: If it is a page that cannot be read.
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # "http://[" is no address, but its page may be one
        parts = urlsplit("")
    if parts.scheme not in _SCHEMES or _MACHINES.fullmatch(parts.path):
        return LeftOut("not_for_readers")
    if response.status not in _ACCEPTED:
        return LeftOut("redirect" if 300 <= response.status < 400 else "not_found_or_refused")
    html = _is_html(response)
    if html is None:
        return LeftOut("other_type")
    told = {**(metadata or {}), "url": address}
    return page_of(
        response.body,
        doc_id=address or doc_id,
        source=address or source,
        max_chars=max_chars,
        html=html,
        declared=response.charset,
        metadata=told,
    )
