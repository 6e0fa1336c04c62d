"""What the commands ask of their arguments alike."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import UsageError


def confidence(text: str) -> float:
    """Return a number from 0 to 1, as argparse's ``type``.

    Raises:
        argparse.ArgumentTypeError: If the text is no such number.
    """
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} should be a number from 0 to 1")
    return value


def first_names(names: Sequence[str], most: int = 5) -> str:
    """Return the first of some names, and whether there are more.

    Example:
        >>> first_names(["a", "b", "c"], most=2)
        'a, b ...'
    """
    return ", ".join(names[:most]) + (" ..." if len(names) > most else "")


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Say of a file that cannot be written that it cannot.

    Raises:
        UsageError: If the system refuses.
    """
    try:
        yield
    except OSError as error:
        raise UsageError(f"cannot write {error.filename or target}: {error.strerror}") from error


def check_target(path: Path, is_ours: Callable[[str], object], head: int, refusal: str) -> None:
    """Refuse to replace a file that the command did not write.

    Args:
        path: File to write.
        is_ours: Whether a file that begins so is an earlier result.
        head: Characters of the beginning that it looks at.
        refusal: What to say of another file, after its name.

    Raises:
        UsageError: If the file may not be written there.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file")
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent} does not exist; make it or name another file")
    if path.exists() and path.stat().st_size:
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            if not is_ours(file.read(head)):
                raise UsageError(f"{path} {refusal}")


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Add the option that names rule packs, see :func:`pipeline.lexicon.use_packs`."""
    parser.add_argument(
        "--rules",
        action="append",
        default=[],
        metavar="FOLDER",
        help="add the rows of a rule pack: a folder with tables such as events.jsonl (may be repeated)",
    )
