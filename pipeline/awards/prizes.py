"""Reading the prizes in a stretch of a sentence: which rank belongs to which category, group, work and event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.awards.render import Rendered
from pipeline.document import Mention
from pipeline.entities.phrases import WORD, read_name, read_plain

_GROUP_CUE = re.compile(
    r"(?<!\w)(?:(?:untuk|pada|dalam|di|kategori) (?:kelompok|kawasan|klaster|kluster)|klasifikasi) (?=\w)",
    re.I,
)
_LIST_GLUE = re.compile(r"[\s,;]*(?:dan|serta|juga|&|maupun)?[\s,;]*(?:kategori|bidang)?\s*[:“\"'‘”’]*")


@dataclass(frozen=True, slots=True)
class Prize:
    """What was won, as far as one stretch of text says it."""

    result: Mention | None = None
    category: Mention | None = None
    group: Mention | None = None
    work: Mention | None = None
    event: Mention | None = None

    @property
    def start(self) -> int:
        """Offset of its first mention."""
        return min(
            (m.start for m in (self.result, self.category, self.group, self.work, self.event) if m), default=0
        )

    @property
    def bare(self) -> bool:
        """Whether neither rank nor category is known."""
        return self.result is None and self.category is None


def find_groups(text: str, start: int, end: int) -> list[Mention]:
    """Find classes of participants ("untuk kelompok Kabupaten/Kota") in ``text[start:end]``."""
    groups = []
    for cue in _GROUP_CUE.finditer(text, start, end):
        at = cue.end()
        stop = max(read_name(text, at, end), read_plain(text, at, end, 3))
        while text[stop : stop + 1] == "/" and stop + 1 < end:
            word = WORD.match(text, stop + 1, end)
            if not word:
                break
            stop = word.end()
        if stop > at:
            groups.append(Mention(at, stop, "GROUP", "GRP01"))
    return groups


def _events(mentions: Sequence[Mention]) -> list[Mention]:
    """Award events before events that only host awards."""
    return sorted((m for m in mentions if m.label == "EVENT"), key=lambda m: (m.kind == "host", m.start))


def read_prizes(text: str, rendered: Rendered, start: int, end: int) -> list[Prize]:
    """Read the prizes named in ``rendered.text[start:end]``.

    A rank opens a prize and so does a category, unless the other one just opened it: "Juara 1 kategori A dan kategori
    B" is two prizes with one rank, "kategori A peringkat ke-3" is one. Categories that only list glue divides share
    the rank before them.

    Args:
        text: Article text.
        rendered: Rendered sentence.
        start: First position in the rendering.
        end: One past the last.
    """
    mentions = rendered.between(start, end)
    groups = find_groups(text, *rendered.span(start, end)) + [
        replace(m, label="GROUP") for m in mentions if m.label == "CATEGORY" and m.kind == "group"
    ]
    items = [m for m in mentions if m.label == "RESULT" or (m.label == "CATEGORY" and m.kind != "group")]
    prizes: list[Prize] = []
    current = Prize()
    for item in items:
        slot = "result" if item.label == "RESULT" else "category"
        if getattr(current, slot) is None:
            current = replace(current, **{slot: item})
            continue
        prizes.append(current)
        previous = current
        current = Prize(**{slot: item})
        if (
            slot == "category"
            and previous.category
            and previous.result
            and previous.result.start < previous.category.start
        ):
            between = text[previous.category.end : item.start]
            if _LIST_GLUE.fullmatch(between):
                current = replace(current, result=previous.result)
        elif slot == "result" and previous.result and _nominal_pair(text, previous.result, item):
            # "nominasi atau 6 besar nasional": two words for one result
            current = prizes.pop()
    if not current.bare or not prizes:
        prizes.append(current)
    events = _events(mentions)
    works = [m for m in mentions if m.label == "WORK"]
    return [_complete(p, prizes, n, groups, works, events) for n, p in enumerate(prizes)]


def _nominal_pair(text: str, first: Mention, second: Mention) -> bool:
    return bool(re.fullmatch(r"\s*(?:atau|\(|/|sebagai|dengan)\s*", text[first.end : second.start]))


def _complete(
    prize: Prize,
    prizes: Sequence[Prize],
    number: int,
    groups: Sequence[Mention],
    works: Sequence[Mention],
    events: Sequence[Mention],
) -> Prize:
    limit = prizes[number + 1].start if number + 1 < len(prizes) else 10**12
    begin = prize.start if number else 0
    own_groups = [g for g in groups if begin <= g.start < limit]
    own_works = [w for w in works if begin <= w.start < limit]
    own_events = [e for e in events if begin <= e.start < limit] or list(events)
    if not own_groups and len(groups) == 1 and number < len(prizes) and groups[0].start > prizes[-1].start:
        own_groups = list(groups) if len(prizes) == 1 else []
    return replace(
        prize,
        group=own_groups[0] if own_groups else None,
        work=own_works[0] if own_works else None,
        event=own_events[0] if own_events else None,
    )
