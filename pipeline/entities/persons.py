"""Personal names, found by offices, titles, degrees and verbs of speech beside them, and by earlier mentions.

A name is a run of capitalised words that are neither common words nor part of another phrase. Which runs
count is decided by the evidence around them; a one-word mention counts when the page gave the full name
or the cue is strong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.document import Mention
from pipeline.entities import gazetteer as gz
from pipeline.entities.name_tokens import Token
from pipeline.entities.scope import CAPITAL, Phrase, Scope

_LONGEST = 6
#: Tokens of titles before a name, full stops included.
_MOST_TITLES = 16


@dataclass(frozen=True, slots=True)
class PersonName:
    """A personal name: token indices of the whole (with degrees) and of the bare name."""

    start: int
    end: int
    bare_start: int
    bare_end: int
    char_end: int
    rule: str

    @property
    def words(self) -> int:
        """Number of tokens of the bare name."""
        return self.bare_end - self.bare_start

    def by(self, rule: str) -> PersonName:
        """Return the same name found by another rule."""
        return replace(self, rule=rule)


class PersonFinder:
    """Finds names in one scope.

    Args:
        text: The page's text.
        scope: The sentence.
        taken: Token indices that belong to other phrases or dates.
        phrases: Outermost phrases, with the index of their first token.
        lowered: Words that the page also writes in lower case, hence no names.
    """

    def __init__(
        self,
        text: str,
        scope: Scope,
        taken: frozenset[int],
        phrases: Sequence[tuple[int, Phrase]],
        lowered: frozenset[str],
    ) -> None:
        self.text = text
        self.scope = scope
        self.tokens = scope.tokens
        self.taken = taken
        self.phrases = phrases
        self.lowered = lowered

    def low(self, i: int) -> str:
        """Return the lower-cased token ``i``, or an empty string."""
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def name_word(self, i: int) -> bool:
        """Tell whether token ``i`` may be a word of a name."""
        if not 0 <= i < len(self.tokens) or i in self.taken:
            return False
        token = self.tokens[i]
        if token.kind not in CAPITAL or any(c.isdigit() for c in token.text):
            return False
        low = token.low
        if low in gz.given_names() or low in gz.cue_words("surname"):
            return True
        if low in gz.cue_words("late_name") and i and gz.looks_personal(self.low(i - 1)):
            return True
        if low in gz.common_words() or low in gz.cue_words("speech") or low in gz.cue_words("speaking"):
            return False
        if low in self.lowered and low not in gz.given_names():
            return False
        opening = (
            i == 0
            or self.low(i - 1) in {"“", '"', "\n", ":"}
            or (self.low(i - 1) == "." and len(self.low(i - 2)) > 4)
        )
        if opening and (gz.is_function_word(low) or (low.endswith(("nya", "lah", "kah")) and len(low) > 6)):
            # a word with the capital of its sentence: "Kedatangan Budi ...", "Mundurnya Budi"
            return False
        if low in gz.head_words():
            return False
        address = gz.match_honorific(self.tokens, i)
        if address and address[1] != "degree" and len(low) > 1:
            return False
        if self.scope.headline and gz.is_function_word(low):
            return False
        return not (token.kind == "upper" and len(low) > 5 and not self.scope.capitals)

    def titles(self, i: int) -> tuple[int, int | None]:
        """Return the index after the titles before a name, and the index of the first degree among them."""
        degree: int | None = None
        j = i
        while j < len(self.tokens) and j not in self.taken and j - i < _MOST_TITLES:
            found = gz.match_honorific(self.tokens, j)
            if found is None:
                break
            if found[1] == "degree" and degree is None:
                degree = j
            j = found[0]
        return j, degree

    def read(self, i: int, rule: str, fewest: int = 1, most: int = _LONGEST) -> PersonName | None:
        """Read a name at token ``i``, with titles before and degrees after.

        Args:
            i: First token.
            rule: Id of the evidence.
            fewest: Least number of words of the bare name.
            most: Greatest number of words.
        """
        j, degree = self.titles(i)
        start = j
        count = 0
        while j < len(self.tokens) and count < most:
            token = self.tokens[j]
            if self.name_word(j):
                if count and self.degree_at(token.start) and self.is_degree_here(j):
                    break
                j += 1
                count += 1
                short = len(token.text) <= 2 or token.low in gz.cue_words("shortened")
                if short and self.low(j) == "." and self.name_word(j + 1):
                    j += 1
            elif count and token.low in gz.cue_words("particle") and self.name_word(j + 1):
                j += 1
            else:
                break
        if count < fewest or start == j:
            return None
        if (
            count == 1
            and self.tokens[start].kind == "upper"
            and not self.scope.capitals
            and self.low(start) not in gz.given_names()
        ):
            return None
        if all(len(t.text) <= 2 for t in self.tokens[start:j]):
            return None
        char_end = self.degrees(self.tokens[j - 1].end)
        end = j
        while end < len(self.tokens) and self.tokens[end].start < char_end:
            end += 1
        first = start if degree is None else degree
        return PersonName(first, end, start, j, char_end, rule)

    def is_degree_here(self, j: int) -> bool:
        """Tell whether a token after a name is written like a degree ("SH", "MSi", "M.")."""
        token = self.tokens[j]
        return token.kind == "upper" or self.low(j + 1) == "." or any(c.isupper() for c in token.text[1:])

    def degree_at(self, start: int) -> int | None:
        """Return the end of an academic degree that starts at the character, or ``None``."""
        match = gz.degree_pattern().match(self.text, start)
        return match.end() if match else None

    def degrees(self, end: int) -> int:
        """Return the end of the degrees after a name that ends at the character ``end``."""
        limit = self.tokens[-1].end
        last = end
        while last < limit:
            at = last
            while at < limit and self.text[at] in " .":
                at += 1
            if at < limit and self.text[at] == ",":
                at += 1
                while at < limit and self.text[at] == " ":
                    at += 1
            if at == last:
                break
            stop = self.degree_at(at)
            if stop is None or stop > limit:
                break
            last = stop
        if last > end and self.text[last - 1] == ".":
            # "S.H." keeps its full stop; the one after "SH" at the end of a sentence is the sentence's.
            piece = self.text[max(end, last - 5) : last - 1]
            following = self.text[last : last + 2].strip()
            if "." not in piece and not following.startswith((",", ";", ")")):
                last -= 1
        return last

    def find(self) -> list[PersonName]:
        """Return the names of the scope, left to right, without overlaps."""
        found: dict[int, PersonName] = {}
        used: set[int] = set()

        def add(name: PersonName | None) -> None:
            if name and used.isdisjoint(range(name.start, name.end)):
                used.update(range(name.start, name.end))
                found[name.start] = name

        for start, phrase in self.phrases:
            if phrase.mention.label == "POSITION":
                add(self.after_position(phrase.end))
                add(self.before_position(start))
        i = 0
        while i < len(self.tokens):
            name = None if i in self.taken else self.here(i)
            add(name)
            i = name.end if name else i + 1
        for name in [found[k] for k in sorted(found)]:
            add(self.coordinated(name))
        return [found[k] for k in sorted(found)]

    def coordinated(self, name: PersonName) -> PersonName | None:
        """Read the second name of "Nama dan Nama", where only the first had evidence of its own."""
        if self.low(name.end) not in {"dan", "bersama"} or self.scope.headline:
            return None
        other = self.read(name.end + 1, "coordinated")
        if other is None or other.start != other.bare_start:
            return None
        words = self.tokens[other.bare_start : other.bare_end]
        if any(gz.is_function_word(w.low) or w.kind == "upper" for w in words):
            return None
        after = self.tokens[other.end] if other.end < len(self.tokens) else None
        return other if after is None or after.kind in {"lower", "punct", "break"} else None

    def after_position(self, i: int) -> PersonName | None:
        """Read the holder of an office that ends before token ``i``: "Bupati X Nama", "Kepala Y, Nama,"."""
        comma = self.low(i) == ","
        j = i + 1 if comma else i
        if self.low(j) in gz.cue_words("holder") and j not in self.taken:
            j += 1
        name = self.read(j, "after-position")
        if name is None:
            return None
        words = self.tokens[name.bare_start : name.bare_end]
        known = any(t.low in gz.given_names() for t in words[:2])
        if not self.scope.headline or known or name.words == 1:
            return name
        # In a headline every word is capitalised: trust only the first unless names are known.
        start = name.bare_start
        if len(words[0].text) <= 2:
            return None
        return PersonName(start, start + 1, start, start + 1, words[0].end, "after-position-headline")

    def run_before(self, i: int) -> int:
        """Return the start of the run of name words that ends before token ``i``."""
        j = i
        while j > 0 and i - j < _LONGEST + 1:
            if self.name_word(j - 1):
                j -= 1
            elif self.low(j - 1) == "." and j > 1 and len(self.low(j - 2)) <= 3 and self.name_word(j - 2):
                j -= 2
            else:
                break
        return j

    def before_position(self, start: int) -> PersonName | None:
        """Read a name before an office: "Nama, Bupati X,", "Nama (Gubernur Y)", "Nama selaku Kepala Z"."""
        if self.low(start - 1) not in {",", "(", "selaku", "sebagai"} or start < 2:
            return None
        end = start - 1
        begin = self.run_before(end)
        if begin == end or (begin > 0 and self.low(begin - 1) in {"di", "ke", "dari"}):
            return None
        name = self.read(begin, "before-position", 2)
        if name is None or name.bare_end != end:
            return None
        return name

    def here(self, i: int) -> PersonName | None:
        """Read a name at token ``i`` if the words around it are evidence."""
        if self.tokens[i].kind not in CAPITAL and not gz.match_honorific(self.tokens, i):
            return None
        j, degree = self.titles(i)
        if j > i:
            name = self.titled(i, j, degree is not None)
            if name or degree is not None:
                return name
        if not self.name_word(i):
            return None
        before = self.low(i - 1)
        if before in gz.cue_words("speech") and not self.scope.headline:
            name = self.read(i, "speech-verb")
            return name if name and self.ends_freely(name) else None
        if before in gz.cue_words("naming"):
            return self.read(i, "nickname")
        name = self.read(i, "degree-after")
        if name is None or (name.words > 1 and name.char_end > self.tokens[name.bare_end - 1].end):
            return name
        return self.by_form(name) or (None if self.scope.headline else self.by_context(i, name))

    def titled(self, i: int, j: int, academic: bool) -> PersonName | None:
        """Read a name after titles at ``i`` that end before ``j``."""
        if j >= len(self.tokens) or not self.name_word(j):
            return None
        name = self.read(i, "title")
        if name and name.words == 1 and not academic and self.weak_address(i, name):
            return None
        return name

    def by_form(self, name: PersonName) -> PersonName | None:
        """Accept a name of several words, one of them a common personal name."""
        personal = [gz.looks_personal(t.low) for t in self.tokens[name.bare_start : name.bare_end]]
        sure = all(personal[:2]) if self.scope.headline else any(personal)
        return name.by("given-name") if name.words > 1 and sure else None

    def by_context(self, i: int, name: PersonName) -> PersonName | None:
        """Accept a name for the words before and after it."""
        words = self.tokens[name.bare_start : name.bare_end]
        before, after = self.low(i - 1), self.low(name.end)
        if before == "nama" and self.low(i - 2) == "atas":
            return name.by("on-behalf")
        clear = all((w.kind == "cap" or len(w.text) <= 2) and not gz.is_function_word(w.low) for w in words)
        if not clear:
            return None
        personal = any(gz.looks_personal(w.low) for w in words)
        opening = before in {"", ".", ",", "“", '"', "\n", "dan", "sementara"}
        if opening and after in gz.cue_words("say") and len(words[0].text) > 2:
            return name.by("speaking")
        if opening and after in gz.cue_words("speaking") and (personal or name.words > 1):
            return name.by("speaking")
        described = after == "," and self.low(name.end + 1) in gz.cue_words("role")
        if name.words > 1 and (described or before in gz.cue_words("role") or before in gz.cue_words("list")):
            return name.by("role")
        return self.alone(i, name)

    def alone(self, i: int, name: PersonName) -> PersonName | None:
        """Accept a lone given name among lower-case words or between commas."""
        if name.words > 1 or i == 0 or self.tokens[name.bare_start].kind != "cap":
            return None
        if self.low(name.bare_start) not in gz.given_names():
            return None
        around = [self.tokens[i - 1], *self.tokens[name.end : name.end + 1]]
        if all(t.kind == "lower" or t.text in {",", "."} for t in around):
            return name.by("given-name-alone")
        return None

    def ends_freely(self, name: PersonName) -> bool:
        """Tell whether a name is followed by something other than a further name-like word."""
        return not (
            name.end < len(self.tokens) and self.tokens[name.end].kind in CAPITAL and name.end in self.taken
        )

    def weak_address(self, i: int, name: PersonName) -> bool:
        """Tell whether "Ibu Negara", "Bapak Pembangunan", "H" before one word is no name."""
        word = self.low(name.bare_start)
        return gz.is_function_word(word) or (self.tokens[i].text in {"H", "St"} and self.low(i + 1) != ".")


class KnownPeople:
    """The full names that a page gave, to recognise later mentions by one or more of their words.

    Args:
        names: Tokens of each bare name, without titles and degrees.
    """

    def __init__(self, names: Iterable[Sequence[Token]]) -> None:
        full = {tuple(t.low for t in tokens) for tokens in names}
        self._names: dict[str, list[tuple[str, ...]]] = {}
        for name in sorted(full):
            for word in name:
                if len(word) > 2 and word not in gz.cue_words("particle"):
                    self._names.setdefault(word, []).append(name)

    def __contains__(self, word: str) -> bool:
        return word in self._names

    def holds(self, words: Sequence[str]) -> bool:
        """Tell whether one known name has all of ``words``, in this order."""
        return any(_in_order(words, name) for name in self._names.get(words[0], ()))


def _in_order(words: Sequence[str], name: Sequence[str]) -> bool:
    rest = iter(name)
    return all(any(word == other for other in rest) for word in words)


def later_mentions(scope: Scope, taken: frozenset[int], people: KnownPeople) -> list[Mention]:
    """Return later mentions of known people: runs of words that all belong to one known name.

    Args:
        scope: The sentence.
        taken: Tokens that belong to other mentions.
        people: The people whom the page names in full.
    """
    found = []
    tokens = scope.tokens
    i = 0
    while i < len(tokens):
        end = _known_run(scope, taken, people, i)
        if end == i:
            i += 1
            continue
        if _stands_free(scope, taken, i, end):
            found.append(Mention(tokens[i].start, tokens[end - 1].end, "PERSON", "later-mention"))
        i = end
    return found


def _known_run(scope: Scope, taken: frozenset[int], people: KnownPeople, i: int) -> int:
    """Return the end of the longest run at ``i`` whose words belong to one known name, or ``i``."""
    tokens = scope.tokens
    end = i
    while (
        end < len(tokens) and end not in taken and tokens[end].kind in CAPITAL and tokens[end].low in people
    ):
        if tokens[i].low in gz.common_words() or not people.holds([t.low for t in tokens[i : end + 1]]):
            break
        end += 1
    return end


def _stands_free(scope: Scope, taken: frozenset[int], i: int, end: int) -> bool:
    """Tell whether the run ``i`` to ``end`` is no part of a longer run of capitals, hence of another name."""
    if scope.headline:
        return True
    tokens = scope.tokens

    def outside(k: int) -> bool:
        if not 0 <= k < len(tokens) or k in taken or tokens[k].kind not in CAPITAL:
            return True
        return tokens[k].low in gz.common_words()

    before = tokens[i - 1].low if i else ""
    # The first word of a sentence has its capital from there: "Senyum Laras merekah".
    first = i == 1 and not gz.looks_personal(before)
    titled = first or before in gz.cue_words("before") or gz.is_function_word(before)
    return (outside(i - 1) or titled) and outside(end)
