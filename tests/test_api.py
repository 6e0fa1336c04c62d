from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.errors import UsageError
from tests import fakes

WON = "Kota Malang juara 2 Lomba Siaran 2023"


@pytest.fixture
def _fake_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.installed(monkeypatch)


def test_import_loads_no_heavy_library() -> None:
    code = (
        "import sys; before = set(sys.modules); import pipeline, pipeline.cli;"
        "new = set(sys.modules) - before;"
        "heavy = {'spacy', 'pandas', 'numpy', 'sklearn', 'pyarrow', 'torch', 'stanza', 'nervaluate',"
        "'matplotlib', 'jinja2', 'tqdm'} & new;"
        "sys.exit(f'loaded on import: {sorted(heavy)}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_unknown_names_are_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="no attribute 'tidak_ada'"):
        _ = pipeline.tidak_ada
    assert {"extract", "load", "process", "show", "__version__"} <= set(dir(pipeline))


@pytest.mark.usefixtures("_fake_pipeline")
class TestExtract:
    def test_a_folder_a_path_and_several(self, tmp_path: Path) -> None:
        (tmp_path / "b.txt").write_text(WON, "utf-8")
        (tmp_path / "a.txt").write_text(WON, "utf-8")
        for data in (str(tmp_path), tmp_path, [tmp_path / "b.txt", tmp_path / "a.txt"], tmp_path / "*.txt"):
            frame = pipeline.extract(data)
            assert frame["doc_id"].tolist() == ["a", "b"]
            assert frame["year"].tolist() == [2023, 2023]
            assert str(frame["rank"].dtype) == "Int64"
            assert frame["category"].isna().all()

    def test_a_data_frame(self) -> None:
        data = pd.DataFrame(
            {"judul": ["J", "K"], "isi": [WON, "tidak ada"], "url": ["https://contoh.id/1", None]}
        )
        frame = pipeline.extract(data)
        assert frame[["doc_id", "source", "title"]].to_numpy().tolist() == [
            ["https://contoh.id/1"] * 2 + ["J"]
        ]

    def test_a_progress_bar_where_it_is_wanted(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        frame = pd.DataFrame({"isi": [WON, WON]})
        assert len(pipeline.extract(frame)) == 2
        assert capsys.readouterr().err == ""  # nobody watches a test
        assert len(pipeline.extract(frame, progress=True)) == 2
        assert "/2" in capsys.readouterr().err
        (tmp_path / "a.txt").write_text(WON, "utf-8")
        assert len(pipeline.extract(tmp_path, progress=True)) == 1
        assert "pages" in capsys.readouterr().err

    def test_other_tables(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(WON, "utf-8")
        assert pipeline.extract(tmp_path, table="entities")["label"].tolist() == ["AGENCY", "EVENT"]
        assert pipeline.extract(tmp_path, table="sentences")["text"].tolist() == [WON]
        with pytest.raises(UsageError, match="unknown table 'award'; use one of awards"):
            pipeline.extract(tmp_path, table="award")

    def test_failures_warn_and_are_listed(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(WON, "utf-8")
        (tmp_path / "b.txt").write_text("", "utf-8")
        (tmp_path / "c.txt").write_text("GALAT", "utf-8")
        with pytest.warns(UserWarning, match="failed: 2, the first: .*b.txt: empty"):
            frame = pipeline.extract(tmp_path)
        assert frame["doc_id"].tolist() == ["a"]
        assert [f["reason"] for f in frame.attrs["failures"]] == ["empty", "error"]

    def test_no_awards_is_an_empty_table_with_all_columns(self) -> None:
        frame = pipeline.extract(pd.DataFrame({"text": ["tidak ada"]}))
        assert len(frame) == 0
        assert len(frame.columns) == 35
        assert str(frame["year"].dtype) == "Int64"

    def test_a_missing_path(self) -> None:
        with pytest.raises(UsageError, match="does not exist"):
            pipeline.extract("tiada")

    def test_process_one_text(self) -> None:
        result = pipeline.process(WON, doc_id="x")
        assert result.awards[0].value("recipient") == "Kota Malang"
        with pytest.raises(UsageError, match="empty"):
            pipeline.process("  ")

    def test_load_is_kept(self) -> None:
        assert pipeline.load() is pipeline.load()


@pytest.mark.parametrize("html", [False, True])
def test_halves_of_characters_are_no_error(html: bool) -> None:
    """A text may hold lone surrogates that a file cannot; it raised UnicodeEncodeError."""
    text = "Pemkot Batu meraih Juara 1 Lomba Desa 2024 di Ma\ud83dlang, kata Budi \udc80Santoso."
    result = pipeline.process(f"<p>{text}</p>" if html else text, html=html)
    assert [award.value("result") for award in result.awards] == ["Juara 1"]
    if not html:
        assert result.article.text == text
        assert all(result.article.text[a.start : a.end] == a.evidence for a in result.awards)
