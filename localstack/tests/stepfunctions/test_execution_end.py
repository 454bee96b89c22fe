"""An execution that is stopped ends at once, also while it waits for a task token."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from local_cloud.testing import Cloud
from tenacity import retry, stop_after_delay, wait_fixed

ROLE = "arn:aws:iam::000000000000:role/machine"
PASS = {"Type": "Pass", "End": True}


def in_branches(wait: dict[str, Any]) -> dict[str, Any]:
    """Two branches, of which one waits."""
    branches = [{"StartAt": "Ask", "States": {"Ask": wait | {"End": True}}}, {"StartAt": "P", "States": {"P": PASS}}]
    return {"Type": "Parallel", "Branches": branches}


def in_iterations(wait: dict[str, Any]) -> dict[str, Any]:
    """Three iterations, which wait one after the other."""
    processor = {"StartAt": "Ask", "States": {"Ask": wait | {"End": True}}}
    return {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 1, "ItemProcessor": processor}


def alone(wait: dict[str, Any]) -> dict[str, Any]:
    """The task that waits."""
    return wait


@pytest.fixture(params=[alone, in_branches, in_iterations])
def waiting_execution(cloud: Cloud, request: pytest.FixtureRequest) -> Iterator[str]:
    name = f"waits-{uuid4().hex[:8]}"
    sqs, stepfunctions = cloud.client("sqs"), cloud.client("stepfunctions")
    queue = sqs.create_queue(QueueName=name)["QueueUrl"]
    wait = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": queue, "MessageBody.$": "$$.Task.Token"},
        "TimeoutSeconds": 600,
    }
    caught = {"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}], "Next": "Caught"}
    definition = {"StartAt": "Wait", "States": {"Wait": request.param(wait) | caught, "Caught": {"Type": "Succeed"}}}
    machine = stepfunctions.create_state_machine(name=name, definition=json.dumps(definition), roleArn=ROLE)
    execution = stepfunctions.start_execution(
        stateMachineArn=machine["stateMachineArn"], input=json.dumps({"items": [1, 2, 3]})
    )["executionArn"]
    assert sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=20)["Messages"]
    yield execution
    stepfunctions.delete_state_machine(stateMachineArn=machine["stateMachineArn"])
    sqs.delete_queue(QueueUrl=queue)


def test_an_execution_that_waits_for_a_task_token_is_aborted_when_it_is_stopped(
    cloud: Cloud, waiting_execution: str
) -> None:
    stepfunctions = cloud.client("stepfunctions")

    @retry(wait=wait_fixed(0.1), stop=stop_after_delay(60), reraise=True)
    def ended() -> str:
        status: str = stepfunctions.describe_execution(executionArn=waiting_execution)["status"]
        assert status != "RUNNING"
        return status

    stepfunctions.stop_execution(executionArn=waiting_execution)
    assert ended() == "ABORTED"
    history = stepfunctions.get_execution_history(executionArn=waiting_execution)["events"]
    assert "SucceedStateEntered" not in {event["type"] for event in history}
