"""How many digits a number has is no matter: in a definition, in an input, and in a task's output."""

import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import StateMachines, one_state

DIGITS = "1" * 200_000


@pytest.fixture(autouse=True)
def long_numbers() -> Iterator[None]:
    """Let this process read them, too."""
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(len(DIGITS))
    yield
    sys.set_int_max_str_digits(limit)


def test_a_long_number_is_kept_in_an_input(machines: StateMachines) -> None:
    machine = machines.create(one_state())
    started = machines.states.start_execution(stateMachineArn=machine, input=DIGITS)
    assert machines.end_of(started["executionArn"]).output == int(DIGITS)


def test_a_long_number_is_kept_in_a_definition(machines: StateMachines) -> None:
    assert machines.run(one_state(Result={"number": int(DIGITS)})).output == {"number": int(DIGITS)}


def test_a_long_number_is_kept_in_a_tasks_output(machines: StateMachines) -> None:
    activity = machines.states.create_activity(name="long-numbers")["activityArn"]
    task: dict[str, Any] = {"Type": "Task", "Resource": activity, "End": True}
    execution = machines.start({"StartAt": "Work", "States": {"Work": task}})
    token = machines.states.get_activity_task(activityArn=activity)["taskToken"]
    machines.states.send_task_success(taskToken=token, output=json.dumps([int(DIGITS)]))
    assert machines.end_of(execution).output == [int(DIGITS)]
    machines.states.delete_activity(activityArn=activity)
