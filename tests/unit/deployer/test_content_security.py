"""A browser lets the pages do what they do, and nothing else."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from deployer.content_security import policy
from tests.unit.deployer.samples import ROOT

FRONTEND = ROOT / "frontend"
# The rest of their heads is tools/vite/pages.ts's, which tests/page-frame.test.ts of the pages holds to the same.
PAGES = [
    *FRONTEND.glob("*.html"),
    *(page for page in FRONTEND.glob("*/index.html") if page.parent.name not in {"dist", "node_modules"}),
    *(FRONTEND / "public").glob("*.html"),
    FRONTEND / "src" / "shared" / "shell.html",
]


class InlineScripts(HTMLParser):
    """Collects the lines at which a page has scripts in itself, which no source of a policy names."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if (tag == "script" and not dict(attrs).get("src")) or any(_runs(*one) for one in attrs):
            self.lines.append(self.getpos()[0])


def _runs(name: str, value: str | None) -> bool:
    return name.startswith("on") or (value or "").lstrip().lower().startswith("javascript:")


def inline_scripts(page: str) -> list[int]:
    parser = InlineScripts()
    parser.feed(page)
    return parser.lines


def directives(text: str) -> Iterator[tuple[str, list[str]]]:
    return ((name, sources) for name, *sources in (one.split() for one in text.split("; ")))


def test_nothing_is_let_in_that_is_not_named() -> None:
    told = dict(directives(policy(["https://api.example"])))
    assert told["default-src"] == ["'none'"]
    assert told["script-src"] == ["'self'", "'wasm-unsafe-eval'"]
    assert told["connect-src"] == ["'self'", "https://api.example"]
    assert told["frame-ancestors"] == told["base-uri"] == ["'none'"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(FRONTEND)))
def test_no_page_has_a_script_in_itself(page: Path) -> None:
    assert inline_scripts(page.read_text()) == []


def test_a_script_in_a_page_itself_is_seen_in_each_of_its_shapes() -> None:
    page = "<script>\n1</script>\n<script src='a.js'></script>\n<p onclick='x'>\n<a href=' javascript:x'></a>"
    assert inline_scripts(page) == [1, 4, 5]
