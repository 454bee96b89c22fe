"""Step Functions' own errors reach whoever catches them around where they happened."""

from typing import Any
from uuid import uuid4

import pytest
from local_cloud.testing import Cloud

from .conftest import StateMachines

FAILS = {
    "StartAt": "Compute",
    "States": {"Compute": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $nothing %}", "End": True}},
}

OF_WORKER = "States.OfTheWorker"


@pytest.mark.parametrize(
    "around",
    [{"Type": "Parallel", "Branches": [FAILS]}, {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": FAILS}],
)
def test_an_error_of_a_nested_state_is_caught_by_its_name(machines: StateMachines, around: dict[str, Any]) -> None:
    catch = [{"ErrorEquals": ["States.QueryEvaluationError"], "ResultPath": "$.error", "Next": "Caught"}]
    states = {"Around": {**around, "Catch": catch, "End": True}, "Caught": {"Type": "Pass", "End": True}}
    ended = machines.run({"StartAt": "Around", "States": states}, {"items": [1]})
    assert ended.output["error"]["Error"] == "States.QueryEvaluationError"


def caught(error: str, task: dict[str, Any]) -> dict[str, Any]:
    """Return a definition that goes to `Caught` where a task ends with that error."""
    name = "States.ALL" if error == OF_WORKER else error  # Step Functions takes no unknown name below `States.`
    catch = [{"ErrorEquals": [name], "Next": "Caught"}]
    states = {"Work": {"Type": "Task", **task, "Catch": catch, "End": True}, "Caught": {"Type": "Pass", "End": True}}
    return {"StartAt": "Work", "States": states}


@pytest.mark.parametrize("error", ["States.Timeout", OF_WORKER, "Spilled"])
def test_an_error_that_a_worker_reports_is_caught_by_its_name(machines: StateMachines, error: str) -> None:
    activity = machines.states.create_activity(name=f"activity-{uuid4()}")["activityArn"]
    execution = machines.start(caught(error, {"Resource": activity}))
    token = machines.states.get_activity_task(activityArn=activity)["taskToken"]
    machines.states.send_task_failure(taskToken=token, error=error, cause="so it was")
    assert machines.end_of(execution).output == {"Error": error, "Cause": "so it was"}
    machines.states.delete_activity(activityArn=activity)


@pytest.mark.parametrize("error", ["States.Timeout", OF_WORKER, "Spilled"])
def test_an_error_that_answers_a_task_token_is_caught_by_its_name(
    cloud: Cloud, machines: StateMachines, error: str
) -> None:
    sqs = cloud.client("sqs")
    queue = sqs.create_queue(QueueName=f"questions-{uuid4()}")["QueueUrl"]
    parameters = {"QueueUrl": queue, "MessageBody.$": "$$.Task.Token"}
    task = {"Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Parameters": parameters}
    execution = machines.start(caught(error, task))
    (message,) = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=20)["Messages"]
    machines.states.send_task_failure(taskToken=message["Body"], error=error, cause="so it was")
    assert machines.end_of(execution).output == {"Error": error, "Cause": "so it was"}
    sqs.delete_queue(QueueUrl=queue)
