"""A task that sends no heartbeat is caught by that name, and by the name that it shares with other time-outs."""

from typing import Any
from uuid import uuid4

import pytest
from local_cloud.testing import Cloud

from .conftest import StateMachines

LIMIT = """
from local_cloud.plugins.patches import REPLACEMENTS
from local_cloud.plugins.stepfunctions import heartbeat_timeouts

heartbeat_timeouts.name_heartbeat_timeouts()
for replacement in REPLACEMENTS:
    replacement.apply()

from localstack.services.stepfunctions.asl.parse.asl_parser import AmazonStateLanguageParser

resource = '"Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "HeartbeatSeconds": 5'
for limit in ("", ', "TimeoutSeconds": 60'):
    state = '{"Type": "Task", "End": true, ' + resource + limit + "}"
    program, _ = AmazonStateLanguageParser.parse('{"StartAt": "Ask", "States": {"Ask": ' + state + "}}")
    print(program.states.states["Ask"].timeout.timeout_seconds)
"""
HEARTBEAT, EITHER = "States.HeartbeatTimeout", "States.Timeout"


@pytest.mark.parametrize(
    ("catchers", "caught"),
    [
        ([[HEARTBEAT]], [0, HEARTBEAT]),
        ([[EITHER]], [0, EITHER]),
        ([["Spilled"], [HEARTBEAT], [EITHER]], [1, HEARTBEAT]),
        ([[EITHER], [HEARTBEAT]], [0, EITHER]),
        ([["States.ALL"]], [0, EITHER]),
        ([], None),
    ],
)
def test_a_silent_task_is_caught(
    cloud: Cloud, machines: StateMachines, catchers: list[list[str]], caught: list[Any] | None
) -> None:
    sqs = cloud.client("sqs")
    queue = sqs.create_queue(QueueName=f"silence-{uuid4()}")["QueueUrl"]
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": queue, "MessageBody.$": "$$.Task.Token"},
        "HeartbeatSeconds": 1,
        "Catch": [
            {"ErrorEquals": names, "Next": f"Caught {place}", "ResultPath": "$.error"}
            for place, names in enumerate(catchers)
        ],
        "End": True,
    }
    states = {
        f"Caught {place}": {"Type": "Pass", "Parameters": {"at": place, "error.$": "$.error.Error"}, "End": True}
        for place in range(len(catchers))
    }
    ended = machines.run({"StartAt": "Ask", "States": {"Ask": task, **states}})
    sqs.delete_queue(QueueUrl=queue)
    if caught is None:
        assert (ended.status, ended.error) == ("FAILED", EITHER)
    else:
        assert [ended.output["at"], ended.output["error"]] == caught


def test_a_silent_task_is_retried(cloud: Cloud, machines: StateMachines) -> None:
    sqs = cloud.client("sqs")
    queue = sqs.create_queue(QueueName=f"silence-{uuid4()}")["QueueUrl"]
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": queue, "MessageBody.$": "$$.Task.Token"},
        "HeartbeatSeconds": 1,
        "Retry": [{"ErrorEquals": [HEARTBEAT], "IntervalSeconds": 1, "MaxAttempts": 1}],
        "End": True,
    }
    ended = machines.run({"StartAt": "Ask", "States": {"Ask": task}})
    sqs.delete_queue(QueueUrl=queue)
    assert [event["type"] for event in ended.history].count("TaskTimedOut") == 2


def test_a_task_with_heartbeats_has_no_limit_of_its_own(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(LIMIT)
    assert ran.stdout.split() == ["99999999", "60"], ran.stderr
