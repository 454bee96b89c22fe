"""Waking the workflow: which answers of Step Functions are the end of the matter, and which are faults."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from chalicelib.orders.workflow import Execution, StepFunctionsWorkflow, order_id_in

MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:OrderProcessorWorkflow"
RUN = "arn:aws:states:us-east-1:000000000000:execution:OrderProcessorWorkflow:run"


@pytest.fixture
def stepfunctions() -> Iterator[tuple[StepFunctionsWorkflow, Stubber]]:
    client = boto3.client("stepfunctions", "us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    with Stubber(client) as stubber:
        yield StepFunctionsWorkflow(client), stubber
        stubber.assert_no_pending_responses()


type Stubbed = tuple[StepFunctionsWorkflow, Stubber]


def test_a_wait_is_answered_with_success(stepfunctions: Stubbed) -> None:
    workflow, stubber = stepfunctions
    stubber.add_response("send_task_success", {}, {"taskToken": "token", "output": "{}"})
    workflow.resume("token")


def test_q3_a_wait_is_ended_by_the_error_that_the_state_machine_catches(stepfunctions: Stubbed) -> None:
    workflow, stubber = stepfunctions
    stubber.add_response("send_task_failure", {}, {"taskToken": "token", "error": "OrderEnded", "cause": "why"})
    workflow.stop("token", "why")


@pytest.mark.parametrize("code", ["TaskTimedOut", "InvalidToken", "TaskDoesNotExist"])
def test_q7_a_token_that_nobody_waits_for_any_more_is_no_fault(stepfunctions: Stubbed, code: str) -> None:
    workflow, stubber = stepfunctions
    stubber.add_client_error("send_task_success", code)
    stubber.add_client_error("send_task_failure", code)
    workflow.resume("used up")
    workflow.stop("used up", "why")


@pytest.mark.parametrize("code", ["AccessDeniedException", "InvalidOutput"])
def test_any_other_error_is_a_fault(stepfunctions: Stubbed, code: str) -> None:
    workflow, stubber = stepfunctions
    stubber.add_client_error("send_task_success", code)
    stubber.add_client_error("send_task_failure", code)
    with pytest.raises(ClientError):
        workflow.resume("token")
    with pytest.raises(ClientError):
        workflow.stop("token", "why")


@pytest.mark.parametrize(
    ("execution_input", "order_id"),
    [
        (json.dumps({"detail": {"orderId": "o1", "eventId": "ABC"}}), "o1"),
        (None, None),
        ("", None),
        ("{}", None),
        ("[]", None),
        ("null", None),
        ("no JSON", None),
        (json.dumps({"detail": None}), None),
        (json.dumps({"detail": {"orderId": 17}}), None),
        (json.dumps({"detail": {"orderId": ""}}), None),
        (json.dumps({"detail": {"orderId": "\ud83d"}}), None),
        (json.dumps({"detail": {"orderId": "x" * 513}}), None),
    ],
)
def test_the_order_in_an_executions_input_or_none(execution_input: str | None, order_id: str | None) -> None:
    assert order_id_in(execution_input) == order_id


def described(status: str) -> dict[str, Any]:
    return {
        "executionArn": RUN,
        "stateMachineArn": MACHINE,
        "status": status,
        "startDate": datetime(2026, 1, 1, tzinfo=UTC),
        "input": json.dumps({"detail": {"orderId": "o1"}}),
    }


@pytest.mark.parametrize(("status", "is_running"), [("RUNNING", True), ("SUCCEEDED", False), ("ABORTED", False)])
def test_an_execution_is_read_from_its_description(stepfunctions: Stubbed, status: str, *, is_running: bool) -> None:
    workflow, stubber = stepfunctions
    stubber.add_response("describe_execution", described(status), {"executionArn": RUN})
    assert workflow.execution(RUN) == Execution(RUN, is_running, "o1")


def test_a_forgotten_execution_is_none(stepfunctions: Stubbed) -> None:
    workflow, stubber = stepfunctions
    stubber.add_client_error("describe_execution", "ExecutionDoesNotExist")
    assert workflow.execution(RUN) is None


def test_running_executions_are_listed_over_all_pages(stepfunctions: Stubbed) -> None:
    workflow, stubber = stepfunctions
    listed = {key: value for key, value in described("RUNNING").items() if key != "input"} | {"name": "run"}
    asked = {"stateMachineArn": MACHINE, "statusFilter": "RUNNING"}
    stubber.add_response("list_executions", {"executions": [listed], "nextToken": "more"}, asked)
    stubber.add_response("describe_execution", described("RUNNING"))
    stubber.add_response("list_executions", {"executions": [listed]}, {**asked, "nextToken": "more"})
    stubber.add_response("describe_execution", described("RUNNING"))
    assert [execution.arn for execution in workflow.running(MACHINE)] == [RUN, RUN]
