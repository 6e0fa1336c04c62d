"""One page to its rows, whatever happens on the way."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.document import KEPT_KINDS, Page, Result
from pipeline.errors import LexiconError, PageError, UsageError
from pipeline.readers import PageFailure
from pipeline.tables.rows import rows_of
from pipeline.timeout import DEFAULT_TIMEOUT, OutOfTime, time_limit

Row = dict[str, Any]

#: Tables for which the other stages need not run where no award can be.
_AWARDS = frozenset({"awards", "evidence"})
#: Read once before the first page, so that no page pays for what is loaded on first use.
_WARM_UP = "Pemerintah Kota Malang meraih Juara 1 Anugerah Media Humas 2024 di Bandung, Kamis (10/10/2024)."


@dataclass(frozen=True, slots=True)
class PageRows:
    """What one page gave.

    Args:
        doc_id: The page's id.
        rows: Rows by table; empty if the page failed.
        failure: Why it failed, or ``None``.
        seconds: Time by stage.
        digest: Hash of the page's text, the same for the same text; empty if the page failed.
        counts: What the stages took in and gave out, see :func:`stage_counts`.
    """

    doc_id: str
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    failure: PageFailure | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    digest: bytes = b""
    counts: Mapping[str, int] = field(default_factory=dict)


Work = Callable[[Page, str, Sequence[str], float], PageRows]


def _failed(page: Page, reason: str, message: str) -> PageRows:
    return PageRows(page.doc_id, failure=PageFailure(page.doc_id, page.source, reason, message))


def prepare_engine(engine: str) -> None:
    """Load all that an engine needs, also what is loaded on first use."""
    process_page(Page("", "", _WARM_UP), engine, ("awards",), timeout=0)


def stage_counts(result: Result) -> dict[str, int]:
    """Return what the stages took in and gave out on one page.

    Returns:
        ``characters`` and, of them, those dropped by kind of segment (``dropped.nav`` ...); ``sentences``,
        ``mentions`` and ``awards``, and what the award stage left out by reason (``left_out.unreal`` ...);
        ``without_body`` if no segment is body. Of a page that was passed over only ``no_award_words``, and
        ``without_body`` if that is known by then.
    """
    dropped: Counter[str] = Counter()
    for segment in result.article.segments:
        if segment.kind not in KEPT_KINDS:
            dropped[f"dropped.{segment.kind}"] += segment.end - segment.start
    # a page that was passed over before its article was looked for has no segments
    looked_at = result.article.segments or not result.article.text.strip()
    bare = looked_at and not any(segment.kind == "body" for segment in result.article.segments)
    without_body = {"without_body": 1} if bare else {}
    if result.passed_over:
        return {"no_award_words": 1, **without_body}
    return {
        **without_body,
        "characters": len(result.article.text),
        **dropped,
        "sentences": len(result.sentences),
        "mentions": sum(not m.is_group for m in result.mentions),
        "awards": len(result.awards),
        **{f"left_out.{reason}": number for reason, number in result.left_out.items()},
    }


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.strip().encode("utf-8", "surrogatepass"), digest_size=16).digest()


def process_page(
    page: Page, engine: str, tables: Sequence[str], timeout: float = DEFAULT_TIMEOUT
) -> PageRows:
    """Process one page; whatever goes wrong with it comes back as a failure.

    Args:
        page: The page.
        engine: Name of the engine.
        tables: Tables to make rows for (see :func:`~pipeline.tables.rows.rows_of`).
        timeout: Longest time for the page, in seconds, see :func:`~pipeline.timeout.time_limit`.
    """
    from pipeline.flow import process  # the stages are for workers: who starts them does without

    try:
        with time_limit(timeout):
            result = process(page, engine=engine, only_awards=_AWARDS.issuperset(tables))
            started = time.perf_counter()
            rows = {table: rows_of(table, result) for table in tables}
    except OutOfTime:
        hint = f"it takes longer than {timeout:g} seconds and is left out; raise --timeout, or split it"
        return _failed(page, "timeout", hint)
    except (LexiconError, UsageError):  # no page's fault: every page would fail
        raise
    except PageError as error:
        return _failed(page, error.reason, error.message)
    except Exception as error:  # noqa: BLE001 (a page that meets a bug must not stop the others; it is reported)
        return _failed(page, "error", f"{type(error).__name__}: {error}; it is left out, please report it")
    spent = {**result.seconds, "rows": time.perf_counter() - started}
    return PageRows(
        page.doc_id,
        rows,
        seconds=spent,
        digest=_digest(result.article.text),
        counts=stage_counts(result),
    )
