"""Words that a pattern needs one behind the other: which of many patterns a text may match at all.

Where :mod:`pipeline.patterns.required_literals` asks for one word of a pattern, this asks for all of them, in
their order. The patterns are those of the award stage, which stand over renderings; so a text is asked that
was made even (:func:`even`), in which all that a rendering shows of its words stands as it does there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ahocorasick_rs import AhoCorasick

from pipeline.patterns.regex_tree import Characters, Choice, Group, Look, Node, Nodes, Repeat, parse
from pipeline.patterns.required_literals import NOTHING, Strings, exact, folded, joined

#: Characters that a rendering shows as they are, beside letters and digits; full stops are not among them.
_MARKS = frozenset(" :,()")
#: Stands at the start of an even text.
_START = "\x02 "
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MentionSlot:
    """A place in a pattern where a mention stands, or one of some words in its stead."""

    words: Strings = _NONE


#: What a pattern needs at a place: one of some strings, or a mention.
Step = Strings | MentionSlot
#: Says whether ``text[start:end]``, of an even text without its mark, may hold a mention of the wanted kind.
Holds = Callable[[int, int], bool]


def literals(steps: Iterable[Step]) -> list[Strings]:
    """Return steps without the slots between them."""
    return [step for step in steps if not isinstance(step, MentionSlot)]


def one_line(text: str) -> str:
    r"""Return a text with each run of white space made one blank, as renderings have it, and a blank behind.

    Example:
        >>> one_line("Kota Batu\n meraih")
        'Kota Batu meraih '
    """
    return f"{' '.join(text.replace(chr(0x200B), ' ').split())} "


def even(line: str) -> str:
    r"""Return a text of one line as :class:`LiteralSequences` reads it: lower case, a mark where it starts.

    Example:
        >>> even("Kota Batu ")
        '\x02 kota batu '
    """
    return f"{_START}{folded(line, 0, len(line))}"


def _shown(character: str) -> str:
    """Fold a character as :func:`even` does; empty for what a rendering does not show as it is."""
    low = character.lower()
    return low if low.isascii() and (low.isalnum() or low in _MARKS) else ""


def flat(nodes: Nodes) -> Iterator[Node]:
    """Yield the nodes of a sequence, those of its groups in their places."""
    for node in nodes:
        if isinstance(node, Group) and not node.atomic:
            yield from flat(node.nodes)
        else:
            yield node


def _needed(node: Node, start: str) -> Strings:
    """Return strings of which a node needs one; the empty one if it needs none."""
    match node:
        case Choice(ways):
            return frozenset().union(*(_telling(way, start) for way in ways))
        case Repeat(nodes, least, mode="") if least:
            return _telling(nodes, start)
    return NOTHING


def _telling(nodes: Nodes, start: str) -> Strings:
    """Return the most telling of the steps of a sequence: with a long shortest string, then of few."""
    found = literals(_steps(nodes, _NONE, start))
    return max(found, key=lambda words: (min(map(len, words)), -len(words)), default=NOTHING)


def _slot(node: Node, characters: frozenset[str], start: str) -> MentionSlot | None:
    """Return the slot that a node is: one of some characters, or alternatives to it that are plain words."""
    if _only(node, characters):
        return MentionSlot()
    if not isinstance(node, Choice):
        return None
    words: set[str] = set()
    taken = False
    for way in node.ways:
        if any(_only(part, characters) for part in flat(way)):
            taken = True
            continue
        plain = exact(way, _shown, start)
        if plain is None or "" in plain:
            return None
        words |= plain
    return MentionSlot(frozenset(words)) if taken else None


def _trivial(step: Step) -> bool:
    """Whether a step is in every text."""
    return not isinstance(step, MentionSlot) and any(word.strip(" ,") == "" for word in step)


def _steps(nodes: Nodes, characters: frozenset[str], start: str) -> tuple[Step, ...]:
    steps: list[Step] = []
    run = NOTHING
    for node in flat(nodes):
        slot = _slot(node, characters, start) if characters else None
        if slot is not None:
            steps += [run, slot]
            run = NOTHING
            continue
        look = node if isinstance(node, Look) and node.ahead and not node.negated else None
        longer = joined(run, exact(look.nodes if look else (node,), _shown, start))
        if look and "" in run:
            longer = None
        if longer is not None:
            run = longer
        if longer is None or look:  # what is looked ahead to ends a run: what follows stands there as well
            steps += [run, NOTHING if look else _needed(node, start)]
            run = NOTHING
    return tuple(step for step in (*steps, run) if not _trivial(step))


def steps(
    pattern: re.Pattern[str], characters: frozenset[str] = _NONE, *, whole: bool = True
) -> tuple[Step, ...]:
    r"""Return what every match of a pattern holds, each step starting behind the start of the last.

    Args:
        pattern: A compiled pattern.
        characters: Characters that stand for mentions; where one stands there is a slot between the strings.
        whole: Whether a text starts where one that it is matched on does, or may start before.

    Returns:
        Sets of strings in lower case, of which it holds one each, and slots. What the pattern looks ahead to
        right behind a word belongs to it.

    Example:
        >>> [sorted(words) for words in steps(re.compile("(?:juara|medali) .{0,9}? di(?:raih|rebut)(?= )"))]
        [['juara ', 'medali '], [' diraih ', ' direbut ']]
        >>> steps(re.compile("beri .*[\ue000\ue001] kepada(?= )"), frozenset("\ue000\ue001"))[1]
        MentionSlot(words=frozenset())
    """
    return _steps(parse(pattern), characters, _START if whole else "")


def needs(pattern: re.Pattern[str], characters: frozenset[str]) -> bool:
    """Whether every match of a pattern holds one of some characters, or has it right before or behind.

    Args:
        pattern: A compiled pattern.
        characters: The characters.
    """
    nodes = list(flat(parse(pattern)))
    looks = (node for node in nodes if isinstance(node, Look) and not node.negated)
    return any(
        _only(node, characters) for node in (*nodes, *(part for look in looks for part in flat(look.nodes)))
    )


def _only(node: Node, characters: frozenset[str]) -> bool:
    """Whether a node is one of some characters."""
    return isinstance(node, Characters) and bool(node.listed) and characters.issuperset(node.listed or ())


class LiteralSequences:
    """The steps of many patterns, looked for in one text at once.

    Args:
        sequences: Steps of each pattern, see :func:`steps`, without slots.
    """

    def __init__(self, sequences: Sequence[Sequence[Strings]]) -> None:
        self._counts = [len(sequence) for sequence in sequences]
        self._places: dict[str, list[tuple[int, int]]] = {}
        for number, sequence in enumerate(sequences):
            for step, words in enumerate(sequence):
                for word in words:
                    self._places.setdefault(word, []).append((number, step))
        self._words = list(self._places)
        self._automaton = AhoCorasick(self._words)

    def find(self, text: str) -> frozenset[int]:
        """Return the numbers of the patterns whose steps an even text holds, one behind the other."""
        found = {number for number, count in enumerate(self._counts) if not count}
        done: dict[int, tuple[int, int]] = {}  # steps that were found, and where the last one starts
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        # the earliest start leaves most room for what follows
        for word, start, _ in sorted(hits, key=lambda hit: hit[1]):
            for number, step in self._places[self._words[word]]:
                count, last = done.get(number, (0, -1))
                if step == count and start > last:
                    done[number] = count + 1, start
                    if count + 1 == self._counts[number]:
                        found.add(number)
        return frozenset(found)


def stands(text: str, steps: Sequence[Step], holds: Holds) -> bool:
    """Whether an even text has the steps of a pattern one behind the other, its slots filled.

    Args:
        text: An even text, see :func:`even`.
        steps: Steps and slots, see :func:`steps`.
        holds: Says what may fill a slot; of a longer stretch it must say no less than of a part of it.
    """
    begin = at = 0
    open_slot: MentionSlot | None = None
    for step in steps:
        if isinstance(step, MentionSlot):
            open_slot = step
            continue
        places = sorted({start for word in step for start in _starts(text, word, at)})
        if open_slot is not None:
            # the first place that has room before it leaves most for what follows
            filled = partial(_filled, text, open_slot, begin, holds=holds)
            places = places[bisect_left(places, True, key=filled) :]
            open_slot = None
        if not places:
            return False
        begin = places[0]
        at = begin + 1
    return open_slot is None or _filled(text, open_slot, begin, len(text), holds)


def _starts(text: str, word: str, at: int) -> Iterator[int]:
    """Yield where a word starts in a text from a place on."""
    while (at := text.find(word, at)) >= 0:
        yield at
        at += 1


def _filled(text: str, slot: MentionSlot, start: int, end: int, holds: Holds) -> bool:
    """Whether a slot may be filled by what stands in ``text[start:end]`` of an even text."""
    if any(0 <= text.find(word, start) <= end - len(word) for word in slot.words):
        return True
    return holds(max(start - len(_START), 0), max(end - len(_START), 0))
