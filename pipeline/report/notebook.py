"""Rich display in notebooks: documents with entities and award slots, awards with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from pipeline.award_schema import FIELD
from pipeline.document import Article, Award, Result
from pipeline.errors import UsageError
from pipeline.report.assets import Lang, hues, number, say, strings
from pipeline.report.highlight import Mark, article_marks, award_marks, cut, slot_marks
from pipeline.report.page import environment

if TYPE_CHECKING:
    import pandas as pd
    from spacy.tokens import Doc

#: Records that a view shows, unless the caller says otherwise.
DEFAULT_LIMIT = 20

_HEADS = ("recipient", "result", "category", "event", "year", "status", "confidence")


@dataclass(frozen=True, slots=True)
class View:
    """Something to look at: a notebook shows its HTML, a terminal its text.

    Args:
        html: A fragment of HTML with its own style, without scripts.
        text: The same in a line or more of text.
    """

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def text_html(text: str, marks: Iterable[Mark], lang: Lang = "id") -> Markup:
    """Return text as HTML with its marks drawn, as the report draws them.

    Args:
        text: Text; whatever it holds, nothing of it is read as HTML.
        marks: What to draw, in offsets of ``text``.
        lang: Language of the labels.

    Example:
        >>> text_html("Kota A juara 1", [Mark(7, 14, "slot", "result")], "en")
        Markup('Kota A <mark class="hl-slot hue-result">juara 1</mark><small class="hl-tag hl-tag-slot hue-result">result</small>')
    """  # noqa: E501 (the output of an example is one line)
    html: list[Markup | str] = []
    for piece in cut(marks, 0, len(text)):
        kind = "slot" if piece.slot else "entity" if piece.entity else ""
        classes = ["hl-dropped"] if piece.dropped else []
        if piece.evidence:
            classes.append("hl-evidence")
        if kind:
            classes += [f"hl-{kind}", f"hue-{hues(kind)[piece.slot or piece.entity]}"]
        if classes:
            tag = "mark" if piece.slot else "span"
            element = Markup('<{0} class="{1}">{2}</{0}>')
            html.append(element.format(tag, " ".join(classes), text[piece.start : piece.end]))
        else:
            html.append(text[piece.start : piece.end])
        for of, name in piece.tags:
            tagged = ["hl-tag", f"hl-tag-{of}", f"hue-{hues(of)[name]}"]
            tagged += ["hl-evidence"] if piece.evidence else []
            label = say(f"{of}.{name}", lang)
            html.append(Markup('<small class="{}">{}</small>').format(" ".join(tagged), label))
    return Markup().join(html)


def legend_html(marks: Sequence[Mark], lang: Lang = "id") -> Markup:
    """Return the legend of what is drawn, slots and entities apart."""
    html = Markup()
    for kind, group in (("slot", "slots"), ("entity", "entities")):
        present = {mark.name for mark in marks if mark.kind == kind}
        items = Markup().join(
            Markup('<li><i class="hl-swatch hl-swatch-{} hue-{}"></i>{}</li>').format(
                kind, hue, say(f"{kind}.{name}", lang)
            )
            for name, hue in hues(kind).items()
            if name in present
        )
        if items:
            title = say(f"evidence.legend.group.{group}", lang)
            html += Markup('<ul class="hl-legend"><li><b>{}</b></li>{}</ul>').format(title, items)
    return html


def _cells(row: Mapping[str, Any], lang: Lang) -> list[str]:
    cells = []
    for name in _HEADS:
        value = row.get("recipient_name") or row.get(name) if name == "recipient" else row.get(name)
        if value is None or value == "":
            cells.append("–")
        elif name == "confidence":
            cells.append(f"{number(float(value) * 100, lang)}%")
        elif name == "status" and f"value.{value}" in strings()[lang]:
            cells.append(say(f"value.{value}", lang))
        else:
            cells.append(str(value))
    return cells


def _line(row: Mapping[str, Any]) -> str:
    values = (row.get(name) for name in ("result", "category", "event", "year"))
    told = " · ".join(str(value) for value in values if value not in (None, ""))
    line = f"{row.get('recipient_name') or row.get('recipient') or '–'}: {told}"
    return "".join(c if c.isprintable() else "\ufffd" for c in line)


def _view(
    rows: Sequence[Mapping[str, Any]],
    evidence: Sequence[Markup],
    lang: Lang,
    *,
    total: int,
    text: Markup | None = None,
    legend: Markup | None = None,
) -> View:
    css = "".join(files(__package__).joinpath("templates", f"{n}.css").read_text("utf-8") for n in _STYLES)
    html = (
        environment()
        .get_template("notebook.html.jinja")
        .render(
            lang=lang,
            css=Markup(css),  # noqa: S704 (files of the package)
            heads=[say(f"column.{name}", lang) for name in _HEADS],
            records=[
                {"cells": _cells(row, lang), "evidence": told}
                for row, told in zip(rows, evidence, strict=True)
            ],
            nothing=say("table.none.found", lang),
            more=say("table.shown", lang, n=len(rows), total=total) if len(rows) < total else "",
            text=text,
            legend=legend,
        )
    )
    lines = [_line(row) for row in rows] or [say("table.none.found", lang)]
    if len(rows) < total:
        lines.append(say("table.shown", lang, n=len(rows), total=total))
    return View(html, "\n".join(lines))


_STYLES = ("highlight", "notebook")


def _row(award: Award) -> dict[str, Any]:
    row: dict[str, Any] = {name: award.value(name) for name in (*_HEADS, "recipient_name")}
    return {**row, "confidence": award.confidence}


def _show_result(result: Result, lang: Lang, limit: int) -> View:
    shown = sorted(result.awards, key=lambda a: (a.start, a.end, a.record_id))[:limit]
    marks = article_marks(result.article, result.mentions)
    for award in shown:
        marks += award_marks(award)
    marks = list(dict.fromkeys(marks))  # two awards may share a slot
    return _view(
        [_row(award) for award in shown],
        [Markup()] * len(shown),
        lang,
        total=len(result.awards),
        text=text_html(result.article.text, marks, lang),
        legend=legend_html(marks, lang),
    )


def _show_doc(doc: Doc, lang: Lang, limit: int) -> View:
    result = Result(
        doc._.article or Article("", "", doc.text),
        doc._.sentences or (),
        doc._.mentions or (),
        doc._.awards or (),
    )
    return _show_result(result, lang, limit)


def written_marks(row: Mapping[str, Any]) -> list[Mark]:
    """Return the slots of a row of the awards table that stand in its evidence as written.

    A table tells where its evidence stands, but not each slot (``awards.jsonl`` does): the first place of its
    words counts.

    Args:
        row: Values by column name.
    """
    evidence = str(row.get("evidence") or "").casefold()
    slots = []
    for name in hues("slot"):
        value = str(row.get(FIELD[name].written or name) or "").casefold()
        start = evidence.find(value) if value else -1
        if start >= 0:
            slots.append((name, start, start + len(value)))
    return slot_marks(slots)


def _show_frame(frame: pd.DataFrame, lang: Lang, limit: int) -> View:
    missing = {"recipient", "event", "evidence", "confidence"} - set(frame.columns)
    if missing:
        raise UsageError(
            f"this data frame is no table of awards (no column {min(missing)!r}); show what extract() returns"
        )
    head = frame.head(limit).astype(object)
    rows = [
        {str(name): value for name, value in row.items()}
        for row in head.where(head.notna(), None).to_dict("records")
    ]
    evidence = []
    for row in rows:
        text = str(row["evidence"] or "")
        # where folding the case changes the length of a text, offsets in it are of no use
        marks = written_marks(row) if len(text.casefold()) == len(text) else []
        evidence.append(text_html(text, marks, lang))
    return _view(rows, evidence, lang, total=len(frame))


def show(data: pd.DataFrame | Result | Doc, *, lang: Lang = "id", limit: int = DEFAULT_LIMIT) -> View:
    """Show awards with their evidence, as the last line of a cell or in ``display()``.

    Args:
        data: A data frame of awards as :func:`pipeline.extract` returns it, the result of
            :func:`pipeline.process`, or a ``Doc`` of the pipeline of :func:`pipeline.load`.
        lang: Language of the labels, ``id`` or ``en``.
        limit: Number of records to show.

    Returns:
        A view that notebooks draw: for a page its text with boilerplate in grey, entities underlined, and
        award slots coloured and named; for a table its records with their evidence. Elsewhere it prints text.

    Raises:
        UsageError: If there is nothing to show in the data, or the language is unknown.

    Example:
        >>> import pipeline
        >>> pipeline.show(pipeline.process("Kota Malang meraih Terbaik II Anugerah Media Humas 2024."))
        Pemerintah Kota Malang: Terbaik II · Anugerah Media Humas · 2024
    """
    import pandas as pd
    from spacy.tokens import Doc

    if lang not in strings():
        raise UsageError(f"unknown language {lang!r}; use one of {', '.join(strings())}")
    if isinstance(data, Result):
        return _show_result(data, lang, limit)
    if isinstance(data, Doc):
        return _show_doc(data, lang, limit)
    if isinstance(data, pd.DataFrame):
        return _show_frame(data, lang, limit)
    raise UsageError(
        f"cannot show a {type(data).__name__}; give a data frame of awards, a Result or a spaCy Doc"
    )
