"""A sentence under parsing, and the moves that every part of the grammar makes in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.document import Mention
from pipeline.entities import gazetteer as gz
from pipeline.entities.gazetteer import KnownName, match_trie
from pipeline.entities.name_tokens import Token
from pipeline.terms.numerals import roman

CAPITAL = frozenset({"cap", "upper"})
ROMAN = frozenset(roman(number) for number in range(1, 18))
#: Tokens after which a capital says nothing: the next word opens a sentence, an item or a quotation.
OPENERS = frozenset([".", ":", "-", "–", "—", '"', "“", "(", "\n", "!", "?", "‘", "'", "*", "/"])

Hit = tuple[int, int, tuple[KnownName, ...]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A parsed phrase.

    Args:
        end: Index of the token after it.
        mention: The phrase itself.
        inner: Mentions nested in it.
    """

    end: int
    mention: Mention
    inner: tuple[Mention, ...] = ()

    def all(self) -> tuple[Mention, ...]:
        """Return the mention and the nested ones."""
        return (self.mention, *self.inner)


@dataclass(frozen=True, slots=True)
class Scope:
    """A sentence (or a line of a caption) under parsing.

    Args:
        tokens: Its tokens.
        names: Known names by first token: (index after the last token, entries), longest first.
        headline: True if its verbs and common nouns are capitalised too, so that capitals tell little.
        capitals: True if it is written in capitals.
    """

    tokens: Sequence[Token]
    names: Mapping[int, Sequence[tuple[int, tuple[KnownName, ...]]]]
    headline: bool
    capitals: bool


def make_scope(tokens: Sequence[Token], hits: Sequence[Hit]) -> Scope:
    """Build a scope from its tokens and the gazetteer hits inside it."""
    starts = {t.start: i for i, t in enumerate(tokens)}
    ends = {t.end: i + 1 for i, t in enumerate(tokens)}
    names: dict[int, list[tuple[int, tuple[KnownName, ...]]]] = defaultdict(list)
    for start, end, entries in hits:
        if start in starts and end in ends:
            names[starts[start]].append((ends[end], entries))
    for found in names.values():
        found.sort(key=lambda item: -item[0])
    words = [t for t in tokens if t.kind in {"cap", "upper", "lower"} and len(t.text) > 3]
    capitals = bool(words) and sum(t.kind == "upper" for t in words) * 3 > len(words) * 2
    return Scope(tokens, names, _is_headline(tokens), capitals)


def _is_headline(tokens: Sequence[Token]) -> bool:
    """Tell whether verbs and common nouns are capitalised; small words (dari, untuk, yang) need not be."""
    small_words = gz.words("small_word")
    small = sum(t.kind == "lower" and len(t.text) > 3 and t.low not in small_words for t in tokens)
    raised = sum(
        t.kind in CAPITAL
        and i > 0
        and tokens[i - 1].text not in OPENERS
        and t.low in gz.stop_words()
        and not (gz.is_function_word(t.low) or t.low in gz.titles() or t.low in gz.agency_heads())
        for i, t in enumerate(tokens)
    )
    return raised > 0 and small * 3 <= raised


class Cursor:
    """The moves in a scope that all parts of the grammar share.

    Args:
        scope: The sentence.
        learned: Abbreviations that the page introduced ("Universitas Panca Bhakti (UPB)"): text to entry.
    """

    def __init__(self, scope: Scope, learned: Mapping[str, KnownName]) -> None:
        self.scope = scope
        self.tokens = scope.tokens
        self.learned = learned

    def at(self, i: int) -> Token | None:
        """Return token ``i``, or ``None`` outside the scope."""
        return self.tokens[i] if 0 <= i < len(self.tokens) else None

    def low(self, i: int) -> str:
        """Return the lower-cased text of token ``i``, or an empty string."""
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def capital(self, i: int) -> bool:
        """Tell whether token ``i`` is a capitalised word."""
        return 0 <= i < len(self.tokens) and self.tokens[i].kind in CAPITAL

    def roman(self, i: int) -> bool:
        """Tell whether token ``i`` is a Roman numeral."""
        return 0 <= i < len(self.tokens) and self.tokens[i].text in ROMAN

    def number(self, i: int, longest: int = 3) -> bool:
        """Tell whether token ``i`` is a short number."""
        token = self.at(i)
        return token is not None and token.kind == "num" and len(token.text) <= longest

    def mention(self, start: int, end: int, label: str, rule: str, kind: str = "") -> Mention:
        """Make a mention of the tokens ``start`` to ``end``."""
        return Mention(self.tokens[start].start, self.tokens[end - 1].end, label, rule, kind=kind)

    def skip_dot(self, i: int) -> int:
        """Step over the full stop of an abbreviation."""
        return i + 1 if self.low(i) == "." and self.tokens[i].start == self.tokens[i - 1].end else i

    def bracket(self, i: int) -> int:
        """Return the index after a bracketed abbreviation at ``i`` ("(Diskominfo)", "(BKPSDM)"), or ``i``."""
        if self.low(i) != "(" or not self.capital(i + 1):
            return i
        end = i + 2
        while end <= i + 4 and self.low(end) not in {")", ""}:
            end += 1
        if self.low(end) != ")":
            return i
        inside = self.tokens[i + 1 : end]
        first = inside[0]
        if first.low in gz.words("no_abbreviation") or first.low in gz.given_names() or len(first.text) < 2:
            return i
        initials = {t.low[0] for t in self.tokens[max(0, i - 10) : i] if t.kind in CAPITAL}
        if first.low[0] not in initials:
            return i
        if len(inside) > 1 and not all(t.kind == "upper" or t.text in {"/", "-", "&"} for t in inside):
            # "(Dinsos PMD)" and "(Kasi Intel)" are some, "(Terbaik II)" and "(Dewi Sartika)" are not.
            known = self.scope.names.get(i + 1)
            stop = known[0][0] if known else i + 1
            title = match_trie(gz.titles(), self.tokens, i + 1)
            if title is None and (stop == i + 1 or any(t.kind != "upper" for t in self.tokens[stop:end])):
                return i
        return end + 1

    def entries(self, i: int, label: str) -> list[tuple[int, KnownName]]:
        """Return known names of a label that start at token ``i``, longest first."""
        hits = self.scope.names.get(i, ())
        found = [(end, e) for end, entries in hits for e in entries if e.label == label]
        token = self.at(i)
        if token and token.text in self.learned and self.learned[token.text].label == label:
            found.append((i + 1, self.learned[token.text]))
        return found
