"""What each line of a page is: markers first, then its place between headline and end of the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.boilerplate.dates import is_date_line
from pipeline.boilerplate.lines import Line
from pipeline.boilerplate.markers import Marker, is_list_item, line_markers
from pipeline.boilerplate.title import normal, pick_title, title_score

#: Markers of a page's end are looked for among its last lines only.
_TAIL_LINES = 8
_HEADLINE_WORDS = 30
#: A marker that drops the rest of the page does so if at most this share of the running text follows it.
_REST_SHARE = 0.35
#: A standfirst between headline and article has at least so many words.
_STANDFIRST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """The kinds of a page's lines.

    Args:
        kinds: Segment kind of each line.
        title: Index of the headline's line, ``None`` where the page has none.
        first: Index of the article's first paragraph, ``None`` where the page has none.
        last: Index of its last paragraph.
    """

    kinds: tuple[str, ...]
    title: int | None
    first: int | None
    last: int | None


def _is_tail(index: int, count: int) -> bool:
    return index >= count - _TAIL_LINES or index >= 0.7 * count


def _marks(lines: Sequence[Line]) -> tuple[list[str | None], list[Marker | None]]:
    markers: list[Marker | None] = []
    kinds: list[str | None] = []
    for index, line in enumerate(lines):
        marker = line_markers().match(line, tail=_is_tail(index, len(lines)))
        markers.append(marker)
        if marker:
            kinds.append(marker.kind)
        else:
            kinds.append("byline" if not line.paragraph and is_date_line(line.bare) else None)
    return kinds, markers


def _running_words(lines: Sequence[Line], kinds: Sequence[str | None], start: int, stop: int) -> int:
    return sum(lines[i].words for i in range(start, stop) if kinds[i] is None and lines[i].paragraph)


def _follow(lines: Sequence[Line], kinds: list[str | None], markers: Sequence[Marker | None]) -> None:
    """Let markers take the lines that belong to them."""
    for index, marker in enumerate(markers):
        if marker is None or marker.scope == "line":
            continue
        scope = marker.scope
        if scope == "rest":
            before = _running_words(lines, kinds, 0, index)
            after = _running_words(lines, kinds, index + 1, len(lines))
            if before and after <= _REST_SHARE * (before + after):
                for later in range(index + 1, len(lines)):
                    kinds[later] = kinds[later] or marker.kind
                return
            scope = "list"
        if scope == "next" and not _is_bare_label(lines[index]):
            continue
        for later in range(index + 1, len(lines) if scope == "list" else min(index + 2, len(lines))):
            if markers[later] or lines[later].paragraph or lines[later].words > _HEADLINE_WORDS:
                break
            kinds[later] = marker.kind


def _is_bare_label(line: Line) -> bool:
    return line.bare.endswith((":", ">", "»")) or line.words <= 3


def _drop_repeats(lines: Sequence[Line], kinds: list[str | None], title: int | None) -> None:
    """Drop repeats of the headline, and of other short lines beyond their first occurrence."""
    forms = [normal(line.bare) if line.words <= 2 * _HEADLINE_WORDS else "" for line in lines]
    seen: Counter[str] = Counter()
    for index, form in enumerate(forms):
        if kinds[index] is not None or not form or index == title:
            continue
        seen[form] += 1
        repeats_title = title is not None and form == forms[title]
        again = seen[form] > 1 and lines[index].words >= 4 and not lines[index].paragraph
        if repeats_title or (again and not is_list_item(lines[index])):
            kinds[index] = "share" if repeats_title else "other"


def _label_head(
    lines: Sequence[Line], kinds: list[str | None], title: int | None, first: int, lead: str
) -> None:
    for index in range(first):
        if kinds[index] is not None:
            continue
        line = lines[index]
        after_title = title is None or index > title
        if after_title and line.words >= _STANDFIRST_WORDS and title_score(line, lead, 1) >= 0.3:
            kinds[index] = "body"
        elif is_date_line(line.bare):
            kinds[index] = "byline"
        else:
            kinds[index] = "byline" if title is not None and after_title else "nav"


def _label_middle(lines: Sequence[Line], kinds: list[str | None], first: int, last: int) -> None:
    for index in range(first, last + 1):
        if kinds[index] is None:
            line = lines[index]
            linked = (
                9 <= line.words <= 22 and line.capitals >= 0.75 and not line.terminal and not line.paragraph
            )
            before = lines[index - 1].bare if index else ""
            linked = (
                linked and not before.endswith(":") and not is_list_item(line) and kinds[index - 1] != "list"
            )
            kinds[index] = "related" if linked else "body"


def _label_tail(lines: Sequence[Line], kinds: list[str | None], last: int) -> None:
    """Label what follows the last paragraph: items of the article's list, then signatures and links."""
    listing = True
    introduced = lines[last].bare.endswith(":")
    for index in range(last + 1, len(lines)):
        if kinds[index] is not None:
            listing = False
            continue
        line = lines[index]
        sentence = line.words >= 7 and line.capitals < 0.5
        if listing and (introduced or sentence or is_list_item(line)):
            kinds[index] = "body"
            continue
        listing = False
        kinds[index] = "related" if line.words >= 6 else "byline" if line.words >= 2 else "other"


def _label_without_paragraphs(lines: Sequence[Line], kinds: list[str | None], title: int | None) -> None:
    """Keep what could be text on a page of short lines only, unless it is a list of dated headlines."""
    dated = sum(
        kinds[i] is None and kinds[i + 1] == "byline" and is_date_line(lines[i + 1].bare, strict=True)
        for i in range(len(lines) - 1)
    )
    for index, line in enumerate(lines):
        if kinds[index] is None and index != title:
            keep = dated < 2 and (line.words >= 5 or is_list_item(line))
            kinds[index] = "body" if keep else "related" if dated >= 2 else "other"


def lay_out(lines: Sequence[Line], hint: str | None = None) -> Layout:
    """Give each line of a page its kind.

    Args:
        lines: The page's lines.
        hint: The headline that the record itself states, if any.

    Returns:
        Kinds by line, with the headline and the range of the article.
    """
    kinds, markers = _marks(lines)
    _follow(lines, kinds, markers)
    running = [i for i, line in enumerate(lines) if kinds[i] is None and line.paragraph]
    lead = " ".join(lines[i].bare[:1500] for i in running[:8])
    first = running[0] if running else None
    head = range(first if first is not None else len(lines))
    candidates = [i for i in head if kinds[i] is None]
    title = pick_title(lines, candidates, lead, hint)
    if title is not None and first is not None and title > first and title not in running:
        kinds[title] = kinds[title] or "other"  # the headline again, below the article
    elif title is not None:
        kinds[title] = "title"
        if title == first:
            running = running[1:]
            first = running[0] if running else None
    _drop_repeats(lines, kinds, title)
    running = [i for i in running if kinds[i] is None]
    last = running[-1] if running else None
    if running:
        first = running[0]
        _label_head(lines, kinds, title, first, lead)
        _label_middle(lines, kinds, first, running[-1])
        _label_tail(lines, kinds, running[-1])
    else:
        first = None
        _label_without_paragraphs(lines, kinds, title)
    return Layout(tuple(k or "other" for k in kinds), title, first, last)
