"""Label Studio: tasks as JSON, and the labelling interface that goes with them.

Format of the JSON: "Label Studio JSON format of annotated tasks" in its documentation. Offsets count code
points, as Python's do; old versions counted UTF-16 units, which is recognised by the words of the region.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from pipeline.annotate.labels import (
    AWARD,
    CHOICES,
    COLOURS,
    GREY,
    LABELS,
    LAYER_OF,
    NUMBERS,
    SLOTS,
    SOFT_NAMES,
    TEXTS,
)
from pipeline.annotate.layers import Layers, Region, drawn_layers
from pipeline.award_schema import FIELD
from pipeline.errors import UsageError

#: Name of the labelling interface beside the tasks.
CONFIG_SUFFIX = ".config.xml"
_TEXT = "text"
#: Text area with ``slot: other right surface`` lines.
_ACCEPT = "accept"
#: Text area with ``name: JSON`` lines, for attributes without a control of their own.
_MORE = "more"
_OLD_UNIT = "utf-16-le"
_PER_REGION = {"toName": _TEXT, "perRegion": "true"}

Item = dict[str, Any]


def config() -> str:
    """Return the labelling interface, ready to paste into a project's settings."""
    view = ET.Element("View")
    # Without it spaces are shown joined, and offsets go astray.
    ET.SubElement(view, "Style").text = ".htx-text{ white-space: pre-wrap; }"
    for layer, labels in LABELS.items():
        control = ET.SubElement(view, "Labels", name=layer, toName=_TEXT, showInline="true")
        for label in labels:
            ET.SubElement(control, "Label", value=label, background=COLOURS.get(label, GREY))
    relations = ET.SubElement(view, "Relations")
    for slot in SLOTS:
        ET.SubElement(relations, "Relation", value=slot)
    ET.SubElement(view, "Text", name=_TEXT, value="$text", granularity="symbol")
    record = ET.SubElement(
        view, "View", visibleWhen="region-selected", whenTagName="record", whenLabelValue=AWARD
    )
    for name, values in CHOICES.items():
        ET.SubElement(record, "Header", value=name, size="6")
        _choices(record, name, values, "single")
    for name in NUMBERS:
        ET.SubElement(record, "Header", value=name, size="6")
        ET.SubElement(record, "Number", {"name": name, "step": "1", **_PER_REGION})
    for name in TEXTS:
        ET.SubElement(record, "Header", value=name, size="6")
        hint = "YYYY-MM-DD or YYYY-MM" if FIELD[name].type == "date" else FIELD[name].meaning
        _text_area(record, name, hint, maxSubmissions="1")
    ET.SubElement(record, "Header", value="soft: slots that can be argued about", size="6")
    _choices(record, "soft", SOFT_NAMES, "multiple")
    for name, title, hint in (
        (_ACCEPT, "accept: other right wordings, one a line", "event: AMH"),
        (_MORE, "all else, one a line, the value as JSON", 'event_abbr: "AMH"'),
    ):
        ET.SubElement(record, "Header", value=title, size="6")
        _text_area(record, name, hint, editable="true")
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _choices(parent: ET.Element, name: str, values: Sequence[str], choice: str) -> None:
    attributes = {"name": name, "choice": choice, "showInline": "true", **_PER_REGION}
    control = ET.SubElement(parent, "Choices", attributes)
    for value in values:
        ET.SubElement(control, "Choice", value=value)


def _text_area(parent: ET.Element, name: str, hint: str, **attributes: str) -> None:
    ET.SubElement(parent, "TextArea", {"name": name, "placeholder": hint, **attributes, **_PER_REGION})


def _accept_lines(value: object) -> list[str] | None:
    """Return the variants of ``accept`` as lines, or ``None`` where lines cannot hold them."""
    if not isinstance(value, dict):
        return None
    lines = []
    for slot, surfaces in value.items():
        if ":" in slot or not isinstance(surfaces, list) or not surfaces:
            return None
        for surface in surfaces:
            if not isinstance(surface, str) or surface != " ".join(surface.split()) or not surface:
                return None
            lines.append(f"{slot}: {surface}")
    # Lines of one slot have to follow each other, or they would come back in another order.
    return lines if _accept_value(lines) == value and _slots_in_order(lines, value) else None


def _slots_in_order(lines: Sequence[str], value: Mapping[str, Any]) -> bool:
    return list(dict.fromkeys(line.partition(": ")[0] for line in lines)) == list(value)


def _accept_value(lines: Sequence[str]) -> dict[str, list[str]]:
    accept: dict[str, list[str]] = {}
    for line in lines:
        slot, _, surface = line.partition(":")
        accept.setdefault(slot.strip(), []).append(surface.strip())
    return accept


def _attribute_items(attributes: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield name of the control, its type and value for each attribute."""
    more = []
    for name, value in attributes.items():
        if name in CHOICES and value in CHOICES[name]:
            yield name, "choices", {"choices": [value]}
        elif name in NUMBERS and type(value) is int:
            yield name, "number", {"number": value}
        elif name in TEXTS and isinstance(value, str) and value == value.strip():
            yield name, "textarea", {"text": [value]}
        elif (
            name == "soft"
            and isinstance(value, list)
            and set(value) <= set(SOFT_NAMES)
            and len(set(value)) == len(value)
        ):
            yield name, "choices", {"choices": value}
        elif name == _ACCEPT and (lines := _accept_lines(value)):
            yield name, "textarea", {"text": lines}
        else:
            key = name if name.isidentifier() else json.dumps(name, ensure_ascii=False)
            more.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    if more:
        yield _MORE, "textarea", {"text": more}


def _item(region: Region, kind: str, name: str, value: Mapping[str, Any]) -> Item:
    limits = {"start": region.start, "end": region.end}
    return {"id": region.id, "type": kind, "from_name": name, "to_name": _TEXT, "value": {**limits, **value}}


def _result(layers: Layers) -> list[Item]:
    items: list[Item] = []
    for region in layers.regions:
        marked = {"text": layers.text[region.start : region.end], "labels": [region.label]}
        items.append(_item(region, "labels", LAYER_OF[region.label], marked))
        for name, kind, value in _attribute_items(layers.attributes.get(region.id, {})):
            items.append(_item(region, kind, name, value))
    for link in layers.links:
        ends = {"from_id": link.award, "to_id": link.region}
        items.append({"type": "relation", **ends, "direction": "right", "labels": [link.slot]})
    return items


def task(layers: Layers, *, reviewed: bool) -> Item:
    """Return a page as a task.

    Args:
        layers: The page.
        reviewed: Whether a person made it: then it is an annotation, else a prediction to start from.
    """
    data = {"text": layers.text, "doc_id": layers.doc_id, "record": layers.record}
    result = _result(layers)
    if reviewed:
        return {"data": data, "annotations": [{"result": result}]}
    return {"data": data, "predictions": [{"model_version": "penghargaan", "result": result}]}


def write(path: Path, pages: Sequence[Layers], *, reviewed: bool) -> list[Path]:
    """Write tasks and labelling interface.

    Args:
        path: File for the tasks; the interface goes beside it.
        pages: The pages.
        reviewed: Whether a person made them.

    Returns:
        The files written.
    """
    beside = path.with_suffix(CONFIG_SUFFIX)
    tasks = [task(layers, reviewed=reviewed) for layers in pages]
    path.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="")
    beside.write_text(config(), "utf-8", newline="")
    return [path, beside]


def _limits(value: Mapping[str, Any], text: str, where: str) -> tuple[int, int]:
    start, end = int(value["start"]), int(value["end"])
    words = value.get("text")
    if not isinstance(words, str) or text[start:end] == words:
        return start, end
    units = text.encode(_OLD_UNIT)
    before, inside = units[: 2 * start], units[2 * start : 2 * end]
    if inside.decode(_OLD_UNIT, "replace") == words:
        first = len(before.decode(_OLD_UNIT, "replace"))
        return first, first + len(words)
    raise UsageError(
        f"{where}: the region at {start} to {end} says {words!r}, the text has {text[start:end]!r} there; "
        "use the labelling interface that export wrote (it keeps white space), or mark the region again"
    )


def _attribute(name: str, value: Mapping[str, Any], where: str) -> Iterator[tuple[str, Any]]:
    if name in CHOICES:
        yield from ((name, choice) for choice in value.get("choices", [])[:1])
    elif name == "soft":
        yield name, list(value.get("choices", []))
    elif name in NUMBERS:
        number = value.get("number")
        if number is not None:
            yield name, int(number)
    else:
        text = value.get("text") or []
        lines = [text] if isinstance(text, str) else list(text)
        if name in TEXTS:
            yield from ((name, line.strip()) for line in lines[:1] if line.strip())
        elif name == _ACCEPT:
            yield name, _accept_value(lines)
        elif name == _MORE:
            for line in lines:
                key, _, json_text = line.partition(":")
                pair = line if line.lstrip().startswith('"') else f"{json.dumps(key.strip())}:{json_text}"
                try:
                    yield from json.loads(f"{{{pair}}}").items()
                except ValueError as error:
                    raise UsageError(
                        f"{where}: {line!r} under {_MORE!r} should be a name, a colon and JSON "
                        f'(event_abbr: "AMH"): {error}'
                    ) from error


def _read_result(result: Sequence[Item], text: str, record: dict[str, Any], where: str) -> Layers:
    regions: dict[str, Region] = {}
    attributes: dict[str, dict[str, Any]] = {}
    links: list[tuple[str, str, str]] = []
    notes: list[str] = []
    for item in result:
        if item.get("type") == "relation":
            names = item.get("labels") or ["without a name"]
            links += [(item["from_id"], str(name), item["to_id"]) for name in names]
        elif item.get("from_name") in LABELS:
            labels = item["value"].get("labels") or []
            start, end = _limits(item["value"], text, where)
            for label in labels:
                if label not in LAYER_OF:
                    notes.append(f"unknown label {label!r} at {start}; the region was left out")
                    continue
                name = str(item["id"])
                while name in regions:  # one region with labels of several layers
                    name += "+"
                regions[name] = Region(name, start, end, label)
            if not labels:
                notes.append(f"the region at {start} to {end} has no label; it was left out")
        elif "from_name" in item:
            for key, value in _attribute(item["from_name"], item["value"], where):
                attributes.setdefault(str(item["id"]), {})[key] = value
    awards = {r.id: attributes.get(r.id, {}) for r in regions.values() if r.label == AWARD}
    return drawn_layers(text, record, regions.values(), links, awards, notes)


def _chosen(one: Item, *, predictions: bool) -> Item | None:
    """Return the last annotation of a task that was not cancelled."""
    made: list[Item] = [
        a for a in one.get("annotations") or one.get("completions") or () if not a.get("was_cancelled")
    ]
    if made:
        return max(made, key=lambda a: str(a.get("updated_at") or ""))
    made = list(one.get("predictions") or ()) if predictions else []
    return made[-1] if made else None


def is_tasks(path: Path) -> bool:
    """Return whether a file looks like tasks of Label Studio."""
    if path.suffix != ".json" or not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.read(1) == "["


def read(path: Path, *, predictions: bool = False) -> tuple[list[Layers], list[str]]:
    """Read tasks.

    Args:
        path: JSON that Label Studio exported (not JSON-MIN, which leaves relations out), or that
            :func:`write` wrote.
        predictions: Whether to take the predictions of tasks that nobody annotated; such a task is left out
            otherwise.

    Returns:
        The pages, and the names of those that were left out.

    Raises:
        UsageError: The file is not such JSON, or a region does not fit the text.
    """
    try:
        tasks = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read as JSON: {error}; export it again") from error
    if not isinstance(tasks, list):
        raise UsageError(f"{path} is no list of tasks; in Label Studio choose Export, JSON")
    pages, left_out = [], []
    for number, one in enumerate(tasks, 1):
        where = f"{path}, task {number}"
        data = one.get("data") if isinstance(one, dict) else None
        if not isinstance(data, dict) or not isinstance(data.get("text"), str):
            raise UsageError(
                f"{where} has no data with a text; in Label Studio choose Export, JSON (not JSON-MIN)"
            )
        doc_id = str(data.get("doc_id") or one.get("id") or number)
        record = data.get("record") or {"doc_id": doc_id}
        chosen = _chosen(one, predictions=predictions)
        if chosen is None:
            left_out.append(doc_id)
            continue
        try:
            pages.append(_read_result(chosen.get("result") or [], data["text"], record, where))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise UsageError(
                f"{where} is not as Label Studio writes it: {error!r}; export it again"
            ) from error
    return pages, left_out
