"""Bytes to text: UTF-8, UTF-16, Windows-1252 as the fallback; newlines are kept.

The order is that of the evidence: a byte order mark is a statement, valid UTF-8 with non-ASCII characters
is practically never anything else, and what remains of Indonesian pages is Windows-1252 (its curly quotes
and dashes), which the HTML standard also takes for a declared ISO-8859-1.
"""

from __future__ import annotations

import codecs
import re

from pipeline.errors import PageError
from pipeline.readers.mojibake import repair
from pipeline.readers.signatures import START, foreign

_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\r\f\x0b\x1b") + b"\x7f"
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_-]{1,40})", re.IGNORECASE
)
# What is left of cut characters: the first bytes of the most frequent ones; and what no page uses.
_CUT = frozenset([b"\xc2", b"\xc3", b"\xe2", b"\xff"])
# Single-byte encodings that a page may declare; all others are UTF-8 by now, or refused.
_DECLARABLE = re.compile(
    r"(?:windows-125[0-8]|cp125[0-8]|iso-8859-(?:[2-9]|1[0-6])|koi8-[ru]|macintosh)", re.IGNORECASE
)


def _reject_binary(data: bytes) -> None:
    if kind := foreign(data[:START]):
        raise PageError("binary", f"this is {kind}, not a page's text; convert it to text or HTML first")
    if b"\x00" in data:
        raise PageError(
            "binary",
            "it holds NUL bytes, so it is no text; take them out, or save the page as UTF-8",
        )
    if len(data) - len(data.translate(None, _CONTROL)) > max(3, len(data) // 100):
        raise PageError("binary", "more than 1% of its bytes are control characters, so it is no text")


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    """Read a byte that is no UTF-8 as Windows-1252; the beginning of a character that was cut is damage."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    text = "" if len(bad) > 1 or bad in _CUT else bad.decode("windows-1252", "ignore")
    return text or "\ufffd", error.end


codecs.register_error("windows-1252", _stray_byte)


def _repair_utf8(data: bytes) -> tuple[str, str] | None:
    """Decode data that is UTF-8 but for some bytes (cut off, spliced, pasted), else return ``None``."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in text if c > "\x7f") - broken
    if whole <= 2 * broken and not _only_tail_is_cut(data):
        return None
    mixed = data.decode("utf-8", "windows-1252")
    damaged = mixed.count("\ufffd")
    return mixed, f"utf-8, {damaged} damaged" if damaged else "utf-8 and windows-1252"


def _only_tail_is_cut(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(data, final=False)
    except UnicodeDecodeError:
        return False
    # A lone accented letter at the very end is Windows-1252; a started sequence after other UTF-8
    # characters was cut.
    return any(b > 0x7F for b in data[:-3])


def _unmarked_utf16(data: bytes) -> str | None:
    """Decode UTF-16 without a byte order mark: every other byte of European text is NUL."""
    start = data[:4096]
    if len(data) % 2 or len(data) < 8:
        return None
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if zeros.count(0) > 0.7 * len(zeros) and start.count(0) < 0.6 * len(start):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                return None
            return None if "\x00" in text else text
    return None


def decode(data: bytes, *, html: bool = False, declared: str = "") -> tuple[str, str]:
    """Decode a page's bytes.

    Args:
        data: The file's bytes.
        html: Whether a ``<meta charset>`` near the start counts.
        declared: Encoding that the server stated; it counts before the page's own.

    Returns:
        The text, newlines untouched and without a byte order mark, and the encoding that it was read as.

    Raises:
        PageError: ``binary`` or ``undecodable``.
    """
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not data.startswith(
        codecs.BOM_UTF32_LE
    ):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise PageError(
                "undecodable", f"it starts as UTF-16 but breaks at byte {error.start}; save it as UTF-8"
            ) from error
    if b"\x00" in data[:4096] and (unmarked := _unmarked_utf16(data)) is not None:
        return unmarked, "utf-16"
    _reject_binary(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        first_bad = error.start
    meta = _META_CHARSET.search(data[:4096]) if html else None
    for label in (declared, meta[1].decode("ascii") if meta else ""):
        if _DECLARABLE.fullmatch(label):
            try:
                return data.decode(label), label.lower()
            except (LookupError, UnicodeDecodeError):
                pass  # a wrong declaration is as good as none
    if repaired := _repair_utf8(data):
        return repaired
    try:
        return data.decode("windows-1252"), "windows-1252"
    except UnicodeDecodeError as error:
        raise PageError(
            "undecodable",
            f"neither UTF-8 (byte {first_bad}) nor Windows-1252 (byte {error.start}); convert it to UTF-8",
        ) from error


def _metadata(encoding: str, repaired: bool) -> dict[str, str]:
    if repaired:
        return {"encoding": f"{encoding}, encoded twice"}
    return {} if encoding == "utf-8" else {"encoding": encoding}


def decode_page(data: bytes, *, html: bool = False, declared: str = "") -> tuple[str, dict[str, str]]:
    """Decode a page's bytes, and undo double encoding where it is certain.

    Args:
        data: The page's bytes.
        html: Whether it is HTML, see :func:`decode`.
        declared: Encoding that the server stated.

    Returns:
        The text, and ``{"encoding": ...}`` if it was not read as plain UTF-8.

    Raises:
        PageError: ``binary`` or ``undecodable``.
    """
    text, encoding = decode(data, html=html, declared=declared)
    text, repaired = repair(text, parts=html)
    return text, _metadata(encoding, repaired)


def value_text(value: str, *, html: bool = False) -> tuple[str, dict[str, str]]:
    """Decode the text of a record, read as :func:`undo_escapes` says; returns what :func:`decode_page` does.

    Raises:
        PageError: ``binary`` or ``undecodable``.
    """
    text, encoding = undo_escapes(value)
    text, repaired = repair(text, parts=html)
    return text, _metadata(encoding, repaired)


def undo_escapes(text: str) -> tuple[str, str]:
    """Return the text and encoding of a value that was read as UTF-8 with ``surrogateescape``.

    Lone surrogates that do not stand for bytes (JSON may carry them as escapes) become U+FFFD, so that
    offsets stay and the text can be written again.
    """
    if text.isascii():
        return text, "utf-8"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        pass
    else:
        return text, "utf-8"
    if any("\udc80" <= c <= "\udcff" for c in text):
        clean = "".join(
            "\ufffd" if "\ud800" <= c <= "\udc7f" or "\udd00" <= c <= "\udfff" else c for c in text
        )
        return decode(clean.encode("utf-8", "surrogateescape"))
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text), "utf-8"
