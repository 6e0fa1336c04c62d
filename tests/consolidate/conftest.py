from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.tables.columns import TABLES
from pipeline.tables.writers import parquet_writer, write_csv, write_jsonl

Table = Callable[..., Path]


def record(number: int = 1, **cells: Any) -> dict[str, Any]:
    """A row of the awards table: Kota Salatiga's second rank, told on page ``number`` in words of its own."""
    row: dict[str, Any] = {column.name: None if column.dtype != "text" else "" for column in TABLES["awards"]}
    row.update(
        doc_id=f"page-{number:02}",
        record_id=f"{number:012x}",
        source=f"https://berita-{number}.example/amh",
        title=f"Berita {number}",
        published=f"2024-10-{10 + number % 20:02}",
        recipient="Pemkot Salatiga",
        recipient_name="Pemerintah Kota Salatiga",
        recipient_type="city",
        recipient_code="33.73",
        event="Anugerah Media Humas",
        event_abbr="AMH",
        year=2024,
        category="Media Sosial",
        result="Terbaik II",
        result_kind="terbaik",
        rank=2,
        status="won",
        timeframe="current",
        evidence=f"Menurut catatan wartawan ke-{number} Pemkot Salatiga meraih Terbaik II",
        start=0,
        end=60,
        rules="R1",
        confidence=0.8,
    )
    row.update(cells)
    return row


def person(number: int = 1, name: str = "Rahmat Hidayatullah", **cells: Any) -> dict[str, Any]:
    return record(
        number,
        **{
            "recipient": name,
            "recipient_name": name,
            "recipient_type": "person",
            "recipient_code": "",
            "event": "Lomba Cipta Gagasan Nusantara",
            "event_abbr": "",
            **cells,
        },
    )


def body(number: int = 1, name: str = "Universitas Bhakti Pesisir", **cells: Any) -> dict[str, Any]:
    return person(number, name, **{"recipient_type": "university", **cells})


@pytest.fixture
def out(tmp_path: Path) -> Table:
    """Write rows as the output folder of a run."""

    def write(*rows: Mapping[str, Any], form: str = "csv") -> Path:
        folder = tmp_path / "out"
        folder.mkdir(exist_ok=True)
        (folder / "run.json").write_text(json.dumps({"project": "penghargaan"}), "utf-8")
        if form == "csv":
            write_csv(folder / "awards.csv", rows, TABLES["awards"])
        elif form == "parquet":
            with parquet_writer(folder / "awards.parquet", TABLES["awards"]) as write:
                write(list(rows))
        else:
            stated = ({name: None if value == "" else value for name, value in row.items()} for row in rows)
            write_jsonl(folder / "awards.jsonl", stated)
        return folder

    return write
