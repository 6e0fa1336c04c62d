"""Parquet: a row is a page."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pipeline.errors import PageError
from pipeline.readers.options import ReadOptions
from pipeline.readers.reader import Outcome, Reader, Source
from pipeline.readers.record_fields import field_columns, has_body, no_text_error
from pipeline.readers.record_streams import record_page


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
                for record in batch.to_pylist():
                    number += 1
                    yield record_page(record, source, f"{source.doc_id}#{number}", options)
    except pa.ArrowException as error:
        raise PageError("unreadable", f"no valid Parquet file ({error}); write it again") from error


PARQUET = Reader(format="parquet", extensions=(".parquet",), read=read_parquet, compressed=False)
