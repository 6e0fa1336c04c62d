"""The project's knowledge as data: one JSON-lines file a table, each with a schema.

A schema ``schema/<name>.json`` maps each key to ``{"type": ..., "required": bool, "doc": "..."}``; types are
``str``, ``int``, ``bool``, ``list[str]`` and ``dict``. ``"unique": true`` marks a key without repeats.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from pipeline.errors import LexiconError

_TYPES: dict[str, type] = {"str": str, "int": int, "bool": bool, "dict": dict}


def table_names() -> tuple[str, ...]:
    """Return the names of all lexicon tables, sorted."""
    schemas = files(__name__).joinpath("schema").iterdir()
    return tuple(sorted(p.name.removesuffix(".json") for p in schemas if p.name.endswith(".json")))


def _fits(value: object, kind: str) -> bool:
    if kind == "list[str]":
        return isinstance(value, list) and all(isinstance(v, str) for v in value)
    return type(value) is _TYPES[kind]


def _check(name: str, number: int, row: dict[str, Any], schema: Mapping[str, Mapping[str, Any]]) -> None:
    where = f"lexicon/{name}.jsonl, line {number}"
    for key in row:
        if key not in schema:
            raise LexiconError(f"{where}: unknown key {key!r}; known: {', '.join(schema)}")
    for key, spec in schema.items():
        if key not in row:
            if spec.get("required"):
                raise LexiconError(f"{where}: missing key {key!r} ({spec.get('doc', '')})")
        elif not _fits(row[key], spec["type"]):
            raise LexiconError(f"{where}: {key!r} should be {spec['type']}, got {row[key]!r}")


@cache
def load_table(name: str) -> tuple[Mapping[str, Any], ...]:
    """Load and check a lexicon table.

    Args:
        name: Table name, the file's name without ``.jsonl``.

    Returns:
        Its rows in file order, read-only.

    Raises:
        LexiconError: If a row breaks the schema or a unique value repeats.
    """
    root = files(__name__)
    schema = json.loads(root.joinpath("schema", f"{name}.json").read_text("utf-8"))
    rows: list[Mapping[str, Any]] = []
    seen: dict[str, set[str]] = {k: set() for k, spec in schema.items() if spec.get("unique")}
    for number, line in enumerate(root.joinpath(f"{name}.jsonl").read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise LexiconError(f"lexicon/{name}.jsonl, line {number}: {error}") from error
        _check(name, number, row, schema)
        for key, values in seen.items():
            if key in row and row[key] in values:
                raise LexiconError(f"lexicon/{name}.jsonl, line {number}: {key} {row[key]!r} repeats")
            if key in row:
                values.add(row[key])
        rows.append(MappingProxyType(row))
    return tuple(rows)
