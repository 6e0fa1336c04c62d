"""Brat standoff: a folder with ``.txt`` and ``.ann`` files, brat's settings, and the rest of each record.

An award is an event: its trigger is where it is told, its arguments are the slots (``organiser2`` for a
second one), choices are attributes (``soft_result`` for each soft slot), and all else is a note in JSON. A
span over several lines is written as fragments, since brat's format has one line an annotation.

Format: "brat standoff format" in brat's documentation.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.annotate.anchors import Limits
from pipeline.annotate.labels import (
    AWARD,
    CHOICES,
    COLOURS,
    GREY,
    LAYER_OF,
    LIST_SLOTS,
    SLOTS,
    SOFT_NAMES,
)
from pipeline.annotate.layers import Layers, Region, drawn_layers, to_layers
from pipeline.errors import UsageError

#: What brat has no place for, beside the text.
SIDECAR_SUFFIX = ".json"
_LINE_BREAK = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST_NAME = 80


def _sections(**sections: Iterable[str]) -> str:
    texts = ("".join(f"{line}\n" for line in (f"[{name}]", *lines)) for name, lines in sections.items())
    return "\n".join(texts)


def annotation_conf() -> str:
    """Return brat's ``annotation.conf``."""
    arguments = ", ".join(f"{slot}{'*' if slot in LIST_SLOTS else '?'}:<ENTITY>" for slot in SLOTS)
    attributes = [f"{name}\tArg:{AWARD}, Value:{'|'.join(values)}" for name, values in CHOICES.items()]
    return _sections(
        entities=(label for label in LAYER_OF if label != AWARD),
        relations=["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"],
        events=[f"{AWARD}\t{arguments}"],
        attributes=[*attributes, *(f"soft_{name}\tArg:{AWARD}" for name in SOFT_NAMES)],
    )


def visual_conf() -> str:
    """Return brat's ``visual.conf``."""
    drawing = [
        "SPAN_DEFAULT\tfgColor:black, bgColor:lightgrey, borderColor:darken",
        "ARC_DEFAULT\tcolor:black, dashArray:-, arrowHead:triangle-5",
        "ATTRIBUTE_DEFAULT\tglyph:*",
    ]
    colours = (f"{label}\tbgColor:{COLOURS.get(label, GREY)}" for label in LAYER_OF)
    return _sections(labels=LAYER_OF, drawing=[*drawing, *colours])


def fragments(text: str, start: int, end: int) -> list[Limits]:
    """Return the parts of a span that lie on one line each, without those that are blank."""
    parts = []
    at = start
    for match in _LINE_BREAK.finditer(text, start, end):
        parts.append((at, match.start()))
        at = match.end()
    parts.append((at, end))
    return [(a, b) for a, b in parts if text[a:b].strip()]


def _span(text: str, region: Region) -> str:
    parts = fragments(text, region.start, region.end)
    words = " ".join(text[a:b] for a, b in parts)
    return f"{region.label} {';'.join(f'{a} {b}' for a, b in parts)}\t{words}"


def _annotations(layers: Layers) -> Iterator[str]:
    """Yield the lines of the ``.ann`` file."""
    ids = {region.id: f"T{number}" for number, region in enumerate(layers.regions, 1)}
    for region in layers.regions:
        yield f"{ids[region.id]}\t{_span(layers.text, region)}"
    attribute = 0
    for number, name in enumerate(layers.attributes, 1):
        event = f"E{number}"
        arguments = [f"{AWARD}:{ids[name]}"]
        used: dict[str, int] = {}
        for link in layers.links:
            if link.award == name:
                used[link.slot] = used.get(link.slot, 0) + 1
                count = used[link.slot] if used[link.slot] > 1 else ""
                arguments.append(f"{link.slot}{count}:{ids[link.region]}")
        yield f"{event}\t{' '.join(arguments)}"
        rest = {}
        for key, value in layers.attributes[name].items():
            if key in CHOICES and value in CHOICES[key]:
                attribute += 1
                yield f"A{attribute}\t{key} {event} {value}"
            elif key == "soft" and isinstance(value, list) and set(value) <= set(SOFT_NAMES):
                for slot in dict.fromkeys(value):
                    attribute += 1
                    yield f"A{attribute}\tsoft_{slot} {event}"
                if len(set(value)) < len(value):
                    rest[key] = value
            else:
                rest[key] = value
        if rest:
            yield f"#{number}\tAnnotatorNotes {event}\t{json.dumps(rest)}"


def file_name(doc_id: str) -> str:
    """Return a name for the files of a page that every system and brat can hold, without extension."""
    name = _UNSAFE.sub("-", doc_id)
    if name == doc_id and len(name) <= _LONGEST_NAME and name:
        return name
    return f"{name[:_LONGEST_NAME]}-{_sha256(doc_id)[:8]}"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def write(folder: Path, pages: Sequence[Layers]) -> list[Path]:
    """Write a folder that brat can open.

    Args:
        folder: New or empty folder.
        pages: The pages.

    Returns:
        The files written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} exists and is no empty folder; name another one with -o")
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / "annotation.conf", folder / "visual.conf"]
    written[0].write_text(annotation_conf(), "utf-8", newline="")
    written[1].write_text(visual_conf(), "utf-8", newline="")
    for number, layers in enumerate(pages):
        stem = folder / file_name(layers.doc_id)
        rest = {"page": number, "text_sha256": _sha256(layers.text), "record": layers.record}
        for suffix, content in (
            (".txt", layers.text),
            (".ann", "".join(f"{line}\n" for line in _annotations(layers))),
            (SIDECAR_SUFFIX, json.dumps(rest, ensure_ascii=False, indent=1) + "\n"),
        ):
            path = stem.with_name(stem.name + suffix)
            path.write_text(content, "utf-8", newline="")
            written.append(path)
    return written


def is_folder(path: Path) -> bool:
    """Return whether a folder holds standoff files."""
    return path.is_dir() and any(path.glob("*.ann"))


class _Reader:
    """Reads one ``.ann`` file."""

    def __init__(self, path: Path, text: str, record: dict[str, Any]) -> None:
        self.path = path
        self.text = text
        self.record = record
        self.given: tuple[Region, ...] = ()
        if set(record) > {"doc_id"}:
            self.given = to_layers({**record, "text": text}).regions
        self.regions: dict[str, Region] = {}
        self.events: dict[str, tuple[str, list[tuple[str, str]]]] = {}
        self.attributes: dict[str, dict[str, Any]] = {}
        self.notes: list[str] = []

    def _region(self, name: str, label: str, spans: str, where: str) -> None:
        parts = [tuple(int(n) for n in part.split()) for part in spans.split(";")]
        start, end = parts[0][0], parts[-1][1]
        if not 0 <= start < end <= len(self.text):
            raise UsageError(f"{where}: {start} to {end} lies outside the text; is the .txt file the same?")
        if label not in LAYER_OF:
            self.notes.append(f"{name}: unknown label {label!r} at {start}; it was left out")
            return
        number = int(name[1:]) - 1 if name[1:].isdigit() else -1
        # The first ones have the numbers that export gave them.
        origin = self.given[number] if 0 <= number < len(self.given) else None
        if origin and fragments(self.text, *origin.limits) == parts:
            start, end = origin.limits  # with the line breaks at its ends, which brat cannot hold
        self.regions[name] = Region(origin.id if origin else name, start, end, label)

    def _line(self, line: str, where: str) -> None:
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            head = rest.partition("\t")[0]
            label, _, spans = head.partition(" ")
            self._region(name, label, spans, where)
        elif name.startswith("E"):
            trigger, *arguments = rest.split()
            self.events[name] = (
                trigger.partition(":")[2],
                [
                    (role.rstrip("0123456789"), target)
                    for role, _, target in (a.partition(":") for a in arguments)
                ],
            )
        elif name.startswith(("A", "M")):
            key, event, *value = rest.split()
            if key.startswith("soft_"):
                self.attributes.setdefault(event, {}).setdefault("soft", []).append(key.removeprefix("soft_"))
            elif value:
                self.attributes.setdefault(event, {})[key] = value[0]
        elif name.startswith("#"):
            head, _, note = rest.partition("\t")
            target = head.split()[-1]
            if target.startswith("E"):
                self.attributes.setdefault(target, {}).update(self._note(note, where))

    @staticmethod
    def _note(note: str, where: str) -> Mapping[str, Any]:
        try:
            value = json.loads(note)
            if not isinstance(value, dict):
                raise ValueError("no object")
        except ValueError as error:
            raise UsageError(
                f"{where}: the note of an award should be a JSON object such as "
                f'{{"year": 2025, "rank": 1}}: {error}'
            ) from error
        return value

    def read(self) -> Layers:
        """Return the page."""
        for number, line in enumerate(self.path.read_text("utf-8").split("\n"), 1):
            where = f"{self.path}, line {number}"
            if line.strip():
                try:
                    self._line(line, where)
                except (ValueError, IndexError) as error:
                    raise UsageError(f"{where} is not as brat writes it: {line!r} ({error})") from error
        # Several events may share a trigger; a region of its own for each keeps them apart.
        ids = {name: region.id for name, region in self.regions.items()}
        regions = {region.id: region for region in self.regions.values()}
        attributes: dict[str, Mapping[str, Any]] = {}
        links: list[tuple[str, str, str]] = []
        for event, (trigger, arguments) in self.events.items():
            if trigger not in ids:
                self.notes.append(f"{event} has no trigger; it was left out")
                continue
            name = ids[trigger]
            if name in attributes:
                name = f"{event}-of-{name}"
                regions[name] = Region(name, *regions[ids[trigger]].limits, AWARD)
            attributes[name] = self._attributes(name, event)
            links += [(name, slot, ids.get(target, target)) for slot, target in arguments]
        for region in [r for r in regions.values() if r.label == AWARD and r.id not in attributes]:
            del regions[region.id]
        return drawn_layers(self.text, self.record, regions.values(), links, attributes, self.notes)

    def _attributes(self, name: str, event: str) -> dict[str, Any]:
        """Return an event's attributes, a list of soft slots in the order it had before if it is the same."""
        found = dict(self.attributes.get(event, {}))
        number = name.removeprefix("awards-")
        known = (self.record.get("awards") or [])[int(number) :][:1] if number.isdigit() else []
        before = known[0].get("soft") if known else None
        if "soft" in found and isinstance(before, list) and set(before) == set(found["soft"]):
            found["soft"] = before
        return found


def read(folder: Path) -> list[Layers]:
    """Read a folder of standoff files.

    Args:
        folder: With a ``.txt`` for each ``.ann`` file; pages that export did not write have no ``.json`` file
            and are taken as annotated from scratch.

    Returns:
        The pages in the order of the export, others behind them by name.

    Raises:
        UsageError: A file is missing or broken, or a text was changed.
    """
    pages: list[tuple[float, str, Layers]] = []
    for path in sorted(folder.glob("*.ann")):
        text_path, sidecar = path.with_suffix(".txt"), path.with_suffix(SIDECAR_SUFFIX)
        if not text_path.is_file():
            raise UsageError(f"{path} has no {text_path.name} beside it; copy both")
        try:
            text = text_path.read_bytes().decode("utf-8")
            rest = json.loads(sidecar.read_text("utf-8")) if sidecar.is_file() else {}
            record = rest.get("record") or {"doc_id": path.stem}
            order = float(rest.get("page", "inf"))
        except (OSError, ValueError, AttributeError) as error:
            raise UsageError(f"{sidecar if sidecar.is_file() else text_path} is damaged: {error}") from error
        if rest and rest.get("text_sha256") != _sha256(text):
            raise UsageError(
                f"{text_path} was changed since the export: all offsets count its characters; restore it"
            )
        pages.append((order, path.name, _Reader(path, text, record).read()))
    return [layers for _, _, layers in sorted(pages, key=lambda p: p[:2])]
