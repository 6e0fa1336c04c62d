"""What each line of a page is: markers first, then its place between headline and end of the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pipeline.boilerplate.captions import is_caption
from pipeline.boilerplate.dateline import dateline_end
from pipeline.boilerplate.lines import Line
from pipeline.boilerplate.markers import Marker, is_list_heading, is_list_item, line_markers
from pipeline.boilerplate.publication_lines import is_date_line
from pipeline.boilerplate.title import content_words, likeness, normal, pick_title

#: Markers that count only at a page's start or end are looked for among so many lines.
_HEAD_LINES = 15
_TAIL_LINES = 8
#: The paragraph with the dateline is one of the first.
_OPENING_PARAGRAPHS = 5
#: Words of the opening paragraphs say what a headline says.
_LEAD_CHARS = 4000
#: A list of keywords has at least so many, of so few words on average.
_KEYWORDS, _KEYWORD_WORDS = 5, 3.5
_CLAUSE = re.compile(
    r"\b(?:yang|oleh|dengan|untuk|adalah|ada|serta|telah|akan|dihadiri|,\s?dan)\b", re.IGNORECASE
)
_HEADLINE_WORDS = 30
#: A marker that drops the rest of the page does so if at most this share of the running text follows it.
_REST_SHARE = 0.35
#: Running text of at least so many words may be the whole article.
_ARTICLE_WORDS = 90
#: Other stories begin within so many lines after the marker.
_NEAR_LINES = 30
#: Menus above an article have at least so many lines; so many of them are looked at.
_MENU_LINES = 12
_MAX_RESTARTS = 3
#: A standfirst between headline and article has at least so many words.
_STANDFIRST_WORDS = 8
#: A headline between two paragraphs has so many words, at least and at most.
_LINKED_WORDS = (7, 18)


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


def _places(index: int, count: int) -> frozenset[str]:
    tail = index >= count - _TAIL_LINES or index >= 0.7 * count
    return frozenset(("head",) * (index < _HEAD_LINES) + ("tail",) * tail)


def _is_keyword_line(line: Line) -> bool:
    """Whether a line lists keywords: many short parts between commas, without the words of a clause."""
    parts = line.bare.split(",")
    if len(parts) < _KEYWORDS or line.terminal or line.words > min(80, _KEYWORD_WORDS * len(parts)):
        return False
    return not (". " in line.bare or is_list_item(line) or _CLAUSE.search(line.bare))


def _marks(lines: Sequence[Line]) -> tuple[list[str | None], list[Marker | None]]:
    markers: list[Marker | None] = []
    kinds: list[str | None] = []
    for index, line in enumerate(lines):
        marker = line_markers().match(line, _places(index, len(lines)))
        markers.append(marker)
        if marker:
            kinds.append(marker.kind)
        elif not line.paragraph and is_date_line(line.bare):
            kinds.append("byline")
        else:
            kinds.append("tags" if _is_keyword_line(line) else None)
    return kinds, markers


def _running_totals(lines: Sequence[Line], kinds: Sequence[str | None]) -> list[int]:
    """Return the number of words of running text before each line, and in all at the end."""
    words = (line.words if kinds[i] is None and line.paragraph else 0 for i, line in enumerate(lines))
    return list(accumulate(words, initial=0))


def _follow(lines: Sequence[Line], kinds: list[str | None], markers: Sequence[Marker | None]) -> None:
    """Let markers take the lines that belong to them."""
    totals = _running_totals(lines, kinds)
    for index, marker in enumerate(markers):
        if marker is None or marker.scope == "line":
            continue
        if marker.scope in {"rest", "end"} and _ends_article(lines, kinds, totals, index, marker.scope):
            _drop_rest(kinds, markers, index)
            return
        if marker.scope in {"next", "end"} and not _is_bare_label(lines[index]):
            continue
        stop = min(index + 2, len(lines)) if marker.scope in {"next", "end"} else len(lines)
        for later in range(index + 1, stop):
            if markers[later] or lines[later].paragraph or lines[later].words > _HEADLINE_WORDS:
                break
            kinds[later] = marker.kind


def _drop_rest(kinds: list[str | None], markers: Sequence[Marker | None], index: int) -> None:
    """Give all that follows a marker its kind, or that of a later marker of such reach."""
    kind: str | None = None
    for later in range(index, len(kinds)):
        marker = markers[later]
        if marker is not None and marker.scope != "line":
            kind = marker.kind
        kinds[later] = kinds[later] or kind


def _ends_article(
    lines: Sequence[Line], kinds: Sequence[str | None], totals: Sequence[int], index: int, scope: str
) -> bool:
    """Whether a marker of the page's end really stands after the article.

    Little text follows it, or what follows are other stories: they have datelines of their own, or are
    teasers, single paragraphs between headlines. Sign-offs (scope ``end``) need a whole article before them.
    """
    before, after = totals[index], totals[-1] - totals[index]
    if before < (_ARTICLE_WORDS if scope == "end" else 1):
        return False
    if after <= _REST_SHARE * totals[-1]:
        return True
    if before < _ARTICLE_WORDS:
        return False
    near = [
        i
        for i in range(index + 1, min(index + _NEAR_LINES, len(lines)))
        if kinds[i] is None and lines[i].paragraph
    ]
    dated = any(dateline_end(lines[i].text, strong_only=True) for i in near[:3])
    return dated or not any(b == a + 1 for a, b in pairwise(near))


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
        line = lines[index]
        headline = line.words >= 6 and line.capitals >= 0.7 and not line.paragraph and not is_list_item(line)
        if repeats_title or (headline and seen[form] > 1):
            kinds[index] = "share" if repeats_title else "other"


def _label_captions(
    lines: Sequence[Line], kinds: list[str | None], title: int | None, running: list[int]
) -> None:
    """Find the captions of the page's own pictures, above all between the headline and the dateline."""
    uncredited = (
        i for i in running[:_OPENING_PARAGRAPHS] if not is_caption(lines[i], above=False, beside=False)
    )
    opening = next((i for i in uncredited if dateline_end(lines[i].text)), None)
    forms = [normal(line.bare) if line.words <= 80 else "" for line in lines[: (opening or 0)]]
    # Upwards, so that a caption is known when the line above it is looked at.
    for index in range(len(lines) - 1, -1 if title is None else title, -1):
        line = lines[index]
        if kinds[index] is not None or index in running[-1:]:
            continue
        # "JUARA: ..." opens captions as well as items of lists; of these only a credit is believed.
        above = opening is not None and index < opening and not is_list_item(line)
        beside = above and (index + 1 == opening or kinds[index + 1] == "caption")
        twice = above and line.words >= 5 and forms.count(forms[index]) > 1
        credited = (
            above
            and line.words >= 5
            and any(kinds[i] == "caption" and lines[i].words < 5 for i in (max(0, index - 1), index + 1))
        )
        if twice or credited or is_caption(line, above=above, beside=beside):
            kinds[index] = "caption"


def _label_head(
    lines: Sequence[Line], kinds: list[str | None], title: int | None, first: int, lead: frozenset[str]
) -> None:
    for index in range(first):
        if kinds[index] is not None:
            continue
        line = lines[index]
        after_title = title is None or index > title
        long_enough = line.words >= (5 if line.terminal else _STANDFIRST_WORDS)
        standfirst = title is not None and index == title + 1 and line.capitals < 0.5
        if after_title and long_enough and (standfirst or likeness(line, lead) >= 0.25):
            kinds[index] = "body"
        elif is_date_line(line.bare):
            kinds[index] = "byline"
        else:
            kinds[index] = "byline" if title is not None and after_title else "nav"


def _list_start(lines: Sequence[Line], kinds: Sequence[str | None], first: int) -> int:
    """Return where the list begins that ends in the first paragraph, with its heading; else the paragraph."""
    start = first
    while start and kinds[start - 1] is None and is_list_item(lines[start - 1]):
        start -= 1
    heading = start < first and start and kinds[start - 1] is None and lines[start - 1].words >= 3
    return start - 1 if heading else start


def _is_linked_headline(lines: Sequence[Line], index: int, lead: frozenset[str]) -> bool:
    """Whether a line alone between two paragraphs is another story's headline and no subheading or caption.

    These speak of what the article speaks of.
    """
    line = lines[index]
    headline = _LINKED_WORDS[0] <= line.words <= _LINKED_WORDS[1] and line.capitals >= 0.75
    if not headline or line.terminal or line.text[0] in "#*" or line.bare.endswith(",") or is_list_item(line):
        return False
    alone = lines[index - 1].paragraph and lines[index + 1].paragraph and lines[index - 1].terminal
    return alone and not lines[index - 1].bare.endswith(":") and likeness(line, lead) < 0.2


def _label_middle(
    lines: Sequence[Line], kinds: list[str | None], first: int, last: int, lead: frozenset[str]
) -> None:
    for index in range(first, last + 1):
        if kinds[index] is None:
            linked = first < index < last and _is_linked_headline(lines, index, lead)
            kinds[index] = "related" if linked else "body"


def _is_short_sentence(line: Line) -> bool:
    """Whether a line too short for a paragraph is a sentence of the article all the same."""
    if line.capitals >= 0.5:
        return line.words >= 4 and line.states
    return line.words >= 7 or (line.words >= 3 and line.terminal and not line.bare.endswith((":", "!", "?")))


def _label_tail(lines: Sequence[Line], kinds: list[str | None], last: int) -> None:
    """Label what follows the last paragraph: items of the article's list, then signatures and links."""
    listing = True
    introduced = lines[last].bare.endswith(":")
    for index in range(last + 1, len(lines)):
        if kinds[index] is not None:
            listing = False
            continue
        line = lines[index]
        introduced = introduced or (listing and is_list_heading(line))
        # A subheading may stand before the list.
        item = is_list_item(line) or any(
            is_list_item(following) or is_list_heading(following)
            for following in lines[index + 1 : index + 2]
        )
        if _is_short_sentence(line) or (listing and (introduced or item)):
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
    introduced = False
    for index, line in enumerate(lines):
        introduced = introduced or (kinds[index] in {None, "title"} and is_list_heading(line))
        if kinds[index] is None and index != title:
            keep = dated < 2 and (line.words >= 5 or introduced or is_list_item(line))
            kinds[index] = "body" if keep else "related" if dated >= 2 and line.words >= 4 else "nav"


def _lead(lines: Sequence[Line], running: Sequence[int]) -> frozenset[str]:
    return content_words(" ".join(lines[i].bare[:1000] for i in running[:8])[:_LEAD_CHARS])


def _runs(line: Line) -> bool:
    """Whether a line is running text: a paragraph, or a sentence full of names behind a dateline."""
    return line.paragraph or (line.terminal and line.words >= 8 and dateline_end(line.text) > 0)


def _title(
    lines: Sequence[Line],
    kinds: Sequence[str | None],
    markers: Sequence[Marker | None],
    running: Sequence[int],
    lead: frozenset[str],
    hint: str | None,
) -> int | None:
    """Return the headline before the first of the running paragraphs.

    A marker such as "Headline" takes the lines after it, the page's own headline among them.
    """
    head = range(running[0] if running else len(lines))
    candidates = [i for i in head if markers[i] is None and kinds[i] in {None, "related", "tags"}]
    return pick_title(lines, kinds, candidates, lead, hint)


def _restarts(lines: Sequence[Line], running: Sequence[int]) -> list[int]:
    """Return where running text begins anew after a menu, in the first half of it; the last place first.

    A list that a colon introduces, or that has bullets or numbers, is no menu.
    """
    found = []
    for place in range(len(running) // 2, 0, -1):
        before, here = running[place - 1], running[place]
        if here - before < _MENU_LINES or lines[before].bare.endswith(":"):
            continue
        items = sum(is_list_item(line) for line in lines[before + 1 : here])
        if items < 0.3 * (here - before):
            found.append(place)
    return found[:_MAX_RESTARTS]


def lay_out(
    lines: Sequence[Line], hint: str | None = None, given: Sequence[str | None] | None = None
) -> Layout:
    """Give each line of a page its kind.

    Args:
        lines: The page's lines.
        hint: The headline that the record itself states, if any.
        given: Kinds that are known beforehand, ``None`` for the others.

    Returns:
        Kinds by line, with the headline and the range of the article.
    """
    kinds, markers = _marks(lines)
    if given is not None:
        # Headings of the article are known as "body", unless their words say otherwise.
        pairs = zip(given, kinds, strict=True)
        kinds = [kind or known if known == "body" else known or kind for known, kind in pairs]
    _follow(lines, kinds, markers)
    running = [i for i, line in enumerate(lines) if kinds[i] is None and _runs(line)]
    lead = _lead(lines, running)
    title = _title(lines, kinds, markers, running, lead, hint)
    for start in _restarts(lines, running):
        # Menus, tickers and notices above the article: its headline stands after them, with author or date.
        core = running[start:]
        core_lead = _lead(lines, core)
        core_title = _title(lines, kinds, markers, core, core_lead, hint)
        if core_title is not None and core_title > running[start - 1]:
            signed = "byline" in kinds[core_title + 1 : core[0]] or dateline_end(lines[core[0]].text)
            if signed and not is_list_item(lines[core_title]):
                running, lead, title = core, core_lead, core_title
                break
    first = running[0] if running else None
    if title is not None and first is not None and title > first and title not in running:
        kinds[title] = kinds[title] or "other"  # the headline again, below the article
    elif title is not None:
        kinds[title] = "title"
        if title == first:
            running = running[1:]
            first = running[0] if running else None
    _drop_repeats(lines, kinds, title)
    _label_captions(lines, kinds, title, running)
    running = [i for i in running if kinds[i] is None]
    last = running[-1] if running else None
    if running:
        first = _list_start(lines, kinds, running[0])
        _label_head(lines, kinds, title, first, lead)
        _label_middle(lines, kinds, first, running[-1], lead)
        _label_tail(lines, kinds, running[-1])
    else:
        first = None
        _label_without_paragraphs(lines, kinds, title)
    return Layout(tuple(k or "other" for k in kinds), title, first, last)
