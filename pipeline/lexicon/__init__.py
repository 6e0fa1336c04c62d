"""The project's knowledge as data: one JSON-lines file a table, each row checked when it is loaded.

Tables of rules are typed: their rows become data classes (:mod:`pipeline.lexicon.typed_rows`). Tables of
words have a schema ``schema/<name>.json`` that maps each key to ``{"type": ..., "required": bool, "doc":
"..."}``; types are ``str``, ``int``, ``bool``, ``list[str]`` and ``dict``. ``"unique": true`` marks a key
without repeats, ``"values"`` lists all that a key may have.

Rows from outside the package, an office's own events or contests, stand in files of the same names in a
folder of their own (a rule pack), which :func:`use_packs` adds for the whole process.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

from pipeline.errors import LexiconError, UsageError

_P = ParamSpec("_P")
_T = TypeVar("_T")
_TYPES: dict[str, type] = {"str": str, "int": int, "bool": bool, "dict": dict}
_packs: tuple[Path, ...] = ()
_left_out: tuple[str, frozenset[str]] = ("", frozenset())
_caches: list[Callable[[], None]] = []


def cached(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Keep what a function makes of the lexicon until the rule packs change.

    Args:
        function: Function of hashable arguments whose result depends on nothing but them and the tables.
    """
    kept = functools.cache(function)
    _caches.append(kept.cache_clear)
    return kept  # type: ignore[return-value]  # functools hides the parameters


def use_packs(folders: Sequence[str | Path]) -> None:
    """Add the rows of rule packs to the tables, in place of those of an earlier call.

    This holds for the whole process: the tables are read once and shared by all stages.

    Args:
        folders: Folders with files named as the package's tables (``events.jsonl``, ``award_rules.jsonl``).

    Raises:
        UsageError: If a folder does not exist or holds no table.
        LexiconError: If a file is no table of the lexicon.
    """
    global _packs  # noqa: PLW0603 (what a process knows is known to all of its stages)
    found = tuple(Path(folder) for folder in folders)
    known = set(table_names()) - {"award_fields"}  # columns are the same whatever the rules
    for folder in found:
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder; name one that holds tables such as events.jsonl")
        tables = sorted(folder.glob("*.jsonl"))
        if not tables:
            raise UsageError(f"{folder} holds no table; tables are files such as events.jsonl")
        for path in tables:
            if path.stem not in known:
                raise LexiconError(f"{path}: no table has this name; known: {', '.join(sorted(known))}")
    if found != _packs:
        _packs = found
        _forget()


def _forget() -> None:
    """Forget all that was made of the tables."""
    for clear in _caches:
        clear()


@contextmanager
def without_rows(name: str, *ids: str) -> Iterator[None]:
    """Leave rows out of a table as long as a block runs, to see what they are worth.

    This holds for the whole process, like rule packs; blocks do not nest.

    Args:
        name: Table name.
        ids: Ids of the rows.
    """
    global _left_out  # noqa: PLW0603 (as above)
    _left_out = (name, frozenset(ids))
    _forget()
    try:
        yield
    finally:
        _left_out = ("", frozenset())
        _forget()


def packs() -> tuple[Path, ...]:
    """Return the folders of the rule packs in use."""
    return _packs


def table_names() -> tuple[str, ...]:
    """Return the names of all lexicon tables, sorted."""
    return tuple(
        sorted(p.name.removesuffix(".jsonl") for p in files(__name__).iterdir() if p.name.endswith(".jsonl"))
    )


def lines(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of a table as they stand in its files, each with the place that messages name.

    Args:
        name: Table name, the file's name without ``.jsonl``.

    Raises:
        LexiconError: If a line is no JSON object.
    """
    own = files(__name__).joinpath(f"{name}.jsonl")
    sources: list[tuple[str, Traversable]] = [(f"lexicon/{name}.jsonl", own)]
    sources += [(str(p / own.name), p / own.name) for p in _packs if (p / own.name).is_file()]
    for shown, source in sources:
        for number, line in enumerate(source.read_text("utf-8").splitlines(), 1):
            if not line.strip():
                continue
            where = f"{shown}, line {number}"
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise LexiconError(f"{where}: {error}; write one JSON object a line") from error
            if not isinstance(row, dict):
                raise LexiconError(f"{where}: a row should be a JSON object, got {line[:40]!r}")
            if name != _left_out[0] or row.get("id") not in _left_out[1]:
                yield where, row


def schema(name: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the schema of a table of words: what each key holds.

    Args:
        name: Table name.
    """
    found: Mapping[str, Mapping[str, Any]] = json.loads(
        files(__name__).joinpath("schema", f"{name}.json").read_text("utf-8")
    )
    return found


def _fits(value: object, kind: str) -> bool:
    if kind == "list[str]":
        return isinstance(value, list) and all(isinstance(v, str) for v in value)
    return type(value) is _TYPES[kind]


def _check(where: str, row: dict[str, Any], schema: Mapping[str, Mapping[str, Any]]) -> None:
    for key in row:
        if key not in schema:
            raise LexiconError(f"{where}: unknown key {key!r}; known: {', '.join(schema)}")
    for key, spec in schema.items():
        if key not in row:
            if spec.get("required"):
                raise LexiconError(f"{where}: missing key {key!r} ({spec.get('doc', '')})")
        elif not _fits(row[key], spec["type"]):
            raise LexiconError(f"{where}: {key!r} should be {spec['type']}, got {row[key]!r}")
        elif row[key] not in (values := spec.get("values", [row[key]])):
            raise LexiconError(f"{where}: {key!r} is {row[key]!r}; use one of {', '.join(map(repr, values))}")


@cached
def forms(name: str) -> frozenset[str]:
    """Return the words of a table that holds one a row, as ``form``."""
    return frozenset(row["form"] for row in load_table(name))


@cached
def load_table(name: str) -> tuple[Mapping[str, Any], ...]:
    """Load and check a table of words.

    Args:
        name: Table name, the file's name without ``.jsonl``.

    Returns:
        Its rows in file order, read-only.

    Raises:
        LexiconError: If a row breaks the schema or a unique value repeats.
    """
    keys = schema(name)
    found: list[Mapping[str, Any]] = []
    seen: dict[str, set[str]] = {k: set() for k, spec in keys.items() if spec.get("unique")}
    for where, row in lines(name):
        _check(where, row, keys)
        for key, values in seen.items():
            if key in row and row[key] in values:
                raise LexiconError(f"{where}: {key} {row[key]!r} repeats; choose one that is free")
            if key in row:
                values.add(row[key])
        found.append(MappingProxyType(row))
    return tuple(found)
