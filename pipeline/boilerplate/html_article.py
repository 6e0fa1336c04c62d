"""Which blocks of a page are its article: those of the element that holds or follows its headline."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.boilerplate.html_blocks import LEAVES, Block, BlockTree
from pipeline.boilerplate.title import normal

_HEADINGS = ("h1", "h2", "h3")
#: A heading that the page does not state is its headline if it has so many words, and text so near below.
_MIN_HEADLINE, _NEAR = 4, 6
#: How much of a paragraph's weight its first, second and third containers get.
_SHARES = (1.0, 0.6, 0.3)
_MAX_COUNTED = 80
#: Containers are looked for so many elements up: enough for lists in quotations, bounded on hostile nesting.
_MAX_CLIMB = 12
#: So many paragraphs, or one of so many words, below a headline are its article or the beginning of it.
_ENOUGH = 2
_ENOUGH_WORDS = 80
#: Weight of later text in another element: with paragraphs of its own, and with a single one, as teasers.
_LATER = 0.3
_LATER_SINGLE = 0.05
#: A link of a paragraph to the whole story takes at least such a share.
_LABEL_LINKED = 0.1
#: Without a headline's own text this much more text elsewhere is the article.
_WEAK_WORDS = 40
_SCATTERED = 0.5
_MUCH_MORE = 4
#: An element goes on with the article if it has so much running text, and more of it than of anything else.
_MIN_JOINED = 12
#: A lead between headline and article has at least so many words.
_MIN_LEAD = 12
#: Headings inside an article.
SUBHEADINGS = frozenset(["h2", "h3", "h4"])
_MAX_LINKED = 0.5
_MIN_ITEMS = 2
_SECTIONS = frozenset(["article", "main"])


@dataclass(frozen=True, slots=True)
class HtmlArticle:
    """Where a page's article is.

    Args:
        headline: Index of the headline's block, ``None`` where the page does not show it.
        leads: Indices of blocks between headline and that element that belong to the article.
        start: Index of the first block of the element that holds the article.
        stop: Index behind its last block.
    """

    headline: int | None
    leads: tuple[int, ...]
    start: int
    stop: int

    def indices(self) -> tuple[int, ...]:
        """Return the indices of the article's blocks."""
        return (*self.leads, *range(self.start, self.stop))

    def paragraphs(self, tree: BlockTree) -> list[int]:
        """Return the words of each paragraph of its running text."""
        blocks = (tree.blocks[i] for i in self.indices())
        return [block.words for block in blocks if block.words and not block.kind]

    def words(self, tree: BlockTree) -> int:
        """Return the number of words of its running text."""
        return sum(self.paragraphs(tree))


def find_headline(tree: BlockTree, headlines: Collection[str]) -> int | None:
    """Return the block that is the page's headline: of those that say it, the one closest to running text.

    Where the page states another headline than it shows, as the name of its site, it is the first heading of
    the highest level right above running text.

    Args:
        tree: The page; kinds are not needed yet.
        headlines: Forms of the headline as :func:`pipeline.boilerplate.title.normal` makes them.
    """
    # Forms are texts without punctuation and short words.
    shortest, longest = min(map(len, headlines), default=1), 2 * max(map(len, headlines), default=0) + 20
    following = len(tree.blocks)
    said: list[tuple[bool, int, int]] = []
    shown: list[tuple[str, int]] = []
    for index in range(len(tree.blocks) - 1, -1, -1):
        block = tree.blocks[index]
        free = block.linked <= _MAX_LINKED
        if free and shortest <= len(block.text) <= longest and normal(block.text) in headlines:
            said.append((block.tag not in _HEADINGS, following - index, index))
        elif free and block.tag in _HEADINGS[:2] and block.text.count(" ") + 1 >= _MIN_HEADLINE:
            shown += [(block.tag, index)] if following - index <= _NEAR else []
        elif block.words:
            following = index
    if said:
        return min(said)[2]
    return next((index for _, index in sorted(shown) if _opens(tree, index)), None)


def _opens(tree: BlockTree, heading: int) -> bool:
    """Whether a heading has no running text before it in the element of its own text, as subheadings have."""
    text = next(i for i in range(heading + 1, len(tree.blocks)) if tree.blocks[i].words)
    element = tree.elements[tree.elements[tree.blocks[text].holder].container]
    return not any(block.words for block in tree.blocks[min(element.first, heading) : heading])


def find_article(tree: BlockTree, headline: int | None) -> HtmlArticle:
    """Find the element that holds the article, and what goes on with it.

    Args:
        tree: The page, with kinds.
        headline: Index of the headline's block, if it is known.

    Returns:
        The article. Where the page shows no headline, or a single paragraph below it, and no element holds
        half of the text, all of it is.
    """
    count = len(tree.blocks)
    start, stop = (0, count) if headline is None else (headline + 1, _limit(tree, headline))
    near = None if headline is None else _found(tree, headline, start, stop)
    paragraphs = near.paragraphs(tree) if near is not None else []
    if near is not None and len(paragraphs) >= _ENOUGH:
        return near
    found = near
    if sum(paragraphs) < _WEAK_WORDS:
        anywhere = _found(tree, None, 0, count)
        if near is None or (anywhere is not None and anywhere.words(tree) > _MUCH_MORE * near.words(tree)):
            found = anywhere
    whole = HtmlArticle(headline, (), start, count)
    scattered = found is None or found.words(tree) < _SCATTERED * whole.words(tree)
    return whole if found is None or (scattered and not _are_items(tree.blocks[start:])) else found


def _found(tree: BlockTree, headline: int | None, start: int, stop: int) -> HtmlArticle | None:
    best = _heaviest(tree, start, stop, anchored=headline is not None)
    if best is None:
        return None
    element = tree.elements[best]
    first, last = max(element.first, start), min(element.last, stop)
    leads: Iterable[int] = ()
    if headline is not None:
        lead = next((i for i in range(start, first) if _leads(tree.blocks[i])), first)
        leads = (i for i in range(lead, first) if not tree.blocks[i].pictured)
    return HtmlArticle(headline, tuple(leads), first, _joined(tree, best, headline, last, stop))


def _leads(block: Block) -> bool:
    """Whether a block between headline and article is text of it, and no caption or pull quote."""
    text = block.words >= _MIN_LEAD and not block.kind and block.linked <= _LABEL_LINKED
    return text and not block.pictured and block.tag != "blockquote"


def _limit(tree: BlockTree, headline: int) -> int:
    """Return where another page's article begins behind the headline's own: at its ``h1`` or ``article``."""
    blocks = tree.blocks
    texts = [i for i in range(headline + 1, len(blocks)) if blocks[i].words and not blocks[i].kind]
    if len(texts) <= _ENOUGH:
        return len(blocks)
    enough = texts[_ENOUGH]
    around = _around(tree, blocks[texts[0]].holder)
    home = next((index for index in around if tree.elements[index].tag == "article"), None)
    container = tree.elements[blocks[texts[1]].holder].container
    for index, element in enumerate(tree.elements):
        if element.first < enough or element.first == element.last:
            continue
        if element.tag == "h1" and element.container != container:
            return element.first
        if element.tag == "article" and home is not None and index != home:
            return element.first
    return len(blocks)


def _around(tree: BlockTree, index: int) -> Iterator[int]:
    """Yield an element and those around it."""
    while index >= 0:
        yield index
        index = tree.elements[index].parent


def _heaviest(tree: BlockTree, start: int, stop: int, *, anchored: bool) -> int | None:
    """Return the element with most running text, near the headline if that is known.

    Each paragraph's words are shared among the elements around it.
    """
    elements, blocks = tree.elements, tree.blocks
    text = [i for i in range(start, stop) if blocks[i].words and not blocks[i].kind]
    homes = [elements[blocks[i].holder].container for i in text]
    paragraphs = Counter(homes)
    scores: dict[int, float] = {}
    seen = words = 0
    own: set[int] = set()  # containers of the text below the headline
    for index, home in zip(text, homes, strict=True):
        block = blocks[index]
        weight = min(block.words, _MAX_COUNTED) * (1 - block.linked)
        later = False
        if anchored and seen < _ENOUGH and words < _ENOUGH_WORDS:
            seen, words = seen + 1, words + block.words
            own.update(_around(tree, home))
        elif anchored and home not in own:
            later = True
            weight *= _LATER if paragraphs[home] > 1 and block.linked <= _LABEL_LINKED else _LATER_SINGLE
        at, shares = block.holder, iter(_SHARES)
        share = next(shares)
        for _ in range(_MAX_CLIMB):
            if at < 0 or not share or (later and at in own):
                break
            if elements[at].tag not in LEAVES:
                scores[at] = scores.get(at, 0.0) + share * weight
                share = next(shares, 0.0)
            at = elements[at].parent
    return max(scores, key=lambda index: (scores[index], -index)) if scores else None


def _joined(tree: BlockTree, best: int, headline: int | None, last: int, stop: int) -> int:
    """Return where the article ends: behind elements next to its own that go on with it."""
    elements = tree.elements
    scope = _scope(tree, best, headline)
    if scope == best:
        return last
    children = _children(tree)
    index = best
    while index != scope and index > 0:
        parent = elements[index].parent
        broken = False
        for child in children[parent]:
            element = elements[child]
            if element.first < last or element.first >= stop:
                continue
            end = min(element.last, stop)
            blocks = [b for b in tree.blocks[element.first : end] if not b.kind]
            running = sum(b.words for b in blocks)
            others = sum(b.text.count(" ") + 1 for b in blocks if not b.words)
            if not blocks or (not running and others < _MIN_JOINED and element.tag not in {"ul", "ol"}):
                continue
            if _are_items(blocks):
                return last
            broken = running < max(_MIN_JOINED, others)
            last = last if broken else end
        if broken:
            return last
        index = parent
    return last


def _scope(tree: BlockTree, best: int, headline: int | None) -> int:
    """Return the element inside which the article may go on: a section around it and its headline.

    Where the page has none it is the smallest element around both that is no header.
    """
    elements = tree.elements
    both = best
    while (
        headline is not None
        and both > 0
        and (elements[both].first > headline or elements[both].tag == "header")
    ):
        both = elements[both].parent
    section = both
    while section > 0 and elements[section].tag not in _SECTIONS:
        section = elements[section].parent
    return section or both


def _children(tree: BlockTree) -> Mapping[int, Sequence[int]]:
    """Return the elements directly inside each element, without those that hold no text."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for index, element in enumerate(tree.elements):
        if element.last > element.first:
            children[element.parent].append(index)
    return children


def _are_items(blocks: Sequence[Block]) -> bool:
    """Whether blocks are teasers or comments: most texts stand behind a label or link, or begin with one."""
    texts = labelled = 0
    label = False
    for block in blocks:
        if block.words:
            texts += 1
            labelled += label or block.linked > _LABEL_LINKED
        label = not block.words and (block.tag not in SUBHEADINGS or block.linked > _MAX_LINKED)
    return texts >= _MIN_ITEMS and labelled > 0.5 * texts
