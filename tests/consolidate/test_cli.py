"""Reading the awards of a run, writing the consolidated table, and what is said when it cannot be done."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main
from pipeline.consolidate import COLUMNS, consolidate_frame, read_awards
from pipeline.errors import UsageError
from pipeline.tables.columns import TABLES
from pipeline.tables.writers import to_frame, write_jsonl
from tests.consolidate.conftest import Table, record

ROWS = [
    record(1, work='=HYPERLINK("x")', evidence="-1, “dua”\nbaris"),
    record(2),
    record(3, year=None, date="2024-10"),
]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def failed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main(["consolidate", *map(str, arguments)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("penghargaan: ")
    return captured.err


def test_writes_one_row_an_award(out: Table, capsys: pytest.CaptureFixture[str]) -> None:
    folder = out(*ROWS, record(4, category="Website"))
    assert main(["consolidate", str(folder)]) == 0
    assert capsys.readouterr().out == (
        f"4 records, 2 distinct awards, 1 told by several pages\nWritten to {folder / 'consolidated.csv'}\n"
    )
    rows = table(folder / "consolidated.csv")
    assert list(rows[0]) == [column.name for column in COLUMNS]
    assert [(row["category"], row["pages"]) for row in rows] == [("Media Sosial", "3"), ("Website", "1")]


def test_cells_are_safe_in_a_spreadsheet(out: Table) -> None:
    folder = out(*ROWS)
    main(["consolidate", str(folder), "-q"])
    (row,) = table(folder / "consolidated.csv")
    assert row["work"] == '\'=HYPERLINK("x")'
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\n")) for cell in row.values())


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_the_form_of_the_awards_does_not_matter(out: Table, form: str) -> None:
    assert list(read_awards(out(*ROWS, form=form))) == ROWS


@pytest.mark.parametrize("first_line", ["", "sep=;\r\n"])
def test_a_table_that_an_indonesian_spreadsheet_saved(out: Table, first_line: str) -> None:
    folder = out(*ROWS)
    rows = list(csv.reader((folder / "awards.csv").read_text("utf-8").splitlines(keepends=True)))
    names = rows[0]
    for row in rows[1:]:
        for name in ("date", "published"):
            at = names.index(name)
            row[at] = "/".join(reversed(row[at].split("-"))) if row[at].count("-") == 2 else row[at]
        row[names.index("confidence")] = row[names.index("confidence")].replace(".", ",")
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    (folder / "awards.csv").write_text(f"\ufeff{first_line}{text.getvalue()}", "utf-8", newline="")
    assert list(read_awards(folder)) == ROWS


def test_an_earlier_result_is_replaced_and_the_bytes_are_the_same(out: Table) -> None:
    folder = out(*ROWS)
    assert main(["consolidate", str(folder), "-q"]) == 0
    first = (folder / "consolidated.csv").read_bytes()
    out(*reversed(ROWS))
    assert main(["consolidate", str(folder), "-q"]) == 0
    assert (folder / "consolidated.csv").read_bytes() == first


def test_another_file(out: Table, tmp_path: Path) -> None:
    assert main(["consolidate", str(out(*ROWS)), "-o", str(tmp_path / "semua.csv"), "-q"]) == 0
    assert len(table(tmp_path / "semua.csv")) == 1
    assert not (tmp_path / "out" / "consolidated.csv").exists()


def test_copies_are_found_by_the_text_if_the_run_wrote_it(out: Table) -> None:
    folder = out(record(1), record(2), record(3))

    def article(number: int, title: str, body: str) -> dict[str, Any]:
        segments = [
            {"start": 0, "end": len(title), "kind": "title"},
            {"start": len(title) + 1, "end": len(title) + 1 + len(body), "kind": "body"},
        ]
        return {"doc_id": f"page-{number:02}", "text": f"{title}\n{body}", "segments": segments}

    write_jsonl(
        folder / "articles.jsonl",
        [
            article(1, "Judul A", "Isi yang sama."),
            article(2, "Judul B", "Isi  yang sama."),
            article(3, "C", "Lain."),
        ],
    )
    main(["consolidate", str(folder), "-q"])
    (row,) = table(folder / "consolidated.csv")
    assert (row["pages"], row["tellings"]) == ("3", "2")


def test_frames_give_the_same(out: Table) -> None:
    folder = out(*ROWS, record(4, category="Website"))
    main(["consolidate", str(folder), "-q"])
    frame = consolidate_frame(to_frame([*ROWS[::-1], record(4, category="Website")], TABLES["awards"]))
    assert list(frame.columns) == [column.name for column in COLUMNS]
    assert frame["award_id"].tolist() == [row["award_id"] for row in table(folder / "consolidated.csv")]
    assert frame["pages"].tolist() == [3, 1]
    with pytest.raises(UsageError, match="no column 'doc_id'"):
        consolidate_frame(frame)


def test_no_awards_give_the_header_alone(out: Table) -> None:
    folder = out()
    assert main(["consolidate", str(folder), "-q"]) == 0
    assert table(folder / "consolidated.csv") == []


class TestErrors:
    def test_no_folder(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert "does not exist" in failed(capsys, tmp_path / "nowhere")

    def test_a_file(self, out: Table, capsys: pytest.CaptureFixture[str]) -> None:
        assert "is a file" in failed(capsys, out(*ROWS) / "awards.csv")

    @pytest.mark.parametrize("report", [None, "", "[]", '{"project": "lain"}'])
    def test_not_our_folder(self, out: Table, capsys: pytest.CaptureFixture[str], report: str | None) -> None:
        folder = out(*ROWS)
        (folder / "run.json").unlink()
        if report is not None:
            (folder / "run.json").write_text(report, "utf-8")
        assert "not the output folder of a run" in failed(capsys, folder)
        assert not (folder / "consolidated.csv").exists()

    def test_no_awards_table(self, out: Table, capsys: pytest.CaptureFixture[str]) -> None:
        folder = out(*ROWS)
        (folder / "awards.csv").unlink()
        assert "--tables awards" in failed(capsys, folder)

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("recipient_code", "kode", "no column 'recipient_code'"),
            (",2024,", ",tahun ini,", "year should be a whole number"),
            (",0.8\n", ",1.8\n", "confidence should be a number from 0 to 1"),
            (",0.8\n", ",0.8,lagi\n", "cells do not fit"),
        ],
    )
    def test_a_broken_table_is_located(
        self, out: Table, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
    ) -> None:
        folder = out(record(1), record(2))
        path = folder / "awards.csv"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        message = failed(capsys, folder)
        assert said in message
        assert str(path) in message

    def test_broken_json(self, out: Table, capsys: pytest.CaptureFixture[str]) -> None:
        folder = out(record(1), form="jsonl")
        with (folder / "awards.jsonl").open("a", encoding="utf-8") as file:
            file.write('{"doc_id": \n')
        assert "line 2" in failed(capsys, folder)

    def test_broken_parquet(self, out: Table, capsys: pytest.CaptureFixture[str]) -> None:
        folder = out(record(1), form="parquet")
        (folder / "awards.parquet").write_bytes(b"PAR1 no")
        assert "awards.parquet" in failed(capsys, folder)

    def test_not_utf8(self, out: Table, capsys: pytest.CaptureFixture[str]) -> None:
        folder = out(record(1))
        with (folder / "awards.csv").open("ab") as file:
            file.write(b"\xff\xfe")
        assert "UTF-8" in failed(capsys, folder)

    def test_files_of_others_are_never_replaced(self, out: Table, capsys: pytest.CaptureFixture[str]) -> None:
        folder = out(*ROWS)
        theirs = folder / "consolidated.csv"
        theirs.write_text("tanggal,isi\n", "utf-8")
        assert "not an earlier result" in failed(capsys, folder)
        assert theirs.read_text("utf-8") == "tanggal,isi\n"
        assert "not an earlier result" in failed(capsys, folder, "-o", folder / "awards.csv")
        assert list(read_awards(folder)) == ROWS

    def test_no_place_to_write(self, out: Table, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        folder = out(*ROWS)
        assert "does not exist" in failed(capsys, folder, "-o", tmp_path / "tidak" / "ada.csv")
        assert "is a folder" in failed(capsys, folder, "-o", tmp_path)

    def test_nothing_is_left_of_a_failure(self, out: Table, capsys: pytest.CaptureFixture[str]) -> None:
        folder = out(record(1), form="jsonl")
        before = sorted(folder.iterdir())
        with (folder / "awards.jsonl").open("a", encoding="utf-8") as file:
            file.write("{\n")
        failed(capsys, folder)
        assert sorted(folder.iterdir()) == before


def test_after_a_real_run(tmp_path: Path) -> None:
    pages = {
        "a.txt": "Pemkot Salatiga Raih Terbaik II Anugerah Media Humas 2024\n\n"
        "Pemerintah Kota Salatiga meraih Terbaik II kategori Media Sosial dalam Anugerah Media Humas"
        " (AMH) 2024 di Bandung, Kamis (10/10/2024).\n",
        "b.txt": "AMH 2024, Kota Salatiga Juara II\n\n"
        "Kota Salatiga meraih Juara II kategori Media Sosial pada ajang Anugerah Media Humas 2024"
        " di Bandung.\n",
    }
    for name, text in pages.items():
        (tmp_path / name).write_text(text, "utf-8")
    inputs = [str(tmp_path / name) for name in pages]
    assert main(["run", *inputs, "-o", str(tmp_path / "out"), "-q"]) == 0
    assert main(["consolidate", str(tmp_path / "out"), "-q"]) == 0
    (row,) = table(tmp_path / "out" / "consolidated.csv")
    assert (row["recipient_name"], row["rank"], row["pages"]) == ("Pemerintah Kota Salatiga", "2", "2")
    report = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert report["counts"]["awards"] == 2
