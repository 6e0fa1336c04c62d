"""Rows of rule tables as data classes: what a rule means stands on its row, and a wrong row ends at load.

A table's class says what its keys hold: types, closed lists of values, what a key means. Patterns are
compiled when they are loaded. Whatever does not fit ends in a :class:`~pipeline.errors.LexiconError` with
file and line and what to write instead, before the first page is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from pipeline.errors import LexiconError
from pipeline.lexicon import cached, lines

__all__ = ["Row", "RuleRow", "doc", "keys", "of_table", "rows", "table_type"]

_FIELD = re.compile(r"`\$\.(\w+)|field `(\w+)`")
_types: dict[str, type[Row]] = {}


def doc(meaning: str) -> msgspec.Meta:
    """Say what a key of a table means, as an annotation of its type.

    Args:
        meaning: What the documentation and messages say of it.
    """
    return msgspec.Meta(description=meaning)


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of a typed table."""

    table: ClassVar[str] = ""

    @classmethod
    def compiled(cls, pattern: str, _row: Mapping[str, Any]) -> object:
        """Return a pattern of this table compiled: macros replaced, flags and borders added.

        Args:
            pattern: As the row has it.
            _row: The whole row.

        Raises:
            ValueError: If it names a macro that does not exist.
            re.error: If it is no regular expression.
        """
        return re.compile(pattern)


_R = TypeVar("_R", bound=Row)


def of_table(name: str) -> Callable[[type[_R]], type[_R]]:
    """Say which table the rows of a class stand in (a decorator).

    Args:
        name: Table name, the file's name without ``.jsonl``.
    """

    def told(kind: type[_R]) -> type[_R]:
        kind.table = name
        _types[name] = kind
        return kind

    return told


def table_type(name: str) -> type[Row] | None:
    """Return the class of a typed table, ``None`` for a table of words."""
    return _types.get(name)


def keys(kind: type[Row]) -> dict[str, str]:
    """Return what each key of a table means.

    Args:
        kind: Class of its rows.
    """
    hints = get_type_hints(kind, include_extras=True)
    return {
        field.encode_name: next(
            (m.description or "" for m in getattr(hints[field.name], "__metadata__", ())), ""
        )
        for field in msgspec.structs.fields(kind)
    }


@cached
def rows(kind: type[_R]) -> tuple[_R, ...]:
    """Load and check a typed table.

    Args:
        kind: Class of its rows, see :func:`of_table`.

    Returns:
        Its rows in file order, those of rule packs behind the package's own.

    Raises:
        LexiconError: If a row does not fit its class or an id repeats.
    """
    found: list[_R] = []
    seen: set[str] = set()
    for where, raw in lines(kind.table):

        def compiled(_kind: type, pattern: Any, raw: Mapping[str, Any] = raw) -> object:  # noqa: ANN401
            return _compiled(kind, pattern, raw)

        try:
            row = msgspec.convert(raw, kind, dec_hook=compiled)
        except msgspec.ValidationError as error:
            raise LexiconError(f"{where}: {_told(kind, str(error))}") from error
        name = getattr(row, "id", None)
        if name in seen:
            raise LexiconError(f"{where}: id {name!r} repeats; choose one that is free")
        if name is not None:
            seen.add(name)
        found.append(row)
    return tuple(found)


def _compiled(kind: type[Row], pattern: object, row: Mapping[str, Any]) -> object:
    if not isinstance(pattern, str):
        raise ValueError(f"should be a regular expression, got {pattern!r}")
    try:
        return kind.compiled(pattern, row)
    except re.error as error:
        raise ValueError(f"{error}; mend the regular expression {pattern!r}") from error


def _told(kind: type[Row], message: str) -> str:
    """Return a message of msgspec with what to write instead."""
    named = _FIELD.search(message)
    key = (named.group(1) or named.group(2)) if named else ""
    known = keys(kind)
    if "unknown field" in message:
        return f"unknown key {key!r}; known: {', '.join(known)}"
    if "missing required field" in message:
        return f"missing key {key!r}: {known.get(key, '')}"
    told = re.sub(r" - at `\$.*`$", "", message)
    values = _values(get_type_hints(kind).get(key))
    told += f"; use one of {', '.join(map(repr, values))}" if values else ""
    return f"{key!r}: {told}" + (f" ({known[key]})" if known.get(key) else "") if key else told


def _values(hint: object) -> tuple[object, ...]:
    """Return the values that a key may have, if they are a closed list."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    return next((found for inner in get_args(hint) if (found := _values(inner))), ())


class RuleRow(Row, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the rows of all rule tables have."""

    id: str
    meaning: str
    examples: tuple[str, ...]
    counter: tuple[str, ...]
