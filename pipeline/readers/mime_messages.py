"""Pages saved as one file (MHTML) and mails (EML): messages of MIME, whose parts are page and pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from pipeline.errors import PageError
from pipeline.readers.failures import LeftOut
from pipeline.readers.iso_dates import iso_date
from pipeline.readers.options import ReadOptions
from pipeline.readers.page_content import page_of
from pipeline.readers.reader import Outcome, Reader, Source
from pipeline.readers.record_fields import too_long

#: With all its pictures in base64.
_MAX_BYTES = 256 * 1024 * 1024
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_HEADERS = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]{1,50}:[^\r\n]{0,998}\r?\n(?:[ \t][^\r\n]{0,998}\r?\n){0,200}){2,200}"
)
_MIME = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_MAIL = re.compile(rb"^(From|To|Subject|Date|Message-ID|Received|Return-Path):", re.IGNORECASE | re.MULTILINE)


def _is_message(start: bytes) -> bool:
    headers = _HEADERS.match(start)
    if headers is None:
        return False
    kinds = {name.lower() for name in _MAIL.findall(headers[0])}
    return _MIME.search(headers[0]) is not None or len(kinds) >= 3


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    try:
        text = str(make_header(decode_header(str(value))))
    except (LookupError, ValueError):  # a character set that nobody knows
        text = str(value)
    return " ".join(text.split())


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _unflowed(text: bytes) -> bytes:
    """Join the lines of a text whose sender wrapped them (RFC 3676)."""
    return re.sub(rb" \r?\n(?=\S)", b" ", text)


def read_message(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read the page that was saved, or the text of the mail, with its subject as headline.

    Raises:
        PageError: ``no_text`` if no part is a text.
    """
    data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise too_long(options.max_chars + 1, options.max_chars)
    message = message_from_bytes(data)
    parts = [part for part in message.walk() if not part.is_multipart()]
    attached = [part for part in parts if part.get_content_disposition() == "attachment"]
    texts = [
        part for part in parts if part.get_content_type() in {*_HTML, "text/plain"} and part not in attached
    ]
    chosen = next((part for part in texts if part.get_content_type() in _HTML), texts[0] if texts else None)
    if chosen is None or not _payload(chosen).strip():
        raise PageError("no_text", "no part of it is a text; save the page again, as HTML")
    saved = message.get_content_type() == "multipart/related" or "Snapshot-Content-Location" in message
    address = _header(message, "Snapshot-Content-Location") or _header(chosen, "Content-Location")
    metadata = {"url": address} if address.startswith(("http://", "https://")) else {}
    if not saved or ("Snapshot-Content-Location" not in message and "Message-ID" in message):
        metadata |= {"title": _header(message, "Subject"), "published": iso_date(_header(message, "Date"))}
    html = chosen.get_content_type() in _HTML
    body = _payload(chosen)
    yield page_of(
        body if html or chosen.get_param("format") != "flowed" else _unflowed(body),
        doc_id=source.doc_id,
        source=metadata.get("url", source.shown),
        max_chars=options.max_chars,
        html=html,
        declared=chosen.get_content_charset() or "",
        metadata={name: value for name, value in metadata.items() if value},
    )
    if saved:
        for part in texts:
            if part is not chosen and part.get_content_type() in _HTML:
                yield LeftOut("frame")
    for _ in attached:
        yield LeftOut("attachment")


MESSAGE = Reader(
    format="message",
    extensions=(".mhtml", ".mht", ".eml"),
    read=read_message,
    one_page=True,
    claims=_is_message,
    certain=True,
)
