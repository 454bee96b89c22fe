"""When the text is built anew, and what a build that failed leaves."""

from pathlib import Path

import pytest

from tests.unit.tools.checkout import Checkout, copied, write_program

SPHINX = 'for to; do :; done; mkdir -p "$to"'
FILES = ("tools/text", "requirements/text.txt", "docs/room.md", "docs/workshop/README.md", "workshop/text/conf.py")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout whose text was built, by a Sphinx that only writes folders."""
    checkout = copied(tmp_path, *FILES)
    write_program(checkout.root / ".venv/bin/sphinx", SPHINX)
    write_program(
        checkout.root / ".venv/bin/python", 'mkdir -p "$4/bin"; ln -s "$PWD/.venv/bin/sphinx" "$4/bin/python"'
    )
    write_program(checkout.root / ".venv/bin/uv", "exit 0")
    first = checkout.run("text")
    assert (first.returncode, "Building the text" in first.stdout) == (0, True), first.stderr
    return checkout


def texts(checkout: Checkout) -> set[str]:
    """The folders of texts, whole and not."""
    return {path.name for path in (checkout.root / ".local").glob("text*") if path.is_dir()}


def test_a_text_that_is_built_is_not_built_again(checkout: Checkout) -> None:
    again = checkout.run("text")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


@pytest.mark.parametrize("changed", FILES)
def test_whatever_it_is_made_of_has_it_built_again(checkout: Checkout, changed: str) -> None:
    """Also what its pages bring along, and how it is built."""
    with (checkout.root / changed).open("a") as file:
        file.write("\n")
    assert "Building the text" in checkout.run("text").stdout


def test_a_build_that_failed_leaves_the_text_of_before_and_nothing_beside_it(checkout: Checkout) -> None:
    write_program(checkout.root / ".venv/bin/sphinx", f"{SPHINX}; exit 1")
    (checkout.root / "docs/room.md").write_text("another")
    assert checkout.run("text").returncode == 1
    assert texts(checkout) == {"text"}


def test_who_builds_at_the_same_time_is_not_disturbed(checkout: Checkout) -> None:
    """The build of another call, which somebody else has begun."""
    write_program(checkout.root / ".venv/bin/sphinx", f"{SPHINX}; mkdir -p .local/text.new .local/text.new.1")
    (checkout.root / "docs/room.md").write_text("another")
    assert checkout.run("text").returncode == 0
    assert texts(checkout) == {"text", "text.new", "text.new.1"}
