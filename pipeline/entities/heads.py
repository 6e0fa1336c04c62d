"""Words that names of bodies and venues and titles of offices start or end with, as data classes."""

from __future__ import annotations

from typing import Annotated, Literal

from pipeline.lexicon.typed_rows import Row, doc, of_table

#: Kinds of bodies; those of regions are also what a government or an office governs.
HeadKind = Literal[
    "", "country", "province", "regency", "city", "district", "village", "government", "ministry", "agency",
    "soe", "company", "university", "school", "community", "party", "media", "club",
]  # fmt: skip


class NameHead(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First words of a class of names, and what may follow them."""

    id: Annotated[str, doc("rule id, stays on the mention")]
    meaning: Annotated[str, doc("what is named so, in a sentence")]
    heads: Annotated[tuple[str, ...], doc("first words of the names, long and short forms")]
    tail: str
    kind: Annotated[HeadKind, doc("kind of what is named, or of the region that an office governs")] = ""
    alone: Annotated[bool, doc("whether a head is a mention without more words")] = False
    lower: Annotated[bool, doc("whether it is one in lower case too")] = False


@of_table("agency_heads")
class AgencyHead(NameHead, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First words of the names of government bodies."""

    tail: Annotated[Literal["function", "region", "name", "ordinal", "country"], doc("what follows")]


@of_table("organisation_heads")
class OrganisationHead(NameHead, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First words of the names of organisations, or last ones."""

    tail: Annotated[Literal["name", "school", "suffix"], doc("what follows; suffix: the name comes before")]


@of_table("facilities")
class FacilityHead(NameHead, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First words of the names of venues, last ones, or whole names."""

    tail: Annotated[Literal["name", "suffix", "none"], doc("what follows; suffix: the name comes before")]


@of_table("positions")
class OfficeTitle(NameHead, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Titles of offices, without acting prefixes."""

    tail: Annotated[Literal["none", "region", "agency", "function"], doc("what the office is over")]
