"""Use from Python and notebooks: load the pipeline, process a text, extract tables from pages."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from functools import cache
from typing import TYPE_CHECKING

from pipeline import flow
from pipeline.document import Page, Result
from pipeline.errors import UsageError
from pipeline.page_rows import process_page
from pipeline.progress import with_progress
from pipeline.readers import DEFAULT_MAX_CHARS, Field, PageFailure, pages_from_records, read_pages
from pipeline.tables.columns import TABLES
from pipeline.tables.writers import to_frame
from pipeline.timeout import DEFAULT_TIMEOUT

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language

    from pipeline.explanations import Explanation

__all__ = ["explain", "extract", "load", "process"]


class ShownResult(Result):
    """What was found on one page, as notebooks show it."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return its HTML, see :func:`pipeline.show`."""
        from pipeline.report.notebook import show

        return show(self).html


def load(engine: str = "spacy", *, rules: Sequence[str | os.PathLike[str]] | None = None) -> Language:
    """Return the spaCy pipeline, loaded on first use and kept.

    Args:
        engine: ``spacy``, or ``stanza`` for sentences by stanza's model.
        rules: Folders of rule packs: tables such as ``events.jsonl`` with rows of your own. They hold for
            this process, for :func:`process` and :func:`extract` as well, until others are named; an empty
            list takes them away.

    Raises:
        UsageError: If the engine is not installed, or a folder does not exist or holds no table.
        LexiconError: If a row of a rule pack is wrong, with file and line and what to write instead.

    Example:
        >>> nlp = load()
        >>> nlp.lang
        'id'
    """
    if rules is not None:
        flow.use_rules([os.fspath(folder) for folder in rules])
    return _load(engine)


@cache
def _load(engine: str) -> Language:
    from pipeline.assembly import load as load_pipeline

    return load_pipeline(engine=engine)


def process(text: str, *, doc_id: str = "text", source: str = "text", html: bool = False) -> ShownResult:
    """Process one page and return all that was found: article, sentences, mentions, awards.

    Args:
        text: The page's text, or its HTML source.
        doc_id: Id for the results.
        source: Path or URL for the results.
        html: Whether ``text`` is HTML.

    Raises:
        UsageError: If the text is empty.
        PageError: If the page cannot be processed.

    Example:
        >>> result = process("Pemerintah Kota Malang meraih Terbaik II Anugerah Media Humas 2024.")
        >>> result.article.text[result.sentences[0].start :][:22]
        'Pemerintah Kota Malang'
    """
    result = flow.process(_page(text, doc_id, source, html))
    return ShownResult(**{field.name: getattr(result, field.name) for field in fields(result)})


def explain(text: str, *, doc_id: str = "text", source: str = "text", html: bool = False) -> Explanation:
    """Tell why a page gives the records that it gives, and no others.

    Args:
        text: The page's text, or its HTML source.
        doc_id: Id for the results.
        source: Path or URL for the results.
        html: Whether ``text`` is HTML.

    Returns:
        The explanation: sentence by sentence what was found and decided, slot by slot where it came from and
        what it was chosen before. Notebooks draw it, ``print`` shows it as text; ``of_record`` and
        ``of_sentence`` return a part of it.

    Raises:
        UsageError: If the text is empty.
        PageError: If the page cannot be processed.

    Example:
        >>> told = explain("Pemkot Batu gagal meraih Adipura 2024.")
        >>> [decision.by for decision in told.sentences[0].decisions]
        ['Q01']
    """
    from pipeline.explanations import explain_page

    return explain_page(_page(text, doc_id, source, html))


def _page(text: str, doc_id: str, source: str, html: bool) -> Page:
    if not text.strip():
        raise UsageError("the text is empty; there is nothing to process")
    return Page(doc_id, source, text, "html" if html else "text")


def _outcomes(
    data: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | pd.DataFrame,
    max_chars: int,
    fields: Mapping[Field, str] | None,
) -> Iterable[Page | PageFailure]:
    import pandas as pd

    if isinstance(data, pd.DataFrame):
        records = ({str(k): v for k, v in row.items()} for row in data.to_dict("records"))
        return pages_from_records(records, source="row", max_chars=max_chars, fields=fields)
    inputs = [data] if isinstance(data, (str, os.PathLike)) else list(data)
    return read_pages(inputs, max_chars=max_chars, fields=fields)


def extract(
    data: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | pd.DataFrame,
    *,
    table: str = "awards",
    max_chars: int = DEFAULT_MAX_CHARS,
    timeout: float = DEFAULT_TIMEOUT,
    fields: Mapping[Field, str] | None = None,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Extract a table from pages.

    Args:
        data: A file, folder or glob pattern, several of them, or a data frame with a column of texts
            (``text``, ``content``, ``isi``, ``html``, ... and, if there, ``id``, ``url``, ``title``,
            ``date``).
        table: ``awards``, ``entities`` or ``sentences``.
        max_chars: Longest page to accept, in characters.
        timeout: Longest time for a page, in seconds; 0 for none.
        fields: Names of fields or columns that are not among the usual ones, by what they hold: ``text``,
            ``content`` (text or HTML), ``html``, ``id``, ``url``, ``title``, ``published``, ``byline``.
        progress: Whether to show a progress bar; by default in a notebook or a terminal only.

    Returns:
        The table, one row per record, sorted by ``doc_id`` and position; text as ``string``, whole numbers
        as ``Int64``; what is not stated is missing. Pages that failed are told by a warning and listed in
        ``frame.attrs["failures"]``.

    Raises:
        UsageError: If a path does not exist, there is nothing to read, or the table is unknown.

    Example:
        >>> awards = extract("seeds")
        >>> awards["year"].dtype
        Int64Dtype()
    """
    import pandas as pd

    if table not in TABLES:
        raise UsageError(f"unknown table {table!r}; use one of {', '.join(TABLES)}")
    kept = []
    failures = []
    total = len(data) if isinstance(data, pd.DataFrame) else None  # files are read as they come
    for outcome in with_progress(_outcomes(data, max_chars, fields), total, progress):
        result = process_page(outcome, "spacy", [table], timeout) if isinstance(outcome, Page) else None
        failure = outcome if isinstance(outcome, PageFailure) else result.failure if result else None
        if failure:
            failures.append(failure)
        elif result:
            kept.append(result)
    kept.sort(key=lambda r: r.doc_id)
    frame = to_frame([row for result in kept for row in result.rows[table]], TABLES[table])
    if failures:
        first = failures[0]
        warnings.warn(
            f"pages that failed: {len(failures)}, the first: {first.source}: {first.reason}: {first.message};"
            ' all are in .attrs["failures"]',
            stacklevel=2,
        )
        frame.attrs["failures"] = [asdict(failure) for failure in failures]
    return frame
