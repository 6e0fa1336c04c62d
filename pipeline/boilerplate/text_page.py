"""Segments of a page that is plain text already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.boilerplate.dateline import dateline_end
from pipeline.boilerplate.inline import inline_spans
from pipeline.boilerplate.layout import Layout, lay_out
from pipeline.boilerplate.lines import Line, split_lines
from pipeline.boilerplate.publication_lines import find_date, is_date_line
from pipeline.clean_text import cleaned, outer_spans
from pipeline.document import KEPT_KINDS, Article, Page, Segment

#: Datelines without an outlet or a date are accepted in so many paragraphs from the start.
_DATELINE_PARAGRAPHS = 2
#: Sign-offs without a clear word are accepted in so many kept lines from the end.
_SIGN_OFF_LINES = 2
_BYLINE_CHARS = 160


def _cut(line: Line, kind: str, *, weak_dateline: bool, tail: bool) -> Iterator[Segment]:
    """Yield the segments of a kept line."""
    at = line.start
    if kind == "body":
        end = dateline_end(line.text, strong_only=not weak_dateline)
        if end:
            yield Segment(at, line.start + len(line.text[:end].rstrip()), "dateline")
            at = line.start + end
    offset = at
    for start, end, cut_kind in inline_spans(line.text[at - line.start :], tail=tail):
        yield Segment(at, offset + start, kind)
        yield Segment(offset + start, offset + end, cut_kind)
        at = offset + end
    yield Segment(at, line.end, kind)


def _trimmed(text: str, segment: Segment) -> Segment:
    piece = text[segment.start : segment.end]
    start = segment.start + len(piece) - len(piece.lstrip())
    return Segment(start, max(start, segment.end - (len(piece) - len(piece.rstrip()))), segment.kind)


def _merged(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Join neighbouring segments of one dropped kind; body stays paragraph by paragraph."""
    merged: list[Segment] = []
    for segment in segments:
        if segment.start >= segment.end:
            continue
        if merged and merged[-1].kind == segment.kind and segment.kind not in KEPT_KINDS:
            merged[-1] = Segment(merged[-1].start, segment.end, segment.kind)
        else:
            merged.append(segment)
    return tuple(merged)


def segment_lines(text: str, lines: Sequence[Line], layout: Layout) -> tuple[Segment, ...]:
    """Turn labelled lines into segments, cutting datelines, glued links and sign-offs out of kept lines.

    Args:
        text: The page's text.
        lines: Its lines.
        layout: Their kinds.
    """
    kept = [i for i, kind in enumerate(layout.kinds) if kind in KEPT_KINDS]
    bodies = [i for i in kept if layout.kinds[i] == "body"]
    openings = set(bodies[:_DATELINE_PARAGRAPHS])
    if layout.first is not None:
        openings.add(layout.first)
    closings = set(kept[-_SIGN_OFF_LINES:])
    segments: list[Segment] = []
    for index, line in enumerate(lines):
        kind = layout.kinds[index]
        if kind == "body":
            cut = _cut(line, kind, weak_dateline=index in openings, tail=index in closings)
            segments.extend(_trimmed(text, s) for s in cut)
        else:
            segments.append(Segment(line.start, line.end, kind))
    return _merged(segments)


def published(lines: Sequence[Line], layout: Layout) -> str | None:
    """Return the ISO date of the publication line nearest to the headline."""
    first = layout.first if layout.first is not None else len(lines)
    dated = [
        i
        for i, line in enumerate(lines)
        if layout.kinds[i] in {"byline", "other"}  # front matter of Markdown is "other"
        and find_date(line.bare)
        and (is_date_line(line.bare) or (layout.kinds[i] == "byline" and line.words <= 24))
    ]
    above = [i for i in dated if i < first]
    if above:
        after_title = [i for i in above if layout.title is not None and i > layout.title]
        return find_date(lines[after_title[0] if after_title else above[-1]].bare)
    below = [i for i in dated if layout.last is not None and i <= layout.last + 6]
    return find_date(lines[below[0]].bare) if below else None


def byline(lines: Sequence[Line], layout: Layout) -> str | None:
    """Return the author line, with the name that follows a bare label; a line without a date is preferred."""
    authors = [
        i
        for i, line in enumerate(lines)
        if layout.kinds[i] == "byline" and line.words <= 24 and not is_date_line(line.bare, strict=True)
    ]
    authors = [i for i in authors if any(c.isalpha() for c in lines[i].bare)]
    undated = [i for i in authors if not find_date(lines[i].bare)]
    for index in (undated or authors)[:1]:
        line = lines[index]
        label = line.bare.endswith(":") or line.words == 1
        follows = label and index + 1 < len(lines) and layout.kinds[index + 1] == "byline"
        return (f"{line.bare} {lines[index + 1].bare}" if follows else line.bare)[:_BYLINE_CHARS]
    return None


def strip_text(page: Page) -> Article:
    """Label the segments of a text page.

    Args:
        page: A page of kind ``text``.

    Returns:
        The article, with ``text`` equal to the page's content.
    """
    clean = cleaned(page.content)
    article = _article(replace(page, content=clean.text), split_lines(clean.text), None)
    return replace(article, text=page.content, segments=outer_spans(article.segments, clean))


def strip_lines(page: Page, kinds: Sequence[str | None]) -> Article:
    """Label the segments of a text made line by line, of some of which the kind is known.

    Args:
        page: A page of kind ``text``, each of its lines a block.
        kinds: Kind of each line, ``None`` where it is to be found out.
    """
    return _article(page, split_lines(page.content, joined=False), kinds)


def _article(page: Page, lines: Sequence[Line], kinds: Sequence[str | None] | None) -> Article:
    layout = lay_out(lines, page.metadata.get("title"), kinds)
    found = lines[layout.title].bare if layout.title is not None else None
    stated = page.metadata.get("published")
    segments = segment_lines(page.content, lines, layout)
    datelines = (page.content[s.start : s.end] for s in segments if s.kind == "dateline")
    return Article(
        doc_id=page.doc_id,
        source=page.source,
        text=page.content,
        segments=segments,
        title=page.metadata.get("title") or found,
        published=(find_date(stated) if stated else None)
        or published(lines, layout)
        or find_date(next(datelines, "")),
        byline=page.metadata.get("byline") or byline(lines, layout),
    )
