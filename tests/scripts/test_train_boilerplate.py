from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pipeline.boilerplate.lines import split_lines
from scripts import train_boilerplate as train

P = "Pemerintah Kota Contoh menerima penghargaan dari kementerian karena layanannya yang cepat."
TEXT = f"Home\nKota Contoh Menerima Penghargaan\n{P}\nBaca juga: Kota Dahlia Juara Lomba Siaran\n{P}\n"


def gold(tmp_path: Path, **more: object) -> Path:
    start = TEXT.index("Baca")
    pieces = [{"start": 0, "end": 4, "kind": "nav"}, {"start": start, "end": start + 41, "kind": "related"}]
    path = tmp_path / "gold.jsonl"
    record = {"doc_id": "a", "text": TEXT, "boilerplate": pieces, **more}
    path.write_text(json.dumps(record) + "\n" + json.dumps({"doc_id": "b", "text": "x"}) + "\n", "utf-8")
    return path


def test_held_out_gold_is_refused(tmp_path: Path) -> None:
    path = gold(tmp_path).rename(tmp_path / "seeds.jsonl")
    with pytest.raises(SystemExit, match="held out"):
        train.text_pages(path)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({"repo": "x/y", "path": "arsip/upb/a.md"}, "x/y/arsip/upb"),
        ({"repo": "x/y", "path": "berita.csv"}, "x/y/berita.csv"),
        ({"repo": None, "path": "annotations/dev/pages.jsonl"}, "a"),
    ],
)
def test_outlets(tmp_path: Path, source: dict[str, str | None], expected: str) -> None:
    [page] = train.text_pages(gold(tmp_path, source=source))
    assert page.outlet == expected


def test_lines_are_labelled_by_what_is_kept(tmp_path: Path) -> None:
    [page] = train.text_pages(gold(tmp_path))
    item = train.sample(page)
    assert item.labels.tolist() == [0, 1, 1, 0, 1]
    assert item.certain[3]
    assert np.isfinite(item.matrix).all()
    assert train.f1(train.count(item, item.layout)) == 1.0


def test_features_are_the_same_for_every_line() -> None:
    rows = train.features(split_lines(TEXT))
    assert len({tuple(row) for row in rows}) == 1


def test_only_a_sure_classifier_overrules_and_never_a_marker(tmp_path: Path) -> None:
    [page] = train.text_pages(gold(tmp_path))
    item = train.sample(page)
    before = item.layout.kinds
    assert train.both(0.05, 0.95)(item, np.array([0.5] * 5)).kinds == before
    sure = train.both(0.05, 0.95)(item, np.array([0.99, 0.01, 0.01, 0.99, 0.5])).kinds
    assert (sure[1], sure[2], sure[3]) == (before[1], "other", before[3])
    assert sure[0] == ("body" if not item.certain[0] else before[0])
