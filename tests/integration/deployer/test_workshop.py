"""The workshop's verbs on a bar that a learner's folder really is deployed to: begun, checked, solved, undone."""

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest

from tests.integration.deployer.checkout import Checkout
from workshop.solutions import beginning, solution

WORKFLOW, RULES = "workflow.asl.json", "rules.json"


@pytest.fixture
def folder(deployed: Checkout) -> Iterator[Path]:
    """The learner's, not there yet; the bar is whole again afterwards."""
    folder = deployed.root / "my-bar"
    yield folder
    rmtree(folder)
    deployed.deployer("up")


def test_a_learner_begins_checks_solves_and_goes_on_elsewhere(deployed: Checkout, folder: Path) -> None:
    assert deployed.workshop("begin", "1a").returncode == 0
    assert (folder / WORKFLOW).read_text() == beginning("1a")[WORKFLOW]

    before = deployed.workshop("check")
    assert (before.returncode, "nothing looks at the shop" in before.stdout) == (1, True), before.stdout + before.stderr
    assert deployed.outputs()["with"] == "my-bar"

    assert deployed.workshop("solve").returncode == 0
    after = deployed.workshop("check")
    assert (after.returncode, "1a holds, 5 of 5" in after.stdout) == (0, True), after.stdout + after.stderr
    assert (folder / WORKFLOW).read_text() == solution("1a-2")[WORKFLOW]

    assert deployed.workshop("reset", "2").returncode == 0
    silent = deployed.workshop("check")
    assert (silent.returncode, "no rule leads to" in silent.stdout) == (1, True), silent.stdout + silent.stderr
    assert deployed.client("events").list_rules(EventBusName="Serverlesspresso")["Rules"] == []

    assert deployed.workshop("solve", "--step", "2").returncode == 0
    told = deployed.workshop("check", "--step", "2")
    assert (told.returncode, "✓ a new order starts one execution" in told.stdout) == (0, True), told.stdout

    assert deployed.workshop("undo").returncode == 0
    assert (folder / RULES).read_text() == "[]\n"
