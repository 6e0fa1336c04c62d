"""One record (a JSON object, a table's row) to one page: fields go by the names that scrapers give them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping

from pipeline.clean_text import unescaped
from pipeline.document import ContentKind, Page
from pipeline.errors import PageError
from pipeline.lexicon import cached, load_table
from pipeline.readers.decoding import undo_escapes, value_text
from pipeline.readers.iso_dates import iso_date
from pipeline.readers.options import FIELDS, Field, ReadOptions

#: Objects inside a record whose fields are the record's own.
_INNER = ("metadata", "meta", "_source", "data", "item", "node", "attributes", "fields", "post", "page")
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
#: Pictures and fonts as addresses (``data:image/png;base64,...``).
_DATA_ADDRESS = re.compile(r"data:[\w.+-]{1,60}/[\w.+-]{1,60}[;,][^\s\"'<>)]{64,}")
#: What tables write where there is no value.
_MISSING = frozenset({"", "null", "nan", "none", "n/a", "na", "nil", "undefined", "\\n", "-", "<na>", "nat"})
#: Names under which an object holds a text; the first ones also in lists of objects.
_TEXT_INSIDE = (
    "rendered",
    "processed",
    "value",
    "#text",
    "$t",
    "__cdata",
    "_text",
    "html",
    "text",
    "raw",
    "plain",
    "name",
)
_SURE_INSIDE = 7
#: A field that the page's text may be in has so many characters.
_SHORTEST_BODY = 100
_ANY_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>]{0,300})?/?>")
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
    # most texts have no "<" at all, which is found much faster
    return (
        text.find("<", 0, _BEFORE_DOCUMENT) >= 0 and _DOCUMENT.search(text, 0, _BEFORE_DOCUMENT) is not None
    )


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
    if any(name in inner and _deep(inner[name]) for name in _INNER):
        inner |= {name: flat(inner[name]) for name in _INNER if name in inner}
    dotted = {f"{name}.{key}": v for name, value in inner.items() for key, v in value.items()}
    lifted = {str(key): v for name in reversed(_INNER) for key, v in inner.get(name, {}).items()}
    return {**dotted, **lifted, **record}


def _deep(record: Mapping[str, object]) -> bool:
    return any(name in _INNER and isinstance(value, Mapping) for name, value in record.items())


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


def no_text_error(
    record: Iterable[str] | Mapping[str, object], chosen: Mapping[Field, str] | None = None
) -> PageError:
    """Return the error for a table or record in which no field carries a page's text.

    Args:
        record: The record, by whose values a field may be proposed; or only the names of its fields.
        chosen: Names that the user gave.
    """
    shown = ", ".join(list(record)[:20]) or "none"
    named = [name for field, name in (chosen or {}).items() if field in _BODIES]
    if named:
        return PageError("no_text", f"there is no field {named[0]!r}; fields found: {shown}")
    if isinstance(record, Mapping):
        # only what the option could read is proposed
        texts = {name: len(_as_text(value, "\n")) for name, value in record.items()}
        longest = max(texts, key=lambda name: texts[name], default="")
        if texts.get(longest, 0) < _SHORTEST_BODY:
            hint = "none of them holds a text; check what the scraper saves"
        else:
            named_so = f"--text-field {shlex.quote(longest)}"
            hint = f"the longest text is in {longest!r}: if it is the page's, add {named_so}"
        return PageError("no_text", f"no field holds the page's text; fields found: {shown}; {hint}")
    bodies = (row["names"][:4] for row in load_table("record_fields") if row["field"] in _BODIES)
    accepted = ", ".join(name for names in bodies for name in names)
    hint = f"say which with --text-field, or name it {accepted}"
    return PageError("no_text", f"no field holds the page's text; fields found: {shown}; {hint}")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _headline(text: str) -> str:
    """Return a title or author as it is shown: without tags and character references."""
    plain = unescaped(value_text(text)[0])
    return _one_line(unescaped(_ANY_TAG.sub("", plain)))


def _identifier(value: object) -> str:
    """Return an id as text; numbers that a table library widened (12.0) lose their fraction."""
    if isinstance(value, Mapping):  # MongoDB's {"$oid": "..."}, a feed's {"rendered": "..."}
        value = next(iter(value.values()), None) if len(value) == 1 else _as_text(value, " ")
    if isinstance(value, bool) or value is None or value != value:  # noqa: PLR0124 (NaN differs from itself)
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = _one_line(undo_escapes(str(value))[0]) if isinstance(value, (str, int, float)) else ""
    return "" if text.lower() in _MISSING else text


def _as_text(value: object, joiner: str) -> str:
    """Return a value's text.

    Scrapers that select all nodes of a kind (``getall()``) leave lists of texts; others leave objects around
    a text (``{"rendered": ...}``), and lists of these. Tables write a missing value as a word.
    """
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    if isinstance(value, str):
        return "" if len(value) < 12 and value.strip().lower() in _MISSING else value
    if isinstance(value, Mapping):
        named = (value[name] for name in _TEXT_INSIDE if name in value)
        return next((inner for inner in named if isinstance(inner, str)), "")
    if isinstance(value, (list, tuple)):
        parts = [
            _as_text({k: v for k, v in part.items() if k in _TEXT_INSIDE[:_SURE_INSIDE]}, joiner)
            if isinstance(part, Mapping)
            else part
            for part in value
        ]
        return joiner.join(parts) if all(isinstance(part, str) and part for part in parts) else ""
    return ""


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


def _holds_parts(record: Mapping[str, object], columns: Mapping[Field, list[str]]) -> bool:
    """Whether a field that should be the text is an object or list of something else."""
    bodies = (name for field in _BODIES for name in columns.get(field, ()))
    return any(isinstance(record.get(name), (Mapping, list, tuple)) and record[name] for name in bodies)


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
        if has_body(columns) and not _holds_parts(record, columns):
            raise PageError("empty", "the record's text is empty; check the scraper, or leave the record out")
        raise no_text_error(record, options.fields)
    text, kind = body
    if kind == "html":
        text = without_pictures(text, options.max_chars)
    if len(text) > options.max_chars:
        raise too_long(len(text), options.max_chars)
    text, metadata = value_text(text, html=kind == "html")
    if "\x00" in text:
        raise PageError("binary", "the record's text holds NUL characters, so it is no text; take them out")
    if title := next(_texts(record, columns, "title"), ""):
        metadata["title"] = _headline(title)
    if author := next(_texts(record, columns, "byline", ", "), ""):
        metadata["byline"] = _headline(author)
    if day := next(filter(None, (iso_date(record.get(name)) for name in columns.get("published", ()))), ""):
        metadata["published"] = day
    if url := next(_texts(record, columns, "url"), ""):
        metadata["url"] = source = _one_line(undo_escapes(url)[0])
    return Page(doc_id, source, text, kind, metadata)


def holds_body(record: Mapping[str, object], options: ReadOptions) -> bool:
    """Whether a record holds the text of a page."""
    fields = flat(record)
    return _body(fields, field_columns(fields, options.fields)) is not None


def without_pictures(text: str, max_chars: int) -> str:
    """Return an HTML page without the pictures inside it, where it would be too long with them."""
    return _DATA_ADDRESS.sub("data:,", text) if len(text) > max_chars else text


def has_body(columns: Mapping[Field, list[str]]) -> bool:
    """Whether any field carries a page's text."""
    return any(field in columns for field in _BODIES)


def too_long(chars: int, max_chars: int) -> PageError:
    """Return the error for a page above the limit."""
    return PageError(
        "too_long",
        f"it has {chars:,} characters or more, the limit is {max_chars:,}; split it, or raise --max-chars",
    )
