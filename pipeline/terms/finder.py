"""The terms of award news: EVENT, CATEGORY, RESULT and WORK mentions.

Known names come from the lexicon (``events``, ``categories``, ``grades``); unknown ones from grammar: rank
and medal patterns (``term_rules``), runs of capitalised words around a head noun (``event_heads``), phrases
after "kategori", titles in quotation marks after a word for a work.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.document import Article, Mention, Sentence
from pipeline.lexicon import load_table
from pipeline.terms.known import (
    category_names,
    event_names,
    event_parts,
    events_by_id,
    known_event,
    lower,
    page_abbreviations,
)
from pipeline.terms.patterns import (
    head_pattern,
    headed_grade,
    term_grammar,
    term_rules,
    unsure_grade,
)
from pipeline.terms.phrases import WORD, bracket_after, is_name_word, read_name, read_plain, read_quoted

_YEAR_TAIL = re.compile(
    r"(?: tahun| th\.?)?(?: (?:ke|edisi)[- ]?(?:\d{1,3}|[IVXL]+))?[ ,]*"
    r"(?:(?:tahun )?(?:19|20)\d\d(?:/\d{4})?)?$",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"(?<![\w(])[A-Z][A-Z0-9]{2,7}(?!\w)")
_BRACKETED = re.compile(r" ?\([A-Z][\w&-]{1,12}\)")
_ALIAS = re.compile(r"\(([A-Z][A-Z0-9]{2,9})\)$")
_CAPITAL_BEFORE = re.compile(r"([A-Z][\w-]*) $")
#: A conjunction at the end of a name that was cut off.
_JOINT = re.compile(r"[ ,]+(?:dan|serta|&)\s*$")
_CAPITAL_NEXT = re.compile(r" [A-Z]")
#: English words inside a name that is read backwards from its last word.
_ENGLISH_LINKS = frozenset({"of", "for", "the", "and", "&"})
#: What may stand between two words of a name: pages wrap their lines.
_NAME_GAP = " &()\n\r\t\xa0"
#: The longest end of a name that shows that an award's name has begun in a category's.
_AWARD_WORD = 16
#: Kinds of results behind which a contest is named without more ado.
_NAMED_BEHIND = frozenset({"nominated", "overall", "top", "peringkat", "medal"})
#: Characters before a name that may say that it was won.
_BEFORE_NAME = 24
#: A title of honour has more words than this.
_TITLE_WORDS = 1
#: Words of a contest in lower case behind its head noun.
_PLAIN_WORDS = 3
#: A sentence with more capitalised words than this share is a headline in title case.
_MOSTLY = 0.75
#: A name stands within so many characters before its last word.
_BACKWARDS = 120
#: A name and the bracket that opens behind it.
_BRACKET_HEAD = re.compile(r"(?<![\w-])[A-Z][\w-]*(?: [A-Z][\w-]*){0,5} \([^()]*$")
_LOWER_LEAD = re.compile(r"(?:[a-z][\w-]* )+(?=[A-Z])")
#: Heads that are no part of a name with an award word of its own.
_PLAIN_HEADS = frozenset({"Penghargaan", "Pengghargaan"})
_TRIM = " \xa0,;:.-–—“”\"'"


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end


def _closed(text: str, start: int, end: int, first: int, limit: int) -> tuple[int, int]:
    """Give a name both its brackets, or cut it at one that stands alone.

    Args:
        text: Article text.
        start: Start of the name.
        end: Its end.
        first: Where the sentence starts.
        limit: Where it ends.
    """
    opened = text.rfind("(", start, end)
    closed = text.find(")", start, end)
    if closed >= 0 and not start <= text.find("(", start, end) < closed:
        # the name was read backwards from inside a bracket: what stands before the bracket is its start
        head = _BRACKET_HEAD.search(text[max(first, start - _BACKWARDS) : closed])
        return (max(first, start - _BACKWARDS) + head.start(), end) if head else _trim(text, closed + 1, end)
    if opened < 0 or ")" in text[opened:end]:
        return start, end
    if end < limit and text[end] == ")":
        return start, end + 1
    return _trim(text, start, opened) if opened > start else (start, end)


def _without_year(text: str, start: int, end: int) -> tuple[int, int]:
    match = _YEAR_TAIL.search(text[start:end])
    if match and match.start() > 0 and match.group().strip():
        end = start + match.start()
    return _trim(text, start, end)


class _Finder:
    """Collects the terms of one sentence.

    Args:
        text: Article text.
        sentence: The sentence.
        outer: Other mentions that start in it.
    """

    def __init__(self, text: str, sentence: Sentence, outer: Sequence[Mention]) -> None:
        self.text, self.start, self.end = text, sentence.start, sentence.end
        self.found: list[Mention] = []
        self.outer = outer
        self.places = [m for m in outer if m.label == "PLACE"]
        #: names of agencies, persons and dates cannot be inside a term that starts before them
        self.blocked = frozenset(m.start for m in outer if m.label in {"PERSON", "POSITION", "DATE"})

    def add(self, start: int, end: int, label: str, rule: str, kind: str = "") -> bool:
        """Keep a term unless another one has its place or it cannot be one; return whether it was kept."""
        start, end = _closed(self.text, *_trim(self.text, start, end), self.start, self.end)
        if end - start < 2 or (label == "EVENT" and not self._may_be_event(start, end, rule)):
            return False
        opinion = label == "EVENT" and kind == "opinion"
        for m in self.found:
            # an audit opinion is event and result in one
            both = opinion and m.label == "RESULT" and m.rule in {"RES10", "RES12"}
            if m.start < end and start < m.end and not both:
                return False
        self.found.append(Mention(start, end, label, rule, kind=kind))
        return True

    def _may_be_event(self, start: int, end: int, rule: str) -> bool:
        """Whether a span is not one unknown word, nor the name of a body."""
        known = rule[2:].isdigit()
        dated = rule == "EVT06"  # a rank before it and a year behind say that it is one
        if " " not in self.text[start:end].strip() and not (known or dated or rule.startswith("EV0")):
            return False
        # an agency that shares its name with an award; of other bodies only where the award is unknown
        bodies = {"AGENCY"} if known else {"AGENCY", "ORGANISATION", "PLACE", "PERSON", "POSITION"}
        if rule == "EVT02" and term_grammar("no_class").search(self.text, start, end):
            bodies -= {"PLACE"}  # "penghargaan Desa Lunas PBB Tercepat"
        return not any(o.start <= start and end <= o.end and o.label in bodies for o in self.outer)

    def works(self) -> None:
        """Titles in quotation marks behind a word for a work, one or a list."""
        for opener in term_grammar("works_ahead").finditer(self.text, self.start, self.end):
            at = opener.end()
            while (quoted := read_quoted(self.text, at, self.end)) and self.add(*quoted, "WORK", "WRK05"):
                gap = term_grammar("item_gap").match(self.text, quoted[1] + 1, self.end)
                at = gap.end() if gap else self.end
        for rule in term_rules():
            if rule.label == "WORK":
                for m in rule.pattern.finditer(self.text, self.start, self.end):
                    self.add(*m.span(1), "WORK", rule.id)

    def known_events(self, abbreviations: Mapping[str, str]) -> None:
        """Events of the lexicon, by name and by the abbreviations that count on the page."""
        part = self.text[self.start : self.end]
        for first, last, key in event_names().find(part):
            span = self._known_event(first + self.start, last + self.start, events_by_id()[key]["kind"])
            if span:
                self.add(*span, "EVENT", key, events_by_id()[key]["kind"])
        for m in _ABBREVIATION.finditer(part):
            event = abbreviations.get(m.group())
            if event:
                kind = events_by_id()[event]["kind"] if event in events_by_id() else ""
                self.add(self.start + m.start(), self.start + m.end(), "EVENT", event, kind)

    def _known_event(self, start: int, end: int, kind: str) -> tuple[int, int] | None:
        """Return the span of a known event with bracket, region and opener; ``None`` for ordinary words."""
        text = self.text
        opinion = kind == "opinion"
        if not opinion:
            # "penghargaan Adiwiyata": the name proper starts at its first capital
            lead = _LOWER_LEAD.match(text, start, end)
            start = lead.end() if lead else start
            if start >= end or not text[start].isupper():
                return None
        full = bracket_after(text, end, self.end)
        if full > end and _BRACKETED.fullmatch(text[end:full]):
            end = full
        tail = term_grammar("event_tail").match(text, end, self.end) if kind == "award" else None
        if tail:
            # "Penghargaan LLDIKTI II Awards": one award word is enough
            word = term_grammar("penghargaan").match(text, start, end)
            start, end = word.end() if word else start, tail.end()
        after = [m for m in self.places if m.start == end + 1 and text[end] == " "]
        after += [m for m in self.outer if m.label == "AGENCY" and m.start == end + 1 and text[end] == " "]
        if after and end - start > 8 and not opinion:
            end = max(m.end for m in after)
        if not opinion and kind != "host" and self._goes_on(start, end):
            return None
        opener = term_grammar("event_opener").search(text, max(self.start, start - 24), start)
        if opener and kind != "host" and not term_grammar("own_head").search(text, start, end):
            start = opener.start()
        return start, end

    def _goes_on(self, start: int, end: int) -> bool:
        """Whether a known contest ("Lomba Desa") only begins a longer name ("Lomba Desa Digital")."""
        head = term_grammar("contest_head").match(self.text, start, end)
        if head is None or end >= self.end or self.text[end] != " ":
            return False
        if any(o.start == end + 1 for o in self.outer):
            return False
        word = WORD.match(self.text, end + 1, self.end)
        return (
            word is not None
            and word.group()[0].isalpha()
            and is_name_word(word.group())
            and not self._in_capitals()
        )

    def _in_capitals(self) -> bool:
        """Whether the sentence is a headline in title case, where capitals say nothing."""
        words = [w.group() for w in WORD.finditer(self.text, self.start, self.end) if w.group()[0].isalpha()]
        return sum(w[0].isupper() for w in words) > _MOSTLY * len(words)

    def results(self) -> None:
        """Ranks, medals, grades and nominations."""
        for m in headed_grade().finditer(self.text, self.start, self.end):
            # in a headline the head noun belongs to the title of the grade ("Predikat Informatif")
            self.add(
                m.start() if m.group(1) == "Predikat" else m.start(2), m.end(), "RESULT", "RES10", "grade"
            )
        for m in unsure_grade().finditer(self.text, self.start, self.end):
            start = m.start() if self.text.startswith("Predikat", m.start()) else m.start(1)
            self.add(start, m.end(1), "RESULT", "RES12", "grade")
        for rule in term_rules():
            if rule.label == "RESULT":
                for m in rule.pattern.finditer(self.text, self.start, self.end):
                    if rule.kind == "grade" and self._inside_name(*m.span()):
                        continue
                    self.add(*m.span(), "RESULT", rule.id, rule.kind)
                    if rule.kind in {"rank", "peringkat"}:
                        # "terbaik kedua dan ketiga": the second rank shares the noun of the first
                        for more in term_grammar("more_ranks").finditer(
                            self.text, m.end(), min(self.end, m.end() + 30)
                        ):
                            if self.text[m.end() : more.start()].strip(" ,") in {"", "dan"}:
                                self.add(*more.span(1), "RESULT", "RES16", rule.kind)

        self._ordinals()

    def _inside_name(self, start: int, end: int) -> bool:
        """Whether a grade word stands in the middle of a name ("Praja Anindita Mahottama")."""
        if not self.text[start].isupper() or self._in_capitals():
            return False
        before = _CAPITAL_BEFORE.search(self.text, max(self.start, start - 30), start)
        after = WORD.match(self.text, end + 1, self.end) if self.text[end : end + 1] == " " else None
        return (
            before is not None
            and is_name_word(before.group(1))
            and after is not None
            and is_name_word(after.group())
        )

    def _ordinals(self) -> None:
        """Ordinals before names, where the sentence lists winners: "pertama Agam, kedua Batu"."""
        ranked = [m for m in self.found if m.label == "RESULT" and m.kind in {"rank", "peringkat"}]
        bare = list(term_grammar("bare_ordinal").finditer(self.text, self.start, self.end))
        listed = term_grammar("winners_listed").search(self.text, self.start, self.end)
        if bare and listed and len(ranked) + len(bare) > 1:
            for m in bare:
                self.add(*m.span(1), "RESULT", "RES16", "peringkat")

    def _category(self, start: int, rule: str) -> int:
        """Read one category name at ``start``; return its end, or ``start``."""
        text = self.text
        quoted = read_quoted(text, start, self.end)
        if quoted:
            if self.add(*quoted, "CATEGORY", rule):
                return quoted[1] + 1
            return start
        if start >= self.end:
            return start
        if term_grammar("group").match(text, start, self.end):
            if text[start].isupper():
                end = read_name(text, start, self.end, self.blocked)
            else:
                end = read_plain(text, start, self.end, 4)
            end = self._pairs(end)
            if text.startswith(" Sebagai ", end):
                # "Pemerintah Provinsi Sebagai Pembina Terbaik" names a category, not a class
                end = read_name(text, end + 9, self.end, self.blocked)
                return end if self.add(start, end, "CATEGORY", rule) else start
            kind = "" if term_grammar("no_class").search(text, start, end) else "group"
            return end if end > start and self.add(start, end, "CATEGORY", rule, kind) else start
        end = self._known_category_end(start) or read_name(text, start, self.end, self.blocked)
        if end == start:
            end = read_plain(text, start, self.end, 4)
        results = [f.start for f in self.found if f.label == "RESULT" and start < f.start < end]
        end = self._cut(start, min(results, default=end))
        for pattern in (term_grammar("event_inside"), term_grammar("next_best")):
            other = pattern.search(text, start, min(self.end, end + _AWARD_WORD))
            end = min(end, other.start()) if other else end
        sub = term_grammar("sub").match(text, end, self.end)
        if sub:
            end = max(end, read_name(text, sub.end(), self.end, self.blocked))
        return end if end > start and self.add(start, end, "CATEGORY", rule) else start

    def _pairs(self, end: int) -> int:
        """Extend a class of participants over "/" ("Provinsi/Kabupaten/Kota")."""
        while self.text[end : end + 1] == "/" and end + 1 < self.end:
            match = WORD.match(self.text, end + 1, self.end)
            if not match:
                break
            end = match.end()
        return end

    def _known_category_end(self, start: int) -> int:
        """Return the end of the lexicon's category that starts at ``start``, with its bracket; else 0."""
        part = self.text[start : min(self.end, start + 90)]
        for at, end, _key in category_names().find(part):
            if at == 0:
                full = bracket_after(self.text, start + end, self.end)
                follows = self.text[full : full + 6]
                # a longer name than the lexicon knows wins ("Media Sosial Kementerian")
                if full > start + end or not _CAPITAL_NEXT.match(follows):
                    return full
        return 0

    def _list(self, start: int, rule: str) -> None:
        at = start
        while True:
            end = self._category(at, rule)
            if end == at:
                return
            gap = term_grammar("item_gap").match(self.text, end, self.end)
            if not gap or not (
                self.text[gap.end() : gap.end() + 1].isupper()
                or self.text[gap.end() : gap.end() + 1] in "“\"'‘"
            ):
                return
            if self._work_behind(gap.end()):
                return
            if self._next_subject(gap.end()):
                return
            at = gap.end()

    def _work_behind(self, at: int) -> bool:
        """Keep the work that a chain of commas names behind its category ("..., Senja Kita, edisi Mei")."""
        quoted = read_quoted(self.text, at, self.end)
        start, end = quoted or (at, read_name(self.text, at, self.end, self.blocked))
        last = end + 1 if quoted else end
        if end == start or not term_grammar("work_behind").match(self.text, last, self.end):
            return False
        return self.add(start, end, "WORK", "WRK04")

    def _next_subject(self, at: int) -> bool:
        """Whether what stands at ``at`` is the subject of the next clause ("..., Ditjen A meraih ...")."""
        if any(o.start == at and o.label in {"AGENCY", "ORGANISATION"} for o in self.outer):
            return True
        end = read_name(self.text, at, self.end, self.blocked)
        return end > at and bool(term_grammar("subject_verb").match(self.text, end, self.end))

    def categories(self) -> None:
        """Names behind the word for a category, one or a list; lists of awards."""
        for m in term_grammar("category_cue").finditer(self.text, self.start, self.end):
            if m.group().lower().startswith("sub") and self._sub_category(m):
                continue
            opener = term_grammar("list_opener").match(self.text, m.end(), self.end)
            if opener and self._points_back(m.start(), opener.group()):
                continue
            if opener and (
                not term_grammar("comma_opener").fullmatch(opener.group())
                or (
                    self.text[opener.end() : opener.end() + 1].isupper()
                    # "di empat dari lima kategori, Desa A ...": the subject, no class of villages
                    and not any(o.start == opener.end() and o.label != "DATE" for o in self.outer)
                )
            ):
                self._list(opener.end(), "CAT02")
            elif self.text[m.end() : m.end() + 1] in " :":
                at = m.end() + (2 if self.text[m.end() : m.end() + 2] in {": ", " :"} else 1)
                if not term_grammar("no_category").match(self.text[at : at + 12]):
                    self._list(at, "CAT01")
        for event in [f for f in self.found if f.label == "EVENT"]:
            opener = term_grammar("event_list").match(self.text, event.end, self.end)
            # "Proklim 2022, yakni Desa A dan Desa B": who won it
            if opener and not any(o.start == opener.end() and o.label != "POSITION" for o in self.outer):
                self._list(opener.end(), "CAT03")
        for m in term_grammar("award_list").finditer(self.text, self.start, self.end):
            cue = term_grammar("category_cue").match(m.group())
            if cue and self._points_back(m.start(), m.group()[cue.end() :]):
                continue
            if self.text[m.end() : m.end() + 1].isupper():
                self._list(m.end(), "CAT03")

    def _points_back(self, at: int, opener: str) -> bool:
        """Whether the winner follows, no list ("juara dalam kategori itu adalah X"): unless many are meant.

        Args:
            at: Where the word for a category starts.
            opener: What stands between it and the name.
        """
        back = term_grammar("that_category").fullmatch(opener)
        return back is not None and not term_grammar("many_before").search(self.text, self.start, at)

    def _sub_category(self, cue: re.Match[str]) -> bool:
        """Join "A sub kategori B" into one category; return whether there is an A."""
        limit = max((f.end for f in self.found if f.end <= cue.start()), default=self.start)
        start = max(self._backwards(cue.start()), limit)
        end = read_name(self.text, cue.end() + 1, self.end, self.blocked)
        return start < cue.start() - 3 and end > cue.end() + 1 and self.add(start, end, "CATEGORY", "CAT09")

    def fields(self) -> None:
        """Field of a contest ("medali emas bidang Biologi"): only right behind a result."""
        for m in term_grammar("field_cue").finditer(self.text, self.start, self.end):
            near = any(r.label == "RESULT" and 0 <= m.start() - r.end <= 12 for r in self.found)
            listed = m.group() == "bidang" and any(
                r.kind in {"medal", "rank"} and r.end <= m.start() for r in self.found
            )
            if near or (listed and self.text[m.end() + 1 : m.end() + 2].isupper()):
                at = m.end() + 1
                end = read_name(self.text, at, self.end, self.blocked)
                if end == at and near and term_grammar("plain_field").match(self.text, m.start(), self.end):
                    end = read_plain(
                        self.text, at, self.end, _PLAIN_WORDS
                    )  # "cabang olahraga sepak bola putra"
                if end > at:
                    self.add(at if m.group().lower() != "kelas" else m.start(), end, "CATEGORY", "CAT04")

    def _different_ranks(self) -> bool:
        """Whether the sentence tells two ranks at least, so that the names behind them are winners."""
        ranks = {
            lower(self.text[m.start : m.end])
            for m in self.found
            if m.label == "RESULT" and m.kind in {"rank", "peringkat"}
        }
        return len(ranks) > 1

    def behind_results(self) -> None:
        """A name right behind a rank or medal is its category ("Bronze Winner Insan PR")."""
        ranking = self._different_ranks()
        for result in [
            r
            for r in self.found
            if r.label == "RESULT" and r.kind in {"rank", "medal", "special", "peringkat"}
        ]:
            gap = term_grammar("after_result").match(self.text, result.end, self.end)
            if gap and not any(
                o.start == gap.end() and o.label in {"AGENCY", "ORGANISATION", "PERSON", "PLACE"}
                for o in self.outer
            ):
                start = gap.end()
                end = read_name(self.text, start, self.end, self.blocked)
                sub = term_grammar("sub").match(self.text, end, self.end)
                if sub:
                    end = max(end, read_name(self.text, sub.end(), self.end, self.blocked))
                start, end = _without_year(self.text, start, end)
                listed = ranking and result.kind in {"rank", "peringkat"} and gap.group() == " "
                if end - start > 3 and not (listed and not self._known_category_end(start)):
                    kind = "group" if term_grammar("group").match(self.text, start, end) else ""
                    self.add(start, end, "CATEGORY", "CAT07", kind)

    def known_categories(self) -> None:
        """Categories of the lexicon, in sentences that speak of an award."""
        if not any(m.label in {"EVENT", "RESULT", "CATEGORY"} for m in self.found):
            return
        for first, last, _key in category_names().find(self.text[self.start : self.end]):
            start, end = first + self.start, last + self.start
            if (
                self.text[start].isupper()
                and end - start > 8
                and lower(self.text[start:end]) not in event_parts()
                and not term_grammar("group").match(self.text, start, end)
            ):
                self.add(start, bracket_after(self.text, end, self.end), "CATEGORY", "CAT05")

    def new_events(self) -> None:
        """Events that no lexicon knows: a cue or a head noun with a run of capitalised words."""
        cued = self._cued_events()
        self._headed_events()
        for m in term_grammar("honour_cue").finditer(self.text, self.start, self.end):
            start, end = self._name(m.end())
            if end - start > 5 and not any(o.start == start for o in self.outer):
                self.add(start, end, "EVENT", "EVT03")
        self._titles()
        for m in term_grammar("prize_cue").finditer(self.text[self.start : self.end]):
            start, end = self._prize_name(m.end() + self.start)
            if end - start > 3:
                other = cued or any(f.label == "EVENT" and f.kind != "host" for f in self.found)
                self.add(start, end, "CATEGORY" if other else "EVENT", "CAT06" if other else "EVT02")

    def _prize_name(self, at: int) -> tuple[int, int]:
        """Return the span of a prize's name at ``at``, in which an office may stand ("The Best CEO")."""
        quoted = read_quoted(self.text, at, self.end)
        offices = {o.start for o in self.outer if o.label == "POSITION" and o.start != at}
        end = read_name(self.text, at, self.end, self.blocked - offices)
        return _without_year(self.text, *(quoted or (at, end)))

    def _titles(self) -> None:
        """Categories without the word: English ones behind a verb, and titles ("gelar Bapak Koperasi")."""
        for m in term_grammar("won_cue").finditer(self.text, self.start, self.end):
            self._list(m.end(), "CAT10")
        for m in term_grammar("title_cue").finditer(self.text, self.start, self.end):
            # the words of a title look like an office or a name themselves ("Kepala Daerah Pendukung ...")
            start, end = _without_year(self.text, m.end(), read_name(self.text, m.end(), self.end))
            if len(self.text[start:end].split()) > _TITLE_WORDS:
                self.add(start, end, "CATEGORY", "CAT11")

    def dated_events(self) -> None:
        """Names right before a year, in a sentence that tells of winning ("raih Brand Pilihan 2025")."""
        if not term_grammar("winning").search(self.text, self.start, self.end):
            return
        for m in term_grammar("year_behind").finditer(self.text, self.start, self.end):
            start = self._backwards(m.start() + 1)
            start = max([start, *(f.end for f in self.found if start < f.end <= m.start())])
            start, end = _trim(self.text, start, m.start())
            taken = any(o.start < end and start < o.end for o in self.outer)
            before = self.text[max(self.start, start - _BEFORE_NAME) : start]
            ranked = any(
                f.label == "RESULT" and f.kind in _NAMED_BEHIND and 0 < start - f.end <= 2 for f in self.found
            )
            # "juara umum Porseni 2023": behind a rank one word is enough
            medal = any(f.kind == "medal" and 0 < start - f.end <= 2 for f in self.found)
            won = (ranked and not (medal and " " in self.text[start:end])) or (
                term_grammar("won_before").search(before) and len(self.text[start:end].split()) > 1
            )
            if won and not taken and not term_grammar("period").match(self.text, start, end):
                self.add(start, end, "EVENT", "EVT06", "contest")

    def _cued_events(self) -> bool:
        """Names behind "ajang" and the like; return whether there is one."""
        cued = False
        for m in term_grammar("event_cue").finditer(self.text, self.start, self.end):
            own = m.group()[0].isupper() and term_grammar("contest_cue").match(m.group())
            start, end = self._quoted_or_name(m.end(), m.start() if own else m.end())
            cued |= end - start > 3 and self.add(start, end, "EVENT", "EVT01")
        return cued

    def _headed_events(self) -> None:
        """Names with a head noun first ("Anugerah ...") or last ("... Award")."""
        part = self.text[self.start : self.end]
        for row in load_table("event_heads"):
            for word in row["words"]:
                for m in head_pattern(word).finditer(part):
                    at = m.start() + self.start
                    first = at if row["position"] == "first" else self._backwards(at)
                    # "Runner-Up Humas Fest": the rank before it is no part of the name
                    first = max([first, *(f.end for f in self.found if first < f.end <= at)])
                    last = max(self._read(at), m.end() + self.start)  # "... of the Year" starts in lower case
                    # "Sertifikat A dan Sertifikat B": a known event that follows is another one
                    other = [f.start for f in self.found if f.label == "EVENT" and at < f.start < last]
                    start, end = _without_year(self.text, first, self._cut(at, min(other, default=last)))
                    if word in _PLAIN_HEADS and term_grammar("tail_head").search(
                        self.text, start + len(word), end
                    ):
                        start += len(word) + 1
                    if end - start > len(word) + 2:
                        self.add(start, end, "EVENT", row["id"], row["strength"])

    def _cut(self, at: int, end: int) -> int:
        """Return the end of a name at ``at`` that another one cuts off at ``end``."""
        joint = _JOINT.search(self.text, at, end)
        return joint.start() if joint else end

    def _read(self, at: int) -> int:
        return read_name(self.text, at, self.end, self.blocked)

    def _name(self, at: int) -> tuple[int, int]:
        """Return the span of the name at ``at``, without its year."""
        return _without_year(self.text, at, self._read(at))

    def _quoted_or_name(self, at: int, first: int | None = None) -> tuple[int, int]:
        """Return the span in quotation marks at ``at``, else of the name there, from ``first`` on."""
        quoted = read_quoted(self.text, at, self.end)
        start, end = quoted or (at if first is None else first, self._read(at))
        return _without_year(self.text, start, end)

    def _backwards(self, at: int) -> int:
        """Return where the name starts whose last word is at ``at``."""
        start = at
        words = list(WORD.finditer(self.text, max(self.start, start - _BACKWARDS), at))
        for previous in reversed(words):
            gap = self.text[previous.end() : start]
            if gap.strip(_NAME_GAP) or not gap or not is_name_word(previous.group()):
                if previous.group() in _ENGLISH_LINKS and not gap.strip():
                    start = previous.start()
                    continue
                break
            start = previous.start()
        return start


def find_terms(
    article: Article, sentences: Iterable[Sentence], mentions: Sequence[Mention] = ()
) -> tuple[Mention, ...]:
    """Find EVENT, CATEGORY, RESULT and WORK mentions.

    Args:
        article: Article whose ``text`` the offsets refer to.
        sentences: Its sentences.
        mentions: Mentions already found; persons, positions and dates end a term that would run into them.

    Returns:
        Mentions in text order. ``rule`` is the lexicon row that made it (event id for known events),
        ``kind`` the finer kind (rank, medal, grade ... for RESULT; group for a CATEGORY that names a class of
        participants).
    """
    text = article.text
    abbreviations = page_abbreviations(text)
    found: list[Mention] = []
    ordered = sorted(mentions, key=lambda m: m.start)
    starts = [m.start for m in ordered]
    sentences = list(sentences)
    for sentence in sentences:
        inside = ordered[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        finder = _Finder(text, sentence, inside)
        finder.works()
        finder.results()
        finder.known_events(abbreviations)
        finder.categories()
        finder.fields()
        finder.known_categories()
        finder.new_events()
        finder.dated_events()
        finder.behind_results()
        for mention in finder.found:
            alias = _ALIAS.search(text[mention.start : mention.end])
            if mention.label == "EVENT" and alias:
                abbreviations.setdefault(alias.group(1), mention.rule)
        found.extend(finder.found)
    if not any(m.label == "EVENT" and m.kind != "host" for m in found):
        # "terpilih menjadi Best Tourism Village 2021": what is named like a category is the award itself
        found = [replace(m, label="EVENT", rule="EVT07") if m.rule == "CAT10" else m for m in found]
        found.extend(_plain_contests(text, sentences, found))
    return tuple(sorted(_settle(text, found), key=lambda m: (m.start, -m.end)))


def _plain_contests(text: str, sentences: Sequence[Sentence], found: Sequence[Mention]) -> Iterator[Mention]:
    """Contests in lower case ("lomba kendaraan hias"), for pages that name no award otherwise."""
    taken = [(m.start, m.end) for m in found]
    for sentence in sentences:
        for cue in term_grammar("plain_contest").finditer(text, sentence.start, sentence.end):
            end = read_plain(text, cue.end(), sentence.end, _PLAIN_WORDS)
            free = not any(a < end and cue.start() < b for a, b in taken)
            if end > cue.end() + 2 and free:
                yield Mention(cue.start(), end, "EVENT", "EVT05", kind="contest")


def _settle(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Make "Penghargaan X" a category where the page names X as one, and parts of an award it names."""
    categories = {text[m.start : m.end].lower() for m in found if m.label == "CATEGORY"}
    events = {m.rule for m in found if m.label == "EVENT"}
    for m in found:
        if m.label == "EVENT" and events_by_id().get(m.rule, {}).get("part_of") in events:
            # "TOP CEO BUMD" beside "TOP BUMD Awards"
            opener = term_grammar("penghargaan").match(text[m.start : m.end])
            start = m.start + (opener.end() if opener else 0)
            yield Mention(start, m.end, "CATEGORY", "CAT12")
            continue
        rest = term_grammar("penghargaan").match(text[m.start : m.end])
        if m.label == "EVENT" and rest and text[m.start + rest.end() : m.end].lower() in categories:
            yield Mention(m.start + rest.end(), m.end, "CATEGORY", "CAT08")
        else:
            yield m


def type_term(text: str, mention: Mention) -> Mention:
    """Return an award term with its finer kind, if it came without one; other mentions as they are.

    Args:
        text: Article text.
        mention: Mention of any label.
    """
    if mention.kind or mention.label not in {"EVENT", "CATEGORY"}:
        return mention
    surface = text[mention.start : mention.end]
    if mention.label == "EVENT":
        row = known_event(surface)
        return replace(mention, kind=row["kind"]) if row else mention
    group = term_grammar("group").match(surface) and not term_grammar("no_class").search(surface)
    return replace(mention, kind="group") if group else mention
