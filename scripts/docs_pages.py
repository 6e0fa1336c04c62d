"""Pages of the documentation that the code tells itself, made while MkDocs builds (a hook, see mkdocs.yml).

Columns come from the tables' definitions, rules and words from the lexicon with their examples, the command
line from its own help, the checks of annotations from their table. Nothing of it is committed, so none ages.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pipeline.flow
import pipeline.lexicon.code_rules  # noqa: F401
from pipeline.annotate.check import checks
from pipeline.cli import main
from pipeline.consolidate import COLUMNS
from pipeline.lexicon import lines, schema, table_names
from pipeline.lexicon.typed_rows import keys, table_type
from pipeline.tables.columns import TABLES, Column

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT = Path(__file__).resolve().parents[1]
_WIDTH = "100"

#: Page by the first word of the names of rule tables, and its title; the last takes all others.
RULE_PAGES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "awards": ("Rules for awards", ("award", "handover", "circumstance", "result")),
    "terms": ("Rules for the terms of awards", ("term", "event")),
    "boilerplate": ("Rules for boilerplate", ("boilerplate", "caption", "html")),
    "others": ("Rules for names and others", ()),
}
#: Keys of a rule that are shown in their own way.
_SHOWN_APART = frozenset({"id", "pattern", "examples", "counter", "covers", "meaning", "note", "doc"})

_COLUMNS_INTRO = """# Columns

Made from the code (`pipeline/tables/columns.py`, for awards the schema `lexicon/award_fields.jsonl`). Text is
empty where a page does not state it, integers are missing, and nothing is guessed. All offsets count
characters of the page's text.
"""
_RULES_INTRO = """# Rules and words

What the stages know about Indonesian, its regions and its awards is data: one JSON-lines file a table in
`pipeline/lexicon/`, each with a schema that names and checks its keys. Every rule has examples that it must
find and counter-examples that it must leave alone; the tests try them all. The examples are invented.
`[LABEL words]` stands for a mention, `*` marks the one that a rule must find as the winner.

| table | rows | what it holds |
|---|---|---|"""
_CHECKS_INTRO = """# What `annotate check` says

Made from `pipeline/lexicon/annotation_checks.jsonl`. An error breaks the guidelines; a warning may be right,
look again.

| id | level | guideline | what it looks like | what to do |
|---|---|---|---|---|"""
_COMMANDS_INTRO = """# Command line

`penghargaan` and `python -m pipeline` are the same. This is what each command says about itself with
`--help`.
"""


def code(text: object) -> str:
    """Return a text as inline code, whatever backticks it holds.

    Example:
        >>> code("a`b")
        '``a`b``'
    """
    words = " ".join(str(text).splitlines())
    ticks = "`" * (max((len(run) for run in re.findall("`+", words)), default=0) + 1)
    space = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{ticks}{space}{words}{space}{ticks}"


def cell(text: object) -> str:
    """Return a text for a cell of a Markdown table."""
    return re.sub(r"([\\|*_<`\[\]])", r"\\\1", " ".join(str(text).split()))


def meanings(table: str) -> Mapping[str, str]:
    """Return what each key of a lexicon table means."""
    kind = table_type(table)
    return keys(kind) if kind else {key: spec.get("doc", "") for key, spec in schema(table).items()}


def is_rules(table: str) -> bool:
    """Return whether a lexicon table holds rules: they have examples, and a pattern or a meaning."""
    told = meanings(table).keys()
    return {"id", "examples"} <= told and not told.isdisjoint({"pattern", "meaning"})


def rule_page(table: str) -> str:
    """Return the page that a table of rules is shown on."""
    first = table.split("_", 1)[0]
    return next((page for page, (_, names) in RULE_PAGES.items() if first in names), "others")


def _columns(title: str, file: str, columns: Sequence[Column]) -> Iterator[str]:
    yield f"## {title}\n\n{file}\n\n| column | type | meaning |\n|---|---|---|"
    yield "\n".join(f"| `{c.name}` | {c.dtype} | {cell(c.doc)} |" for c in columns)
    yield ""


def columns_page() -> str:
    """Return the page of all columns."""
    prizes = "one row a recipient, event, edition, category and result"
    where = {
        "awards": f"`awards.csv`, `.parquet` or `.jsonl`: {prizes}.",
        "entities": "`entities.csv`, `.parquet` or `.jsonl`: one row a mention, nested ones too.",
        "sentences": "`sentences.csv`, `.parquet` or `.jsonl`: one row a sentence.",
    }
    parts = [_COLUMNS_INTRO]
    for name, columns in TABLES.items():
        parts += _columns(name.capitalize(), where.get(name, f"The table `{name}`."), columns)
    parts += _columns(
        "Consolidated", "`consolidated.csv`: one row a prize, from all pages of a run.", COLUMNS
    )
    return "\n".join(parts)


def _rule(table: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {code(row['id'])} {{ #{table}-{re.sub(r'[^a-z0-9]+', '-', row['id'].lower())} }}\n"
    if remark := row.get("meaning") or row.get("note") or row.get("doc"):
        yield f"{cell(remark)}\n"
    facts = [f"{key}: {code(value)}" for key, value in row.items() if key not in _SHOWN_APART and value != ""]
    if facts:
        yield f"{', '.join(facts)}\n"
    if row.get("pattern"):
        yield f"```text\n{row['pattern']}\n```\n"
    for key, head in (("examples", "Found in:"), ("counter", "Not in:")):
        if row.get(key):
            yield f"{head}\n"
            yield "\n".join(f"- {code(example)}" for example in row[key]) + "\n"


def rules_page(page: str) -> str:
    """Return a page of rules with their examples."""
    title, _ = RULE_PAGES[page]
    parts = [f"# {title}\n"]
    for table in (t for t in table_names() if is_rules(t) and rule_page(t) == page):
        rows = [row for _, row in lines(table)]
        parts.append(f"## {table}\n\n{len(rows)} rules in `pipeline/lexicon/{table}.jsonl`.\n")
        parts += _keys(table)
        for row in rows:
            parts += _rule(table, row)
    return "\n".join(parts)


def _keys(table: str) -> Iterator[str]:
    yield "| key | meaning |\n|---|---|"
    yield "\n".join(f"| `{key}` | {cell(meaning)} |" for key, meaning in meanings(table).items())
    yield ""


def rules_index() -> str:
    """Return the page that lists all lexicon tables."""
    parts = [_RULES_INTRO]
    for table in table_names():
        rows = sum(1 for _ in lines(table))
        name = f"[{table}]({rule_page(table)}.md#{table})" if is_rules(table) else f"[{table}](#{table})"
        parts.append(f"| {name} | {rows:,} | {cell('; '.join(_about(table)))} |")
    parts.append("\n## Tables of words and names\n")
    for table in (t for t in table_names() if not is_rules(t)):
        parts.append(f"### {table} {{ #{table} }}\n")
        parts += _keys(table)
        first = json.dumps(next(row for _, row in lines(table)), ensure_ascii=False)
        parts.append(f"Its first row:\n\n```json\n{first if len(first) < 800 else first[:800] + ' …'}\n```\n")
    return "\n".join(parts)


def _about(table: str) -> list[str]:
    """Return the meaning of the key that a table is about: its pattern, name, or first key."""
    told = meanings(table)
    main_key = next(
        (key for key in ("pattern", "name", "form", "word", "words") if key in told), next(iter(told))
    )
    return [told[main_key]]


def checks_page() -> str:
    """Return the page of what `annotate check` can say."""
    parts = [_CHECKS_INTRO]
    for row in checks():
        shown = (cell(row[key]) for key in ("level", "what", "example", "todo"))
        parts.append(f"| `{row['id']}` | {' | '.join(shown)} |")
    return "\n".join(parts) + "\n"


def help_of(*arguments: str) -> str:
    """Return the help of a command as it is printed on a terminal of 100 columns."""
    printed = io.StringIO()
    before = os.environ.get("COLUMNS"), os.environ.get("NO_COLOR")
    os.environ |= {"COLUMNS": _WIDTH, "NO_COLOR": "1"}
    try:
        with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
            main([*arguments, "--help"])
    finally:
        for name, value in zip(("COLUMNS", "NO_COLOR"), before, strict=True):
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
    return printed.getvalue()


def subcommands(text: str) -> list[str]:
    """Return the names of the commands that a help lists."""
    return re.findall(r"^    ([a-z-]+)(?: {2,}\S|$)", text, re.MULTILINE)


def command_line_page() -> str:
    """Return the page of all commands with their options."""
    parts = [_COMMANDS_INTRO]

    def add(*names: str) -> None:
        text = help_of(*names)
        parts.append(f"{'##' if len(names) < 2 else '###'} {' '.join(('penghargaan', *names))}\n")
        parts.append(f"```text\n{text.rstrip()}\n```\n")
        if len(names) < 2:
            for name in subcommands(text):
                add(*names, name)

    add()
    return "\n".join(parts)


#: Makers of the generated pages by path.
PAGES: Mapping[str, Callable[[], str]] = {
    "columns.md": columns_page,
    "command-line.md": command_line_page,
    "annotation-checks.md": checks_page,
    # Blocks that the tests parse without running them are marked in a way that MkDocs does not know.
    "contributing.md": lambda: (ROOT / "CONTRIBUTING.md").read_text("utf-8").replace("```sh parsed", "```sh"),
    "rules/index.md": rules_index,
    "rules/awards.md": lambda: rules_page("awards"),
    "rules/terms.md": lambda: rules_page("terms"),
    "rules/boilerplate.md": lambda: rules_page("boilerplate"),
    "rules/others.md": lambda: rules_page("others"),
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages (called by MkDocs)."""
    from mkdocs.structure.files import File

    for path, make in PAGES.items():
        files.append(File.generated(config, path, content=make()))
    return files
