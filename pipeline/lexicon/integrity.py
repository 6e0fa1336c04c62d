"""All tables at once: a wrong row ends before the first page is read."""

from __future__ import annotations

from pipeline.lexicon import load_table, table_names
from pipeline.lexicon.code_rules import CodeRule
from pipeline.lexicon.typed_rows import rows, table_type


def check_tables() -> None:
    """Load every table, so that a wrong row ends before the first page.

    Typed tables are known once the modules of their classes are imported (:mod:`pipeline.flow` imports all).

    Raises:
        LexiconError: If a row of any table is wrong.
    """
    rows(CodeRule)
    for name in table_names():
        kind = table_type(name)
        if kind is None:
            load_table(name)
        else:
            rows(kind)
