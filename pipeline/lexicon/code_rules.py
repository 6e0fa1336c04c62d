"""Rules that code makes without a row of its own: what their ids mean (table ``code_rules``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pipeline.lexicon import cached, lines, table_names
from pipeline.lexicon.typed_rows import Row, doc, of_table, rows


@of_table("code_rules")
class CodeRule(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the id of a rule means that stands in the code alone."""

    id: Annotated[str, doc("id on the mention or slot")]
    label: Annotated[
        Literal[
            "PERSON", "POSITION", "AGENCY", "ORGANISATION", "PLACE", "FACILITY", "EVENT", "CATEGORY",
            "RESULT", "WORK", "DATE", "GROUP", "NAME", "YEAR", "ANY",
        ],
        doc("label of what it makes: an entity, GROUP, NAME or YEAR of the award stage, ANY of several"),
    ]  # fmt: skip
    meaning: Annotated[str, doc("why it is one, in a sentence")]
    module: Annotated[str, doc("module that makes it")]
    examples: Annotated[tuple[str, ...], doc("own sentences; [LABEL words] marks what the rule makes")]
    counter: Annotated[tuple[str, ...], doc("own sentences in which the rule makes nothing")] = ()

    def __post_init__(self) -> None:
        """Check that a rule that makes what is won can be tried.

        Raises:
            ValueError: If it has no example or no counter-example.
        """
        won = self.label in {"EVENT", "CATEGORY", "RESULT", "WORK", "GROUP"}
        if won and not (self.examples and self.counter):
            raise ValueError(f"a rule that makes a {self.label} needs examples and at least one counter")


@cached
def _meanings() -> Mapping[str, str]:
    found = {rule.id: rule.meaning for rule in rows(CodeRule)}
    for table in table_names():
        for _, row in lines(table):
            told = row.get("meaning") or (
                f"It is {row['name']}, known from {table}." if "name" in row else ""
            )
            if told and "id" in row:
                found.setdefault(row["id"], told)
    return found


def rule_meaning(name: str) -> str:
    """Return in a sentence what the id of a rule on a mention or slot means, empty for what is none.

    Args:
        name: Id of a row of a table of rules or names.

    Example:
        >>> rule_meaning("date")
        'A calendar date: day and month, or month and year.'
    """
    return _meanings().get(name, "")
