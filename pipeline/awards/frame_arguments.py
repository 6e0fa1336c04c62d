"""Who: the names that a clause makes its winner, before the verb, behind it, or in a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.awards.pack import RECIPIENT, grammar
from pipeline.awards.render import SYMBOLS, Rendered
from pipeline.document import Mention

_COMMA = re.compile(r" ?, ?")
#: A place behind a place and a comma still belongs to the phrase before it ("di Hotel A, Kota B").
_PLACE_TAIL = re.compile(
    "[" + "".join(SYMBOLS[label] for label in ("FACILITY", "PLACE", "ORGANISATION", "AGENCY")) + "],? ?$"
)
#: Kinds of places by size; a regency and a city are alike.
_SIZES = {"village": 0, "district": 1, "regency": 2, "city": 2, "province": 3, "country": 4}
_OFFICE_PAIRS = frozenset({("POSITION", "PERSON"), ("PERSON", "POSITION")})
#: A list that a count announces starts at most so many characters behind the verb.
_LIST_GAP = 60


def in_phrase(rendered: Rendered, left: int, spot: int) -> bool:
    """Whether the mention at ``spot`` stands in a prepositional phrase.

    Args:
        rendered: Rendered sentence.
        left: Where the clause starts.
        spot: Position of the mention's symbol.
    """
    before = rendered.text[left:spot]
    for_another = before.endswith("atas nama ") and rendered.mentions[spot].label != "PERSON"
    if grammar("members").search(before) or for_another:
        return False
    if grammar("preposition").search(before):
        return True
    if rendered.mentions[spot].label == "PERSON":
        # "menurut Ketua PMI, H. Rina": the holder stands in the phrase of the office
        office = grammar("office_before").search(before)
        if office:
            return in_phrase(rendered, left, left + office.start())
    if rendered.mentions[spot].label == "PLACE" and before.rstrip().endswith(","):
        tail = _PLACE_TAIL.search(before)
        outer = rendered.mentions.get(left + tail.start()) if tail else None
        if outer is not None and lies_in(rendered.mentions[spot], outer):
            return False  # "dari Provinsi A, Kota B juga meraih"
        return tail is not None and in_phrase(rendered, left, left + tail.start())
    return False


def subject(rendered: Rendered, left: int, verb: int) -> tuple[list[Mention], int]:
    """Return the mentions that head the subject of the verb at ``verb``, and where the subject starts.

    An office and its holder are one head; a place behind a name ("Desa A Kecamatan B") belongs to it; names
    that a conjunction joins are all subjects.
    """
    spots = [left + m.start() for m in RECIPIENT.finditer(rendered.text[left:verb])]
    listed_members = grammar("members_listed").search(rendered.text[left:verb])
    if listed_members and any(s < left + listed_members.start() for s in spots):
        spots = [s for s in spots if s < left + listed_members.start()]
    free: list[int] = []
    for spot in spots:
        if not in_phrase(rendered, left, spot) or _joined(rendered, free, spot):
            free.append(spot)
    return _heads(rendered, free, verb) if free else ([], verb)


def _joined(rendered: Rendered, free: Sequence[int], spot: int) -> bool:
    """Whether a name wins beside the subject before it ("Kabupaten A bersama Kabupaten B dan Kota C")."""
    if not free or rendered.mentions[spot].label in {"PERSON", "POSITION"}:
        return False
    pair = rendered.mentions[free[-1]], rendered.mentions[spot]
    alike = pair[0].label == pair[1].label and (pair[0].kind == pair[1].kind or _alike(*pair))
    return alike and bool(grammar("coordination").fullmatch(rendered.text[free[-1] + 1 : spot]))


def _heads(rendered: Rendered, free: Sequence[int], verb: int) -> tuple[list[Mention], int]:
    """Group the names before a verb, from the last one leftwards."""
    heads = [free[-1]]
    first = free[-1]
    coordinated = False
    for spot in reversed(free[:-1]):
        between = rendered.text[spot + 1 : first]
        pair = rendered.mentions[spot], rendered.mentions[first]
        labels = pair[0].label, pair[1].label
        joined = grammar("coordination").fullmatch(between)
        if joined or _one_person(labels, between) or _listed_before(*pair, between, coordinated):
            coordinated = coordinated or joined is not None
            heads.insert(0, spot)
        elif _apposition(labels, between) or _described(labels, between, rendered, first, verb):
            # the name before an apposition is the head
            heads = [spot, *(h for h in heads if h != first)]
        else:
            break
        first = spot
    return [whole_name(rendered, h) for h in heads], heads[0]


def _one_person(labels: tuple[str, str], between: str) -> bool:
    """Whether two mentions are an office and its holder."""
    return (labels in _OFFICE_PAIRS or labels == ("POSITION", "NAME")) and bool(
        grammar("office_to_holder").fullmatch(between)
    )


def _listed_before(a: Mention, b: Mention, between: str, coordinated: bool) -> bool:
    """Whether a comma joins two items of a list whose last two a conjunction joins.

    People are listed with people: "mahasiswa Universitas A, B dan C" are two winners, not three.
    """
    alike = (a.label == "PERSON") == (b.label == "PERSON")
    place_of_it = b.label == "PLACE" and (a.label != "PLACE" or not _alike(a, b))
    return coordinated and alike and not place_of_it and bool(_COMMA.fullmatch(between))


def _alike(a: Mention, b: Mention) -> bool:
    """Whether two places are of one size, so that neither lies in the other."""
    return a.kind in _SIZES and b.kind in _SIZES and _SIZES[a.kind] == _SIZES[b.kind]


def _apposition(labels: tuple[str, str], between: str) -> bool:
    beside = labels[1] in {"PLACE", "ORGANISATION", "AGENCY"} and bool(_COMMA.fullmatch(between))
    return beside or not between.strip(" ([")


def _described(labels: tuple[str, str], between: str, rendered: Rendered, last: int, verb: int) -> bool:
    """Whether a body behind a person's name says what she is ("Rina Sari, guru SMP 4 Batu, meraih ...")."""
    return (
        labels[0] == "PERSON"
        and labels[1] in {"ORGANISATION", "AGENCY", "PLACE"}
        and bool(grammar("described_as").fullmatch(between))
        and rendered.text[last + 1 : verb].lstrip()[:1] in {",", ""}
    )


def whole_name(rendered: Rendered, spot: int) -> Mention:
    """Return the mention at ``spot`` with the region written right behind it."""
    m = rendered.mentions[spot]
    following = rendered.mentions.get(spot + 2)
    if following is None or rendered.text[spot + 1] != " " or m.kind in {"province", "regency", "city"}:
        return m
    # "Desa A Kecamatan B"; "Bhayangkari Polres Batu", "Pusat Bahasa UMB": a unit and the body it belongs to
    region = m.label in {"PLACE", "AGENCY", "NAME", "ORGANISATION"} and following.label == "PLACE"
    unit = m.label in {"AGENCY", "NAME", "ORGANISATION"} and following.label in {"AGENCY", "ORGANISATION"}
    if region or (unit and m.kind not in {"media", "ministry"} and following.kind != "media"):
        return replace(m, end=following.end, name="", code=m.code or following.code)
    return m


def following(rendered: Rendered, at: int, end: int, gap: int = 40) -> list[Mention]:
    """Return the coordinated names that follow.

    Args:
        rendered: Rendered sentence.
        at: Where to look.
        end: Where the clause ends.
        gap: Characters within which the first name has to stand.
    """
    text = rendered.text
    match = RECIPIENT.search(text, at, min(end, at + gap))
    if not match:
        return []
    between = text[at : match.start()]
    # "oleh tim dari SMK 1": a preposition, and the school is the winner all the same
    if grammar("next_subject_stop").search(between) and not grammar("members").search(between):
        return []
    first = rendered.mentions[match.start()]
    if first.label in {"PLACE", "AGENCY"} and grammar("crowd").search(between):
        return []
    found = [whole_name(rendered, match.start())]
    position = match.end()
    while step := grammar("next_name").match(text, position, end):
        spot = step.end()
        label = rendered.mentions[spot].label
        glue = step.group().strip(" ()")
        before = rendered.mentions[spot - len(step.group()) - 1].label
        place_of_it = (
            glue == "," and label in {"PLACE", "FACILITY"} and lies_in(found[-1], rendered.mentions[spot])
        )
        if (glue and not place_of_it) or (not glue and (before, label) in _OFFICE_PAIRS):
            found.append(whole_name(rendered, spot))
        position = spot + 1
    return found


def lies_in(name: Mention, place: Mention) -> bool:
    """Return whether a place behind a name and a comma says where it is: behind places only a larger one."""
    if name.label != "PLACE":
        return True
    return (
        place.label == "PLACE"
        and name.kind in _SIZES
        and place.kind in _SIZES
        and _SIZES[name.kind] < _SIZES[place.kind]
    )


def listed(rendered: Rendered, at: int, end: int) -> list[Mention]:
    """Return the names of a list that opens at ``at``: each behind a comma, a conjunction or the opener."""
    found: list[Mention] = []
    for match in RECIPIENT.finditer(rendered.text, at, end):
        m = rendered.mentions[match.start()]
        glue = grammar("item_before").search(rendered.text[at : match.start()])
        place_of_it = m.label == "PLACE" and found and lies_in(found[-1], m)
        if glue and not place_of_it and m.kind != "country":
            found.append(whole_name(rendered, match.start()))
    return found


def given(rendered: Rendered, at: int, end: int) -> list[Mention]:
    """Return who is given something: the names behind kepada, or the list that a count announces."""
    found = following(rendered, at, end)
    if found:
        return found
    opener = grammar("given_list_opener").search(rendered.text, at, end)
    return listed(rendered, opener.end(), end) if opener and opener.start() - at < _LIST_GAP else []
