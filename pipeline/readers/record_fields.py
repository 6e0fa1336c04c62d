"""One record (a JSON object, a table's row) to one page: fields go by the names that scrapers give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pipeline.document import ContentKind, Page
from pipeline.errors import PageError
from pipeline.lexicon import cached, load_table
from pipeline.readers.decoding import undo_escapes, value_text
from pipeline.readers.iso_dates import iso_date
from pipeline.readers.options import FIELDS, Field, ReadOptions

#: Objects inside a record whose fields are the record's own.
_INNER = ("metadata", "meta", "_source", "data", "item")
#: A page may begin with what its server printed by mistake: warnings, blank lines, comments, scripts.
_DOCUMENT = re.compile(
    r"(?:^|>)[ \t]{0,200}<(?:!doctype[ \t]{1,5}html|html|head|body)\b", re.IGNORECASE | re.MULTILINE
)
_BEFORE_DOCUMENT = 10_000
_FRAGMENT = re.compile(
    r"\s{0,1000}(?:<!--[^>]{0,500}-->\s{0,1000})?<(?:p|div|article|section|main|header|h[1-6]|span|b|strong|em|i|a|ul|ol|table|"
    r"figure|img|br|center|font|meta|title|link|script|style|noscript|nav)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_BODIES: tuple[Field, ...] = ("text", "content", "html")
_TAG = re.compile(
    r"</?(?:p|div|br|span|article|section|h[1-6]|ul|li|a|strong|img|figure)\b[^<>]{0,500}>", re.IGNORECASE
)


@cached
def _by_name() -> Mapping[str, tuple[Field, int]]:
    """Return field and rank of the names that scrapers use."""
    rows = load_table("record_fields")
    return {_folded(name): (row["field"], rank) for row in rows for rank, name in enumerate(row["names"])}


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def is_html_document(text: str) -> bool:
    r"""Whether the text is a whole HTML document, whatever a server or tool printed before it.

    Example:
        >>> is_html_document("Warning: undefined variable in tema.php\n<!doctype html><html>")
        True
    """
    return _DOCUMENT.search(text, 0, _BEFORE_DOCUMENT) is not None


def is_html_fragment(text: str) -> bool:
    """Whether the text begins with a tag of HTML and goes on so."""
    return _FRAGMENT.match(text) is not None and has_html_tags(text)


def has_html_tags(text: str) -> bool:
    """Whether the text is an HTML fragment: at least two tags in its first 20,000 characters."""
    tags = _TAG.finditer(text[:20_000])
    return next(tags, None) is not None and next(tags, None) is not None


def flat(record: Mapping[str, object]) -> Mapping[str, object]:
    """Return a record with the fields of objects inside it: ``metadata.url`` under that name and as ``url``.

    What the record states itself wins.
    """
    inner = {name: value for name, value in record.items() if isinstance(value, Mapping)}
    if not inner:
        return record
    dotted = {f"{name}.{key}": v for name, value in inner.items() for key, v in value.items()}
    lifted = {str(key): v for name in reversed(_INNER) for key, v in inner.get(name, {}).items()}
    return {**dotted, **lifted, **record}


def field_columns(names: Iterable[str], chosen: Mapping[Field, str] | None = None) -> dict[Field, list[str]]:
    """Map each field to the names that carry it, most telling first.

    Args:
        names: Keys of a JSON object, or a table's column names.
        chosen: Names that the user gave; each is the only one of its field.

    Example:
        >>> field_columns(["Judul", "isi-berita", "penulis"])
        {'content': ['isi-berita'], 'title': ['Judul'], 'byline': ['penulis']}
        >>> field_columns(["text", "naskah"], {"content": "naskah"})
        {'content': ['naskah']}
    """
    given = list(names)
    found: dict[Field, list[tuple[int, str]]] = {}
    for name in given:
        if known := _by_name().get(_folded(name)):
            found.setdefault(known[0], []).append((known[1], name))
    if "dump" in given and "published" in found:
        # FineWeb's "date" is the day of the crawl.
        found["published"] = [(rank, name) for rank, name in found["published"] if name != "date"]
    if chosen:
        if any(field in chosen for field in _BODIES):
            for field in _BODIES:
                found.pop(field, None)
        for field, name in chosen.items():
            found[field] = [(0, name)] if name in given else []
    return {field: [n for _, n in sorted(found[field])] for field in FIELDS if found.get(field)}


def no_text_error(names: Iterable[str], chosen: Mapping[Field, str] | None = None) -> PageError:
    """Return the error for a table or record in which no field carries a page's text."""
    shown = ", ".join(list(names)[:20]) or "none"
    named = [name for field, name in (chosen or {}).items() if field in _BODIES]
    if named:
        return PageError("no_text", f"there is no field {named[0]!r}; fields found: {shown}")
    bodies = (row["names"][:4] for row in load_table("record_fields") if row["field"] in _BODIES)
    accepted = ", ".join(name for names in bodies for name in names)
    hint = f"say which with --text-field, or name it {accepted}"
    return PageError("no_text", f"no field holds the page's text; fields found: {shown}; {hint}")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _identifier(value: object) -> str:
    """Return an id as text; numbers that a table library widened (12.0) lose their fraction."""
    if isinstance(value, bool) or value is None or value != value:  # noqa: PLR0124 (NaN differs from itself)
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _one_line(undo_escapes(str(value))[0]) if isinstance(value, (str, int, float)) else ""


def _as_text(value: object, joiner: str) -> str:
    """Return a value's text; scrapers that select all nodes of a kind (``getall()``) leave lists of texts."""
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return joiner.join(value)
    return value if isinstance(value, str) else ""


def _texts(
    record: Mapping[str, object], columns: Mapping[Field, list[str]], field: Field, joiner: str = " "
) -> Iterator[str]:
    for name in columns.get(field, ()):
        text = _as_text(record.get(name), joiner)
        if text.strip() and not _is_outlet_name(field, name, text):
            yield text


def _is_outlet_name(field: Field, name: str, text: str) -> bool:
    """Whether a field "source" holds an outlet's name; trafilatura gives the page's URL there."""
    return field == "url" and name.lower() == "source" and not text.startswith(("http://", "https://"))


def _body(record: Mapping[str, object], columns: Mapping[Field, list[str]]) -> tuple[str, ContentKind] | None:
    for text in _texts(record, columns, "text", "\n"):
        return text, "html" if is_html_document(text) else "text"
    for text in _texts(record, columns, "content", "\n"):
        return text, "html" if is_html_document(text) or has_html_tags(text) else "text"
    for text in _texts(record, columns, "html", "\n"):
        return text, "html"
    return None


def record_id(record: Mapping[str, object], columns: Mapping[Field, list[str]], fallback: str) -> str:
    """Return the record's own id or URL, else the fallback."""
    for field in ("id", "url"):
        for name in columns.get(field, ()):
            found = _identifier(record.get(name))
            if found and not _is_outlet_name(field, name, found):
                return found
    return fallback


def page_from_record(
    record: Mapping[str, object],
    columns: Mapping[Field, list[str]],
    *,
    doc_id: str,
    source: str,
    options: ReadOptions,
) -> Page:
    """Make a page of a record.

    Args:
        record: Values by field name.
        columns: From :func:`field_columns` over the record's keys.
        doc_id: The page's id, see :func:`record_id`.
        source: Path or URL to give where the record names no URL.
        options: How to read.

    Raises:
        PageError: ``no_text``, ``empty``, ``binary`` or ``too_long``.
    """
    body = _body(record, columns)
    if body is None:
        if has_body(columns):
            raise PageError("empty", "the record's text is empty; check the scraper, or leave the record out")
        raise no_text_error(record, options.fields)
    text, kind = body
    if len(text) > options.max_chars:
        raise too_long(len(text), options.max_chars)
    text, metadata = value_text(text, html=kind == "html")
    if "\x00" in text:
        raise PageError("binary", "the record's text holds NUL characters, so it is no text; take them out")
    if title := next(_texts(record, columns, "title"), ""):
        metadata["title"] = _one_line(value_text(title)[0])
    if author := next(_texts(record, columns, "byline", ", "), ""):
        metadata["byline"] = _one_line(value_text(author)[0])
    if day := next(filter(None, (iso_date(record.get(name)) for name in columns.get("published", ()))), ""):
        metadata["published"] = day
    if url := next(_texts(record, columns, "url"), ""):
        metadata["url"] = source = _one_line(undo_escapes(url)[0])
    return Page(doc_id, source, text, kind, metadata)


def has_body(columns: Mapping[Field, list[str]]) -> bool:
    """Whether any field carries a page's text."""
    return any(field in columns for field in _BODIES)


def too_long(chars: int, max_chars: int) -> PageError:
    """Return the error for a page above the limit."""
    return PageError(
        "too_long",
        f"it has {chars:,} characters or more, the limit is {max_chars:,}; split it, or raise --max-chars",
    )
