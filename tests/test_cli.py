from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline import cli
from pipeline.cli import awards_text, main
from pipeline.readers import PageFailure
from pipeline.run import Settings, Summary
from pipeline.tables.columns import TABLES


def row(**values: Any) -> dict[str, Any]:
    return dict.fromkeys([column.name for column in TABLES["awards"]], "") | {"start": 0, "end": 5} | values


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """Settings of the runs that the command line started; no run takes place."""
    seen: list[Settings] = []
    failures = tuple(PageFailure(f"d{n}", f"p/d{n}.txt", "empty", "kosong") for n in range(12))

    def fake_run(settings: Settings, *, progress: bool) -> Summary:
        assert isinstance(progress, bool)
        seen.append(settings)
        failed = failures if "buruk" in settings.inputs else ()
        won = row(doc_id="a", recipient="Kota Malang", evidence="bukti")
        awards = () if "buruk" in settings.inputs else (won,)
        counts = {
            "read": 3,
            "with_awards": 31 if "banyak" in settings.inputs else len(awards),
            "awards": 1,
            "failed": len(failed),
            "skipped_by_extension": {".jpg": 2},
            "records_left_out": {"redirect": 3, "request": 1},
            "inputs_without_pages": 1,
            "without_body": 2,
        }
        report = {"counts": counts, "seconds": {"total": 0.5}, "files": ["awards.csv", "run.json"]}
        return Summary(awards, failed[:10], report)

    monkeypatch.setattr(cli, "run", fake_run)
    return seen


def test_defaults(seen: list[Settings], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "seeds"]) == 0
    assert seen == [Settings(inputs=("seeds",), output=Path("out"))]
    told = capsys.readouterr()
    assert "Kota Malang" in told.out
    assert told.out.splitlines()[-1] == (
        "3 pages read, 1 with awards, 1 records, 0 failed, 2 without body, 1 file without a page,"
        " 4 records passed over as no pages (3 redirect, 1 request),"
        " 2 files passed over as no pages (2 .jpg), 0.5 s"
    )
    assert told.err == ""


@pytest.mark.usefixtures("seen")
def test_only_the_first_pages_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "banyak"]) == 0
    assert "... and 30 more pages with awards" in capsys.readouterr().out


@pytest.mark.usefixtures("seen")
def test_a_consolidated_table_of_an_earlier_run_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "seeds", "-o", str(tmp_path)]) == 0
    assert "earlier run" not in capsys.readouterr().out
    (tmp_path / "consolidated.csv").touch()
    assert main(["run", "seeds", "-o", str(tmp_path)]) == 0
    assert "consolidated.csv is of an earlier run" in capsys.readouterr().out


def test_options(seen: list[Settings]) -> None:
    options = (
        "--tables entities,awards,entities --format parquet --workers 3 --max-chars 99 --engine spacy --quiet"
        " --timeout 2.5 --text-field naskah --date-field data.terbit"
    )
    assert main(["run", "a", "b/*.html", "-o", "hasil", *options.split()]) == 0
    assert seen == [
        Settings(
            inputs=("a", "b/*.html"),
            output=Path("hasil"),
            tables=("entities", "awards"),
            format="parquet",
            workers=3,
            max_chars=99,
            timeout=2.5,
            fields={"content": "naskah", "published": "data.terbit"},
        )
    ]


def test_quiet_prints_nothing_but_failures(seen: list[Settings], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "buruk", "-q"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[0] == "failed: p/d0.txt: empty: kosong"
    assert told.err.splitlines()[-1] == "... and 2 more failures, see out/run.json"
    assert len(told.err.splitlines()) == 11
    assert len(seen) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["jalan"],
        ["run"],
        ["run", "a", "--tables", "x"],
        ["run", "a", "--tables", ","],
        ["run", "a", "--format", "xls"],
    ],
)
def test_wrong_usage_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: penghargaan" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "tiada"], "penghargaan: tiada does not exist; name a file"),
        (["run", "tiada*"], "penghargaan: no file matches"),
        (["run", "seeds", "--workers", "0"], "at least 1"),
    ],
)
def test_a_call_that_cannot_work_is_2_with_advice(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert message in told.err
    assert "Traceback" not in told.err


def test_an_engine_that_is_not_installed_is_2_with_the_way_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pipeline.sentences.stanza.find_spec", lambda _: None)
    assert main(["run", "seeds", "--engine", "stanza"]) == 2
    told = capsys.readouterr().err
    assert "penghargaan: the stanza engine needs stanza and torch: pip install 'penghargaan[stanza]'" in told
    assert "Traceback" not in told


def test_interruption(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_: Settings, **_more: object) -> Summary:
        raise KeyboardInterrupt("interrupted; 12 pages are done")

    monkeypatch.setattr(cli, "run", interrupted)
    assert main(["run", "seeds"]) == 130
    assert capsys.readouterr().err == "penghargaan: interrupted; 12 pages are done\n"


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--version", "--help"):
        with pytest.raises(SystemExit) as caught:
            main([option])
        assert caught.value.code == 0
    assert "run" in capsys.readouterr().out


def test_awards_are_told_by_page_with_evidence() -> None:
    records = [
        row(
            doc_id="a",
            title="Judul",
            recipient="Pemkot Malang",
            recipient_name="Pemerintah Kota Malang",
            result="Terbaik II",
            category="Kampanye",
            event="Anugerah Media Humas",
            event_abbr="AMH",
            year=2024,
            evidence="Pemkot\nMalang",
            start=10,
            end=23,
        ),
        row(
            doc_id="a",
            recipient="Kota Batu",
            event="Lomba (LS)",
            event_abbr="LS",
            status="nominated",
            timeframe="past",
        ),
        row(doc_id="b", recipient="Kota Kediri"),
    ]
    assert list(awards_text(records, 100)) == [
        "a | Judul",
        "  Pemerintah Kota Malang: Terbaik II · Kampanye · Anugerah Media Humas (AMH) 2024",
        "      10-23: “Pemkot Malang”",
        "  Kota Batu: Lomba (LS) [nominated, past]",
        "      0-5: “”",
        "",
        "b",
        "  Kota Kediri:",
        "      0-5: “”",
        "",
    ]


def test_terminal_output_is_bounded_and_safe() -> None:
    records = [
        row(doc_id=f"{n:03}", recipient="Kota\x1b[31m\u202e" + "a" * 500, evidence="x\n" * 999)
        for n in range(50)
    ]
    lines = list(awards_text(records, 80))
    assert max(map(len, lines)) <= 80
    assert not any("\x1b" in line or "\u202e" in line for line in lines)
