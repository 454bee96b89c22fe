"""What keeps AWS from removing a thing at once does not keep the deployer."""

import pytest

from deployer.desired import WORKFLOW
from deployer.executor import execute
from deployer.pipeline import Pipeline
from deployer.planner import Step
from deployer.rehearsal.account import Account
from deployer.rehearsal.rehearsed import deploy
from deployer.resources import state_machine
from tests.unit.deployer.samples import PLACE

MACHINE = PLACE.state_machine_arn(WORKFLOW)


@pytest.fixture
def open_orders(way: Pipeline, account: Account) -> Account:
    """An account to which everything was deployed, where two orders wait for somebody."""
    deploy(way, account)
    for name in ("one", "two"):
        account.has("stepfunctions:StartExecution", stateMachineArn=MACHINE, name=name)
    return account


def removal_of_the_workflow(way: Pipeline) -> list[Step]:
    return [step for step in way.plan_removal() if step.resource.title == f"state machine {WORKFLOW}"]


def test_orders_that_wait_do_not_keep_the_state_machine(
    way: Pipeline, open_orders: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state_machine, "PATIENCE_S", 0)
    execute(removal_of_the_workflow(way), way.adapters, way.report)
    assert removal_of_the_workflow(way) == []


def test_how_many_orders_that_ends_is_told_before(way: Pipeline, open_orders: Account) -> None:
    (step,) = removal_of_the_workflow(way)
    assert step.reason == "exists, 2 orders under way end with it"


def test_a_state_machine_that_was_left_half_removed_is_removed_by_the_next_run(
    way: Pipeline, open_orders: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_orders.has("stepfunctions:DeleteStateMachine", stateMachineArn=MACHINE)
    monkeypatch.setattr(state_machine, "PATIENCE_S", 0)
    execute(removal_of_the_workflow(way), way.adapters, way.report)
    assert removal_of_the_workflow(way) == []
