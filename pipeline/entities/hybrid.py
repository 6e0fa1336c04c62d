"""Where the model's names count: they complete, lengthen and divide what the grammar found.

The grammar decides wherever it reads something: it knows how names of government nest, the model does not.
The model has a say in three cases, each from the likelihood that ``ner_policy.jsonl`` asks for by label:

``new``     a name where the grammar read nothing
``longer``  a name around all that the grammar read there: "Direktur Utama" + "Transjakarta"
``tail``    a personal name at the end of an office or body: "Partai Demokrat" + "Budi Santosa"
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.document import Mention
from pipeline.entities import gazetteer as gz
from pipeline.entities.name_tokens import tokenize
from pipeline.entities.persons import PersonFinder, PersonName
from pipeline.entities.scope import Phrase, Scope
from pipeline.entities.tagger import Guess
from pipeline.lexicon import cached, load_table

#: Rule id of mentions that the model found.
RULE = "model"
_BODIES = frozenset({"AGENCY", "ORGANISATION", "POSITION"})
#: Names whose limits the grammar knows best: terms of awards and dates.
_TERMS = frozenset({"EVENT", "CATEGORY", "RESULT", "WORK", "DATE"})


@cached
def policy() -> Mapping[tuple[str, str], float]:
    """Return the least likelihood by case and label; what is missing never counts."""
    return {(row["case"], row["label"]): row["least"] / 100 for row in load_table("ner_policy")}


def _counts(guess: Guess, case: str) -> bool:
    return guess.likely >= policy().get((case, guess.label), 2.0)


def without_tails(
    scope: Scope, phrases: Sequence[tuple[int, Phrase]], guesses: Sequence[Guess]
) -> list[tuple[int, Phrase]]:
    """Cut from offices and bodies the personal name that the model finds at their end.

    Args:
        scope: The sentence.
        phrases: Outermost phrases, with the index of their first token.
        guesses: The model's names in the sentence.
    """
    people = [g for g in guesses if g.label == "PERSON" and _counts(g, "tail")]
    return [(i, _cut(scope, i, phrase, people, guesses)) for i, phrase in phrases]


def _cut(scope: Scope, i: int, phrase: Phrase, people: Sequence[Guess], guesses: Sequence[Guess]) -> Phrase:
    whole = phrase.mention
    for person in people:
        if whole.label not in _BODIES or not (whole.start < person.start < whole.end <= person.end):
            continue
        if any(m.label == "PLACE" and m.start == person.start and m.end < person.end for m in phrase.inner):
            continue  # "Bupati Sitaro Evangelian S": the region is the office's, however unknown to the model
        # The model must have read the beginning as something else, or the name may be the body's own.
        if not any(g.label in _BODIES and g.start <= whole.start < g.end <= person.start for g in guesses):
            continue
        end = i
        while end < phrase.end and scope.tokens[end].end <= person.start:
            end += 1
        while end > i + 1 and scope.tokens[end - 1].kind == "punct" and scope.tokens[end - 1].text != ")":
            end -= 1
        stop = scope.tokens[end - 1].end
        inner = tuple(replace(m, end=min(m.end, stop)) for m in phrase.inner if m.start < stop)
        inner = tuple(m for m in inner if (m.start, m.end) != (whole.start, stop))
        return Phrase(end, replace(whole, end=stop), inner)
    return phrase


def with_people(
    finder: PersonFinder, names: Sequence[PersonName], guesses: Sequence[Guess]
) -> list[PersonName]:
    """Return the personal names of a scope, completed by the model.

    Args:
        finder: The finder of the scope.
        names: What it found.
        guesses: The model's names in the scope.
    """
    found = list(names)
    for guess in guesses:
        if guess.label != "PERSON":
            continue
        name = finder.between(guess.start, guess.end, RULE)
        if name is None:
            continue
        rivals = [n for n in found if n.start < name.end and name.start < n.end]
        if not rivals:
            if _counts(guess, "new"):
                found.append(name)
        elif _counts(guess, "longer") and all(
            name.bare_start <= n.bare_start and n.bare_end <= name.bare_end for n in rivals
        ):
            if any((n.bare_start, n.bare_end) != (name.bare_start, name.bare_end) for n in rivals):
                found = [n for n in found if n not in rivals] + [name]
        elif _counts(guess, "tail") and len(rivals) == 1:
            # "AS Mike Pompeo", "Transjakarta Budi Kaliwono": the beginning is the office's or the body's
            rival = rivals[0]
            lead = any(
                g.label != "PERSON" and g.start <= finder.tokens[rival.bare_start].start < g.end
                for g in guesses
            )
            if lead and rival.bare_start < name.bare_start and rival.bare_end == name.bare_end:
                found = [n for n in found if n is not rival] + [name]
    return sorted(found, key=lambda n: n.start)


def completed(text: str, mentions: Iterable[Mention], guesses: Sequence[Sequence[Guess]]) -> set[Mention]:
    """Return all mentions with the bodies, offices, places and venues that the model adds or lengthens.

    Args:
        text: The page's text.
        mentions: All mentions of the grammar, names and terms.
        guesses: The model's names.
    """
    kept = set(mentions)
    ordered = sorted(kept, key=lambda m: m.start)
    starts = [m.start for m in ordered]
    longest = max((m.end - m.start for m in ordered), default=0)
    for guess in (g for sentence in guesses for g in sentence):
        if guess.label == "PERSON" or not _is_name(text[guess.start : guess.end]):
            continue
        near = ordered[bisect_left(starts, guess.start - longest) : bisect_left(starts, guess.end)]
        overlapped = [m for m in near if m.end > guess.start and m in kept]
        made = Mention(guess.start, guess.end, guess.label, RULE)
        if not overlapped:
            if _counts(guess, "new"):
                kept.add(made)
        elif _counts(guess, "longer") and _is_longer(made, overlapped):
            kept -= {m for m in overlapped if _is_replaced(m, made)}
            kept.add(made)
    return kept


def _is_longer(made: Mention, overlapped: Sequence[Mention]) -> bool:
    """Tell whether a mention holds all others, is longer than each, and may hold what they are."""
    return all(
        made.start <= m.start
        and m.end <= made.end
        and (m.start, m.end) != (made.start, made.end)
        and m.label not in _TERMS
        and m.label != "PERSON"
        and _may_hold(made.label, m.label)
        for m in overlapped
    )


def _may_hold(outer: str, inner: str) -> bool:
    return inner in {"PLACE", outer} or (outer == "POSITION" and inner in {"AGENCY", "ORGANISATION"})


def _is_replaced(m: Mention, made: Mention) -> bool:
    """Tell whether a longer mention takes the place of a shorter one of its label instead of holding it."""
    return m.label == made.label and not (
        made.label == "AGENCY" and m.start > made.start and m.end == made.end
    )


def _is_name(surface: str) -> bool:
    """Tell whether a surface can be a name: with a capital, no class of bodies, no plain word."""
    tokens = tokenize(surface, 0, len(surface))
    if len(surface) < 2 or "\n" in surface or not any(t.kind in {"cap", "upper"} for t in tokens):
        return False
    low = surface.lower()
    return low not in gz.generic_names() and not (len(tokens) == 1 and low in gz.common_words())
