"""Identity on one page: which mentions mean the same winner or the same event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from pipeline.awards.normal import normal
from pipeline.awards.offices import is_region
from pipeline.awards.pack import grammar
from pipeline.document import Mention
from pipeline.lexicon import cached
from pipeline.terms.known import events_by_id, known_event

_BRACKET = re.compile(r"\(([^()]{2,20})\)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: An office and its holder are no further apart than a space, a comma or a bracket.
_OFFICE_GAP = 3
#: Words that a name needs to be known again inside a longer one.
_LEAST_WORDS = 2
#: Characters that an event's name needs besides award words to be compared with another.
_LEAST_PROPER = 5
#: Abbreviations of bodies that a page does not explain have so many letters.
_LEAST_INITIALS, _MOST_INITIALS = 2, 7
#: Words that abbreviations leave out, of companies and of all names.
_LEGAL_FORMS = frozenset({"pt", "cv", "tbk", "persero"})
_SMALL_WORDS = frozenset({"dan", "di", "of", "and", "the", "untuk", "ke"})
#: Per cent of equal characters from which two names are one, misspelt.
_SAME_NAME = 90


def _initials(words: Sequence[str]) -> str:
    """Return the first letters of words, small ones left out."""
    return "".join(word[0] for word in words if word not in _SMALL_WORDS)


def proper(name: str) -> str:
    """Return the words of a folded event name that tell it from other awards."""
    return " ".join(grammar("award_filler").sub(" ", name).split())


@cached
def event_forms(key: str) -> tuple[str, ...]:
    """Return the folded names of a known event.

    Args:
        key: Id of a row of the ``events`` table.
    """
    row = events_by_id()[key]
    return tuple(normal(form) for form in row.names)


def _shortened(name: str, other: str) -> bool:
    """Whether a company's name is another with words left out ("Perumda Tirta" of "Perumda Air Tirta")."""
    company = grammar("company_name").match(name)
    return (
        company is not None and other.startswith(company.group()) and set(name.split()) < set(other.split())
    )


class Coreference:
    """Identity of recipients and events on one page, aliases in brackets included.

    Args:
        text: Article text.
        mentions: Linked mentions of the page.
    """

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.mentions = mentions
        self._event_alias: dict[str, str] = {}
        self._body_alias: dict[str, str] = {}
        self._spelled: dict[str, str] = {}
        self._events: dict[Mention, str] = {}
        self._recipients: dict[Mention, str] = {}
        for m in mentions:
            if m.label == "EVENT":
                self._learn(self._event_alias, m)
                self._spell(m)
            elif m.label in {"AGENCY", "ORGANISATION"}:
                self._learn(self._body_alias, m)

    def _learn(self, aliases: dict[str, str], m: Mention) -> None:
        """Keep the abbreviation that a name gives in brackets."""
        surface = self.surface(m)
        bracket = _BRACKET.search(surface)
        if bracket:
            # "Universitas Islam Negeri (UIN) Palu": the bracket abbreviates the words before it only
            whole = bracket.end() >= len(surface) - 1
            long = normal(surface) if whole else normal(surface[: bracket.start()])
            aliases.setdefault(normal(bracket.group(1)), long)

    def _spell(self, event: Mention) -> None:
        """Keep which words at the end of a name its bracket abbreviates ("Anugerah Dewan Energi (DE)")."""
        for bracket in _BRACKET.finditer(self.surface(event)):
            short, words = normal(bracket.group(1)), normal(self.surface(event)).split()[1:]
            for start in range(len(words)):
                if _initials(words[start:]) == short:
                    self._spelled.setdefault(short, " ".join(words[start:]))

    def holder(self, office: Mention) -> Mention | None:
        """Return whom the page names right behind an office of this title ("Bupati" of "Bupati Agam A")."""
        title = normal(self.surface(office)).split(" ")[0]
        for m in self.mentions:
            if m.label == "POSITION" and normal(self.surface(m)).split(" ")[0] == title:
                for p in self.mentions:
                    if p.label == "PERSON" and 0 < p.start - m.end <= _OFFICE_GAP:
                        return p
        return None

    def fullest(self, label: str, key: str) -> Mention | None:
        """Return the longest mention of a recipient under one label."""
        return self._fullest.get((label, key))

    @cached_property
    def _fullest(self) -> dict[tuple[str, str], Mention]:
        found: dict[tuple[str, str], Mention] = {}
        for m in self.mentions:
            known = found.get((m.label, self.recipient(m)))
            if known is None or m.end - m.start > known.end - known.start:
                found[m.label, self.recipient(m)] = m
        return found

    def fullest_event(self, m: Mention) -> Mention:
        """Return the mention of an event on the page that spells most of its name out."""
        return self._fullest_events.get(self.event(m), m)

    @cached_property
    def _fullest_events(self) -> dict[str, Mention]:
        found: dict[str, Mention] = {}
        for m in self._event_mentions:
            known = found.get(self.event(m))
            if known is None or self._fullness(m) > self._fullness(known):
                found[self.event(m)] = m
        return found

    @cached_property
    def _event_mentions(self) -> list[Mention]:
        return [m for m in self.mentions if m.label == "EVENT"]

    def _fullness(self, m: Mention) -> tuple[int, bool]:
        """How much of its name an event's mention spells out; of equal ones capitals throughout say less."""
        surface = self.surface(m)
        return len(proper(normal(surface))), not surface.isupper()

    @cached_property
    def event_surfaces(self) -> frozenset[str]:
        """The events of the page as written, folded."""
        return frozenset(normal(self.surface(m)) for m in self._event_mentions)

    def surface(self, m: Mention) -> str:
        """Return the mention's text."""
        return self.text[m.start : m.end]

    def event(self, m: Mention | None) -> str:
        """Return the identity of an event: the lexicon's id, else its folded name without opener and year."""
        if m is None:
            return ""
        if m not in self._events:
            key = self._event(m)
            self._events[m] = self._event_clusters.get(key, key)
        return self._events[m]

    @cached_property
    def _event_clusters(self) -> dict[str, str]:
        """For misspelt or shortened names of events the identity of the event they mean."""
        keys = list(dict.fromkeys(map(self._event, self._event_mentions)))
        listed = events_by_id()
        forms = [
            (proper(form), key) for key in keys for form in (event_forms(key) if key in listed else (key,))
        ]
        names = [form for form, _ in forms]
        clusters: dict[str, str] = {}
        for key in keys:
            own = proper(key)
            if key in listed or len(own) < _LEAST_PROPER:
                continue
            found = process.extract(own, names, scorer=fuzz.ratio, score_cutoff=_SAME_NAME, limit=None)
            others = {forms[at][1] for _, _, at in found} - {key}
            # a known award before an unknown one, then the longer name
            best = max(others, key=lambda k: (k in listed, len(k), k), default=key)
            if best in listed or len(best) > len(key):
                clusters[key] = best
        return clusters

    def _event(self, m: Mention) -> str:
        surface = self.surface(m)
        row = known_event(surface)
        if row is not None:
            return row.id
        if m.rule in events_by_id():
            return m.rule
        name = self._event_alias.get(normal(surface), normal(surface))
        row = known_event(name)
        if row is not None:
            return row.id
        bare = grammar("event_name_opener").sub("", _YEAR.sub("", name).strip())
        bare = " ".join(self._spelled.get(word, word) for word in bare.split())
        return self._event_alias.get(bare, bare)

    def recipient(self, m: Mention) -> str:
        """Return the identity of a recipient: a region's code or name, else the folded full name."""
        if m not in self._recipients:
            self._recipients[m] = self._recipient(m)
        return self._recipients[m]

    def _recipient(self, m: Mention) -> str:
        if m.code and is_region(m):
            return "R:" + m.code
        name = normal(m.name or self.surface(m))
        if is_region(m):
            return "R:" + grammar("region_word").sub("", name).strip()
        return "N:" + (self._contained(self._full(name)) if m.label == "ORGANISATION" else self._full(name))

    def _contained(self, name: str) -> str:
        """Return the one longer name of the page with ``name`` in it ("Pesona FM", "Radio Pesona FM")."""
        if len(name.split()) < _LEAST_WORDS:
            return name
        # "SMAIT Nur Hidayah" and "SMA IT Nur Hidayah": the first form met in the alphabet stands for both
        name = next((b for b in self._bodies if b.replace(" ", "") == name.replace(" ", "")), name)
        longer = [b for b in self._bodies if b != name and (f" {name} " in f" {b} " or _shortened(name, b))]
        return longer[0] if len(longer) == 1 else name

    @cached_property
    def _bodies(self) -> list[str]:
        bodies = (m for m in self.mentions if m.label == "ORGANISATION")
        return sorted({normal(m.name or self.surface(m)) for m in bodies})

    def _full(self, name: str) -> str:
        """Spell out a name that is an abbreviation, opens with one ("UIN Palu") or ends in one."""
        known = self._body_alias.get(name)
        if known is not None:
            return known
        first, _, rest = name.partition(" ")
        whole = self._body_alias.get(name.rpartition(" ")[2])
        if whole and whole.split()[0] == first:
            return whole
        long = self._body_alias.get(first)
        return f"{long} {rest}".strip() if long else self._by_initials(first, rest) or name

    def _by_initials(self, first: str, rest: str) -> str:
        """Return the one body of the page that a name abbreviates ("AP II": PT Angkasa Pura II)."""
        if not _LEAST_INITIALS <= len(first) <= _MOST_INITIALS:
            return ""
        found = []
        for body in self._bodies:
            words = [w for w in body.split() if w not in _LEGAL_FORMS]
            tail = words[len(words) - len(rest.split()) :] if rest else []
            if tail == rest.split() and _initials(words[: len(words) - len(tail)]) == first:
                found.append(body)
        return found[0] if len(found) == 1 else ""
