"""The report's page: one HTML file that holds all it shows and may fetch nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from pipeline import __version__
from pipeline.report import charts, overview
from pipeline.report.assets import LANGS, Lang, number, provinces, say, strings
from pipeline.report.overview import Bars, Grid
from pipeline.report.payload import Payload, build_payload
from pipeline.report.run_data import RunData
from pipeline.tables.run_tables import Row
from pipeline.tables.writers import well_formed

if TYPE_CHECKING:
    from jinja2 import Environment

#: By this the command knows an earlier report, which it may replace.
GENERATOR = "penghargaan report"
#: Confidence below which records are shown for review first, in percent.
REVIEW_BELOW = 60
#: Largest report, in megabytes, unless the caller says otherwise.
DEFAULT_MEGABYTES = 5.0

_SHOWN_FAILURES = 200
_RESULT_KINDS = 12
_CATEGORIES = 12
_RECIPIENTS = 15


@cache
def _file(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(script: str, style: str) -> str:
    """Return the page's Content-Security-Policy: nothing but this script and this style, and no request.

    Args:
        script: The page's script.
        style: The page's style sheet.
    """
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _translated(lang: Lang, key: str, **values: object) -> Markup:
    given = Markup(' data-a="{}"').format(json.dumps(values, ensure_ascii=False)) if values else ""
    return Markup('<span data-t="{}"{}>{}</span>').format(key, given, say(key, lang, **values))


def _number(lang: Lang, value: float, digits: int = 0) -> Markup:
    extra = Markup(' data-digits="{}"').format(digits) if digits else ""
    return Markup('<span data-n="{}"{}>{}</span>').format(value, extra, number(value, lang, digits))


@cache
def environment() -> Environment:
    """Return the templates' environment: everything is escaped, an unknown name is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("pipeline.report", "templates"), autoescape=True, undefined=StrictUndefined
    )
    made.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False)
    return made


def _figure(
    name: str, svg: Markup, counted: Bars | Grid, heads: Sequence[str], rows: list[dict[str, Any]]
) -> dict[str, Any]:
    told = {"unknown": counted.unknown, "rest": counted.rest, "heads": heads, "rows": rows}
    return {"id": name, "title": f"chart.{name}", "svg": svg, "stacked": isinstance(counted, Bars), **told}


def _bars(
    name: str,
    svg: Markup,
    bars: Bars,
    filters: Callable[[str], Mapping[str, str] | None],
    label: Callable[[str], str] = str,
    key: Callable[[str], str] = lambda _: "",
) -> dict[str, Any]:
    rows = [
        {
            "name": label(bar.name),
            "filter": filters(bar.name),
            "key": key(bar.name),
            "numbers": [bar.won, bar.nominated, bar.total],
        }
        for bar in bars.bars
        if bar.total
    ]
    return _figure(name, svg, bars, ["figure.won", "figure.nominated", "figure.total"], rows)


def _grid(table: Grid) -> dict[str, Any]:
    rows = [
        {
            "name": event,
            "filter": {"event": f"={event}"},
            "key": "",
            "numbers": [table.counts.get((event, year), 0) for year in table.columns],
        }
        for event in table.rows
    ]
    return _figure("event_year", charts.grid(table), table, table.columns, rows)


def _kind_key(kind: str) -> str:
    return f"value.{kind}" if f"value.{kind}" in strings()["id"] else ""


def _figures(awards: list[Row], lang: Lang) -> list[dict[str, Any]]:
    years = overview.by_year(awards)
    areas = overview.by_province(awards)
    categories = overview.top(awards, lambda row: row["category"], _CATEGORIES)
    kinds = overview.top(awards, lambda row: row["result_kind"], _RESULT_KINDS)
    recipients = overview.top(awards, overview.recipient_of, _RECIPIENTS)
    province = provinces()
    keys = {bar.name: _kind_key(bar.name) for bar in kinds.bars}
    words = {
        name: charts.Word(key, say(key, lang), max((say(key, other) for other in LANGS), key=len))
        for name, key in keys.items()
        if key
    }
    return [
        _bars("year", charts.vertical(years), years, lambda year: {"year": f"={year}"}),
        _grid(overview.by_event_and_year(awards)),
        _bars(
            "province",
            charts.province_tiles(areas),
            areas,
            lambda code: {"province": f"={code}"},
            label=lambda code: province[code],
        ),
        _bars("recipient", charts.horizontal(recipients), recipients, lambda name: {"q": name}),
        _bars("category", charts.horizontal(categories), categories, lambda name: {"q": name}),
        _bars("result", charts.horizontal(kinds, words), kinds, lambda _: None, key=_kind_key),
    ]


def _confidence(awards: list[Row]) -> dict[str, Any]:
    bars = overview.by_confidence(awards)
    span = {bar.name: f"{bar.name}–{int(bar.name) + 10}%" for bar in bars.bars}
    svg = charts.vertical(bars, lambda bar: span[bar.name].removesuffix("%"), height=190)
    figure = _bars("confidence", svg, bars, lambda _: None, label=lambda name: span[name])
    return {**figure, "unknown": 0}


def _stats(data: RunData, totals: overview.Totals) -> list[dict[str, Any]]:
    """Return the key figures, each with what it is made of; what run.json does not give is left out."""
    counts = data.report.get("counts") or {}
    below = sum(
        row["confidence"] is not None and row["confidence"] * 100 < REVIEW_BELOW for row in data.awards
    )
    pages = [("stat.pages.more", {name: counts.get(name, 0) for name in ("kept", "failed")})]
    if counts.get("duplicates"):
        pages.append(("stat.pages.duplicates", {"n": counts["duplicates"]}))
    told = {"won": totals.won, "nominated": totals.nominated, "past": totals.past}
    found: list[tuple[str, object, list[tuple[str, dict[str, Any]]]]] = [
        ("stat.pages", counts.get("read"), pages),
        ("stat.with_awards", totals.pages, []),
        ("stat.records", totals.records, [("stat.records.more", told)]),
        ("stat.recipients", totals.recipients, []),
        ("stat.events", totals.events, []),
        ("stat.below", below, [("stat.below.more", {"limit": f"{REVIEW_BELOW}%"})]),
    ]
    return [
        {"key": key, "n": n, "more": [{"key": k, "given": given} for k, given in more]}
        for key, n, more in found
        if isinstance(n, int)
    ]


def _score(name: str, figure: Mapping[str, Any]) -> dict[str, Any]:
    low, high = figure["ci95"]
    return {"name": name, "p": figure["p"], "r": figure["r"], "f1": figure["f1"], "low": low, "high": high}


def _evaluation(figures: Row, lang: Lang) -> dict[str, Any]:
    awards = figures["awards"]
    scores = [_score(name, awards[name]) for name in ("slots", "primary", "core", "found")]
    for stage, inner in (("boilerplate", "tokens"), ("sentences", "exact"), ("entities", "strict")):
        if figures.get(stage):
            scores.append(_score(stage, figures[stage][inner]))
    confidence = figures.get("confidence")
    negatives = awards.get("negatives") or {}
    return {
        "pages": figures["pages"],
        "gold": figures["gold"],
        "held_out": figures.get("split") == "test",
        "scores": scores,
        "slots": awards.get("per_slot_f1") or {},
        "calibration": confidence
        and {
            name: number(confidence[source], lang, 2)
            for name, source in (
                ("mean", "mean_confidence"),
                ("right", "right"),
                ("error", "calibration_error"),
            )
        },
        "negatives": {"pages": negatives["pages"], "n": negatives["false_records"]}
        if negatives.get("pages")
        else None,
    }


def _page(data: RunData, lang: Lang, payload: str) -> str:
    script = _file("report.js")
    style = _file("highlight.css") + _file("report.css")
    awards = list(data.awards)
    totals = overview.totals(awards)
    counts = data.report.get("counts") or {}
    failures = data.report.get("failures") or []
    by_reason = counts.get("failed_by_reason") or {}
    skipped = counts.get("skipped_by_extension") or {}
    folder = data.folder.resolve().name  # without its path: the page may be passed on
    template = environment().get_template("report.html.jinja")
    page = template.render(
        lang=lang,
        tr=partial(_translated, lang),
        num=partial(_number, lang),
        plain=partial(_plain, lang),
        known=lambda key: key in strings()["id"],
        policy=policy(script, style),
        generator=GENERATOR,
        css=Markup(style),  # noqa: S704 (a file of the package)
        script=Markup(script),  # noqa: S704 (a file of the package)
        data=Markup(payload),  # noqa: S704 (to_json leaves nothing that ends the element)
        version=__version__,
        folder=folder,
        totals=totals,
        stats=_stats(data, totals),
        figures=_figures(awards, lang),
        confidence=_confidence(awards),
        failed=counts.get("failed", len(failures)),
        failed_by_reason=dict(sorted(by_reason.items(), key=lambda item: (-item[1], item[0]))),
        failures=failures[:_SHOWN_FAILURES],
        skipped=", ".join(f"{count} {extension}" for extension, count in skipped.items()),
        limit=REVIEW_BELOW,
        evaluation=_evaluation(data.evaluation, lang) if data.evaluation else None,
        evaluate_command=f"penghargaan evaluate --json > {folder}/evaluation.json",
    )
    return well_formed(page)


def _plain(lang: Lang, key: str) -> Markup:
    return escape(say(key, lang))


def render_report(
    data: RunData, lang: Lang = "id", megabytes: float = DEFAULT_MEGABYTES
) -> tuple[str, Payload]:
    """Return the report's page, and what it holds.

    Args:
        data: Tables of a run.
        lang: Language that the page opens in.
        megabytes: Size (in 10^6 bytes) to stay within by keeping less of the pages' texts.
    """
    frame = len(_page(data, lang, "").encode())
    extra = {
        "strings": strings(),
        "provinces": provinces(),
        "limit": REVIEW_BELOW,
        "size": number(megabytes, lang, 0 if megabytes == int(megabytes) else 1),
    }
    made = build_payload(data, int(megabytes * 1_000_000) - frame, extra)
    return _page(data, lang, made.json), made
