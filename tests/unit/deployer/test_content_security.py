"""A browser lets the pages do what they do, and nothing else."""

import base64
import hashlib
from pathlib import Path

from deployer.content_security import policy, script_hashes
from tests.unit.deployer.samples import ROOT

THEME = "document.documentElement.dataset.theme = 'dark'"
PAGE = f"""<html><head><script>{THEME}</script><script type="module" src="a.js"></script>
<script type="module" crossorigin src="../assets/b.js"></script></head><body>no script</body></html>"""


def named(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def directives(text: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (one.split() for one in text.split("; "))}


def test_the_scripts_that_stand_in_a_page_are_named_each_once_and_others_are_not() -> None:
    assert script_hashes([PAGE, PAGE]) == (named(THEME),)


def test_what_stands_between_a_scripts_tags_is_taken_to_the_letter() -> None:
    script = '\n      // a < b && "c"\n      go(`${a}/${b}`)\n    '
    assert script_hashes([f"<script>{script}</script>"]) == (named(script),)


def test_every_page_that_is_written_by_hand_has_its_scripts_named() -> None:
    onward = (ROOT / "frontend" / "public" / "onward.html").read_text()
    assert len(script_hashes([onward])) == onward.count("<script>") == 1


def test_nothing_is_let_in_that_is_not_named() -> None:
    told = directives(policy(["'sha256-a'"], ["https://api.example"]))
    assert told["default-src"] == ["'none'"]
    assert told["script-src"] == ["'self'", "'wasm-unsafe-eval'", "'sha256-a'"]
    assert told["connect-src"] == ["'self'", "https://api.example"]
    assert told["frame-ancestors"] == told["base-uri"] == ["'none'"]


def test_no_page_has_an_event_handler_in_its_html_which_no_hash_would_let_in() -> None:
    pages: list[Path] = [*(ROOT / "frontend" / "public").glob("*.html"), *(ROOT / "frontend").glob("*/index.html")]
    assert pages
    assert [page.name for page in pages if " onclick=" in page.read_text() or "javascript:" in page.read_text()] == []
