"""A reader is a module of its own and a name in the list: nothing else knows the formats."""

from __future__ import annotations

import gzip
import re
import textwrap
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.errors import UsageError
from pipeline.readers import PageFailure, read_pages, registry
from pipeline.readers.registry import READERS, reader_for, reader_of

RECIPE = (Path(__file__).parents[2] / "docs/adding.md").read_text("utf-8")


@pytest.fixture
def _recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader that docs/adding.md adds."""
    code = re.findall(r"    ```python\n(.*?)    ```", RECIPE.partition("## A reader")[2], re.DOTALL)[0]
    module = ModuleType("dump")
    exec(textwrap.dedent(code), module.__dict__)  # noqa: S102 (our own page)
    monkeypatch.setattr(registry, "READERS", (*READERS, module.DUMP))


@pytest.mark.usefixtures("_recipe")
def test_the_recipe_adds_a_reader(tmp_path: Path) -> None:
    pages = f"Kota Batu juara.\n=====\n{'x' * 100}\n=====\nWarga senang.\n"
    (tmp_path / "a.dump").write_text(pages, "utf-8")
    (tmp_path / "b.dump.gz").write_bytes(gzip.compress(pages.encode()))
    found = list(read_pages([tmp_path], max_chars=50))
    assert [page.doc_id for page in found] == ["a#1", "a#2", "a#3", "b#1", "b#2", "b#3"]
    failed = [page for page in found if isinstance(page, PageFailure)]
    assert [page.reason for page in failed] == ["too_long"] * 2


@pytest.mark.usefixtures("_recipe")
def test_extensions_that_are_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    with pytest.raises(UsageError, match=r"put \.txt .* \.dump files there"):
        list(read_pages([tmp_path]))


def test_a_reader_of_what_is_passed_over_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = READERS[0]
    feeds = type(text)(format="feed", extensions=(".log",), read=text.read, one_page=True)
    (tmp_path / "a.log").write_text("Kota Batu juara.", "utf-8")
    with pytest.raises(UsageError, match="no pages"):
        list(read_pages([tmp_path]))
    monkeypatch.setattr(registry, "READERS", (*READERS, feeds))
    assert [page.doc_id for page in read_pages([tmp_path])] == ["a"]


def test_formats_and_extensions_are_claimed_once() -> None:
    formats = [reader.format for reader in READERS]
    extensions = [extension for reader in READERS for extension in reader.extensions]
    assert len(set(formats)) == len(formats)
    assert len(set(extensions)) == len(extensions)
    assert [reader_of(name) for name in formats] == list(READERS)


@pytest.mark.parametrize(
    ("start", "name"),
    [(b'{"isi"', "jsonl"), (b"WARC/1.0", "warc"), (b"WARCA", "text"), (b"", "text"), (b"Kota", "text")],
)
def test_standard_input_is_told_by_its_start(start: bytes, name: str) -> None:
    assert reader_for("stdin", start).format == name
