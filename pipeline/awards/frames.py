"""Frames: the clauses of a sentence that tell of a win, with the winner and the prizes.

A frame rule anchors on a verb (or, in headlines and lists, on a shape); the kind of the frame says on which side the
winner and the prize stand. Cues right before the verb or in its clause tell hopes, plans, failures, rivals and
definitions from wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.awards.prizes import Prize, read_prizes
from pipeline.awards.render import RECIPIENT_LABELS, SYMBOLS, Rendered
from pipeline.awards.rules import HONORIFIC, FrameRule, cues, expand, frame_rules
from pipeline.document import Mention, Sentence

_REC = "[" + "".join(SYMBOLS[label] for label in RECIPIENT_LABELS) + "]"
_ANY = "[" + "".join(SYMBOLS.values()) + "]"
_BOUNDARY = re.compile(
    r"[;!?]|[.:](?= )|[“”\"]|(?<!\w)(?:sedangkan|sementara itu|sementara|namun|tetapi|tapi|setelah|karena|sehingga|bahwa|ketika|jika"
    r"|mengatakan|menyebut|menyebutkan|menjelaskan|mengungkapkan|menyampaikan|menuturkan|menambahkan|menyatakan|mengaku"
    r"|menilai|mengucapkan|mengapresiasi|melihat|ujar|kata|tutur|ungkap|jelas|berkat|usai|seusai|saat|selain itu|selain)(?!\w)"
)
_PREPOSITION = re.compile(
    r"(?:^|(?<=[\s,(]))(?:di|dari|pada|oleh|kepada|untuk|dengan|melalui|lewat|bersama|dalam|ke|antara|asal|milik|bagi|atas|mewakili"
    r"|atas nama|didampingi|disaksikan|dihadiri|pimpinan|dipimpin|wilayah|lingkungan|lingkup|menurut|seperti|termasuk|selain|sebagai"
    r"|selaku|tingkat|kategori|ajang|mengikuti|besutan|hadapan|sesama|terhadap|tentang|se|se-|menjadi|berasal dari|kata|ujar|tutur)"
    r"(?: (?!yang)[\w/-]+){0,2} ?(?:" + _ANY + r" ?(?:dan |serta )?)*$"
)
#: A place behind a place and a comma still belongs to the phrase before it ("di Hotel A, Kota B").
_PLACE_TAIL = re.compile(
    "[" + SYMBOLS["FACILITY"] + SYMBOLS["PLACE"] + SYMBOLS["ORGANISATION"] + SYMBOLS["AGENCY"] + "],? ?$"
)
_HONORIFIC = re.compile(HONORIFIC + r"[ ,(]*")
_COORDINATION = re.compile(
    r" ?(?:,? dan|,? serta|,? bersama|/|&|,? dan juga|,? maupun) (?:para |tim |juga )?"
)
_COMMA = re.compile(r" ?, ?")
_RIVALS = re.compile(
    r"(?<!\w)(?:mengungguli|mengalahkan|menyisihkan|bersaing|menyingkirkan|unggul dari|unggul atas)(?!\w)"
)
_NEXT_CLAUSE = re.compile(
    r"[;!?“”\"]|(?<!\w)(?:sedangkan|sementara itu|sementara|setelah|karena|sehingga|usai|seusai|sebelumnya|mengungguli|mengalahkan|menyisihkan|bersaing)(?!\w)"
)
_WORK_SUBJECT = re.compile(
    r"(?:konten|karya|video|film|inovasi|program|majalah|tabloid|aplikasi|lagu|podcast|naskah|foto|desain|website|situs)(?: \w+){0,3} yang (?:"
    + expand("{adv}")
    + " )*$"
)
_COUNT_SUBJECT = re.compile(
    r"(?<!\w)(?:\d+|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|belasan|puluhan|sejumlah|beberapa|seluruh|semua|para) (?:\w+ ){1,4}(?:di " + _ANY + " )?(?:"
    + expand("{adv}")
    + " )*$"
)
_GENERIC_SUBJECT = re.compile(
    r"(?:daerah|peserta|tim|mereka|pihak|yang|siapa|instansi|lembaga|kabupaten/kota|pemenang|para \w+|orang)(?: lain(?:nya)?)?(?: yang)? (?:"
    + expand("{adv}")
    + " )*$"
)
_NEW_PREDICATE = re.compile(
    _NEXT_CLAUSE.pattern + r"|,|(?<!\w)(?:dan|serta|juga|tetapi|namun|bahkan|kemudian|lalu)(?!\w)"
)
_TOGETHER = re.compile(r"(?<!\w)bersama(?: dengan)?(?= )")
_SAME = re.compile(r"(?:penghargaan|kategori|predikat|anugerah|prestasi|gelar)(?: yang)? (?:serupa|sama)(?!\w)")
_PRONOUN = re.compile(r"(?<!menurut )(?<!kata )(?<!ujar )(?<!\w)(?:ia|dia|dirinya|beliau)(?: sendiri)? (?:" + expand("{adv}") + " )*$")
_YEARISH = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Frame:
    """A clause that tells of a win.

    Args:
        rule: Frame rule.
        rendered: Sentence it stands in.
        recipients: Winners as mentioned; empty where the clause leaves the winner to the context.
        prizes: What was won.
        organisers: Subjects of giving frames.
        past: Whether a cue says it is history; with the cue's id in ``cues``.
        title: Whether it stands in the headline.
        span: Article offsets of the clause.
        cues: Ids of the cues that count.
        pronoun: Whether the subject is "ia" or the like: the person named last.
        same: Whether it says that the prize is the one told before ("penghargaan serupa").
    """

    rule: str
    rendered: Rendered
    recipients: tuple[Mention, ...]
    prizes: tuple[Prize, ...]
    organisers: tuple[Mention, ...] = ()
    past: bool = False
    title: bool = False
    span: tuple[int, int] = (0, 0)
    cues: tuple[str, ...] = field(default=())
    pronoun: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class _Anchor:
    start: int
    end: int
    rule: FrameRule
    match: re.Match[str]


def _anchors(rendered: Rendered, title: bool) -> list[_Anchor]:
    found: list[_Anchor] = []
    for rule in frame_rules():
        if rule.frame.startswith("pair") or (rule.frame == "title" and not title):
            continue
        for match in rule.pattern.finditer(rendered.text):
            start, end = match.span("verb")
            if not any(a.start <= start < a.end or start <= a.start < end for a in found):
                found.append(
                    _Anchor(start, max(end, match.end() if rule.frame == "given" else end), rule, match)
                )
    found.sort(key=lambda a: a.start)
    kept: list[_Anchor] = []
    for anchor in found:
        # "berhasil keluar sebagai juara": one predicate, however many of its words are verbs
        if (
            kept
            and not re.search(_ANY + r"|[,;.]", rendered.text[kept[-1].end : anchor.start])
            and anchor.start - kept[-1].end < 45
        ):
            if kept[-1].rule.frame == "active" and anchor.rule.frame == "active":
                continue
        if (
            kept
            and anchor.rule.frame == "listing"
            and not re.search(r"[.;]|sedangkan|sementara", rendered.text[kept[-1].end : anchor.start])
        ):
            continue
        # "menobatkan X sebagai Terbaik I": the second word only opens the prize
        if kept and rendered.text[anchor.start : anchor.end].startswith(("sebagai", "menjadi", "dengan")):
            if not _NEW_PREDICATE.search(rendered.text, kept[-1].end, anchor.start):
                continue
        kept.append(anchor)
    return kept


def _last_boundary(text: str, start: int, end: int) -> int:
    last = start
    for match in _BOUNDARY.finditer(text, start, end):
        last = match.end()
    return last


#: "tim dari SMK 1", "siswa asal SMP 2": the school is the winner, whoever stood for it.
_MEMBERS = re.compile(
    r"(?<!\w)(?:tim|regu|siswa|siswi|mahasiswa|pelajar|delegasi|peserta|kontingen|perwakilan|atlet|grup|wakil)(?: (?:\d+|[a-z]))? (?:dari|asal) $"
)


def _in_phrase(rendered: Rendered, left: int, spot: int) -> bool:
    """Whether the mention at ``spot`` stands in a prepositional phrase."""
    before = rendered.text[left:spot]
    if _MEMBERS.search(before) or (before.endswith("atas nama ") and rendered.mentions[spot].label != "PERSON"):
        return False
    if _PREPOSITION.search(before):
        return True
    if rendered.mentions[spot].label == "PLACE" and before.rstrip().endswith(","):
        tail = _PLACE_TAIL.search(before)
        return bool(tail) and _in_phrase(rendered, left, left + tail.start()) if tail else False
    return False


def _subject(rendered: Rendered, left: int, verb: int) -> tuple[list[Mention], int]:
    """Return the mentions that head the subject of the verb at ``verb``, and where the subject starts.

    An office and its holder are one head; a place behind a name ("Desa A Kecamatan B") belongs to it; names that a
    conjunction joins are all subjects.
    """
    text = rendered.text
    spots = [left + m.start() for m in re.finditer(_REC, text[left:verb])]
    free = [s for s in spots if not _in_phrase(rendered, left, s)]
    if not free:
        return [], verb
    return _group(rendered, free)


def _group(rendered: Rendered, free: Sequence[int]) -> tuple[list[Mention], int]:
    text = rendered.text
    heads = [free[-1]]
    first = free[-1]
    coordinated = False
    for spot in reversed(free[:-1]):
        between = text[spot + 1 : first]
        labels = rendered.mentions[spot].label, rendered.mentions[first].label
        if _COORDINATION.fullmatch(between):
            coordinated = True
            heads.insert(0, spot)
        elif labels in {
            ("POSITION", "PERSON"),
            ("PERSON", "POSITION"),
            ("POSITION", "NAME"),
        } and _HONORIFIC.fullmatch(between):
            heads.insert(0, spot)
        elif _COMMA.fullmatch(between) and coordinated and labels[1] != "PLACE":
            heads.insert(0, spot)
        elif between.strip(" (") == "" or (
            _COMMA.fullmatch(between) and labels[1] in {"PLACE", "ORGANISATION", "AGENCY"}
        ):
            # an apposition: the name before it is the head
            heads = [h for h in heads if h != first]
            heads.insert(0, spot)
        else:
            break
        first = spot
    return [_whole(rendered, h) for h in heads], heads[0]


def _whole(rendered: Rendered, spot: int) -> Mention:
    """Return the mention at ``spot`` with the region written right behind it."""
    m = rendered.mentions[spot]
    following = rendered.mentions.get(spot + 2)
    if (
        m.label in {"PLACE", "AGENCY", "NAME", "ORGANISATION"}
        and following is not None
        and following.label == "PLACE"
        and rendered.text[spot + 1] == " "
        and m.kind not in {"province", "regency", "city"}
    ):
        return replace(m, end=following.end, name="", code=m.code or following.code)
    return m


def _following(rendered: Rendered, at: int, end: int, gap: int = 40) -> tuple[list[Mention], int]:
    """Return the coordinated recipients that follow ``at`` within ``gap`` characters, and where they end."""
    text = rendered.text
    match = re.compile(_REC).search(text, at, min(end, at + gap))
    if match and _MEMBERS.search(text[at : match.start()]):
        pass  # "oleh tim dari SMK 1"
    elif not match or re.search(
        r"[.;:]|(?<!\w)(?:pada|di|dalam|untuk|karena|berkat|atas|dari|dengan|yang|saat)(?!\w)",
        text[at : match.start()],
    ):
        return [], at
    found = [_whole(rendered, match.start())]
    position = match.end()
    while True:
        step = _NEXT_NAME.match(text, position, end)
        if not step:
            return found, position
        spot = step.end()
        glue = step.group().strip(" ()")
        labels = (
            rendered.mentions[spot - len(step.group()) - 1].label if glue == "" else "",
            rendered.mentions[spot].label,
        )
        if glue or labels in {("POSITION", "PERSON"), ("PERSON", "POSITION")}:
            if not (glue == "," and labels[1] in {"PLACE", "FACILITY"} and found[-1].label != "PLACE"):
                found.append(_whole(rendered, spot))
        position = spot + 1


_ITEM_BEFORE = re.compile(
    r"(?:[,;:]|^|(?<!\w)(?:dan|serta|kemudian|lalu|terakhir|adalah|yakni|yaitu|lainnya|disusul|diikuti))[ :]*(?:tim |oleh )?$"
)


def _listed(rendered: Rendered, at: int, end: int) -> list[Mention]:
    """Return the names of a list that opens at ``at``: those behind a comma, a conjunction or the opener itself."""
    found: list[Mention] = []
    for match in re.compile(_REC).finditer(rendered.text, at, end):
        m = rendered.mentions[match.start()]
        glue = _ITEM_BEFORE.search(rendered.text[at : match.start()])
        if glue and not (m.label == "PLACE" and found and found[-1].label != "PLACE") and m.kind != "country":
            found.append(_whole(rendered, match.start()))
    return found


_LIST_OPENER = re.compile(
    r"(?:,| )(?:yakni|yaitu|adalah|antara lain|di ?antaranya|masing-masing)(?: adalah| yakni)?|:"
)


def _given(rendered: Rendered, at: int, end: int) -> list[Mention]:
    """Return who is given something: the names behind kepada, or the list that a count announces."""
    found, _stop = _following(rendered, at, end)
    if found:
        return found
    opener = _LIST_OPENER.search(rendered.text, at, end)
    return _listed(rendered, opener.end(), end) if opener and opener.start() - at < 60 else []


_NEXT_NAME = re.compile(r"(?: ?\([^)]*\))?(?:" + _COORDINATION.pattern + r"|,? )(?=" + _REC + ")")


def _cue(kind: str, text: str) -> str:
    return next((c.id for c in cues(kind) if c.pattern.search(text)), "")


def _discourse(
    rendered: Rendered, left: int, anchor: _Anchor, right: int
) -> tuple[bool, bool, tuple[str, ...]]:
    """Return (whether the clause is a fact, whether it is history, ids of the cues that count)."""
    before = rendered.text[max(0, left) : anchor.start]
    for kind in ("negated", "future", "rival"):
        found = _cue(kind, before)
        if found:
            return False, False, (found,)
    clause = rendered.text[left:right]
    for kind in ("thanks", "definition"):
        found = _cue(kind, clause if kind == "thanks" else rendered.text[left : anchor.end])
        if found and anchor.rule.frame in {"given", "give", "received", "passive", "relative"}:
            return False, False, (found,)
    past = _cue("past", rendered.text[left:right])
    return True, bool(past), (past,) if past else ()


def _frame(
    text: str, rendered: Rendered, anchor: _Anchor, bounds: tuple[int, int], title: bool
) -> Frame | None:
    left, right = bounds
    body = rendered.text
    left = max(left, _last_boundary(body, left, anchor.start))
    stop = _NEXT_CLAUSE.search(body, anchor.end, right)
    right = stop.start() if stop else right
    fact, past, found = _discourse(rendered, left, anchor, right)
    if not fact:
        return None
    recipients: list[Mention] = []
    organisers: list[Mention] = []
    kind = anchor.rule.frame
    content = (left, right)
    if kind in {"active", "title"}:
        recipients, _start = _subject(rendered, left, anchor.start)
        together = _TOGETHER.search(body, anchor.end, right)
        if recipients and together:
            # "menjuarai kategori X bersama Universitas Y"
            recipients += [
                m for m in _following(rendered, together.end(), right, 4)[0] if m.label not in {"PERSON", "POSITION"}
            ]
        before = body[left : anchor.start]
        generic = _GENERIC_SUBJECT.search(before) or _COUNT_SUBJECT.search(before)
        if not recipients and generic and not _WORK_SUBJECT.search(before):
            return None
    elif kind == "listing":
        content = (anchor.start, right)
        if _cue("definition", rendered.text[:right]) or _cue("candidate", rendered.text[:right]):
            return None
    elif kind in {"passive", "received"}:
        recipients, end = _following(rendered, anchor.end, right)
        if not recipients and not re.search(_ANY, body[left : anchor.start]):
            return None
    elif kind == "given":
        recipients = _given(rendered, anchor.match.end(), right)
        if not recipients:
            return None
    elif kind == "give":
        recipients = _given(rendered, anchor.match.end(), right)
        organisers = _subject(rendered, left, anchor.start)[0]
        if not recipients:
            return None
    elif kind == "crown":
        recipients, end = _following(rendered, anchor.end, right)
        organisers = _subject(rendered, left, anchor.start)[0]
        if not recipients:
            return None
    elif kind == "follow":
        recipients = _listed(rendered, anchor.end, right) or _following(rendered, anchor.end, right)[0]
        content = (anchor.end, right)
        if not recipients:
            return None
    elif kind == "relative":
        recipients = _listed(rendered, anchor.end, right)
        content = (min(left, anchor.match.start()), right)
        if not recipients:
            return None
    prizes = read_prizes(text, rendered, *content)
    return Frame(
        anchor.rule.id,
        rendered,
        tuple(recipients),
        tuple(prizes),
        tuple(organisers),
        past,
        title,
        rendered.span(left, right),
        found,
        kind == "active" and not recipients and bool(_PRONOUN.search(body[left : anchor.start])),
        bool(_SAME.search(body, 0, right)),
    )


_FOLLOWS = re.compile(r"(?<!\w)(?:diikuti|disusul|menyusul)(?!\w)")


def _pairs(text: str, rendered: Rendered) -> list[Frame]:
    """Read winner lists inside one sentence: at least two pairs of a rank and a name."""
    if _FOLLOWS.search(rendered.text):
        return []
    for rule in frame_rules():
        if not rule.frame.startswith("pair"):
            continue
        matches = list(rule.pattern.finditer(rendered.text))
        if len(matches) < 2 and not any(" atas nama " in m.group() for m in matches):
            continue
        if rule.frame == "pair_number" and not _AWARD.search(rendered.text):
            continue
        return [_pair(text, rendered, rule, matches, number) for number in range(len(matches))]
    return []


def _pair(
    text: str, rendered: Rendered, rule: FrameRule, matches: Sequence[re.Match[str]], number: int
) -> Frame:
    """Build the frame of one pair: its own prize, and what the sentence says before the list for all of them."""
    match = matches[number]
    following = matches[number + 1].start() if number + 1 < len(matches) else match.end()
    window = (match.start(), max(match.end(), following if rule.frame == "pair" else match.end()))
    own = (read_prizes(text, rendered, *window) or [Prize()])[0]
    if rule.frame == "pair_number":
        start, end = rendered.span(*match.span("num"))
        own = replace(own, result=Mention(start, end, "RESULT", rule.id, kind="peringkat"))
    head = (read_prizes(text, rendered, 0, matches[0].start()) or [Prize()])[-1]
    whole = (read_prizes(text, rendered, 0, len(rendered.text)) or [Prize()])[0]
    prize = Prize(
        own.result,
        own.category or head.category,
        own.group or head.group,
        own.work,
        own.event or head.event or whole.event,
    )
    spots = [s for s in rendered.mentions if match.start("rec") <= s < match.end("rec")]
    winners = tuple(_whole(rendered, s) for s in sorted(spots))
    return Frame(rule.id, rendered, winners, (prize,), span=rendered.span(*window))


_BULLET = re.compile(r"\s*(?:[-–—•*·▪●]|\(?\d{1,2}[.)]|[a-z][.)])\s*(?=\S)")


def is_list_item(text: str, sentence: Sentence) -> bool:
    """Whether a sentence is a line of a list: it opens with a bullet or a number."""
    return bool(_BULLET.match(text, sentence.start, sentence.end))


_LIST_AHEAD = re.compile(
    r"(?<!\w)berikut (?:ini )?(?:adalah )?(?:daftar|para pemenang|para juara|para peraih|rincian|nama-nama|hasil lengkap)"
)


def opens_list(rendered: Rendered) -> bool:
    """Whether a sentence announces a list of prizes: it ends in a colon and speaks of awards, not of a contest's rules."""
    text = rendered.text.rstrip()
    if _LIST_AHEAD.search(text):
        return not _cue("definition", text) and not _cue("future", text)
    if not text.endswith(
        (":", "berikut", "berikut.", "yakni", "yaitu", "antara lain", "peringkat.", "daftarnya.")
    ):
        return False
    return (
        bool(_AWARD.search(text))
        and not _cue("definition", text)
        and not _cue("future", text)
        and not _cue("candidate", text)
    )


_AWARD = re.compile(
    expand("{award}") + "|pemenang|juara|kategori|[" + SYMBOLS["RESULT"] + SYMBOLS["EVENT"] + "]"
)


@dataclass(slots=True)
class ListContext:
    """What a list said before its lines: the heading's category and group, and whether numbers are ranks."""

    category: Mention | None = None
    group: Mention | None = None
    ranked: bool = False
    event: Mention | None = None


_RANKED = re.compile(r"peringkat|juara|urutan|pemenang|terbaik")
_NUMBER = re.compile(r"\W*(\d{1,2})(?=[.)])")


def ranks_lines(rendered: Rendered) -> bool:
    """Whether the opener of a list says that the numbers of its lines are ranks."""
    return bool(_RANKED.search(rendered.text))


def read_heading(rendered: Rendered, context: ListContext) -> bool:
    """Take the category or group of a heading line ("Kategori Website :"); return whether it is one."""
    labels = {m.label for m in rendered.mentions.values()}
    marks = rendered.between(0, len(rendered.text), "CATEGORY")
    if not marks or labels & {"PERSON", "AGENCY", "ORGANISATION", "POSITION"} or len(rendered.text) > 90:
        return False
    context.category = next((m for m in marks if m.kind != "group"), None)
    context.group = next((m for m in marks if m.kind == "group"), None)
    return True


def list_frame(text: str, rendered: Rendered, context: ListContext) -> Frame | None:
    """Read a line of a prize list that has no verb of its own.

    Args:
        text: Article text.
        rendered: Rendered line.
        context: What the lines above it set.
    """
    prizes = [p for p in read_prizes(text, rendered, 0, len(rendered.text)) if not p.bare or p.event] or [
        Prize()
    ]
    prize = prizes[0]
    number = _NUMBER.match(text, rendered.sentence.start, rendered.sentence.end)
    if prize.result is None and context.ranked and number:
        prize = replace(prize, result=Mention(*number.span(1), "RESULT", "W14", kind="peringkat"))
    if context.category is not None or context.group is not None:
        prize = replace(
            prize, category=prize.category or context.category, group=prize.group or context.group
        )
    if prize.bare and prize.event is None:
        return None
    spots = [spot for spot, m in sorted(rendered.mentions.items()) if m.label in RECIPIENT_LABELS]
    winners = [s for s in spots if not _in_phrase(rendered, 0, s) or rendered.mentions[s].label == "PERSON"]
    recipients = (_whole(rendered, winners[0]),) if winners else ()
    if not recipients and (context.category or context.group) and prize.event is None:
        return None
    return Frame("W14", rendered, recipients, (prize, *prizes[1:]), span=rendered.span(0, len(rendered.text)))


def find_frames(text: str, rendered: Rendered, title: bool = False) -> list[Frame]:
    """Find the frames of a sentence.

    Args:
        text: Article text.
        rendered: Rendered sentence.
        title: Whether the sentence is the headline.

    Returns:
        Frames in text order.
    """
    pairs = _pairs(text, rendered)
    if pairs:
        return pairs
    anchors = _anchors(rendered, title)
    frames: list[Frame] = []
    left = 0
    for number, anchor in enumerate(anchors):
        right = len(rendered.text)
        if number + 1 < len(anchors):
            upcoming = anchors[number + 1]
            right = _subject(
                rendered,
                max(anchor.end, _last_boundary(rendered.text, anchor.end, upcoming.start)),
                upcoming.start,
            )[1]
            if upcoming.rule.frame in {"passive", "received", "given"}:
                right = _left_of_content(rendered, anchor.end, upcoming.start)
            elif right == upcoming.start:
                right = _clause_cut(rendered.text, anchor.end, upcoming.start)
        frame = _frame(text, rendered, anchor, (left, right), title)
        if frame:
            if (
                not frame.recipients
                and frames
                and anchor.rule.frame == "active"
                and frames[-1].rendered is rendered
            ):
                # a second predicate without a subject shares the one before it
                frame = replace(frame, recipients=frames[-1].recipients)
            frames.append(frame)
        left = right  # what one clause has read is its own
    return frames


def _ordered(frame: Frame, leader: Frame) -> tuple[Prize, ...]:
    """Give who follows the leader's category and group; ranks only where they are written."""
    first = leader.prizes[0] if leader.prizes else Prize()
    return tuple(
        replace(
            p,
            category=p.category or first.category,
            group=p.group or first.group,
            event=p.event or first.event,
        )
        for p in frame.prizes
    )


def _clause_cut(text: str, start: int, end: int) -> int:
    """Where a clause without a subject of its own starts: at the last comma or conjunction with no prize behind it."""
    cut = end
    for match in re.finditer(
        r",|;|(?<!\w)(?:dan|serta|tetapi|tapi|namun|lalu|kemudian)(?!\w)", text[start:end]
    ):
        if not re.search(
            "[" + SYMBOLS["RESULT"] + SYMBOLS["CATEGORY"] + SYMBOLS["EVENT"] + "]",
            text[start + match.end() : end],
        ):
            cut = start + match.start()
            break
    return cut


def _left_of_content(rendered: Rendered, start: int, verb: int) -> int:
    """Where the object of a passive starts: after the last comma or conjunction before its first prize word."""
    cut = start
    for match in re.finditer(r", |(?<!\w)(?:dan|serta|sedangkan|sementara)(?!\w)", rendered.text[start:verb]):
        if re.search(
            "[" + SYMBOLS["RESULT"] + SYMBOLS["CATEGORY"] + SYMBOLS["EVENT"] + "]",
            rendered.text[start + match.end() : verb],
        ):
            cut = start + match.end()
    return cut if cut > start else verb


def mentions_year(text: str) -> Sequence[int]:
    """Return the four-digit years in ``text``."""
    return [int(m.group()) for m in _YEARISH.finditer(text)]
