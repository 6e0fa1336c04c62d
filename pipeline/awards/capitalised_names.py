"""Names that no entity rule knows: capitalised words that may head a subject ("Tim Rajawali Muda")."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.awards.pack import grammar
from pipeline.document import Mention, Sentence
from pipeline.entities import gazetteer as gz
from pipeline.lexicon import cached, load_table
from pipeline.terms.numerals import ROMAN
from pipeline.terms.phrases import read_name, stop_words

#: A sentence with more capitalised words than this share is a headline in title case.
_MOSTLY = 0.75
#: Labels of mentions that make a sentence one about awards.
_AWARD_LABELS = frozenset({"EVENT", "RESULT", "CATEGORY"})
_WORD = re.compile(r"[^\W_][\w'’-]*")
_RUN = re.compile(r"(?<![\w“\"‘'(/.-])[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]*(?:\.(?= [A-Z]))?){1,5}")
_SINGLE = re.compile(r" ([A-Z][a-z]{3,})(?=[,.;]| dan | serta |$)")
_COLON = re.compile(r" ?: ?([A-Z][\w'’.-]*(?:,? [A-Z][\w'’.-]*){0,7})")
_START = re.compile(r"(?<![\w“\"‘'])[A-Z][\w'’]*")


@cached
def team_heads() -> frozenset[str]:
    """Head nouns (lower case) of groups that win prizes."""
    return frozenset(w for row in load_table("team_heads") for w in row["words"])


def _covered(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether one of ``spans``, sorted by start, covers ``offset``; mentions nest a few levels deep."""
    at = bisect_right(spans, (offset, sys.maxsize))
    return any(start <= offset < end for start, end in spans[max(0, at - 8) : at])


def mostly_capitals(text: str, sentence: Sentence) -> bool:
    """Return whether capitals tell nothing in a sentence: most words have one, or there are none."""
    words = re.findall(r"[^\W\d_]{2,}", text[sentence.start : sentence.end])
    return sum(w[0].isupper() for w in words) > _MOSTLY * len(words) or not words


def capitalised_names(text: str, sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Return NAME mentions of a sentence: names of groups, and in award sentences any run of capitals.

    A sentence in which most words are capitalised (a headline) gives none: there capitals say nothing.
    """
    teams = _team_names(text, sentence, mentions)
    if not any(m.label in _AWARD_LABELS for m in mentions):
        return teams
    return teams + _runs(text, sentence, [*mentions, *teams])


def _runs(text: str, sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the runs of two to six capitalised words that no mention covers and that are no common words."""
    taken = sorted((m.start, m.end) for m in mentions)
    if mostly_capitals(text, sentence):
        return _behind_colons(text, sentence, taken, mentions)
    found: list[Mention] = []
    at = sentence.start
    while match := _RUN.search(text, at, sentence.end):
        at = match.end()
        start, end = _name_in(text, match, sentence.start)
        covered = any(_covered(taken, w.start() + start) for w in _WORD.finditer(text[start:end]))
        if start < end and not covered:
            found.append(Mention(start, end, "NAME", "NAM03"))
    found += _behind_colons(text, sentence, sorted([*taken, *((m.start, m.end) for m in found)]), mentions)
    return found + _behind_ranks(text, sentence, taken, mentions)


def _behind_colons(
    text: str, sentence: Sentence, taken: Sequence[tuple[int, int]], mentions: Sequence[Mention]
) -> list[Mention]:
    """Return the name behind a rank and a colon ("Juara 1 : Joko Tri"), whatever its words are."""
    found = []
    for rank in mentions:
        match = _COLON.match(text, rank.end, sentence.end) if rank.label == "RESULT" else None
        if match and not any(_covered(taken, w.start()) for w in _WORD.finditer(text, *match.span(1))):
            found.append(Mention(*match.span(1), "NAME", "NAM06"))
    return found


def _behind_ranks(
    text: str, sentence: Sentence, taken: Sequence[tuple[int, int]], mentions: Sequence[Mention]
) -> list[Mention]:
    """Return single words in capitals right behind a rank, in sentences with two ranks at least."""
    ranks = [m for m in mentions if m.label == "RESULT"]
    if len(ranks) < 2:
        return []
    found = []
    for rank in ranks:
        match = _SINGLE.match(text, rank.end, sentence.end)
        if match and not _covered(taken, match.start(1)) and not _common(match.group(1), False):
            found.append(Mention(*match.span(1), "NAME", "NAM05"))
    return found


def _name_in(text: str, run: re.Match[str], opening: int) -> tuple[int, int]:
    """Return the part of a run of capitals that may be a name: two words at least, none of them common."""
    words = [(m.start() + run.start(), m.end() + run.start()) for m in _WORD.finditer(run.group())]
    while words and _common(text[slice(*words[0])], words[0][0] == opening):
        words.pop(0)
    for number, word in enumerate(words):
        if _common(text[slice(*word)], False):
            words = words[:number]
            break
    proper = [
        w
        for w in words
        if w[1] - w[0] > 1
        and text[slice(*w)] not in ROMAN
        and not gz.is_function_word(text[slice(*w)].lower())
    ]
    return (words[0][0], words[-1][1]) if len(words) > 1 and proper else (0, 0)


def _common(word: str, opening: bool) -> bool:
    low = word.lower()
    return (
        low in stop_words()
        or low in gz.common_words()
        or low in gz.head_words()
        or bool(grammar("award_word").fullmatch(low))
        or (opening and gz.is_function_word(low))
    )


def _team_names(text: str, sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Return a head noun for groups of people with the name behind it ("Tim Rajawali Muda")."""
    if mostly_capitals(text, sentence):
        return []
    taken = sorted((m.start, m.end) for m in mentions)
    # "UKM Reyog Laskar" is a club, whatever looks like a person in it
    starts = frozenset(m.start for m in mentions if m.label != "PERSON")
    found: list[Mention] = []
    at = sentence.start
    while True:
        match = _START.search(text, at, sentence.end)
        if not match:
            return found
        at = match.end()
        if match.group().lower() not in team_heads() or _covered(taken, match.start()):
            continue
        end = read_name(text, match.start(), sentence.end, starts)
        if end > match.end() and re.search(r"[^\W\d_]{3}", text[match.end() : end]):
            found.append(Mention(match.start(), end, "NAME", "NAM01"))
            at = end
