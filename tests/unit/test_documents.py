"""What the documents say can be done, can be done; commands that need a running bar are run in tests/integration."""

import os
import re
import subprocess
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
def test_every_option_of_make_that_a_document_names_is_known(document: Path) -> None:
    named = re.findall(r"(?:^|`)make [a-z-]+((?: [A-Z_]+=[^\s`]+)+)", document.read_text(), re.MULTILINE)
    names = set(re.findall(r"([A-Z_]+)=", " ".join(named)))
    makefile = (ROOT / "Makefile").read_text()
    assert {name for name in names if f"$({name})" not in makefile and f"({name}=" not in makefile} <= {"OPEN"}


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


def make(*arguments: str) -> str:
    """What make says that knows nothing of the make, if any, that runs these tests."""
    environment = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MFLAGS", "FAST"}}
    command = ["make", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


CHEAP = (
    "ruff check",
    "ruff format --check",
    "mypy",
    "shellcheck",
    "tests/aws_account tests/unit tests/architecture tests/statemachine",
    "localstack/tests ",
    "npm test",
)
DEAR = ("tools/chromium\n", "localstack/tests \n", "guestbook", "tests/integration", "tests/permissions")


def test_make_test_does_everything_and_with_fast_all_but_what_needs_a_cloud_or_a_browser() -> None:
    everything, fast = make("-n", "test"), make("-n", "test", "FAST=1")
    assert [part for part in (*CHEAP, *DEAR, "npm run check\n") if part not in everything] == []
    assert [part for part in (*CHEAP, '-m "not cloud"', "npm run check:quick\n") if part not in fast] == []
    assert [part for part in DEAR if part in fast] == []


def test_make_help_tells_of_the_fast_way() -> None:
    (line,) = (line for line in make("help").splitlines() if line.startswith("  make test "))
    assert "FAST=1" in line


def test_make_help_names_every_verb() -> None:
    described = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert described == VERBS
