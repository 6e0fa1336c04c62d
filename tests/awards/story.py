"""Articles written as marked-up sentences: ``[LABEL text]`` or ``[LABEL:kind text]`` is a mention."""

from __future__ import annotations

import re

from pipeline.awards import extract_awards
from pipeline.awards.render import Rendered, render
from pipeline.document import Article, Award, Mention, Segment, Sentence

_MARK = re.compile(r"\[([A-Z]+)(?::(\w+))?(?:=(\S+))? ([^\]]+)\]")


def parse(marked: str, at: int = 0) -> tuple[str, list[Mention]]:
    """Return plain text and mentions, their offsets from ``at`` on; ``=name`` is the linked name."""
    text, last = "", 0
    mentions = []
    for match in _MARK.finditer(marked):
        label, kind, name, surface = match.groups()
        text += marked[last : match.start()]
        start = at + len(text)
        mentions.append(Mention(start, start + len(surface), label, "test", name=name or "", kind=kind or ""))
        text += surface
        last = match.end()
    return text + marked[last:], mentions


def sentence(marked: str) -> tuple[str, Rendered]:
    """Return text and rendering of one sentence."""
    text, mentions = parse(marked)
    return text, render(text, 0, Sentence(0, len(text)), mentions)


def spot(rendered: Rendered, surface: str, text: str) -> int:
    """Return the position of the symbol of a mention, by its text."""
    return next(at for at, m in rendered.mentions.items() if text[m.start : m.end] == surface)


def article(
    *sentences: str, title: str = "", caption: str = "", published: str | None = None
) -> tuple[Article, list[Sentence], list[Mention]]:
    """Return article, sentences and mentions; one line a sentence, the headline first, the caption last."""
    text = ""
    spans: list[Sentence] = []
    segments: list[Segment] = []
    mentions: list[Mention] = []
    kinds = [("title", title)] if title else []
    kinds += [("body", s) for s in sentences]
    kinds += [("caption", caption)] if caption else []
    for kind, marked in kinds:
        plain, found = parse(marked, len(text))
        span = (len(text), len(text) + len(plain))
        segments.append(Segment(*span, kind))
        if kind != "caption":
            spans.append(Sentence(*span))
        mentions += found
        text += plain + "\n"
    made = Article("page", "test", text, tuple(segments), title or None, published)
    return made, spans, mentions


def tell(
    *sentences: str, title: str = "", caption: str = "", published: str | None = None
) -> tuple[Award, ...]:
    """Return the records of an article."""
    return extract_awards(*article(*sentences, title=title, caption=caption, published=published))


def cells(award: Award, *columns: str) -> tuple[str, ...]:
    """Return the values of some columns of a record, empty where the slot is."""
    return tuple("; ".join(s.value for s in award.slots.get(c, ())) for c in columns)


def table(awards: tuple[Award, ...], *columns: str) -> list[tuple[str, ...]]:
    """Return the values of some columns of all records, sorted."""
    return sorted(cells(a, *columns) for a in awards)
