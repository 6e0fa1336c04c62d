from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document import Page
from pipeline.readers import PageFailure, read_pages


def read(path: Path, data: bytes | str, max_chars: int = 10_000) -> list[Page | PageFailure]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_pages([path], max_chars=max_chars))


def told(outcomes: list[Page | PageFailure]) -> list[tuple[str, str]]:
    """Ids with the content of pages, the reason of failures."""
    return [(o.doc_id, o.content if isinstance(o, Page) else f"!{o.reason}") for o in outcomes]


# Files of one page


def test_text_is_kept_to_the_character(tmp_path: Path) -> None:
    text = "\n\n  Judul\r\n\r\nIsi “kutipan”\tdan tab.\r \n"
    [page] = read(tmp_path / "a.txt", text)
    assert isinstance(page, Page)
    assert (page.content, page.kind, dict(page.metadata)) == (text, "text", {})
    assert page.source == (tmp_path / "a.txt").as_posix()


def test_encoding_is_told_when_it_is_not_utf8(tmp_path: Path) -> None:
    [page] = read(tmp_path / "a.txt", "“Juara”".encode("windows-1252"))
    assert isinstance(page, Page)
    assert (page.content, dict(page.metadata)) == ("“Juara”", {"encoding": "windows-1252"})


def test_html_by_extension_and_by_content(tmp_path: Path) -> None:
    html = "<!DOCTYPE html>\n<html><body><p>Isi</p></body></html>"
    assert [p.kind for p in read(tmp_path / "a.html", "<p>potongan</p>") if isinstance(p, Page)] == ["html"]
    assert [p.kind for p in read(tmp_path / "berita.php", html) if isinstance(p, Page)] == ["html"]
    assert [p.kind for p in read(tmp_path / "b.txt", html) if isinstance(p, Page)] == ["html"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (bytes(range(256)) * 10, "binary"),
        (b"\x89PNG\r\n\x1a\n123", "binary"),
        (b"Caf\xe9 \x81\x8d", "undecodable"),
        (b"a" * 10_001, "too_long"),
        (b"a" * 10_000_000, "too_long"),
        ("é" * 10_001, "too_long"),
    ],
)
def test_bad_files_give_a_reason_and_advice(tmp_path: Path, data: bytes | str, reason: str) -> None:
    [failure] = read(tmp_path / "a.txt", data)
    assert isinstance(failure, PageFailure)
    assert (failure.doc_id, failure.reason) == ("a", reason)
    assert len(failure.message) > 20
    assert reason not in failure.message.split(":")[0]


def test_the_limit_itself_is_accepted(tmp_path: Path) -> None:
    assert told(read(tmp_path / "a.txt", "🏆" * 10_000)) == [("a", "🏆" * 10_000)]


def test_a_file_that_vanishes_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", "utf-8")
    (tmp_path / "b.txt").write_text("b", "utf-8")
    outcomes = read_pages([tmp_path])
    (tmp_path / "a.txt").unlink()
    assert told(list(outcomes)) == [("a", "!unreadable"), ("b", "b")]


# JSON lines


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        '{"id": 7, "text": "satu", "url": "https://contoh.id/7"}',
        "",
        '{"url": "https://contoh.id/8", "isi": "dua"}',
        '{"konten": "tiga"}',
        '["bukan objek"]',
        '"bukan objek"',
        "{rusak",
        '{"text": ""}',
        '{"judul": "tanpa teks"}',
        '{"text": "empat\\u0000"}',
    ]
    outcomes = read(tmp_path / "kabar.jsonl", "\n".join(lines))
    assert told(outcomes) == [
        ("7", "satu"),
        ("https://contoh.id/8", "dua"),
        ("kabar#4", "tiga"),
        ("kabar#5", "!not_an_object"),
        ("kabar#6", "!not_an_object"),
        ("kabar#7", "!not_json"),
        ("kabar#8", "!empty"),
        ("kabar#9", "!no_text"),
        ("kabar#10", "!binary"),
    ]
    assert outcomes[0].source == "https://contoh.id/7"


def test_repeated_ids_are_numbered(tmp_path: Path) -> None:
    lines = [{"id": i, "text": f"t{n}"} for n, i in enumerate(["a", "a", "b", "a#2", "a"])]
    outcomes = read(tmp_path / "x.jsonl", "\n".join(map(json.dumps, lines)))
    assert told(outcomes) == [("a", "t0"), ("a#2", "t1"), ("b", "t2"), ("a#2#2", "t3"), ("a#3", "t4")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_lines_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    data = '{"text": "“satu”"}\r\n{"text": "dua"}\r\n'.encode(encoding)
    assert told(read(tmp_path / "x.jsonl", data)) == [("x#1", "“satu”"), ("x#2", "dua")]


def test_a_line_in_windows_1252_among_utf8(tmp_path: Path) -> None:
    data = '{"text": "“satu”"}\n'.encode() + '{"text": "“dua”"}\n'.encode("windows-1252")
    outcomes = read(tmp_path / "x.jsonl", data)
    assert told(outcomes) == [("x#1", "“satu”"), ("x#2", "“dua”")]
    assert [o.metadata.get("encoding") for o in outcomes if isinstance(o, Page)] == [None, "windows-1252"]


def test_line_separators_inside_a_string_end_no_line(tmp_path: Path) -> None:
    text = "a\u2028b\u0085c"
    assert told(read(tmp_path / "x.jsonl", json.dumps({"text": text}, ensure_ascii=False))) == [("x#1", text)]


def test_a_long_line_is_skipped_and_the_next_one_read(tmp_path: Path) -> None:
    data = b'{"text": "' + b"a" * 5_000_000 + b'"}\n{"text": "dua"}'
    assert told(read(tmp_path / "x.jsonl", data)) == [("x#1", "!too_long"), ("x#2", "dua")]


def test_deep_nesting_and_huge_numbers_are_bad_json(tmp_path: Path) -> None:
    data = "[" * 100_000 + "\n" + '{"text": "a", "n": ' + "9" * 5000 + '}\n{"text": "tiga"}'
    assert told(read(tmp_path / "x.jsonl", data)) == [
        ("x#1", "!not_json"),
        ("x#2", "!not_json"),
        ("x#3", "tiga"),
    ]


# JSON


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"text": "satu"}, [("x", "satu")]),
        ({"id": "k", "text": "satu"}, [("k", "satu")]),
        (
            [{"text": "satu"}, {"text": "dua"}, 3],
            [("x#1", "satu"), ("x#2", "dua"), ("x#3", "!not_an_object")],
        ),
        ({"status": "ok", "articles": [{"isi": "satu"}]}, [("x#1", "satu")]),
        ({"text": "satu", "items": [{"text": "dua"}]}, [("x", "satu")]),
        ({"status": "ok"}, [("x", "!no_text")]),
        ({"result": {"posts": [{"isi": "satu"}]}}, [("x#1", "satu")]),
        ({"data": {"berita": {"edges": [{"node": {"id": 5, "isi": "satu"}}]}}}, [("5", "satu")]),
        ({"hits": {"total": 1, "hits": [{"_id": "k", "_source": {"isi": "satu"}}]}}, [("k", "satu")]),
        ({"a1": {"isi": "satu"}, "a2": {"isi": "dua"}}, [("x#1", "satu"), ("x#2", "dua")]),
        ({"berita": [{"text": "satu"}], "halaman": 1}, [("x#1", "satu")]),
        ("teks", [("x", "!not_an_object")]),
        ([], [("x", "!empty")]),
    ],
)
def test_json_shapes(tmp_path: Path, value: Any, expected: list[tuple[str, str]]) -> None:
    assert told(read(tmp_path / "x.json", json.dumps(value))) == expected


def test_json_that_is_json_lines(tmp_path: Path) -> None:
    assert told(read(tmp_path / "x.json", '{"text": "satu"}\n{"text": "dua"}\n')) == [
        ("x#1", "satu"),
        ("x#2", "dua"),
    ]


@pytest.mark.parametrize(
    ("data", "reason"), [("", "empty"), ("{rusak", "not_json"), ("{\nrusak\n}", "not_json")]
)
def test_bad_json(tmp_path: Path, data: str, reason: str) -> None:
    assert told(read(tmp_path / "x.json", data)) == [("x", f"!{reason}")]


SATU, DUA = '{"text": "satu"}', '{"text": "dua"}'


@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "x.jl"])
@pytest.mark.parametrize(
    "data",
    [
        f"[{SATU},\n{DUA}\n][{SATU}]",  # appended to
        f"[\n{SATU},\n{DUA},\n{SATU},\n",  # the crawl was killed
        f"{SATU},\n{DUA},\n{SATU},\n",
        f"[\n{SATU},\n{DUA},\n{SATU},\n]\n",
        f"{SATU}{DUA}\n\n{SATU}",
        '{\n "text": "satu"\n}\n{\n "text": "dua"\n}\n{\n "text": "satu"\n}',
    ],
)
def test_lists_that_were_cut_joined_or_written_by_hand(tmp_path: Path, name: str, data: str) -> None:
    found = read(tmp_path / name, data)
    assert [o.content for o in found if isinstance(o, Page)] == ["satu", "dua", "satu"]
    assert len(found) == 3


@pytest.mark.parametrize("name", ["x.json", "x.jsonl"])
def test_a_record_cut_off_is_told_and_those_before_it_read(tmp_path: Path, name: str) -> None:
    assert [what for _, what in told(read(tmp_path / name, f"[\n{SATU},\n{DUA[:-6]}"))] == [
        "satu",
        "!truncated",
    ]
    middle = f"[\n{SATU},\n{{rusak}},\n{DUA}]"
    assert [what for _, what in told(read(tmp_path / name, middle))] == ["satu", "!not_json", "dua"]


def test_a_file_with_too_many_damaged_records_is_given_up(tmp_path: Path) -> None:
    found = told(read(tmp_path / "x.json", f"[{SATU},\n" + '{"rusak\n' * 50_000 + "]"))
    assert found[0] == ("x#1", "satu")
    assert len(found) == 101


def test_files_of_any_name_are_read_as_what_they_are(tmp_path: Path) -> None:
    assert told(read(tmp_path / "unduhan", SATU)) == [("unduhan#1", "satu")]
    assert told(read(tmp_path / "unduhan.txt", f"[{SATU}]")) == [("unduhan#1", "satu")]
    assert told(read(tmp_path / "a.txt", "{Kota Batu} juara.")) == [("a", "{Kota Batu} juara.")]


# CSV and TSV


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_with_any_usual_delimiter(tmp_path: Path, mark: str) -> None:
    rows = ["id~judul~isi", '1~J~"baris satu\r\nbaris ""dua""~ x"', "~K~lain", ""]
    data = "\r\n".join(rows).replace("~", mark)
    outcomes = read(tmp_path / "x.csv", data)
    assert told(outcomes) == [("1", f'baris satu\r\nbaris "dua"{mark} x'), ("x#2", "lain")]
    assert [o.metadata["title"] for o in outcomes if isinstance(o, Page)] == ["J", "K"]


def test_tsv_takes_tabs_only(tmp_path: Path) -> None:
    assert told(read(tmp_path / "x.tsv", "a,b\ttext\n1,2\tisi, berkoma\n")) == [("x#1", "isi, berkoma")]


def test_csv_oddities(tmp_path: Path) -> None:
    data = "﻿text,id\n\npendek\nisi,2,lebih,banyak\n,3\n"
    assert told(read(tmp_path / "x.csv", data)) == [
        ("x#2", "pendek"),
        ("x#3", "!unreadable"),
        ("3", "!empty"),
    ]


@pytest.mark.parametrize(("data", "reason"), [("", "empty"), ("a,b\n1,2\n", "no_text"), ("text", "empty")])
def test_csv_without_pages(tmp_path: Path, data: str, reason: str) -> None:
    assert told(read(tmp_path / "x.csv", data)) == [("x", f"!{reason}")]


@pytest.mark.parametrize("wider", [131_072, 16_000_000])
def test_csv_with_a_quotation_mark_never_closed(tmp_path: Path, wider: int) -> None:
    # The csv module's limit belongs to the whole process: whoever widened it before changes nothing.
    csv.field_size_limit(wider)
    data = 'text\n"' + "a\n" * 2_000_000
    assert told(read(tmp_path / "x.csv", data)) == [("x#1", "!unreadable")]


BATU = "BATU – Pemkot Batu meraih Juara I di Gedung Saraswati, Batu, Kamis (12/10/2023)."
LAIN = "Piala diserahkan Ketua Dewan Juri kepada Sekretaris Daerah, Rina Wijaya."


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        # commas of prose, without quotation marks
        (f"id,judul,isi\n1,Batu, Juara I,{BATU}\n2,J,{LAIN}\n", [("1", BATU), ("2", LAIN)]),
        (f"id,isi,tanggal\n1,{BATU},2023-10-13\n2,{LAIN},\n", [("1", BATU), ("2", LAIN)]),
        (f"isi\n{BATU}\n{LAIN}\n", [("x#1", BATU), ("x#2", LAIN)]),
        (f"id,isi\n1,Naik 1,5 kali lipat,{BATU}\n", [("1", f"Naik 1,5 kali lipat,{BATU}")]),
        ("id,isi\n1,Batu juara,,\n", [("1", "Batu juara")]),
        ("id,judul,isi\n1,a,b,c,d\n2,J,Batu juara\n", [("x#1", "!unreadable"), ("2", "Batu juara")]),
        # a mark that is never closed
        ('id,isi,kota\n1,"Batu juara,Batu\n2,Malang juara,Malang\n3,"a, b",c\n', [
            ("1", "Batu juara"), ("2", "Malang juara"), ("3", "a, b"),
        ]),
        ('id,isi,kota\n1,J,"Batu\njuara\n2,Malang juara,Malang\n', [
            ("x#1", "!unreadable"), ("2", "Malang juara"),
        ]),
        ('id,isi\n1,Batu juara\n2,"Malang ju', [("1", "Batu juara"), ("2", "Malang ju")]),
        ('id,judul,isi\n1,J,"a, b\n2,"K","c, d"\n', [("1", "a, b"), ("2", "c, d")]),
        # marks inside a text that are not doubled
        ('id,isi,kota\n1,"Batu "juara" umum, kata ketua",Batu\n', [("1", 'Batu "juara" umum, kata ketua')]),
        ('id,isi,kota\n1,"Batu "juara" umum,\nkata ketua",Batu\n', [("1", 'Batu "juara" umum,\nkata ketua')]),
        ('id,isi\n1,Batu "juara" umum\n', [("1", 'Batu "juara" umum')]),
        # marks escaped by backslashes
        ('id,isi\n1,"Batu \\"juara\\", lagi"\n2,"\\"Juara\\""\n', [
            ("1", 'Batu "juara", lagi'), ("2", '"Juara"'),
        ]),
        ('id,isi\n1,"Batu \\\\ Malang"\n2,"a \\"b\\", c"\n3,\\N\n', [
            ("1", "Batu \\ Malang"), ("2", 'a "b", c'), ("3", "!empty"),
        ]),
        # what spreadsheets write
        ('sep=;\nid;isi\n1;"a, b; c"\n', [("1", "a, b; c")]),
        ('\ufeffsep=,\r\nid,isi\r\n1,"a; b"\r\n', [("1", "a; b")]),
        ("Data Berita 2023;;\n;;\nid;judul;isi\n1;J;Batu juara\n;;\n", [("1", "Batu juara")]),
        # no header
        (f'https://a.id/1,"Batu Juara Lagi","{BATU}",2023-10-13\n', [("https://a.id/1", BATU)]),
        (f'"{LAIN} Alhamdulillah."\n', [("x#1", f"{LAIN} Alhamdulillah.")]),
        # two columns of one name
        ("id,isi,isi\n1,a,b\n2,,b\n3,a,a\n", [("1", "a\nb"), ("2", "b"), ("3", "a")]),
        ("id,id,isi\n1,2,a\n,3,b\n", [("1", "a"), ("3", "b")]),
    ],
)  # fmt: skip
def test_rows_as_they_are_meant(tmp_path: Path, data: str, expected: list[tuple[str, str]]) -> None:
    assert told(read(tmp_path / "x.csv", data)) == expected


def test_columns_without_a_header_are_told_by_what_they_hold(tmp_path: Path) -> None:
    [page] = read(tmp_path / "x.csv", f'7;Batu Juara Lagi;"{BATU}";2023-10-13\n')
    assert isinstance(page, Page)
    assert (page.doc_id, page.content) == ("7", BATU)
    assert page.metadata == {"title": "Batu Juara Lagi", "published": "2023-10-13"}


def test_csv_of_an_old_mac(tmp_path: Path) -> None:
    assert told(read(tmp_path / "x.csv", "id,isi\r1,satu\r2,dua")) == [("1", "satu"), ("2", "dua")]


def test_csv_in_windows_1252(tmp_path: Path) -> None:
    assert told(read(tmp_path / "x.csv", "isi\n“Juara”\n".encode("windows-1252"))) == [("x#1", "“Juara”")]


# Parquet


def test_parquet(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "id": [1.0, None, 3.0],
            "content": ["satu", "<p>dua</p><p>2</p>", None],
            "date": pd.to_datetime(["2024-01-02", None, "2024-03-04"]),
            "lain": [[1], [2], [3]],
        }
    )
    frame.to_parquet(tmp_path / "x.parquet")
    outcomes = list(read_pages([tmp_path / "x.parquet"]))
    assert told(outcomes) == [("1", "satu"), ("x#2", "<p>dua</p><p>2</p>"), ("3", "!empty")]
    assert [(o.kind, o.metadata) for o in outcomes if isinstance(o, Page)] == [
        ("text", {"published": "2024-01-02"}),
        ("html", {}),
    ]


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + b"\xff" * 100 + b"PAR1", b"bukan parquet"])
def test_broken_parquet(tmp_path: Path, data: bytes) -> None:
    assert told(read(tmp_path / "x.parquet", data)) == [("x", "!unreadable")]


def test_parquet_without_text(tmp_path: Path) -> None:
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "x.parquet")
    assert told(list(read_pages([tmp_path / "x.parquet"]))) == [("x", "!no_text")]


def test_parquet_values_that_python_or_utf8_have_not(tmp_path: Path) -> None:
    days = pa.array([-99_999_999, 19_641, 99_999_999], pa.int32()).cast(pa.date32())
    times = pa.array([-(2**62), 1_697_000_000_000_000, 2**62], pa.int64()).cast(pa.timestamp("us"))
    texts = pa.array(["“satu”".encode(), "“dua”".encode("windows-1252"), b"tiga"])
    for name, dates in (("hari", days), ("waktu", times)):
        table = pa.table({"isi": pa.Array.from_buffers(pa.string(), 3, texts.buffers()), "tanggal": dates})
        pq.write_table(table, tmp_path / f"{name}.parquet")
        outcomes = list(read_pages([tmp_path / f"{name}.parquet"]))
        assert [what for _, what in told(outcomes)] == ["“satu”", "“dua”", "tiga"]
        assert [o.metadata.get("published") for o in outcomes if isinstance(o, Page)] == [
            None,
            "2023-10-11",
            None,
        ]


def test_parquet_of_html_as_bytes_and_of_categories(tmp_path: Path) -> None:
    frame = pd.DataFrame({"html": [b"<p>satu", None], "id": pd.Categorical(["a", "b"])})
    frame.to_parquet(tmp_path / "x.parquet")
    assert told(list(read_pages([tmp_path / "x.parquet"]))) == [("a", "<p>satu"), ("b", "!empty")]
    packed = gzip.compress((tmp_path / "x.parquet").read_bytes())
    assert told(read(tmp_path / "y.parquet.gz", packed)) == [("a", "<p>satu"), ("b", "!empty")]


# Compressed files, standard input


def test_gzip(tmp_path: Path) -> None:
    assert told(read(tmp_path / "a.txt.gz", gzip.compress(b"isi"))) == [("a", "isi")]
    assert told(read(tmp_path / "x.jsonl.gz", gzip.compress(b'{"text": "isi"}'))) == [("x#1", "isi")]


def test_gzip_damaged_or_blown_up(tmp_path: Path) -> None:
    packed = gzip.compress(b'{"text": "isi"}\n' * 1000)
    assert told(read(tmp_path / "b.txt.gz", b"bukan gzip")) == [("b", "!unreadable")]
    assert told(read(tmp_path / "c.txt.gz", packed[:40])) == [("c", "!truncated")]
    lines = b"".join(b'{"text": "isi %d"}\n' % (n * n) for n in range(20_000))
    outcomes = told(read(tmp_path / "d.jsonl.gz", gzip.compress(lines)[:-2000]))
    assert outcomes[0] == ("d#1", "isi 0")
    assert outcomes[-1] == ("d", "!truncated")
    bomb = gzip.compress(b"\n" + b"a" * 50_000_000, 1)
    assert told(read(tmp_path / "e.txt.gz", bomb)) == [("e", "!too_long")]
    assert told(read(tmp_path / "f.csv.gz", gzip.compress(b"text\n") + bomb))[-1][1] == "!too_long"


def test_a_zip_bomb_of_records_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.readers.packed_streams._MAX_UNPACKED", 100_000)
    honest = gzip.compress(b'{"text": "isi"}\n' * 1000)
    assert {what for _, what in told(read(tmp_path / "a.jsonl.gz", honest))} == {"isi"}
    for name in ("b.jsonl.gz", "b.csv.gz", "b.json.gz"):
        bomb = gzip.compress(b"text\n" + b" \n" * 200_000)
        [*_, failure] = read(tmp_path / name, bomb)
        assert isinstance(failure, PageFailure)
        assert failure.reason == "zip_bomb", name


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"Kota Contoh juara.\n", [("stdin", "Kota Contoh juara.\n")]),
        (b'{"id": "a", "text": "isi"}\n{"text": "dua"}\n', [("a", "isi"), ("stdin#2", "dua")]),
        (b"", [("stdin", "!empty")]),
    ],
)
def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, data: bytes, expected: list[tuple[str, str]]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    assert told(list(read_pages(["-"]))) == expected


# Anything at all


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(st.sampled_from(["text", "id", "html", "data"]), inner)
            ),
            max_leaves=10,
        ).map(lambda v: json.dumps(v).encode()),
    ),
    extension=st.sampled_from(["txt", "html", "jsonl", "json", "csv", "tsv", "parquet", "txt.gz", "bin"]),
)
def test_any_file_gives_pages_or_failures(tmp_path: Path, data: bytes, extension: str) -> None:
    outcomes = read(tmp_path / f"x.{extension}", data, max_chars=300)
    assert len({o.doc_id for o in outcomes}) == len(outcomes)
    for outcome in outcomes:
        outcome.doc_id.encode("utf-8")
        if isinstance(outcome, Page):
            assert outcome.content.strip()
            assert len(outcome.content) <= 300
            outcome.content.encode("utf-8")


@pytest.mark.parametrize(("name", "data"), [("a.jsonl", b""), ("a.jsonl", b"\n \n"), ("a.csv", b"id,isi\n")])
def test_a_file_without_records_is_accounted_for(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (outcome,) = read_pages([tmp_path / name])
    assert isinstance(outcome, PageFailure)
    assert (outcome.doc_id, outcome.reason) == ("a", "empty")
