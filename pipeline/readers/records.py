"""One record (a JSON object, a table's row) to one page: fields go by the names that scrapers give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from pipeline.document import ContentKind, Page
from pipeline.errors import PageError
from pipeline.readers.dates import iso_date
from pipeline.readers.decoding import undo_escapes

Field = Literal["id", "url", "text", "content", "html", "title", "published"]

#: Accepted names by field, most telling first; case, ``-``, ``_`` and spaces do not matter.
FIELD_NAMES: Mapping[Field, tuple[str, ...]] = {
    "id": ("doc_id", "id", "_id", "page_id", "article_id", "docid", "uuid"),
    "url": ("url", "link", "source_url", "canonical_url", "page_url", "permalink", "tautan", "uri"),
    # Plain text; taken as it is.
    "text": ("text", "teks", "full_text", "plain_text", "maintext", "article_text", "content_text"),
    # May be either; HTML is recognised by its tags.
    "content": (
        "content",
        "konten",
        "isi",
        "isi_berita",
        "body",
        "article",
        "artikel",
        "berita",
        "article_content",
        "raw_content",
    ),
    "html": ("html", "raw_html", "content_html", "html_content", "page_html", "body_html"),
    "title": ("title", "judul", "judul_berita", "headline"),
    "published": (
        "published",
        "published_at",
        "publish_date",
        "date_published",
        "published_date",
        "pub_date",
        "date",
        "tanggal",
        "tanggal_terbit",
        "tgl",
        "tgl_terbit",
        "created_at",
    ),
}
_BY_NAME = {
    re.sub(r"[^a-z0-9]", "", name): (field, rank)
    for field, names in FIELD_NAMES.items()
    for rank, name in enumerate(names)
}
_DOCUMENT = re.compile(
    r"\s{0,100}(?:<\?xml[^>]{0,200}>\s{0,100})?(?:<!--[^>]{0,500}-->\s{0,100})?<(?:!doctype\s{1,5}html|html)\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(?:p|div|br|span|article|section|h[1-6]|ul|li|a|strong|img|figure)\b[^<>]{0,500}>", re.IGNORECASE
)


def is_html_document(text: str) -> bool:
    """Whether the text starts as a whole HTML document."""
    return _DOCUMENT.match(text) is not None


def has_html_tags(text: str) -> bool:
    """Whether the text is an HTML fragment: at least two tags in its first 20,000 characters."""
    tags = _TAG.finditer(text[:20_000])
    return next(tags, None) is not None and next(tags, None) is not None


def field_columns(names: Iterable[str]) -> dict[Field, list[str]]:
    """Map each field to the names that carry it, most telling first.

    Args:
        names: Keys of a JSON object, or a table's column names.

    Example:
        >>> field_columns(["Judul", "isi-berita", "penulis"])
        {'content': ['isi-berita'], 'title': ['Judul']}
    """
    found: dict[Field, list[tuple[int, str]]] = {}
    for name in names:
        if known := _BY_NAME.get(re.sub(r"[^a-z0-9]", "", name.lower())):
            found.setdefault(known[0], []).append((known[1], name))
    return {field: [name for _, name in sorted(found[field])] for field in FIELD_NAMES if field in found}


def no_text_error(names: Iterable[str]) -> PageError:
    """Return the error for a table or record in which no field carries a page's text."""
    accepted = ", ".join(name for field in ("text", "content", "html") for name in FIELD_NAMES[field][:4])
    shown = ", ".join(list(names)[:20]) or "none"
    return PageError(
        "no_text", f"no field holds the page's text; fields found: {shown}; name one of them {accepted}"
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _identifier(value: object) -> str:
    """Return an id as text; numbers that a table library widened (12.0) lose their fraction."""
    if isinstance(value, bool) or value is None or value != value:  # noqa: PLR0124 (NaN differs from itself)
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _one_line(undo_escapes(str(value))[0]) if isinstance(value, (str, int, float)) else ""


def _texts(record: Mapping[str, object], columns: Mapping[Field, list[str]], field: Field) -> Iterable[str]:
    for name in columns.get(field, ()):
        value = record.get(name)
        if isinstance(value, str) and value.strip():
            yield value


def _body(record: Mapping[str, object], columns: Mapping[Field, list[str]]) -> tuple[str, ContentKind] | None:
    for text in _texts(record, columns, "text"):
        return text, "html" if is_html_document(text) else "text"
    for text in _texts(record, columns, "content"):
        return text, "html" if is_html_document(text) or has_html_tags(text) else "text"
    for text in _texts(record, columns, "html"):
        return text, "html"
    return None


def record_id(record: Mapping[str, object], columns: Mapping[Field, list[str]], fallback: str) -> str:
    """Return the record's own id or URL, else the fallback."""
    for field in ("id", "url"):
        for name in columns.get(field, ()):
            if found := _identifier(record.get(name)):
                return found
    return fallback


def page_from_record(
    record: Mapping[str, object],
    columns: Mapping[Field, list[str]],
    *,
    doc_id: str,
    source: str,
    max_chars: int,
) -> Page:
    """Make a page of a record.

    Args:
        record: Values by field name.
        columns: From :func:`field_columns` over the record's keys.
        doc_id: The page's id, see :func:`record_id`.
        source: Path or URL to give where the record names no URL.
        max_chars: Longest page to accept, in characters.

    Raises:
        PageError: ``no_text``, ``empty``, ``binary`` or ``too_long``.
    """
    body = _body(record, columns)
    if body is None:
        if any(field in columns for field in ("text", "content", "html")):
            raise PageError("empty", "the record's text is empty; check the scraper, or leave the record out")
        raise no_text_error(record)
    text, kind = body
    if len(text) > max_chars:
        raise too_long(len(text), max_chars)
    text, encoding = undo_escapes(text)
    if "\x00" in text:
        raise PageError("binary", "the record's text holds NUL characters, so it is no text")
    metadata = {} if encoding == "utf-8" else {"encoding": encoding}
    for title in _texts(record, columns, "title"):
        metadata["title"] = _one_line(undo_escapes(title)[0])
        break
    for name in columns.get("published", ()):
        if day := iso_date(record.get(name)):
            metadata["published"] = day
            break
    for url in _texts(record, columns, "url"):
        metadata["url"] = source = _one_line(undo_escapes(url)[0])
        break
    return Page(doc_id, source, text, kind, metadata)


def too_long(chars: int, max_chars: int) -> PageError:
    """Return the error for a page above the limit."""
    return PageError(
        "too_long",
        f"it has {chars:,} characters or more, the limit is {max_chars:,}; split it, or raise --max-chars",
    )
