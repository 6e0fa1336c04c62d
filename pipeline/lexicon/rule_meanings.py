"""What the ids in the column ``rules`` mean, from whatever table their row stands in."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.lexicon import cached, lines, table_names


@cached
def rule_meanings() -> Mapping[str, str]:
    """Return the meaning of each rule by its id, as a sentence.

    Rows without a meaning of their own name a thing (an event, a body): they mean that it is named.
    """
    found: dict[str, str] = {}
    for table in table_names():
        for _, row in lines(table):
            told = (
                row.get("meaning")
                or row.get("note")
                or (f"A name of {row['name']}." if "name" in row else "")
            )
            if "id" in row and told:
                found.setdefault(str(row["id"]), str(told))
    return found
