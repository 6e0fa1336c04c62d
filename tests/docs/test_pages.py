"""The documentation builds without a warning, asks nothing from elsewhere, and tells what the code tells."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

import pipeline
from pipeline import document, errors
from pipeline.annotate.check import checks
from pipeline.cli import main
from pipeline.consolidate import COLUMNS
from pipeline.lexicon import lines, table_names
from pipeline.readers.failures import PageFailure
from pipeline.tables.columns import TABLES
from scripts import docs_pages

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    # in a process of its own: CPython 3.11 may fail to parse where others were parsed before (gh-106905)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(ROOT / "mkdocs.yml")]
    done = subprocess.run(
        [*command, "--site-dir", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


def text(site: Path, page: str) -> str:
    return (site / page).read_text("utf-8")


class Loaded(HTMLParser):
    """Collects what a page loads by itself: not what it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        loads = {
            "script": "src",
            "img": "src",
            "iframe": "src",
            "source": "src",
            "image": "href",
            "use": "href",
        }
        if tag in loads and (url := values.get(loads[tag])):
            self.urls.append(url)
        if tag == "link" and values.get("rel") not in {"canonical", "next", "prev", "alternate"}:
            self.urls.append(values.get("href") or "")


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 15
    for page in pages:
        loaded = Loaded()
        loaded.feed(page.read_text("utf-8"))
        assert loaded.urls
        assert [url for url in loaded.urls if re.match(r"(?:[a-z]+:)?//", url)] == []
    for style in site.rglob("*.css"):
        assert re.findall(r"url\((?:[\"']?)(?:https?:)?//[^)]*", style.read_text("utf-8")) == []


def public(module: ModuleType) -> list[str]:
    """Return the names of the classes that a module defines."""
    return [n for n, c in vars(module).items() if isinstance(c, type) and c.__module__ == module.__name__]


def test_the_public_api_is_shown_with_its_docstrings(site: Path) -> None:
    page = text(site, "api.html")
    names = [f"pipeline.{name}" for name in pipeline.__all__ if name != "__version__"]
    names += [f"{module.__name__}.{name}" for module in (document, errors) for name in public(module)]
    assert {"pipeline.extract", "pipeline.document.Award", "pipeline.errors.LexiconError"} <= set(names)
    assert [name for name in names if f'id="{name}"' not in page] == []
    words = unescape(re.sub(r"<[^>]+>", "", page))
    assert "Longest page to accept, in characters." in words
    assert "If a path does not exist, there is nothing to read, or the table is unknown." in words
    assert '>>> awards["year"].dtype' in words
    # nothing of Sphinx is left, and an example is code, no quotation
    assert not re.search(r":(?:class|func|data|meth):", words)
    assert "<blockquote" not in page


def test_every_block_is_drawn_as_one(site: Path) -> None:
    assert [page.name for page in site.rglob("*.html") if "```" in page.read_text("utf-8")] == []


def test_every_page_is_in_the_navigation(site: Path) -> None:
    start = text(site, "index.html")
    for page in site.rglob("*.html"):
        name = page.relative_to(site).as_posix()
        assert name == "404.html" or f'href="{name}"' in start, name


def test_columns_are_those_of_the_tables(site: Path) -> None:
    page = docs_pages.columns_page()
    for column in (*(c for columns in TABLES.values() for c in columns), *COLUMNS):
        assert f"| `{column.name}` | {column.dtype} | {docs_pages.cell(column.doc)} |" in page
    assert "quickstatements" not in page
    assert text(site, "columns.html").count("<tr>") == page.count("\n| `") + len(TABLES) + 1


def test_every_rule_is_shown_with_its_examples() -> None:
    shown = "\n".join(docs_pages.PAGES[f"rules/{page}.md"]() for page in docs_pages.RULE_PAGES)
    rule_tables = [table for table in table_names() if docs_pages.is_rules(table)]
    assert {"award_rules", "term_rules", "boilerplate_lines"} <= set(rule_tables)
    for table in rule_tables:
        for _, row in lines(table):
            assert f"### {docs_pages.code(row['id'])}" in shown
            for example in (*row["examples"], *row.get("counter", ())):
                assert f"- {docs_pages.code(example)}" in shown


def test_rules_look_on_the_page_as_they_are_written(site: Path) -> None:
    page = text(site, "rules/awards.html")
    (row,) = (row for _, row in lines("award_rules") if row["id"] == "W01")
    assert 'id="award_rules-w01"' in page
    found = re.findall(r"<code>(.*?)</code>", page)
    assert row["examples"][0] in found


def test_every_lexicon_table_is_listed() -> None:
    index = docs_pages.rules_index()
    assert [table for table in table_names() if f"| [{table}](" not in index] == []


def test_every_check_is_listed() -> None:
    page = docs_pages.checks_page()
    for row in checks():
        assert f"| `{row['id']}` | {row['level']} |" in page


def test_the_command_line_page_has_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    page = docs_pages.command_line_page()
    with pytest.raises(SystemExit):
        main(["--help"])
    for command in docs_pages.subcommands(capsys.readouterr().out):
        assert f"## penghargaan {command}\n" in page
    for action in ("export", "import", "check", "agreement"):
        assert f"### penghargaan annotate {action}\n" in page
    assert "--max-chars" in page


def test_every_reason_for_a_failure_is_explained() -> None:
    told = (PageFailure.__doc__ or "").split(" reason: ", 1)[1].split(" message: ")[0]
    reasons = re.findall(r"``(\w+)``", told)
    assert len(reasons) > 10
    page = (ROOT / "docs" / "errors.md").read_text("utf-8")
    assert [reason for reason in reasons if f"| `{reason}` |" not in page] == []


def test_the_guidelines_are_where_the_docs_say() -> None:
    for page in (*(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md", ROOT / "README.md"):
        for path in re.findall(
            r"`((?:annotations|pipeline|scripts|models|notebooks|docs)/[\w./-]+)`", page.read_text("utf-8")
        ):
            assert (ROOT / path).exists(), f"{page.name}: {path}"


@pytest.mark.parametrize(
    ("given", "shown"), [("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("a\nb", "`a b`")]
)
def test_any_text_can_be_shown_as_code(given: str, shown: str) -> None:
    assert docs_pages.code(given) == shown


def test_any_text_can_stand_in_a_cell() -> None:
    assert docs_pages.cell("a|b *c* <d>\ne") == "a\\|b \\*c\\* \\<d> e"
