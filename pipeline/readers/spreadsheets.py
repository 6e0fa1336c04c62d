"""Spreadsheets (XLSX, XLS, ODS): a row is a page. Read by calamine, which the extra ``documents`` brings."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, cast

from pipeline.errors import PageError
from pipeline.readers.failures import LeftOut
from pipeline.readers.options import ReadOptions
from pipeline.readers.reader import Outcome, Reader, Source
from pipeline.readers.record_streams import record_page
from pipeline.readers.table_rows import find_header, record_of

#: How XLSX writes a carriage return.
_CARRIAGE_RETURN = "_x000D_"


def _cell(value: object) -> object:
    return value.replace(_CARRIAGE_RETURN, "") if isinstance(value, str) else value


def read_spreadsheet(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read the sheets that have a column of texts; rows without an id get ``file#row``, over all sheets.

    Raises:
        PageError: ``unsupported`` without the extra, ``unreadable``, or ``no_text`` if no sheet has texts.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        hint = "spreadsheets need python-calamine: pip install 'penghargaan[documents]'; or save it as CSV"
        raise PageError("unsupported", hint) from error
    try:
        workbook = CalamineWorkbook.from_filelike(cast(Any, stream))
        sheets = [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]
    except (CalamineError, ValueError) as error:
        raise PageError("unreadable", f"no valid spreadsheet ({error}); save it again, or as CSV") from error
    told: PageError | None = None
    number = 0
    for rows in sheets:
        try:
            header = find_header(rows, options)
        except PageError as error:
            told = told or error
            yield LeftOut("sheet_without_text")
            continue
        for row in rows[header.rows :]:
            number += 1
            if any(cell not in ("", None) for cell in row):
                record = record_of(header, [_cell(cell) for cell in row], options)
                yield record_page(record, source, f"{source.doc_id}#{number}", options)
            else:
                yield LeftOut("blank_row")
    if told and not number:
        raise told


SPREADSHEET = Reader(format="spreadsheet", extensions=(".xls",), read=read_spreadsheet, seeks=True)
