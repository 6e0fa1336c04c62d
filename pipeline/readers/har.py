"""HAR files, as browsers save what they fetched: one page a response that is HTML."""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.errors import PageError
from pipeline.readers.crawled import crawled_page
from pipeline.readers.failures import LeftOut
from pipeline.readers.http_message import Response, media_type
from pipeline.readers.options import ReadOptions
from pipeline.readers.reader import Outcome, Reader, Source, failure

_MAX_BYTES = 256 * 1024 * 1024


def _response(response: Mapping[str, Any]) -> Response | None:
    content = response.get("content")
    text = content.get("text") if isinstance(content, Mapping) else None
    if not isinstance(text, str) or not isinstance(content, Mapping):
        return None
    kind, charset = media_type(str(content.get("mimeType") or ""))
    status = response.get("status")
    status = status if isinstance(status, int) and status else 200
    if content.get("encoding") == "base64":
        try:
            return Response(status, kind, charset, base64.b64decode(text))
        except (binascii.Error, ValueError):
            return None
    return Response(status, kind, "utf-8", text.encode("utf-8", "replace"))


def read_har(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read the pages among the responses; each has its URL as id.

    Raises:
        PageError: ``not_json``, ``not_an_object`` or ``too_long``.
    """
    data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise PageError("too_long", "it is read whole; save fewer pages in one file")
    try:
        log = json.loads(data.decode("utf-8-sig", "replace"))["log"]
        entries = list(log["entries"])
    except (ValueError, RecursionError) as error:
        raise PageError("not_json", f"{error}; save it again") from error
    except (KeyError, TypeError) as error:
        raise PageError("not_an_object", "it has no list of entries, as HAR has; save it again") from error
    for entry in entries:
        exchange = entry if isinstance(entry, Mapping) else {}
        request, answer = exchange.get("request"), exchange.get("response")
        response = _response(answer) if isinstance(answer, Mapping) else None
        if response is None:
            yield LeftOut("no_content")
            continue
        address = str(request.get("url") or "") if isinstance(request, Mapping) else ""
        try:
            yield crawled_page(
                response, address, doc_id=source.doc_id, source=source.shown, max_chars=options.max_chars
            )
        except PageError as error:
            yield failure(source, error, address or None)


HAR = Reader(
    format="har",
    extensions=(".har",),
    read=read_har,
    claims=re.compile(rb"\s{0,100}\{\s{0,100}\"log\"\s{0,100}:\s{0,100}\{").match,
    certain=True,
)
