"""Reading an article sentence by sentence: what a sentence leaves to the ones before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from pipeline.awards.blocks.flat_tables import read_row
from pipeline.awards.blocks.items import in_scope, read_item
from pipeline.awards.blocks.outline import OutlineBlock, read_outline
from pipeline.awards.candidates import candidates_of
from pipeline.awards.coreference import Coreference
from pipeline.awards.frame_arguments import listed
from pipeline.awards.frames import find_frames
from pipeline.awards.normal import rank_of
from pipeline.awards.pack import grammar
from pipeline.awards.render import Rendered
from pipeline.awards.structures import Candidate, Frame, NumberSpan
from pipeline.awards.winner_parts import with_winner_parts
from pipeline.document import Article, Mention
from pipeline.lexicon import cached
from pipeline.patterns.required_literals import Guarded
from pipeline.trace import note

#: Candidates before a clause that it may go on with.
_RECENT = 12


def read_frames(article: Article, rendered: Sequence[Rendered]) -> list[Frame]:
    """Read the frames of an article, lines of lists and pronouns included.

    Args:
        article: Article.
        rendered: Its rendered sentences, in order.
    """
    titles = [s for s in article.segments if s.kind == "title"]
    titled = [any(t.start <= part.sentence.start < t.end for t in titles) for part in rendered]
    frames: list[Frame] = []
    person: Mention | None = None
    holders = Holders(rendered)
    for block, title in zip(read_outline(article.text, rendered, titled), titled, strict=True):
        part = block.line.part
        found = _block_frames(article.text, block, title)
        frames = _with_named(frames, part)
        found = [_with_person(f, person, holders) if f.pronoun else f for f in found]
        person = next((m for m in reversed(part.mentions.values()) if m.label == "PERSON"), person)
        for frame in found:
            if "verb" not in frame.rule.pattern.groupindex:
                note("frame_found", frame.span, frame.rule.id)
        frames += found
    for frame in frames:
        if frame.counted and not frame.recipients:
            note("winners_only_counted", frame.span, frame.rule.id)
    return [f for f in frames if f.recipients or not f.counted]


def _block_frames(text: str, block: OutlineBlock, title: bool) -> list[Frame]:
    """Return the frames of one block: by its verbs, and of a line of a list without one by its fields."""
    part = block.line.part
    if block.row is not None:
        told_by_row = read_row(text, block.row, block.scope)
        return [told_by_row] if told_by_row else []
    if block.role != "item":
        if block.role in {"heading", "cell"}:
            return []
        return with_winner_parts(text, part, _sentence_frames(text, part, title), title)
    ranks = sum(m.label == "RESULT" for m in part.mentions.values())
    if ranks > 1 or grammar("own_verb").search(part.text):
        told = _sentence_frames(text, part, title)
        if told:
            return [in_scope(f, block.scope) for f in told]
    line = read_item(text, block.line, block.scope)
    return [line] if line else []


def _with_person(frame: Frame, last: Mention | None, holders: Holders) -> Frame:
    """Make the person whom a pronoun means the winner: the person named last, of "saya" the speaker.

    An official who says "saya" speaks for the office, whose winner the page tells.
    """
    person = last
    if frame.pronoun == "first":
        said = grammar("said_by").search(frame.rendered.text)
        person = frame.rendered.mentions[said.start("person")] if said else last
        if person is not None and holders.has_office(person):
            return frame
    return frame if person is None else replace(frame, recipients=(person,))


class Holders:
    """Who holds an office on a page; looked up once and only if asked.

    Args:
        rendered: Rendered sentences of the page.
    """

    def __init__(self, rendered: Sequence[Rendered]) -> None:
        self._rendered = rendered

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for part in self._rendered for name in _holders(part))

    def has_office(self, person: Mention) -> bool:
        """Whether the page names an office of a person."""
        return (person.name or str(person.start)) in self._names


def _holders(part: Rendered) -> Iterator[str]:
    """Yield the persons beside whose name a sentence has an office."""
    for match in grammar("official").finditer(part.text):
        if any(match.group(group) for group in ("pos", "pos2")):
            for group in ("per", "per2"):
                if match.group(group):
                    m = part.mentions[match.start(group)]
                    yield m.name or str(m.start)


def _with_named(frames: list[Frame], part: Rendered) -> list[Frame]:
    """Give winners that the sentence before only counted the names that this one lists.

    "Tiga siswa meraih medali. Ketiga siswa itu adalah A, B, dan C."
    """
    last = frames[-1] if frames else None
    if last is None or not last.counted or part.index - last.rendered.index != 1:
        return frames
    opener = grammar("group_named").match(part.text)
    names = listed(part, opener.end(), len(part.text)) if opener else []
    if not names:
        return frames
    index = last.rendered.index
    told = [f.counted and f.rendered.index == index for f in frames]
    return [
        replace(f, recipients=tuple(names), counted=False) if counted else f
        for f, counted in zip(frames, told, strict=True)
    ]


@cached
def _trigger() -> Guarded:
    return Guarded(grammar("trigger"))


def _sentence_frames(text: str, part: Rendered, title: bool) -> list[Frame]:
    # most sentences have no word of winning; to see so is cheaper than to try all rules
    if not _trigger().search(text, part.sentence.start, part.sentence.end):
        return []
    return find_frames(text, part, title)


def _of_contest(frame: Frame, last: Candidate, names: Coreference) -> Frame:
    """Return a frame that tells the next rank of the contest told right before, with what names the contest.

    "Kategori A: juara 1 diraih X. Juara 2 diraih Y."
    """
    near = 0 <= frame.rendered.index - last.sentence <= 1
    bare = not any(p.category or p.group or p.event for p in frame.prizes)
    if not (near and bare and frame.recipients and (frame.contest or frame.rule.names_others)):
        return frame
    before = _rank(last.prize.result, names) or 0
    ranks = [_rank(p.result, names) for p in frame.prizes]
    if not frame.contest and any(rank is None or rank <= before for rank in ranks):
        return frame
    shared = {"category": last.prize.category, "group": last.prize.group, "event": last.prize.event}
    return replace(frame, prizes=tuple(replace(p, **shared) for p in frame.prizes))


def _rank(result: Mention | None, names: Coreference) -> int | None:
    return rank_of(names.surface(result)) if result is not None else None


def read_candidates(
    frames: Sequence[Frame],
    names: Coreference,
    main_year: int | None,
    headings: dict[int, NumberSpan],
    page_year: int | None = None,
) -> list[Candidate]:
    """Return the candidates of the frames; "penghargaan serupa" is the prize of the candidate before.

    Args:
        frames: Frames in the order of the text.
        names: Identities on the page.
        main_year: Year the page is about.
        headings: Year of the heading above each sentence that has one.
        page_year: Year of publication, if the page states it.
    """
    candidates: list[Candidate] = []
    for frame in frames:
        told = frame
        if frame.same and frame.recipients and candidates and all(p.bare for p in frame.prizes):
            last = candidates[-1]
            told = replace(frame, prizes=(replace(last.prize, work=None, event=last.event),))
        if candidates:
            told = _of_contest(told, candidates[-1], names)
        heading = headings.get(frame.rendered.index)
        candidates += candidates_of(told, names, main_year, heading, page_year, candidates[-_RECENT:])
    return candidates
