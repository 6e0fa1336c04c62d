"""Count lines of code by package: without blank lines, comments and docstrings.

    python scripts/code_lines.py                       # pipeline/ as it is
    python scripts/code_lines.py pipeline tests --leave-out pipeline/trace
    python scripts/code_lines.py --at v0.1.0           # as it was at a commit

A line counts where a token of the program stands on it; a text over several lines counts with all of
them, unless it is a docstring.
"""

from __future__ import annotations

import argparse
import ast
import io
import subprocess
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


def code_lines(source: str) -> int:
    r"""Return the number of lines of a module that hold code.

    Args:
        source: The module's text.

    Raises:
        SyntaxError: If it is no Python.

    Example:
        >>> code_lines('"A module."\n\n# a remark\nx = 1  # one\n')
        1
    """
    docstrings = set(_docstrings(ast.parse(source)))
    lines = {
        line
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in _NO_CODE and token.start not in docstrings
        for line in range(token.start[0], token.end[0] + 1)
    }
    return len(lines)


def _docstrings(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """Yield where docstrings begin: line and column."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                yield first.lineno, first.col_offset


def sources(folder: str, commit: str | None) -> Iterator[tuple[str, str]]:
    """Yield path and text of the Python files of a folder, as they are or as they were at a commit."""
    if commit is None:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
        return
    for path in _git("ls-tree", "-r", "--name-only", commit, "--", folder).splitlines():
        if path.endswith(".py"):
            yield path, _git("show", f"{commit}:{path}")


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603, S607
    return done.stdout


def main() -> None:
    """Print the lines of code by package, and their sum."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument(
        "folders", nargs="*", default=["pipeline"], help="folders to count (default: pipeline)"
    )
    parser.add_argument("--at", metavar="COMMIT", help="count at a commit instead of the work tree")
    parser.add_argument("--leave-out", nargs="+", default=[], metavar="PATH", help="paths that do not count")
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    for folder in arguments.folders:
        for path, source in sources(folder, arguments.at):
            if not any(path == left or path.startswith(f"{left}/") for left in arguments.leave_out):
                package = path.rsplit("/", 1)[0]
                counts[package] += code_lines(source)
    for package, lines in sorted(counts.items()):
        print(f"{lines:7,}  {package}")
    print(f"{counts.total():7,}  in all")


if __name__ == "__main__":
    main()
