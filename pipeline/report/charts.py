"""The report's pictures, drawn by matplotlib."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from pipeline.report.assets import tiles
from pipeline.report.overview import Bar, Bars, Grid
from pipeline.report.svg import KEY, themed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# What matplotlib is told for a colour of the page's style sheet: they only have to differ.
_TEXT, _MUTED, _WON, _NOMINATED, _TILE, _LINE, _ON_TILE = (f"#0{n}0{n}0{n}" for n in range(1, 8))
_COLOURS = {
    _TEXT: "text",
    _MUTED: "muted",
    _WON: "won",
    _NOMINATED: "nominated",
    _TILE: "tile",
    _LINE: "line",
    _ON_TILE: "on-tile",
}

_WIDTH = 440  # points, and pixels at the page's size
_FONT = 12
_LONGEST = 34  # characters of a label
_SETTINGS: Any = {
    "svg.fonttype": "none",  # texts stay texts
    "svg.hashsalt": "penghargaan",  # the same picture for the same data
    "text.parse_math": False,  # page text is hostile: no "$" of it is a formula
    "font.family": "DejaVu Sans",
    "font.size": _FONT,
}


@dataclass(frozen=True, slots=True)
class Word:
    """A name that the page translates.

    Args:
        key: Key of its string.
        text: The string in the language that the page opens in.
        longest: The longest of all languages, for which room is left.
    """

    key: str
    text: str
    longest: str


def label(text: str, longest: int = _LONGEST) -> str:
    """Return a label that fits: printable, one line, cut where it is too long.

    Example:
        >>> label("Anugerah Keterbukaan Informasi Publik Nasional", 24)
        'Anugerah Keterbukaan In…'
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


@contextmanager
def _quiet() -> Iterator[None]:
    import matplotlib as mpl

    with mpl.rc_context(_SETTINGS), warnings.catch_warnings():
        # a letter that the font lacks only makes its measured width a guess; the browser has its own fonts
        warnings.filterwarnings("ignore", message=".*missing from font.*")
        yield


def _figure(height: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    layout = ConstrainedLayoutEngine(w_pad=0.02, h_pad=0.02)
    figure = Figure(figsize=(_WIDTH / 72, height / 72), dpi=72, layout=layout, frameon=False)
    axes = figure.add_subplot()
    axes.set_frame_on(False)
    axes.tick_params(length=0, colors=_TEXT)
    return figure, axes


def _svg(figure: Figure, words: Mapping[str, str] | None = None) -> Markup:
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return themed(file.getvalue(), _COLOURS, words or {})


def horizontal(bars: Bars, words: Mapping[str, Word] | None = None) -> Markup:
    """Draw bars from left to right, the first on top, each with its number.

    Args:
        bars: Won and nominated records by name.
        words: Names that the page translates.
    """
    words = words or {}
    if not bars.bars:
        return Markup()
    drawn = bars.bars[::-1]
    with _quiet():
        figure, axes = _figure(24 * len(drawn) + 8)
        places = range(len(drawn))
        axes.barh(places, [b.won for b in drawn], height=0.68, color=_WON)
        axes.barh(
            places, [b.nominated for b in drawn], left=[b.won for b in drawn], height=0.68, color=_NOMINATED
        )
        most = max(b.total for b in drawn) or 1
        for place, bar in zip(places, drawn, strict=True):
            axes.text(bar.total + most * 0.015, place, f"{bar.total}", va="center", color=_MUTED, fontsize=11)
        axes.set_yticks(places, [label(words[b.name].longest if b.name in words else b.name) for b in drawn])
        for text, bar in zip(axes.get_yticklabels(), drawn, strict=True):
            if bar.name in words:
                text.set_gid(KEY + words[bar.name].key)
        axes.set_xticks([])
        axes.set_xlim(0, most * 1.12)
        axes.set_ylim(-0.6, len(drawn) - 0.4)
        return _svg(figure, {word.key: word.text for word in words.values()})


def vertical(bars: Bars, name: Callable[[Bar], str] = lambda bar: bar.name, height: int = 210) -> Markup:
    """Draw bars from the ground up, from left to right, each with its number.

    Args:
        bars: Won and nominated records by name.
        name: Label of a bar.
        height: Height in points.
    """
    if not any(bar.total for bar in bars.bars):
        return Markup()
    with _quiet():
        figure, axes = _figure(height)
        places = range(len(bars.bars))
        axes.bar(places, [b.won for b in bars.bars], width=0.72, color=_WON)
        axes.bar(
            places,
            [b.nominated for b in bars.bars],
            bottom=[b.won for b in bars.bars],
            width=0.72,
            color=_NOMINATED,
        )
        most = max(b.total for b in bars.bars)
        for place, bar in zip(places, bars.bars, strict=True):
            if bar.total:
                axes.text(
                    place, bar.total + most * 0.02, f"{bar.total}", ha="center", color=_MUTED, fontsize=11
                )
        axes.axhline(0, color=_LINE, linewidth=1)
        axes.set_xticks(places, [name(b) for b in bars.bars], fontsize=11 if len(places) < 12 else 9)
        axes.set_yticks([])
        axes.set_ylim(0, most * 1.12)
        axes.set_xlim(-0.6, len(places) - 0.4)
        return _svg(figure)


def _tile(axes: Axes, place: tuple[float, float], size: tuple[float, float], share: float) -> str:
    """Draw a tile, the darker the greater the share, and return the colour of a text on it."""
    from matplotlib.patches import Rectangle

    depth = 0.15 + 0.85 * share**0.5  # a root: few records show beside many
    colour, alpha = (_TILE, depth) if share > 0 else (_LINE, 0.5)
    axes.add_patch(Rectangle(place, *size, facecolor=colour, alpha=alpha, linewidth=0))
    return _MUTED if share == 0 else _ON_TILE if depth > 0.6 else _TEXT


def grid(table: Grid) -> Markup:
    """Draw a table of counts as tiles, the darker the more, each with its number."""
    if not table.rows:
        return Markup()
    most = max(table.counts.values())
    with _quiet():
        figure, axes = _figure(24 * len(table.rows) + 26)
        for y, row in enumerate(table.rows):
            for x, column in enumerate(table.columns):
                count = table.counts.get((row, column), 0)
                colour = _tile(axes, (x - 0.47, y - 0.44), (0.94, 0.88), count / most)
                if count:
                    axes.text(x, y, f"{count}", ha="center", va="center_baseline", color=colour, fontsize=11)
        axes.set_yticks(range(len(table.rows)), [label(row, 28) for row in table.rows])
        axes.set_xticks(range(len(table.columns)), list(table.columns), fontsize=9.5)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.set_xlim(-0.5, len(table.columns) - 0.5)
        axes.set_ylim(len(table.rows) - 0.5, -0.5)
        return _svg(figure)


def province_tiles(bars: Bars) -> Markup:
    """Draw a tile a province, about where it lies, the darker the more records.

    Args:
        bars: Records by province code.
    """
    totals = {bar.name: bar.total for bar in bars.bars}
    most = max(totals.values(), default=0)
    if not most:
        return Markup()
    placed = tiles()
    wide = max(column for _, column, _ in placed.values()) + 1
    high = max(row for _, _, row in placed.values()) + 1
    with _quiet():
        figure, axes = _figure(_WIDTH / wide * high * 1.02)
        for code, (short, x, y) in placed.items():
            count = totals.get(code, 0)
            colour = _tile(axes, (x - 0.48, y - 0.48), (0.96, 0.96), count / most)
            size = 8.5 if len(short) < 7 else 7
            axes.text(x, y - 0.12, short, ha="center", va="center", color=colour, fontsize=size)
            if count:
                axes.text(x, y + 0.22, f"{count}", ha="center", va="center", color=colour, fontsize=11)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_xlim(-0.5, wide - 0.5)
        axes.set_ylim(high - 0.5, -0.5)
        return _svg(figure)
