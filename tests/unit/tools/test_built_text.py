"""When the text is built anew, and what a build that failed leaves."""

import signal
from pathlib import Path

import pytest

from deployer.lock import alone
from tests.unit.tools.checkout import WRITES_FOLDERS, Checkout, copied

FILES = ("tools/text", "requirements/text.txt", "docs/room.md", "docs/workshop/README.md", "workshop/text/conf.py")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout whose text was built, by a Sphinx that only writes folders."""
    checkout = copied(tmp_path, *FILES)
    checkout.sphinx(WRITES_FOLDERS)
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
    checkout.sphinx(f"{WRITES_FOLDERS}; exit 1")
    (checkout.root / "docs/room.md").write_text("another")
    assert checkout.run("text").returncode == 1
    assert texts(checkout) == {"text"}


def test_a_killed_build_is_made_good_by_the_next(checkout: Checkout) -> None:
    (checkout.root / "docs/room.md").write_text("another")
    checkout.sphinx(f"{WRITES_FOLDERS}; kill -9 $PPID")
    assert checkout.run("text").returncode == -signal.SIGKILL
    checkout.sphinx(WRITES_FOLDERS)
    assert checkout.run("text").returncode == 0
    assert texts(checkout) == {"text"}


def nobody_waits() -> None:
    raise AssertionError


@pytest.mark.parametrize("built_meanwhile", [True, False])
def test_who_comes_while_another_builds_waits_and_builds_only_what_is_not_built_then(
    checkout: Checkout, built_meanwhile: bool
) -> None:
    room = checkout.root / "docs/room.md"
    before = room.read_text()
    room.write_text("another")
    with alone(checkout.root / ".local/text.lock", nobody_waits):
        begun = checkout.begin("text")
        assert begun.stdout
        assert begun.stdout.readline() == "Waiting for another call that is at the text\n"
        if built_meanwhile:
            room.write_text(before)
    told, wrong = begun.communicate(timeout=120)
    assert (begun.returncode, told, wrong) == (0, "" if built_meanwhile else "Building the text\n", "")
    assert texts(checkout) == {"text"}


def test_what_it_is_made_of_is_told_by_name(checkout: Checkout) -> None:
    assert sorted(checkout.run("text", "sources").stdout.splitlines()) == sorted(FILES)
