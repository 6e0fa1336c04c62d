"""How the package is built: imports go one way, and each module and public class has a name of its own."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline"

#: Names that several modules may have: each command has its own `cli`.
_SHARED_NAMES = frozenset({"cli"})
#: What users import from. Names are looked up there when they are used (``pipeline.__getattr__``).
_FACADE = "pipeline"


@cache
def modules() -> dict[str, ast.Module]:
    """Return the parsed modules of the package by their dotted names."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield what a module imports, anywhere in it but where types alone are checked."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        else:
            yield from imports(node)


def home(name: str) -> str | None:
    """Return the module of the package that an imported name is, or is in."""
    if name in modules():
        return name
    module = name.rpartition(".")[0]
    return module if module in modules() else None


@cache
def graph() -> dict[str, set[str]]:
    """Return which modules each module of the package imports."""
    return {
        name: {found for imported in imports(tree) if (found := home(imported)) and found != name}
        for name, tree in modules().items()
    }


def test_imports_go_one_way() -> None:
    """Also those inside functions, where they hide a circle."""
    try:
        TopologicalSorter(graph()).prepare()
    except CycleError as error:
        pytest.fail(f"circle: {' -> '.join(error.args[1])}")


def test_packages_import_one_way() -> None:
    """A module that imports from a package imports its `__init__` as well, and all that this imports."""
    packages: defaultdict[str, set[str]] = defaultdict(set)
    for name, imported in graph().items():
        package = ".".join(name.split(".")[:2])
        packages[package].update(".".join(other.split(".")[:2]) for other in imported)
        packages[package].discard(package)
    packages.pop(_FACADE)
    try:
        TopologicalSorter(packages).prepare()
    except CycleError as error:
        pytest.fail(f"circle: {' -> '.join(error.args[1])}")


def test_each_module_has_a_name_of_its_own() -> None:
    named = defaultdict(list)
    for module in modules():
        named[module.rpartition(".")[2]].append(module)
    assert [found for name, found in named.items() if len(found) > 1 and name not in _SHARED_NAMES] == []


def test_each_public_class_has_a_name_of_its_own() -> None:
    named = defaultdict(list)
    for module, tree in modules().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named[node.name].append(module)
    assert {name: found for name, found in named.items() if len(found) > 1} == {}
