from __future__ import annotations

import json

import pytest

from pipeline.evaluation import manifest
from pipeline.evaluation.manifest import ManifestError, leaks, read_manifest, update, verify, verify_file


def page(doc_id, text, awards=()):
    return {
        "doc_id": doc_id,
        "text": text,
        "label": "positive" if awards else "negative",
        "awards": list(awards),
    }


def write(path, *pages):
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(p) + "\n" for p in pages), encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """A folder with a held-out and a development file, both recorded."""
    write(tmp_path / "held.jsonl", page("a", "Halaman satu"))
    write(tmp_path / "dev" / "pages.jsonl", page("b", "Halaman dua"), page("c", "Halaman tiga"))
    update(tmp_path)
    path = tmp_path / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    for entry in content["files"]:
        entry["split"] = "test" if entry["path"] == "held.jsonl" else "dev"
    path.write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


def test_new_files_are_recorded_as_development(folder):
    assert {n: (e.pages, e.split) for n, e in verify(folder).items()} == {
        "dev/pages.jsonl": (2, "dev"), "held.jsonl": (1, "test")
    }  # fmt: skip
    write(folder / "dev" / "more.jsonl", page("d", "Halaman empat"))
    with pytest.raises(ManifestError, match=r"dev/more\.jsonl is not in manifest"):
        verify(folder)
    update(folder)
    assert verify(folder)["dev/more.jsonl"].split == "dev"


def test_a_changed_file_is_refused_before_use(folder):
    path = folder / "dev" / "pages.jsonl"
    assert verify_file(path, folder) is not None
    path.write_text(path.read_text(encoding="utf-8").replace("dua", "lain"), encoding="utf-8")
    with pytest.raises(ManifestError, match="differs from its checksum"):
        verify_file(path, folder)
    update(folder)
    assert verify_file(path, folder) is not None


def test_a_held_out_file_changes_on_purpose_only(folder):
    write(folder / "held.jsonl", page("a", "Halaman lain"))
    with pytest.raises(ManifestError, match="--held-out"):
        update(folder)
    assert update(folder, held_out=True)["held.jsonl"].split == "test"
    (folder / "held.jsonl").unlink()
    with pytest.raises(ManifestError, match="missing"):
        verify(folder)
    with pytest.raises(ManifestError, match="--held-out"):
        update(folder)


def test_files_elsewhere_are_not_covered(folder, tmp_path_factory):
    path = tmp_path_factory.mktemp("other") / "gold.jsonl"
    write(path, page("x", "Halaman"))
    assert verify_file(path, folder) is None


@pytest.mark.parametrize("content", ["{", "[]", '{"files": [{"path": "x"}]}'])
def test_a_broken_manifest_says_so(folder, content):
    (folder / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(ManifestError, match="cannot be read"):
        read_manifest(folder)


def test_an_unknown_split_and_a_missing_manifest_say_so(folder):
    path = folder / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"dev"', '"train"'), encoding="utf-8")
    with pytest.raises(ManifestError, match="no known split"):
        read_manifest(folder)
    path.unlink()
    with pytest.raises(ManifestError, match="--update"):
        read_manifest(folder)


def test_splits_share_no_page_no_text_and_no_edition(folder, make_award):
    won = make_award()
    write(folder / "held.jsonl", page("b", "Halaman satu", [won]), page("z", "Halaman  tiga"))
    other = make_award(event="ANUGERAH PENA NUSANTARA (APN)", recipient="Kota Melati")
    write(folder / "dev" / "pages.jsonl", page("b", "Halaman dua", [other]), page("c", "Halaman tiga"))
    update(folder, held_out=True)
    with pytest.raises(ManifestError) as caught:
        verify(folder)
    for part in (
        "page b is in dev and in test",
        "c (dev) and z (test) are the same",
        "anugerah pena nusantara 2024",
    ):
        assert part in str(caught.value)


def test_another_year_and_a_mention_of_the_past_are_no_leak(make_page, make_award):
    this_year = make_page("Satu", awards=(make_award(),))
    later = make_page("Dua", doc_id="own-2", awards=(make_award(year=2025), make_award(timeframe="past")))
    assert leaks({"dev": [this_year], "test": [later]}) == ()


def test_command_line(folder, monkeypatch, capsys):
    monkeypatch.setattr(manifest, "annotations_folder", lambda: folder)
    assert manifest.main([]) == 0
    assert "test    1 pages  held.jsonl" in capsys.readouterr().out
    write(folder / "held.jsonl", page("a", "Halaman lain"))
    assert manifest.main([]) == 1
    assert manifest.main(["--update"]) == 1
    assert manifest.main(["--update", "--held-out"]) == 0
    write(folder / "dev" / "bad.jsonl", {"doc_id": "only"})
    assert manifest.main(["--update"]) == 2
    assert "bad.jsonl:1" in capsys.readouterr().err
