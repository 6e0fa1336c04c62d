from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.report.page import GENERATOR, render_report
from pipeline.report.run_data import read_run
from tests.report.runs import small_run, write_run


class Structure(HTMLParser):
    """The page's elements with their attributes, and the ends that do not fit."""

    VOID = frozenset({"meta", "input", "br"})

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return render_report(read_run(small_run(tmp_path_factory.mktemp("run"))))[0]


def test_every_element_is_closed_and_every_id_is_one(page: str) -> None:
    structure = Structure(page)
    assert structure.open == []
    ids = [attrs["id"] for _, attrs in structure.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    named = {
        attrs[name] for _, attrs in structure.elements for name in ("for", "aria-labelledby") if name in attrs
    }
    assert named - set(ids) == {"record-title"}  # the dialog's own, made when it opens


def test_the_policy_allows_this_script_and_this_style_alone(page: str) -> None:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert found
    policy = found[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for element, directive in (("script", "script-src"), ("style", "style-src")):
        (content,) = re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_nothing_is_inline_but_what_the_policy_names_and_nothing_is_asked_for(page: str) -> None:
    for tag, attributes in Structure(page).elements:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "video", "audio"}
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name not in {"style", "src", "action", "srcset"}
            if name == "href":
                assert value
                assert value.startswith("#")
    for css in re.findall(r"<style>(.*?)</style>", page, re.DOTALL):
        assert "url(" not in css
        assert "@import" not in css


def test_it_says_what_run_json_says(page: str) -> None:
    text = re.sub(r"<[^>]+>", " ", page.split("<script", maxsplit=1)[0])
    text = " ".join(text.split())
    assert "2 halaman dibaca 2 diolah, 0 gagal" in text
    assert "3 catatan penghargaan 2 diraih, 1 nominasi; 1 di antaranya riwayat" in text
    assert "Tidak ada halaman yang gagal." in text
    assert GENERATOR in page


def test_failures_with_their_reasons(tmp_path: Path) -> None:
    failures = [
        {"doc_id": str(n), "source": f"x/{n}.txt", "reason": "empty", "message": "kosong"} for n in range(300)
    ]
    data = read_run(small_run(tmp_path, failures=failures))
    page = render_report(data, "en")[0]
    assert "x/199.txt" in page
    assert "x/200.txt" not in page
    assert "200 of 300 failures shown; all are in run.json." in page
    assert ">302<" in page


def test_a_language_of_its_own(tmp_path: Path) -> None:
    data = read_run(small_run(tmp_path))
    page = render_report(data, "en")[0]
    assert '<html lang="en">' in page
    assert "Awards by year" in page
    assert '<button type="button" lang="en" aria-pressed="true">' in page


def test_no_awards_at_all(tmp_path: Path) -> None:
    page, payload = render_report(read_run(write_run(tmp_path, [], {})), "en")
    assert "No awards were found." in page
    assert json.loads(payload.json)["texts"] == []
    Structure(page)


def test_an_older_run_json_without_counts(tmp_path: Path) -> None:
    data = replace(read_run(small_run(tmp_path)), report={"project": "penghargaan"})
    page = render_report(data)[0]
    assert "halaman dibaca" not in re.sub(r"<script.*", "", page, flags=re.DOTALL)


def test_hostile_reasons_and_folders_are_escaped(tmp_path: Path) -> None:
    bad = "<img src=x onerror=alert(1)>\ud800"
    failures = [{"doc_id": bad, "source": bad, "reason": bad, "message": bad}]
    data = replace(read_run(small_run(tmp_path, failures=failures)), folder=tmp_path / "<b>")
    page = render_report(data)[0]
    assert "<img" not in page
    assert "<b>/evaluation" not in page
    page.encode()  # no lone surrogate is left


TEXT = "Pemerintah Kota Malang meraih Juara 1 kategori Media Sosial pada Anugerah Media Humas 2024.\n"
GOLD = {
    "doc_id": "own-1",
    "text": TEXT,
    "label": "positive",
    "awards": [
        {"recipient": "Pemerintah Kota Malang", "recipient_type": "city", "event": "Anugerah Media Humas",
         "edition": None, "year": 2024, "category": "Media Sosial", "group": None, "result": "Juara 1",
         "rank": 1, "status": "won", "timeframe": "current", "work": None, "organiser": [], "giver": None,
         "giver_position": None, "received_by": None, "received_by_position": None, "date": None,
         "date_text": None, "place": None, "scope": "primary", "soft": [], "evidence": []}
    ],
    "boilerplate": [],
    "entities": [],
    "sentences": [[0, len(TEXT) - 1]],
}  # fmt: skip


def test_the_scores_of_the_last_evaluation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = small_run(tmp_path / "run")
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOLD) + "\n", "utf-8")
    assert main(["evaluate", "--gold", str(tmp_path / "gold.jsonl"), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    (folder / "evaluation.json").write_text(json.dumps(figures), "utf-8")
    page = render_report(read_run(folder), "en")[0]
    text = " ".join(re.sub(r"<[^>]+>", " ", page.split("<script")[0]).split())
    assert "Measured on 1 annotated pages (gold.jsonl), not on the pages of these results." in text
    core = figures["awards"]["core"]
    low, high = core["ci95"]
    assert (
        f"all core slots right {core['f1']:.3f} {low:.3f} – {high:.3f} {core['p']:.3f} {core['r']:.3f}"
        in text
    )
    assert "Sentence limits 1.000" in text
    assert f"Mean confidence {figures['confidence']['mean_confidence']:.2f}" in text
    assert "Few pages" in text
    assert "held-out" not in text


def test_without_an_evaluation_the_way_to_one(page: str) -> None:
    assert "penghargaan evaluate --json" in page


def test_the_same_run_gives_the_same_page(tmp_path: Path) -> None:
    data = read_run(small_run(tmp_path / "run"))
    assert render_report(data)[0] == render_report(data)[0]
