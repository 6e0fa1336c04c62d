from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.tables.columns import Column
from pipeline.tables.writers import neutralise, parquet_writer, to_frame, write_csv, write_jsonl

COLUMNS = (
    Column("name", "a name"),
    Column("year", "a year", "integer"),
    Column("score", "a score", "number"),
)


def write_parquet(path: Path, rows: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> None:
    with parquet_writer(path, columns) as write:
        write(rows)


def written(tmp_path: Path, rows: list[dict[str, object]]) -> str:
    write_csv(tmp_path / "t.csv", rows, COLUMNS)
    return (tmp_path / "t.csv").read_bytes().decode("utf-8")


def test_csv_to_the_byte(tmp_path: Path) -> None:
    rows = [
        {"name": 'Kota "A", lama', "year": 2024, "score": 0.5},
        {"name": "baris\r\ndua", "year": None, "score": 1.0},
        {"name": " ruang ", "score": 0.12345},
        {"name": "", "year": -1, "score": 0.0},
        {"name": "kembali\rsaja"},
    ]
    assert written(tmp_path, rows) == (
        "name,year,score\n"
        '"Kota ""A"", lama",2024,0.5\n'
        '"baris\r\ndua",,1\n'
        '" ruang ",,0.1235\n'
        ",-1,0\n"
        '"kembali\rsaja",,\n'
    )


@pytest.mark.parametrize("text", ["=1+1", "+62", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1+1"])
def test_formulas_are_neutralised(tmp_path: Path, text: str) -> None:
    assert neutralise(text) == f"'{text}"
    [row] = csv.DictReader(io.StringIO(written(tmp_path, [{"name": text}]), newline=""))
    assert row["name"] == f"'{text}"


def test_harmless_text_is_left_alone() -> None:
    for text in ("Kota", "a=b", "'kutip", "10 besar", "–", "“"):
        assert neutralise(text) == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\x00"), max_size=20), max_size=5))
def test_any_text_comes_back_from_csv_and_json_lines(tmp_path: Path, names: list[str]) -> None:
    rows: list[dict[str, object]] = [{"name": name, "year": 1} for name in names]
    read = list(csv.DictReader(io.StringIO(written(tmp_path, rows), newline="")))
    clean = ["".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in name) for name in names]
    assert len(read) == len(names)
    for name, row in zip(clean, read, strict=True):
        assert row["name"] in {name, f"'{name}"}
        assert not row["name"].startswith(("=", "+", "-", "@", "\t", "\r"))
    write_jsonl(tmp_path / "t.jsonl", rows)
    lines = (tmp_path / "t.jsonl").read_text("utf-8").split("\n")[:-1]
    assert [json.loads(line)["name"] for line in lines] == clean


def test_frames_and_parquet_have_proper_types(tmp_path: Path) -> None:
    rows = [{"name": "Kota", "year": 2024, "score": 0.5}, {"name": "", "year": None, "score": 0.25}]
    frame = to_frame(rows, COLUMNS)
    assert [str(t) for t in frame.dtypes] == ["string", "Int64", "float64"]
    assert frame["name"].isna().tolist() == [False, True]
    write_parquet(tmp_path / "t.parquet", rows, COLUMNS)
    back = pd.read_parquet(tmp_path / "t.parquet")
    assert [str(t) for t in back.dtypes] == ["string", "Int64", "float64"]
    assert back["year"].tolist() == [2024, pd.NA]


@pytest.mark.parametrize("columns", [COLUMNS])
def test_no_rows_still_have_columns(tmp_path: Path, columns: tuple[Column, ...]) -> None:
    frame = to_frame([], columns)
    assert list(frame.columns) == ["name", "year", "score"]
    assert [str(t) for t in frame.dtypes] == ["string", "Int64", "float64"]
    assert written(tmp_path, []) == "name,year,score\n"


def test_the_same_rows_give_the_same_parquet_bytes(tmp_path: Path) -> None:
    rows = [{"name": f"Kota {n}", "year": n, "score": n / 7} for n in range(50)]
    for name in ("a", "b"):
        write_parquet(tmp_path / f"{name}.parquet", rows, COLUMNS)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(tmp_path: Path) -> None:
    written(tmp_path, [{"name": "lama"}])

    def rows() -> object:
        yield {"name": "baru"}
        raise RuntimeError("listrik padam")

    with pytest.raises(RuntimeError):
        write_csv(tmp_path / "t.csv", rows(), COLUMNS)
    assert "lama" in (tmp_path / "t.csv").read_text("utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]


def test_parquet_is_written_in_parts_however_long_the_texts(tmp_path: Path) -> None:
    """A run holds one part in memory: of few rows with long texts as of many with short ones."""
    columns = (Column("doc_id", "an id"), Column("text", "a text"))
    for name, texts in (("short", ["x"] * 12_000), ("long", ["x" * 100_000] * 120)):
        write_parquet(
            tmp_path / name, [{"doc_id": str(n), "text": text} for n, text in enumerate(texts)], columns
        )
        file = pq.ParquetFile(tmp_path / name)
        assert file.num_row_groups == 3
        assert file.metadata.num_rows == len(texts)
