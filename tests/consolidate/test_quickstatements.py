"""Statements for Wikidata: their form, and that no item is ever guessed."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.consolidate import consolidate
from pipeline.consolidate.quickstatements import (
    Export,
    export,
    point_in_time,
    read_items,
    reference_url,
    text_value,
)
from pipeline.errors import UsageError
from tests.consolidate.conftest import Table, record

ITEMS = {
    "pemerintah kota salatiga": "Q11",
    "anugerah media humas": "Q22",
    "bakohumas": "Q33",
    "suara warga": "Q44",
}


def exported(*rows: dict[str, Any], items: dict[str, str] = ITEMS, least: float = 0.5) -> Export:
    return export(consolidate(rows), items, least)


def fields(made: Export) -> list[list[str]]:
    return [line.split("\t") for line in made.lines]


def test_a_win_with_all_qualifiers() -> None:
    made = exported(record(1, date="2024-10-10", organiser="Bakohumas", work="Suara Warga"))
    (line,) = fields(made)
    assert line[:3] == ["Q11", "P166", "Q22"]
    assert line[3:9] == ["P585", "+2024-10-10T00:00:00Z/11", "P1027", "Q33", "P1686", "Q44"]
    assert line[9:] == ["P1352", "2", "S854", '"https://berita-1.example/amh"']
    assert made.unmapped == ()


def test_a_nomination() -> None:
    row = record(1, status="nominated", result="nominasi", result_kind="nominee", rank=None, source="a.txt")
    assert exported(row).lines == ("Q11\tP1411\tQ22\tP585\t+2024-00-00T00:00:00Z/9",)


def test_a_category_may_have_an_item_of_its_own() -> None:
    items = {**ITEMS, "anugerah media humas: media sosial": "Q222"}
    found = fields(exported(record(1), record(2, category="Website", rank=1), items=items))
    assert sorted(line[2] for line in found) == ["Q22", "Q222"]


def test_the_same_award_twice_makes_new_statements() -> None:
    found = fields(exported(record(1), record(2, year=2023), record(3, year=2022, status="nominated")))
    assert sorted(line[1] for line in found) == ["!P166", "!P166", "P1411"]


def test_doubtful_awards_are_passed_over() -> None:
    made = exported(record(1, confidence=0.6), record(2, year=2023, confidence=0.9), least=0.8)
    assert (len(made.lines), made.doubtful) == (1, 1)
    assert "+2023" in made.lines[0]


class TestUnmapped:
    def test_without_items_nothing_is_stated(self) -> None:
        made = exported(record(1), record(2, year=2023), items={})
        assert (made.lines, made.left_out) == ((), 2)
        assert [(row["name"], row["used_as"], row["awards"], row["effect"]) for row in made.unmapped] == [
            ("Anugerah Media Humas", "award", 2, "left out"),
            ("Pemerintah Kota Salatiga", "recipient", 2, "left out"),
        ]

    def test_a_similar_name_is_not_taken(self) -> None:
        items = {"kota salatiga": "Q1", "anugerah media": "Q2"}
        assert exported(record(1), items=items).lines == ()

    def test_a_qualifier_without_an_item_is_left_out(self) -> None:
        made = exported(record(1, organiser="Radio Pesisir; Bakohumas", work="Lain"))
        (line,) = fields(made)
        assert line[line.index("P1027") + 1] == "Q33"
        assert "P1686" not in line
        assert [(row["name"], row["effect"]) for row in made.unmapped] == [
            ("Lain", "incomplete"),
            ("Radio Pesisir", "incomplete"),
        ]


class TestValues:
    @pytest.mark.parametrize(
        ("date", "year", "value"),
        [
            ("2024-10-10", 2024, "+2024-10-10T00:00:00Z/11"),
            ("2024-10", 2024, "+2024-10-00T00:00:00Z/10"),
            ("2024", None, "+2024-00-00T00:00:00Z/9"),
            ("", 2024, "+2024-00-00T00:00:00Z/9"),
            ("kemarin", 2024, "+2024-00-00T00:00:00Z/9"),
            ("", None, ""),
        ],
    )
    def test_time(self, date: str, year: int | None, value: str) -> None:
        assert point_in_time(date, year) == value

    @pytest.mark.parametrize(
        ("source", "url"),
        [
            ("https://x.example/a?b=c&d=1#e", "https://x.example/a?b=c&d=1#e"),
            ('https://x.example/"a"', "https://x.example/%22a%22"),
            ("https://x.example/a\tb", "https://x.example/a%09b"),
            ("https://x.example/é", "https://x.example/%C3%A9"),
            ("https://x.example/%20", "https://x.example/%20"),
            ("ftp://x.example", ""),
            ("pages/a.txt", ""),
            ("javascript:alert(1)", ""),
        ],
    )
    def test_urls(self, source: str, url: str) -> None:
        assert reference_url([source]) == url

    def test_the_first_web_address(self) -> None:
        assert reference_url(["a.txt", "https://b.example", "https://c.example"]) == "https://b.example"

    @given(st.text(max_size=60))
    def test_no_text_breaks_a_line(self, text: str) -> None:
        value = text_value(text)
        assert value.startswith('"')
        assert value.endswith('"')
        assert len(value.splitlines()) == 1
        assert "\t" not in value

    @given(st.text(max_size=40))
    def test_no_source_breaks_a_line(self, text: str) -> None:
        url = reference_url([f"https://x.example/{text}"])
        assert re.fullmatch(r"https://x\.example/[!-~]*", url)
        assert '"' not in url


class TestItems:
    def write(self, tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "items.csv"
        path.write_bytes(text.encode(encoding))
        return path

    def test_names_and_items(self, tmp_path: Path) -> None:
        text = 'qid,name,catatan\nQ1,"Anugerah  Media HUMAS",x\n,Belum,\nQ1,anugerah media humas,\nQ2,\'=A,\n'
        assert read_items(self.write(tmp_path, text, "utf-8-sig")) == {
            "anugerah media humas": "Q1",
            "=a": "Q2",
        }

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("nama,qid\nA,Q1\n", "name,qid"),
            ("", "name,qid"),
            ("name,qid\nA,42\n", "line 2: '42' is not a Wikidata item"),
            ("name,qid\nA,Q0\n", "not a Wikidata item"),
            ("name,qid\nA,Q1\nP166,Q1|P31\n", "line 3"),
            ("name,qid\nA,Q1\na,Q2\n", "two items, Q1 and Q2"),
            ("name,qid\n,Q2\n", "no name"),
        ],
    )
    def test_what_is_refused(self, tmp_path: Path, text: str, said: str) -> None:
        with pytest.raises(UsageError, match=re.escape(said)):
            read_items(self.write(tmp_path, text))

    def test_missing_and_misencoded(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="cannot read"):
            read_items(tmp_path / "none.csv")
        with pytest.raises(UsageError, match="UTF-8"):
            read_items(self.write(tmp_path, "name,qid\nKafé,Q1\n", "cp1252"))


class TestCommand:
    def test_files(self, out: Table, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        folder = out(record(1, organiser="Radio Pesisir"), record(2, year=2023, confidence=0.2))
        items, statements = tmp_path / "items.csv", tmp_path / "batch.txt"
        items.write_text("name,qid\nPemerintah Kota Salatiga,Q11\nAnugerah Media Humas,Q22\n", "utf-8")
        call = ["consolidate", str(folder), "--quickstatements", str(statements), "--qids", str(items)]
        assert main([*call, "--min-confidence", "0.8"]) == 0
        printed = capsys.readouterr().out
        assert "batch.txt: 1;" in printed
        assert "1 below confidence 0.8" in printed
        assert "Radio Pesisir" in printed
        assert statements.read_text("utf-8").startswith("Q11\tP166\tQ22\tP585\t")
        side = tmp_path / "batch.txt.unmapped.csv"
        with side.open(encoding="utf-8", newline="") as file:
            assert [(row["name"], row["qid"]) for row in csv.DictReader(file)] == [("Radio Pesisir", "")]
        assert main([*call, "-q"]) == 0  # both are replaced
        assert capsys.readouterr().out == ""

    def test_the_list_is_a_mapping_once_filled_in(
        self, out: Table, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call = [
            "consolidate",
            str(out(record(1))),
            "-q",
            "--quickstatements",
            str(tmp_path / "s"),
            "--min-confidence",
            "0",
        ]
        assert main(call) == 0
        side = tmp_path / "s.unmapped.csv"
        side.write_text(side.read_text("utf-8").replace(",,", ",Q5,"), "utf-8")
        assert main(call) == 2  # the work of filling it in is not thrown away
        assert "filled in" in capsys.readouterr().err
        filled = side.rename(tmp_path / "items.csv")
        assert main([*call, "--qids", str(filled)]) == 0
        assert (tmp_path / "s").read_text("utf-8").startswith("Q5\tP166\tQ5\t")

    def test_wrong_usage(self, out: Table, tmp_path: Path) -> None:
        folder = out(record(1))
        assert main(["consolidate", str(folder), "--qids", str(tmp_path / "x.csv")]) == 2
        theirs = tmp_path / "catatan.txt"
        theirs.write_text("catatan saya\n", "utf-8")
        assert main(["consolidate", str(folder), "--quickstatements", str(theirs)]) == 2
        assert theirs.read_text("utf-8") == "catatan saya\n"
        same = str(tmp_path / "a.csv")
        assert main(["consolidate", str(folder), "-o", same, "--quickstatements", same]) == 2
        assert not (tmp_path / "a.csv").exists()
        assert not (folder / "consolidated.csv").exists()
        with pytest.raises(SystemExit) as stopped:
            main(["consolidate", str(folder), "--min-confidence", "2"])
        assert stopped.value.code == 2
