"""PDF documents that hold text: one page each. Read by pypdf, which the extra ``documents`` brings."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

from pipeline.errors import PageError
from pipeline.readers.options import ReadOptions
from pipeline.readers.page_content import page_of
from pipeline.readers.reader import Outcome, Reader, Source
from pipeline.readers.record_fields import too_long


def read_pdf(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read the text of a document.

    Raises:
        PageError: ``unsupported`` without the extra or with a password, ``no_text`` for a scan,
            ``unreadable`` or ``too_long``.
    """
    try:
        from pypdf import PdfReader
    except ImportError as error:
        hint = "PDF needs pypdf: pip install 'penghargaan[documents]'; or convert it to text"
        raise PageError("unsupported", hint) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of what it mends
    parts: list[str] = []
    chars = 0
    try:
        document = PdfReader(stream)
        if document.is_encrypted and not document.decrypt(""):
            raise PageError("unsupported", "it has a password; save it without one")
        for page in document.pages:
            parts.append(page.extract_text())
            chars += len(parts[-1])
            if chars > options.max_chars:
                raise too_long(chars, options.max_chars)
    except PageError:
        raise
    except Exception as error:
        hint = f"{type(error).__name__}: {error}; the document is damaged, or of a kind that is not read"
        raise PageError("unreadable", hint) from error
    if chars < len(parts):
        raise PageError("no_text", "it holds pictures of its pages and no text; have it read by OCR first")
    yield page_of(
        "\n".join(parts).encode("utf-8", "replace"),
        doc_id=source.doc_id,
        source=source.shown,
        max_chars=options.max_chars,
        html=False,
    )


PDF = Reader(
    format="pdf",
    extensions=(".pdf",),
    read=read_pdf,
    one_page=True,
    seeks=True,
    claims=lambda start: b"%PDF-" in start[:1024],
    certain=True,
)
