"""The bytes of one page to a page: what they are, decoded, and no longer than allowed."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.document import Page
from pipeline.errors import PageError
from pipeline.readers.decoding import decode_page
from pipeline.readers.record_fields import is_html_document, is_html_fragment, too_long, without_pictures

#: Longest page in bytes, with all pictures that were saved inside it.
_MAX_BYTES = 64 * 1024 * 1024


def most_bytes(max_chars: int) -> int:
    """Return the number of bytes that a page may have: no encoding takes more than four a character."""
    return max(_MAX_BYTES, 4 * max_chars + 4)


def page_of(
    data: bytes,
    *,
    doc_id: str,
    source: str,
    max_chars: int,
    html: bool | None = None,
    declared: str = "",
    metadata: Mapping[str, str] | None = None,
) -> Page:
    """Make a page of its bytes.

    Args:
        data: The bytes.
        doc_id: Id of the page.
        source: Path or URL of the page.
        max_chars: Longest page to accept, in characters; pictures inside HTML do not count.
        html: Whether they are HTML; by default that is told by how they begin.
        declared: Encoding that the server stated.
        metadata: What is known of the page.

    Raises:
        PageError: ``empty``, ``binary``, ``undecodable`` or ``too_long``.
    """
    if len(data) > most_bytes(max_chars):
        raise too_long(max_chars + 1, max_chars)
    begins = data[:16_384].decode("latin-1")
    is_html = html or is_html_document(begins) or (html is None and is_html_fragment(begins))
    text, told = decode_page(data, html=is_html, declared=declared)
    is_html = is_html or is_html_document(text) or (html is None and is_html_fragment(text))
    if is_html:
        text = without_pictures(text, max_chars)
    if len(text) > max_chars:
        raise too_long(len(text), max_chars)
    if not text.strip():
        raise PageError("empty", "the page holds no text; check the scraper, or leave it out")
    return Page(doc_id, source, text, "html" if is_html else "text", {**told, **(metadata or {})})
