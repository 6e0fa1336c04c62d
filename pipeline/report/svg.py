"""matplotlib's SVG made fit for the report's page.

The page's Content-Security-Policy allows no ``style`` attributes, its colours change with light and dark, and
its words with the language. So only shapes and texts are taken over, colours become classes of the page's
style sheet, and texts that the page translates carry their key.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from pipeline.errors import PenghargaanError

_SVG = "{http://www.w3.org/2000/svg}"
_GEOMETRY = ("d", "transform", "x", "y")
_SIZE = re.compile(r"(?<!\d)(\d+(?:\.\d+)?)px")
#: Prefix of the id of a text that the page translates.
KEY = "string:"
_NUMBER = re.compile(r"-?(?<!\d)\d+\.\d{2,}")


def _declarations(style: str) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in style.split(";") if ":" in part)
    return {name.strip(): value.strip() for name, value in pairs}


def _rounded(text: str) -> str:
    return _NUMBER.sub(lambda match: f"{float(match[0]):.1f}".removesuffix(".0"), text)


def _shape(element: ET.Element, colours: Mapping[str, str]) -> ET.Element | None:
    style = _declarations(element.get("style", ""))
    fill = colours.get(style.get("fill", "#000000"))
    stroke = colours.get(style.get("stroke", "none"))
    if not fill and not stroke:
        return None  # the background, or an empty frame
    made = ET.Element("path", {"d": _rounded(" ".join(element.get("d", "").split()))})
    made.set(
        "class", " ".join([*([f"fill-{fill}"] if fill else []), *([f"line-{stroke}"] if stroke else [])])
    )
    opacity = style.get("opacity") or style.get("fill-opacity")
    if opacity and fill:
        made.set("fill-opacity", f"{float(opacity):.2f}")
    return made


def _text(element: ET.Element, colours: Mapping[str, str], words: Mapping[str, str], key: str) -> ET.Element:
    style = _declarations(element.get("style", ""))
    made = ET.Element(
        "text", {name: _rounded(element.get(name, "")) for name in _GEOMETRY if element.get(name)}
    )
    size = _SIZE.search(style.get("font", "") or style.get("font-size", ""))
    made.set("font-size", size[1] if size else "12")
    if anchor := style.get("text-anchor"):
        made.set("text-anchor", anchor)
    made.set("class", f"fill-{colours.get(style.get('fill', ''), 'text')}")
    made.text = element.text
    if key in words:
        made.set("data-t", key)
        made.text = words[key]
    return made


def _parts(
    element: ET.Element, colours: Mapping[str, str], words: Mapping[str, str], key: str = ""
) -> Iterator[ET.Element]:
    for child in element:
        if child.tag == f"{_SVG}g":
            own = child.get("id", "")
            yield from _parts(child, colours, words, own.removeprefix(KEY) if own.startswith(KEY) else key)
        elif child.tag == f"{_SVG}path":
            if (shape := _shape(child, colours)) is not None:
                yield shape
        elif child.tag == f"{_SVG}text":
            yield _text(child, colours, words, key)
        elif child.tag not in (f"{_SVG}metadata", f"{_SVG}defs"):
            raise PenghargaanError(f"a picture has an element that the report does not know: {child.tag}")


def themed(source: str, colours: Mapping[str, str], words: Mapping[str, str]) -> Markup:
    """Return a picture for the page: shapes and texts without styles, hidden from screen readers.

    Args:
        source: What matplotlib wrote.
        colours: Names of colours in the page's style sheet, by what matplotlib was told ("#010203").
        words: Texts of the keys by which the page translates.

    Raises:
        PenghargaanError: matplotlib wrote something that this function does not know.
    """
    root = ET.fromstring(source)  # noqa: S314 (written by matplotlib just now, nothing is expanded)
    made = ET.Element(
        "svg",
        {
            "viewBox": root.get("viewBox", ""),
            "width": root.get("width", "").removesuffix("pt"),
            "height": root.get("height", "").removesuffix("pt"),
            "aria-hidden": "true",
            "focusable": "false",
        },
    )
    made.extend(list(_parts(root, colours, words)))
    return Markup(ET.tostring(made, encoding="unicode", short_empty_elements=False))  # noqa: S704 (ET escapes)
