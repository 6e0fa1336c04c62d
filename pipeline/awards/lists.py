"""Lists over several lines: openers, headings, and lines that tell a prize without a verb."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.awards.frame_arguments import in_phrase, whole_name
from pipeline.awards.pack import find_cue, grammar, reader_rule
from pipeline.awards.prizes import read_prizes
from pipeline.awards.render import RECIPIENT_LABELS, Rendered
from pipeline.awards.structures import Frame, Prize
from pipeline.document import Mention, Sentence
from pipeline.terms.term_rules import traits

_BULLET = re.compile(r"\s*(?:[-–—•*·▪●]|\(?\d{1,2}[.)]|[a-z][.)])\s*(?=\S)")
_NUMBER = re.compile(r"\W*(\d{1,2})(?=[.)])")
#: How a sentence ends whose list stands in the lines below.
OPENER_ENDS = (":", "berikut", "berikut.", "yakni", "yaitu", "antara lain", "peringkat.", "daftarnya.")
#: A line of a list is no longer than this.
_ITEM_LENGTH = 180
#: What opens a line that says who won what: the name, and a dash or a colon behind it.
_NAME_FIRST = re.compile(
    r"\W*((?:[A-Z][\w'’.]*|bin|binti)(?: (?:[A-Z][\w'’.]*|bin|binti)){0,6}),? ?(?:[–—:]|-(?= )) ?"
)
#: A heading by its form: some words that start with a capital, and a colon behind them.
_HEADLINE = re.compile(r"[^\w\n]*([A-Z][^\W_]*(?:[ /&-]{1,3}[\w()]+){0,6}) ?:")
#: A field in a bracket behind a winner, and the labels of winners that have one.
_FIELD = re.compile(r" ?\(([A-Z][\w'’]*(?: [\w'’]+){0,4})\)")
_PEOPLE = frozenset({"PERSON", "NAME"})
#: A heading is no longer than this.
_HEADING_LENGTH = 90


@dataclass(frozen=True, slots=True)
class ListContext:
    """What a list said before its lines: a heading's category, group and event, whether numbers are ranks.

    ``headline`` is a heading that does not call itself a category ("Pidato SD:"): it is one for lines with a
    rank of their own. ``prize`` is what the opener says that all names below it won.
    """

    category: Mention | None = None
    group: Mention | None = None
    ranked: bool = False
    headline: Mention | None = None
    event: Mention | None = None
    prize: Prize | None = None


def is_list_item(text: str, sentence: Sentence) -> bool:
    """Whether a sentence is a line of a list: it opens with a bullet or a number."""
    return bool(_BULLET.match(text, sentence.start, sentence.end))


def is_plain_item(text: str, rendered: Rendered) -> bool:
    """Whether a sentence may be a line of a list without bullets: a short line of its own that names a prize.

    Only to be asked below the opener of a list.
    """
    start, end = rendered.sentence.start, rendered.sentence.end
    alone = text[:start].rstrip(" \t").endswith("\n") and text[end:].lstrip(" \t.;,")[:1] in {"", "\n", "\r"}
    labels = {m.label for m in rendered.mentions.values()}
    # a category alone is the heading of the lines below it
    named = bool(labels & {"RESULT", "EVENT"}) or (
        "CATEGORY" in labels and bool(labels & set(RECIPIENT_LABELS))
    )
    told = grammar("narrated").search(rendered.text)
    return (
        alone
        and end - start <= _ITEM_LENGTH
        and named
        and not told
        and not text[start:end].rstrip().endswith(":")
    )


def is_name_only(rendered: Rendered) -> bool:
    """Whether a line is nothing but a name, a bullet before it and a bracket behind it at most."""
    bare = grammar("name_line").fullmatch(rendered.text)
    return bare is not None and rendered.mentions[bare.start("rec")].kind != "country"


def opener_prize(text: str, rendered: Rendered) -> Prize | None:
    """Return what the opener of a list says that the names below it won, if it names one prize."""
    if not grammar("winners_of").search(rendered.text):
        return None
    prizes = [p for p in read_prizes(text, rendered, 0, len(rendered.text)) if not p.bare]
    return prizes[0] if len(prizes) == 1 else None


def opens_list(rendered: Rendered) -> bool:
    """Whether a sentence announces a list of prizes: not one of a contest's rules."""
    text = rendered.text.rstrip()
    if grammar("list_ahead").search(text):
        return not find_cue("list_ahead", {"clause": text})
    ahead = text.endswith(OPENER_ENDS) and grammar("winners_ahead").search(text)
    return bool(ahead) and not find_cue("winners_ahead", {"clause": text})


def ranks_lines(rendered: Rendered) -> bool:
    """Whether the opener of a list says that the numbers of its lines are ranks."""
    return bool(grammar("ranked_lines").search(rendered.text))


def read_contest(
    rendered: Rendered, below: Rendered | None, context: ListContext, *, listed: bool
) -> ListContext | None:
    """Read a line that is nothing but a contest's name, above lines with ranks, into the context.

    Args:
        rendered: The line.
        below: The line below it.
        context: What the lines above set.
        listed: Whether it stands in a list; if not it has to say that winners follow.
    """
    contest = grammar("event_line").fullmatch(rendered.text)
    ranked = below is not None and any(m.label == "RESULT" for m in below.mentions.values())
    if contest is None or not ranked or not (listed or contest.group("winners")):
        return None
    return ListContext(ranked=context.ranked, event=rendered.mentions[contest.start("event")])


def read_heading(rendered: Rendered, context: ListContext) -> ListContext | None:
    """Read a heading line ("Kategori Website :") into the context; ``None`` if it is no heading."""
    labels = {m.label for m in rendered.mentions.values()}
    marks = rendered.between(0, len(rendered.text), "CATEGORY")
    named = labels & {"PERSON", "AGENCY", "ORGANISATION", "POSITION"}
    if not marks or named or len(rendered.text) > _HEADING_LENGTH:
        return None
    return ListContext(
        ranked=context.ranked,
        event=context.event,
        category=next((m for m in marks if m.kind != "group"), None),
        group=next((m for m in marks if m.kind == "group"), None),
    )


def read_headline(text: str, rendered: Rendered, context: ListContext) -> ListContext | None:
    """Read a short line of a list that ends in a colon and names neither winner nor prize."""
    match = _HEADLINE.fullmatch(text, rendered.sentence.start, rendered.sentence.end)
    labels = {m.label for m in rendered.mentions.values()}
    if match is None or labels & {*RECIPIENT_LABELS, "RESULT"} - {"PLACE"}:
        return None
    headline = Mention(*match.span(1), "CATEGORY", reader_rule("list_line").id)
    return ListContext(ranked=context.ranked, event=context.event, headline=headline)


def list_frame(text: str, rendered: Rendered, context: ListContext) -> Frame | None:
    """Read a line of a prize list that has no verb of its own.

    Args:
        text: Article text.
        rendered: Rendered line.
        context: What the lines above it set.
    """
    prizes = [p for p in read_prizes(text, rendered, 0, len(rendered.text)) if not p.bare or p.event]
    prize = _in_context(text, rendered, prizes[0] if prizes else Prize(), context)
    if context.prize is not None and prize.bare and prize.event is None and is_name_only(rendered):
        return Frame(
            reader_rule("list_names"), rendered, _winner(rendered), (context.prize,), span=_whole(rendered)
        )
    if prize.bare and prize.event is None and not (prize.group and is_name_only(rendered)):
        return None
    recipients = _winner(rendered) or _named_first(text, rendered)
    own = prize.category
    if not recipients and own is not None and traits(own).maybe_winner and _has_contest(context):
        # below the name of a contest: "Juara I Remaja Masjid Al-Ikhlas"
        recipients = (Mention(own.start, own.end, "NAME", "NAM08"),)
        prize = replace(prize, category=context.category or context.headline)
    if not recipients and (context.category or context.group) and prize.event is None:
        return None
    if recipients and prize.category is None:
        prize = replace(prize, category=_bracketed(text, rendered, recipients[0]))
    prize = replace(prize, event=prize.event or context.event)
    rule = reader_rule("list_line")
    return Frame(rule, rendered, recipients, (prize, *prizes[1:]), span=_whole(rendered))


def in_section(frame: Frame, context: ListContext) -> Frame:
    """Give the prizes of a line with its own winner ("Juara I : Rina") what the heading above says."""
    prizes = tuple(
        replace(
            p,
            category=p.category or context.category or context.headline,
            group=p.group or context.group,
            event=p.event or context.event,
        )
        for p in frame.prizes
    )
    return replace(frame, prizes=prizes) if frame.rule.list_line else frame


def _whole(rendered: Rendered) -> tuple[int, int]:
    return rendered.span(0, len(rendered.text))


def _winner(rendered: Rendered) -> tuple[Mention, ...]:
    spots = [spot for spot, m in sorted(rendered.mentions.items()) if m.label in RECIPIENT_LABELS]
    free = [s for s in spots if rendered.mentions[s].label == "PERSON" or not in_phrase(rendered, 0, s)]
    return (whole_name(rendered, free[0]),) if free else ()


def _has_contest(context: ListContext) -> bool:
    return any((context.category, context.headline, context.event))


def _bracketed(text: str, rendered: Rendered, winner: Mention) -> Mention | None:
    """Return the field of a contest that a line tells in a bracket behind a person ("Rina (Tartil)")."""
    match = _FIELD.match(text, winner.end, rendered.sentence.end) if winner.label in _PEOPLE else None
    if match is None or any(
        m.start < match.end() and match.start() < m.end for m in rendered.mentions.values()
    ):
        return None
    return Mention(*match.span(1), "CATEGORY", reader_rule("list_line").id)


def _named_first(text: str, rendered: Rendered) -> tuple[Mention, ...]:
    """Return the unknown name that opens a line ("Rina Sari - Juara 1"), unless a prize holds it."""
    match = _NAME_FIRST.match(text, rendered.sentence.start, rendered.sentence.end)
    if match is None:
        return ()
    start, end = match.span(1)
    covered = any(m.start < end and start < m.end for m in rendered.mentions.values())
    return () if covered or match.end() >= rendered.sentence.end else (Mention(start, end, "NAME", "NAM04"),)


def _in_context(text: str, rendered: Rendered, prize: Prize, context: ListContext) -> Prize:
    """Fill what a line leaves to the lines above it."""
    number = _NUMBER.match(text, rendered.sentence.start, rendered.sentence.end)
    if prize.result is None and context.ranked and number:
        prize = replace(
            prize, result=Mention(*number.span(1), "RESULT", reader_rule("list_line").id, kind="peringkat")
        )
    if prize.result is not None and context.headline is not None and prize.category is None:
        prize = replace(prize, category=context.headline)
    return replace(prize, category=prize.category or context.category, group=prize.group or context.group)
