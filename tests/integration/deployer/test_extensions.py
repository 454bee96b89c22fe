"""A project beside the bar comes, is walked step by step as its learner does, and goes alone; rows stay.

On a cloud of its own, since each step and each mistake is really deployed.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest

from simulator.outputs import read_outputs
from tests.integration.deployer.checkout import Checkout
from tests.integration.deployer.inventory import deployed_by_us
from tests.support.house_rules import keeps_the_house_rules
from tests.support.walking import finding_of, mistaken_in, told_by, tried_in
from workshop.attempt import RunningBar
from workshop.checks.rules import fits
from workshop.learners_folder import LearnersFolder
from workshop.microservice import STAMPS, WAITS
from workshop.modules import FOLDER, Mistake, Module, module
from workshop.running import Cloud, stage_of
from workshop.solutions import beginning, solution
from workshop.trial import Trial

type TryUpto = Callable[[Module, str | None], Trial]

MODULES = [module(one.module) for one in (STAMPS, WAITS)]
BUILT = [(one, step) for one in MODULES for step in (None, *(step.name for step in one.steps))]
MISTAKES = [(one, mistake) for one in MODULES for mistake in one.mistakes if mistake.cloud]
TABLE = "serverlesspresso-stamps"
ROW: dict[str, Any] = {"userId": {"S": "ana"}, "entry": {"S": "order#1"}}


@pytest.fixture(scope="module")
def folder(checkout: Checkout) -> Iterator[LearnersFolder]:
    """The learner's; the bar is whole again when all of this is over."""
    folder = LearnersFolder(checkout.root / FOLDER)
    folder.root.mkdir()
    yield folder
    rmtree(folder.root)
    checkout.deployer("up")


@pytest.fixture
def try_upto(checkout: Checkout, folder: LearnersFolder) -> TryUpto:
    """Tries a module up to a step, with the real deployer."""

    def deploy(root: Path) -> RunningBar:
        up(checkout, "--with", root.name)
        cloud = Cloud(read_outputs(checkout.root / ".local" / "outputs.json"))
        return RunningBar(cloud.outputs, stage_of(cloud, cloud.outputs.order_processor_arn), cloud.client)

    def matches(pattern: str, event: str) -> bool:
        return fits(checkout.client("events"), pattern, event)

    return lambda one, step: tried_in(folder, one, step, matches, deploy)


def begun(one: Module) -> dict[str, str]:
    """The project's files with which its module begins, without those of the modules before."""
    return {name: text for name, text in beginning(one.name).items() if name.startswith(f"{one.file}/")}


def up(checkout: Checkout, *arguments: str) -> str:
    done = checkout.deployer("up", "--seed", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_comes_beside_the_bar_and_goes_alone_but_for_its_rows(checkout: Checkout, folder: LearnersFolder) -> None:
    up(checkout)
    before = deployed_by_us(checkout)
    folder.put(dict(STAMPS.after(STAMPS.wired)))
    assert "rule serverlesspresso-collect-stamps (my-bar/stamps/rules.json:2)" in up(checkout, "--with", FOLDER)
    assert "Nothing to do" in up(checkout, "--with", FOLDER)
    checkout.client("dynamodb").put_item(TableName=TABLE, Item=ROW)

    told = up(checkout)
    assert "- application serverlesspresso-stamps" in told
    assert (deployed_by_us(checkout) - before, checkout.to_change()) == ({f"table {TABLE}"}, [])

    up(checkout, "--with", FOLDER)
    assert checkout.client("dynamodb").scan(TableName=TABLE)["Items"] == [ROW]


def named(value: object) -> str:
    return str(getattr(value, "name", value))


@pytest.mark.parametrize(("one", "built"), BUILT, ids=named)
def test_what_is_built_holds_and_the_next_step_is_missing(
    one: Module, built: str | None, folder: LearnersFolder, try_upto: TryUpto
) -> None:
    """`built` is the step as far as the module is built; None at its beginning."""
    steps = [None, *(step.name for step in one.steps)]
    next_step = None if built == steps[-1] else steps[steps.index(built) + 1]
    folder.put(dict(solution(built) if built else begun(one)))
    trial = try_upto(one, None)
    assert trial.failed_step == next_step, trial.failure and told_by(finding_of(trial))
    if next_step:
        assert finding_of(trial).attempt


def test_what_was_built_goes_to_an_account_and_back_and_has_its_price(
    folder: LearnersFolder, try_upto: TryUpto
) -> None:
    folder.put(dict(beginning("6")))
    trial = try_upto(module("6"), None)
    assert trial.failure is None, told_by(finding_of(trial))
    assert "1000 drinks: " in trial.results[-1].remark


@pytest.mark.parametrize(("one", "mistake"), MISTAKES, ids=named)
def test_a_mistake_that_shows_when_it_runs_is_told(
    one: Module, mistake: Mistake, folder: LearnersFolder, try_upto: TryUpto
) -> None:
    mistaken_in(folder, one, mistake)
    finding = finding_of(try_upto(one, mistake.step))
    assert [part for part in mistake.says if part not in told_by(finding)] == []
    keeps_the_house_rules(finding)
