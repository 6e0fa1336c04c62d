"""Rules that code makes without a row of its own: what their ids mean (table ``code_rules``)."""

from __future__ import annotations

from typing import Annotated, Literal

from pipeline.lexicon.typed_rows import Row, doc, of_table


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
