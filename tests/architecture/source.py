"""The project's files as data: what each module imports, defines and says."""

import ast
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache, cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
type Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A Python file."""

    path: Path

    @property
    def name(self) -> str:
        """Its dotted name as an import says it; `local_cloud` is its own root."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        parts = parts[1:] if parts[0] == "localstack" else parts
        return ".".join(part for part in parts if part != "__init__")

    @property
    def stem(self) -> str:
        """The last part of its name."""
        return self.name.rpartition(".")[2]

    @cached_property
    def text(self) -> str:
        """Its source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text)

    @property
    def docstring(self) -> str:
        """What it says of itself."""
        return ast.get_docstring(self.tree) or ""

    @cached_property
    def imports(self) -> frozenset[str]:
        """Dotted names of what it imports, with `from m import n` as `m` and `m.n`."""
        return frozenset(name for node in ast.walk(self.tree) for name in _imported(node))

    @cached_property
    def functions(self) -> list[Function]:
        """Every function and method in it."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    @property
    def texts(self) -> Iterator[str]:
        """Its string constants, docstrings left out."""
        docstrings = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield node.value

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project, those that git ignores left out."""
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if line and line[0] != "#"]
    return tuple(sorted(_files_in(ROOT, [*ignored, ".git", ".hypothesis"])))


def _files_in(folder: Path, ignored: list[str]) -> Iterator[Path]:
    for path in folder.iterdir():
        name = path.relative_to(ROOT).as_posix()
        if any(fnmatch(name, pattern) or fnmatch(path.name, pattern) for pattern in ignored):
            continue
        if path.is_dir():
            yield from _files_in(path, ignored)
        else:
            yield path


@cache
def modules(*places: str) -> tuple[Module, ...]:
    """The modules in those folders (or files), all of the project's without one.

    Raises:
        LookupError: a place holds no module, so that a rule about it would be true of nothing.
    """
    return tuple(dict.fromkeys(module for place in places or (".",) for module in _modules_in(place)))


def _modules_in(place: str) -> list[Module]:
    found = [module for module in _all_modules() if module.path.is_relative_to(ROOT / place)]
    if not found:
        raise LookupError(f"there is no Python in {place}: a rule about it would be true of nothing")
    return found


@cache
def _all_modules() -> tuple[Module, ...]:
    return tuple(Module(path) for path in files() if path.suffix == ".py")


@cache
def programs() -> tuple[str, ...]:
    """Every folder of the bar's own code, by what is there: none can be forgotten, none is guarded that is not there.

    The local cloud is not of the bar, and tests are code of another kind.
    """
    top = {module.path.relative_to(ROOT).parts[0] for module in _all_modules()}
    return tuple(sorted(name for name in top - {"localstack", "tests"} if (ROOT / name).is_dir()))


def offenders[T](rule: Callable[[Module], T], *places: str) -> dict[str, T]:
    """What the rule finds in each of the modules there, where it finds anything."""
    found = {str(module): rule(module) for module in modules(*places)}
    return {name: one for name, one in found.items() if one}


def config() -> dict[str, Any]:
    """Chalice's configuration."""
    content: dict[str, Any] = json.loads((ROOT / ".chalice" / "config.json").read_text())
    return content
