"""The original's defects, each with what guards against it here, as the page `docs/defects.md`; `make docs` writes it.

A test names the defects that it guards against: `test_q8_...` in Python, a title that begins with `Q8: ` in TypeScript.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.source import ROOT, files, modules

DATA = ROOT / "docs" / "defects.toml"
PAGE = ROOT / "docs" / "defects.md"
EVERY = range(1, 63)

IN_PYTHON = re.compile(r"(?:test_)?((?:q\d+_)+)(.+)")
IN_TYPESCRIPT = re.compile(r"""["'`]((?:Q\d+[:,] )+)(.+?)["'`]""")

HEAD = """\
# What went wrong in the original, and what guards against it here

The bar comes from AWS's Serverlesspresso workshop, MIT-0:
[serverless-coffee-workshop](https://github.com/aws-samples/serverless-coffee-workshop). We know of 62 defects of the
original workshop, Q1 to Q62. A test that guards against one carries its number, as in `test_q8_...`.

`make docs` writes this page, of `docs/defects.toml` and the names of the tests; `make test-unit` sees that it was done.
"""


@dataclass(frozen=True)
class Guard:
    """A test that fails when a defect comes in."""

    path: str
    says: str
    numbers: frozenset[int]


@dataclass(frozen=True)
class Defect:
    """A defect: what went wrong, what keeps it away where no test does, and whether it is about the pages."""

    number: int
    was: str
    here: str = ""
    page: bool = False


type Areas = Mapping[str, Sequence[Defect]]


def defects() -> Areas:
    """All defects, by the title of their part of the page."""
    areas = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {
        area.pop("title"): [Defect(int(name[1:]), **texts) for name, texts in area.items()] for area in areas.values()
    }


def guards() -> dict[int, list[Guard]]:
    """Tests by the numbers of the defects that they guard against."""
    found: dict[int, list[Guard]] = defaultdict(list)
    for guard in (*_in_python(), *_in_typescript()):
        for number in guard.numbers:
            found[number].append(guard)
    return found


def _in_python() -> Iterator[Guard]:
    for module in modules("tests", "localstack/tests"):
        for function in module.functions:
            if named := IN_PYTHON.fullmatch(function.name):
                yield _guard(module.path, named[1], named[2].replace("_", " "))


def _in_typescript() -> Iterator[Guard]:
    for path in files():
        if path.name.endswith(".test.ts"):
            for named in IN_TYPESCRIPT.finditer(path.read_text(encoding="utf-8")):
                yield _guard(path, named[1], named[2])


def _guard(path: Path, numbers: str, says: str) -> Guard:
    return Guard(path.relative_to(ROOT).as_posix(), says, frozenset(map(int, re.findall(r"\d+", numbers))))


def page(areas: Areas, guarded: Mapping[int, Sequence[Guard]]) -> str:
    """The page as text."""
    parts = (_part(title, listed, guarded) for title, listed in areas.items())
    return "\n".join([HEAD, *parts])


def _part(title: str, listed: Sequence[Defect], guarded: Mapping[int, Sequence[Guard]]) -> str:
    rows = [f"| Q{one.number} | {one.was} | {_why_not(one, guarded.get(one.number, []))} |" for one in listed]
    return "\n".join([f"## {title}\n", "| | What went wrong | What guards against it |", "|---|---|---|", *rows, ""])


def _why_not(defect: Defect, tests: Sequence[Guard]) -> str:
    by_file: dict[str, list[str]] = defaultdict(list)
    for test in tests:
        by_file[test.path].append(test.says.replace("|", "\\|"))
    lines = [f"[{path}](../{path}): {'; '.join(says)}" for path, says in by_file.items()]
    open_question = ["The pages: not checked yet."] if defect.page and not tests else []
    return "<br>".join([*filter(None, [defect.here]), *open_question, *lines])


if __name__ == "__main__":
    PAGE.write_text(page(defects(), guards()), encoding="utf-8")
