from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.awards.records import row_id
from pipeline.batch.folder import WorkFolder
from pipeline.batch.shard_merge import Originals, merged_pages, renamed
from pipeline.batch.shards import encode, shard_lines
from pipeline.page_rows import PageRows
from pipeline.readers.pages import pages_from_records
from pipeline.tables.columns import TABLES


@pytest.fixture
def folder(tmp_path: Path) -> WorkFolder:
    return WorkFolder(tmp_path)


def write(folder: WorkFolder, shards: list[list[str]]) -> list[str]:
    keys = []
    for number, ids in enumerate(shards):
        key = f"{number:032x}"
        results = [
            encode(PageRows(name, {"awards": [{"place": [number, n]}]}), stage="process")
            for n, name in enumerate(ids)
        ]
        folder.path.mkdir(exist_ok=True)
        folder.write(key, shard_lines(results, ["awards"], 0.0))
        keys.append(key)
    return keys


def merged(folder: WorkFolder, keys: list[str], most_open: int = 128) -> list[tuple[str, list[int]]]:
    return [
        (name, entry.rows()["awards"][0]["place"]) for name, entry in merged_pages(keys, folder, most_open)
    ]


@pytest.mark.parametrize("most_open", [2, 3, 7, 128])
def test_pages_come_sorted_however_few_files_may_be_open(folder: WorkFolder, most_open: int) -> None:
    ids = [f"d{n:03}" for n in range(200)]
    random.Random(1).shuffle(ids)  # noqa: S311 (no secret)
    keys = write(folder, [ids[at : at + 9] for at in range(0, 200, 9)])
    names = [name for name, _ in merged(folder, keys, most_open)]
    assert names == sorted(ids)


SHARDS = [["k", "a", "k", "k#2"], ["k!", "k"], ["k", "a", "k#2#2", "b"], ["k#2", "k#3"]]


@pytest.mark.parametrize("most_open", [2, 128])
def test_ids_are_made_unique_in_the_order_of_the_input_as_the_readers_do(
    folder: WorkFolder, most_open: int
) -> None:
    places = [[s, n] for s, shard in enumerate(SHARDS) for n in range(len(shard))]
    records = [{"id": name, "isi": str(n)} for n, name in enumerate(i for shard in SHARDS for i in shard)]
    expected = sorted((o.doc_id, p) for o, p in zip(pages_from_records(records), places, strict=True))
    found = merged(folder, write(folder, SHARDS), most_open)
    assert found == expected
    assert len({name for name, _ in found}) == len(found)


def test_thousands_of_pages_with_one_id(folder: WorkFolder) -> None:
    keys = write(folder, [["0"] * 100] * 30)
    names = [name for name, _ in merged(folder, keys)]
    assert names == sorted({"0", *(f"0#{n}" for n in range(2, 3001))})


def test_a_shard_that_is_gone_is_told(folder: WorkFolder) -> None:
    keys = write(folder, [["a"]])
    folder.shard(keys[0]).unlink()
    with pytest.raises(FileNotFoundError, match="run the same command again"):
        merged(folder, keys)


def test_originals() -> None:
    originals = Originals()
    assert [originals.of(d, n) for d, n in [("aa", "1"), ("bb", "2"), ("aa", "3"), ("", "4"), ("", "5")]] == [
        None,
        None,
        "1",
        None,
        None,
    ]


def test_rows_under_another_id_are_what_they_would_have_been() -> None:
    from pipeline.api import load
    from pipeline.document import Page
    from pipeline.page_rows import process_page

    text = (
        "Pemerintah Kota Malang meraih Juara 1 dan Kota Batu meraih Juara 2 kategori Website pada Anugerah"
        " Media Humas 2024.\nPemerintah Kota Malang juga meraih Juara 3 kategori Siaran Pers di ajang itu."
    )
    load()
    tables = ["awards", "evidence", "entities", "sentences", "articles"]
    one, other = (process_page(Page(n, "s", text), "spacy", tables) for n in ("sama", "sama#2"))
    assert len(one.rows["awards"]) >= 2
    assert {column.name for column in TABLES["awards"]} >= {"record_id", "start", "end"}
    assert all(row_id(row) == row["record_id"] for row in (*one.rows["awards"], *one.rows["evidence"]))
    assert renamed({t: list(r) for t, r in one.rows.items()}, "sama#2") == other.rows
