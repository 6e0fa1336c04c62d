from __future__ import annotations

from pathlib import Path

from pipeline.document import Page
from pipeline.readers import PageFailure, pages_from_records, read_pages

FIXTURES = Path(__file__).parents[1] / "fixtures" / "pages"


def test_a_folder_of_mixed_pages() -> None:
    pages = [page for page in read_pages([FIXTURES]) if isinstance(page, Page)]
    assert [(p.doc_id, p.kind) for p in pages] == [
        ("daerah/kota-lestari", "text"),
        ("kementerian", "html"),
        ("pelatihan", "text"),
    ]


def test_pages_are_streamed(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("isi", "utf-8")
    outcomes = iter(read_pages([tmp_path]))
    assert next(outcomes).doc_id == "0"
    (tmp_path / "1.txt").write_text("baru", "utf-8")  # read only when its turn comes
    page = next(outcomes)
    assert isinstance(page, Page)
    assert page.content == "baru"


def test_ids_are_unique_across_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text('{"id": "sama", "text": "isi"}', "utf-8")
    assert [o.doc_id for o in read_pages([tmp_path])] == ["sama", "sama#2"]


def test_records_in_memory() -> None:
    outcomes = list(
        pages_from_records([{"isi": "satu"}, {"isi": None}, {"id": 3, "isi": "tiga"}], source="row")
    )
    assert [o.doc_id for o in outcomes] == ["row#1", "row#2", "3"]
    assert [type(o) for o in outcomes] == [Page, PageFailure, Page]
