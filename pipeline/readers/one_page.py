"""Text and HTML: a file is a page."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pipeline.document import Page
from pipeline.readers.options import ReadOptions
from pipeline.readers.page_content import most_bytes, page_of
from pipeline.readers.reader import Reader, Source


def read_page(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Page]:
    """Read a file that is one page of text or HTML.

    Raises:
        PageError: ``empty``, ``binary``, ``undecodable`` or ``too_long``.
    """
    data = stream.read(most_bytes(options.max_chars) + 1)
    html = True if source.format == "html" else None
    yield page_of(data, doc_id=source.doc_id, source=source.shown, max_chars=options.max_chars, html=html)


TEXT = Reader(format="text", extensions=(".txt", ".text", ".md", ".markdown"), read=read_page, one_page=True)
HTML = Reader(
    format="html", extensions=(".html", ".htm", ".xhtml", ".shtml", ".xht"), read=read_page, one_page=True
)
