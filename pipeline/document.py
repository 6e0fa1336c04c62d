"""The data that passes between the stages: plain, immutable, free of any NLP library.

Every offset is a Python string index into :attr:`Article.text`, end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ContentKind = Literal["text", "html"]

#: Segment kinds that go on to the sentence splitter and every later stage.
KEPT_KINDS = frozenset({"title", "body"})

#: All segment kinds. ``title`` and ``body`` are kept; ``caption`` is read for hand-over facts only.
SEGMENT_KINDS = frozenset(
    {
        "title",
        "body",
        "nav",
        "byline",
        "dateline",
        "caption",
        "related",
        "ad",
        "share",
        "tags",
        "comments",
        "footer",
        "credit",
        "other",
    }
)

#: Entity labels, outermost concepts first.
ENTITY_LABELS = (
    "PERSON",
    "POSITION",
    "AGENCY",
    "ORGANISATION",
    "PLACE",
    "FACILITY",
    "EVENT",
    "CATEGORY",
    "RESULT",
    "WORK",
    "DATE",
)


@dataclass(frozen=True, slots=True)
class Page:
    """One scraped page as a reader found it.

    Args:
        doc_id: Stable identifier, unique in a run.
        source: Path or URL it came from.
        content: Raw text, or HTML source.
        kind: Whether ``content`` is plain text or HTML.
        metadata: What the record itself states: ``title``, ``published`` (ISO date), ``url``.
    """

    doc_id: str
    source: str
    content: str
    kind: ContentKind = "text"
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the page's text of one kind (see :data:`SEGMENT_KINDS`)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Article:
    """A page after boilerplate stripping.

    Args:
        doc_id: As in :class:`Page`.
        source: As in :class:`Page`.
        text: The page's plain text: the raw file for text pages, unchanged; the extracted text for HTML.
        segments: Non-overlapping segments in text order. White space between them belongs to none.
        title: Headline, or ``None`` where the page has none.
        published: ISO date of publication, or ``None`` where the page does not state it.
        byline: Author line, or ``None``.
    """

    doc_id: str
    source: str
    text: str
    segments: tuple[Segment, ...] = ()
    title: str | None = None
    published: str | None = None
    byline: str | None = None

    def kept(self) -> tuple[Segment, ...]:
        """Return the title and body segments."""
        return tuple(s for s in self.segments if s.kind in KEPT_KINDS)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a title or body segment, without surrounding white space."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity mention.

    Args:
        start: First character.
        end: One past the last character.
        label: One of :data:`ENTITY_LABELS`.
        rule: Id of the rule, gazetteer or model that made it.
        name: Canonical name once linked ("Pemerintah Kota Malang"; ISO date for a DATE), else empty.
        code: Kemendagri code of the region it is or belongs to ("35.73"), else empty.
        kind: Finer type once linked: for recipients one of the contract's recipient types
            (province, regency, city, district, village, ministry, agency, soe, university, school, company,
            community, person), ``country`` for countries, ``media`` for outlets; else empty.
        parts: What it may be to an award by the tagger (WINNER, ORGANISER, GIVER, RECEIVER), each with its
            likelihood; it says nothing of what the mention is.
    """

    start: int
    end: int
    label: str
    rule: str = ""
    name: str = ""
    code: str = ""
    kind: str = ""
    parts: tuple[tuple[str, float], ...] = field(default=(), compare=False)

    @property
    def is_group(self) -> bool:
        """Whether it is a class of participants ("kategori kabupaten"), a slot of records and no name."""
        return self.label == "CATEGORY" and self.kind == "group"

    def likely(self, part: str) -> float:
        """Return how likely the mention has a part in an award by the tagger, 0 where it sees none."""
        return dict(self.parts).get(part, 0.0)


@dataclass(frozen=True, slots=True)
class Slot:
    """One filled slot of an award, with its evidence: ``text == article.text[start:end]`` always.

    Args:
        value: The cell's value (normal form where the column has one, else the surface).
        text: Surface.
        start: First character.
        end: One past the last character.
        sentence: Index of the sentence that holds it, ``-1`` outside the sentences (captions).
        rule: Id of the rule that filled it.
    """

    value: str
    text: str
    start: int
    end: int
    sentence: int
    rule: str


@dataclass(frozen=True, slots=True)
class Award:
    """One award record: recipient x event x edition x category x result.

    Args:
        doc_id: Page it was told on.
        record_id: 12 hex digits, stable hash of ``doc_id`` and the core slots.
        slots: Filled slots by column name, several for a column that joins values (organiser).
        evidence: Text that carries the record.
        start: Offset of the evidence.
        end: End offset of the evidence.
        rules: Ids of all rules that took part, in order of first use.
        confidence: 0 to 1.
    """

    doc_id: str
    record_id: str
    slots: Mapping[str, tuple[Slot, ...]]
    evidence: str
    start: int
    end: int
    rules: tuple[str, ...] = ()
    confidence: float = 0.0

    def value(self, column: str) -> str:
        """Return the cell of ``column``: its slots' values joined by "; ", or an empty string."""
        return "; ".join(s.value for s in self.slots.get(column, ()))


@dataclass(frozen=True, slots=True)
class Result:
    """All that the pipeline found on one page.

    Args:
        article: The article.
        sentences: Its sentences.
        mentions: Its mentions.
        awards: Its award records.
        seconds: Time by stage.
        passed_over: Whether stages were left out because the page cannot tell of an award.
        left_out: How often the award stage left something out, by reason (see :mod:`pipeline.trace`).
    """

    article: Article
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    awards: tuple[Award, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    passed_over: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)
