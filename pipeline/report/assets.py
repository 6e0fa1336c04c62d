"""The report's own data files: strings in two languages, hues of slots and entities, tiles of provinces."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from pipeline.award_schema import FIELDS
from pipeline.errors import LexiconError, UsageError
from pipeline.lexicon import load_table

Lang = Literal["id", "en"]
#: Languages of the report, the default first.
LANGS: tuple[Lang, ...] = get_args(Lang)

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _rows(name: str, keys: frozenset[str]) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(files(__package__).joinpath(name).read_text("utf-8").splitlines(), 1):
        row = json.loads(line)
        if set(row) != keys:
            raise LexiconError(f"report/{name}, line {number}: the keys should be {', '.join(sorted(keys))}")
        rows.append(row)
    return rows


def _schema_rows() -> Iterator[dict[str, str]]:
    """Yield what the schema of awards calls its slots and their values."""
    words = {f"slot.{f.name}": f.label for f in FIELDS if f.label}
    for f in FIELDS:
        if f.source == "slot":
            words |= {f"value.{value}": word for value, word in f.values.items()}
    for key, word in words.items():
        yield {"key": key, **{lang: getattr(word, lang) for lang in LANGS}}


@cache
def strings() -> Mapping[Lang, Mapping[str, str]]:
    """Return what the report says, by language and key.

    Raises:
        LexiconError: A key repeats, or the languages of a row differ in their placeholders.
    """
    tables: dict[Lang, dict[str, str]] = {lang: {} for lang in LANGS}
    for row in (*_rows("strings.jsonl", frozenset({"key", *LANGS})), *_schema_rows()):
        key = row["key"]
        if key in tables["id"]:
            raise LexiconError(f"report/strings.jsonl: {key!r} repeats")
        if len({frozenset(_PLACEHOLDER.findall(row[lang])) for lang in LANGS}) > 1:
            raise LexiconError(f"report/strings.jsonl: the placeholders of {key!r} differ between languages")
        for lang in LANGS:
            tables[lang][key] = row[lang]
    return tables


def number(value: float, lang: Lang, digits: int = 0) -> str:
    """Return a number as the language writes it.

    Example:
        >>> number(12345, "id"), number(0.5, "id", 2), number(12345, "en")
        ('12.345', '0,50', '12,345')
    """
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "id" else text


def say(key: str, lang: Lang = "id", /, **values: object) -> str:
    """Return a string of the report with its values; numbers as the language writes them.

    Args:
        key: Key in ``strings.jsonl``.
        lang: Language.
        **values: Values of its placeholders.

    Raises:
        UsageError: If the language is unknown.

    Example:
        >>> say("table.shown", "en", n=3, total=5000)
        '3 of 5,000 records'
    """
    if lang not in LANGS:
        raise UsageError(f"unknown language {lang!r}; use one of {', '.join(LANGS)}")
    shown = {
        name: number(value, lang) if isinstance(value, int) else str(value) for name, value in values.items()
    }
    # not str.format: a value may hold braces
    return _PLACEHOLDER.sub(lambda match: shown.get(match[1], match[0]), strings()[lang][key])


@cache
def hues(kind: Literal["slot", "entity"]) -> Mapping[str, str]:
    """Return the slots or entity labels that are drawn, with the name of their hue, in the legend's order."""
    if kind == "slot":
        return {f.name: f.hue for f in FIELDS if f.hue}
    return {row["name"]: row["hue"] for row in _rows("entity_hues.jsonl", frozenset({"name", "hue"}))}


@cache
def tiles() -> Mapping[str, tuple[str, int, int]]:
    """Return for each province code its short name, column and row in the picture, which is north up."""
    rows = _rows("tiles.jsonl", frozenset({"code", "short", "column", "row"}))
    return {row["code"]: (row["short"], row["column"], row["row"]) for row in rows}


@cache
def provinces() -> Mapping[str, str]:
    """Return the names of the provinces by code, as people say them ("Jawa Barat")."""
    return {row["code"]: row["base"] for row in load_table("regions") if row["type"] == "province"}


@cache
def _regions() -> Mapping[str, str]:
    return {row["code"]: row["name"] for row in load_table("regions")}


def region_of(code: object) -> str:
    """Return the name of the regency or city that a region code lies in; empty where it lies in none.

    Example:
        >>> region_of("35.73.01"), region_of("35")
        ('Kota Malang', '')
    """
    head = ".".join(str(code or "").split(".")[:2])
    return _regions().get(head, "") if "." in head else ""


def province_of(code: object) -> str:
    """Return the code of the province that a region code lies in; empty where it lies in none.

    Example:
        >>> province_of("35.73"), province_of(""), province_of("99.01")
        ('35', '', '')
    """
    head = str(code or "").split(".", 1)[0]
    return head if head in provinces() else ""
