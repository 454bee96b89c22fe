"""The package speaks one dialect: patches by the seam, absolute imports, `...Error`, `Raises:` as a section."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from local_cloud import own_package

MODULES = {str(path.relative_to(own_package.FOLDER)): path for path in sorted(own_package.FOLDER.rglob("*.py"))}
UPSTREAM = {"localstack", "moto", "rolo", "twisted", "plux", "botocore", "werkzeug"}
SEAM = "plugins/patches.py"
RAISES_IN_PROSE = re.compile(r"\bRaises\s|\b[Rr]aises?\s+\w+(Error|Exception)\b")

every_module = pytest.mark.parametrize("path", MODULES.values(), ids=MODULES)


def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text())))


def upstream_names(tree: list[ast.AST]) -> set[str]:
    """What a module calls that which it imports from upstream."""
    found = {
        alias.asname or alias.name
        for node in tree
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in UPSTREAM
        for alias in node.names
    }
    plain = {
        alias.asname or alias.name.partition(".")[0]
        for node in tree
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name.partition(".")[0] in UPSTREAM
    }
    return found | plain


def root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def assigned(tree: list[ast.AST]) -> Iterator[ast.expr]:
    """All that is assigned an attribute, by `=` or by `setattr`."""
    for node in tree:
        if isinstance(node, ast.Assign):
            yield from (target for target in node.targets if isinstance(target, ast.Attribute))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("setattr", "patch"):
            yield from node.args[:1]


@every_module
def test_nothing_of_upstream_is_replaced_but_by_the_seam(path: Path) -> None:
    tree = nodes(path)
    names = upstream_names(tree)
    assert [ast.unparse(target) for target in assigned(tree) if root(target) in names] == []


def test_only_the_seam_knows_localstacks_own_patch() -> None:
    users = [name for name, path in MODULES.items() if "localstack.utils.patch" in path.read_text()]
    assert users == [SEAM]


@every_module
def test_imports_are_absolute(path: Path) -> None:
    assert [node.lineno for node in nodes(path) if isinstance(node, ast.ImportFrom) and node.level] == []


@every_module
def test_what_is_raised_is_called_an_error(path: Path) -> None:
    def is_exception(node: ast.ClassDef) -> bool:
        bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
        return any(base.endswith(("Error", "Exception")) for base in bases)

    classes = [node for node in nodes(path) if isinstance(node, ast.ClassDef) and is_exception(node)]
    assert [node.name for node in classes if not node.name.endswith("Error")] == []


@every_module
def test_what_a_function_raises_is_told_in_a_section(path: Path) -> None:
    documented = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    told = [(node.name, ast.get_docstring(node) or "") for node in nodes(path) if isinstance(node, documented)]
    assert [(name, text) for name, text in told if RAISES_IN_PROSE.search(text)] == []
