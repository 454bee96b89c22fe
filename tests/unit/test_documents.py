"""What the documents say can be done, can be done; commands that need a running bar are run in tests/integration."""

import re
from pathlib import Path

import pytest

from chalicelib.shop.model import Shop

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "localstack/README.md"])
VERBS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_make_verb_that_a_document_names_exists(document: Path) -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", document.read_text(), re.MULTILINE))
    assert named <= VERBS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_document_links_to_exists(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_place_in_the_readmes_layout_exists() -> None:
    layout = (ROOT / "README.md").read_text().partition("## How it is laid out")[2].partition("\n## ")[0]
    places = re.findall(r"^\| `([^`]+)`", layout, re.MULTILINE)
    assert places
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_q62_the_readme_says_how_long_a_shop_waits() -> None:
    said = re.findall(r"waits (\d+) minutes", (ROOT / "README.md").read_text())
    shop = Shop("ABC", store_open=True, menu=())
    assert [60 * int(minutes) for minutes in said] == [shop.customer_wait_seconds, shop.barista_wait_seconds]


def test_make_help_names_every_verb() -> None:
    described = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert described == VERBS
