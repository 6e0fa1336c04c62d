"""Text and HTML: a file is a page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from pipeline.document import Page
from pipeline.errors import PageError
from pipeline.readers.decoding import decode_page
from pipeline.readers.options import ReadOptions
from pipeline.readers.reader import Reader, Source
from pipeline.readers.record_fields import is_html_document, too_long

_HTML_START = re.compile(rb"\s{0,100}<(?:!doctype\s{1,5}html|html|\?xml)\b", re.IGNORECASE)


def read_page(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Page]:
    """Read a file that is one page of text or HTML.

    Raises:
        PageError: ``empty``, ``binary``, ``undecodable`` or ``too_long``.
    """
    max_chars = options.max_chars
    data = stream.read(
        4 * max_chars + 5
    )  # no encoding takes more than 4 bytes a character; a byte order mark, and one to spare
    if len(data) > 4 * max_chars + 4:
        raise too_long(max_chars + 1, max_chars)
    is_html = source.format == "html" or (source.format == "text" and _HTML_START.match(data) is not None)
    text, metadata = decode_page(data, html=is_html)
    if len(text) > max_chars:
        raise too_long(len(text), max_chars)
    if not text.strip():
        raise PageError("empty", "the file holds no text; check the scraper, or delete the file")
    kind = "html" if source.format == "html" or is_html_document(text) else "text"
    yield Page(source.doc_id, source.shown, text, "html" if kind == "html" else "text", metadata)


TEXT = Reader(format="text", extensions=(".txt", ".text", ".md", ".markdown"), read=read_page, one_page=True)
HTML = Reader(format="html", extensions=(".html", ".htm", ".xhtml"), read=read_page, one_page=True)
