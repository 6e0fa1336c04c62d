"""Examples in the lexicon's markup: ``[LABEL text]`` is a mention, ``[*LABEL text]`` one to be picked."""

from __future__ import annotations

import re

from pipeline.awards.render import Rendered, render
from pipeline.document import Mention, Sentence

_MARK = re.compile(r"\[(\*?)([A-Z]+) ([^\]]+)\]")


def parse(example: str) -> tuple[str, list[Mention], list[Mention]]:
    """Return text, mentions and the starred ones."""
    text, at = "", 0
    mentions, starred = [], []
    for match in _MARK.finditer(example):
        text += example[at : match.start()]
        mention = Mention(len(text), len(text) + len(match.group(3)), match.group(2), "example")
        text += match.group(3)
        at = match.end()
        mentions.append(mention)
        if match.group(1):
            starred.append(mention)
    return text + example[at:], mentions, starred


def rendered(example: str) -> tuple[str, Rendered, list[Mention]]:
    """Return text, rendering and the starred mentions of an example."""
    text, mentions, starred = parse(example)
    return text, render(text, 0, Sentence(0, len(text)), mentions), starred
