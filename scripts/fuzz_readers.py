"""Fuzz the readers and the extraction of articles, guided by coverage.

Usage: python scripts/fuzz_readers.py [FOLDER] [-max_total_time=60] [-max_len=4096]

Needs atheris (``pip install atheris``). The first byte of an input chooses the format, the rest is the file.
Any exception but a failure that the reader tells of is a finding; its input is written to ``crash-*``.
What is found becomes a case of the tests. FOLDER keeps inputs that reach new code; options are libFuzzer's.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline.readers", "pipeline.boilerplate", "pipeline.clean_text"]):
    from pipeline.boilerplate import to_article
    from pipeline.document import Page
    from pipeline.readers import PageFailure, ReadOptions
    from pipeline.readers.failures import SourceReport
    from pipeline.readers.files import read_source
    from pipeline.readers.reader import Source
    from pipeline.readers.registry import READERS

FORMATS = tuple(reader.format for reader in READERS)
OPTIONS = ReadOptions(max_chars=20_000)
FILE = Path(tempfile.mkdtemp()) / "input"


def one_input(data: bytes) -> None:
    """Read one file."""
    if not data:
        return
    FILE.write_bytes(data[1:])
    kind = FORMATS[data[0] % len(FORMATS)]
    packed = data[0] >= 128 and kind != "parquet"
    for outcome in read_source(Source("input", FILE, "input", kind, packed), OPTIONS):
        if isinstance(outcome, PageFailure):
            assert outcome.reason  # noqa: S101 (the fuzzer reports it)
        elif not isinstance(outcome, SourceReport):
            article = to_article(outcome)
            spans = [(s.start, s.end) for s in article.segments]
            assert spans == sorted(spans)  # noqa: S101
            assert isinstance(outcome, Page)  # noqa: S101


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
