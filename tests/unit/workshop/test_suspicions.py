"""What is valid and seldom meant is found in the states that an order came through, and in no finished one."""

from typing import Any

import pytest

from tests.statemachine.definition import STATES
from workshop.checks.suspicions import suspicions

TASK = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "ResultPath": None}
WAIT = {**TASK, "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken"}


def found(state: dict[str, Any]) -> list[str]:
    return [one.seen for one in suspicions({"Here": state, "Elsewhere": {"Type": "Task"}}, ["Here"])]


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        ({**TASK, "Parameters": {"Keys": [{"S": "$.detail.eventId"}]}}, 'is called "$.detail.eventId"'),
        ({**TASK, "Parameters": {"taskToken.$": "$$.Task.Token"}}, "asked for $$.Task.Token"),
        ({**WAIT, "HeartbeatSecondsPath": "$.shop.wait"}, "waits for heartbeats"),
        ({**WAIT, "TimeoutSeconds": 300}, "waits 300 seconds in every shop"),
        ({**TASK, "Catch": [{"ErrorEquals": ["OhException"], "ResultPath": "$.e"}]}, "catches OhException"),
        ({**TASK, "Catch": [{"ErrorEquals": ["States.ALL"]}]}, "caught replaced the whole event"),
        ({"Type": "Task"}, "the result of “Here” replaced the whole event"),
    ],
)
def test_a_construct_that_is_seldom_meant_is_suspicious(state: dict[str, Any], seen: str) -> None:
    (told,) = found(state)
    assert seen in told


def test_nothing_in_the_finished_workflow_is_suspicious() -> None:
    assert list(suspicions(STATES, list(STATES))) == []
