"""Load every table of rules and words as a run would, and say what is wrong with it.

    python scripts/check_lexicon.py                # the package's own
    python scripts/check_lexicon.py my-rules       # with a rule pack, a folder of tables

Exit status 1 if a row is wrong. That examples and counter-examples hold is for the tests.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from pipeline import award_schema, flow, trace
from pipeline.document import Page
from pipeline.errors import LexiconError, UsageError
from pipeline.lexicon import code_rules, load_table, table_names, use_packs
from pipeline.lexicon.typed_rows import rows, table_type

#: Modules that say what the rows of a table are and that no stage loads.
TYPES = (award_schema, code_rules, trace)

_TOLD = "Pemerintah Kota Malang meraih Juara 1 kategori Website pada Anugerah Media Humas 2024."


def problems() -> Iterator[str]:
    """Yield what is wrong, the first of each table; with sound tables, what the stages make of them."""
    sound = True
    for name in table_names():
        kind = table_type(name)
        try:
            _ = rows(kind) if kind else load_table(name)
        except LexiconError as error:
            sound = False
            yield str(error)
    if sound:
        try:  # macros, patterns that are put together from several tables, tables that name each other
            flow.process(Page("a", "a", _TOLD))
        except LexiconError as error:
            yield str(error)


def main() -> int:
    """Print the problems; exit status 1 if there are any, 2 if a folder is no rule pack."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("packs", nargs="*", metavar="FOLDER", help="rule packs")
    try:
        use_packs(parser.parse_args().packs)
    except (LexiconError, UsageError) as error:
        print(error, file=sys.stderr)
        return 2
    found = list(dict.fromkeys(problems()))  # a table that asks another one tells its problem as well
    for problem in found:
        print(problem)
    if not found:
        print(f"{len(table_names())} tables are sound")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
