"""The README's table of plugins: what each changes, why, and how much of LocalStack it replaces.

Made of the first lines of the plugins' docstrings and of the patches that a running cloud lists. As a program it writes
the table anew, from the cloud whose address it is given: `python localstack/tests/plugin_table.py http://127.0.0.1:4566`.
"""

import ast
import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import httpx
from local_cloud import own_package
from local_cloud.own_endpoints import PATCHES_PATH

README = own_package.FOLDER.parent / "README.md"
_PLUGINS = "local_cloud.plugins."
_BEGIN, _END = "<!-- plugins: made by `make docs` -->\n", "<!-- /plugins -->\n"
_FIRST_LINE = re.compile(r"(?P<does>.+)\.\sSince (?P<since>[0-9.]+)\.")


def modules() -> list[str]:
    """The modules that LocalStack is told of, below the package of plugins, each once."""
    declared = {
        value.partition(":")[0] for plugins in own_package.entry_points().values() for value in plugins.values()
    }
    return sorted(name.removeprefix(_PLUGINS) for name in declared if name.startswith(_PLUGINS))


def first_line(module: str) -> re.Match[str]:
    """Take the beginning of a module's docstring apart: what LocalStack does and what is done here, and since when.

    Raises:
        ValueError: it does not say that.
    """
    path = own_package.FOLDER / "plugins" / f"{module.replace('.', '/')}.py"
    paragraph = (ast.get_docstring(ast.parse(path.read_text())) or "").partition("\n\n")[0]
    if not (found := _FIRST_LINE.fullmatch(" ".join(paragraph.split()))):
        raise ValueError(f"{module} begins without `LocalStack ...; here .... Since 0.1.`: {paragraph}")
    return found


def table(patches: Iterable[Mapping[str, Any]]) -> str:
    """Return the table in Markdown."""
    listed = list(patches)
    rows = [_row(module, [patch for patch in listed if patch["plugin"] == module]) for module in modules()]
    return "\n".join(["| plugin | what it changes | why | replaces | since |", "|---|---|---|---|---|", *rows, ""])


def _row(module: str, patches: list[Mapping[str, Any]]) -> str:
    said = first_line(module)
    why = ", ".join(sorted({patch["why"] for patch in patches}))
    replaced = ", ".join(dict.fromkeys(f"`{patch['target'].rpartition(':')[2]}`" for patch in patches))
    return f"| `{module.removesuffix('.plugin')}` | {said['does']} | {why} | {replaced} | {said['since']} |"


def rewritten(readme: str, table_text: str) -> str:
    """Return the README with this table in place of the one that it has."""
    head, _, rest = readme.partition(_BEGIN)
    return f"{head}{_BEGIN}{table_text}{_END}{rest.partition(_END)[2]}"


def patches_of(endpoint_url: str) -> list[dict[str, Any]]:
    """Ask the cloud at this address for its patches."""
    patches: list[dict[str, Any]] = httpx.get(f"{endpoint_url}{PATCHES_PATH}", trust_env=False, timeout=60).json()
    return patches


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(), table(patches_of(sys.argv[1]))))
