"""The listings in the workshop's pages: each is taken from a step's solution, so that nothing is typed twice.

A page says `<!-- state: 1a-1 Look at the shop -->`, `<!-- rule: 2-1 serverlesspresso-publish -->`,
`<!-- file: 3-4 name -->`, `<!-- python: 3-1 name function -->` or `<!-- javascript: 4-2 name function -->`; the block
of code behind it is what that step's file says there. Behind `<!-- mistakes: 1a -->` stands a table of a module's
typical ones, with what is said of them.
`python -m workshop.listings` writes the pages anew.
"""

import ast
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from deployer.overlay import RULES, WORKFLOW
from workshop.layout import laid_out
from workshop.modules import Mistake, module
from workshop.solutions import solution

PAGES = Path(__file__).parents[1] / "docs" / "workshop"
_LISTING = re.compile(
    r"(<!-- (state|rule|file|python|javascript): (\S+) (.+?) -->\n```(?:json|python|js|toml)\n).*?```\n", re.DOTALL
)
_MISTAKES = re.compile(r"(<!-- mistakes: (\S+) -->\n)(?:\|[^\n]*\n)*")
_HEAD = "| Step | The mistake | The check says |\n|---|---|---|\n"


def filled(page: str) -> str:
    """A page with every listing as its step's solution has it.

    Raises:
        LookupError: a step has no such state, rule, file or definition.
    """
    page = _MISTAKES.sub(lambda found: f"{found[1]}{_HEAD}{''.join(map(_row, module(found[2]).mistakes))}", page)
    return _LISTING.sub(lambda found: f"{found[1]}{_listing(*found.groups()[1:])}```\n", page)


def _row(mistake: Mistake) -> str:
    said = " … ".join(f"`{part}`" for part in mistake.says)
    return f"| {mistake.step} | {mistake.name} | {said} |\n"


def _listing(kind: str, step: str, name: str) -> str:
    listings: Mapping[str, Callable[[Mapping[str, str], str], str]] = {
        "state": _state,
        "rule": _rule,
        "file": lambda files, name: files[name],
        "python": lambda files, name: _definition(files, *name.split()),
        "javascript": lambda files, name: _function(files, *name.split()),
    }
    return listings[kind](solution(step), name)


def _state(files: Mapping[str, str], name: str) -> str:
    return _without_braces({name: json.loads(files[WORKFLOW])["States"][name]})


def _rule(files: Mapping[str, str], name: str) -> str:
    rules: list[dict[str, Any]] = json.loads(files[RULES])
    found = next((rule for rule in rules if rule["name"] == name), None)
    if found is None:
        raise LookupError(f"there is no rule {name}")
    return laid_out(found)


def _definition(files: Mapping[str, str], file: str, name: str) -> str:
    """A function or a class with its decorators, as it stands there."""
    for node in ast.parse(files[file]).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            return "".join(files[file].splitlines(keepends=True)[first - 1 : node.end_lineno])
    raise LookupError(f"{file} defines no {name}")


def _function(files: Mapping[str, str], file: str, name: str) -> str:
    """A function of JavaScript's that begins its line, with the comment before it."""
    pattern = rf"^(?:/\*\*[^\n]*\*/\n)?(?:async )?function {re.escape(name)}\(.*?^}}\n"
    if found := re.search(pattern, files[file], re.MULTILINE | re.DOTALL):
        return found[0]
    raise LookupError(f"{file} has no function {name}")


def _without_braces(value: dict[str, Any]) -> str:
    """A member of an object as it stands there."""
    lines = laid_out(value).splitlines()[1:-1]
    return "".join(f"{line[2:]}\n" for line in lines)


def main() -> None:
    """Write every page anew."""
    for path in PAGES.glob("*.md"):
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
