"""Documents of word processors (DOCX, ODT): the text of one page, a paragraph a line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from pipeline.errors import PageError
from pipeline.readers.options import ReadOptions
from pipeline.readers.page_content import most_bytes, page_of
from pipeline.readers.reader import Outcome, Source

#: What is no text of the document: deletions, field codes, a second form of the same box, notes of editors.
_HIDDEN = frozenset(
    ("del", "delText", "moveFrom", "instrText", "Fallback", "annotation", "tracked-changes", "pPr", "rPr")
)
_PARAGRAPHS = frozenset({"p", "h"})
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "s": " ", "noBreakHyphen": "-"}


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _runs(element: ET.Element, *, inline: bool) -> Iterator[str]:
    """Yield the text of an element, with a line break behind each paragraph in it.

    Args:
        element: The element.
        inline: Whether text stands in the elements themselves, as in ODT; in DOCX it stands in ``t`` alone.
    """
    name = _local(element)
    if name in _HIDDEN:
        return
    if name in _MARKS and not len(element):
        yield _MARKS[name]
    if element.text and (name == "t" or (inline and name in _TEXT_OF_ODT)):
        yield element.text
    for child in element:
        yield from _runs(child, inline=inline)
        if inline and child.tail and name in _TEXT_OF_ODT:
            yield child.tail
    if name in _PARAGRAPHS:
        yield "\n"


_TEXT_OF_ODT = frozenset({"p", "h", "span", "a", "ruby-base", "meta-field"})


def _document(
    source: Source, stream: io.BufferedReader, options: ReadOptions, member: str, body: str, *, inline: bool
) -> Outcome:
    limit = 8 * most_bytes(options.max_chars)
    try:
        with zipfile.ZipFile(stream) as archive:
            if archive.getinfo(member).file_size > limit:
                raise PageError("too_long", "its text takes too much room to be an article; split it")
            root = ET.fromstring(archive.read(member))  # noqa: S314 (the same)
    except (zipfile.BadZipFile, KeyError, ET.ParseError, RuntimeError, NotImplementedError) as error:
        raise PageError("unreadable", f"{error}; the document is damaged, save it again") from error
    content = next((element for element in root.iter() if _local(element) == body), None)
    try:
        text = "".join(_runs(content, inline=inline)) if content is not None else ""
    except RecursionError as error:
        raise PageError("unreadable", "its parts lie too deep in each other; save it again") from error
    if not text.strip():
        raise PageError("no_text", "it holds no text; pictures of text are not read")
    return page_of(
        text.encode("utf-8", "replace"),
        doc_id=source.doc_id,
        source=source.shown,
        max_chars=options.max_chars,
        html=False,
    )


def read_docx(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read a document of Word.

    Raises:
        PageError: ``unreadable``, ``no_text`` or ``too_long``.
    """
    yield _document(source, stream, options, "word/document.xml", "body", inline=False)


def read_odt(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read a document of LibreOffice.

    Raises:
        PageError: ``unreadable``, ``no_text`` or ``too_long``.
    """
    yield _document(source, stream, options, "content.xml", "text", inline=True)
