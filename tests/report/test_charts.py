from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from markupsafe import Markup

from pipeline.errors import PenghargaanError
from pipeline.report import charts
from pipeline.report.assets import tiles
from pipeline.report.charts import Word
from pipeline.report.overview import Bar, Bars, Grid
from pipeline.report.svg import themed

HOSTILE = "</text><script>alert(1)</script> $\\frac{1}{0}$ \x00\x07\u202e & 獎 🏆"


def pictures(name: str) -> Iterator[Markup]:
    yield charts.horizontal(Bars((Bar(name, 3, 1), Bar("b", 1, 0))))
    yield charts.vertical(Bars((Bar("2023", 2, 1), Bar("2024", 0, 0))))
    yield charts.grid(Grid((name, "B"), ("2023", "2024"), {(name, "2023"): 9, ("B", "2024"): 1}))
    yield charts.province_tiles(Bars((Bar("35", 4, 1), Bar("11", 0, 0))))


def test_pictures_hold_shapes_and_texts_that_the_policy_allows() -> None:
    for picture in pictures("Kota A"):
        root = ET.fromstring(picture)  # noqa: S314 (made here)
        assert {element.tag for element in root.iter()} <= {"svg", "path", "text"}
        attributes = {name for element in root.iter() for name in element.attrib}
        assert "style" not in attributes
        assert "id" not in attributes
        assert root.get("aria-hidden") == "true"  # the table beside it says the same to screen readers
        assert not re.search(r"#[0-9a-f]{6}", picture)


def test_hostile_names_are_texts() -> None:
    for picture in pictures(HOSTILE):
        assert "<script" not in picture
        ET.fromstring(picture)  # noqa: S314 (well formed, in spite of control characters)
    assert "&lt;/text&gt;&lt;script&gt;" in next(pictures(HOSTILE))


def test_the_same_counts_give_the_same_picture() -> None:
    assert list(pictures("a")) == list(pictures("a"))


def test_bars_are_as_long_as_their_counts() -> None:
    picture = charts.horizontal(Bars((Bar("a", 4, 0), Bar("b", 1, 0), Bar("c", 0, 2))))
    lengths = {}
    for path, name in re.findall(r'<path d="M ([^"]+)z" class="fill-(\w+)"', picture):
        xs = [float(x) for x in re.findall(r"(-?[\d.]+) -?[\d.]+", path)]
        lengths.setdefault(name, []).append(max(xs) - min(xs))
    assert max(lengths["won"]) == pytest.approx(4 * sorted(lengths["won"])[1], abs=0.5)
    assert max(lengths["nominated"]) == pytest.approx(max(lengths["won"]) / 2, abs=0.5)


def test_names_that_the_page_translates_carry_their_key() -> None:
    word = Word("value.nominee", "nominasi", "nominee of a long name")
    picture = charts.horizontal(Bars((Bar("nominee", 0, 1), Bar("lain", 1, 0))), {"nominee": word})
    assert re.search(r'<text [^>]*data-t="value.nominee"[^>]*>nominasi</text>', picture)
    assert picture.count("data-t=") == 1


def test_every_province_is_drawn() -> None:
    picture = charts.province_tiles(Bars((Bar("35", 4, 1),)))
    assert all(f">{short}</text>" in picture for short, _, _ in tiles().values())
    assert ">5</text>" in picture


def test_no_data_no_picture() -> None:
    assert charts.horizontal(Bars(())) == ""
    assert charts.vertical(Bars((Bar("2024", 0, 0),))) == ""
    assert charts.grid(Grid((), (), {})) == ""
    assert charts.province_tiles(Bars(())) == ""


def test_what_matplotlib_never_wrote_before_is_refused() -> None:
    with pytest.raises(PenghargaanError, match=r"does not know: .*image"):
        themed('<svg xmlns="http://www.w3.org/2000/svg"><image/></svg>', {}, {})
