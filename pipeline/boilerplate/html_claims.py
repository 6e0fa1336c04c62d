"""What the elements of a page hold, as far as their tags, classes and ids say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.lexicon import cached, load_table

if TYPE_CHECKING:
    from pipeline.boilerplate.html_blocks import BlockTree

_NAMES = re.compile(r"\s(?:class|id)=\"([^\"]*)\"")
_HIDDEN = re.compile(
    r"\shidden=\"(?:|hidden|true)\"|\sstyle=\"[^\"]*(?:display:\s?none|visibility:\s?hidden)"
    r"|\saria-hidden=\"true\"",
    re.IGNORECASE,
)
#: Tags that say what they hold.
_TAGS = {"figcaption": "caption", "aside": "related", "footer": "footer", "form": "comments", "header": ""}
#: Elements that hold the page as a whole, whatever their class says.
_ROOTS = frozenset(["body", "html", "main", "article"])
#: Themes name elements after more than what they hold; longer lists are cut.
_MAX_NAMES = 200
#: A claim is taken back for text so many times as long as what stands between the headline and the element,
#: more if such elements often hold long texts of others.
_LONGER = 1.5
_MUCH_LONGER = 4.0
_OTHERS = frozenset(["comments", "related", "footer", "other"])
#: Running text of a headline's own: so many words.
_MIN_TEXT = 15
#: Of a page without a known headline, an element that holds a larger share is no sidebar.
_MAX_CLAIMED = 0.4
#: A paragraph alone with a picture is its caption if it is so short beside the page's longest text.
_CAPTION = 0.5
#: Claims are taken back at most so often: an article lies in few elements with misleading names.
_MAX_TAKEN_BACK = 8


@cached
def _containers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["pattern"])) for row in load_table("html_containers"))


@cached
def _any_kind() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for kind, pattern in _containers() if kind))


def _kind_of_names(names: str) -> str:
    if not _any_kind().search(names):
        return ""
    for kind, pattern in _containers():
        if not kind:
            names = pattern.sub(" ", names)
        elif pattern.search(names):
            return kind
    return ""


@lru_cache(maxsize=8192)
def _claim(tag: str, attributes: str) -> str:
    """Return the kind of content that an element's tag, class or id names, else an empty string."""
    if tag in _TAGS:
        return _TAGS[tag]
    if not attributes:
        return ""
    if _HIDDEN.search(attributes):
        return "other"
    if tag in _ROOTS:
        return ""
    names = " ".join(_NAMES.findall(attributes)).lower()
    return _kind_of_names(names[:_MAX_NAMES]) if names else ""


@dataclass(slots=True)
class _Text:
    """Running text of an element.

    Args:
        words: All of it, in words.
        own: What stands in the element itself or in its paragraphs.
        body: The most that any one element inside it has of its own.
        paragraphs: Number of its own paragraphs.
    """

    words: int = 0
    own: int = 0
    body: int = 0
    paragraphs: int = 0


def _texts(tree: BlockTree) -> list[_Text]:
    texts = [_Text() for _ in tree.elements]
    for block in tree.blocks:
        if block.words:
            texts[block.holder].words += block.words
            own = texts[tree.elements[block.holder].container]
            own.own += block.words
            own.paragraphs += 1
    for index in range(len(texts) - 1, -1, -1):
        text = texts[index]
        text.body = max(text.body, text.own)
        if index:
            parent = texts[tree.elements[index].parent]
            parent.words += text.words
            parent.body = max(parent.body, text.body)
    return texts


def settle_kinds(tree: BlockTree, headline: int | None) -> None:
    """Give blocks the kinds that elements around them claim by their names, or a picture beside them.

    Themes name elements after where they stand ("right-column"), what surrounds them ("has-sidebar") or the
    tool that wrote them. A claim is not believed of an element that holds the headline, nor of one that holds
    the text that belongs to it: the longest text behind the headline, without another one between them.

    Args:
        tree: The page. The kinds of its blocks are set.
        headline: Index of the headline's block, if it is known.
    """
    elements = tree.elements
    claims = [_claim(element.tag, element.attributes) for element in elements]
    texts = _texts(tree)
    if any(claims):
        if headline is not None:
            index = tree.blocks[headline].holder
            while index >= 0:
                claims[index] = ""
                index = elements[index].parent
        for _ in range(_MAX_TAKEN_BACK):
            taken = _mistaken(tree, claims, texts, headline)
            if taken is None:
                break
            claims[taken] = ""
    settled = _inherited(tree, claims)
    longest = max((text.own for text, claim in zip(texts, settled, strict=True) if not claim), default=0)
    for block in tree.blocks:
        block.kind = settled[block.holder]
        if block.pictured and block.words and not block.kind:
            own = texts[tree.elements[block.holder].container]
            block.kind = "caption" if own.paragraphs == 1 and own.own <= _CAPTION * longest else ""


def _inherited(tree: BlockTree, claims: list[str]) -> list[str]:
    settled = claims[:1]
    for element, claim in zip(tree.elements[1:], claims[1:], strict=True):
        settled.append(settled[element.parent] or claim)
    return settled


def _mistaken(tree: BlockTree, claims: list[str], texts: list[_Text], headline: int | None) -> int | None:
    """Return an outermost element that claims to be no article and holds it all the same."""
    elements = tree.elements
    settled = _inherited(tree, claims)
    start = -1 if headline is None else headline
    outer = [
        index
        for index, element in enumerate(elements)
        if claims[index] and element.first > start and texts[index].words and not settled[element.parent]
    ]
    if not outer:
        return None
    free = [
        (elements[index].first, text.own)
        for index, text in enumerate(texts)
        if text.own and not settled[index] and elements[index].last > start
    ]
    best = max([_MIN_TEXT, *(own for _, own in free)])
    total = sum(block.words for block in tree.blocks[start + 1 :])
    taken = None
    for index in outer:
        text = texts[index]
        if text.body <= best:
            continue
        if headline is None:
            mistaken = text.words > _MAX_CLAIMED * total
        else:
            before = sum(own for first, own in free if first < elements[index].first)
            mistaken = text.body > (_MUCH_LONGER if claims[index] in _OTHERS else _LONGER) * before
        if mistaken:
            taken, best = index, text.body
    return taken
