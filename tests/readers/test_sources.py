from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.readers.file_names import format_of, no_page, split_extension
from pipeline.readers.sources import find_sources


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("isi", "utf-8")


def ids(*inputs: str, exclude: tuple[Path, ...] = ()) -> list[str]:
    return [source.doc_id for source in find_sources(inputs, exclude=exclude).sources]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", ("a", "text", False)),
        ("a.b.HTML", ("a.b", "html", False)),
        ("a.jsonl.gz", ("a", "jsonl", True)),
        ("a.gz", ("a", None, True)),
        ("a.parquet.gz", ("a.parquet", None, True)),
        ("berita.php?id=7", ("berita.php?id=7", None, False)),
        (".txt", (".txt", None, False)),
        ("x/.txt", ("x/.txt", None, False)),
    ],
)
def test_extensions(name: str, expected: tuple[str, str | None, bool]) -> None:
    assert split_extension(name) == expected


def test_ids_in_a_folder_are_relative_paths_without_extension_in_sorted_order(folder: Path) -> None:
    make(folder, "p/b.txt", "p/a/z.html", "p/a.txt")
    assert ids("p") == ["a", "a/z", "b"]
    assert ids("p/") == ["a", "a/z", "b"]
    assert ids(str(folder / "p")) == ["a", "a/z", "b"]
    assert [s.shown for s in find_sources(["p"]).sources] == ["p/a.txt", "p/a/z.html", "p/b.txt"]


def test_a_file_is_known_by_its_name(folder: Path) -> None:
    make(folder, "p/q/kota.txt")
    assert ids("p/q/kota.txt") == ["kota"]


def test_globs_are_relative_to_their_fixed_part(folder: Path) -> None:
    make(folder, "p/a/x.txt", "p/b/y.txt", "p/b/z.md")
    assert ids("p/*/*.txt") == ["a/x", "b/y"]
    assert ids("p/**/*.md") == ["b/z"]
    assert ids("p/*") == ["a/x", "b/y", "b/z"]
    assert ids("p/**") == ["a/x", "b/y", "b/z"]


def test_a_name_with_brackets_is_a_name_first(folder: Path) -> None:
    make(folder, "p[1]/a.txt")
    assert ids("p[1]") == ["a"]


def test_clashing_names_keep_what_tells_them_apart(folder: Path) -> None:
    make(folder, "p/a.txt", "p/a.html", "q/a.txt", "q/b.txt")
    assert ids("p") == ["a.html", "a.txt"]
    assert ids("p", "q") == ["a.html", "b", "p/a.txt", "q/a.txt"]
    assert ids("q/b.txt", "p/a.txt", "q/a.txt") == ["b", "p/a.txt", "q/a.txt"]


def test_order_of_inputs_and_repetition_do_not_matter(folder: Path) -> None:
    make(folder, "p/a.txt", "p/c.txt", "q/b.txt")
    assert list(find_sources(["q", "p"]).sources) == list(find_sources(["p", "q", "p", "q"]).sources)
    assert ids("p", "p/a.txt", "p/*.txt") == ["a", "c"]


def test_hidden_files_and_other_kinds_are_passed_over_and_counted(folder: Path) -> None:
    make(
        folder,
        "p/a.txt",
        "p/.git/b.txt",
        "p/.c.txt",
        "p/foto.JPG",
        "p/foto2.jpg",
        "p/gaya.css",
        "p/berita.php",
        "p/tanpa",
    )
    inventory = find_sources(["p"])
    assert [s.doc_id for s in inventory.sources] == ["a", "berita.php", "tanpa"]
    assert inventory.skipped == {".css": 1, ".jpg": 2, "hidden": 2}


def test_a_named_file_is_read_whatever_its_kind(folder: Path) -> None:
    make(folder, "p/a.xyz")
    assert ids("p/a.xyz") == ["a.xyz"]


def test_the_output_inside_the_input_is_not_read_back(folder: Path) -> None:
    make(folder, "p/a.txt", "p/out/awards.csv")
    assert ids("p", exclude=(folder / "p/out",)) == ["a"]
    assert ids("p/**", exclude=(folder / "p/out",)) == ["a"]
    with pytest.raises(UsageError, match="output folder as well"):
        ids("p", exclude=(folder / "p",))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_pipes_are_never_opened(folder: Path) -> None:
    make(folder, "p/a.txt")
    os.mkfifo(folder / "p/pipa.txt")
    assert ids("p") == ["a"]


def test_names_with_something_behind_them(folder: Path) -> None:
    make(folder, "p/a.html?id=7", "p/b.html.download", "p/c.htm@x=1", "p/d.json.bak", "p/e.php?id=3")
    found = {s.doc_id: s.format for s in find_sources(["p"]).sources}
    assert found == {
        "a.html?id=7": "html",
        "b.html.download": "html",
        "c.htm@x=1": "html",
        "d.json.bak": "json",
        "e.php?id=3": "text",
    }
    assert format_of("berita.2024") == (None, False)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Thumbs.db", "Thumbs.db"),
        ("desktop.ini", "desktop.ini"),
        ("_SUCCESS", "_SUCCESS"),
        ("_started_1697", "_started, _committed"),
        (".DS_Store", "hidden"),
        (".part-0000.parquet.crc", "hidden"),
        ("jquery.min.js.download", ".js"),
        ("~$laporan.docx", "unfinished"),
        ("a.txt", None),
        ("_catatan.txt", None),
        ("berita", None),
    ],
)
def test_files_that_are_no_pages(folder: Path, name: str, kind: str | None) -> None:
    assert no_page(name) == kind
    make(folder, "p/x.txt", f"p/{name}")
    inventory = find_sources(["p"])
    assert inventory.skipped == ({kind: 1} if kind else {})
    assert not inventory.failures


def test_the_parts_of_a_page_that_was_saved_whole_are_no_pages(folder: Path) -> None:
    make(folder, "p/Berita.html", "p/Berita_files/iklan.html", "p/Lain_files/a.html")
    inventory = find_sources(["p"])
    assert [s.doc_id for s in inventory.sources] == ["Berita", "Lain_files/a"]
    assert inventory.skipped == {"parts of saved pages": 1}


def test_links_to_folders_are_followed_and_dead_links_told(folder: Path) -> None:
    make(folder, "p/a.txt", "nas/2023/b.txt", "nas/2023/c/d.txt")
    (folder / "p/2023").symlink_to(folder / "nas/2023", target_is_directory=True)
    (folder / "p/putus.txt").symlink_to(folder / "nas/tiada.txt")
    (folder / "nas/2023/naik").symlink_to(folder / "nas", target_is_directory=True)
    (folder / "p/atas").symlink_to(folder, target_is_directory=True)
    (folder / "p/lain").symlink_to(folder / "nas/2023", target_is_directory=True)
    inventory = find_sources(["p"])
    assert [s.doc_id for s in inventory.sources] == ["2023/b", "2023/c/d", "a"]
    assert [(f.doc_id, f.source, f.reason) for f in inventory.failures] == [
        ("putus", "p/putus.txt", "unreadable")
    ]


def test_link_loops_end(folder: Path) -> None:
    make(folder, "p/a.txt")
    (folder / "p/lagi").symlink_to(folder / "p", target_is_directory=True)
    assert ids("p") == ["a"]


def test_names_of_any_bytes_give_ids_that_can_be_written(folder: Path) -> None:
    (folder / "p").mkdir()
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/p/kota\xff.txt")).write_text("isi", "utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert ids("p") == ["kota\ufffd"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("tiada", "tiada does not exist; name a file"),
        ("*.txt", "no file matches"),
        ("kosong", "no pages in kosong"),
    ],
)
def test_nothing_to_read_is_a_usage_error(folder: Path, given: str, message: str) -> None:
    (folder / "kosong").mkdir()
    with pytest.raises(UsageError, match=message.replace("*", r"\*")):
        find_sources([given])


def test_a_folder_of_other_kinds_says_so(folder: Path) -> None:
    make(folder, "p/a.jpg", "p/b.css")
    with pytest.raises(UsageError, match=r"2 files there are of other kinds: \.css, \.jpg"):
        find_sources(["p"])


def test_no_input_at_all() -> None:
    with pytest.raises(UsageError, match="no pages"):
        find_sources([])
