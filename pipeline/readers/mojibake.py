"""Double encoding undone: UTF-8 that was once read as Windows-1252 and saved as UTF-8 again ("â€œKota").

A reader repairs only what cannot be anything else, and does so before the page's text exists, so that every
offset counts in the repaired text. A plain text is left as it is unless *all* of it is provably encoded
twice.
"""

from __future__ import annotations

import re

_WORTH_A_LOOK = re.compile("[ÂÃâð]")
_RUN = re.compile(r"[^\x00-\x7f]+")
#: Bytes 0x81, 0x8d, 0x8f, 0x90 and 0x9d have no character in Windows-1252; decoders keep them as controls.
_BYTES = {
    **{bytes([b]).decode("latin-1"): b for b in range(0x80, 0x100)},
    **{
        bytes([b]).decode("windows-1252"): b
        for b in range(0x80, 0xA0)
        if b not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    },
}
#: How three and four bytes of UTF-8 look as Windows-1252: no language writes these in a row.
_LONG = re.compile(
    "[\\xe2\\xe3\\xef\\xf0](?:["
    + re.escape("".join(c for c, b in _BYTES.items() if 0x80 <= b <= 0xBF))
    + "]{2,3})"
)


def _undone(run: str) -> str | None:
    """Return what a run of non-ASCII characters was before it was encoded twice, or ``None``."""
    try:
        return bytes(_BYTES[c] for c in run).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None


def _whole(text: str) -> str | None:
    """Undo the text if every run of its non-ASCII characters was encoded twice, and that is no accident."""
    runs = dict.fromkeys(_RUN.findall(text))
    undone = {run: _undone(run) for run in runs}
    if not runs or None in undone.values():
        return None
    # One character of two bytes ("Ã©") might be meant; one of three, or two different ones, are not.
    characters = {c for repaired in undone.values() for c in repaired or ""}
    if len(characters) < 2 and max(characters) < "\u0800":
        return None
    return _RUN.sub(lambda match: undone[match.group()] or "", text)


def repair(text: str, *, parts: bool = False) -> tuple[str, bool]:
    r"""Undo double encoding where it is certain.

    Args:
        text: A page's text.
        parts: Also undo single sequences of three or four bytes on a page that is otherwise sound, as where
            a template is right and the article came out of a database wrong. For HTML, whose text has no
            offsets of its own yet.

    Returns:
        The text, and whether it changed.

    Example:
        >>> repair("â€œKota Malangâ€\x9d")
        ('“Kota Malang”', True)
        >>> repair("Café “Â”")
        ('Café “Â”', False)
    """
    if text.isascii() or not _WORTH_A_LOOK.search(text):
        return text, False
    whole = _whole(text)
    if whole is not None:
        return whole, True
    if not parts:
        return text, False
    repaired = _LONG.sub(lambda match: _undone(match.group()) or match.group(), text)
    return repaired, repaired != text
