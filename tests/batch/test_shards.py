from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from pipeline.batch import shards
from pipeline.batch.shards import (
    Header,
    cut,
    encode,
    groups,
    read_entries,
    read_header,
    shard_key,
    shard_lines,
)
from pipeline.document import Page
from pipeline.page_rows import PageRows
from pipeline.readers import PageFailure
from pipeline.readers.reader import Source


def page(doc_id: str, content: str = "isi") -> Page:
    return Page(doc_id, f"{doc_id}.txt", content)


PAGES = [page(f"berita-{n}") for n in range(2_000)]


def keys(pages: list[Page], salt: str = "") -> list[str]:
    return [shard.key for shard in cut(pages, salt)]


def test_shards_hold_all_pages_in_order_and_are_bounded() -> None:
    found = list(cut(PAGES, ""))
    assert [p for shard in found for p in shard.outcomes] == PAGES
    assert max(len(shard.outcomes) for shard in found) <= shards.MAX_PAGES
    assert len(found) >= len(PAGES) / shards.MAX_PAGES


def test_long_pages_make_small_shards() -> None:
    long = [page(f"{n}", "a" * 400_000) for n in range(12)]
    assert max(len(shard.outcomes) for shard in cut(long, "")) <= 3


@pytest.mark.parametrize("at", [0, 700, 1999])
def test_a_change_costs_its_own_shard_only(at: int) -> None:
    before = keys(PAGES)
    changed = keys([*PAGES[:at], page(PAGES[at].doc_id, "baru"), *PAGES[at + 1 :]])
    assert len(set(before) - set(changed)) == 1
    missing = keys([*PAGES[:at], *PAGES[at + 1 :]])
    more = keys([*PAGES[:at], page("baru"), *PAGES[at:]])
    # at most two: a shard may be full and hand a page on, up to the next end by id
    assert len(set(before) - set(missing)) <= 2
    assert len(set(before) - set(more)) <= 2


@pytest.mark.parametrize(
    "other",
    [
        Page("a", "a.txt", "lain"),
        Page("a", "b.txt", "isi"),
        Page("b", "a.txt", "isi"),
        Page("a", "a.txt", "isi", "html"),
        Page("a", "a.txt", "isi", metadata={"title": "T"}),
        PageFailure("a", "a.txt", "isi", "isi"),
    ],
)
def test_a_key_depends_on_all_that_a_page_is(other: Page | PageFailure) -> None:
    assert shard_key([Page("a", "a.txt", "isi")], "") != shard_key([other], "")


def test_a_key_depends_on_how_the_page_is_processed_and_on_the_borders_between_pages() -> None:
    assert keys(PAGES, "versi 1") != keys(PAGES, "versi 2")
    assert shard_key([page("a"), page("b")], "") != shard_key([page("a")], "")
    assert shard_key([page("a", "\ud800")], "")  # what no encoding holds


def source(doc_id: str, kind: str = "text") -> Source:
    return Source(doc_id, Path(doc_id), doc_id, kind)  # type: ignore[arg-type]


def test_files_of_records_are_groups_of_their_own_and_shards_end_where_groups_do() -> None:
    sources = [
        *(source(p.doc_id) for p in PAGES[:500]),
        source("m", "warc"),
        source("n", "jsonl"),
        source("o"),
    ]
    found = list(groups(sources))
    assert [s for group in found for s in group] == sources
    assert [[s.doc_id for s in group] for group in found[-3:]] == [["m"], ["n"], ["o"]]
    apart = [k for group in found[:-3] for k in keys([page(s.doc_id) for s in group])]
    assert apart == keys(PAGES[:500])


def test_what_is_written_is_read_back_sorted(tmp_path: Path) -> None:
    row = {"doc_id": "z", "result": "\ud800 Juara “1”", "rank": None, "confidence": 0.1}
    results = [
        encode(PageRows("z", {"awards": [row]}, seconds={"x": 2.0}, digest=b"\x01\xff"), stage="process"),
        encode(PageRows("a", failure=PageFailure("a", "s", "timeout", "m")), stage="process"),
        encode(PageRows("z", {"awards": []}), stage="process"),
    ]
    data = b"".join(shard_lines(results, ["awards"], 9.0))
    (tmp_path / "s").write_bytes(data)
    assert read_header(tmp_path / "s") == Header(("awards",), 9.0, 2.0, 1, 3, 1, 1, "a", "z")
    entries = list(read_entries(BytesIO(data)))
    assert [(e.doc_id, e.index) for e in entries] == [("a", 1), ("z", 0), ("z", 2)]
    assert entries[0].head == {"failure": ["s", "timeout", "m"], "stage": "process"}
    assert entries[1].rows() == {"awards": [row]}
    assert entries[1].head["digest"] == "01ff"


@pytest.mark.parametrize("data", [b"", b"{}\n", b"[1]\n", b'{"tables": 3}\n', b"\x00\xff"])
def test_other_files_are_no_shards(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "s").write_bytes(data)
    assert read_header(tmp_path / "s") is None


@pytest.mark.parametrize(
    ("header", "tables", "timeout", "serves"),
    [
        (Header(("awards", "entities"), 60.0), ["awards"], 60.0, True),
        (Header(("awards",), 60.0), ["awards", "entities"], 60.0, False),
        # the limit counts only where a page met it or would meet it now
        (Header(("awards",), 60.0, slowest=5.0), ["awards"], 10.0, True),
        (Header(("awards",), 60.0, slowest=5.0), ["awards"], 2.0, False),
        (Header(("awards",), 60.0, slowest=5.0), ["awards"], 0.0, True),
        (Header(("awards",), 60.0, timed_out=1), ["awards"], 120.0, False),
        (Header(("awards",), 60.0, timed_out=1), ["awards"], 60.0, True),
    ],
)
def test_a_shard_serves_a_run_that_would_write_the_same(
    header: Header, tables: list[str], timeout: float, serves: bool
) -> None:
    assert header.serves(tables, timeout) is serves
