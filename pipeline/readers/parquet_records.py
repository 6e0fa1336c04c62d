"""Parquet: a row is a page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pipeline.errors import PageError
from pipeline.readers.options import ReadOptions
from pipeline.readers.reader import Outcome, Reader, Source
from pipeline.readers.record_fields import field_columns, has_body, no_text_error
from pipeline.readers.record_streams import record_page


def _value(scalar: Any) -> object:  # noqa: ANN401 (Arrow has no types)
    """Return a cell, ``None`` where Python has no such value: a date before the year 1."""
    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        return None


def _records(batch: Any) -> Iterator[dict[str, object]]:  # noqa: ANN401 (the same)
    """Yield the rows of a batch; other bytes than UTF-8 in its texts stay as escapes, decoded by record."""
    import pyarrow as pa

    def as_bytes(column: Any) -> Any:  # noqa: ANN401 (the same)
        plain = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
        text = pa.types.is_string(plain.type) or pa.types.is_large_string(plain.type)
        return plain.cast(pa.large_binary()) if text else plain

    columns = dict(zip(batch.schema.names, map(as_bytes, batch.columns), strict=True))
    for row in range(batch.num_rows):
        values = ((name, _value(column[row])) for name, column in columns.items())
        yield {n: v.decode("utf-8", "surrogateescape") if isinstance(v, bytes) else v for n, v in values}


def read_parquet(source: Source, stream: io.BufferedReader, options: ReadOptions) -> Iterator[Outcome]:
    """Read a Parquet file, a few rows at a time; rows without an id get ``file#row``, counted from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(stream) as file:
            names = list(file.schema_arrow.names)
            inner = [f.name for f in file.schema_arrow if pa.types.is_struct(f.type)]
            columns = field_columns(names, options.fields)
            if not has_body(columns) and not inner:
                raise no_text_error(names, options.fields)
            wanted = [name for found in columns.values() for name in found]
            number = 0
            for batch in file.iter_batches(batch_size=64, columns=list(dict.fromkeys(wanted + inner))):
                for record in _records(batch):
                    number += 1
                    yield record_page(record, source, f"{source.doc_id}#{number}", options)
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise PageError("unreadable", f"no valid Parquet file ({error}); write it again") from error


PARQUET = Reader(
    format="parquet",
    extensions=(".parquet",),
    read=read_parquet,
    compressed=False,
    seeks=True,
    claims=lambda start: start.startswith(b"PAR1"),
    certain=True,
)
