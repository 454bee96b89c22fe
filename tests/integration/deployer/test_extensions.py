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
from workshop.modules import FOLDER, Mistake, module
from workshop.running import Cloud, stage_of
from workshop.solutions import beginning, solution
from workshop.trial import Trial

type TryUpto = Callable[..., Trial]

STAMPS = module("3")
WHOLE = solution(STAMPS.steps[-1].name)
BEGINNING = {name: beginning("3")[name] for name in WHOLE}
BUILT = [None, *(step.name for step in STAMPS.steps)]
MISTAKES = [mistake for mistake in STAMPS.mistakes if mistake.cloud]
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
    """Tries a module up to a step, the stamp card unless another is named, with the real deployer."""

    def deploy(root: Path) -> RunningBar:
        up(checkout, "--with", root.name)
        cloud = Cloud(read_outputs(checkout.root / ".local" / "outputs.json"))
        return RunningBar(cloud.outputs, stage_of(cloud, cloud.outputs.order_processor_arn), cloud.client)

    def matches(pattern: str, event: str) -> bool:
        return fits(checkout.client("events"), pattern, event)

    return lambda step, one=STAMPS: tried_in(folder, one, step, matches, deploy)


def up(checkout: Checkout, *arguments: str) -> str:
    done = checkout.deployer("up", "--seed", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_comes_beside_the_bar_and_goes_alone_but_for_its_rows(checkout: Checkout, folder: LearnersFolder) -> None:
    up(checkout)
    before = deployed_by_us(checkout)
    folder.put(dict(WHOLE))
    assert "rule serverlesspresso-collect-stamps (my-bar/stamps/rules.json:2)" in up(checkout, "--with", FOLDER)
    assert "Nothing to do" in up(checkout, "--with", FOLDER)
    checkout.client("dynamodb").put_item(TableName=TABLE, Item=ROW)

    told = up(checkout)
    assert "- application serverlesspresso-stamps" in told
    assert (deployed_by_us(checkout) - before, checkout.to_change()) == ({f"table {TABLE}"}, [])

    up(checkout, "--with", FOLDER)
    assert checkout.client("dynamodb").scan(TableName=TABLE)["Items"] == [ROW]


@pytest.mark.parametrize("built", BUILT)
def test_what_is_built_holds_and_the_next_step_is_missing(
    built: str | None, folder: LearnersFolder, try_upto: TryUpto
) -> None:
    """`built` is the step as far as the card is built; None at its beginning."""
    folder.put(dict(solution(built) if built else BEGINNING))
    next_step = None if built == BUILT[-1] else BUILT[BUILT.index(built) + 1]
    trial = try_upto(None)
    assert trial.failed_step == next_step, trial.failure and told_by(finding_of(trial))
    if next_step:
        assert finding_of(trial).attempt


def test_what_was_built_goes_to_an_account_and_back_and_has_its_price(
    folder: LearnersFolder, try_upto: TryUpto
) -> None:
    folder.put(dict(beginning("6")))
    trial = try_upto(None, module("6"))
    assert trial.failure is None, told_by(finding_of(trial))
    assert "1000 drinks: " in trial.results[-1].remark


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_that_shows_when_it_runs_is_told(mistake: Mistake, folder: LearnersFolder, try_upto: TryUpto) -> None:
    mistaken_in(folder, STAMPS, mistake)
    finding = finding_of(try_upto(mistake.step))
    assert [part for part in mistake.says if part not in told_by(finding)] == []
    keeps_the_house_rules(finding)
